"""Review from the keyboard: one task after the other, each decision stored at once.

In: the tasks that wait, and lines from stdin: a letter, and what it asks for then. Out: each task with its quotes,
place and reasons on stdout, questions on stderr.

Example: "s" asks which field, "4" takes the deadline, "ngày 20 hằng tháng" is stored, and the task is shown again.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import typer

from tracker.cli.updates import sentence, task_number

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlmodel import Session

    from tracker.changes import Changed
    from tracker.cli.desk import Desk

    Change = Callable[[Session], Changed | list[Changed]]
    Asker = Callable[[Desk, int], Change | None]

_QUESTION = "Duyệt (d), sửa (s), loại (l), tách (t), gộp (g), bỏ qua (b), thôi (q)?"
_FIELDS = (
    ("text", "việc"), ("lead", "chủ trì"), ("support", "phối hợp"), ("deadline", "thời hạn"), ("product", "sản phẩm"),
)  # fmt: skip


class _Stop(Exception):  # noqa: N818 - no error: the clerk has said "thôi"
    """The clerk goes home."""


def ask_each(desk: Desk, doc: str | None) -> int:
    """Asks for each task that waits; what was decided stays when the clerk stops."""
    from tracker import review as decisions
    from tracker.database import reading

    with reading(desk.engine) as session:
        numbers = decisions.waiting(session, doc)
    if not numbers:
        desk.answer("Không có việc nào chờ duyệt.")
        return 0
    decided = 0
    try:
        for at, task_id in enumerate(numbers, 1):
            decided += _ask(desk, task_id, f"[{at}/{len(numbers)}] ")
    except (_Stop, EOFError, typer.Abort):
        pass
    with reading(desk.engine) as session:
        left = len(decisions.waiting(session, doc))
    desk.answer(f"Đã xem xét {decided} việc, còn {left} việc chờ duyệt.")
    return desk.exit_code


def _ask(desk: Desk, task_id: int, counter: str) -> bool:
    """One task, until it is decided (True) or passed over (False)."""
    while _show(desk, task_id, counter):
        if _ask_units(desk, task_id):
            continue
        act = None
        while act is None:
            key = _key(_QUESTION)
            if key in {"q", "thoi"}:
                raise _Stop
            if key in {"b", "n", ""}:
                return False
            act = _ACTS.get(key[:1])
            if act is None:
                desk.say("Gõ một chữ: d duyệt, s sửa, l loại, t tách, g gộp, b bỏ qua, q thôi.")
        _attempt(desk, task_id, act)
    return True


def _show(desk: Desk, task_id: int, counter: str) -> bool:
    """Shows a task that still waits; False once it is decided."""
    from tracker import dossier
    from tracker.cli.show import lines
    from tracker.database import reading

    with reading(desk.engine) as session:
        found = dossier.read(session, task_id, desk.clock)
        if found.row.review != "pending":
            return False
        desk.answer("")
        shown = list(lines(found, desk))
    desk.answer("\n".join([counter + shown[0], *shown[1:]]))
    return True


def _ask_units(desk: Desk, task_id: int) -> bool:
    """Asks which unit is meant by a name that could be several; True if the clerk said so, and it is remembered."""
    from tracker.database import reading, writing
    from tracker.unit_choices import ambiguities, choose

    with reading(desk.engine) as session:
        found = ambiguities(session, desk.settings.office.home, task_id)
    for one in found:
        listed = ", ".join(f"{at} {name}" for at, name in enumerate(one.units, 1))
        chosen = _words(f"“{one.written}” là đơn vị nào ({listed}; để trống là chưa rõ)?")
        if chosen.isdecimal() and 1 <= int(chosen) <= len(one.units):
            with writing(desk.engine) as session:
                choose(session, one.written, one.units[int(chosen) - 1], one.issuer, desk.hand)
            return True
    return False


def _attempt(desk: Desk, task_id: int, ask: Asker) -> None:
    """Asks what is to be known first, and only then writes: nobody shall wait while a clerk thinks."""
    from tracker.database import writing
    from tracker.errors import TrackerError

    try:
        change = ask(desk, task_id)
        if change is None:
            return
        with writing(desk.engine) as session:
            changed = change(session)
    except TrackerError as error:
        desk.say(str(error))
        return
    for one in changed if isinstance(changed, list) else [changed]:
        desk.tell(sentence(one))


def _key(question: str) -> str:
    from extractor.text import fold

    return fold(_words(question))


def _words(question: str) -> str:
    """One line of the clerk's; the question goes to stderr, so that answers alone are on stdout."""
    typer.echo(f"{question} ", nl=False, err=True)
    line = sys.stdin.readline()
    if not line:
        raise _Stop
    return line.strip()


def _accept_one(desk: Desk, task_id: int) -> Change:
    from tracker import review

    return lambda session: review.accept(session, task_id, desk.hand)


def _reject_one(desk: Desk, task_id: int) -> Change:
    from tracker import review

    reason = _words("Lý do loại (để trống cũng được):")
    return lambda session: review.reject(session, task_id, reason, desk.hand)


def _edit_one(desk: Desk, task_id: int) -> Change | None:
    from tracker import review

    listed = ", ".join(f"{at} {name}" for at, (_, name) in enumerate(_FIELDS, 1))
    chosen = _words(f"Sửa trường nào ({listed})?")
    if not chosen.isdecimal() or not 1 <= int(chosen) <= len(_FIELDS):
        return None
    field, name = _FIELDS[int(chosen) - 1]
    several = field in {"lead", "support"}
    value = _words(f"Ghi {name} mới{'; nhiều đơn vị cách nhau bằng dấu chấm phẩy' if several else ''}:")
    if not value and field != "product":
        return None
    given: dict[str, Any] = {field: tuple(value.split(";")) if several else value}
    return lambda session: review.edit(session, task_id, review.Edit(**given), desk.hand)


def _split_one(desk: Desk, task_id: int) -> Change:
    from tracker import review

    texts: list[str] = []
    while text := _words(f"Nội dung việc thứ {len(texts) + 1} (để trống là hết):"):
        texts.append(text)
    return lambda session: review.split(session, task_id, texts, desk.hand)


def _merge_one(desk: Desk, task_id: int) -> Change:
    from tracker import review

    numbers = [task_number(one) for one in _words("Gộp với các nhiệm vụ số:").replace(",", " ").split()]
    return lambda session: review.merge(session, [task_id, *numbers], desk.hand)


_ACTS: dict[str, Asker] = {
    "d": _accept_one, "a": _accept_one, "l": _reject_one, "r": _reject_one, "s": _edit_one, "e": _edit_one,
    "t": _split_one, "p": _split_one, "g": _merge_one, "m": _merge_one,
}  # fmt: skip
