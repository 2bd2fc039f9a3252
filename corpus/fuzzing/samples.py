"""Real files of each format, from which damaged ones are made.

In: the documents of corpus/. Out: name → bytes: the documents themselves, single pages of the PDFs, and the other
formats written here with the same words: "a.xlsx" has merged cells and days, "a.eml" a plan attached.
"""

from __future__ import annotations

import base64
import io
import subprocess
import tempfile
import zipfile
from datetime import date
from email.message import EmailMessage
from pathlib import Path
from typing import TYPE_CHECKING

import openpyxl
import pypdfium2
from openpyxl.styles import Border, Side

from extractor.blocks import office

if TYPE_CHECKING:
    from collections.abc import Callable

_DOCUMENTS = Path(__file__).resolve().parents[1] / "documents"
_DPI = 110
_SECONDS = 120
_ROWS: list[list[object]] = [
    ["STT", "Nhiệm vụ", "Phân công", None, "Thời hạn", "Kinh phí"],
    [None, None, "Chủ trì", "Phối hợp", None, None],
    ["I", "Công tác chuẩn bị"],
    [1, "Rà soát trạm bơm", "Chi cục Thủy lợi", "UBND xã", date(2026, 4, 15), 1_500_000],
    [2, "Nạo vét kênh", "Công ty Thủy nông", None, "Quý II/2026", 0.5],
    [3, "Tổng kết", "Sở Nông nghiệp và Môi trường", "=B4", date(2026, 12, 20), None],
]
_PAGE = """<!DOCTYPE html><html><head><meta charset="utf-8"><style>p{}</style></head><body>
<nav><a href="/">Trang chủ</a><a href="/a">Tin</a><a href="/b">Văn bản</a></nav>
<h1>Kế hoạch chống hạn</h1><p style="text-align:center"><b>KẾ HOẠCH</b></p><p>Lượt xem: 12</p>
<ol type="a"><li>Rà soát trạm bơm<ul><li>Xã A<li>Xã B</ul><li>Nạo vét kênh</ol>
<table border=1><caption>Phân công</caption><tr><th rowspan=2>TT<th rowspan=2>Việc<th colspan=2>Đơn vị</tr>
<tr><th>Chủ trì<th>Phối hợp</tr><tr><td>1<td>Bơm nước<td rowspan=2>Chi cục Thủy lợi<td>UBND xã</tr>
<tr><td>2<td><p>Nạo vét</p><p>- Kênh chính</p><td></tr></table><pre>Nơi nhận:
- Như trên;</pre><div class="related"><ul><li><a>Tin một</a><li><a>Tin hai</a><li><a>Tin ba</a></ul></div>
</body></html>"""
_EDXML = """<?xml version="1.0" encoding="UTF-8"?>
<edXML xmlns="http://www.mic.gov.vn/TBT/QCVN_102_2016" xmlns:e="http://www.mic.gov.vn/TBT/QCVN_102_2016">
<e:edXMLEnvelope><e:edXMLBody><e:edXMLManifest><e:Reference><e:ContentId>cid:1</e:ContentId>
<e:AttachmentName>Kế hoạch.txt</e:AttachmentName></e:Reference></e:edXMLManifest></e:edXMLBody></e:edXMLEnvelope>
<AttachmentEncoded><Attachment><ContentId>1</ContentId><ContentType>text/plain</ContentType>
<e:ContentTransferEncoded>{0}</e:ContentTransferEncoded></Attachment></AttachmentEncoded></edXML>"""


def samples(kind: str) -> dict[str, bytes]:
    """The sample files of a format; none where the program that writes them is missing."""
    return _SAMPLES[kind]()


def _documents(suffix: str) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(_DOCUMENTS.glob(f"*{suffix}"))}


def _text() -> str:
    return next(iter(_documents(".txt").values())).decode()


def _texts() -> dict[str, bytes]:
    text = _text()
    old = "Uû ban nh©n d©n tØnh giao Së Y tÕ chñ tr×, b¸o c¸o tr\u00adíc ngµy 30/6.\n" * 20
    flat = "KẾ HOẠCH\nTT\n|\nViệc\n|\nChủ trì\n|\n1\n|\nBơm nước\n|\nSở A\n|\n2\n|\nNạo vét\n|\nSở B\n"
    return {
        "a.txt": text.encode(),
        "b.txt": text.encode("utf-16"),
        "c.txt": old.encode("latin-1"),
        "d.txt": flat.encode(),
    }


