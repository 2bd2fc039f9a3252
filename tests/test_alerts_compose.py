"""The words and the bytes of a mail: subject, sections, safety, headers that survive any name."""

from __future__ import annotations

import datetime as dt
import email
import email.policy
import re
from email.header import decode_header, make_header
from html.parser import HTMLParser
from typing import Any

import pytest
from alerts_office import NOW, TODAY
from hypothesis import given
from hypothesis import strategies as st

from tracker.alerts.compose import compose, trial_mail
from tracker.alerts.digest import AT_ALL, CLERK, Digest, Doubt, Item
from tracker.alerts.message import Sender, encoded, message, one_line, sender_of
from tracker.alerts.wording import IN_FULL
from tracker.errors import SettingsError
from tracker.model import Outbox
from tracker.settings import Alerts, Office, Settings, Smtp

SETTINGS = Settings(
    office=Office(unit="Văn phòng UBND tỉnh Lâm Đồng"),
    smtp=Smtp(host="x", sender="Nhắc Việc <nhacviec@snv.example.vn>"),
    alerts=Alerts(clerk=("vanthu@snv.example.vn",)),
)


def item(urgency: str = "overdue", days: int = 12, **values: Any) -> Item:
    day = TODAY - dt.timedelta(days=days) if urgency == "overdue" else TODAY + dt.timedelta(days=days)
    given = {
        "task_id": 12,
        "title": "Báo cáo kết quả rà soát",
        "role": "lead",
        "number": "215/KH-UBND",
        "kind": "Kế hoạch",
        "issuer": "Ủy ban nhân dân tỉnh Lâm Đồng",
        "issued": dt.date(2026, 9, 4),
        "lead": ("Sở Y tế",),
    }
    return Item(**{**given, "urgency": urgency, "day": day, "days": days, **values})


def digest(*items: Item, **values: Any) -> Digest:
    given = {"recipient": "unit:1", "name": "Sở Y tế", "day": TODAY, "addresses": ("a@b.vn",), "unit_id": 1}
    return Digest(**{**given, "items": items, **values})


def text_of(found: Digest) -> str:
    mail = compose(found, SETTINGS)
    assert mail is not None
    return mail.text


def seen(html: str) -> str:
    """The words that a reader of the HTML sees."""
    words: list[str] = []

    class Reader(HTMLParser):
        def handle_data(self, data: str) -> None:
            words.append(data)

    Reader().feed(html)
    return " ".join("".join(words).split())


@pytest.mark.parametrize(
    ("items", "subject"),
    [
        ([item()], "[Nhắc Việc] Sở Y tế: 1 việc quá hạn (21/11/2026)"),
        (
            [item(), item(task_id=13), item("due_soon", 3, task_id=14)],
            "[Nhắc Việc] Sở Y tế: 2 việc quá hạn, 1 việc sắp đến hạn (21/11/2026)",
        ),
        ([item("due_today", 0)], "[Nhắc Việc] Sở Y tế: 1 việc đến hạn hôm nay (21/11/2026)"),
        (
            [item("periodic", 9), item("waiting", 0, day=None, task_id=13)],
            "[Nhắc Việc] Sở Y tế: 1 báo cáo định kỳ kỳ này, 1 việc chờ sự kiện (21/11/2026)",
        ),
    ],
)
def test_the_subject_says_who_and_how_many(items: list[Item], subject: str) -> None:
    mail = compose(digest(*items), SETTINGS)
    assert mail is not None
    assert mail.subject == subject


def test_an_empty_digest_is_no_mail() -> None:
    assert compose(digest(), SETTINGS) is None


@pytest.mark.parametrize(
    ("found", "words"),
    [
        (item(), "Quá hạn 12 ngày"),
        (item(), "Hạn 09/11/2026"),
        (item(), "Việc #12 · Kế hoạch 215/KH-UBND ngày 04/09/2026 của Ủy ban nhân dân tỉnh Lâm Đồng"),
        (item(page=3), "tỉnh Lâm Đồng, trang 3"),
        (item(number=None, kind=None, issuer=None, issued=None), "Văn bản không rõ số"),
        (item(product="Tờ trình"), "Sản phẩm: Tờ trình"),
        (item(deadline_text="trong quý III"), "Hạn 09/11/2026 (văn bản ghi “trong quý III”)"),
        (item(first_day=TODAY), "đã gia hạn"),
        (item(missed=2), "còn 2 kỳ trước chưa xong"),
        (item(quote="Rà soát, báo cáo"), "“Rà soát, báo cáo”"),
        (item(quote="x" * 150 + " " + "y" * 150), f"Trích: “{'x' * 150} {'y' * 150}”"),
        (item(role="support", lead=("Sở Tài chính",)), "Đơn vị phối hợp; chủ trì: Sở Tài chính"),
        (item(support=("A", "B", "C", "D", "E")), "Đơn vị chủ trì; phối hợp: A, B, C và 2 đơn vị khác"),
        (item(lead=("Sở Y tế", "Công an tỉnh")), "Đơn vị chủ trì; cùng chủ trì: Công an tỉnh"),
        (item("due_today", 0), "Hôm nay"),
        (item("due_soon", 3), "Còn 3 ngày"),
        (item("periodic", 9), "Còn 9 ngày"),
        (item("waiting", 0, day=None, deadline_text="sau khi có Nghị quyết"), "Chờ sự kiện"),
        (item("waiting", 0, day=None, deadline_text="sau khi có Nghị quyết"), "văn bản ghi “sau khi có Nghị quyết”"),
        (item(urged=3), "Đã đôn đốc 3 lần"),
    ],
)
def test_a_task_is_told_in_both_forms(found: Item, words: str) -> None:
    mail = compose(digest(found), SETTINGS)
    assert mail is not None
    assert words in seen(mail.html)
    plain = " ".join(mail.text.split()).lower()
    for part in re.split(r" · |Việc #12", words):
        assert part.strip().lower() in plain


