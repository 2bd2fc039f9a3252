"""Words of a text with their offsets, and a trie of phrases over them that is lenient about connectors.

In: a text. Out: `Tokens`, on which a `Trie` finds the longest phrase at a place: "Văn hóa – Thể thao và Du lịch" is
found by the phrase "Văn hóa, Thể thao và Du lịch", "Uỷ ban" by "Ủy ban", "UBND" only where the text has capitals.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from extractor.text import with_new_tones

_WORD = re.compile(r"[^\W_]+(?:[&'’][^\W_]+)*|\n|[^\w\s]|_")
_DASHES = str.maketrans({"–": "-", "—": "-", "‑": "-", "−": "-", "’": "'"})
CONNECTORS = frozenset({",", "-", "và", "&"})

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Tokens:
    """Words, punctuation marks and newlines of a text.

    Attributes:
        text: the text, untouched.
        low: each token in lower case, new tone placement, one kind of dash.
        start, end: offsets of each token in `text`.
        capital: whether each token begins with a capital letter.
        ways: what a trie has answered at a token before: the rules ask about the same token many times.
    """

    text: str
    low: tuple[str, ...]
    start: tuple[int, ...]
    end: tuple[int, ...]
    capital: tuple[bool, ...]
    ways: dict[tuple[object, int], tuple[tuple[int, Any], ...]] = field(default_factory=dict, compare=False, repr=False)

    def __len__(self) -> int:
        return len(self.low)

    def at(self, i: int) -> str:
        """The token number *i* in lower case, "" after the end."""
        return self.low[i] if 0 <= i < len(self.low) else ""

    def written(self, i: int, j: int) -> str:
        """The text from token *i* up to, not including, token *j*."""
        return self.text[self.start[i] : self.end[j - 1]] if i < j else ""

    def is_capital(self, i: int) -> bool:
        """Whether token *i* exists and begins with a capital letter."""
        return 0 <= i < len(self.low) and self.capital[i]

    def glued(self, i: int) -> bool:
        """Whether token *i* follows the one before it without a space."""
        return 0 < i < len(self.low) and self.start[i] == self.end[i - 1]


def tokenize(text: str) -> Tokens:
    """Cuts *text* into words ("TT&TT" is one), punctuation marks and newlines."""
    same = with_new_tones(text).translate(_DASHES)
    lowered = same.lower()
    if len(lowered) != len(text):  # a letter such as İ, whose lower case is longer: keep every offset
        lowered = "".join(c.lower() if len(c.lower()) == 1 else c for c in same)
    spans = [match.span() for match in _WORD.finditer(lowered)]
    return Tokens(
        text=text,
        low=tuple(lowered[a:b] for a, b in spans),
        start=tuple(a for a, _ in spans),
        end=tuple(b for _, b in spans),
        capital=tuple(text[a].isupper() for a, _ in spans),
    )


def words_of(phrase: str) -> list[str]:
    """The tokens of *phrase* as written, tones in one place: quicker than `tokenize` where no offsets are needed."""
    return _WORD.findall(with_new_tones(phrase).translate(_DASHES))


def canonical(text: str) -> str:
    """The words of *text* without connectors and "các": what two ways to write one name have in common."""
    return " ".join(w for w in words_of(text.lower()) if w not in CONNECTORS and w not in ("các", "/"))


class _Node(Generic[T]):
    """A place in the trie: words that may follow, the node after a connector, the phrase that ends here."""

    __slots__ = ("after", "ends_list", "joint", "payload")

    def __init__(self) -> None:
        self.after: dict[str, _Node[T]] = {}
        self.joint: _Node[T] | None = None
        self.ends_list = False  # the connector is "và"
        self.payload: T | None = None


class Trie(Generic[T]):
    """Phrases with a payload each. Where a phrase has a connector (",", "-", "và", "&") the text may have another."""

    def __init__(self) -> None:
        self._root: _Node[T] = _Node()
        self._first: set[str] = set()

    def add(self, phrase: str, payload: T) -> None:
        """Adds *phrase*; the first payload of a phrase stays. Two capitals in a word ("TTr") need two."""
        node = self._root
        for i, written in enumerate(words_of(phrase)):
            word = written.lower()
            if word in CONNECTORS and i:
                node.ends_list = node.ends_list or word in ("và", "&")
                node.joint = node = node.joint or _Node()
                continue
            key = f"^{word}" if sum(c.isupper() for c in written) > 1 else word
            node = node.after.setdefault(key, _Node())
            if not i:
                self._first.add(word)
        if node.payload is None:
            node.payload = payload

    def first_words(self) -> frozenset[str]:
        """The first words of all phrases, in lower case."""
        return frozenset(self._first)

    def longest(self, tokens: Tokens, i: int) -> tuple[int, T] | None:
        """The longest phrase that begins at token *i*: the token after it, and its payload."""
        ways = self.every(tokens, i)
        return ways[-1] if ways else None

    def every(self, tokens: Tokens, i: int) -> tuple[tuple[int, T], ...]:
        """All phrases that begin at token *i*, shortest first."""
        if i < 0 or i >= len(tokens.low) or tokens.low[i] not in self._first:
            return ()
        known = tokens.ways.get((self, i))
        if known is None:
            known = tokens.ways[self, i] = self._walked(tokens, i)
        return known

    def _walked(self, tokens: Tokens, i: int) -> tuple[tuple[int, T], ...]:
        found: dict[int, T] = {}
        todo: list[tuple[_Node[T], int, bool]] = [(self._root, i, False)]
        while todo:
            node, at, closed = todo.pop()
            if node.payload is not None:
                found.setdefault(at, node.payload)
            if at >= len(tokens.low):
                continue
            if node.joint is not None:
                todo += _joined(node, node.joint, tokens, at, closed)
            todo += [(after, at + 1, closed) for after in _follow(node, tokens, at)]
        return tuple(sorted(found.items(), key=lambda way: way[0]))


def _joined(node: _Node[T], joint: _Node[T], tokens: Tokens, at: int, closed: bool) -> list[tuple[_Node[T], int, bool]]:
    """Goes on after a connector, or without one. "Văn hóa và Thể thao, Du lịch" is two: "và" closes a list."""
    ways: list[tuple[_Node[T], int, bool]] = [(joint, at, closed)]
    word = tokens.low[at]
    if word in CONNECTORS and not (closed and word == "," and node.ends_list):
        ways.append((joint, at + 1, closed or word in ("và", "&")))
        if word == "," and tokens.at(at + 1) == "và":
            ways.append((joint, at + 2, True))
    return ways


def _follow(node: _Node[T], tokens: Tokens, at: int) -> list[_Node[T]]:
    word = tokens.low[at]
    ways = [node.after[word]] if word in node.after else []
    marked = node.after.get(f"^{word}")
    if marked is not None and sum(c.isupper() for c in tokens.text[tokens.start[at] : tokens.end[at]]) > 1:
        ways.append(marked)
    return ways
