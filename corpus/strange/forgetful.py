"""The process of `evidence` in which some entries of the word lists are forgotten.

In: a folder of pickled readings with their gold, a file to write, a seed, a share. Out: the pickled verdicts.

Example: `python -m corpus.strange.forgetful FOLDER OUT 3 0.1`.
"""

from __future__ import annotations

import pickle
import sys
from pathlib import Path

from corpus.strange.lists import forget


def main(folder: str, out: str, seed: str, share: str) -> None:
    """Judges every reading in *folder*."""
    forget(int(seed), float(share))
    from corpus.judging import verdict  # what loads word lists comes after they were made shorter
    from corpus.score import SHARED, load_scorer
    from extractor.pipeline import understand

    scorer = load_scorer(SHARED / "gold")
    found = []
    for path in sorted(Path(folder).glob("*.pickle")):
        reading, gold = pickle.loads(path.read_bytes())
        found.append(verdict(understand(reading, path.stem), gold, scorer))
    Path(out).write_bytes(pickle.dumps(found))


if __name__ == "__main__":
    main(*sys.argv[1:])