def _pages() -> dict[str, bytes]:
    """Single pages of the corpus's PDFs: smaller files are read more often."""
    found: dict[str, bytes] = {}
    for name, data in _documents(".pdf").items():
        with pypdfium2.PdfDocument(data) as source:
            for number in range(min(len(source), 3)):
                with pypdfium2.PdfDocument.new() as page:
                    page.import_pages(source, pages=[number])
                    target = io.BytesIO()
                    page.save(target)
                found[f"{name}-{number + 1}.pdf"] = target.getvalue()
    return found


def _sheets() -> dict[str, bytes]:
    book = openpyxl.Workbook()
    thin = Side(style="thin")
    for ruled in (True, False):
        page = book.active if ruled else book.create_sheet("Phụ lục 2")
        page["A1"], page["D1"] = "UBND TỈNH HÀ TĨNH", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
        page["A3"] = "DANH MỤC NHIỆM VỤ"
        for number, row in enumerate(_ROWS, start=5):
            for column, value in enumerate(row, start=1):
                cell = page.cell(number, column, value)
                if ruled:
                    cell.border = Border(left=thin, right=thin, top=thin, bottom=thin)
        for reference in ("A1:C1", "A3:F3", "A5:A6", "C5:D5", "C8:C9"):
            page.merge_cells(reference)
        page["F8"].number_format, page["F9"].number_format = "#,##0", "0%"
    data = io.BytesIO()
    book.save(data)
    return {"a.xlsx": data.getvalue()}


def _mails() -> dict[str, bytes]:
    message = EmailMessage()
    message["From"], message["Subject"] = "vanthu@so.vn", "Gửi kế hoạch"
    message.set_content("Kính gửi các xã,\nĐề nghị báo cáo trước ngày 15/11/2026.\n")
    message.add_alternative("<p>Kính gửi các xã</p><table><tr><td>1<td>Bơm nước</table>", subtype="html")
    message.add_attachment(_PAGE.encode(), maintype="text", subtype="html", filename="kế hoạch.html")
    message.add_attachment(_zips()["a.zip"], maintype="application", subtype="zip", filename="hồ sơ.zip")
    return {"a.eml": message.as_bytes()}


def _zips() -> dict[str, bytes]:
    inner, data = io.BytesIO(), io.BytesIO()
    with zipfile.ZipFile(inner, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("công văn.txt", _text()[:800])
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("kế hoạch.html", _PAGE)
        archive.writestr("phụ lục/a.xlsx", _sheets()["a.xlsx"])
        archive.writestr("trong.zip", inner.getvalue())
    return {"a.zip": data.getvalue()}


def _messages() -> dict[str, bytes]:
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("9f3c.txt", _text()[:800])
    packed = base64.encodebytes(inner.getvalue()).decode()
    plain = base64.encodebytes(_text().encode()).decode()
    return {"a.edxml": _EDXML.format(packed).encode(), "b.edxml": _EDXML.format(plain).encode()}


def _old_word() -> dict[str, bytes]:
    """Old Word files, written by LibreOffice from the smallest Word files of the corpus."""
    program = office.find_program()
    if program is None:
        return {}
    smallest = sorted(_documents(".docx").items(), key=lambda item: len(item[1]))[:3]
    found: dict[str, bytes] = {}
    with tempfile.TemporaryDirectory() as folder:
        for name, data in smallest:
            source = Path(folder, name)
            source.write_bytes(data)
            profile = Path(folder, "profile").as_uri()
            options = ["--headless", "--norestore", "--convert-to", "doc", "--outdir", folder]
            subprocess.run(
                [program, f"-env:UserInstallation={profile}", *options, source],
                check=True,
                timeout=_SECONDS,
                capture_output=True,
            )
            found[f"{source.stem}.doc"] = source.with_suffix(".doc").read_bytes()
    return found


def _scans() -> dict[str, bytes]:
    """Pages of the corpus's PDFs as pictures."""
    found: dict[str, bytes] = {}
    for name, data in list(_pages().items())[:4]:
        with pypdfium2.PdfDocument(data) as document:
            picture = document[0].render(scale=_DPI / 72, grayscale=True).to_pil()
        target = io.BytesIO()
        picture.save(target, format="PDF", resolution=_DPI, quality=60)
        found[f"scan-{name}"] = target.getvalue()
    return found


_SAMPLES: dict[str, Callable[[], dict[str, bytes]]] = {
    "docx": lambda: _documents(".docx"),
    "pdf": _pages,
    "txt": _texts,
    "xlsx": _sheets,
    "html": lambda: {"a.html": _PAGE.encode(), "b.html": _PAGE.encode("utf-16")},
    "eml": _mails,
    "zip": _zips,
    "edxml": _messages,
    "doc": _old_word,
    "scan": _scans,
}
KINDS = tuple(_SAMPLES)
