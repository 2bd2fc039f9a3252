"""The command `nhacviec`: thin commands, one file a group; what they do is done elsewhere.

In: the command line. Out: answers on stdout, one line a trouble on stderr, and an exit code: 0 all well, 1 some inputs
failed, 2 wrong usage, 3 database or settings trouble, 4 there was mail to send and none went.

    reading.py  extract   ingesting.py  ingest   lists.py    tasks, due, overdue, docs        show.py     show
    following.py  start, progress, extend, assign, pause, cancel, note, event     papers.py  docs withdraw|supersede
    reviewing.py  review, accept, reject, edit, split, merge      keyboard.py  review by keys
    stats.py  stats     export.py  export     asking.py  the options that lists, counts and exports ask by
    updates.py  done, reopen               units.py    units set|import|list            alerts.py   alerts …
    upkeep.py   doctor, db upgrade|check   desk.py     settings, day, database, voice   layout.py   tables
                                           wording.py  tasks in office words            usage.py    typer in Vietnamese

Commands import what they need when they run, so that `nhacviec --help` loads neither the database nor the extractor.

Example: `nhacviec due "tháng này" --json`.
"""

import gc
import io
import os
import sys
import traceback
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from tracker.cli import (
    alerts,
    export,
    following,
    ingesting,
    lists,
    papers,
    reading,
    reviewing,
    show,
    stats,
    units,
    updates,
    upkeep,
)
from tracker.cli.desk import Desk
from tracker.cli.usage import Group, complaint, hoisted
from tracker.errors import TrackerError

app = typer.Typer(
    cls=Group,
    help="Nhắc Việc: tìm nhiệm vụ trong kế hoạch và công văn, theo dõi, và nhắc đơn vị bằng thư.",
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    add_completion=False,
)
for _commands in (reading, ingesting, lists, show, updates, following, reviewing, stats, export, upkeep):
    app.add_typer(_commands.app)
app.add_typer(papers.app, name="docs")
app.add_typer(units.app, name="units")
app.add_typer(upkeep.db_app, name="db")
app.add_typer(alerts.app, name="alerts")


@app.callback(invoke_without_command=True)
def root(
    context: typer.Context,
    db: Annotated[
        str | None,
        typer.Option("--db", metavar="URL", help="Cơ sở dữ liệu: tệp.db, hoặc postgresql://người@máy-chủ/tên"),
    ] = None,
    today: Annotated[
        str | None, typer.Option("--today", metavar="NGÀY", help="Coi ngày này là hôm nay: 2026-11-21 hoặc 21/11/2026.")
    ] = None,
    config: Annotated[Path | None, typer.Option("--config", metavar="TỆP", help="Tệp cài đặt nhacviec.toml.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="In kết quả ở dạng JSON.")] = False,
    quiet: Annotated[bool, typer.Option("-q", "--quiet", help="Chỉ in kết quả và lỗi.")] = False,
    verbose: Annotated[bool, typer.Option("-v", "--verbose", help="In thêm chi tiết khi có lỗi.")] = False,
    version: Annotated[bool, typer.Option("--version", help="In phiên bản.")] = False,
) -> None:
    """Sets up the desk that all commands work with."""
    context.obj = Desk(db, today, config, as_json, quiet, verbose)
    if version:
        from importlib.metadata import version as installed

        typer.echo(f"nhacviec {installed('nhacviec')}")
        raise typer.Exit
    if context.invoked_subcommand is None:
        typer.echo(context.get_help())
        raise typer.Exit


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command.

    Args:
        arguments: without the program's name; None stands for the process's own.

    Returns:
        The exit code.
    """
    gc.set_threshold(100_000, 50, 50)  # importing makes much and drops little: collecting then costs a tenth of a start
    _speak_utf8()
    given = hoisted(sys.argv[1:] if arguments is None else arguments)
    verbose = "-v" in given or "--verbose" in given
    try:
        return int(app(given, prog_name="nhacviec", standalone_mode=False) or 0)
    except TrackerError as error:
        return _failed(error, error.exit_code, verbose)
    except (KeyboardInterrupt, typer.Abort):
        typer.echo("Đã dừng theo yêu cầu; những gì đã ghi vẫn còn.", err=True)
        return 130
    except BrokenPipeError:  # `nhacviec tasks | head`: the reader has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except Exception as error:
        if hasattr(error, "format_message"):  # typer's own: the command line is wrong
            typer.echo(complaint(error), err=True)
            return 2
        what = f"lỗi của phần mềm ({type(error).__name__}: {error}); chạy lại với -v và gửi cho nhóm phát triển"
        return _failed(what, 1, verbose)


def _failed(error: TrackerError | str, code: int, verbose: bool) -> int:
    typer.echo(" ".join(str(error).split()), err=True)
    if verbose:
        traceback.print_exc()
    return code


def _speak_utf8() -> None:
    """UTF-8 in any console and pipe, also where the system's code page is another.

    What is no text at all (bytes in an old file's name) is shown as \\udc.. and stops nothing.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
