"""`extract`: documents read, then shown or written as JSON.

In: paths of files and folders. Out: Extractions as JSON. One bad file never stops the others: it gets one line on
stderr, and the exit code is 1.

Example: `nhacviec extract "công văn đến/" --out json/` → "Đã ghi 3 tệp JSON vào json".
"""

import contextlib
import json
import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tracker.cli.desk import Desk, desk_of
from tracker.cli.layout import is_terminal, terminal_width
from tracker.cli.usage import Command
from tracker.cli.wording import REASONS

if TYPE_CHECKING:
    from upath import UPath

    from tracker.cli.guarding import Where

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
Jobs = Annotated[
    int | None,
    typer.Option(
        "-j", "--jobs", metavar="SỐ", min=1, help="Số tệp đọc cùng lúc (nếu không ghi: bằng số nhân của máy)."
    ),
]
Cluster = Annotated[
    str | None,
    typer.Option(
        "--cluster",
        metavar="ĐỊA_CHỈ",
        help="Đọc trên nhiều máy: địa chỉ bộ điều phối Dask; hoặc local:SỐ để mở ngần ấy tiến trình ở máy này.",
    ),
]
Shared = Annotated[
    bool, typer.Option("--shared", help="Cùng --cluster: các máy thấy tệp ở cùng đường dẫn, không phải gửi nội dung.")
]


@app.command(cls=Command)
def extract(
    context: typer.Context, paths: Paths, out: Out = None, explain: Explain = False,
    jobs: Jobs = None, cluster: Cluster = None, shared: Shared = False,
) -> int:  # fmt: skip
    """Đọc văn bản, in nhiệm vụ tìm thấy ở dạng JSON.

    Không ghi gì vào cơ sở dữ liệu. Một tệp cho một đối tượng JSON; nhiều tệp, thư mục hoặc gói (.zip, .eml) cho một
    danh sách.
    """
    from extractor.exchange import to_json
    from tracker.cli.guarding import Where
    from tracker.cli.reading_files import read_each
    from tracker.errors import RefusedError, WrongUsageError

    desk, where = desk_of(context), Where(jobs, cluster, shared)
    if explain and out is not None:
        raise WrongUsageError("--explain in ra màn hình, không ghi tệp", "bỏ một trong hai: --explain hoặc --out")
    if explain:
        return _explained(desk, paths, where)
    if out is None:
        read = [(one.packed, to_json(one.extraction)) for one in read_each(desk, paths, where)]
        found = [value for _, value in read]
        if len(paths) != 1 or paths[0].is_dir() or any(packed for packed, _ in read):
            desk.answer_json(found)
        elif found:
            desk.answer_json(found[0])
        return desk.exit_code
    written: set[Path] = set()
    for one in read_each(desk, paths, where):
        target = _unused(out, one.path, written)
        try:
            _write(target, to_json(one.extraction))
        except RefusedError as error:  # one result that cannot be written never stops the others
            desk.fail(str(one.path), error)
        else:
            written.add(target)
    desk.say(f"Đã ghi {len(written)} tệp JSON vào {out}")
    return desk.exit_code


def _explained(desk: Desk, paths: list[Path], where: "Where") -> int:
    """Prints each document as it was understood."""
    from extractor.explain import explain
    from tracker.cli.reading_files import read_each

    colour = is_terminal() and not os.environ.get("NO_COLOR")
    for one in read_each(desk, paths, where):
        for line in explain(one.extraction, terminal_width(), colour, REASONS):
            desk.answer(line)
    return desk.exit_code


def _unused(folder: Path, path: "Path | UPath", written: set[Path]) -> Path:
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
