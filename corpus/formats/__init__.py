"""`python -m corpus.formats`: is a document understood as well when it comes in another format?

In: the invented documents (or, with `--shared`, those of ../shared beside the repository), LibreOffice, Tesseract.
Out: for each format task, lead, support, deadline, target, header and clean, and under them how far they lie from the
figures of the same documents in the format that they were written in.

    files.py       a document → the same as .docx, .doc, PDF, web page, text, workbook, scan
    report.py      figures of a format beside those of the originals; what only this format gets wrong
    __main__.py    the command line

Example: `python -m corpus.formats --format scan-200 --sample 10 --errors 20`.
"""
