"""What a web portal puts around a document, taken out of the page's tree.

In: the tree of a page. Out: the same tree without navigation, menus, banners, counters, share buttons, comments and
lists of related news. Nothing goes by its name alone where it holds much of the page's prose: class "content-sidebar"
may wrap the whole document.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lxml import etree

from extractor.blocks.plain_tables import is_header_start
from extractor.blocks.web_source import drop, tag_of

if TYPE_CHECKING:
    from collections.abc import Iterator

_FRAME_TAGS = frozenset({"nav", "aside", "footer", "menu", "header"})
_FRAME_ROLES = frozenset({"navigation", "banner", "search", "complementary", "contentinfo", "menu", "menubar"})
_FRAME_NAMES = re.compile(
    r"\b(?:nav|navbar|navigation|(?:main|top|sub)?menu|breadcrumbs?|sidebar|footer|banner|topbar|related|others?news"
    r"|tin ?lien ?quan|tin ?khac|lien ?quan|comments?|binh ?luan|share|sharing|social|counter|statistics?"
    r"|thong ?ke|luot|hits?|search|tim ?kiem|login|dang ?nhap|popup|modal|cookies?|ads|advert\w*|quang ?cao|paging"
    r"|pagination|pager|toolbar|rating|tags?|hotline|slider|carousel|weather|thoi ?tiet|copyright"
    r"|widget|print|back ?to ?top)\b"
)
_NAMED = frozenset({"div", "ul", "ol", "dl", "section", "table", "td", "p", "form", "center", "span", "li", "a"})
_LISTS = frozenset({"div", "ul", "ol", "dl", "section", "table", "tr", "td", "p", "form", "center"})
_WORD_BORDER = re.compile(r"(?<=[a-z])(?=[A-Z])|[^A-Za-z0-9]+")
_DOCUMENT = re.compile(r"KẾ HOẠCH|CỘNG HÒA XÃ HỘI|Kính gửi|^\s*Số\s*:\s*\d", re.MULTILINE)
_MOST_PROSE = 0.25  # of the page's prose: more is no frame
_MOST_LETTERS = 0.5  # of the page's letters, where they are not links
_LONG = 80  # characters: a run of prose
_LEAST_LINKS = 3
_CELLS = frozenset({"td", "th"})
_SENTENCES, _ENDS = frozenset({"p", "li"}), frozenset(".;:")
_LINK_SHARE = 0.6  # of an element's letters


@dataclass(slots=True)
class _Size:
    """What an element holds: letters, letters in links, letters in long runs, links; words outside links, its last
    character, whether a sentence of links is in it: "Căn cứ <a>Luật …</a>, <a>Nghị quyết …</a>;", and whether a table
    with running numbers."""

    letters: int = 0
    linked: int = 0
    prose: int = 0
    links: int = 0
    words: bool = False
    end: str = ""
    sentence: bool = False
    table: bool = False

    @property
    def is_links(self) -> bool:
        """Little more than links: a menu, a list of other news."""
        return not self.sentence and self.links >= _LEAST_LINKS and self.linked >= _LINK_SHARE * self.letters > 0


def drop_chrome(root: etree._Element) -> list[str]:
    """Takes the frame of a portal's page out of its tree; the texts of what was taken."""
    sizes = _sizes(root)
    return list(_clean(root, sizes, sizes[root]))


def _clean(element: etree._Element, sizes: dict[etree._Element, _Size], page: _Size) -> Iterator[str]:
    for child in list(element):
        tag = tag_of(child)
        size = sizes.get(child)
        if size is None:
            continue
        if (tag in _LISTS and size.is_links and not size.table) or (
            _is_frame(child, tag) and _is_slight(child, size, page)
        ):
            yield "\n".join(child.itertext())
            drop(child)
        else:
            yield from _clean(child, sizes, page)


def _sizes(root: etree._Element) -> dict[etree._Element, _Size]:
    """The size of each element, from the innermost outwards."""
    sizes: dict[etree._Element, _Size] = {}
    for element in reversed(list(root.iter(etree.Element))):
        size = _Size()
        for text in (element.text, *(child.tail for child in element)):
            words = (text or "").split()
            letters = sum(map(len, words))
            size.letters += letters
            size.prose += letters if letters + len(words) > _LONG else 0
            size.words |= any(len(word) > 1 and word.isalpha() for word in words)
        for inner in (sizes[child] for child in element if child in sizes):
            size.letters += inner.letters
            size.linked += inner.linked
            size.prose += inner.prose
            size.links += inner.links
            size.words |= inner.words
            size.sentence |= inner.sentence
            size.table |= inner.table
        size.end = _last_mark(element, sizes)
        if tag_of(element) == "a":
            size.linked, size.links, size.prose, size.words = size.letters, 1, 0, False
        elif tag_of(element) in _CELLS:
            size.table |= 0 < size.letters <= _LONG and is_header_start(" ".join("".join(element.itertext()).split()))
        elif tag_of(element) in _SENTENCES:
            size.sentence |= size.words and size.end in _ENDS
        sizes[element] = size
    return sizes


def _last_mark(element: etree._Element, sizes: dict[etree._Element, _Size]) -> str:
    """The last character of an element that is no space; "" where it is empty or its text is left open ("...")."""
    for child in reversed(element):
        if tail := (child.tail or "").strip():
            return "" if tail.endswith("..") else tail[-1]
        if child in sizes and sizes[child].letters:
            return sizes[child].end
    text = (element.text or "").strip()
    return "" if text.endswith("..") else text[-1:]


def _is_frame(element: etree._Element, tag: str) -> bool:
    """Whether an element says by its tag, role, class or id that it is frame."""
    if tag in _FRAME_TAGS or element.get("role", "").lower() in _FRAME_ROLES:
        return True
    names = f"{element.get('class', '')} {element.get('id', '')}"
    return tag in _NAMED and _FRAME_NAMES.search(_WORD_BORDER.sub(" ", names).lower()) is not None


def _is_slight(element: etree._Element, size: _Size, page: _Size) -> bool:
    """Whether an element holds little of the page, and nothing that only a document has."""
    if size.is_links:
        return True
    if size.table or size.prose > _MOST_PROSE * page.prose or size.letters > _MOST_LETTERS * page.letters:
        return False
    return _DOCUMENT.search("\n".join(element.itertext())) is None and element.find(".//h1") is None