def test_who_to_answer_and_what_is_said_before_the_tasks() -> None:
    text = text_of(digest(item()))
    assert text.index("trả lời thư này (tới vanthu@snv.example.vn), ghi mã việc (như #12)") < text.index("QUÁ HẠN (1)")


def test_the_clerks_mail_names_each_reason_and_each_way_out() -> None:
    doubts = (
        Doubt(7, "Sở Tài chính", ("stc@b.vn",), "failed", TODAY, NOW, "550 gone"),
        Doubt(8, "Sở Xây dựng", ("sxd@b.vn",), "unknown", TODAY, NOW, "bị ngắt"),
    )
    found = digest(
        item(role=None, note="chưa rõ đơn vị chủ trì"),
        recipient=CLERK, name="Văn thư", unreviewed_late=(item(task_id=99),), waiting=4, doubts=doubts,
    )  # fmt: skip
    mail = compose(found, SETTINGS)
    assert mail is not None
    assert mail.kind == "clerk_digest"
    assert mail.subject == (
        "[Nhắc Việc] Văn thư: 2 thư chưa chắc đã tới, 1 việc chưa báo được cho đơn vị (1 việc quá hạn), "
        "4 việc chờ duyệt (1 việc đã quá hạn) (21/11/2026)"
    )
    for words in ("alerts resend 7", "alerts resend 8", "không rõ đã tới chưa", "chưa rõ đơn vị chủ trì", "550 gone"):
        assert words in mail.text
        assert words in seen(mail.html)
    assert mail.tasks == ((12, "overdue", None), (99, "unreviewed_late", None))


def test_a_flood_is_told_in_full_only_at_its_top_and_counted_to_its_end() -> None:
    many = [item(task_id=number, product="Báo cáo") for number in range(AT_ALL)]
    mail = compose(digest(*many, totals={"overdue": AT_ALL + 30}), SETTINGS)
    assert mail is not None
    assert mail.text.count("Sản phẩm: Báo cáo") == IN_FULL
    assert mail.text.count("[#") == AT_ALL
    assert "QUÁ HẠN (130)" in mail.text
    assert "… và 30 việc nữa" in mail.text
    assert "130 việc quá hạn" in mail.subject


def test_a_mail_of_all_sections_is_not_cut_off_by_gmail() -> None:
    sizes = {"overdue": 40, "due_today": 15, "due_soon": 15, "periodic": 15, "waiting": 15}
    quote = "Rà soát, chuẩn hóa quy trình nội bộ giải quyết thủ tục hành chính của đơn vị; báo cáo kết quả thực hiện. "
    many = [
        item(
            urgency, 0 if urgency == "due_today" else 3, task_id=at, quote=quote * 2, product="Báo cáo", page=3,
            deadline_text="trong tuần thứ hai của quý IV năm 2026", support=("Sở Tài chính", "Sở Nội vụ"), urged=3,
        )
        for urgency, size in sizes.items()
        for at in range(size)
    ]  # fmt: skip
    mail = compose(digest(*many), SETTINGS)
    assert mail is not None
    assert len(mail.html.encode()) < 102_000
    assert mail.text.count("Sản phẩm: Báo cáo") == IN_FULL
    for section in ("Quá hạn (40)", "Đến hạn hôm nay (15)", "Sắp đến hạn (15)", "Báo cáo định kỳ kỳ này (15)"):
        assert section in mail.html
        assert section.upper() in mail.text


HOSTILE = '<script>alert(1)</script>\r\nBcc: x@y.vn\r\n\r\n"&'


def test_nothing_of_a_document_becomes_markup() -> None:
    fields = dict.fromkeys(("title", "number", "issuer", "deadline_text", "product", "quote", "note"), HOSTILE)
    mail = compose(digest(item(**fields, lead=(HOSTILE,), support=(HOSTILE,)), name=HOSTILE), SETTINGS)
    assert mail is not None
    assert "<script" not in mail.html
    assert "&lt;script&gt;" in mail.html
    assert "\n" not in mail.subject
    assert "\r" not in mail.subject


