"""Documents composed by a seed from banks of phrases: matters × offices × shapes × deadlines.

In: a `Recipe`. Out: the text of a script (`corpus.generator.script`), so that words and truth are made together.

    banks.py    the phrases of corpus/generator/banks (YAML)
    days.py     deadlines with their values, as cells and as parts of a sentence
    tables.py   shapes that are tables: columns in any order, groups, merged cells, begin and end, marks by quarter
    texts.py    shapes that are text: assignment lines, brackets, unit headings, conclusions, stages
    recipes.py  which documents are composed; the script of one

Matters, offices and titles of columns marked `reserved` appear only in documents that are kept for checking.

Example: `Recipe("chan-nuoi", "tinh", "table", seed=3)` is a province's plan on husbandry with a table of assignments.
"""
