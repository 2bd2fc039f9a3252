"""Mails, zip files and edXML messages → documents, each read or refused for itself."""

import base64
import io
import zipfile
from email.message import EmailMessage

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractor.blocks import Limits, read_bytes
from extractor.blocks.package_items import shown_name
from extractor.blocks.packages import Member, unpack
from extractor.errors import ExtractionError, ProtectedError, TooLargeError, UnreadableError, UnsupportedError


def word(text="Kế hoạch diễn tập"):
    data = io.BytesIO()
    document = docx.Document()
    document.add_paragraph(text)
    document.save(data)
    return data.getvalue()


def zipped(files, **options):
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", options.get("compression", zipfile.ZIP_DEFLATED)) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return data.getvalue()


def mail(text="Kính gửi các phòng,\nĐề nghị báo cáo trước ngày 15/11.", subject="Gửi kế hoạch"):
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "vanthu@so.vn", "phong@so.vn", subject
    if text is not None:
        message.set_content(text)
    return message


def attach(message, data, name, kind="application/octet-stream"):
    main, sub = kind.split("/")
    message.add_attachment(data, maintype=main, subtype=sub, filename=name)


WORD = word()


@pytest.fixture
def opened(tmp_path):
    """A function that writes a file and returns its members."""

    def build(name, data, limits=None):
        path = tmp_path / name
        path.write_bytes(data)
        return unpack(path, limits or Limits())

    return build


def names(members):
    return [member.name for member in members]


def refusals(members):
    return {member.name: type(member.refusal) for member in members if member.refusal is not None}


def test_a_file_that_is_no_package_is_itself(opened):
    assert opened("kế hoạch.docx", WORD) == [Member("kế hoạch.docx", WORD)]
    assert opened("chép.txt", "Subject: họp".encode()) == [Member("chép.txt", "Subject: họp".encode())]


# --- mails -----------------------------------------------------------------------------------------------------------


def test_mail_with_attachments(opened):
    message = mail()
    attach(message, WORD, "Kế hoạch số 5.docx")
    attach(message, zipped({"Phụ lục.docx": WORD}), "hồ sơ.zip")
    members = opened("thư.eml", message.as_bytes())
    assert names(members) == [
        "thư.eml/nội dung thư.txt",
        "thư.eml/Kế hoạch số 5.docx",
        "thư.eml/hồ sơ.zip/Phụ lục.docx",
    ]
    assert members[0].data.decode("utf-8-sig").startswith("Kính gửi các phòng,")
    assert [member.data for member in members[1:]] == [WORD, WORD]
    assert [member.stem for member in members] == ["nội dung thư", "Kế hoạch số 5", "Phụ lục"]


def test_members_are_read_as_documents(opened):
    message = mail()
    attach(message, WORD, "kế hoạch.docx")
    readings = [read_bytes(member.data, member.name) for member in opened("thư.eml", message.as_bytes())]
    assert [reading.source.reader for reading in readings] == ["plain", "docx"]
    assert readings[0].blocks[-1].text == "Đề nghị báo cáo trước ngày 15/11."
    assert readings[1].blocks[0].text == "Kế hoạch diễn tập"
    assert readings[1].source.path == "thư.eml/kế hoạch.docx"


def body_of(members):
    return [(m.name.rpartition("/")[2], m.data.decode("utf-8-sig").strip()) for m in members]


def test_the_page_of_a_mail_is_taken_where_it_says_more(opened):
    both = mail("Lịch họp")
    both.add_alternative("<p>Lịch họp</p>", subtype="html")
    assert body_of(opened("a.eml", both.as_bytes())) == [("nội dung thư.txt", "Lịch họp")]
    tabled = mail("Lịch họp")
    tabled.add_alternative("<table><tr><td>1<td>Họp</table>", subtype="html")
    assert body_of(opened("b.eml", tabled.as_bytes())) == [("nội dung thư.html", "<table><tr><td>1<td>Họp</table>")]
    alone = mail(None)
    alone.set_content("<p>Lịch họp</p>", subtype="html")
    assert body_of(opened("c.eml", alone.as_bytes())) == [("nội dung thư.html", "<p>Lịch họp</p>")]


def test_pictures_of_the_text_and_signatures_are_passed_over(opened):
    message = mail("Kính gửi")
    message.add_alternative('<p>Kính gửi <img src="cid:bieutrung@so"></p>', subtype="html")
    message.get_payload()[1].add_related(b"GIF89a", maintype="image", subtype="gif", cid="<bieutrung@so>")
    attach(message, b"0\x82", "smime.p7s", "application/pkcs7-signature")
    attach(message, b"GIF89a", "bản quét.gif", "image/gif")
    assert names(opened("thư.eml", message.as_bytes())) == ["thư.eml/nội dung thư.txt", "thư.eml/bản quét.gif"]


