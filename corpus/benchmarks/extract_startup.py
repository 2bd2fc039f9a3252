"""How long the first document of a process takes, beside the imports that nobody can avoid.

In: how many runs. Out: wall times of processes of their own: bare imports of the libraries that extraction needs, the
same with the tagger's model loaded, the extraction of two short letters (one of words that the lists know, one for
which the tagger is asked), and the command.

Example: "extract, a letter of known words  1.5 s   +0.16 s beside the imports; to be at most 0.4 s".

All run from byte code, as after `pip install`: it is written beside no source, and first of all, in a run that does
not count. The processes take turns, so that a busy machine is busy for all of them.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from typing import TYPE_CHECKING

from corpus.benchmarks.figures import Figure
from corpus.score import CORPUS

if TYPE_CHECKING:
    from collections.abc import Sequence

_LETTER = str(CORPUS / "documents" / "langson-cv-ra-soat-cau-treo.docx")
_ODD_LETTER = str(CORPUS / "documents" / "tuyenquang-cv-bao-cao-bien-che.docx")
_LIBRARIES = "import spacy, underthesea, docx, pdfplumber, pypdfium2, openpyxl"
_MODEL = f"{_LIBRARIES}; underthesea.pos_tag('rà soát')"
_EXTRACT = "import sys, pathlib; from extractor.pipeline import extract; extract(pathlib.Path(sys.argv[1]))"
_COMMAND = "import sys; from tracker.cli import main; sys.exit(main(['extract', sys.argv[1]]))"
_PROCESSES = {
    "imports": ["-c", _LIBRARIES],
    "model": ["-c", _MODEL],
    "known": ["-c", _EXTRACT, _LETTER],
    "asked": ["-c", _EXTRACT, _ODD_LETTER],
    "command": ["-c", _COMMAND, _LETTER],
}


def measure(runs: int) -> list[Figure]:
    """The shortest of *runs* runs of each."""
    walls = _walls(runs)
    if walls is None:
        return [Figure("start-up", None, "s", "a process failed", failed=True)]
    imports, model = walls["imports"], walls["model"]
    known, asked, command = (walls[name] - imports for name in ("known", "asked", "command"))
    beside = f"{asked:+.2f} s beside the imports, {walls['asked'] - model:+.2f} s beside imports and model"
    return [
        Figure("start-up: imports of spaCy, underthesea, readers", imports, "s", "peer"),
        Figure("start-up: the same, underthesea's model loaded", model, "s", "peer"),
        Figure("start-up: a letter of known words", walls["known"], "s", f"{known:+.2f} s; to be at most +0.4 s"),
        Figure("start-up: a letter that the tagger is asked about", walls["asked"], "s", beside),
        Figure("start-up: nhacviec extract, the first letter", walls["command"], "s", f"{command:+.2f} s, guarded"),
    ]


def _walls(runs: int) -> dict[str, float] | None:
    """The shortest wall time of each process, in seconds; None where one fails."""
    walls: dict[str, float] = {}
    with tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, "PYTHONPYCACHEPREFIX": folder}
        environment.pop("PYTHONDONTWRITEBYTECODE", None)
        for run in range(runs + 1):
            for name, arguments in _PROCESSES.items():
                wall = _wall(arguments, environment)
                if wall is None:
                    return None
                if run:
                    walls[name] = min(wall, walls.get(name, wall))
    return walls


def _wall(arguments: Sequence[str], environment: dict[str, str]) -> float | None:
    """The wall time of a Python process with *arguments*; None where it fails."""
    began = time.perf_counter()
    done = subprocess.run([sys.executable, *arguments], capture_output=True, check=False, env=environment)
    return time.perf_counter() - began if done.returncode == 0 else None
