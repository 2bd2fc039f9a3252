"""Reads a Vietnamese plan or letter and finds its tasks, with their words as proof.

| stage | package | from → to |
| --- | --- | --- |
| 1 | `extractor.blocks` | bytes → blocks with their place |
| 2 | `extractor.document` | blocks → header, outline, tables |
| 3 | `extractor.mentions` | text → units, deadlines, targets, references |
| 4 | `extractor.tasks` | outline and mentions → tasks |

The stages meet only in `extractor.pipeline`: `from extractor.pipeline import extract` gives an
`extractor.model.Extraction` or raises an `extractor.errors.ExtractionError`. No database, terminal, clock or network
here. Nothing is imported with the package itself, so that commands that don't extract start fast.
"""
