"""Where a mail that was written down goes now: a clerk may have put an address right since, or taken it away.

In: rows of the outbox that have not been sent, the registry and the settings as they are. Out: addresses.

Example: the mail to Sở Y tế waits for a greylisting server; meanwhile `units set "Sở Y tế" --email` names another
address: the next run sends there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlmodel import Session, col, select

from tracker.alerts import record
from tracker.model import Outbox, Unit
from tracker.units import addresses

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from tracker.settings import Settings

_AT_ONCE = 500
_NOWHERE = "nơi nhận nay không có địa chỉ thư"


def addresses_now(session: Session, row: Outbox, settings: Settings) -> Sequence[str]:
    """Where one mail goes now; empty where its recipient has no address any more."""
    if row.kind == "trial":
        return row.addresses
    if row.kind == "head_digest":
        unit = session.get(Unit, row.unit_id)
        return (unit.head_email,) if unit is not None and unit.head_email else ()
    if row.unit_id is not None:
        return addresses(session, [row.unit_id]).get(row.unit_id, ())
    return settings.alerts.clerk if row.kind == "clerk_digest" else settings.alerts.chief


def put_right(session: Session, settings: Settings, today: date) -> None:
    """Gives mails that wait since an earlier run the addresses of now; those without any become `failed`."""
    waiting = select(Outbox.id).where(*record.waiting(today)).order_by(col(Outbox.id))
    numbers = session.exec(waiting).all()
    for at in range(0, len(numbers), _AT_ONCE):
        for row in session.exec(select(Outbox).where(col(Outbox.id).in_(numbers[at : at + _AT_ONCE]))):
            now = addresses_now(session, row, settings)
            if not now:
                row.state, row.reason = "failed", _NOWHERE
            elif list(now) != row.addresses:
                row.addresses = list(now)
        session.flush()
        session.expunge_all()  # their bodies are long
