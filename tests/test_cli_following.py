"""`start`, `progress`, `extend`, `assign`, `cancel`, `note`, `event`, `docs …`, `ingest --received` by a clerk."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from drafting import draft, extraction, on

from extractor.model import Deadline, Offset

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

pytestmark = pytest.mark.both


@pytest.fixture(autouse=True)
def _plan(store: Callable[[Any], Any]) -> None:
    event = Deadline(
        "sau khi Nghị quyết được ban hành 10 ngày", "relative", anchor="Nghị quyết được ban hành",
        offset=Offset(10, "day"),
    )  # fmt: skip
    store(
        extraction(
            draft("Rà soát danh mục", on("2026-11-30", qualifier="before"), milestones=(on("2026-11-10"),)),  # 1
            draft("Công khai mức thu", event, lead=("Sở Tài chính",)),  # 2
        )
    )


def test_each_update_says_what_it_did(run: Callable[..., Any]) -> None:
    for arguments, said in (
        (["start", "1"], "Nhiệm vụ 1: đang thực hiện. Rà soát danh mục\n"),
        (["start", "1"], "Nhiệm vụ 1: đang thực hiện, đã ghi từ trước. Rà soát danh mục\n"),
        (["progress", "1", "đã có dự thảo", "--percent", "60"], "Nhiệm vụ 1: tiến độ 60%: đã có dự thảo. Rà soát"),
        (
            ["extend", "1", "--to", "20/12/2026", "--reason", "chờ số liệu", "--approved-by", "12/TB-VP"],
            "Nhiệm vụ 1: gia hạn lần 1 đến 20/12/2026. Rà soát danh mục\n",
        ),
        (["assign", "1", "--lead", "sở tài chính"], "Nhiệm vụ 1: giao Sở Tài chính chủ trì. Rà soát danh mục\n"),
        (["note", "1", "đã gọi điện"], "Nhiệm vụ 1: đã ghi chú. Rà soát danh mục\n"),
        (["pause", "1", "--reason", "chờ kinh phí"], "Nhiệm vụ 1: tạm dừng. Rà soát danh mục\n"),
        (["cancel", "1", "--reason", "không còn phù hợp"], "Nhiệm vụ 1: đã hủy. Rà soát danh mục\n"),
        (["reopen", "1"], "Nhiệm vụ 1: đã mở lại. Rà soát danh mục\n"),
    ):
        found = run(*arguments)
        assert (found.code, found.err) == (0, ""), arguments
        assert found.out.startswith(said)
    shown = " ".join(run("show", "1").out.split())
    for words in (
        "đến 20/12/2026: chờ số liệu (12/TB-VP)", "lan: tiến độ (%): 60", "lan: tiến độ: đã có dự thảo",
        "chủ trì: Sở Nội vụ → Sở Tài chính", "gia hạn: 30/11/2026 → 20/12/2026", "lý do: không còn phù hợp",
        "trước ngày 10/11/2026 (10/11/2026, đã qua)", "Tiến độ 60%",
    ):  # fmt: skip
        assert words in shown


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["extend", "1", "--to", "20/11/2026", "--reason", "x"], 1, "không sau hạn hiện nay 30/11/2026"),
        (["extend", "1", "--to", "31/02/2027", "--reason", "x"], 2, "không phải một ngày có thật"),
        (["extend", "1", "--to", "20/12/2026"], 2, "thiếu --reason"),
        (["extend", "một", "--to", "20/12/2026", "--reason", "x"], 1, "“một” không phải số của nhiệm vụ"),
        (["assign", "1", "--lead", "Sở Vũ trụ"], 1, "chưa biết đơn vị “Sở Vũ trụ”"),
        (["cancel", "1"], 2, "thiếu --reason"),
        (["event", "Nghị quyết được ban hành"], 2, "thiếu ngày của sự kiện"),
        (["event", "Lễ khai trương", "--on", "1/3/2026"], 1, "không có việc nào chờ sự kiện"),
        (["docs", "withdraw", "77"], 1, "không có văn bản “77”"),
        (["docs", "supersede", "215"], 2, "thiếu --by"),
    ],
)
def test_what_cannot_be_is_one_line(run: Callable[..., Any], arguments: list[str], code: int, said: str) -> None:
    before = run("tasks", "--json").out
    found = run(*arguments)
    assert (found.code, found.out) == (code, "")
    assert said in found.err
    assert found.err.count("\n") == 1
    assert run("tasks", "--json").out == before


def test_events(run: Callable[..., Any]) -> None:
    assert run("event").out == "“Nghị quyết được ban hành”: 1 việc chờ, ở 215/KH-UBND\n"
    found = run("event", "Nghị quyết được ban hành", "--on", "2026-03-02")
    assert found.out == "Nhiệm vụ 2: hạn 12/03/2026. Công khai mức thu\n"
    assert [one["id"] for one in run("overdue", "--json").json] == [2]
    assert run("event").out == "Không có việc nào chờ sự kiện.\n"


def test_days_off_from_a_file(run: Callable[..., Any], tmp_path: Path) -> None:
    (tmp_path / "nghỉ.txt").write_text("# hoán đổi\n12/03/2026 nghỉ\n14/03/2026, làm\n", encoding="utf-8")
    settings = tmp_path / "nhacviec.toml"
    settings.write_text('[schedule]\ndays_off = "nghỉ.txt"\nbefore = "day_before"\n', encoding="utf-8")
    found = run("event", "nghị quyết", "--on", "2026-03-02", "--config", settings)
    assert "hạn 13/03/2026" in found.out
    assert run("show", "1", "--json", "--config", settings).json["current_due"] == "2026-11-29"
    (tmp_path / "nghỉ.txt").write_text("12/03/2026 chơi\n", encoding="utf-8")
    broken = run("event", "nghị quyết", "--on", "2026-03-02", "--config", settings)
    assert broken.code == 3
    assert "dòng 1: “12/03/2026 chơi” không hiểu được" in broken.err


def test_documents_that_end(run: Callable[..., Any], store: Callable[[Any], Any]) -> None:
    assert run("docs", "withdraw", "215/KH-UBND").out == "Đã thu hồi 215/KH-UBND: 2 việc không còn theo dõi.\n"
    assert run("tasks", "--json").json == []
    assert "đã thu hồi" in run("show", "1").out
    assert run("docs", "restore", "215").out == "Đã khôi phục 215/KH-UBND: 2 việc được theo dõi lại.\n"
    store(extraction(draft("Rà soát danh mục", on("2026-11-30")), number="301/KH-UBND"))
    found = run("docs", "supersede", "215", "--by", "301")
    assert "1 việc chưa xong mà văn bản mới không có được chuyển sang" in found.out
    assert [one["id"] for one in run("tasks", "--doc", "301", "--json", "--sort", "id").json] == [2, 3]


LETTER = """ỦY BAN NHÂN DÂN
TỈNH LÂM ĐỒNG
Số: 91/UBND-NC
Lâm Đồng, ngày 02 tháng 11 năm 2026

Kính gửi: Sở Nội vụ

1. Giao Sở Nội vụ báo cáo kết quả rà soát trong 05 ngày làm việc kể từ ngày nhận được Công văn này.
"""


def test_the_day_of_arrival(run: Callable[..., Any], tmp_path: Path) -> None:
    letter = tmp_path / "công văn.txt"
    letter.write_text(LETTER, encoding="utf-8")
    assert "ở sau hôm nay" in run("ingest", letter, "--received", "22/11/2026").err
    assert run("ingest", letter, "--received", "16/11/2026", "--so-den", "145").code == 0
    found = run("tasks", "--doc", "91", "--json").json
    assert [one["current_due"] for one in found] == ["2026-11-23"]
    assert "số đến 145, ngày 16/11/2026" in run("show", str(found[0]["id"])).out
    assert "mỗi số đến là của một văn bản" in run("ingest", letter, letter, "--so-den", "146").err
