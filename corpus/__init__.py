"""The evidence: invented documents with gold files, phrase cases, the score, the benchmarks.

In: the extractor. Out: figures that say how good it is. `corpus` is imported by nobody but the tests.

Example: `nhacviec-score --corpus` scores the extractor on `corpus/documents`.
"""
