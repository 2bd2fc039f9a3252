"""A letter that urges a late unit, in the form of Nghị định 30/2020/NĐ-CP (Phụ lục I), from a Word template.

In: a `Selection`, a unit, what is late. Out: a .docx; what only a person can fill in (number, signature) is left open.
An office that words its letters in another way copies the template (`templates/don-doc.docx`), changes it in Word, and
names its copy in the settings: `[office] letter = "mẫu của ta.docx"`. The tags are Jinja's, as docxtpl reads them:
{{ co_quan }}, {{ noi_ban_hanh }}, {{ ngay }}, {{ thang }}, {{ nam }}, {{ don_vi }}, {{ van_ban }}, {{ den_ngay }},
{{ so_viec }}, and viec_qua_han, whose members have thu_tu, noi_dung, van_ban, thoi_han, qua_han.

Example: "V/v đôn đốc thực hiện nhiệm vụ quá hạn", "Kính gửi: Sở Nội vụ.", a table of what is late and by how long.
"""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

import jinja2
from docx.opc.exceptions import PackageNotFoundError
from docxtpl import DocxTemplate

from tracker.errors import SettingsError
from tracker.exports import wording
from tracker.unit_names import plain, spellings

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tracker.exports.selection import Selection
    from tracker.rows import TaskRow

# A tag that is none, a file that is no Word file or a damaged one, tags that leave no XML (lxml: a SyntaxError).
_UNUSABLE = (jinja2.TemplateError, PackageNotFoundError, zipfile.BadZipFile, SyntaxError, ValueError, KeyError)
TEMPLATE = Path(__file__).with_name("templates") / "don-doc.docx"


def late_units(selection: Selection, asked: str | None) -> dict[str, list[TaskRow]]:
    """What is late, by the unit that leads; accepted tasks alone, as in mails: nobody is urged about a guess.

    Args:
        selection: what is exported.
        asked: only of units whose name has this in it, in any spelling; None: of all.
    """
    found: dict[str, list[TaskRow]] = {}
    for row in selection.rows:
        if row.standing.schedule == "overdue" and row.review == "accepted":
            for unit in row.lead:
                if not unit.is_group:
                    found.setdefault(unit.successor or unit.name, []).append(row)
    wanted = plain(asked or "")
    meant = {name: late for name, late in found.items() if any(wanted in spelled for spelled in spellings(name))}
    return dict(sorted(meant.items()))


def write_letter(selection: Selection, unit: str, late: Sequence[TaskRow], file: Path) -> None:
    """Writes a letter that urges *unit* to do what is *late*.

    Raises:
        SettingsError: the office's own template is not there, is no Word file, or has a tag that is none.
    """
    chosen = Path(selection.office.letter).expanduser() if selection.office.letter else TEMPLATE
    if not chosen.is_file():
        raise SettingsError(f"không có tệp mẫu công văn {chosen}", "sửa [office] letter trong cài đặt")
    values = _values(selection, unit, late)
    try:
        letter = DocxTemplate(str(chosen))
        letter.render(values, jinja_env=jinja2.Environment(undefined=jinja2.StrictUndefined, autoescape=True))
    except _UNUSABLE as error:
        raise SettingsError(f"mẫu công văn {chosen} không dùng được ({error})", "sửa mẫu trong Word") from error
    letter.save(str(file))


def _values(selection: Selection, unit: str, late: Sequence[TaskRow]) -> dict[str, str | list[dict[str, str]]]:
    """What the tags of the template stand for."""
    office, place = wording.letterhead(selection.office)
    day, month, year = wording.day_parts(selection.today)
    return {
        "co_quan": wording.plain(office), "noi_ban_hanh": place, "ngay": day, "thang": month, "nam": year,
        "don_vi": wording.plain(unit),
        "van_ban": wording.plain("; ".join(dict.fromkeys(wording.document(row) for row in late))),
        "den_ngay": wording.day(selection.today), "so_viec": f"{len(late):02d}",
        "viec_qua_han": [
            {
                "thu_tu": str(at), "noi_dung": wording.plain(row.text), "van_ban": wording.plain(wording.document(row)),
                "thoi_han": wording.day(row.current_due), "qua_han": f"{row.standing.days_late or 0} ngày",
            }
            for at, row in enumerate(late, 1)
        ],
    }  # fmt: skip
