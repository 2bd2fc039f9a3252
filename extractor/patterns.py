"""Regular expressions that are compiled when they are first asked, not when their module is imported.

In: a pattern and its flags. Out: what stands for the compiled pattern and behaves like it. Compiling the patterns of
all rules takes a quarter of a second, and a letter of one page asks half of them.

>>> late(r"quý (?:III|IV)").search("trong quý IV/2026")[0]
'quý IV'
"""

from __future__ import annotations

import re
from typing import Any, cast

_ASKED = tuple(name for name in dir(re.Pattern) if not name.startswith("_"))


class Late:
    """Compiles itself at the first question, and from then on hands out the compiled pattern's own methods."""

    def __init__(self, pattern: str, flags: int) -> None:
        self._wanted = (pattern, flags)

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 (whatever a pattern has)
        if name not in _ASKED:
            raise AttributeError(name)
        compiled = re.compile(*self._wanted)
        for asked in _ASKED:  # found without this function from now on: as fast as any compiled pattern
            setattr(self, asked, getattr(compiled, asked))
        return getattr(self, name)


def late(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """*pattern*, compiled with *flags* when it is first asked; a mistake in it is an `re.error` only then."""
    return cast("re.Pattern[str]", Late(pattern, flags))
