"""The registry in full: its national base, successors, groups with their roll-calls, names that could be several."""

from __future__ import annotations

import datetime as dt
import io
from typing import TYPE_CHECKING, Any

import pytest
from drafting import draft, every, extraction, on, unit

from tracker.database import reading
from tracker.unit_names import Registry

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy import Engine

pytestmark = pytest.mark.both


@pytest.fixture
def based(run: Callable[..., Any]) -> None:
    assert run("units", "base", "--province", "Đồng Nai").code == 0


def listed(run: Callable[..., Any]) -> dict[str, dict[str, Any]]:
    return {row["name"]: row for row in run("units", "list", "--json").json}


@pytest.mark.usefixtures("based")
def test_the_base_knows_what_was_merged(run: Callable[..., Any]) -> None:
    known = listed(run)
    for name, until, follows in (
        ("Bộ Giao thông vận tải", "2025-02-28", "Bộ Xây dựng"),
        ("Sở Giao thông vận tải tỉnh Đồng Nai", "2025-02-28", "Sở Xây dựng tỉnh Đồng Nai"),
        ("Ủy ban nhân dân tỉnh Bình Phước", "2025-06-30", "Ủy ban nhân dân tỉnh Đồng Nai"),
    ):
        assert (known[name]["valid_to"], known[name]["successor"]) == (until, follows)
    assert "chuyển cho Sở Nông nghiệp" in known["Sở Lao động - Thương binh và Xã hội tỉnh Đồng Nai"]["note"]
    committees = [
        row for name, row in known.items() if name.startswith(("Ủy ban nhân dân tỉnh", "Ủy ban nhân dân thành"))
    ]
    assert sum(row["valid_to"] is None for row in committees) == 34
    assert len(committees) == 64  # 63, and Thừa Thiên Huế, which became Huế before the others were merged
    assert known["Các sở, ban, ngành"]["members"] == 18
    assert known["Sở Y tế tỉnh Đồng Nai"]["parent"] == "Ủy ban nhân dân tỉnh Đồng Nai"
    out = run("units", "list").out
    assert "(nhóm 18 đơn vị)" in out
    assert max(len(line) for line in out.splitlines()) <= 80


def test_the_communes_of_a_province_are_members_of_their_group(
    run: Callable[..., Any], store: Callable[[Any], Any]
) -> None:
    store(
        extraction(
            draft("Rà soát hộ nghèo", on("2026-12-15"), lead=(unit("UBND các xã, phường", group=True),)),
            draft("Lập danh sách", on("2026-12-16"), lead=("UBND xã Tân Phú", "UBND phường Trấn Biên")),
        )
    )
    assert "đối chiếu tên xã, phường" in run("units", "base", "--province", "Đồng Nai", "--communes").out
    known = listed(run)
    communes = [row for row in known.values() if row["level"] == "commune"]
    assert {row["parent"] for row in communes} == {"Ủy ban nhân dân tỉnh Đồng Nai"}
    assert known["Ủy ban nhân dân các xã, phường"]["members"] == len(communes) > 90
    assert known["Ủy ban nhân dân xã Tân Phú tỉnh Đồng Nai"]["tasks"] == 1
    assert run("done", "1", "--unit", "UBND xã Tân Phú", "--on", "20/11/2026").code == 0
    assert f"1/{len(communes)}" in run("show", "1").out
    assert run("units", "base", "--province", "Đồng Nai", "--communes", "--json").json["added"] == 0
    gone = run("units", "base", "--province", "Bình Phước", "--communes")
    assert (gone.code, "nhacviec units import" in gone.err) == (1, True)


def test_loaded_twice_nothing_is_added_and_what_the_office_has_stays(run: Callable[..., Any]) -> None:
    run("units", "set", "Sở Y tế", "--email", "syt@example.vn")
    first = run("units", "base", "--province", "Đồng Nai", "--json").json
    again = run("units", "base", "--province", "tỉnh Đồng Nai", "--json").json
    assert (first["known"], again["added"]) == (1, 0)
    known = listed(run)
    assert (known["Sở Y tế"]["emails"], known["Sở Y tế"]["key"]) == (["syt@example.vn"], "dong-nai/so-y-te")
    run("units", "set", "Sở Nội vụ", "--email", "snv@example.vn")
    assert listed(run)["Sở Nội vụ tỉnh Đồng Nai"]["emails"] == ["snv@example.vn"]
    assert "ghi --province" in run("units", "base").err
    assert "không có tỉnh" in run("units", "base", "--province", "Atlantis").err


