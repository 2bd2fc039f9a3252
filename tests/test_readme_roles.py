"""The README's way to set up a book for an office, on a real PostgreSQL: its SQL, and what each role may do."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import psycopg
from drafting import NOW, TODAY, draft, extraction, on
from test_readme import README

from tracker.database import connect
from tracker.intake import Terms, take_in

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    import pytest

    from corpus.benchmarks.postgresql import Server

ROLES = re.compile(r"(?<=<!-- roles -->\n```sql\n).*?(?=```\n)", re.DOTALL)


def test_roles_of_the_readme(postgres: Server, run: Callable[..., Any], request: pytest.FixtureRequest) -> None:
    match = ROLES.search(README.read_text(encoding="utf-8"))
    assert match is not None
    database = "postgres"
    for statement in match.group().splitlines():
        if statement.startswith("\\connect "):
            database = statement.split()[1]
            continue
        with psycopg.connect(postgres.url(database), autocommit=True) as connection:
            connection.execute(statement.encode())
    request.addfinalizer(lambda: drop(postgres))
    ours, theirs = (postgres.url("soviec").replace("nhacviec@", f"{role}@") for role in ("soviec", "xem"))
    assert run("--db", theirs, "due").code == 3  # there is nothing yet, and who looks may not make it
    assert run("--db", ours, "db", "upgrade").code == 0
    stored(ours)
    seen = run("--db", theirs, "due")
    assert (seen.code, seen.err) == (0, "")
    assert "Rà soát" in seen.out
    refused = run("--db", theirs, "done", "1")
    assert refused.code == 3
    assert "không cho người dùng này làm việc ấy; xin quyền" in refused.err
    assert run("--db", ours, "done", "1").code == 0


def stored(url: str) -> None:
    """A document with one task, taken in."""
    engine = connect(url)
    take_in(engine, extraction(draft("Rà soát quy hoạch", on("2026-11-30"))), Terms(TODAY, NOW, 0.5))
    engine.dispose()


def drop(postgres: Server) -> None:
    with psycopg.connect(postgres.url("postgres"), autocommit=True) as connection:
        for statement in ("DROP DATABASE soviec WITH (FORCE)", "DROP ROLE soviec", "DROP ROLE xem"):
            connection.execute(statement)
