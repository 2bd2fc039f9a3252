"""Word lists of which some entries are forgotten, as if nobody had met these words yet.

In: a seed and a share. Out: the loader of `extractor.lexicon` gives every list without them, for the rest of the
process; so this runs before anything of the extractor that loads lists is imported (`corpus.strange.evidence`).

Example: with a share of 0.1 one head of units in ten is unknown, such as "Chi cục", and so is one verb in ten.
"""

from __future__ import annotations

from dataclasses import fields, replace
from typing import Any
from zlib import crc32

from extractor.lexicon import loader

_WHOLE = frozenset({"kinds", "provinces", "measures"})  # of forms, places and targets, which no task is lost by
_FINE = 1000


def forget(seed: int, share: float) -> None:
    """Takes *share* (0 to 1) of all entries out, or of the phrases of an entry; the first of each stays."""
    complete = loader._load

    def fewer(name: str, section: str, record: Any) -> tuple[Any, ...]:  # noqa: ANN401 (a dataclass)
        entries = complete(name, section, record)
        if name in _WHOLE:
            return entries
        kept = [
            entry for at, entry in enumerate(entries)
            if at == 0 or _has_phrases(entry) or _is_kept(f"{name} {entry!r}", seed, share)
        ]  # fmt: skip
        return tuple(_with_fewer_phrases(entry, seed, share) for entry in kept)

    loader._load = fewer  # type: ignore[assignment]


def _has_phrases(entry: Any) -> bool:  # noqa: ANN401 (a record of any list)
    """Whether *entry* is a list itself, of which only phrases are forgotten."""
    return any(isinstance(getattr(entry, field.name), tuple) for field in fields(entry))


def _with_fewer_phrases(entry: Any, seed: int, share: float) -> Any:  # noqa: ANN401 (a record of any list)
    lists = {field.name: getattr(entry, field.name) for field in fields(entry)}
    return replace(entry, **{
        name: tuple(word for at, word in enumerate(value) if at == 0 or _is_kept(str(word), seed, share))
        for name, value in lists.items() if isinstance(value, tuple)
    })  # fmt: skip


def _is_kept(words: str, seed: int, share: float) -> bool:
    return crc32(f"{seed} {words}".encode()) % _FINE >= share * _FINE