def test_mail_in_a_mail_goes_by_its_subject(opened):
    inner = mail("Nội dung gốc", "V/v: báo cáo 6/2026")
    attach(inner, WORD, "a.docx")
    outer = mail("Chuyển tiếp")
    outer.add_attachment(inner)
    assert names(opened("thư.eml", outer.as_bytes())) == [
        "thư.eml/nội dung thư.txt",
        "thư.eml/V-v: báo cáo 6-2026.eml/nội dung thư.txt",
        "thư.eml/V-v: báo cáo 6-2026.eml/a.docx",
    ]


@pytest.mark.parametrize("name", ["thư.eml", "thư không đuôi", "thư.txt"])
def test_a_mail_is_one_under_any_name(opened, name):
    assert names(opened(name, b"Received: from x\r\n" + mail("Nội dung").as_bytes())) == [f"{name}/nội dung thư.txt"]


def test_what_a_mail_cannot_hand_over_is_named(opened):
    message = mail()
    attach(message, b"0\x80", "smime.p7m", "application/pkcs7-mime")
    attach(message, b"x\x9f", "winmail.dat", "application/ms-tnef")
    attach(message, b"", "trống.docx")
    found = refusals(opened("thư.eml", message.as_bytes()))
    assert found == {
        "thư.eml/smime.p7m": ProtectedError,
        "thư.eml/winmail.dat": UnsupportedError,
        "thư.eml/trống.docx": UnreadableError,
    }


@pytest.mark.parametrize(
    ("charset", "data", "text"),
    [
        ("utf-8", "Báo cáo kết quả".encode(), "Báo cáo kết quả"),
        ("us-ascii", "Báo cáo kết quả".encode(), "Báo cáo kết quả"),
        ("x-unknown", "Báo cáo kết quả".encode(), "Báo cáo kết quả"),
        ("utf-8", "B¸o c¸o kÕt qu¶ tr\u00adíc ngµy".encode("latin-1"), "Báo cáo kết quả trước ngày"),
    ],
)
def test_the_letter_in_any_encoding(opened, charset, data, text):
    head = (
        f'MIME-Version: 1.0\r\nContent-Type: text/plain; charset="{charset}"\r\nContent-Transfer-Encoding: 8bit\r\n\r\n'
    )
    assert body_of(opened("thư.eml", head.encode() + data)) == [("nội dung thư.txt", text)]


@pytest.mark.parametrize(
    "header", ["attachment; filename=kế.docx", "đính kèm", "attachment; filename*=utf-8''a%00.docx"]
)
def test_headers_that_are_damaged_or_not_ascii(opened, header):
    data = f"MIME-Version: 1.0\r\nContent-Type: text/plain\r\nContent-Disposition: {header}\r\n\r\nBáo cáo".encode()
    assert [b"B\xc3\xa1o c\xc3\xa1o" in member.data for member in opened("thư.eml", data)] == [True]


# --- zip files -------------------------------------------------------------------------------------------------------


def test_zip_of_documents(opened):
    files = {"2026/": b"", "2026/Công văn.docx": WORD, "__MACOSX/._x": b"1", "~$Công văn.docx": b"1", "Thumbs.db": b"1"}
    assert names(opened("hồ sơ.zip", zipped(files))) == ["hồ sơ.zip/2026/Công văn.docx"]


def test_office_files_are_documents_not_packages(opened):
    assert names(opened("a.docx", WORD)) == ["a.docx"]
    assert names(opened("a.zip", WORD)) == ["a.zip"]


NAMES = [
    ("../../etc/passwd", "etc/passwd"),
    ("..\\..\\Windows\\công văn.docx", "Windows/công văn.docx"),
    ("/C:/a.docx", "a.docx"),
    ("C:\\a.docx", "a.docx"),
    ("a\x00\u202e\nb.docx", "a b.docx"),
    ("..", "không tên"),
    ("Ke\u0302\u0301 hoa\u0323ch.docx", "Kế hoạch.docx"),
]


@pytest.mark.parametrize(("name", "expected"), NAMES)
def test_names_are_fit_to_be_shown(name, expected):
    assert shown_name(name) == expected


@given(st.text())
def test_no_name_leads_out_or_breaks_a_line(name):
    shown = shown_name(name)
    assert shown
    assert not {"..", "."} & set(shown.split("/"))
    assert not shown.startswith("/")
    assert len(shown.splitlines()) == 1
    assert len(shown) <= 130


