"""Real files of each format, stamped where readers leave text out: heads, feet, watermarks, hidden sheets."""

import io
import os
import pathlib
import zipfile

import docx
import openpyxl
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from openpyxl.worksheet.datavalidation import DataValidation

from extractor.blocks import office, read
from extractor.errors import SecretError
from extractor.guard import Guard
from extractor.pipeline import extract

TOP = ("UBND TỈNH SƠN LA", "Số: 12/KH-UBND", "KẾ HOẠCH", "Diễn tập phòng thủ", "Căn cứ Luật Quốc phòng;")
BODY = (
    "1. Sở Y tế bảo đảm an toàn, bảo mật dữ liệu.",
    "2. Công an tỉnh đổi mật khẩu, tổ chức hội nghị mật.",
    "3. Sở Nông nghiệp và Môi trường hướng dẫn nuôi ong lấy mật ong.",
)
SHAPE = (
    f'<w:r {nsdecls("w")} xmlns:v="urn:schemas-microsoft-com:vml"><w:pict><v:shape style="rotation:315">'
    '<v:textpath string="{}"/></v:shape></w:pict></w:r>'
)
BOX = (
    f'<w:r {nsdecls("w")} xmlns:v="urn:schemas-microsoft-com:vml"><w:pict><v:shape><v:textbox><w:txbxContent>'
    "<w:p><w:r><w:t>{}</w:t></w:r></w:p></w:txbxContent></v:textbox></v:shape></w:pict></w:r>"
)
FONT = next(
    (
        file
        for file in map(
            pathlib.Path,
            (
                "/usr/share/fonts/truetype/liberation2/LiberationSerif-Regular.ttf",
                "/usr/share/fonts/truetype/liberation/LiberationSerif-Regular.ttf",
                "C:/Windows/Fonts/times.ttf",
            ),
        )
        if file.exists()
    ),
    None,
)


def word(tmp_path, change=lambda document: None, name="a.docx"):
    """A plan as .docx after *change*."""
    document = docx.Document()
    for text in (*TOP, *BODY):
        document.add_paragraph(text)
    change(document)
    document.save(tmp_path / name)
    return tmp_path / name


def in_header(text):
    def change(document):
        document.sections[0].header.paragraphs[0].text = text

    return change


def in_footer_table(document):
    document.sections[0].footer.add_table(1, 2, docx.shared.Cm(16)).cell(0, 1).text = "TUYỆT MẬT"


def in_header_of_the_first_page(document):
    document.sections[0].different_first_page_header_footer = True
    document.sections[0].first_page_header.paragraphs[0].text = "TỐI MẬT"


def in_header_of_the_second_section(document):
    document.add_section()
    document.sections[1].header.is_linked_to_previous = False
    document.sections[1].header.paragraphs[0].text = "MẬT"


def as_watermark(document):
    document.sections[0].header.paragraphs[0]._p.append(parse_xml(SHAPE.format("TÀI LIỆU MẬT")))


def in_a_box_of_the_header(document):
    document.sections[0].header.paragraphs[0]._p.append(parse_xml(BOX.format("MẬT")))


def in_a_box(document):
    document.paragraphs[0]._p.append(parse_xml(BOX.format("MẬT")))


def in_capitals_by_format(document):
    document.add_paragraph().add_run("Tối mật").font.all_caps = True


@pytest.mark.parametrize(
    ("change", "level"),
    [
        (in_header("MẬT"), "MẬT"),
        (in_header("Mật"), "MẬT"),
        (in_header("Kế hoạch diễn tập - Tối mật"), "TỐI MẬT"),
        (in_header("MẬT\tTrang 1"), "MẬT"),
        (in_footer_table, "TUYỆT MẬT"),
        (in_header_of_the_first_page, "TỐI MẬT"),
        (in_header_of_the_second_section, "MẬT"),
        (as_watermark, "MẬT"),
        (in_a_box_of_the_header, "MẬT"),
        (in_a_box, "MẬT"),
        (in_capitals_by_format, "TỐI MẬT"),
    ],
)
def test_word(tmp_path, change, level):
    with pytest.raises(SecretError, match=f"“{level}”"):
        extract(word(tmp_path, change))


