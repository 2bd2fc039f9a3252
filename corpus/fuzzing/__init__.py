"""`python -m corpus.fuzzing`: thousands of damaged files through each reader, which may only answer by named errors.

In: the documents of corpus/ and samples written here. Out: a table of files, refusals and findings: a crash, a hang, an
error without a name, memory that grows; each finding with the number that makes its file again.

    samples.py    real files of each format
    mutations.py  one file → a damaged one, the same for the same number
    reader.py     the process that reads, with limits of memory
    watch.py      the process that watches, with a limit of time
    report.py     the table

Example: `python -m corpus.fuzzing --format docx --count 10000`; `--short` is the form for CI, all formats in a minute.
"""
