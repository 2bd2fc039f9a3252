"""Columns of a table → their roles: by the words of the header rows, else by what the columns hold.

In: the grid of a table, row by row. Out: number of header rows, the words above each column, column number → role.

>>> column_role("Cơ quan chủ trì"), column_role("Thời hạn hoàn thành"), column_role("Nội dung nhiệm vụ")
('lead', 'deadline', 'task')
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from extractor.document.column_days import mark_done_days
from extractor.lexicon.loader import load
from extractor.text import with_new_tones

if TYPE_CHECKING:
    from collections.abc import Mapping

    from extractor.model import Block

Grid = list[dict[int, "Block"]]
ORDINAL = re.compile(r"\(?(?:[IVXL]+|\d{1,3}(?:\.\d{1,3})*|[a-zđ]|[A-HĐ])\)?[.)]?")
_MOST_HEADER_ROWS = 3
_YEAR = re.compile(r"\b(20\d\d)\b")
_OF_YEAR = re.compile(r"(?:(?:đến|đến hết|kh|cho) )?(?:năm )?20\d\d")
_PERSONS = re.compile(r"họ (?:và )?tên.*(?:chức (?:vụ|danh)|đơn vị công tác).*")  # beside "Nhiệm vụ"
_ABOVE = re.compile(r"lãnh đạo|chỉ đạo|liên hệ|chủ tịch|giám đốc|thường trực")  # persons who do not do the work


def roles_of(grid: Grid) -> tuple[int, dict[int, str], dict[int, str], dict[int, int]]:
    """Number of header rows, the words above each column, its role, and its year where the header names one."""
    count, headers = _headers(grid)
    body = grid[count:]
    roles = {column: role for column, text in headers.items() if (role := _header_role(text)) is not None}
    years = {c: int(found.group(1)) for c, text in headers.items() if (found := _YEAR.search(text))}
    for column, text in headers.items():
        if column not in roles and column in years and _OF_YEAR.fullmatch(" ".join(text.lower().split())):
            roles[column] = "target"
    _part_shared_header(roles, headers)
    _keep_numeric_targets(roles, body)
    _mark_measures(roles, body)
    _mark_crosses(roles, headers, body)
    _settle_periods(roles, body)
    mark_done_days(roles, headers)
    if not {"lead", "mixed"} & set(roles.values()) and "task" in roles.values():
        roles |= {column: "lead" for column in roles if _PERSONS.fullmatch(headers[column].lower().strip())}
    if not {"lead", "mixed"} & set(roles.values()):  # "Cán bộ phụ trách" leads where no column names units
        roles |= {
            column: "lead"
            for column, role in roles.items()
            if role == "inner" and not _ABOVE.search(headers[column].lower())
        }
    roles = _roles_by_content(body, roles) if not _complete(roles) else _open_roles(body, roles, headers)
    _mark_clocks(roles, body)
    _keep_first_task(roles, body)
    return count, headers, roles, years


@dataclass(frozen=True, slots=True)
class Header:
    """An entry of lexicon/columns.yaml: how the words above a column name its role."""

    role: str
    column: str
    source: str


@lru_cache(maxsize=1)
def _columns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((entry.role, re.compile(entry.column)) for entry in load("columns", "columns", Header))


@lru_cache(maxsize=4096)
def column_role(header: str) -> str | None:
    """The role of a column by its header's words; None if they say nothing."""
    words = " ".join(with_new_tones(header).lower().split()).strip(" .:")
    words = re.sub(r"\s*\([^()]*\)$", "", words)
    return next((role for role, pattern in _columns() if words and pattern.fullmatch(words)), None)


def _complete(roles: Mapping[int, str]) -> bool:
    found = set(roles.values())
    return "task" in found and bool(found & {"lead", "mixed", "deadline", "target", "support", "product"})


