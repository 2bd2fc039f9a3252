"""`export`: a selection of tasks as a file.

In: a file name whose suffix names the kind, and the filters of the lists. Out: the file.

Example: `nhacviec export "quý 4.xlsx" --due "quý 4" --unit "sở nội vụ"`.
"""

from pathlib import Path
from typing import Annotated

import typer

from tracker.cli.asking import DueIn, Overdue, Sorted, asking
from tracker.cli.desk import desk_of
from tracker.cli.usage import Command

app = typer.Typer()

File = Annotated[
    Path, typer.Argument(metavar="TỆP", help="Tên tệp .xlsx, .csv, .json, .ics hoặc .docx.", show_default=False)
]
Letters = Annotated[
    bool, typer.Option("--letters", help="Thay báo cáo .docx bằng công văn đôn đốc cho từng đơn vị quá hạn.")
]


@app.command(cls=Command)
@asking
def export(
    context: typer.Context, file: File, asked: Sorted, due: DueIn = None, overdue: Overdue = False,
    letters: Letters = False,
) -> int:  # fmt: skip
    """Xuất nhiệm vụ ra tệp Excel, CSV, JSON, lịch, Word."""
    from tracker import queries
    from tracker.database import answering
    from tracker.exports import files
    from tracker.exports.selection import Selection
    from tracker.period_words import parse_period

    desk = desk_of(context)
    files.check(file)
    wanted = asked.filters(desk.settings)
    period = parse_period(due, desk.today) if due is not None else None
    ask = queries.each_late if overdue else queries.each
    with answering(desk.engine) as connection:
        rows = ask(connection, wanted, desk.clock, period)
        chosen = Selection(connection, rows, desk.today, desk.settings.office, desk.settings.alerts.days_before)
        written = files.write_letters(chosen, file, asked.unit) if letters else files.write(chosen, file)
    if desk.as_json:
        desk.answer_json({"files": [str(one) for one in written], "tasks": len(rows)})
    else:
        for one in written:
            desk.answer(f"Đã ghi {one}" + ("" if letters else f": {len(rows)} việc"))
    return 0