def test_vietnamese_names_without_a_mark_of_their_encoding(opened):
    for raw in ["Kế hoạch.docx".encode(), "Kê\u0301 hoa\u0323ch.docx".encode("cp1258")]:
        plain = b"K" * len(raw)
        data = zipped({plain.decode(): WORD}).replace(plain, raw)
        assert names(opened("a.zip", data)) == ["a.zip/Kế hoạch.docx"]


def encrypted(data):
    """The zip with its first file marked as under a password."""
    marked = bytearray(data)
    marked[6] |= 1
    at = data.index(b"PK\x01\x02")
    marked[at + 8] |= 1
    return bytes(marked)


def nested(levels):
    data = zipped({"a.docx": WORD})
    for level in range(levels):
        data = zipped({f"{level}.zip": data})
    return data


def test_a_member_under_a_password_is_named_and_the_others_are_read(opened):
    members = opened("a.zip", encrypted(zipped({"kín.docx": WORD, "b.docx": WORD})))
    assert refusals(members) == {"a.zip/kín.docx": ProtectedError}
    assert members[1].data == WORD


def test_a_bomb_is_not_unpacked(opened):
    members = opened("a.zip", zipped({"0.txt": b"0" * 20_000_000, "b.docx": WORD}))
    assert refusals(members) == {"a.zip/0.txt": TooLargeError}
    assert "bom nén" in str(members[0].refusal)


def test_packages_may_lie_in_packages_but_not_without_end(opened):
    assert names(opened("a.zip", nested(2))) == ["a.zip/1.zip/0.zip/a.docx"]
    assert refusals(opened("a.zip", nested(3))) == {"a.zip/2.zip/1.zip/0.zip": TooLargeError}


def test_damage_inside_is_named(opened):
    good = zipped({"a.docx": WORD, "b.txt": b"x"}, compression=zipfile.ZIP_STORED)
    members = opened("a.zip", good.replace(b"word/document.xml", b"word/documenT.xml", 1))
    assert refusals(members) == {"a.zip/a.docx": UnreadableError}
    inner = opened("b.zip", zipped({"cụt.zip": zipped({"a.docx": WORD})[:-30], "b.txt": b"x", "trống.txt": b""}))
    assert refusals(inner) == {"b.zip/cụt.zip": UnreadableError, "b.zip/trống.txt": UnreadableError}


LIMITED = {
    "cut off": (zipped({"a.docx": WORD})[:-30], Limits(), UnreadableError, "cắt cụt"),
    "no documents": (zipped({"a/": b""}), Limits(), UnreadableError, "không có tệp"),
    "too many": (zipped({f"{n}.txt": b"x" for n in range(201)}), Limits(), TooLargeError, "201 tệp"),
    "too large together": (
        zipped({f"{n}.txt": b"%d " % n * 200_000 for n in range(9)}),
        Limits(unpacked_bytes=1_000_000),
        TooLargeError,
        "giải nén ra",
    ),
}


@pytest.mark.parametrize(("data", "limits", "error", "words"), LIMITED.values(), ids=LIMITED)
def test_a_zip_refused_as_a_whole(opened, data, limits, error, words):
    with pytest.raises(error) as caught:
        opened("a.zip", data, limits)
    assert words in str(caught.value)


def test_limits_count_over_all_packages(opened):
    inner = zipped({f"{n}.txt": b"x" for n in range(60)})
    members = opened("a.zip", zipped({f"{n}.zip": inner for n in range(6)}))
    assert sum(member.refusal is None for member in members) <= 200
    assert set(refusals(members).values()) == {TooLargeError}


def test_a_file_in_a_package_is_bound_by_the_size_of_files(opened):
    members = opened("a.zip", zipped({"a.docx": WORD}), Limits(file_bytes=len(WORD) - 1))
    assert refusals(members) == {"a.zip/a.docx": TooLargeError}


# --- edXML -----------------------------------------------------------------------------------------------------------

NEW, OLD = "http://www.mic.gov.vn/TBT/QCVN_102_2016", "http://www.e-doc.vn/Schema/"


def edxml(data, namespace=NEW, own_name="<AttachmentName>Kế hoạch.docx</AttachmentName>"):
    encoded = base64.encodebytes(data).decode()
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><edXML xmlns="{namespace}" xmlns:edXML="{namespace}">'
        "<edXML:edXMLEnvelope><edXML:edXMLBody><edXML:edXMLManifest><edXML:Reference><edXML:ContentId>cid:f1</edXML:ContentId>"
        "<edXML:AttachmentName>Theo mục lục.docx</edXML:AttachmentName></edXML:Reference></edXML:edXMLManifest>"
        "</edXML:edXMLBody></edXML:edXMLEnvelope><AttachmentEncoded><Attachment><ContentId>f1</ContentId>"
        f"<ContentType>application/x</ContentType>{own_name}<edXML:ContentTransferEncoded>"
        f"{encoded}</edXML:ContentTransferEncoded></Attachment></AttachmentEncoded></edXML>"
    ).encode()


