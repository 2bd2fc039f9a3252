"""`python -m corpus.generator --out corpus`: writes the invented documents and their gold files.

In: a folder. Out: OUT/documents/NAME.docx|.pdf|.txt|.xlsx and OUT/gold/NAME.json. `--only NAME` writes one,
`--gold-only` leaves the documents as they are (needs no reportlab).

Example: `python -m corpus.generator --out corpus --only lamdong-kh-phan-loai-rac`.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from corpus.generator import docx_writer, txt_writer, xlsx_writer
from corpus.generator.contents import CATALOGUE
from corpus.generator.gold import as_json, gold_of
from corpus.generator.layout import elements

if TYPE_CHECKING:
    from collections.abc import Sequence

    from corpus.generator.forms import Entry


def write_document(entry: Entry, folder: Path) -> Path:
    """Writes the document of *entry* into *folder* in the format of its form."""
    path = folder / f"{entry.document.name}.{entry.form.file}"
    printed = elements(entry.document, entry.form)
    if entry.form.file == "docx":
        docx_writer.write(printed, entry.form, path)
    elif entry.form.file == "txt":
        txt_writer.write(printed, entry.form, path)
    elif entry.form.file == "xlsx":
        xlsx_writer.write(printed, entry.form, path)
    else:
        # reportlab is needed by whoever writes PDFs, not by whoever checks the gold.
        from corpus.generator import pdf_writer

        pdf_writer.write(printed, entry.form, path)
    return path


def main(argv: Sequence[str] | None = None) -> int:
    """Runs the command; exit code 0, or 2 for a name that is not in the catalogue."""
    parser = argparse.ArgumentParser(prog="python -m corpus.generator", description=__doc__)
    parser.add_argument("--out", type=Path, required=True, help="folder that holds documents/ and gold/")
    parser.add_argument("--only", metavar="NAME", help="write one document")
    parser.add_argument("--gold-only", action="store_true", help="write the gold files, not the documents")
    args = parser.parse_args(argv)
    chosen = [entry for entry in CATALOGUE if args.only in (None, entry.document.name)]
    if not chosen:
        print(f"no document named {args.only}", file=sys.stderr)
        return 2
    for name in ("documents", "gold"):
        (args.out / name).mkdir(parents=True, exist_ok=True)
    for entry in chosen:
        gold = args.out / "gold" / f"{entry.document.name}.json"
        gold.write_text(as_json(gold_of(entry.document, entry.form)), encoding="utf-8", newline="\n")
        if not args.gold_only:
            write_document(entry, args.out / "documents")
        print(gold.stem, file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