def _headers(grid: list[dict[int, Block]]) -> tuple[int, dict[int, str]]:
    """Number of header rows and the words above each column, a two-level header's joined ("Phân công Chủ trì").

    A title over all columns ("BẢNG PHÂN CÔNG NHIỆM VỤ") stands above the header and says nothing of them.
    """
    best: tuple[int, int, dict[int, str]] = (0, 0, {})
    titles = next((n for n, line in enumerate(grid) if len({id(block) for block in line.values()}) > 1), 0)
    for count in range(titles + 1, min(titles + _MOST_HEADER_ROWS, len(grid) - 1) + 1):
        level = grid[count - 1]
        if _looks_like_body(level) and (count > titles + 1 or _is_numbered(level)):
            break
        texts = {column: _above(grid[titles:count], column) for column in level}
        known = sum(_header_role(text) is not None and len(text) < 90 for text in texts.values())
        # A further row must teach something, or share a cell with the header above it.
        goes_on = count > titles + 1 and best[1] == count - 1 and known >= 2
        if known > best[0] or (goes_on and (_shares_cells(grid[count - 2], level) or _names_columns(level))):
            best = (known, count, texts)
    return (best[1], best[2]) if best[0] >= 2 else (0, {})


def _above(levels: list[dict[int, Block]], column: int) -> str:
    """The words of the header cells above *column*, each level on its own line."""
    parts: list[str] = []
    for level in levels:
        text = " ".join(level[column].text.split()) if column in level else ""
        if text and text not in parts:
            parts.append(text)
    return "\n".join(parts)


_NOT_LEADING = frozenset({"support", "inner", "approver"})


def _header_role(header: str) -> str | None:
    """The role of a column by its header's words: all of them, else those nearest to the body, else those on top.

    A lowest level that names another role than to lead holds: "Phối hợp", "Lãnh đạo chỉ đạo" under "Rõ trách nhiệm".
    """
    levels = header.split("\n")
    if len(levels) > 1 and (lowest := column_role(levels[-1])) in _NOT_LEADING:
        return lowest
    for words in (header, levels[-1], levels[0]):
        role = column_role(words)
        if role is not None and not (role == "period" and len(levels) > 1):  # "Tháng" over twelve columns
            return role
    return None


def _shares_cells(above: dict[int, Block], below: dict[int, Block]) -> bool:
    return any(above[column] is below.get(column) for column in above)


def _names_columns(level: dict[int, Block]) -> bool:
    """Whether a row below an empty first cell says what columns hold: a second header row that is not merged."""
    texts = {block.index: block.text for block in level.values() if block.text.strip()}
    below_empty = not level[min(level)].text.strip() if level else False
    return below_empty and len(texts) > 1 and all(column_role(text) for text in texts.values())


def _looks_like_body(line: dict[int, Block]) -> bool:
    first = (line[min(line)].text.strip() or line[min(line)].label) if line else ""
    return bool(ORDINAL.fullmatch(first)) or any(len(block.text) > 120 for block in line.values())


def _is_numbered(line: dict[int, Block]) -> bool:
    """Whether a row begins with a number, typed or made by Word: a table that has no header."""
    first = line[min(line)]
    return bool(re.fullmatch(r"\(?\d{1,3}[.)]?", first.text.strip() or first.label))


def _roles_by_content(body: list[dict[int, Block]], known: dict[int, str]) -> dict[int, str]:
    """Roles of columns by what they hold, where the header is missing: numbers, long words of work, units, dates."""
    roles = dict(known)
    columns = sorted({column for line in body for column in line})
    filled = {c: [line[c].text.strip() for line in body if c in line and line[c].text.strip()] for c in columns}
    free = [c for c in columns if c not in roles and filled[c]]
    for column in free[:2]:
        if sum(bool(ORDINAL.fullmatch(text)) for text in filled[column]) >= 0.6 * len(filled[column]):
            roles[column] = "ordinal"
    free = [c for c in free if c not in roles]
    if "task" not in roles.values() and free:
        longest = max(free, key=lambda c: sum(map(len, filled[c])) / len(filled[c]))
        roles[longest] = "task"
        free.remove(longest)
    for column in free:
        texts = [with_new_tones(text).lower() for text in filled[column]]
        if "deadline" not in roles.values() and _share(texts, _DATES) >= 0.6:
            roles[column] = "deadline"
        elif _share(texts, _UNITS) >= 0.6:
            roles[column] = "support" if "lead" in roles.values() else "lead"
    return roles


# A column of these holds units or days that are no role: who is inspected, where, on what ground.
_NO_ROLE = re.compile(
    r"đối tượng|địa điểm|địa bàn|nơi |chức danh|chức vụ|thành phần|căn cứ|văn bản|số hiệu|ngày sinh|hội đồng|nhận"
    r"|năm sinh|chủ đầu tư|được (?:kiểm tra|giám sát|thanh tra|hỗ trợ|khảo sát|kiểm toán)|thụ hưởng|cử tri|kiến nghị"
    r"|tham dự|khách|ký"
)


