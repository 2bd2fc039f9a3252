"""Reads a Vietnamese plan or letter and finds its tasks, with their words as proof.

| stage | package | from → to |
| --- | --- | --- |
| 1 | `extractor.blocks` | bytes → blocks with their place |
| 2 | `extractor.document` | blocks → header, sections, tables |
| 3 | `extractor.mentions` | text → units, deadlines, targets, references |
| 4 | `extractor.tasks` | sections and mentions → tasks |

The stages meet only in `extractor.pipeline`. No database, terminal, clock or network here.
"""

from extractor.errors import ExtractionError
from extractor.model import Extraction

__all__ = ["Extraction", "ExtractionError"]
