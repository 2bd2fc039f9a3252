"""Ways of writing the same contents so that rules may fail on them, the truth being known all the same.

In: the blocks of a document, its gold, a source of chance. Out: other blocks, and the gold with its words changed where
theirs were. Example: in "units unknown" all "Sở Y tế" become "Nha Y tế", in the document and in its gold.
"""

from __future__ import annotations

import copy
import random
import re
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from extractor.document.columns import column_role
from extractor.document.headings import section_kind

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from extractor.model import Block, Reading

Gold = dict[str, Any]
Way = "Callable[[random.Random, list[Block], Gold], tuple[list[Block], Gold]]"

_LABEL = re.compile(r"\s*(?:[-–+•*]\s+|\d{1,2}(?:\.\d{1,2})*[.)]\s+|[a-zđ]\)\s+|[IVX]{1,5}[.)]\s+)")
_HEADINGS = ("Những điều cần lo", "Chuyện chung", "Lời ngỏ", "Về sau", "Phần còn lại", "Bàn thêm")
_COLUMNS = ("Diễn giải", "Ô riêng", "Ghi nhận", "Bên này", "Bên kia")
_HEADS = ("Nha", "Ty", "Gian", "Thự")
_LEADS = ("Ở khâu này, ", "Theo lẽ đó, ", "Cùng lúc ấy, ", "Trước mắt lẫn lâu dài, ")
_TERMS = (
    ("trước ngày", "khỏi để quá ngày"),
    ("đến hết", "cho trọn"),
    ("chậm nhất", "trễ lắm"),
    ("hoàn thành", "cán đích"),
    ("hằng tháng", "tháng nào cũng"),
    ("hằng năm", "năm nào cũng"),
    ("Quý", "Ba tháng số"),
    ("quý", "ba tháng số"),
    ("Thường xuyên", "Lúc nào cũng"),
    ("Thời gian", "Bao giờ"),
    ("thời hạn", "bao giờ"),
)
_DAY = re.compile(r"(?<![\d/])\d{1,2}/\d{1,2}(?:/\d{4})?(?![\d/])")
_LIKE = {"ă": "ắ", "â": "ấ", "ề": "ể", "ế": "ể", "ồ": "ổ", "ố": "ổ", "ư": "ừ", "ứ": "ử", "ị": "i", "ạ": "a", "ộ": "ô"}
_LONG = 80  # characters of a line that may break
_SHORT_TITLE = 15  # words of a heading at most


def strange(way: str, reading: Reading, gold: Gold, seed: int) -> tuple[Reading, Gold]:
    """*reading* and *gold* in another way of writing; the same for the same *seed* and document.

    Args:
        way: a key of `WAYS`.
        reading: as its reader gives it.
        gold: its truth; not changed.
        seed: any number.
    """
    chance = random.Random(f"{way} {seed} {gold['doc_id']}")
    blocks, truth = WAYS[way](chance, list(reading.blocks), copy.deepcopy(gold))
    numbered = tuple(replace(block, index=index, raw=block.text, origins=()) for index, block in enumerate(blocks))
    return replace(reading, blocks=numbered, problems=()), truth


def _as_written(_chance: random.Random, blocks: list[Block], gold: Gold) -> tuple[list[Block], Gold]:
    return blocks, gold


def _labels_lost(chance: random.Random, blocks: list[Block], gold: Gold) -> tuple[list[Block], Gold]:
    """A quarter of the bullets and numbers is gone, as when text is pasted."""
    return [
        replace(block, label="", text=_LABEL.sub("", block.text, count=1)) if _is_line(block) and chance.random() < 0.25
        else block for block in blocks
    ], gold  # fmt: skip


def _headings_unknown(chance: random.Random, blocks: list[Block], gold: Gold) -> tuple[list[Block], Gold]:
    """Half of the headings that say what stands under them say nothing that is known."""
    return [_other_heading(chance, block) if _is_line(block) else block for block in blocks], gold


def _other_heading(chance: random.Random, block: Block) -> Block:
    label = _LABEL.match(block.text)
    at = label.end() if label else 0
    words = block.text[at:]
    known = section_kind(words) is not None and len(words.split()) <= _SHORT_TITLE
    if not known or words.rstrip().endswith((".", ";")) or chance.random() < 0.5:
        return block
    named = chance.choice(_HEADINGS)
    return replace(block, text=block.text[:at] + (named.upper() if words.isupper() else named))


def _columns_unknown(chance: random.Random, blocks: list[Block], gold: Gold) -> tuple[list[Block], Gold]:
    """One column of each table, or two, has a name that no list knows."""
    names: dict[int, list[int]] = {}
    for block in blocks:
        cell = block.place.cell
        if cell is not None and cell.row == 0 and column_role(" ".join(block.text.split())):
            names.setdefault(cell.table, []).append(block.index)
    renamed = {
        index for found in names.values() for index in chance.sample(found, min(len(found), chance.choice((1, 2))))
    }
    return [
        replace(block, text=chance.choice(_COLUMNS)) if block.index in renamed else block for block in blocks
    ], gold  # fmt: skip