def _open_roles(body: list[dict[int, Block]], known: dict[int, str], headers: Mapping[int, str]) -> dict[int, str]:
    """Roles that no header names, of columns with strange headers: "Khi nào", "Ai làm" above days and units."""
    roles = dict(known)
    for column, header in headers.items():
        texts = [line[column].text for line in body if column in line and _alone(line, column)]
        texts = [with_new_tones(text).lower().strip() for text in texts if text.strip()]
        if column in roles or not texts or _NO_ROLE.search(header.lower()):
            continue
        if _share(texts, _SHORT_DATES) >= 0.7:
            role = "deadline"
        else:
            role = "" if _share(texts, _UNITS) < 0.7 else "support" if "lead" in roles.values() else "lead"
        if role and role not in roles.values() and (role != "deadline" or "cross" not in roles.values()):
            roles[column] = role
    return roles


_SHORT_DATES = re.compile(
    r"(?=.{2,60}$)(?:\S+ ){0,4}?(?:\d{1,2}/\d{1,2}|quý|q\.|tháng|năm|ngày|hằng|hàng|thường xuyên|20\d\d)\b.*", re.DOTALL
)
_PERIODS = re.compile(rf"{_SHORT_DATES.pattern}|[\divx]{{1,4}}(?:\s*/\s*20\d\d)?", re.DOTALL)
_DATES = re.compile(r".*(?:\d{1,2}/\d{1,2}|\bquý\b|\btháng\b|\bnăm\b|thường xuyên|20\d\d).*", re.DOTALL)
# What begins a unit, a room, a person's office or a group in a cell.
_UNITS = re.compile(
    r"(?:-\s*)?(?:các |toàn thể |tất cả (?:các )?)?(?:sở|ban|bộ|cục|vụ|phòng|p\.|ubnd|hđnd|ủy ban|văn phòng|vp|công an"
    r"|trung tâm|hội|đoàn|chi cục|báo|đài|bch|bcđ|bql|thanh tra|trường|chi hội|chi đoàn|chi bộ|trạm|tổ|đội|khoa|viện"
    r"|đồn|hạt|kho bạc|thuế|liên đoàn|liên minh|hiệp hội|mặt trận|mttq|tòa án|bảo hiểm|bhxh|ngân hàng|công ty"
    r"|doanh nghiệp|hợp tác xã|htx|đảng ủy|tỉnh ủy|thành ủy|cấp ủy|trưởng|phó|chủ tịch|giám đốc|hiệu trưởng|bí thư"
    r"|công chức|viên chức|nhân viên|cán bộ|chuyên viên|giáo viên|gvcn|bgh|kế toán|dân quân|công đoàn|đ/c|đồng chí|ông"
    r"|bà|khu phố|thôn|ttyt|ttpvhcc|cdc)\b.*",
    re.DOTALL,
)


def _share(texts: list[str], pattern: re.Pattern[str]) -> float:
    return sum(bool(pattern.fullmatch(text)) and len(text) < 250 for text in texts) / len(texts) if texts else 0.0


def _keep_first_task(roles: dict[int, str], body: list[dict[int, Block]]) -> None:
    """Leaves one column of work where several headers say so ("Lĩnh vực | Nội dung"): the one with most words."""
    candidates = [column for column, role in roles.items() if role == "task"]
    if len(candidates) < 2:
        return

    def words(column: int) -> int:
        return sum(
            len(block.text) for block in {id(line[column]): line[column] for line in body if column in line}.values()
        )

    best = max(candidates, key=words)
    for column in candidates:
        if column != best:
            roles[column] = "heading"


_BOTH_ROLES = re.compile(r".*(?:chủ trì|thực hiện)\b.*\bphối hợp\b.*", re.DOTALL)


def _part_shared_header(roles: dict[int, str], headers: Mapping[int, str]) -> None:
    """Two columns under one cell that names both roles ("Cơ quan chủ trì | Cơ quan phối hợp"): lead, then support."""
    for column, header in headers.items():
        alike = [other for other, text in headers.items() if text == header]
        if alike == [column, column + 1] and _BOTH_ROLES.fullmatch(header.lower()):
            roles[column], roles[column + 1] = "lead", "support"


