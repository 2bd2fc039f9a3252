"""Prints what the program says of strange documents (`corpus.strange`).

In: `--seed N` (1 unless told), `--way NAME --missed` to list the gold tasks that were missed in silence, for those who
write rules. Out: a table, a row a way. Example: `python -m corpus.strange --seed 2`.
"""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING

from corpus.score import SHARED
from corpus.strange.evidence import gathered
from corpus.strange.table import table

if TYPE_CHECKING:
    from collections.abc import Sequence


def main(argv: Sequence[str] | None = None) -> int:
    """Runs the command; exit code 2 where the scorer is missing."""
    parser = argparse.ArgumentParser(prog="python -m corpus.strange", description="Judge strange documents.")
    parser.add_argument("--seed", type=int, default=1, help="of the ways of being strange")
    args = parser.parse_args(argv)
    if not (SHARED / "gold" / "score.py").exists():
        print(
            f"corpus.strange: {SHARED / 'gold'} is missing: put the folder shared beside the repository",
            file=sys.stderr,
        )
        return 2
    print("\n".join(table(gathered(args.seed))))
    return 0


if __name__ == "__main__":
    sys.exit(main())
