"""Signs in the words themselves that a line begins or ends a paragraph; for readers of broken lines (pdf, txt, scan).

In: lines as they stand on the page. Out: yes or no: "a) Rà soát …" opens an item, "Căn cứ Nghị quyết số 19/NQ-CP ngày"
does not end one.
"""

from __future__ import annotations

import re

_ROMAN = r"(?:[IVX]{1,5}|[ivx]{2,5})"
# "1.", "1.2.", "1.2", "1)", "(1)", "a)", "(a)", "đ.", "I.", "I -", "-", "+", "*", "•", and words of the law: "Điều 1."
_LABEL = re.compile(
    rf"""(?:
        \(?\d{{1,2}}\)                          # (1)  1)
      | \d{{1,2}}(?:\.\d{{1,2}}){{0,4}}\.(?=\s|[^\W\d_])      # 1.  1.2.  2.Tên
      | \d{{1,2}}(?:\.\d{{1,2}}){{1,4}}(?=\s+[^\W\d_])        # 1.2 Tên
      | \d{{1,2}}\s?[-–/](?=\s+[^\W\d_])         # 1 - Tên
      | \(?[a-zđêôơư]\)                       # a)
      | [a-zđ]\d?\.(?=\s)                     # a.
      | \({_ROMAN}\)                          # (ii)
      | {_ROMAN}(?:\.|\)|\s?[-–/])(?=\s)      # II.   II -
      | [A-HĐ](?:\.|\))(?=\s)                 # A.
      | [-–—+*•●▪■◦○➢➤✓✔→❖](?=\s|[^\W\d_])    # bullets
      | [\uf000-\uf0ff](?=\s)                 # bullets of symbol fonts
      | (?:Điều|Khoản|Chương|Mục|Phần|Phụ\ lục|PHỤ\ LỤC|ĐIỀU|CHƯƠNG|MỤC|PHẦN)\s+(?:\d{{1,3}}|{_ROMAN})(?=[.:\s]|$)
    )""",
    re.VERBOSE,
)
_OPENER = re.compile(r"(?:Căn cứ|Theo đề nghị|Xét đề nghị|Kính gửi|Nơi nhận|Số:|V/v|TM\.|KT\.|TL\.|TUQ\.)")
_FINAL = (".", ";", ":", "!", "?", "…")
# A name or a phrase cannot end with these: "Sở Thông tin và" / "Truyền thông".
_OPEN_WORDS = re.compile(
    r".*\b(?:và|của|với|cho|về|theo|tại|trong|từ|đến|là|các|những|được|để|do|hoặc|trên|dưới|bằng|số|ngày|tháng|năm|thuộc"
    r"|bởi|nhằm|không|phải|có|gồm|như|khi|ở|vào|ra|mà|hay|một|mỗi|mọi|cùng|qua|sẽ|đã|đang|bị)",
    re.DOTALL,
)


def starts_item(text: str) -> bool:
    """Whether *text* opens with a label or bullet: "1.", "a)", "-", "Điều 2."."""
    return _LABEL.match(text) is not None


def starts_opener(text: str) -> bool:
    """Whether *text* opens with words that begin paragraphs of a letter: "Căn cứ …", "Kính gửi: …"."""
    return _OPENER.match(text) is not None


def ends_sentence(text: str) -> bool:
    """Whether *text* ends with a mark that may end a paragraph: full stop, semicolon, colon (in quotes too)."""
    return text.rstrip(' \n\t”"’»').endswith(_FINAL)


def ends_open(text: str) -> bool:
    """Whether *text* cannot be the end of a paragraph: a comma, a dash, an open bracket, "của", "và" …"""
    stripped = text.rstrip()
    if not stripped or stripped[-1] in ",-–(/“&":
        return bool(stripped)
    if stripped.count("(") > stripped.count(")"):
        return True
    return _OPEN_WORDS.fullmatch(stripped) is not None


def starts_lower(text: str) -> bool:
    """Whether the first letter or digit of *text* is a lower-case letter and no label stands before it."""
    if starts_item(text):
        return False
    first = next((c for c in text if c.isalnum()), "")
    return first.islower()


def is_capitals(text: str) -> bool:
    """Whether all letters of *text* are capitals and there are at least three: "TỔ CHỨC THỰC HIỆN"."""
    letters = [c for c in text if c.isalpha()]
    return len(letters) >= 3 and all(c.isupper() for c in letters)


_KINDS = re.compile(
    r"(?:DỰ THẢO )?(?:NGHỊ QUYẾT|QUYẾT ĐỊNH|CHỈ THỊ|QUY CHẾ|QUY ĐỊNH|THÔNG CÁO|THÔNG BÁO|HƯỚNG DẪN|CHƯƠNG TRÌNH"
    r"|KẾ HOẠCH|PHƯƠNG ÁN|ĐỀ ÁN|DỰ ÁN|BÁO CÁO|BIÊN BẢN|TỜ TRÌNH|CÔNG ĐIỆN|GIẤY MỜI|KẾT LUẬN|PHỤ LỤC(?: [IVX\d]+)?)\s*:?"
)


def is_kind(text: str) -> bool:
    """Whether *text* is the name of a type of document alone on its line, as over its title: "KẾ HOẠCH"."""
    return _KINDS.fullmatch(re.sub(r"\s+", " ", text.strip())) is not None


_YEAR_BEGUN = re.compile(r".*[\dIVX][/.\-](2|20|20\d)", re.DOTALL)
_YEAR_GOES_ON = re.compile(r"(\d{1,3})(?![\d/])")


def join_lines(above: str, below: str) -> str:
    """Two lines of one paragraph as one: a space between, none after a hyphen inside a word ("19/KH-" + "UBND"), nor in
    a day that a narrow column breaks ("28/02/202" + "6")."""
    inside = len(above) > 1 and above[-1] in "-/" and not above[-2].isspace() and below[:1].isalnum()
    inside = inside or (above[-1:].isdigit() and bool(re.match(r"/\d", below))) or _breaks_year(above, below)
    return above + below if inside else f"{above} {below}"


def _breaks_year(above: str, below: str) -> bool:
    begun, rest = _YEAR_BEGUN.fullmatch(above), _YEAR_GOES_ON.match(below)
    return begun is not None and rest is not None and len(begun[1] + rest[1]) == 4
