"""What a web portal prints around an article, left out of pasted text.

In: the lines of a text file. Out: the lines without menus, counters, log-in, related news and the footer: "Lượt xem:
454", "Đăng nhập", "Các tin cũ hơn:". Only lines that are nothing but such words go, and what follows the article's end
where no long line comes after it.
"""

from __future__ import annotations

import re
import unicodedata

_ARTICLES = (
    r"(?:các )?(?:tin|bài)(?: viết| tức| đã đưa)? (?:mới hơn|mới nhất|cũ hơn|khác|liên quan|cùng chuyên mục)\s*:?"
)
_FRAME = (
    r"(?:số )?lượt (?:xem|đọc|truy cập|trong ngày)\b.{0,20}|tổng số lượt truy cập.{0,20}|đang online.{0,20}",
    r"đã xem\s*:.{0,12}|views?\s*:.{0,12}",
    r"đăng (?:nhập|ký|xuất)|quên mật khẩu\??",
    r"trang chủ|sơ đồ (?:site|cổng|trang).{0,10}|liên hệ|giới thiệu|chi tiết tin|danh mục|menu",
    r"\[?(?:trở về|quay lại|về trang trước|về đầu trang|đầu trang|in trang|in bài viết|gửi (?:email|bài viết))\]?",
    _ARTICLES,
    r"mới nhất|đọc nhiều(?: nhất)?|xem (?:thêm|tiếp)|đọc tiếp|scroll|search|tìm kiếm|select the search type",
    r"link (?:nguồn bài viết|gốc)|truy cập link gốc|liên kết website|copy link|chia sẻ.{0,20}|bình luận",
    r"ý kiến bạn đọc|facebook|zalo|twitter|tags?\s*:|từ khóa\s*:|cỡ chữ.{0,12}|nghe (?:đọc )?bài.{0,10}",
    r"(?:thiết kế bởi|design(?:ed)? by|powered by|copyright|bản quyền).{0,60}",
    r"https?://\S+",
)
_CHROME = re.compile("|".join(_FRAME), re.IGNORECASE)
_TIME = re.compile(
    r"[•\s]*(?:(?:thứ\s+\w+|chủ\s+nhật)\s*,?\s*)?(?:ngày\s+)?(?:cập nhật(?:\s+lúc)?\s*:?\s*)?"
    r"\d{1,2}[/.-]\d{1,2}[/.-]\d{4}\s*(?:[,|-]?\s*\d{1,2}[:h]\d{2}(?::\d{2})?)?(?:\s*(?:am|pm|\(gmt\s*\+7\)))?",
    re.IGNORECASE,
)
# A day alone on its line is the cell of a table that was pasted line by line ("Sở Y tế" / "30/6/2026"): a deadline.
_DAY_ALONE = re.compile(r"\d{1,2}[/.-]\d{1,2}[/.-]\d{4}")
_END = re.compile(rf"\[?trở về\]?|{_ARTICLES}|bình luận|ý kiến bạn đọc|đăng nhập|liên kết website", re.IGNORECASE)
_START = re.compile(r"chi tiết tin|nội dung (?:tin|bài viết|chi tiết)", re.IGNORECASE)
_LEAST = 2  # chrome lines: text with fewer is no copied page
_LONG = 100  # characters: a line of an article
_SHORT = 80  # characters: a line of a menu
_DOCUMENT = re.compile(r"KẾ HOẠCH|CỘNG HÒA XÃ HỘI|Kính gửi|^Số\s*:", re.MULTILINE)


def without_chrome(lines: list[str]) -> list[str]:
    """The lines of the article, blank lines kept; all of them where the text does not look like a copied page."""
    if sum(is_chrome(line) for line in lines) < _LEAST:
        return lines
    body = _body(lines)
    title = next((line for line in body if line and not is_chrome(line)), "")
    kept: list[str] = []
    for line in body:
        repeated = line == title and title in kept and len(title) > 20
        kept.append("" if is_chrome(line) or repeated or _is_picture_name(line) else line)
    return kept


def _body(lines: list[str]) -> list[str]:
    """The lines between the page's menus and its footer."""
    last = max((at for at, line in enumerate(lines) if len(line) >= _LONG), default=-1)
    end = next((at for at in range(last + 1, len(lines)) if _END.fullmatch(lines[at])), len(lines))
    start = next((at + 1 for at in range(min(end, 40)) if _START.fullmatch(lines[at])), 0)
    head = lines[:start]
    if any(len(line) > _SHORT for line in head) or _DOCUMENT.search("\n".join(head)):
        start = 0
    return lines[start:end]


def is_chrome(line: str) -> bool:
    """Whether a line is nothing but words of a page's frame, or when it was put there."""
    text = line.strip(" \t\u00a0•|»>-")
    if _DAY_ALONE.fullmatch(text):
        return False
    return bool(text) and (_CHROME.fullmatch(text) is not None or _TIME.fullmatch(text) is not None)


def _is_picture_name(line: str) -> bool:
    """Whether a line is the file name that stands for a picture: six words or more without capitals and marks."""
    words = line.split()
    plain = line.isascii() and line == line.lower() and all(word.isalnum() for word in words)
    return len(words) >= 6 and plain and unicodedata.normalize("NFD", line) == line
