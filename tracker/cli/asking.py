"""What lists, counts and exports ask by: one list of options for all of them.

In: options as a clerk types them. Out: `tracker.queries.Filters`.

A command that asks names a parameter `asked` of one of the classes here; `asking` gives typer its fields in its place.
Example: `--unit "so noi vu" --no-lead` is Asked(unit="so noi vu", no_lead=True).
"""

import inspect
from collections.abc import Callable
from dataclasses import dataclass, fields
from functools import wraps
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from tracker.queries import Filters
    from tracker.settings import Settings

_Unit = Annotated[str | None, typer.Option("--unit", metavar="TÊN", help="Một phần tên đơn vị, có dấu hay không.")]
_Role = Annotated[
    str | None, typer.Option("--role", metavar="VAI", help="Vai của đơn vị: lead (chủ trì), support (phối hợp).")
]
_Status = Annotated[
    str | None,
    typer.Option("--status", metavar="TT", help="todo, doing, done, paused, cancelled (cách nhau bằng dấu phẩy)."),
]
_Doc = Annotated[str | None, typer.Option("--doc", metavar="SỐ", help="Văn bản: “258/KH-UBND” hoặc “258”.")]
_Text = Annotated[str | None, typer.Option("--text", metavar="TỪ", help="Các từ trong nội dung, có dấu hay không.")]
_Review = Annotated[
    str | None,
    typer.Option("--review", metavar="TT", help="pending (chưa duyệt), accepted (đã duyệt), rejected (loại)."),
]
_Sort = Annotated[
    str,
    typer.Option("--sort", metavar="CỘT", help="due, id, doc, title, lead, status, confidence; -due là đảo."),
]
_Limit = Annotated[int | None, typer.Option("--limit", metavar="N", min=1, help="Nhiều nhất N dòng.")]
_PageNumber = Annotated[int, typer.Option("--page", metavar="N", min=1, help="Trang thứ N, mỗi trang --limit dòng.")]
_Mine = Annotated[bool, typer.Option("--mine", help="Chỉ việc của cơ quan mình ([office] unit trong cài đặt).")]
_NoDeadline = Annotated[bool, typer.Option("--no-deadline", help="Chỉ việc không có hạn.")]
_NoLead = Annotated[bool, typer.Option("--no-lead", help="Chỉ việc chưa rõ đơn vị chủ trì.")]
DueIn = Annotated[
    str | None, typer.Option("--due", metavar="KHOẢNG", help="Việc có hạn trong khoảng này (viết như ở lệnh due).")
]
Overdue = Annotated[bool, typer.Option("--overdue", help="Chỉ những việc quá hạn.")]
_LINES = 50


@dataclass(frozen=True)
class Asked:
    """Which tasks are meant."""

    unit: _Unit = None
    role: _Role = None
    status: _Status = None
    doc: _Doc = None
    text: _Text = None
    review: _Review = None
    mine: _Mine = False
    no_deadline: _NoDeadline = False
    no_lead: _NoLead = False

    def filters(self, settings: "Settings") -> "Filters":
        """What the options mean.

        Raises:
            WrongUsageError: a role, status or state of review is none.
            SettingsError: the settings do not say who we are.
        """
        from tracker.filter_words import filters, ours

        wanted = filters(self.unit, self.role, self.status, self.doc, self.text, self.review)
        return wanted._replace(
            mine=ours(settings) if self.mine else None, no_deadline=self.no_deadline, no_lead=self.no_lead
        )


@dataclass(frozen=True)
class Sorted(Asked):
    """Which tasks are meant, in which order."""

    sort: _Sort = "due"

    def filters(self, settings: "Settings") -> "Filters":
        """As of `Asked`, with the order."""
        return super().filters(settings)._replace(sort=self.sort)


@dataclass(frozen=True)
class Page(Sorted):
    """Which tasks are meant, in which order, and how many of them."""

    limit: _Limit = None
    page: _PageNumber = 1

    def filters(self, settings: "Settings") -> "Filters":
        """As of `Sorted`, with the lines of one page."""
        limit = _LINES if self.limit is None and self.page > 1 else self.limit
        return super().filters(settings)._replace(limit=limit, skip=(limit or 0) * (self.page - 1))


def asking(command: Callable[..., int]) -> Callable[..., int]:
    """*command*, with the options of its parameter `asked` in the place of that one."""
    signature = inspect.signature(command)
    kind: type[Asked] = signature.parameters["asked"].annotation
    options = [
        inspect.Parameter(one.name, inspect.Parameter.KEYWORD_ONLY, default=one.default, annotation=one.type)
        for one in fields(kind)
    ]

    @wraps(command)
    def asked_by_options(*given: Any, **values: Any) -> int:  # noqa: ANN401 - what typer found
        asked = kind(**{one.name: values.pop(one.name) for one in options})
        return command(*given, **values, asked=asked)

    own = [one for one in signature.parameters.values() if one.name != "asked"]
    taken = signature.replace(parameters=[*own, *options])
    asked_by_options.__signature__ = taken  # type: ignore[attr-defined]
    asked_by_options.__annotations__ = {one.name: one.annotation for one in taken.parameters.values()}
    return asked_by_options