@pytest.mark.usefixtures("based")
def test_a_unit_that_is_no_more_on_the_day_shows_its_successor(
    run: Callable[..., Any], store: Callable[[Any], Any], tmp_path: Any
) -> None:
    old = {"issuer": "Ủy ban nhân dân tỉnh Đồng Nai", "date": dt.date(2024, 11, 5), "number": "7/KH-UBND"}
    store(
        extraction(
            draft("Rà soát cầu yếu", on("2026-12-15"), lead=("Sở GTVT",)),
            draft("Đăng kiểm xe", on("2024-12-20"), lead=("Sở Giao thông vận tải",), status="done"),
            draft("Cấp phép", on("2026-12-20"), lead=("Sở Xây dựng",)),
            **old,
        )
    )
    rows = {row["id"]: row["lead"][0] for row in run("tasks", "--json").json}
    assert rows[1]["successor"] == "Sở Xây dựng tỉnh Đồng Nai"
    assert [set(rows[one]) for one in (2, 3)] == [{"name"}, {"name"}]
    assert "(nay là Sở Xây dựng tỉnh Đồng Nai)" in run("show", "1").out
    assert "nay là Sở" in run("tasks", "--doc", "7").out
    assert run("export", tmp_path / "việc.csv").code == 0
    assert "Sở GTVT (nay là Sở Xây dựng tỉnh Đồng Nai)" in (tmp_path / "việc.csv").read_text(encoding="utf-8-sig")
    counts = {row["name"]: row["total"] for row in run("stats", "--json").json["rows"]}
    assert counts == {"Sở Xây dựng tỉnh Đồng Nai": 1, "Sở Giao thông vận tải": 1, "Sở Xây dựng": 1}


def ask_all(store: Callable[[Any], Any], *drafts: Any) -> None:
    store(
        extraction(*(drafts or [draft("Báo cáo kết quả", on("2026-12-15"), lead=(unit("các sở, ngành", group=True),))]))
    )


def test_a_roll_call_until_the_last_one_has_finished(run: Callable[..., Any], store: Callable[[Any], Any]) -> None:
    for name in ("Sở Nội vụ", "Sở Y tế", "Sở Tư pháp"):
        run("units", "set", name)
    made = run("units", "set", "Các sở, ngành", "--group", "--member", "Sở Y tế", "--member", "Sở N*")
    assert "nhóm 2 đơn vị" in made.out
    ask_all(store)
    assert "Điểm danh     0/2 đơn vị đã xong" in run("show", "1").out
    assert (
        "1/2 đơn vị đã xong" in run("done", "1", "--unit", "so noi vu", "--on", "18/11/2026", "--reply", "9/BC-SNV").out
    )
    shown = run("show", "1").out
    assert "Sở Nội vụ, ngày 18/11/2026, văn bản trả lời 9/BC-SNV" in shown
    assert "chưa xong   Sở Y tế" in shown
    assert run("show", "1", "--json").json["status"] == "todo"
    assert "không giao cho Sở Tư pháp" in run("done", "1", "--unit", "Sở Tư pháp").err
    assert "danh bạ chưa có" in run("done", "1", "--unit", "Sở Lạ").err
    assert "sau hôm nay" in run("done", "1", "--unit", "Sở Y tế", "--on", "1/1/2027").err
    run("done", "1", "--unit", "Sở Y tế", "--on", "20/11/2026")
    told = run("show", "1", "--json").json
    assert (told["status"], told["done_on"]) == ("done", "2026-11-20")
    assert "Sở Y tế chưa xong" in run("reopen", "1", "--unit", "Sở Y tế").out
    told = run("show", "1", "--json").json
    assert (told["status"], [one["done_on"] for one in told["roll_call"]]) == ("todo", ["2026-11-18", None])
    assert "chưa ghi xong" in run("reopen", "1", "--unit", "Sở Y tế").err


def test_each_occurrence_has_its_roll_call(run: Callable[..., Any], store: Callable[[Any], Any]) -> None:
    for name in ("Sở Nội vụ", "Sở Y tế"):
        run("units", "set", name)
    run("units", "set", "Các sở, ban, ngành", "--member", "Sở *")
    group = unit("Thủ trưởng các sở, ban, ngành tỉnh", group=True)
    ask_all(store, draft("Báo cáo hằng tháng", every("FREQ=MONTHLY;BYMONTHDAY=20"), lead=(group,)))
    run("accept", "1")
    for name in ("Sở Nội vụ", "Sở Y tế"):
        run("done", "1", "--unit", name, "--on", "21/11/2026")
    told = run("show", "1", "--json").json
    assert (told["occurrence"], told["status"]) == ("2026-12-20", "todo")
    assert [one["done_on"] for one in told["roll_call"]] == [None, None]
    assert told["occurrences"][0]["day"] == "2026-11-20"