@pytest.mark.parametrize("namespace", [NEW, OLD])
@pytest.mark.parametrize("packed", [True, False], ids=["zipped", "plain"])
def test_edxml(opened, namespace, packed):
    data = zipped({"9f3c0e.docx": WORD}) if packed else WORD
    assert opened("vb.xml", edxml(data, namespace)) == [Member("vb.xml/Kế hoạch.docx", WORD)]


def test_edxml_names_from_the_manifest(opened):
    assert names(opened("vb.edxml", edxml(WORD, own_name=""))) == ["vb.edxml/Theo mục lục.docx"]


def test_edxml_of_another_shape(opened):
    data = (
        '<EdXMLEnvelope xmlns="http://www.go.vn/eDoc"><Manifest><Attachment>'
        f"<Content>{base64.b64encode(WORD).decode()}</Content><FileName>cv.docx</FileName><FileType>x</FileType>"
        "</Attachment></Manifest></EdXMLEnvelope>"
    )
    assert opened("vb.edxml", data.encode()) == [Member("vb.edxml/cv.docx", WORD)]


def test_a_large_attachment_of_edxml(opened):
    large = base64.b64encode(bytes(range(256)) * 60_000) * 1
    members = opened("vb.edxml", edxml(base64.b64decode(large)))
    assert [len(member.data) for member in members] == [256 * 60_000]


def test_several_files_in_one_attachment_of_edxml(opened):
    members = opened("vb.edxml", edxml(zipped({"a.docx": WORD, "b.docx": WORD})))
    assert names(members) == ["vb.edxml/Kế hoạch.docx/a.docx", "vb.edxml/Kế hoạch.docx/b.docx"]


def test_attachments_of_edxml_that_cannot_be_taken_out(opened):
    broken = edxml(WORD).replace(base64.encodebytes(WORD)[:60], b"*" * 60)
    assert refusals(opened("a.edxml", broken)) == {"a.edxml/Kế hoạch.docx": UnreadableError}
    bomb = edxml(zipped({"0.txt": b"0" * 20_000_000}))
    assert refusals(opened("b.edxml", bomb)) == {"b.edxml/Kế hoạch.docx": TooLargeError}


BAD_EDXML = {
    "cut off": (edxml(WORD)[:2000], UnreadableError, "XML"),
    "no attachment": (b"<edXML><a/></edXML>", UnsupportedError, "trạng thái"),
    "entity": (
        b'<!DOCTYPE edXML [<!ENTITY a SYSTEM "file:///etc/passwd">]><edXML><Attachment><Content>&a;</Content></Attachment></edXML>',
        UnreadableError,
        "DOCTYPE",
    ),
    "no XML": (b"Ke hoach", UnreadableError, "XML"),
}  # fmt: skip


@pytest.mark.parametrize(("data", "error", "words"), BAD_EDXML.values(), ids=BAD_EDXML)
def test_bad_edxml(opened, data, error, words):
    with pytest.raises(error) as caught:
        opened("vb.edxml", data)
    assert words in str(caught.value)


# --- damage ----------------------------------------------------------------------------------------------------------


def sample():
    message = mail()
    attach(message, zipped({"a.docx": b"Word", "b.txt": b"Xin"}), "a.zip")
    return message.as_bytes()


SAMPLES = {"a.zip": zipped({"a.txt": b"Sai", "b/c.txt": b"Xin" * 50}), "a.eml": sample(), "a.edxml": edxml(b"Xin")}


@pytest.mark.parametrize("name", SAMPLES)
@given(data=st.data())
@settings(deadline=None)
def test_damaged_packages_give_members_or_a_named_error(tmp_path_factory, name, data):
    damaged = bytearray(SAMPLES[name])
    for at in data.draw(st.lists(st.integers(0, len(damaged) - 1), max_size=6)):
        damaged[at] = data.draw(st.integers(0, 255))
    path = tmp_path_factory.mktemp("gói") / name
    path.write_bytes(bytes(damaged[: data.draw(st.integers(1, len(damaged)))]))
    try:
        members = unpack(path)
    except ExtractionError:
        return
    assert all(bool(member.data) != (member.refusal is not None) for member in members)
