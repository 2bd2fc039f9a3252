"""`ingest`: documents read and stored.

In: paths of files and folders. Out: a table of what was stored. One bad file never stops the others: it gets one line
on stderr, and the exit code is 1.

Example: `nhacviec ingest "công văn đến/"` → "Đã nạp 3 văn bản, 41 việc; 12 việc chờ duyệt, xem: nhacviec review".
"""

import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple

import typer

from tracker.cli.desk import Desk, desk_of
from tracker.cli.layout import Column, Line, printable, table, terminal_width
from tracker.cli.reading import Cluster, Jobs, Paths, Shared
from tracker.cli.usage import Command
from tracker.cli.wording import FIELDS, day

if TYPE_CHECKING:
    from sqlalchemy import Engine
    from upath import UPath

    from tracker.cli.reading_files import Found
    from tracker.intake import Taken, Terms

app = typer.Typer()

Received = Annotated[
    str | None, typer.Option("--received", metavar="NGÀY", help="Ngày đến, từ đó tính “kể từ ngày nhận được văn bản”.")
]
Resume = Annotated[
    bool, typer.Option("--resume", help="Nạp tiếp một lần nạp dở: bỏ qua, không đọc lại những tệp đã nạp.")
]
SoDen = Annotated[str | None, typer.Option("--so-den", metavar="SỐ", help="Số đến ở sổ đăng ký văn bản đến.")]

_COLUMNS = (
    Column("Số, ký hiệu", widest=18, lines=2),
    Column("Cơ quan ban hành", weight=4),
    Column("Ngày"),
    Column("Việc", right=True),
    Column("Chờ duyệt", right=True),
    Column("Lưu ý", right=True),
    Column("Kết quả", weight=3),
)
_NOT_TAKEN = "cơ sở dữ liệu không nhận văn bản này ({}); hãy gửi dòng này cho nhóm phát triển"
_OUTCOMES = {
    "stored": "đã nạp",
    "unchanged": "đã có, không đổi",
    "renewed": "bản mới, đã đối chiếu",
    "clash": "trùng số, giữ bản cũ",
}


_SECONDS = 0.5
"""For so long at most, and for one more document, what was read waits for others to be stored with it."""


class Stored(NamedTuple):
    """What became of one document: the name it is shown by, its path, and how it stands in the database."""

    name: str
    path: "Path | UPath"
    taken: "Taken"


class _Known:
    """Tells which documents are in the database, and counts them."""

    def __init__(self, engine: "Engine") -> None:
        self._engine = engine
        self.count = 0

    def __call__(self, sha256: str) -> bool:
        from tracker.intake import is_stored

        known = is_stored(self._engine, sha256)
        self.count += known
        return known


@app.command(cls=Command)
def ingest(
    context: typer.Context, paths: Paths, received: Received = None, so_den: SoDen = None,
    jobs: Jobs = None, cluster: Cluster = None, shared: Shared = False, resume: Resume = False,
) -> int:  # fmt: skip
    """Đọc văn bản rồi đưa nhiệm vụ vào cơ sở dữ liệu.

    Nạp lại cùng một tệp, hay tệp khác của một văn bản đã có (cùng cơ quan, số, năm), không làm thay đổi gì.
    """
    from extractor.blocks.packages import PACKAGE_SUFFIXES
    from tracker.cli.guarding import Where
    from tracker.cli.reading_files import read_each
    from tracker.errors import ClusterLostError, WrongUsageError
    from tracker.intake import Terms
    from tracker.period_words import parse_day

    desk = desk_of(context)
    terms = Terms(
        desk.today, desk.now, desk.settings.accept_at,
        received=parse_day(received, desk.today) if received else None, so_den=so_den, days_off=desk.days_off,
        who=desk.who, home=desk.settings.office.home,
    )  # fmt: skip
    several = len(paths) > 1 or paths[0].is_dir() or paths[0].suffix.lower() in PACKAGE_SUFFIXES
    if so_den is not None and several:
        raise WrongUsageError("mỗi số đến là của một văn bản", "nạp riêng tệp có --so-den")
    engine = desk.engine  # opened before anything is read: trouble with it shall not come after minutes of reading
    skipped = _Known(engine) if resume else None
    taken: list[Stored] = []
    try:
        _store_all(desk, terms, read_each(desk, paths, Where(jobs, cluster, shared), skipped), taken)
    except (KeyboardInterrupt, ClusterLostError):
        desk.say(f"Đã nạp {len(taken)} văn bản thì dừng; để nạp tiếp, chạy lại lệnh này với --resume.")
        raise
    if skipped is not None and skipped.count:
        desk.say(f"Bỏ qua {skipped.count} văn bản đã nạp từ trước.")
    if desk.as_json:
        desk.answer_json([_to_json(one.path, one.taken) for one in taken])
    elif taken:
        for line in _lines(taken):
            desk.tell(line)
    return desk.exit_code


