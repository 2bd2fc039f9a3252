"""`stats`: how many tasks, done and not, in time and late, in the columns of the official report.

In: the filters of the lists and what to group by. Out: a table, or JSON.

Example: `nhacviec stats --by unit --due "quý 4"`.
"""

from typing import Annotated

import typer

from tracker.cli.asking import Asked, DueIn, asking
from tracker.cli.desk import desk_of
from tracker.cli.layout import Column, Line, table, terminal_width
from tracker.cli.usage import Command

app = typer.Typer()

By = Annotated[str, typer.Option("--by", metavar="THEO", help="unit (đơn vị), doc (văn bản), month (tháng).")]
_COUNTS = (
    Column("Tổng số", right=True),
    Column("Trong hạn", right=True),
    Column("Quá hạn", right=True),
    Column("Xong đúng hạn", right=True),
    Column("Xong quá hạn", right=True),
    Column("Bị hủy", right=True),
    Column("Hoàn thành", right=True),
    Column("Ghi chú", weight=2, lines=4),
)
_FIRST = {"unit": "Đơn vị chủ trì", "doc": "Văn bản", "month": "Tháng"}


@app.command("stats", cls=Command)
@asking
def show_stats(context: typer.Context, asked: Asked, by: By = "unit", due: DueIn = None) -> int:
    """Thống kê kết quả thực hiện theo mẫu báo cáo."""
    from tracker import stats
    from tracker.database import answering
    from tracker.period_words import parse_period

    desk = desk_of(context)
    wanted = asked.filters(desk.settings)
    group = stats.grouping(by)
    period = parse_period(due, desk.today) if due is not None else None
    with answering(desk.engine) as connection:
        found = stats.report(connection, wanted, group, desk.clock, period)
    if desk.as_json:
        desk.answer_json({
            "by": group, "rows": [stats.to_json(line) for line in found.lines], "total": stats.to_json(found.total),
        })  # fmt: skip
        return 0
    lines = [
        Line((
            line.name, str(line.total), str(line.open_in_time), str(line.open_late), str(line.done_in_time),
            str(line.done_late), str(line.cancelled), percent(line.done_share), line.notes,
        ))
        for line in (*found.lines, found.total)
    ]  # fmt: skip
    columns = (Column(_FIRST[group], weight=3), *_COUNTS)
    desk.answer("\n".join(table(columns, lines, terminal_width())))
    return 0


def percent(share: float | None) -> str:
    """A share as offices write it: "41,7%"; "—" for none."""
    return "—" if share is None else f"{share:.1%}".replace(".", ",")
