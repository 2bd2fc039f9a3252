"""One plan in several formats gives the same tasks: what a reader changes of the words, the extraction would show."""

import base64
import io
import zipfile
from email.message import EmailMessage

import docx
import openpyxl
import pytest

from extractor.blocks import read_bytes
from extractor.blocks.packages import unpack
from extractor.pipeline import extract, understand

TITLE = ["KẾ HOẠCH", "Nâng cấp trạm bơm vụ Đông Xuân năm 2026", "II. NỘI DUNG"]
ROWS = [
    ["STT", "Nhiệm vụ", "Cơ quan chủ trì", "Cơ quan phối hợp", "Thời hạn hoàn thành"],
    ["1", "Rà soát hiện trạng các trạm bơm", "Sở Nông nghiệp và Môi trường", "Ủy ban nhân dân cấp xã", "30/01/2026"],
    ["2", "Thẩm định dự toán sửa chữa", "Sở Tài chính", "", "Quý I/2026"],
    ["3", "Báo cáo kết quả vận hành", "Sở Nông nghiệp và Môi trường", "Sở Công Thương", "trước ngày 15/12/2026"],
]
MARKS = dict(zip("ăâđêôơưàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵĐ",
                 "¨©®ª«¬\u00adµ¶·¸¹»¼½¾ÆÇÈÉÊËÌÎÏÐÑÒÓÔÕÖ×ØÜÝÞßáâãäåæçèéêëìíîïñòóôõö÷øùúûüýþ§", strict=True))  # fmt: skip


def in_tcvn3(text):
    """*text* as .VnTime holds it; capitals with a tone stand as plain capitals there, and none is in the rows."""
    return "".join(MARKS.get(letter, letter) for letter in text)


def as_docx(title, rows):
    document = docx.Document()
    for line in title:
        document.add_paragraph(line)
    table = document.add_table(len(rows), len(rows[0]))
    for row, texts in enumerate(rows):
        for column, text in enumerate(texts):
            table.cell(row, column).text = text
    data = io.BytesIO()
    document.save(data)
    return data.getvalue()


def as_xlsx(title, rows):
    book = openpyxl.Workbook()
    for line in [[line] for line in title] + [[]] + [[text or None for text in row] for row in rows]:
        book.active.append(line)
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


def as_html(title, rows):
    cells = "".join("<tr>" + "".join(f"<td>{text}</td>" for text in row) + "</tr>" for row in rows)
    menu = "<ul><li><a>Trang chủ</a><li><a>Tin tức</a><li><a>Văn bản</a></ul>"
    return (
        f"<html><body>{menu}{''.join(f'<p>{line}</p>' for line in title)}<table>{cells}</table></body></html>".encode()
    )


def as_old_docx(title, rows):
    return as_docx(title, [[in_tcvn3(text.replace("Ủy", "ủy")) for text in row] for row in rows])


def zipped(name, data):
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr(name, data)
    return target.getvalue()


def as_eml(title, rows):
    message = EmailMessage()
    message.add_attachment(as_docx(title, rows), maintype="application", subtype="x", filename="kế hoạch.docx")
    return message.as_bytes()


def as_edxml(title, rows):
    data = base64.b64encode(zipped("0.docx", as_docx(title, rows))).decode()
    return (
        "<edXML><AttachmentEncoded><Attachment><AttachmentName>kế hoạch.docx</AttachmentName>"
        f"<ContentTransferEncoded>{data}</ContentTransferEncoded></Attachment></AttachmentEncoded></edXML>"
    ).encode()


def tasks_of(extraction):
    return [
        (
            " ".join(task.text.split()).lower(),
            [unit.name.lower() for unit in task.lead],
            [unit.name.lower() for unit in task.support],
            task.deadline.due if task.deadline else None,
        )
        for task in extraction.tasks
    ]


@pytest.fixture(scope="module")
def expected(tmp_path_factory):
    path = tmp_path_factory.mktemp("word") / "kế hoạch.docx"
    path.write_bytes(as_docx(TITLE, ROWS))
    found = tasks_of(extract(path))
    assert [task[0] for task in found] == [row[1].lower() for row in ROWS[1:]]
    return found


FORMATS = {
    "a.xlsx": as_xlsx,
    "a.html": as_html,
    "old fonts.docx": as_old_docx,
    "a.zip": lambda title, rows: zipped("kế hoạch.docx", as_docx(title, rows)),
    "a.eml": as_eml,
    "a.edxml": as_edxml,
}


@pytest.mark.parametrize("name", FORMATS)
def test_the_same_tasks(tmp_path, expected, name):
    path = tmp_path / name
    path.write_bytes(FORMATS[name](TITLE, ROWS))
    (member,) = unpack(path)
    assert tasks_of(understand(read_bytes(member.data, member.name), member.stem)) == expected
