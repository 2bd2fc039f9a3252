"""The command line of the fuzzing.

In: formats and counts. Out: the table on stdout; exit code 1 where there is a finding. A finding's file is written
again by its number: `python -m corpus.fuzzing --format pdf --write 812 bad.pdf`.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from corpus.fuzzing.mutations import mutated
from corpus.fuzzing.report import lines
from corpus.fuzzing.samples import KINDS, samples
from corpus.fuzzing.watch import SECONDS, run

_COUNT, _SLOW_COUNT = 10_000, 300
_SHORT_SECONDS = {"doc": 8.0, "scan": 8.0}  # of a minute for all formats
_SHORT_SECONDS_ELSE = 4.5


def main() -> int:
    """Runs the command."""
    parser = argparse.ArgumentParser(prog="python -m corpus.fuzzing", description="Damaged files through each reader.")
    parser.add_argument("--format", action="append", choices=KINDS, help="one or more; all if none is named")
    parser.add_argument("--count", type=int, help=f"files a format ({_COUNT}; {_SLOW_COUNT} of {', '.join(SECONDS)})")
    parser.add_argument("--first", type=int, default=0, help="number of the first file")
    parser.add_argument("--short", action="store_true", help="as many files as a minute allows, for all formats")
    parser.add_argument("--seconds", type=float, help="of each format, after which no further file is begun")
    parser.add_argument("--write", nargs=2, metavar=("NUMBER", "FILE"), help="writes the damaged file of a number")
    args = parser.parse_args()
    if args.write:
        if len(args.format or []) != 1:
            parser.error("--write needs one --format")
        Path(args.write[1]).write_bytes(mutated(samples(args.format[0]), int(args.write[0]))[1])
        return 0
    found = False
    for kind in args.format or KINDS:
        count = args.count or (_SLOW_COUNT if kind in SECONDS else _COUNT)
        most = _SHORT_SECONDS.get(kind, _SHORT_SECONDS_ELSE) if args.short else args.seconds
        result = run(kind, args.first, count, most)
        print("\n".join(lines(result)), flush=True)
        found = found or bool(result.findings)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
