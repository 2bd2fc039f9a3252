"""How a document looks: file format, numbering, spelling of assignment lines, separators.

In: a seed, or choices by hand. Out: a `Form`. The same document in another form has the same tasks.

Example: with `SPELLINGS[0]` the support line of an item reads "- Đơn vị phối hợp: Sở Tài chính, Công an tỉnh".
"""

from __future__ import annotations

import random
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Sequence

    from corpus.generator.spec import Document, Rank, Shape

FileKind = Literal["docx", "pdf", "txt", "xlsx"]
Letters = Literal["nfc", "nfd", "old", "eth"]
Cells = Literal["tabs", "pipes", "lines"]


@dataclass(frozen=True, slots=True)
class Spelling:
    """Labels of the assignment lines, and of the bracket."""

    lead: str
    support: str
    deadline: str
    bracket: tuple[str, str, str] = ("Chủ trì", "phối hợp", "hoàn thành")


SPELLINGS = (
    Spelling("Đơn vị chủ trì", "Đơn vị phối hợp", "Thời gian thực hiện"),
    Spelling("Cơ quan chủ trì", "Cơ quan phối hợp", "Thời gian hoàn thành", ("Chủ trì", "phối hợp", "thời gian")),
    Spelling("Đơn vị chủ trì thực hiện", "Đơn vị phối hợp thực hiện", "Thời gian"),
    Spelling(
        "Đơn vị thực hiện", "Đơn vị phối hợp", "Thời hạn hoàn thành", ("Đơn vị thực hiện", "phối hợp", "thời hạn")
    ),
    Spelling("Chịu trách nhiệm chính", "Phối hợp", "Tiến độ", ("Chịu trách nhiệm", "phối hợp", "tiến độ")),
    Spelling("Phân công thực hiện", "Phối hợp thực hiện", "Lộ trình thực hiện"),
    Spelling("Chủ trì", "Phối hợp", "Mốc thời gian", ("Đơn vị chủ trì", "Đơn vị phối hợp", "Thời gian hoàn thành")),
    Spelling("Đầu mối", "Cơ quan phối hợp", "Thời gian hoàn thành", ("Đầu mối", "phối hợp", "thời hạn")),
)

# Labels by rank; "" prints none. "{n}" counts, in the script named before it; "{up}" is the label of the heading above
# without its last point. Party papers write "I-" and "1-" (Hướng dẫn 36-HD/VPTW).
SCHEMES: dict[str, dict[Rank, str]] = {
    "classic": {"part": "roman {n}.", "head": "arabic {n}.", "sub": "arabic {up}.{n}.", "point": "letter {n})"},
    "letters": {"part": "upper {n}.", "head": "roman {n}.", "sub": "arabic {n}.", "point": "letter {n})"},
    "brackets": {"part": "roman {n}.", "head": "arabic {n}.", "sub": "arabic ({n})", "point": "letter {n})"},
    "party": {"part": "roman {n}-", "head": "arabic {n}-", "sub": "arabic {up}.{n}-", "point": "letter {n})"},
    "slashes": {"part": "roman {n}/", "head": "arabic {n}/", "sub": "arabic {up}.{n}/", "point": "letter {n}/"},
    "decimal": {"part": "arabic {n}.", "head": "arabic {up}.{n}.", "sub": "arabic {up}.{n}.", "point": "letter {n})"},
    "open": {"part": "roman {n}.", "head": "arabic {n}.", "sub": "arabic {up}.{n}", "point": "letter ({n})"},
    "bare": {"part": "", "head": "", "sub": "", "point": ""},
}
PLAIN: tuple[Rank, ...] = ("plain", "title")
ARTICLE = "Điều {n}."


@dataclass(frozen=True, slots=True)
class Form:
    """The look of one document.

    Attributes:
        file: format of the file.
        automatic: labels are made by Word's numbering and are not in the text (docx only).
        scheme: key of SCHEMES.
        spelling: labels of assignment lines.
        shape: assignment as lines or as a bracket, where the item leaves it open.
        line_mark: printed before each assignment line ("- ", "+ ", "* " or nothing).
        separator: between units of a list; last_and: "và" before the last one.
        colon: unit headings end with ":".
        repeat_head: a table's header row is printed again on each page.
        blank_number: the number is not printed ("Số:      /KH-UBND"), as in drafts.
        number_line: how it is printed else; "{}" is the number.
        bold: headings below the parts are bold.
        bullet, second: marks of the items of rank "dash" and "plus".
        soft: items of one list stand in one paragraph, parted by line breaks (docx only).
        letters: "nfd" decomposed, "old" tones (hoà, uỷ), "eth" Ð for Đ; pdf is always "nfc".
        cells: how plain text shows a table: tabs, "a | b", or a cell a line with lines "|" between, as web pages copy.
        wrap: so many characters to a line of plain text; 0 for a paragraph a line.
        footer: printed at the foot of every page.
        sheet: name of the first sheet of a workbook.
    """

    file: FileKind = "docx"
    automatic: bool = False
    scheme: str = "classic"
    spelling: Spelling = SPELLINGS[0]
    shape: Shape = "lines"
    line_mark: str = "- "
    separator: str = ", "
    last_and: bool = False
    colon: bool = False
    repeat_head: bool = True
    blank_number: bool = False
    number_line: str = "Số: {}"
    bold: bool = True
    bullet: str = "-"
    second: str = "+"
    soft: bool = False
    letters: Letters = "nfc"
    cells: Cells = "tabs"
    wrap: int = 0
    footer: str = ""
    sheet: str = "Kế hoạch"

    @classmethod
    def from_seed(cls, seed: int, file: FileKind = "docx", **chosen: object) -> Form:
        """A form drawn from *seed*; *chosen* fields are set by hand."""
        dice = random.Random(seed)
        form = cls(
            file=file,
            automatic=file == "docx" and dice.random() < 0.4,
            scheme=dice.choice(("classic", "classic", "letters", "brackets", "slashes", "decimal", "open")),
            spelling=dice.choice(SPELLINGS),
            shape=dice.choice(("lines", "lines", "bracket")),
            line_mark=dice.choice(("- ", "+ ", "* ", "")),
            separator=dice.choice((", ", "; ")),
            last_and=dice.random() < 0.3,
            colon=dice.random() < 0.5,
            repeat_head=dice.random() < 0.5,
            number_line=dice.choice(("Số: {}", "Số: {}", "Số:{}", "Số : {}")),
            bold=dice.random() < 0.75,
            bullet=dice.choice(("-", "-", "-", "–", "•")),
            soft=file == "docx" and dice.random() < 0.2,
            letters=dice.choice(("nfc", "nfc", "nfc", "nfd", "old", "eth")),
            cells=dice.choice(("tabs", "pipes", "lines")),
            wrap=dice.choice((0, 0, 90)),
        )
        return replace(form, **chosen)  # type: ignore[arg-type]

    def joined(self, units: Sequence[str], separator: str | None = None) -> str:
        """The list of *units* as printed."""
        between = separator or self.separator
        if self.last_and and len(units) > 1 and between == ", ":
            return f"{between.join(units[:-1])} và {units[-1]}"
        return between.join(units)


@dataclass(frozen=True, slots=True)
class Entry:
    """A document and the form it is printed in; a reserved one is for checking only."""

    document: Document
    form: Form
    reserved: bool = False