@pytest.mark.parametrize(
    "change",
    [
        lambda document: None,
        in_header("An toàn, bảo mật thông tin"),
        in_header("Bảo vệ bí mật nhà nước - Trang 1"),
        in_header("Các mức: Mật, Tối mật, Tuyệt mật"),
    ],
)
def test_word_that_only_speaks_of_secrets(tmp_path, change):
    path = word(tmp_path, change)
    assert len(extract(path).tasks) == 3
    assert not [block for block in read(path).blocks if "Trang" in block.text or "Tuyệt" in block.text]


@pytest.mark.skipif(office.find_program() is None, reason="chưa cài LibreOffice (gói libreoffice-writer)")
def test_old_word_file_leaves_nothing_on_disk(tmp_path, monkeypatch):
    from test_blocks_office import as_doc

    old = tmp_path / "a.doc"
    old.write_bytes(as_doc(word(tmp_path, in_header("MẬT")).read_bytes()))
    scratch = tmp_path / "tạm"
    scratch.mkdir()
    for name in ("TMPDIR", "TEMP", "TMP"):
        monkeypatch.setenv(name, str(scratch))
    monkeypatch.setattr("tempfile.tempdir", None)
    with Guard() as guard, pytest.raises(SecretError, match="“MẬT”"):
        guard.extract(old)
    assert list(scratch.iterdir()) == []


@pytest.fixture(scope="module")
def canvas():
    if FONT is None:
        if os.environ.get("CI"):
            pytest.fail("CI phải có phông chữ Liberation (gói fonts-liberation2)")
        pytest.skip("không có phông chữ có dấu tiếng Việt (gói fonts-liberation2)")
    metrics, fonts = (
        pytest.importorskip("reportlab.pdfbase.pdfmetrics"),
        pytest.importorskip("reportlab.pdfbase.ttfonts"),
    )
    metrics.registerFont(fonts.TTFont("Serif", str(FONT)))
    from reportlab.pdfgen.canvas import Canvas

    return Canvas


def pages(tmp_path, canvas, decorate, count=4):
    """A plan of some pages as PDF, *decorate* called with the canvas and the number of each."""
    page = canvas(str(tmp_path / "a.pdf"), pagesize=(595, 842))
    for number in range(1, count + 1):
        page.setFont("Serif", 13)
        for at, text in enumerate((*TOP, *BODY) if number == 1 else (f"{number + 3}. Sở Y tế trực ban.",)):
            page.drawString(85, 740 - 20 * at, text)
        decorate(page, number)
        page.showPage()
    page.save()
    return tmp_path / "a.pdf"


def at_head(text):
    return lambda page, number: page.drawString(250, 815, text.format(number))


def at_foot(text):
    return lambda page, number: page.drawString(250, 25, text.format(number))


def turned(text, angle, size=13):
    def draw(page, number):
        page.saveState()
        page.setFont("Serif", size)
        page.translate(300, 400)
        page.rotate(angle)
        page.drawString(-60, 0, text)
        page.restoreState()

    return draw


@pytest.mark.parametrize(
    ("decorate", "level"),
    [
        (at_head("MẬT"), "MẬT"),
        (at_head("TỐI MẬT - Trang {}"), "TỐI MẬT"),
        (at_foot("Mật"), "MẬT"),
        (at_foot("- {} - MẬT"), "MẬT"),
        (turned("TUYỆT MẬT", 45, 60), "TUYỆT MẬT"),
        (turned("TÀI LIỆU MẬT", 90), "MẬT"),
        (turned("M Ậ T", -12, 30), "MẬT"),
        (turned("MẬT", 180), "MẬT"),
    ],
)
def test_pdf(tmp_path, canvas, decorate, level):
    with pytest.raises(SecretError, match=f"“{level}”"):
        extract(pages(tmp_path, canvas, decorate))


@pytest.mark.parametrize(
    "decorate",
    [at_head("Trang {}"), at_foot("Bảo mật thông tin - {}"), turned("BẢN SAO", 45, 60), turned("BÍ MẬT NHÀ NƯỚC", 90)],
)
def test_pdf_that_only_speaks_of_secrets(tmp_path, canvas, decorate):
    assert extract(pages(tmp_path, canvas, decorate)).header.number == "12/KH-UBND"


