"""The benchmark of the book in its short form: every figure is there, and answers are right whatever their speed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from corpus.benchmarks import book
from corpus.benchmarks.book_fill import TODAY, WORDS, fill
from tracker import queries
from tracker.database import answering, open_database
from tracker.queries import Filters
from tracker.rows import Clock

if TYPE_CHECKING:
    from pathlib import Path


def test_the_short_form_measures_everything() -> None:
    figures = {figure.name: figure for figure in book.measure(3_000, 1, short=True)}
    for kind in ("SQLite", "PostgreSQL"):
        if figures.get(kind) is not None:  # not installed here: said so
            assert "not installed" in figures[kind].note
            continue
        for name in ("intake", "due this month, in process", "overdue --unit, in process", "nhacviec tasks --text"):
            assert figures[f"{kind}: {name}"].value
    assert not any(figure.failed for figure in figures.values())


def test_the_book_is_what_it_says(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'book.db'}"
    fill(url, 5_000)
    engine = open_database(url)
    with answering(engine) as connection:
        every = queries.tasks(connection, Filters(limit=1), Clock(TODAY))
        worded = queries.tasks(connection, Filters(words=WORDS.split()[0], limit=5), Clock(TODAY))
    assert (every.total, worded.total > 0) == (5_000, True)
