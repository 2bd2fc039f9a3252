"""What stands on a page beside its text: page numbers, running heads, footnotes, rows of underscores.

In: the lines of all pages. Out: the lines without them: "- 3 -" at the top, "Ký bởi: Cổng Thông tin điện tử …" in a
corner, "_______" under the letterhead.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from extractor.blocks.lines import Line
    from extractor.blocks.page_flow import Page

_PAGE_NUMBER = re.compile(r"(?:trang|page)?\s*[-–—|]?\s*\d{1,4}\s*(?:[-–—|).]|/\s*\d{1,4})?", re.IGNORECASE)
_RULE = re.compile(r"[-_–—=*.…~\s]{3,}")
_STAMP_OPENS = re.compile(r"(?:Ký bởi|Người ký|Được ký bởi|Digitally signed)\b", re.IGNORECASE)
_STAMP_LINE = re.compile(
    r"(?:Ký bởi|Người ký|Được ký bởi|Ngày ký|Thời gian ký|Cơ quan|E-?mail|Digitally signed|Date|Reason|Location)\s*:"
    r"|\d{1,2}[./]\d{1,2}[./]\d{4} \d{1,2}:\d{2}(?::\d{2})?|\+0?7[:'’]?00",
    re.IGNORECASE,
)
_MARGIN = 0.1  # of the page's height: where page numbers stand
_HEAD = 0.075  # of the page's height: where running heads stand, above the first line of text
_SMALL_NOTE = 0.88  # of the text's size


def without_furniture(pages: list[Page]) -> list[Page]:
    """The pages without numbers, running heads, footnotes, signature stamps and rows of underscores."""
    running = _running(pages)
    sizes = Counter(round(line.size, 1) for page in pages for line in page.lines for _ in line.words)
    usual = sizes.most_common(1)[0][0] if sizes else 0.0
    return [_parted(page, _body(page, running, usual)) for page in pages]


def _parted(page: Page, body: list[Line]) -> Page:
    """A page of *body* alone; its other lines stand beside it: "MẬT - Trang 3" is told to the check on secrecy."""
    kept = set(map(id, body))
    return replace(page, lines=body, beside=(*page.beside, *(line.text for line in page.lines if id(line) not in kept)))


def _body(page: Page, running: set[str], usual: float) -> list[Line]:
    """The lines of the text of one page."""
    lines = [line for line in page.lines if not _RULE.fullmatch(line.text)]
    lines = [
        line
        for at, line in enumerate(lines)
        if not (_in_margin(line, page.height, _MARGIN) and _is_number(line, at, lines))
        and not (_in_margin(line, page.height, _HEAD) and _folded(line) in running)
    ]
    return _without_notes(_without_stamps(lines), usual)


def _in_margin(line: Line, height: float, share: float) -> bool:
    """Whether a line stands in the top or bottom *share* of its page."""
    return line.bottom < share * height or line.top > (1 - share) * height


def _is_number(line: Line, at: int, lines: list[Line]) -> bool:
    """Whether a line is a page number: the first or the last of its page, and nothing but a number."""
    return at in {0, len(lines) - 1} and _PAGE_NUMBER.fullmatch(line.text.strip()) is not None


def _folded(line: Line) -> str:
    """A line's text with its numbers made equal: "Trang 3" and "Trang 4" are the same running head."""
    return re.sub(r"\d+", "0", line.text)


def _running(pages: list[Page]) -> set[str]:
    """Texts in the margins of at least three pages and of half of them."""
    counts = Counter(
        text
        for page in pages
        for text in {_folded(line) for line in page.lines if _in_margin(line, page.height, _HEAD)}
    )
    return {text for text, count in counts.items() if count >= max(3, len(pages) / 2)}


def _without_stamps(lines: list[Line]) -> list[Line]:
    """Leaves out a signature's stamp: from "Ký bởi:" on, the lines of the same corner."""
    kept: list[Line] = []
    stamp: Line | None = None
    for line in lines:
        if _STAMP_OPENS.match(line.text):
            stamp = line
        elif stamp is not None and abs(line.x0 - stamp.x0) < 3 * stamp.size and line.size <= stamp.size + 0.5:
            if not _STAMP_LINE.search(line.text):
                kept.append(line)
        else:
            kept.append(line)
    return kept


def _without_notes(lines: list[Line], usual: float) -> list[Line]:
    """Leaves out footnotes: smaller lines at the bottom of a page from the first that opens with a raised number."""
    for at, line in enumerate(lines):
        small = all(below.size <= _SMALL_NOTE * usual for below in lines[at:])
        if small and _opens_note(line) and line.top > (lines[0].top + lines[-1].bottom) / 2:
            return lines[:at]
    return lines


def _opens_note(line: Line) -> bool:
    """Whether a line opens with a number smaller than its text."""
    first = line.words[0]
    return first.text[0].isdigit() and first.size < 0.8 * line.size and len(line.words) > 1