def row(**values: Any) -> Outbox:
    given = {
        "recipient": "unit:1",
        "addresses": ["a@b.vn", "c@d.vn"],
        "kind": "unit_digest",
        "day": TODAY,
        "key": "k",
        "message_id": "<nhacviec.1@snv.example.vn>",
        "subject": "[Nhắc Việc] Sở Y tế: 1 việc quá hạn (21/11/2026)",
        "bodies": {"name": "Sở Y tế", "text": "việc\n.\nhết\n", "html": "<p>việc</p>"},
        "created_at": NOW,
    }
    return Outbox(**{**given, **values})


def test_the_headers_of_a_mail() -> None:
    raw = message(row(), sender_of(SETTINGS))
    assert raw == message(row(), sender_of(SETTINGS))
    assert raw.isascii()
    assert max(len(line) for line in raw.split(b"\r\n")) <= 998
    mail = email.message_from_bytes(raw, policy=email.policy.default)
    assert mail["From"].addresses[0].display_name == "Nhắc Việc"
    assert [(to.display_name, to.addr_spec) for to in mail["To"].addresses] == [
        ("Sở Y tế", "a@b.vn"),
        ("Sở Y tế", "c@d.vn"),
    ]
    assert str(mail["Reply-To"]) == "vanthu@snv.example.vn"
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["Message-ID"] == "<nhacviec.1@snv.example.vn>"
    assert mail["Date"].datetime.isoformat() == "2026-11-21T07:30:00+07:00"
    assert mail.get_content_type() == "multipart/alternative"
    assert mail.get_body(("plain",)).get_content() == "việc\r\n.\r\nhết\r\n"
    assert mail.get_body(("html",)).get_content() == "<p>việc</p>\r\n"


@given(st.text(max_size=300))
def test_a_header_comes_back_whole_whatever_is_in_it(text: str) -> None:
    folded = encoded(text)
    assert all(len(line) <= 76 - len("Subject: ") for line in folded.split("\n"))
    assert str(make_header(decode_header(folded.replace("\n", "")))) == one_line(text)


WORDS = ["Nhắc", "Việc", "Ủy", "ban:", "2", "hạn,", "and", "(21/11/2026)", '"a"', "Bộ-Chỉ-huy"]


@given(st.lists(st.sampled_from(WORDS), max_size=40))
def test_no_space_between_words_is_lost(words: list[str]) -> None:
    subject = " ".join(words)
    mail = email.message_from_bytes(message(row(subject=subject), sender_of(SETTINGS)), policy=email.policy.default)
    assert mail["Subject"] == subject


@pytest.mark.parametrize(
    "name",
    [HOSTILE, "Sở Y tế\nBcc: x@y.vn", "a\r\n\r\nbody", '"Sở" <x@y.vn>, z@y.vn', "\x00\x1b", "", "=?utf-8?q?a=0Ab?="],
)
def test_no_name_adds_a_header_or_a_recipient(name: str) -> None:
    wanted = row(subject=f"[Nhắc Việc] {name}", bodies={"name": name, "text": "t", "html": "h"})
    sender = Sender("nhacviec@snv.example.vn", name, ("vanthu@snv.example.vn",), sender_of(SETTINGS).zone)
    mail = email.message_from_bytes(message(wanted, sender), policy=email.policy.default)
    assert mail["Bcc"] is None
    assert [to.addr_spec for to in mail["To"].addresses] == ["a@b.vn", "c@d.vn"]
    assert [sent.addr_spec for sent in mail["From"].addresses] == ["nhacviec@snv.example.vn"]
    assert mail.get_body(("plain",)).get_content() == "t\r\n"


@pytest.mark.parametrize("sender", [None, "Nhắc Việc", "a@b", "a@b.vn\r\nBcc: c@d.vn", "<>"])
def test_a_sender_that_is_none_is_named(sender: str | None) -> None:
    with pytest.raises(SettingsError, match="gửi thư"):
        sender_of(Settings(smtp=Smtp(host="x", sender=sender)))


@pytest.mark.parametrize("clerk", ["vanthu", "a@b.vn\r\nBcc: c@d.vn", ""])
def test_a_clerks_address_that_is_none_is_named(clerk: str) -> None:
    with pytest.raises(SettingsError, match="không phải địa chỉ văn thư"):
        sender_of(Settings(smtp=SETTINGS.smtp, alerts=Alerts(clerk=("vanthu@snv.example.vn", clerk))))


def test_the_trial_mail_says_that_it_is_one() -> None:
    mail = trial_mail("toi@b.vn", TODAY, NOW, SETTINGS)
    assert "thư thử" in mail.text
    assert "toi@b.vn" in seen(mail.html)