_NUMBERED = re.compile(r"\s*(?:\d{1,2}(?:\.\d{1,2})*|[a-zđ])[.)]\s+(?=[^\W\d])")  # "2. Số bể bơi": no number to reach


def _keep_numeric_targets(roles: dict[int, str], body: list[dict[int, Block]]) -> None:
    """A column "Mục tiêu" or "Chỉ tiêu" that holds words names the rows, or says what comes out of them."""
    for column, role in roles.items():
        if role != "target":
            continue
        texts = [_NUMBERED.sub("", line[column].text) for line in body if column in line]
        texts = [text for text in texts if text.strip()]
        if texts and sum(any(c.isdigit() for c in text) and len(text) < 40 for text in texts) < 0.5 * len(texts):
            roles[column] = "product" if "task" in roles.values() else "task"


_MEASURES = 12  # letters of a unit of measure: "%", "triệu đồng", "người/năm"


def _mark_measures(roles: dict[int, str], body: Grid) -> None:
    """A column "Đơn vị" beside numbers to reach holds units of measure, not bodies."""
    if "target" not in roles.values():
        return
    for column, role in roles.items():
        texts = [line[column].text.strip() for line in body if column in line and _alone(line, column)]
        texts = [text for text in texts if text]
        if role == "lead" and texts and not _share([text.lower() for text in texts], _UNITS):
            short = sum(len(text) <= _MEASURES and text[:1].islower() | (text == "%") for text in texts)
            if short >= 0.5 * len(texts):
                roles[column] = "measure"


def _settle_periods(roles: dict[int, str], body: Grid) -> None:
    """A column headed only "Tháng" or "Năm" says by when where no other column does and it holds days, else nothing."""
    timed = {"deadline", "cross"} & set(roles.values())
    for column in [column for column, role in roles.items() if role == "period"]:
        texts = [line[column].text.lower().strip() for line in body if column in line and _alone(line, column)]
        texts = [text for text in texts if text]
        days = sum(bool(_PERIODS.fullmatch(text)) for text in texts)
        if not timed and texts and days >= 0.6 * len(texts):
            roles[column] = "deadline"
        else:
            roles[column] = "note"


_LEAST_COLUMNS = 4  # narrower tables are alike too often


def fits(grid: Grid, headers: Mapping[int, str], roles: Mapping[int, str]) -> bool:
    """Whether a table without a header goes on with the columns of another: as many, with numbers and days in place."""
    columns = {column for line in grid for column in line}
    if columns != set(headers) or len(columns) < _LEAST_COLUMNS or "task" not in roles.values():
        return False
    for column, role in roles.items():
        texts = [line[column].text.strip() for line in grid if column in line and _alone(line, column)]
        texts = [text if role == "ordinal" else text.lower() for text in texts if text]
        holds = {"ordinal": ORDINAL, "deadline": _DATES}.get(role)
        if holds and texts and sum(bool(holds.fullmatch(text)) for text in texts) < 0.5 * len(texts):
            return False
    return True


_CLOCK = re.compile(r"(?:từ\s+)?\d{1,2}\s*(?:h|g|giờ|:)\s*\d{0,2}\b.*", re.DOTALL | re.IGNORECASE)
_CROSS = frozenset({"x", "✓", "✔", "v", "*", "●"})


def _mark_clocks(roles: dict[int, str], body: list[dict[int, Block]]) -> None:
    """A column of times of day makes the table the agenda of a meeting."""
    for column, role in roles.items():
        texts = [line[column].text for line in body if column in line and line[column].text.strip()]
        if (
            role in ("deadline", "task")
            and texts
            and sum(bool(_CLOCK.fullmatch(text.strip())) for text in texts) > 0.5 * len(texts)
        ):
            roles[column] = "clock"


def _mark_crosses(roles: dict[int, str], headers: Mapping[int, str], body: Grid) -> None:
    """A column a quarter or a month, with crosses where the work is done then ("Quý: I | II | III | IV")."""
    for column in headers:
        texts = {line[column].text.strip().lower() for line in body if column in line and _alone(line, column)} - {""}
        if texts and texts <= _CROSS:
            roles[column] = "cross"


def _alone(line: dict[int, Block], column: int) -> bool:
    """Whether the cell is this column's own, not the words of a group row over all columns."""
    return sum(block is line[column] for block in line.values()) == 1
