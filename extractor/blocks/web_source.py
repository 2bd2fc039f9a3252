"""A web page's bytes as a tree, and what its elements look like.

In: the bytes of an .html file, whatever encoding it names ("charset=iso-8859-1" over UTF-8 is common). Out: the root of
its tree without what no reader sees: scripts, styles, comments, hidden elements. Nothing is fetched, no entity of a
DOCTYPE is expanded.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING
from urllib.parse import unquote

from lxml import etree

from extractor.blocks.legacy_encodings import decode
from extractor.errors import TooLargeError, UnreadableError
from extractor.model import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

_CHARSET = re.compile(
    rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w-]{3,20})|<\?xml[^>]{0,80}encoding=[\"']([\w-]{3,20})", re.IGNORECASE
)
_HEAD = 4096  # bytes in which a page names its encoding
_DOCTYPE = re.compile(r"<!DOCTYPE[^>\[]{0,500}\[.{0,5000}?\]\s*>", re.IGNORECASE | re.DOTALL)
_FORMAT_TAGS = re.compile(r"</?(?:font|span|b|i|u|em|strong|small|big|o:p|a)\b[^>]*>", re.IGNORECASE)
_DOCUMENT = re.compile(r"([^/\\?&=#\x00-\x1f]{1,100}\.(?:pdf|docx?|xlsx?))(?![\w.])", re.IGNORECASE)
_UNSEEN = re.compile(
    "script|style|noscript|template|head|title|link|meta|base|iframe|frame|object|embed|applet|param|canvas|svg|audio"
    "|video|map|area|select|option|textarea|input|button|datalist|dialog|colgroup|col|del|rp|rt"
)
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all|mso-element\s*:\s*(foot|end)note")


def parse(data: bytes) -> tuple[etree._Element, tuple[Problem, ...]]:
    """The body of a page, and what was assumed to read it.

    Raises:
        UnreadableError: the bytes are no text, or hold no page.
        TooLargeError: nested deeper, or with longer runs of text, than the parser takes.
    """
    named = _CHARSET.search(data[:_HEAD])
    decoded = decode(data, None if named is None else (named.group(1) or named.group(2)).decode("ascii"))
    text = _DOCTYPE.sub("", unicodedata.normalize("NFC", decoded.text).replace("\x00", ""))
    root, trouble = _tree(text)
    if "Excessive depth" in trouble:  # of <font> and <span> that were never closed
        root, trouble = _tree(_FORMAT_TAGS.sub("", text))
    if "Excessive depth" in trouble or "Resource limit" in trouble:
        raise TooLargeError("trang web lồng nhau quá sâu hoặc quá dài", "hãy mở trang rồi chép chữ vào tệp Word")
    if root is None:
        raise UnreadableError("tệp không có nội dung trang web", "hãy lưu lại trang từ trình duyệt")
    problems = (*decoded.problems, *_embedded(root))
    _drop_unseen(root)
    return root, problems


def _tree(text: str) -> tuple[etree._Element | None, str]:
    """The tree of *text*, and what the parser complained of."""
    parser = etree.HTMLParser(encoding="utf-8", no_network=True, huge_tree=False, remove_comments=True, remove_pis=True)
    try:
        root = etree.fromstring(text.encode("utf-8", errors="replace"), parser)
    except (SyntaxError, ValueError):
        root = None
    return root, "\n".join(error.message for error in parser.error_log)


def _embedded(root: etree._Element) -> Iterator[Problem]:
    """What is said of documents that a page shows in a frame, as portals show a signed plan."""
    sources = (element.get("src") or element.get("data") or "" for element in root.iter("iframe", "object", "embed"))
    names = (found.group(1) for source in sources if (found := _DOCUMENT.search(unquote(source))))
    for name in dict.fromkeys(names):
        message = f"Trang web có nhúng tệp “{name}”, tệp đó không được đọc; hãy tải về rồi nạp riêng."
        yield Problem("blocks", "embedded_file_not_read", "high", message)


def _drop_unseen(root: etree._Element) -> None:
    """Takes the elements out that a reader of the page does not see."""
    for element in list(root.iter(etree.Element)):
        if element is not root and (_UNSEEN.fullmatch(tag_of(element)) or _is_hidden(element)):
            drop(element)


def _is_hidden(element: etree._Element) -> bool:
    style = element.get("style")
    if element.get("hidden") is not None or (style is not None and _HIDDEN.search(style.lower())):
        return True
    # Marks of footnotes and the notes at the page's end, as Word saves them.
    link, name = str(element.get("href", "")), str(element.get("id", ""))
    return link.startswith(("#_ftn", "#_edn")) or name.startswith(("ftn", "edn"))


def tag_of(element: etree._Element) -> str:
    """The element's name in small letters; "" for comments and the like."""
    return element.tag.lower() if isinstance(element.tag, str) else ""


def drop(element: etree._Element) -> None:
    """Takes an element out, the text after it left in its place."""
    parent = element.getparent()
    if parent is None:
        return
    before, tail = element.getprevious(), element.tail or ""
    parent.remove(element)
    # lxml reads control characters ("&#7;") but does not take them back.
    if before is not None:
        before.tail = _CONTROL.sub("", (before.tail or "") + tail)
    else:
        parent.text = _CONTROL.sub("", (parent.text or "") + tail)
