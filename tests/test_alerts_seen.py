"""The three mails as people see them: rendered by Chromium at the width of a desk and of a phone.

NHACVIEC_SCREENSHOTS names a folder in which the pictures stay, to be looked at; they are no part of the repository.
"""

from __future__ import annotations

import datetime as dt
import html
import os
import re
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from alerts_office import FINANCE, HEALTH, Desk, open_desk
from PIL import Image

from tracker.alerts.run import preview
from tracker.database import writing
from tracker.model import Outbox

if TYPE_CHECKING:
    from collections.abc import Iterator

MONDAY = dt.date(2026, 11, 23)
DAY = dt.timedelta(days=1)
WIDTHS = {"desk": 1000, "phone": 390}
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
LONG = (
    "Chủ trì, phối hợp với các cơ quan liên quan khảo sát hiện trạng kho lưu trữ hồ sơ bệnh án tại các trạm y tế, đề "
    "xuất phương án bố trí lại mặt bằng, kinh phí và nhân lực, trình cấp có thẩm quyền xem xét trước khi lập dự toán "
    "của năm sau; báo cáo những khó khăn, vướng mắc và kiến nghị cụ thể"
)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """An office with something to say to everybody, in long words and short ones."""
    made = open_desk(tmp_path)
    made.set(alerts=replace(made.settings.alerts, chief=("chutich@lamdong.example.vn",)))
    made.unit(HEALTH, "soyte@lamdong.example.vn", head="giamdoc.syt@lamdong.example.vn")
    made.unit(FINANCE, "stc@lamdong.example.vn")
    plan = made.document("118/KH-UBND", date=dt.date(2026, 3, 12))
    letter = made.document("2091/UBND-VX", kind="Công văn", date=dt.date(2026, 10, 30))
    both = {"lead": HEALTH, "support": [FINANCE, "Sở Nội vụ", "UBND các xã, phường, đặc khu", "Công an tỉnh"]}
    made.task(plan, MONDAY - 14 * DAY, **both, text=LONG, product="Báo cáo kèm biểu tổng hợp của từng trạm")
    made.task(plan, MONDAY - 2 * DAY, HEALTH, text="Công khai bảng giá dịch vụ tại nơi tiếp đón người bệnh")
    made.task(letter, MONDAY, HEALTH, text="Gửi danh sách trạm cấp cứu lưu động", product="Danh sách")
    extended = made.task(letter, MONDAY - 20 * DAY, HEALTH, FINANCE, text="Nghiệm thu phần mềm quản lý kho thuốc")
    made.extend(extended, MONDAY + 3 * DAY)
    made.task(plan, None, FINANCE, HEALTH, text="Cấp bổ sung kinh phí phòng bệnh mùa đông", deadline_kind="relative",
              deadline_text="sau 10 ngày kể từ ngày Hội đồng nhân dân thông qua nghị quyết")  # fmt: skip
    made.task(plan, None, HEALTH, text="Tổng hợp số ca tiêm chủng", deadline_kind="recurring",
              deadline_text="trước ngày 20 hằng tháng", deadline_rrule="FREQ=MONTHLY;BYMONTHDAY=20")  # fmt: skip
    made.task(plan, MONDAY - 30 * DAY, (("UBND các xã, phường, đặc khu",),), text="Rà soát hộ chưa có thẻ bảo hiểm")
    made.task(plan, MONDAY + 1 * DAY, "Chi cục Chăn nuôi và Thú y", text="Tiêm phòng đợt hai cho đàn gia súc")
    made.task(plan, MONDAY - 9 * DAY, text="Kiểm tra việc chấp hành quy chế làm việc")
    made.task(letter, MONDAY - 5 * DAY, FINANCE, text="Quyết toán kinh phí hội thao", review="pending")
    for ago in range(3):
        made.task(
            plan, MONDAY - ago * DAY, FINANCE, text="Đối chiếu số dư tạm ứng", status="done", done_on=MONDAY - DAY
        )
    with writing(made.engine) as session:
        session.add(Outbox(
            recipient="unit:9", addresses=["vanphong.soxaydung@lamdong.example.vn"], kind="unit_digest",
            day=MONDAY - 3 * DAY, key="unit:9/unit_digest/2026-11-20", state="failed", subject="Thư nhắc",
            message_id="<a@b>", bodies={"name": "Sở Xây dựng"}, created_at=made.now, sending_at=made.now,
            reason="vanphong.soxaydung@lamdong.example.vn: 550 5.1.1 Recipient address rejected: User unknown",
        ))  # fmt: skip
    yield made
    made.engine.dispose()