def workbook(tmp_path, change):
    """An appendix as .xlsx after *change*."""
    book = openpyxl.Workbook()
    for row in (["TT", "Nhiệm vụ", "Đơn vị"], [1, "Bảo mật hệ thống", "Sở Y tế"], [2, "Thu hoạch mật ong", "Sở Y tế"]):
        book.active.append(row)
    change(book)
    book.save(tmp_path / "a.xlsx")
    return tmp_path / "a.xlsx"


def in_print_header(book):
    book.active.oddHeader.center.text = '&"Times New Roman,Bold"&14MẬT'


def in_print_footer(book):
    book.active.evenFooter.right.text = "TỐI MẬT - Trang &P/&N"


def in_hidden_sheet(book):
    book.create_sheet("Bìa").append(["TUYỆT MẬT"])
    book["Bìa"].sheet_state = "hidden"


def in_very_hidden_sheet(book):
    book.create_sheet("Bìa").append(["", "Độ mật: Mật"])
    book["Bìa"].sheet_state = "veryHidden"


@pytest.mark.parametrize(
    ("change", "level"),
    [
        (in_print_header, "MẬT"),
        (in_print_footer, "TỐI MẬT"),
        (in_hidden_sheet, "TUYỆT MẬT"),
        (in_very_hidden_sheet, "MẬT"),
    ],
)
def test_workbook(tmp_path, change, level):
    with pytest.raises(SecretError, match=f"“{level}”"):
        extract(workbook(tmp_path, change))


def test_workbook_with_a_text_box(tmp_path):
    path = workbook(tmp_path, lambda book: book.active.add_chart(openpyxl.chart.BarChart()))
    box = (
        '<xdr:sp xmlns:xdr="u:x" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><xdr:txBody><a:p>'
        "<a:r><a:t>TỐI </a:t></a:r><a:r><a:t>MẬT</a:t></a:r></a:p></xdr:txBody></xdr:sp>"
    )
    changed = io.BytesIO()
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(changed, "w") as new:
        for name in old.namelist():
            data = old.read(name).decode()
            new.writestr(name, data.replace("</wsDr>", f"{box}</wsDr>") if "drawing1.xml" in name else data)
    path.write_bytes(changed.getvalue())
    with pytest.raises(SecretError, match="“TỐI MẬT”"):
        extract(path)


def with_a_hidden_list_to_choose_from(book):
    hidden = book.create_sheet("Danh mục")
    for level in ("THƯỜNG", "MẬT", "TỐI MẬT", "TUYỆT MẬT"):
        hidden.append([level])
    hidden.sheet_state = "hidden"
    book.active.add_data_validation(DataValidation("list", formula1="='Danh mục'!$A$1:$A$4"))


def with_a_print_header(book):
    book.active.oddHeader.left.text = "&D An toàn, bảo mật"


@pytest.mark.parametrize("change", [with_a_hidden_list_to_choose_from, with_a_print_header])
def test_workbook_that_only_speaks_of_secrets(tmp_path, change):
    assert extract(workbook(tmp_path, change)).blocks[0].text == "TT"


@pytest.mark.parametrize("name", ["a.txt", "a.html"])
@pytest.mark.parametrize("stamp", ["Độ mật: Mật", "BẢN SỐ 03 MẬT", "TỐI MẬT"])
def test_text_and_web_page(tmp_path, name, stamp):
    lines = [*TOP[:2], stamp, *TOP[2:], *BODY]
    text = "\n".join(lines) if name == "a.txt" else f"<html><body>{''.join(f'<p>{line}</p>' for line in lines)}</body>"
    (tmp_path / name).write_text(text, encoding="utf-8")
    with pytest.raises(SecretError):
        extract(tmp_path / name)
    (tmp_path / name).write_text(text.replace(stamp, "Độ khẩn: Khẩn"), encoding="utf-8")
    assert extract(tmp_path / name).header.number == "12/KH-UBND"


def test_a_running_head_inside_a_wrapped_sentence(tmp_path):
    text = "\n".join((*TOP, "I. NHIỆM VỤ", "Các đơn vị chủ động rà soát lực lượng, phương tiện tại", "MẬT",
                      "chỗ, sẵn sàng huy động khi có lệnh của cấp có thẩm", "quyền và báo cáo kết quả."))  # fmt: skip
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    with pytest.raises(SecretError):
        extract(tmp_path / "a.txt")
