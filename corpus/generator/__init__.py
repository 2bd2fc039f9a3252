"""Invented administrative documents in the forms of Nghị định 30/2020/NĐ-CP, each with its gold file.

In: one typed specification a document (`corpus.generator.contents`), which holds the words and the truth about them.
Out: `corpus/documents/NAME.docx|.pdf|.txt` and, from the same specification, `corpus/gold/NAME.json` in the shape that
the rules of the gold files ask for.

    spec.py        what a document is made of: items, tables, letterhead, and the tasks and targets they carry
    writing.py     short ways to say it: `duties("Sở Tài chính", …)`, `by("trước ngày 15/12/2026", "2026-12-15")`
    forms.py       how it looks: numbering, spelling of assignment lines, separators; chosen by hand or by a seed
    names.py       unit names written out in full
    numbering.py   labels of the items ("II.", "1.1.", "a)", "-")
    layout.py      specification + form → lines and grids
    gold.py        specification + form → gold
    docx_writer.py, pdf_writer.py, txt_writer.py    lines and grids → a file
    contents/      the documents themselves, a file each

Nothing is read from real documents: offices and places exist, what they are told to do here is invented.

Example: `Item("Sở Tài chính", "head", body=(task("Tham mưu bố trí kinh phí.", …),))` becomes the line
"1. Sở Tài chính", under it "- Tham mưu bố trí kinh phí.", and in the gold one task whose lead is Sở Tài chính.
"""