def pages(desk: Desk, folder: Path) -> dict[str, Path]:
    """The HTML of the unit's, the clerk's and the chief's mail."""
    kinds = {"unit_digest": "đơn vị", "clerk_digest": "văn thư", "chief_weekly": "lãnh đạo"}
    found = {}
    for mail in preview(desk.office, MONDAY):
        if mail.kind in kinds and kinds[mail.kind] not in found:
            found[kinds[mail.kind]] = folder / f"{mail.kind}.html"
            found[kinds[mail.kind]].write_text(mail.html, encoding="utf-8")
    return found


def chromium(folder: Path, *options: str) -> str:
    command = [str(CHROMIUM), "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars",
               f"--user-data-dir={folder / 'chromium'}", *options]  # fmt: skip
    return subprocess.run(command, check=True, capture_output=True, text=True, timeout=120).stdout


def frames(folder: Path, name: str, *shown: tuple[Path, int, int]) -> str:
    """A page with mails in frames of so many pixels, as a window is never so narrow; its title tells their sizes."""
    inner = "".join(
        f'<iframe width="{width}" height="{height}" style="border:0;display:block" '
        f'srcdoc="{html.escape(page.read_text(encoding="utf-8"))}"></iframe>'
        for page, width, height in shown
    )
    sizes = (
        "[...document.querySelectorAll('iframe')].map(one => one.contentDocument.documentElement)"
        ".map(one => one.scrollWidth + 'x' + one.scrollHeight).join(' ')"
    )
    made = folder / f"{name}.html"
    made.write_text(
        f'<!DOCTYPE html><meta charset="utf-8"><title>?</title><body style="margin:0">{inner}'
        f"<script>onload = () => {{ document.title = {sizes} }}</script>",
        encoding="utf-8",
    )
    return made.as_uri()


@pytest.mark.skipif(CHROMIUM is None, reason="chưa cài Chromium (gói chromium của Debian)")
def test_the_three_mails_fit_a_desk_and_a_phone(desk: Desk, tmp_path: Path) -> None:
    pictures = Path(os.environ.get("NHACVIEC_SCREENSHOTS", tmp_path))
    shown = pages(desk, tmp_path)
    assert list(shown) == ["đơn vị", "lãnh đạo", "văn thư"]
    each = [(page, width) for page in shown.values() for width in WIDTHS.values()]
    told = chromium(tmp_path, "--dump-dom", frames(tmp_path, "sizes", *((page, width, 600) for page, width in each)))
    sizes = re.findall(r"(\d+)x(\d+)", re.findall(r"<title>(.*?)</title>", told)[0])
    for (page, width), (wide, high) in zip(each, sizes, strict=True):
        assert int(wide) <= width  # nothing to be pushed sideways with a thumb
        picture = pictures / f"{page.stem}-{width}.png"
        shot = (f"--screenshot={picture}", f"--window-size={max(width, 500)},{high}")
        chromium(tmp_path, *shot, frames(tmp_path, picture.stem, (page, width, int(high))))
        with Image.open(picture) as image:
            assert image.height == int(high)
            assert len(image.convert("RGB").getcolors(1 << 24) or ()) > 20
