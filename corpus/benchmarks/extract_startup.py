"""How long the first document of a process takes, beside the imports that nobody can avoid.

In: how many runs. Out: wall times of processes of their own: bare imports of the libraries that extraction needs, the
same with the tagger's model loaded, and the extraction of a short letter.

Example: "extract, a letter of 1,182 characters  1.9 s   0.4 s above the imports and the model".
"""

from __future__ import annotations

import subprocess
import sys
import time
from typing import TYPE_CHECKING

from corpus.benchmarks.figures import Figure
from corpus.score import CORPUS

if TYPE_CHECKING:
    from collections.abc import Sequence

_LETTER = CORPUS / "documents" / "langson-cv-ra-soat-cau-treo.docx"
_LIBRARIES = "import spacy, underthesea, docx, pdfplumber, pypdfium2, openpyxl"
_MODEL = f"{_LIBRARIES}; underthesea.pos_tag('rà soát')"
_EXTRACT = "import sys, pathlib; from extractor.pipeline import extract; extract(pathlib.Path(sys.argv[1]))"
_COMMAND = "import sys; from tracker.cli import main; sys.exit(main(['extract', sys.argv[1]]))"


def measure(runs: int) -> list[Figure]:
    """The shortest of *runs* runs of each."""
    imports = _wall(["-c", _LIBRARIES], runs)
    model = _wall(["-c", _MODEL], runs)
    extract = _wall(["-c", _EXTRACT, str(_LETTER)], runs)
    command = _wall(["-c", _COMMAND, str(_LETTER)], runs)
    if imports is None or model is None or extract is None or command is None:
        return [Figure("start-up", None, "s", "a process failed", failed=True)]
    above = f"{extract - imports:+.2f} s beside the imports, {extract - model:+.2f} s beside imports and model"
    return [
        Figure("start-up: imports of spaCy, underthesea, readers", imports, "s", "peer"),
        Figure("start-up: the same, underthesea's model loaded", model, "s", "peer"),
        Figure("start-up: extraction of a short letter", extract, "s", f"{above}; to be at most 0.4 s"),
        Figure("start-up: nhacviec extract of the same letter", command, "s", "in a guarded process"),
    ]


def _wall(arguments: Sequence[str], runs: int) -> float | None:
    """The shortest wall time of a Python process with *arguments*; None where it fails."""
    walls = []
    for _ in range(runs):
        began = time.perf_counter()
        done = subprocess.run([sys.executable, *arguments], capture_output=True, check=False)
        walls.append(time.perf_counter() - began)
        if done.returncode != 0:
            return None
    return min(walls)
