"""Typed values out of a JSON object, with the path of a wrong key in the error.

In: a dict as `json.loads` gives it. Out: texts, numbers, days, objects; else a ValueError such as
"tasks[0].deadline.due: cần ngày dạng NNNN-TT-NN".
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

T = TypeVar("T")
S = TypeVar("S", bound=str)


@dataclass(frozen=True, slots=True)
class Values:
    """Takes typed values out of a JSON object, and complains with the path of the key.

    Attributes:
        values: the object.
        path: where it stands in the whole, such as "tasks[0].deadline."; "" for the whole.
    """

    values: Mapping[str, object]
    path: str = ""

    def _wrong(self, key: str, wanted: str) -> ValueError:
        return ValueError(f"{self.path}{key}: cần {wanted}")

    def _typed(self, key: str, kind: type[T], wanted: str) -> T | None:
        """The value at *key*, None where it is null."""
        if key not in self.values:
            raise self._wrong(key, "có khóa này")
        value = self.values[key]
        if value is None:
            return None
        if not isinstance(value, kind) or (isinstance(value, bool) and kind is not bool):
            raise self._wrong(key, wanted)
        return value

    def _present(self, key: str, value: T | None) -> T:
        if value is None:
            raise self._wrong(key, "giá trị")
        return value

    def maybe_text(self, key: str) -> str | None:
        """A text or null."""
        return self._typed(key, str, "chuỗi")

    def text(self, key: str) -> str:
        """A text."""
        return self._present(key, self.maybe_text(key))

    def choice(self, key: str, allowed: tuple[S, ...]) -> S:
        """One of the words *allowed*."""
        return self._present(key, self.maybe_choice(key, allowed))

    def maybe_choice(self, key: str, allowed: tuple[S, ...]) -> S | None:
        """One of the words *allowed*, or null."""
        text = self.maybe_text(key)
        if text is None:
            return None
        for word in allowed:
            if word == text:
                return word
        raise self._wrong(key, f"một trong {', '.join(allowed)}")

    def maybe_count(self, key: str) -> int | None:
        """A whole number or null."""
        return self._typed(key, int, "số nguyên")

    def count(self, key: str) -> int:
        """A whole number."""
        return self._present(key, self.maybe_count(key))

    def flag(self, key: str) -> bool:
        """True or false."""
        return self._present(key, self._typed(key, bool, "true hoặc false"))

    def maybe_number(self, key: str) -> float | None:
        """A number or null."""
        number = self._typed(key, object, "số")
        if number is not None and not isinstance(number, int | float):
            raise self._wrong(key, "số")
        return None if number is None else float(number)

    def number(self, key: str) -> float:
        """A number."""
        return self._present(key, self.maybe_number(key))

    def day(self, key: str) -> date | None:
        """A day in ISO form, or null."""
        text = self.maybe_text(key)
        try:
            return date.fromisoformat(text) if text is not None else None
        except ValueError:
            raise self._wrong(key, "ngày dạng NNNN-TT-NN") from None

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts."""
        items = self._present(key, self._typed(key, list, "danh sách"))
        if not all(isinstance(item, str) for item in items):
            raise self._wrong(key, "danh sách chuỗi")
        return tuple(items)

    def texts_by_key(self, key: str) -> dict[str, str]:
        """An object of texts."""
        items = self._present(key, self._typed(key, dict, "đối tượng"))
        if not all(isinstance(item, str) for item in items.values()):
            raise self._wrong(key, "đối tượng gồm các chuỗi")
        return dict(items)

    def maybe(self, key: str, make: Callable[[Values], T]) -> T | None:
        """An object that *make* reads, or null."""
        values = self._typed(key, dict, "đối tượng")
        return None if values is None else make(Values(values, f"{self.path}{key}."))

    def one(self, key: str, make: Callable[[Values], T]) -> T:
        """An object that *make* reads."""
        return self._present(key, self.maybe(key, make))

    def many(self, key: str, make: Callable[[Values], T]) -> tuple[T, ...]:
        """A list of objects that *make* reads."""
        items = self._present(key, self._typed(key, list, "danh sách"))
        if not all(isinstance(item, dict) for item in items):
            raise self._wrong(key, "danh sách đối tượng")
        return tuple(make(Values(item, f"{self.path}{key}[{at}].")) for at, item in enumerate(items))
