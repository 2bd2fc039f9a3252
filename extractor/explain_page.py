"""Marked words → lines of a page: brackets or colours around what is marked, wrapped to a width.

In: a block's text and its marks. Out: lines such as "⟦chủ trì t1: Sở Y tế⟧ rà soát …". A colour is an ANSI code, off at
the end of each line and on again at the start of the next, so that any pager shows it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from extractor.explain_marks import KINDS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from extractor.explain_marks import Kind, Mark
    from extractor.model import Block

Piece = tuple[str, str]
"""Some characters, and the ANSI codes that they have: ("Sở Y tế", "32")."""

_CODES: dict[Kind, str] = {
    "header": "1",
    "task": "7",
    "lead": "1;32",
    "support": "36",
    "deadline": "1;31",
    "product": "35",
    "target": "34",
    "reference": "2",
    "unit": "4",
    "day": "4;31",
}
_TOKEN = re.compile(r"\n|[^\S\n]+|\S+")


def coloured(text: str, kind: Kind) -> str:
    """*text* in the colour of *kind*."""
    return f"\x1b[{_CODES[kind]}m{text}\x1b[0m"


def marked(block: Block, marks: Sequence[Mark], colour: bool) -> list[Piece]:
    """The words of *block* with its label and its *marks*, which are sorted by where they begin."""
    pieces: list[Piece] = [(f"{block.label} ", "")] if block.label else []
    edges = sorted({0, len(block.text), *(edge for mark in marks for edge in (mark.start, mark.end))})
    for at, edge in enumerate(edges):
        pieces += [_closed(mark, colour) for mark in reversed(marks) if mark.end == edge > mark.start]
        pieces += [_opened(mark, colour) for mark in marks if mark.start == edge < mark.end]
        if at + 1 < len(edges):
            codes = [_CODES[mark.kind] for mark in marks if mark.start <= edge < mark.end and mark.kind != "task"]
            pieces.append((block.text[edge : edges[at + 1]], ";".join(codes) if colour else ""))
    return [piece for piece in pieces if piece[0]]


def _opened(mark: Mark, colour: bool) -> Piece:
    if mark.kind == "task":
        return f"▶{mark.note} ", _CODES["task"] if colour else ""
    if colour:
        return "", ""
    if mark.kind == "header":
        return f"⟦{mark.note}: ", ""
    return f"⟦{KINDS[mark.kind]}{' ' if mark.note else ''}{mark.note}: ", ""


def _closed(mark: Mark, colour: bool) -> Piece:
    if mark.kind == "task":
        return "◀", _CODES["task"] if colour else ""
    return "" if colour else "⟧", ""


def ruled(title: str, width: int) -> str:
    """A rule across the page with a title in it."""
    return f"── {title} ".ljust(max(width, 0), "─")


def wrapped(text: str | Sequence[Piece], width: int, first: str, then: str) -> Iterator[str]:
    """*text* in lines of at most *width*: before the first stands *first*, before the others *then*.

    A word that is wider than the room for it stands on a line of its own, uncut.
    """
    lead, used, line, blank = first, 0, list[Piece](), ""
    for word in _words([(text, "")] if isinstance(text, str) else text):
        size = sum(len(letters) for letters, _ in word)
        if word[0][0] == "\n" or (used and used + len(blank) + size > width - len(lead)):
            yield lead + _drawn(line)
            lead, used, line, blank = then, 0, [], ""
        if word[0][0].isspace():
            blank = " " if used else ""
            continue
        if blank:
            line.append((blank, word[0][1] if line and line[-1][1] == word[0][1] else ""))
        line += word
        used += len(blank) + size
        blank = ""
    if line:
        yield lead + _drawn(line)


def _words(pieces: Sequence[Piece]) -> Iterator[list[Piece]]:
    """Words, each of the pieces that it runs over, and the blanks and line breaks between them."""
    word: list[Piece] = []
    for text, codes in pieces:
        for token in _TOKEN.findall(text):
            if not token.isspace():
                word.append((token, codes))
                continue
            if word:
                yield word
                word = []
            yield [(token, codes)]
    if word:
        yield word


def _drawn(line: Sequence[Piece]) -> str:
    """The pieces with their codes; neighbours with the same codes are drawn in one."""
    drawn, on = "", ""
    for text, codes in line:
        if codes != on:
            drawn += ("\x1b[0m" if on else "") + (f"\x1b[{codes}m" if codes else "")
            on = codes
        drawn += text
    return drawn + ("\x1b[0m" if on else "")
