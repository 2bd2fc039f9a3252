"""`export`: a selection of tasks as a file.

In: a file name whose suffix names the kind, and the filters of the lists. Out: the file.

Example: `nhacviec export "quý 4.xlsx" --due "quý 4" --unit "sở nội vụ"`.
"""

from pathlib import Path
from typing import Annotated

import typer

from tracker.cli.desk import desk_of
from tracker.cli.lists import Doc, DueIn, Mine, NoDeadline, NoLead, Overdue, Review, Role, Sort, Status, Text, Unit
from tracker.cli.usage import Command

app = typer.Typer()

File = Annotated[
    Path, typer.Argument(metavar="TỆP", help="Tên tệp .xlsx, .csv, .json, .ics hoặc .docx.", show_default=False)
]
Letters = Annotated[
    bool, typer.Option("--letters", help="Thay báo cáo .docx bằng công văn đôn đốc cho từng đơn vị quá hạn.")
]


@app.command(cls=Command)
def export(
    context: typer.Context,
    file: File,
    due: DueIn = None,
    overdue: Overdue = False,
    unit: Unit = None,
    role: Role = None,
    status: Status = None,
    doc: Doc = None,
    text: Text = None,
    review: Review = None,
    sort: Sort = "due",
    mine: Mine = False,
    no_deadline: NoDeadline = False,
    no_lead: NoLead = False,
    letters: Letters = False,
) -> int:
    """Xuất nhiệm vụ ra tệp Excel, CSV, JSON, lịch, Word."""
    from tracker import queries
    from tracker.database import answering
    from tracker.exports import files
    from tracker.exports.selection import Selection
    from tracker.filter_words import filters, ours
    from tracker.period_words import parse_period

    desk = desk_of(context)
    files.check(file)
    wanted = filters(unit, role, status, doc, text, review)._replace(
        sort=sort, no_deadline=no_deadline, no_lead=no_lead, mine=ours(desk.settings) if mine else None
    )
    period = parse_period(due, desk.today) if due is not None else None
    ask = queries.each_late if overdue else queries.each
    with answering(desk.engine) as connection:
        rows = ask(connection, wanted, desk.clock, period)
        chosen = Selection(connection, rows, desk.today, desk.settings.office, desk.settings.alerts.days_before)
        written = files.write_letters(chosen, file, unit) if letters else files.write(chosen, file)
    if desk.as_json:
        desk.answer_json({"files": [str(one) for one in written], "tasks": len(rows)})
    else:
        for one in written:
            desk.answer(f"Đã ghi {one}" + ("" if letters else f": {len(rows)} việc"))
    return 0
