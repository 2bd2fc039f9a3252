"""The registry of units: who they are, since when, whom they belong to, where their mail goes.

Example: Sở Giao thông vận tải, valid to 28/02/2025, with Sở Xây dựng as its successor.
"""

import datetime as dt

from sqlalchemy import JSON, Date, UniqueConstraint
from sqlmodel import Field

from tracker.model.base import Table


class Unit(Table, table=True):
    """A unit of the office's registry, valid from a day to a day (both included, None: open).

    `head_email`: where the unit's head hears of what is late for long; None: nobody set one. `is_group`: it stands for
    its members ("các sở, ban, ngành"), and no mention of a single unit is it. `succession_note`: what of its work went
    elsewhere than to its successor.
    """

    id: int | None = Field(default=None, primary_key=True)
    key: str | None = Field(default=None, unique=True)
    name: str
    name_folded: str = Field(index=True)
    short_names: list[str] = Field(default_factory=list, sa_type=JSON)
    parent_id: int | None = Field(default=None, foreign_key="unit.id", ondelete="SET NULL")
    level: str | None = None
    valid_from: dt.date | None = Field(default=None, sa_type=Date)
    valid_to: dt.date | None = Field(default=None, sa_type=Date)
    successor_id: int | None = Field(default=None, foreign_key="unit.id", ondelete="SET NULL")
    head_email: str | None = None
    is_group: bool = False
    succession_note: str | None = None


class UnitMember(Table, table=True):
    """A unit is one of those that a group stands for."""

    __tablename__ = "unit_member"

    group_id: int = Field(foreign_key="unit.id", ondelete="CASCADE", primary_key=True)
    unit_id: int = Field(foreign_key="unit.id", ondelete="CASCADE", primary_key=True, index=True)


class UnitChoice(Table, table=True):
    """What a clerk said a name means that could be several units: in documents of one issuer, or ("") of all.

    `written`: the plain name (`unit_names.plain`).
    """

    __tablename__ = "unit_choice"
    __table_args__ = (UniqueConstraint("written", "issuer_folded"),)

    id: int | None = Field(default=None, primary_key=True)
    written: str
    issuer_folded: str = ""
    unit_id: int = Field(foreign_key="unit.id", ondelete="CASCADE")


class UnitAddress(Table, table=True):
    """An e-mail address of a unit, in the order in which it was given."""

    __tablename__ = "unit_address"
    __table_args__ = (UniqueConstraint("unit_id", "email"),)

    id: int | None = Field(default=None, primary_key=True)
    unit_id: int = Field(foreign_key="unit.id", ondelete="CASCADE")
    email: str
