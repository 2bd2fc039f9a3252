"""`docs withdraw|restore|supersede`: documents that do not count any more.

In: a document, and what replaces it. Out: one line that says what became of its tasks.

Example: `nhacviec docs supersede 12/KH-UBND --by 45/KH-UBND`.
"""

from typing import Annotated

import typer

from tracker.cli import lists
from tracker.cli.desk import desk_of
from tracker.cli.usage import Command

app = lists.docs_app

Doc = Annotated[str, typer.Argument(metavar="VĂN_BẢN", help="“258/KH-UBND” hoặc “id:12”.", show_default=False)]
By = Annotated[str, typer.Option("--by", metavar="VĂN_BẢN", help="Văn bản thay thế.", show_default=False)]
Reason = Annotated[str | None, typer.Option("--reason", metavar="CHỮ", help="Lý do, văn bản thu hồi.")]


@app.command(cls=Command)
def withdraw(context: typer.Context, doc: Doc, reason: Reason = None) -> int:
    """Thu hồi: đưa các việc của văn bản ra khỏi mọi danh sách."""
    from tracker import succession
    from tracker.database import writing

    desk = desk_of(context)
    with writing(desk.engine) as session:
        ended = succession.withdraw(session, doc, reason, desk.hand)
    if desk.as_json:
        desk.answer_json(ended._asdict())
        return 0
    desk.tell(f"Đã thu hồi {ended.name}: {ended.tasks} việc không còn theo dõi.")
    desk.say(f"Lấy lại bằng: nhacviec docs restore {doc}")
    return 0


@app.command(cls=Command)
def restore(context: typer.Context, doc: Doc) -> int:
    """Lấy lại văn bản đã thu hồi."""
    from tracker import succession
    from tracker.database import writing

    desk = desk_of(context)
    with writing(desk.engine) as session:
        ended = succession.restore(session, doc, desk.hand)
    if desk.as_json:
        desk.answer_json(ended._asdict())
        return 0
    desk.tell(f"Đã khôi phục {ended.name}: {ended.tasks} việc được theo dõi lại.")
    return 0


@app.command(cls=Command)
def supersede(context: typer.Context, doc: Doc, by: By) -> int:
    """Thay thế: chuyển việc sang văn bản mới cùng kết quả đã ghi."""
    from tracker import succession
    from tracker.database import writing

    desk = desk_of(context)
    with writing(desk.engine) as session:
        ended = succession.supersede(session, doc, by, desk.hand)
    if desk.as_json:
        desk.answer_json(ended._asdict())
        return 0
    desk.tell(f"{ended.name} được thay thế bởi {by}: {ended.continued} việc nối tiếp ở văn bản mới.")
    if ended.handed_over:
        desk.tell(
            f"{ended.handed_over} việc chưa xong mà văn bản mới không có được chuyển sang, chờ duyệt: nhacviec review"
        )
    return 0
