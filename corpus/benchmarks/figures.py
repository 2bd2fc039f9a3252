"""One measured figure and how it is printed.

In: a name, a value, its unit. Out: a line of the table or a dictionary for JSON.

>>> Figure("nhacviec --help", 0.132, "s").line(20)
'nhacviec --help            0.132 s'
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Figure:
    """A measurement.

    Attributes:
        name: what was measured.
        value: None where it could not be measured; `note` then says why.
        unit: "s", "pages/s", "characters/s", "MB".
        note: what it stands beside or what went wrong.
        failed: it should have been measured and was not.
    """

    name: str
    value: float | None
    unit: str
    note: str = ""
    failed: bool = False

    def line(self, width: int) -> str:
        """The row of the table, names padded to *width*."""
        value = f"{'-':>12}" if self.value is None else f"{self._shown(self.value):>12}"
        return f"{self.name:{width}}{value} {self.unit}{'   ' + self.note if self.note else ''}"

    def as_dict(self) -> dict[str, object]:
        """The figure for JSON."""
        return {"name": self.name, "value": self.value, "unit": self.unit, "note": self.note, "failed": self.failed}

    def _shown(self, value: float) -> str:
        return f"{value:.3f}" if self.unit == "s" else f"{value:,.1f}" if value < 1000 else f"{value:,.0f}"
