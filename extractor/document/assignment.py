"""Assignment lines: "Đơn vị chủ trì: …", "(Chủ trì: …; phối hợp: …; hoàn thành: …)" → which words play which role.

In: the text of one line. Out: `Piece`s, each a role and the range of its value.

>>> line = "Đơn vị chủ trì: Sở Y tế. Thời gian: Quý I/2026"
>>> [(piece.role, line[piece.start : piece.end]) for piece in whole_line(line)]
[('lead', 'Sở Y tế'), ('deadline', 'Quý I/2026')]
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from extractor.lexicon.loader import load
from extractor.text import with_new_tones

_BRACKET = re.compile(r"\(([^()]*(?:\([^()]*\)[^()]*)*)\)\s*[.;,]?\s*$")
# In running text a second label follows a mark of punctuation: "…; phối hợp: Sở Y tế; hoàn thành: Quý II".
_SEPARATOR = r"(?:^|(?<=[.;,(\n])|(?<=[.;,(\n] )|(?<= - )|(?<=[.;] - ))"
_TRIM = " .;,:-–\n"
_MOST_WORDS = 14


@dataclass(frozen=True, slots=True)
class Piece:
    """One label and its value: `role` as in lexicon/assignment.yaml, the label begins at `label`, the value is
    `[start, end)`."""

    role: str
    label: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Label:
    """An entry of lexicon/assignment.yaml: how a line's label names a role."""

    role: str
    source: str
    line: str


@lru_cache(maxsize=1)
def _cues() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((entry.role, re.compile(entry.line)) for entry in load("assignment", "labels", Label))


@lru_cache(maxsize=1)
def _finder() -> re.Pattern[str]:
    """Every label with its colon, after the line's start or a separator."""
    every = "|".join(f"(?:{pattern.pattern})" for _, pattern in _cues())
    return re.compile(rf"{_SEPARATOR}[ ]*(?P<label>{every}) ?(?:\([^()]*\) ?)?:")


def role_of(label: str) -> str | None:
    """The role that the words before a colon name, None if they name none ("Cơ quan chủ trì" → "lead")."""
    words = " ".join(with_new_tones(label).lower().split())
    for role, pattern in _cues():
        if pattern.fullmatch(words):
            return role
    return None


def whole_line(text: str) -> tuple[Piece, ...]:
    """The pieces of a line that is nothing but assignments; empty if it is another line.

    The line may end in an empty value ("Phân công thực hiện:"), or be a heading without a colon ("Phân công").
    """
    found = _pieces(text)
    if found and not text[: found[0].label].strip(" -+*•("):
        return found
    if (
        len(text.split()) <= 4
        and role_of(text.strip(_TRIM)) == "lead"
        and text.strip(_TRIM).lower().startswith("phân công")
    ):
        return (Piece("lead", 0, len(text), len(text)),)
    return ()


def labelled(text: str) -> tuple[Piece, ...]:
    """The pieces of a cell, wherever its labels stand: "Sở A / Phối hợp: Sở B" has one; none where a label is not one
    of units, days or products."""
    return tuple(p for p in _pieces(text) if p.role in ("lead", "support", "deadline", "product", "approver"))


def closing_bracket(text: str) -> tuple[tuple[Piece, ...], int] | None:
    """The assignments in a bracket at the end of *text* and where the bracket begins; None if it holds none."""
    found = _BRACKET.search(text)
    if found is None:
        return None
    inner = tuple(
        Piece(p.role, p.label + found.start(1), p.start + found.start(1), p.end + found.start(1))
        for p in _pieces(found.group(1))
    )
    if not inner or text[found.start(1) : inner[0].label].strip():
        return None
    return inner, found.start()


def trailing(text: str) -> tuple[tuple[Piece, ...], int] | None:
    """Assignments that close a running paragraph ("… . Đơn vị chủ trì: Sở Y tế. Thời gian: …") and where they begin."""
    found = _pieces(text)
    # One label alone in prose may be anything ("Thời gian: 8 giờ"); a lead's label with a unit word is certain.
    strong = [p for p in found if p.role in ("lead", "support") and len(text[p.label : p.start].split()) >= 2]
    strong = strong or [p for p in found if p.role == "deadline" and _closes_with_day(text, p)]
    if not strong or found[0].label == 0:
        return None
    first = next(
        p for p in found if p.label <= strong[0].label and p.role in ("lead", "support", "deadline", "product")
    )
    kept = tuple(p for p in found if p.label >= first.label)
    return kept, first.label


_DAY_VALUE = re.compile(r"(?=.*(?:\d|quý|hằng|hàng|thường xuyên))[^.;\n]{3,60}[.;]?\s*", re.IGNORECASE)


def _closes_with_day(text: str, piece: Piece) -> bool:
    """Whether *piece* is a sentence of its own at the end of *text* that says by when: "… . Thời hạn: 31/10/2026."."""
    before = text[: piece.label].rstrip(" -–")
    return before.endswith((".", ";")) and bool(_DAY_VALUE.fullmatch(text[piece.start :]))


def _pieces(text: str) -> tuple[Piece, ...]:
    lowered = with_new_tones(text).lower()
    labels = [m for m in _finder().finditer(lowered) if len(m.group("label").split()) <= _MOST_WORDS]
    found: list[Piece] = []
    for number, match in enumerate(labels):
        end = labels[number + 1].start("label") if number + 1 < len(labels) else len(text)
        role = role_of(match.group("label"))
        if role is None or role == "content":
            continue
        start = match.end()
        value = text[start:end]
        lead, tail = len(value) - len(value.lstrip()), len(value) - len(value.rstrip(_TRIM))
        found.append(Piece(role, match.start("label"), min(start + lead, end), max(end - tail, min(start + lead, end))))
    return tuple(found)
