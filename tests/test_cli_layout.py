"""Tables: as wide as the terminal, Vietnamese or not, nothing shifted."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.cli.layout import GAP, Column, Line, labelled, table, width_of

if TYPE_CHECKING:
    from collections.abc import Sequence

COLUMNS = (Column("ID", right=True), Column("Việc", weight=2), Column("Chủ trì", weight=1), Column("Hạn", widest=10))
WORDS = st.lists(
    st.sampled_from(["quy", "chế", "nghiệp", "vụ", "đường", "Ủy", "ban", "thẩm", "định"]), min_size=1, max_size=30
)


@pytest.mark.parametrize(
    ("text", "cells"),
    [("", 0), ("abc", 3), ("Ủy ban", 6), (unicodedata.normalize("NFD", "Ủy ban"), 6), ("“…”–", 4), ("漢字", 4)],
)
def test_widths(text: str, cells: int) -> None:
    assert width_of(text) == cells


def columns_of(lines: Sequence[str], widths: list[int]) -> list[list[str]]:
    found = []
    for line in lines:
        at, cells = 0, []
        for width in widths:
            cells.append(line[at : at + width].strip())
            at += width + len(GAP)
        found.append(cells)
    return found


@given(st.lists(st.tuples(WORDS, WORDS), min_size=1, max_size=8), st.integers(50, 160))
def test_a_table_is_never_wider_than_asked_and_columns_stand_straight(
    rows: list[tuple[list[str], list[str]]], width: int
) -> None:
    columns = tuple(column._replace(lines=99) for column in COLUMNS)
    lines = table(columns, [Line(("7", " ".join(a), " ".join(b), "30/11/2026")) for a, b in rows], width)
    assert all(len(line) <= width for line in lines)
    rule = next(at for at, line in enumerate(lines) if line.startswith("─"))
    cells = columns_of(lines[rule + 1 :], [len(part) for part in lines[rule].split(GAP)])
    assert " ".join(filter(None, (row[1] for row in cells))).split() == [word for a, _ in rows for word in a]
    assert " ".join(filter(None, (row[2] for row in cells))).split() == [word for _, b in rows for word in b]


@given(WORDS, st.integers(1, 4))
def test_a_cell_that_is_too_long_ends_with_dots(words: list[str], most: int) -> None:
    columns = (Column("Việc", weight=1, lines=most),)
    text = " ".join(words)
    body = table(columns, [Line((text,))], 20)[2:]
    assert len(body) <= most
    joined = " ".join(body)
    assert joined == text or (joined.endswith("…") and text.startswith(joined[:-1].rstrip()))


def test_a_word_wider_than_its_column_is_cut_not_lost() -> None:
    lines = table((Column("Số", widest=8, lines=9),), [Line(("1234567890/BGDĐT-QLCL",))], 80)
    assert "".join(lines[2:]) == "1234567890/BGDĐT-QLCL"


def test_headings_wrap_where_the_content_is_narrow() -> None:
    assert table((Column("Chờ duyệt", right=True),), [Line(("3",))], 80)[:2] == ["  Chờ", "duyệt"]


def test_composed_and_decomposed_text_stand_alike() -> None:
    rows = [Line(("1", text, "Sở", "x")) for text in ("thẩm định", unicodedata.normalize("NFD", "thẩm định"))]
    first, second = table(COLUMNS, rows, 60)[-2:]
    assert unicodedata.normalize("NFC", second) == first


def test_colours_are_those_of_offices(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    painted: dict[str, Any] = {
        colour: table((Column("Việc"),), [Line(("x",), colour)], 40)[2]
        for colour in ("black", "orange", "red", "blue", "green", "grey")
    }
    assert painted["black"] == "x"
    assert len(set(painted.values())) == 6
    assert painted["red"] == "\x1b[31mx\x1b[0m"
    monkeypatch.setenv("NO_COLOR", "1")
    assert table((Column("Việc"),), [Line(("x",), "red")], 40)[2] == "x"


@given(WORDS, st.integers(40, 120))
def test_labels_stand_beside_their_text(words: list[str], width: int) -> None:
    lines = labelled("Văn bản", " ".join(words), width)
    assert lines[0].startswith("Văn bản")
    assert all(line[:14].strip() in {"Văn bản", ""} and len(line) <= width for line in lines)
    assert " ".join(line[14:] for line in lines).split() == words