def _units_unknown(chance: random.Random, blocks: list[Block], gold: Gold) -> tuple[list[Block], Gold]:
    """The commonest first word of its units is one that no unit begins with."""
    named = Counter(
        unit["text"].split()[0] for task in gold["tasks"] for role in ("lead", "support") for unit in task[role]
    )
    first = next((word for word, _ in named.most_common() if word[:1].isupper()), None)
    if first is None:
        return blocks, gold
    word = re.compile(rf"(?<!\w){re.escape(first)}(?= [A-ZĐÀ-Ỹ])")
    other = chance.choice(_HEADS)
    return [_with(block, word, other) for block in blocks], _said(gold, lambda text: word.sub(other, text))


def _terms_unknown(chance: random.Random, blocks: list[Block], gold: Gold) -> tuple[list[Block], Gold]:
    """Half of the words that tell deadlines are said in another way."""
    for known, other in _TERMS:
        if chance.random() < 0.5:
            word = re.compile(rf"(?<!\w){known}(?!\w)")
            blocks = [_with(block, word, other) for block in blocks]
            gold = _said(gold, lambda text, word=word, other=other: word.sub(other, text))  # type: ignore[misc]
    return blocks, gold


def _days_misprinted(chance: random.Random, blocks: list[Block], gold: Gold) -> tuple[list[Block], Gold]:
    """A quarter of the days is misprinted so that a reader sees it: "30/92026", "3O/9/2026", "45/9/2026"."""
    return [replace(block, text=_DAY.sub(lambda day: _misprint(chance, day[0]), block.text)) for block in blocks], gold


def _misprint(chance: random.Random, day: str) -> str:
    if chance.random() > 0.25:
        return day
    head, slash, tail = day.rpartition("/")
    return chance.choice((head + tail, day.replace("0", "O"), f"45{day[day.index('/') :]}", f"{head}{slash} {tail}?"))


def _openings_unusual(chance: random.Random, blocks: list[Block], gold: Gold) -> tuple[list[Block], Gold]:
    """Some items do not open with their verb but with a phrase before it."""
    return [_opened(chance, block) for block in blocks], gold


def _opened(chance: random.Random, block: Block) -> Block:
    label = _LABEL.match(block.text)
    at = label.end() if label else 0
    words = block.text[at:]
    if len(words) < _LONG or ":" in words[:_LONG] or not words[:1].isupper() or chance.random() < 0.8:
        return block
    return replace(block, text=block.text[:at] + chance.choice(_LEADS) + words[0].lower() + words[1:])


def _lines_broken(chance: random.Random, blocks: list[Block], gold: Gold) -> tuple[list[Block], Gold]:
    """Some paragraphs go on as another: the page ended, or a line did."""
    broken: list[Block] = []
    for block in blocks:
        spaces = [at for at, character in enumerate(block.text) if character == " "]
        if _is_line(block) and len(block.text) > _LONG and chance.random() < 0.12:
            at = chance.choice(spaces[len(spaces) // 4 :])
            broken += [replace(block, text=block.text[:at]), replace(block, text=block.text[at + 1 :], label="")]
        else:
            broken.append(block)
    return broken, gold


def _lines_joined(chance: random.Random, blocks: list[Block], gold: Gold) -> tuple[list[Block], Gold]:
    """Some lines have run into the one before."""
    joined: list[Block] = []
    for block in blocks:
        if joined and _is_line(block) and _is_line(joined[-1]) and block.label == "" and chance.random() < 0.08:
            joined[-1] = replace(joined[-1], text=f"{joined[-1].text} {block.text}")
        else:
            joined.append(block)
    return joined, gold


def _recognised_badly(chance: random.Random, blocks: list[Block], gold: Gold) -> tuple[list[Block], Gold]:
    """Marks over letters are mistaken for others, as recognition does, which is 92 % sure of it all."""
    return [
        replace(block, text="".join(_mistaken(chance, letter) for letter in block.text), confidence=0.92, digits=0.92)
        for block in blocks
    ], gold


def _mistaken(chance: random.Random, letter: str) -> str:
    return _LIKE[letter] if letter in _LIKE and chance.random() < 0.03 else letter


WAYS: dict[str, Callable[[random.Random, list[Block], Gold], tuple[list[Block], Gold]]] = {
    "as written": _as_written,
    "labels lost": _labels_lost,
    "headings unknown": _headings_unknown,
    "columns unknown": _columns_unknown,
    "units unknown": _units_unknown,
    "terms unknown": _terms_unknown,
    "days misprinted": _days_misprinted,
    "openings unusual": _openings_unusual,
    "lines broken": _lines_broken,
    "lines joined": _lines_joined,
    "recognised badly": _recognised_badly,
}


def _is_line(block: Block) -> bool:
    return block.place.cell is None and bool(block.text.strip())


def _with(block: Block, word: re.Pattern[str], other: str) -> Block:
    return replace(block, text=word.sub(other, block.text))


def _said(gold: Gold, change: Callable[[str], str]) -> Gold:
    """*gold* with the words of its tasks and units changed."""
    tasks: Sequence[Any] = gold["tasks"]
    for task in tasks:
        task["text"] = change(task["text"])
        for unit in (*task["lead"], *task["support"]):
            unit.update({key: change(unit[key]) for key in ("text", "name") if unit.get(key)})
    return gold