def test_groups_and_details_that_make_no_sense(run: Callable[..., Any]) -> None:
    run("units", "set", "Sở Nội vụ", "--code", "H19.1")
    for options, said in (
        (["Các sở", "--group"], "chưa có thành viên"),
        (["Các sở", "--member", "Phòng *"], "không có đơn vị nào tên như “Phòng *”"),
        (["Các sở", "--member", "Sở Lạ"], "danh bạ chưa có đơn vị “Sở Lạ”"),
        (["Sở Y tế", "--code", "H19.1"], "đã là của “Sở Nội vụ”"),
        (["Sở Y tế", "--from", "1/3/2025", "--to", "28/2/2025"], "trước khi có hiệu lực"),
        (["Sở Nội vụ", "--successor", "Sở Nội vụ"], "của chính nó"),
        (["Sở Y tế", "--parent", "Ủy ban lạ"], "danh bạ chưa có"),
    ):
        found = run("units", "set", *options)
        assert (found.code, said in found.err, found.err.count("\n")) == (1, True, 1), found.err
    assert list(listed(run)) == ["Sở Nội vụ"]


def test_a_sheet_with_all_that_is_known(run: Callable[..., Any], tmp_path: Any) -> None:
    file = tmp_path / "danh bạ.csv"
    file.write_text(
        "Tên đơn vị;Mã;Cấp;Đơn vị cấp trên;Đến ngày;Nay là;Thành viên\n"
        "UBND tỉnh;H1;province;;;;\nSở Cũ;H2;province;UBND tỉnh;28/02/2025;Sở Mới;\nSở Mới;H3;province;UBND tỉnh;;;\n"
        'Các sở;;;;;;"Sở Cũ; Sở Mới"\n',
        encoding="utf-8",
    )
    assert run("units", "import", file).code == 0
    known = listed(run)
    assert (known["Sở Cũ"]["successor"], known["Sở Cũ"]["valid_to"]) == ("Sở Mới", "2025-02-28")
    assert (known["Sở Mới"]["key"], known["Sở Mới"]["parent"], known["Các sở"]["members"]) == ("H3", "UBND tỉnh", 2)
    file.write_text("tên;thành viên\nCác phòng;Phòng *\n", encoding="utf-8")
    found = run("units", "import", file)
    assert found.err == f"{file}: dòng 2: không có đơn vị nào tên như “Phòng *”; xem danh bạ: nhacviec units list\n"


@pytest.fixture
def two_rooms(run: Callable[..., Any], store: Callable[[Any], Any]) -> None:
    for name in ("Phòng Nội vụ huyện A", "Phòng Nội vụ huyện B"):
        run("units", "set", name, "--short", "Phòng Nội vụ")
    store(extraction(draft("Rà soát", on("2026-12-15"), lead=("Phòng Nội vụ",)), draft("Góp ý", on("2026-12-16"))))


@pytest.mark.usefixtures("two_rooms")
def test_a_name_that_could_be_several_waits_and_the_choice_is_remembered(
    run: Callable[..., Any], store: Callable[[Any], Any], book: Engine
) -> None:
    assert {row["id"]: row["review"] for row in run("tasks", "--json").json} == {1: "pending", 2: "accepted"}
    assert "có thể là nhiều đơn vị" in run("show", "1").out
    (asked,) = run("units", "ambiguous", "--json").json
    assert (asked["written"], asked["units"]) == ("Phòng Nội vụ", ["Phòng Nội vụ huyện A", "Phòng Nội vụ huyện B"])
    assert "“Phòng Nội vụ” trong văn bản của Ủy ban nhân dân tỉnh Đồng Nai, 1 việc" in run("units", "ambiguous").out
    assert "1 lượt giao việc" in run("units", "choose", "Phòng Nội vụ", "Phòng Nội vụ huyện B").out
    assert run("units", "ambiguous").out == "Không có tên nào chưa rõ là đơn vị nào.\n"
    store(extraction(draft("Việc khác", on("2026-12-15"), lead=("Phòng Nội vụ",)), number="9/KH-UBND"))
    assert run("tasks", "--json", "--doc", "9").json[0]["review"] == "accepted"
    with reading(book) as session:
        assert Registry.read(session).resolve("Phòng Nội vụ", "Phòng Nội vụ") == 2
    assert "có thể là 2 đơn vị" in run("units", "choose", "Phòng Tài chính", "Phòng Nội vụ huyện").err


@pytest.mark.usefixtures("two_rooms")
def test_review_asks_which_unit_is_meant(run: Callable[..., Any], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("1\nd\n"))
    found = run("review", "--keys")
    assert "“Phòng Nội vụ” là đơn vị nào (1 Phòng Nội vụ huyện A, 2 Phòng Nội vụ huyện B" in found.err
    assert "Đã xem xét 1 việc" in found.out
    assert {row["name"]: row["tasks"] for row in run("units", "list", "--json").json} == {
        "Phòng Nội vụ huyện A": 1, "Phòng Nội vụ huyện B": 0,
    }  # fmt: skip
