"""Text files as pasted from web pages → paragraphs.

In: the bytes of a .txt. Out: paragraphs: hard-wrapped lines are rejoined ("… Nghị quyết số 19/NQ-CP ngày" + "15/7/2021
của Chính phủ" is one), a portal's menus and counters ("Lượt xem: 454") are left out.
"""

from __future__ import annotations

from extractor.blocks.assembly import Builder, Content
from extractor.blocks.joining import ends_open, ends_sentence, is_capitals, join_lines, starts_item, starts_lower, starts_opener
from extractor.errors import UnreadableError
from extractor.model import Problem

_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_WIDEST_WRAP = 140  # characters; text with longer lines was not wrapped by hand
_WRAPPED_SHARE = 0.15  # of lines that begin in the middle of a sentence


def read(data: bytes) -> Content:
    """Reads a text file.

    Raises:
        UnreadableError: the bytes are no text, or nothing but white space.
    """
    text, problems = decode(data)
    lines = [line.strip() for line in text.splitlines()]
    if not any(lines):
        raise UnreadableError("tệp không có chữ nào", "hãy xin lại tệp từ nơi gửi")
    builder = Builder()
    for paragraph in paragraphs(lines):
        builder.add(paragraph)
    return Content(tuple(builder.blocks), problems=problems)


def decode(data: bytes) -> tuple[str, tuple[Problem, ...]]:
    """The text of *data*: UTF-8, UTF-16 with its mark, else Windows-1258 with a problem of low severity."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data.decode(encoding, errors="replace"), ()
    if b"\x00" in data:
        raise UnreadableError("tệp .txt không phải văn bản (có byte 0)", "hãy lưu lại thành UTF-8")
    try:
        return data.decode("utf-8"), ()
    except UnicodeDecodeError:
        text = data.decode("cp1258", errors="replace")
    message = "Tệp không phải UTF-8, đã đọc theo bảng mã Windows-1258; hãy kiểm tra lại dấu tiếng Việt."
    return text, (Problem("blocks", "encoding_guessed", "low", message),)


def paragraphs(lines: list[str]) -> list[str]:
    """The paragraphs of *lines*: one a line, or rejoined where the text was wrapped by hand."""
    width = wrap_width(lines)
    if width is None:
        return [line for line in lines if line]
    found: list[str] = []
    last = ""  # the line before, "" after a blank one
    for line in lines:
        if line and last and not is_break(last, line, width, found[-1]):
            found[-1] = join_lines(found[-1], line)
        elif line:
            found.append(line)
        last = line
    return found


def wrap_width(lines: list[str]) -> int | None:
    """The width in characters at which the text was wrapped by hand; None if it was not."""
    followers = [b for a, b in zip(lines, lines[1:], strict=False) if a and b]
    lengths = sorted(len(line) for line in lines if line)
    if not followers or lengths[-1] > _WIDEST_WRAP:
        return None
    if sum(starts_lower(line) for line in followers) < _WRAPPED_SHARE * len(followers):
        return None
    return lengths[int(0.98 * (len(lengths) - 1))]


def is_break(above: str, below: str, width: int, paragraph: str) -> bool:
    """Whether a paragraph ends between two lines of wrapped text.

    Args:
        above: the last line of *paragraph*.
        below: the line after it.
        width: of the wrapped text in characters.
        paragraph: all that was joined so far.
    """
    if starts_item(below):
        return True
    if is_capitals(above) != is_capitals(below) and (is_capitals(paragraph) or ends_sentence(above)):
        return True
    if starts_lower(below) or ends_open(above):
        return False
    fits = len(above) + 1 + len(below.split(None, 1)[0]) <= 0.95 * width
    if ends_sentence(above) or starts_opener(below):
        return fits
    # "1. Mục đích" / "Nâng cao nhận thức …": a short title under a label, with the text on the next line.
    return starts_item(above) and above == paragraph and len(above) < 0.5 * width
