"""Filters as a person types them: names of states and roles in English or Vietnamese, with or without marks.

In: the options of a list command. Out: `tracker.queries.Filters`, or one line that says which words there are.

Example: `--status "chưa thực hiện,doing"` is {"todo", "doing"}; `--role "chủ trì"` is {"lead"}.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, TypeVar

from extractor.text import fold
from tracker.errors import SettingsError, WrongUsageError
from tracker.queries import Filters

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tracker.settings import Settings
    from tracker.states import ReviewState, WorkStatus

Value = TypeVar("Value")

_STATUSES: dict[str, WorkStatus] = {
    "todo": "todo", "chua thuc hien": "todo", "chua lam": "todo",
    "doing": "doing", "dang thuc hien": "doing", "dang lam": "doing",
    "done": "done", "hoan thanh": "done", "da xong": "done", "xong": "done",
    "paused": "paused", "tam dung": "paused",
    "cancelled": "cancelled", "huy": "cancelled", "da huy": "cancelled",
}  # fmt: skip
_ROLES = {"lead": "lead", "chu tri": "lead", "support": "support", "phoi hop": "support"}
_REVIEWS: dict[str, ReviewState] = {
    "pending": "pending", "chua duyet": "pending", "cho duyet": "pending",
    "accepted": "accepted", "da duyet": "accepted",
    "rejected": "rejected", "loai": "rejected", "da loai": "rejected",
}  # fmt: skip


def filters(
    unit: str | None, role: str | None, status: str | None, doc: str | None, words: str | None, review: str | None
) -> Filters:
    """The filters that the options mean, in their order on the command line of `nhacviec tasks`.

    Raises:
        WrongUsageError: a role, status or state of review is none.
    """
    return Filters(
        unit=unit,
        roles=frozenset(_each(role, _ROLES, "vai")),
        statuses=frozenset(_each(status, _STATUSES, "trạng thái")),
        doc=doc,
        words=words,
        review=next(iter(_each(review, _REVIEWS, "trạng thái duyệt")), None),
    )


def ours(settings: Settings) -> tuple[str, Literal["receiver", "issuer"]]:
    """Who we are, for `--mine`.

    Raises:
        SettingsError: the settings do not say.
    """
    if settings.office.unit is None:
        raise SettingsError("chưa đặt đơn vị của mình cho --mine", "ghi [office] unit trong nhacviec.toml")
    return settings.office.unit, settings.office.role


def _each(text: str | None, known: Mapping[str, Value], what: str) -> list[Value]:
    if text is None:
        return []
    found = []
    for word in text.split(","):
        if fold(word.strip()) not in known:
            choices = ", ".join(key for key, value in known.items() if key == value)
            raise WrongUsageError(f"không có {what} “{word.strip()}”", f"dùng: {choices}")
        found.append(known[fold(word.strip())])
    return found
