"""`python -m corpus.strange`: what the program says of documents that are not written as its rules expect.

In: the documents to work with (invented ones, real ones with gold; none that is reserved or blind). Out: a table: for
each way of being strange how many tasks are right, how many are missed, and what of all that the clerk is told.

    ways.py        the same contents in other words and lines: labels lost, headings and columns with unknown names …
    lists.py       the same documents, some entries of the word lists forgotten
    evidence.py    all of them judged, in two processes; forgetful.py is the process whose lists are shorter
    table.py       what is printed

On the documents that the rules were written with they hardly err, so that these cannot tell whether the program knows
when it errs. Strange ones can: their truth is known, and a rule that has never seen them fails as it will on the next
office's plan. Everything is decided by a seed: the same run gives the same figures.

Example: "columns unknown  | 1,203 tasks | 0.861 right | 41 missed, 0.95 of them under a warning".
"""
