"""Verdicts on the documents to work with, written in every strange way.

In: a seed. Out: way → a `Verdict` a document: the invented documents that are not reserved, and those of ../shared with
gold that are not blind. Reserved and blind ones are left out: they are for checking what was learned here.

Example: `gathered(1)["columns unknown"]` has 111 verdicts.
"""

from __future__ import annotations

import json
import pickle
import subprocess
import sys
import tempfile
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from corpus.judging import Verdict, verdict
from corpus.score import BLIND, CORPUS, PROCESSES, RESERVED, SHARED, load_scorer
from corpus.strange.ways import WAYS, strange
from extractor.blocks import SUFFIXES, read
from extractor.errors import ExtractionError
from extractor.pipeline import understand

if TYPE_CHECKING:
    from collections.abc import Iterator

AS_WRITTEN, FORGETFUL = "as written", "words forgotten"
_SHARES = (0.06, 0.12, 0.18)  # of the entries of the lists, one run each


def gathered(seed: int) -> dict[str, list[Verdict]]:
    """Way → verdicts, in the order of the documents' names; the same for the same *seed*."""
    found: dict[str, list[Verdict]] = {way: [] for way in WAYS}
    with tempfile.TemporaryDirectory() as folder:
        with ProcessPoolExecutor(PROCESSES) as pool:
            for verdicts in pool.map(partial(_judged, seed, folder), *zip(*documents(), strict=True)):
                for way, one in verdicts.items():
                    found[way].append(one)
        with ThreadPoolExecutor(PROCESSES) as threads:  # each waits for a process of its own
            lists = threads.map(partial(_forgetful, folder), range(seed, seed + len(_SHARES)), _SHARES)
            found[FORGETFUL] = [one for verdicts in lists for one in verdicts]
    return found


def documents() -> Iterator[tuple[Path, Path]]:
    """Each document to work with, and its gold."""
    for folder, gold, hidden in (
        (CORPUS / "documents", CORPUS / "gold", RESERVED),
        (SHARED / "documents", SHARED / "gold" / "dev", BLIND),
    ):
        for path in sorted(folder.iterdir()):
            truth = gold / f"{path.stem}.json"
            if path.suffix in SUFFIXES and path.stem not in hidden and truth.exists():
                yield path, truth


def _judged(seed: int, folder: str, path: Path, truth: Path) -> dict[str, Verdict]:
    """The verdicts on one document; what was read of it is left in *folder*. Nothing of one that cannot be read."""
    gold: dict[str, Any] = json.loads(truth.read_text(encoding="utf-8"))
    try:
        reading = read(path)
    except ExtractionError as error:
        print(f"corpus.strange: not read: {path.stem}: {error}", file=sys.stderr)
        return {}
    (Path(folder) / f"{path.stem}.pickle").write_bytes(pickle.dumps((reading, gold)))
    scorer = load_scorer(SHARED / "gold")
    found = {}
    for way in WAYS:
        changed, told = strange(way, reading, gold, seed)
        found[way] = verdict(understand(changed, path.stem), told, scorer)
    return found


def _forgetful(folder: str, seed: int, share: float) -> list[Verdict]:
    """The verdicts of a process whose word lists lack *share* of their entries."""
    out = Path(folder) / f"forgetful-{seed}"
    subprocess.run([sys.executable, "-m", "corpus.strange.forgetful", folder, out, str(seed), str(share)], check=True)
    found: list[Verdict] = pickle.loads(out.read_bytes())
    return found