def _store_all(desk: Desk, terms: "Terms", documents: "Iterator[Found]", taken: list[Stored]) -> None:
    """Stores documents and adds them to *taken*; those that are read within half a second share a transaction."""
    from tracker.intake import AT_ONCE

    waiting: list[Found] = []
    since = time.monotonic()
    try:
        for one in documents:
            waiting.append(one)
            if len(waiting) == AT_ONCE or time.monotonic() - since >= _SECONDS:
                batch, waiting = waiting, []
                taken += _store(desk, terms, batch)
                since = time.monotonic()
    finally:  # also what was read before somebody stops us
        taken += _store(desk, terms, waiting)


def _store(desk: Desk, terms: "Terms", documents: "list[Found]") -> "Iterator[Stored]":
    """Stores documents together; one that the database does not take is said, and stops no other."""
    from tracker.errors import TrackerError
    from tracker.intake import Taken, take_in_each

    results = take_in_each(desk.engine, [one.extraction for one in documents], terms)
    for one, result in zip(documents, results, strict=True):
        if isinstance(result, Taken):
            _keep(desk, one)
            yield Stored(one.name, one.path, result)
        elif isinstance(result, TrackerError):
            desk.fail(str(one.path), result)
        else:  # nothing of it was stored; the others are
            desk.fail(str(one.path), _NOT_TAKEN.format(getattr(result, "orig", result)))


def _keep(desk: Desk, one: "Found") -> None:
    """Keeps a copy of the file, if the settings want that; one that cannot be kept is said, and stays taken in."""
    from tracker import originals

    folder = originals.folder_of(desk.engine, desk.settings)
    try:
        if folder is not None and not one.packed and isinstance(one.path, Path):  # a store keeps its own
            originals.keep(folder, one.path, one.extraction.source.sha256)
    except OSError as error:
        desk.say(f"{one.path}: chưa giữ được bản gốc ({error.strerror}); việc vẫn đã nạp")


def _to_json(path: "Path | UPath", taken: "Taken") -> dict[str, Any]:
    return {
        "path": str(path),
        "outcome": taken.outcome,
        "document_id": taken.document_id,
        "number": taken.number,
        "issuer": taken.issuer,
        "date": taken.date.isoformat() if taken.date else None,
        "tasks": taken.tasks,
        "to_review": taken.to_review,
        "late": taken.late,
        "problems": taken.problems,
        "differences": [
            {**one._asdict(), "fields": [field._asdict() for field in one.fields]} for one in taken.differences
        ],
    }


def _lines(taken: list[Stored]) -> Iterator[str]:
    rows = [
        Line((
            one.number or printable(name), one.issuer or "chưa rõ", day(one.date),
            str(one.tasks), str(one.to_review), str(one.problems), _OUTCOMES[one.outcome],
        ))
        for name, _, one in taken
    ]  # fmt: skip
    yield from table(_COLUMNS, rows, terminal_width())
    for shown, _, one in taken:
        name = printable(shown)
        if one.outcome == "clash":
            yield f"{name}: đã có văn bản cùng số {one.number} (từ tệp {printable(one.path)}), giữ nguyên văn bản đã có"
        elif one.outcome == "renewed":
            yield from _difference_lines(name, one)
        elif not one.tasks:
            yield f"{name}: không thấy nhiệm vụ nào"
    stored = [one for _, _, one in taken if one.outcome == "stored"]
    yield ""
    if stored:
        yield f"Đã nạp {len(stored)} văn bản, {sum(one.tasks for one in stored)} việc." + _next_step(stored)
    elif not any(one.outcome == "renewed" for _, _, one in taken):
        yield f"Không có gì mới: {len(taken)} văn bản đã có từ trước."


def _difference_lines(name: str, taken: "Taken") -> Iterator[str]:
    """What a newer version says otherwise, a line each."""
    counts = {kind: sum(one.kind == kind for one in taken.differences) for kind in ("new", "changed", "dropped")}
    if not taken.differences:
        yield f"{name}: bản khác của {taken.number}, các nhiệm vụ không đổi"
        return
    yield (
        f"{name}: bản mới của {taken.number}: {counts['new']} việc mới, {counts['changed']} việc đổi, "
        f"{counts['dropped']} việc không còn; chờ duyệt, xem: nhacviec review"
    )
    for one in taken.differences:
        yield f"  {_KINDS[one.kind]} {one.task_id}: {one.title}"
        for field in one.fields:
            kept = " (giữ giá trị đã sửa tay)" if field.kept else ""
            yield f"      {FIELDS.get(field.field, field.field)}: {field.before or '—'} → {field.after or '—'}{kept}"


_KINDS = {"new": "mới", "changed": "đổi", "dropped": "không còn"}


def _next_step(stored: list["Taken"]) -> str:
    waiting = sum(one.to_review for one in stored)
    late = sum(one.late for one in stored)
    if waiting:
        of_these = f" (trong đó {late} việc đã quá hạn khi nạp)" if late else ""
        return f" {waiting} việc chờ duyệt{of_these}, xem: nhacviec review"
    return " Xem việc đến hạn: nhacviec due"
