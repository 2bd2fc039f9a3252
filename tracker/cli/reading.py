"""`extract` and `ingest`: documents read, then shown as JSON or stored.

In: paths of files and folders. Out: Extractions as JSON, or a table of what was stored. One bad file never stops the
others: it gets one line on stderr, and the exit code is 1.

Example: `nhacviec ingest "công văn đến/"` → "Đã nạp 3 văn bản, 41 việc; 12 việc chờ duyệt, xem: nhacviec review".
"""

import contextlib
import json
import os
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple

import typer

from tracker.cli.desk import Desk, desk_of
from tracker.cli.layout import Column, Line, is_terminal, printable, table, terminal_width
from tracker.cli.usage import Command
from tracker.cli.wording import FIELDS, REASONS, day

if TYPE_CHECKING:
    from extractor.model import Extraction
    from tracker.intake import Taken

app = typer.Typer()

Paths = Annotated[
    list[Path],
    typer.Argument(metavar="ĐƯỜNG_DẪN", help="Tệp hoặc thư mục (đọc cả các thư mục con).", show_default=False),
]
Out = Annotated[
    Path | None,
    typer.Option("--out", metavar="THƯ_MỤC", help="Ghi mỗi văn bản vào một tệp JSON trong thư mục này."),
]
Explain = Annotated[
    bool,
    typer.Option("--explain", help="Thay cho JSON, in lời văn với từng chi tiết đã hiểu và quy tắc đã dùng."),
]
Received = Annotated[
    str | None, typer.Option("--received", metavar="NGÀY", help="Ngày đến, từ đó tính “kể từ ngày nhận được văn bản”.")
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


@dataclass
class _PageCount:
    """Shows on stderr how many pages have been recognised: a scan of many pages takes minutes."""

    pages: int = 0

    def __call__(self) -> None:
        self.pages += 1
        typer.echo(f"\r  đã nhận dạng {self.pages} trang quét", err=True, nl=False)

    def clear(self) -> None:
        """Takes the line away, before anything else is said."""
        if self.pages:
            typer.echo(f"\r{' ' * 40}\r", err=True, nl=False)
        self.pages = 0


class _Read(NamedTuple):
    """One document: the name it is shown by ("gói.zip/kế hoạch.docx"), its path, whether it came in a package."""

    name: str
    path: Path
    packed: bool
    extraction: "Extraction"


@app.command(cls=Command)
def extract(context: typer.Context, paths: Paths, out: Out = None, explain: Explain = False) -> int:
    """Đọc văn bản, in nhiệm vụ tìm thấy ở dạng JSON.

    Không ghi gì vào cơ sở dữ liệu. Một tệp cho một đối tượng JSON; nhiều tệp, thư mục hoặc gói (.zip, .eml) cho một
    danh sách.
    """
    from extractor.exchange import to_json
    from tracker.errors import RefusedError, WrongUsageError

    desk = desk_of(context)
    if explain and out is not None:
        raise WrongUsageError("--explain in ra màn hình, không ghi tệp", "bỏ một trong hai: --explain hoặc --out")
    if explain:
        return _explained(desk, paths)
    if out is None:
        read = list(_read_each(desk, paths))
        found = [to_json(one.extraction) for one in read]
        if len(paths) != 1 or paths[0].is_dir() or any(one.packed for one in read):
            desk.answer_json(found)
        elif found:
            desk.answer_json(found[0])
        return desk.exit_code
    written: set[Path] = set()
    for one in _read_each(desk, paths):
        target = _unused(out, one.path, written)
        try:
            _write(target, to_json(one.extraction))
        except RefusedError as error:  # one result that cannot be written never stops the others
            desk.fail(str(one.path), error)
        else:
            written.add(target)
    desk.say(f"Đã ghi {len(written)} tệp JSON vào {out}")
    return desk.exit_code


@app.command(cls=Command)
def ingest(context: typer.Context, paths: Paths, received: Received = None, so_den: SoDen = None) -> int:
    """Đọc văn bản rồi đưa nhiệm vụ vào cơ sở dữ liệu.

    Nạp lại cùng một tệp, hay tệp khác của một văn bản đã có (cùng cơ quan, số, năm), không làm thay đổi gì.
    """
    from sqlalchemy.exc import DataError, IntegrityError

    from extractor.blocks.packages import PACKAGE_SUFFIXES
    from tracker.drafts import IncoherentError
    from tracker.errors import RefusedError, WrongUsageError
    from tracker.intake import Terms, take_in
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
    taken: list[tuple[_Read, Taken]] = []
    for one in _read_each(desk, paths):
        try:
            taken.append((one, take_in(engine, one.extraction, terms)))
            _keep(desk, one)
        except (IncoherentError, RefusedError) as error:
            desk.fail(str(one.path), error)
        except (IntegrityError, DataError) as error:  # nothing of it was stored; the next one may be taken
            desk.fail(str(one.path), _NOT_TAKEN.format(error.orig))
    if desk.as_json:
        desk.answer_json([_taken_to_json(one.path, result) for one, result in taken])
    elif taken:
        for line in _taken_lines(taken):
            desk.tell(line)
    return desk.exit_code


def _keep(desk: Desk, one: _Read) -> None:
    """Keeps a copy of the file, if the settings want that; one that cannot be kept is said, and stays taken in."""
    from tracker import originals

    folder = originals.folder_of(desk.engine, desk.settings)
    try:
        if folder is not None and not one.packed:
            originals.keep(folder, one.path, one.extraction.source.sha256)
    except OSError as error:
        desk.say(f"{one.path}: chưa giữ được bản gốc ({error.strerror}); việc vẫn đã nạp")


def _read_each(desk: Desk, paths: list[Path]) -> Iterator[_Read]:
    """What is understood of each document that *paths* name; what fails is said, and the next one comes."""
    from extractor.blocks import SUFFIXES
    from extractor.blocks.packages import PACKAGE_SUFFIXES
    from extractor.errors import ExtractionError
    from tracker.cli.guarding import guard_of
    from tracker.inputs import find

    suffixes = SUFFIXES | PACKAGE_SUFFIXES
    inputs = find(paths, suffixes)
    for path, error in inputs.refused:
        desk.fail(str(path), error)
    if not inputs.files and not inputs.refused:
        desk.fail(str(paths[0]), f"không có tệp nào để đọc; đọc được các loại: {', '.join(sorted(suffixes))}")
    if not inputs.files:
        return
    pages = None if desk.quiet or not sys.stderr.isatty() else _PageCount()
    with guard_of(desk.settings.reading, pages) as guard, desk.progress(inputs.files, "Đang đọc") as files:
        for path in files:
            try:
                for name, found in guard.documents(path):
                    if pages is not None:
                        pages.clear()
                    if isinstance(found, ExtractionError):
                        desk.fail(str(path.parent / name), found)
                    else:
                        yield _Read(name, path.parent / name, name != path.name, found)
            except ExtractionError as failure:
                desk.fail(str(path), failure)


def _explained(desk: Desk, paths: list[Path]) -> int:
    """Prints each document as it was understood."""
    from extractor.explain import explain

    colour = is_terminal() and not os.environ.get("NO_COLOR")
    for one in _read_each(desk, paths):
        for line in explain(one.extraction, terminal_width(), colour, REASONS):
            desk.answer(line)
    return desk.exit_code


def _unused(folder: Path, path: Path, written: set[Path]) -> Path:
    """FOLDER/STEM.json; where two files have the same stem, the later ones are named after their suffix or number."""
    names = [path.stem, f"{path.stem}-{path.suffix.removeprefix('.').lower()}"]
    names += [f"{path.stem}-{number}" for number in range(2, len(written) + 3)]
    return next(target for name in names if (target := folder / f"{name}.json") not in written)


def _write(target: Path, value: dict[str, object]) -> None:
    from tracker.errors import RefusedError

    text = json.dumps(value, ensure_ascii=False, indent=2) + "\n"
    part = target.with_name(f".{os.getpid()}.part")  # short: the target's name may be as long as the system allows
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        part.write_text(text, encoding="utf-8", errors="backslashreplace", newline="\n")
        part.replace(target)
    except OSError as error:
        with contextlib.suppress(OSError):
            part.unlink(missing_ok=True)
        raise RefusedError(f"{target}: không ghi được ({error.strerror})", "chọn thư mục khác bằng --out") from error


def _taken_to_json(path: Path, taken: "Taken") -> dict[str, Any]:
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


def _taken_lines(taken: list[tuple[_Read, "Taken"]]) -> Iterator[str]:
    rows = [
        Line((
            one.number or printable(read.name), one.issuer or "chưa rõ", day(one.date),
            str(one.tasks), str(one.to_review), str(one.problems), _OUTCOMES[one.outcome],
        ))
        for read, one in taken
    ]  # fmt: skip
    yield from table(_COLUMNS, rows, terminal_width())
    for read, one in taken:
        name = printable(read.name)
        if one.outcome == "clash":
            yield f"{name}: đã có văn bản cùng số {one.number} (từ tệp {printable(one.path)}), giữ nguyên văn bản đã có"
        elif one.outcome == "renewed":
            yield from _difference_lines(name, one)
        elif not one.tasks:
            yield f"{name}: không thấy nhiệm vụ nào"
    stored = [one for _, one in taken if one.outcome == "stored"]
    yield ""
    if stored:
        yield f"Đã nạp {len(stored)} văn bản, {sum(one.tasks for one in stored)} việc." + _next_step(stored)
    elif not any(one.outcome == "renewed" for _, one in taken):
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
