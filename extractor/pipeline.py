"""The whole flow, one line a stage; the only place where the stages meet.

In: the path of a document. Out: its `Extraction`: header, tasks, targets, problems, each with the words behind it.

>>> extraction = extract(Path("ke-hoach.docx"))  # doctest: +SKIP
>>> extraction.tasks[0].lead[0].name  # doctest: +SKIP
'Sở Y tế'
"""

from __future__ import annotations

import re
from pathlib import PurePath
from typing import TYPE_CHECKING

from extractor.blocks import Limits, load, read_bytes
from extractor.document import assignment, header, secrecy
from extractor.document.lines import UNLABELLED, lines
from extractor.document.outline import outline
from extractor.document.tables import tables
from extractor.errors import DefectError, ExtractionError
from extractor.mentions import deadlines, units
from extractor.mentions.frame import Context
from extractor.model import Extraction
from extractor.tasks.draft import moved
from extractor.tasks.gather import gather
from extractor.tasks.scope import Setting

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from pathlib import Path

    from extractor.document.header import HeaderReading
    from extractor.document.outline import Node
    from extractor.model import Block, Reading, UnitMention

_LIMITS = Limits()
# Duties of these may stand before or without any section; what asks a higher body for a decision gives nobody work.
_LETTERS = frozenset({"Công văn", "Công điện", "Thông báo", "Chỉ thị", "Hướng dẫn", None})
_REQUESTS = frozenset({"Tờ trình"})
_EVENT = re.compile(
    r"\b(hội nghị|hội thảo|cuộc họp|phiên họp|buổi làm việc|lễ|đại hội|hội thi|diễn đàn)\b", re.IGNORECASE
)


def extract(path: Path, limits: Limits = _LIMITS) -> Extraction:
    """Reads the document at *path* and finds its tasks; *limits* say how much of it is read before it is refused.

    Raises:
        ExtractionError: the document could not be read; the message says what and what to do.
    """
    return extract_bytes(load(path, limits), str(path), limits)


def extract_bytes(data: bytes, name: str, limits: Limits = _LIMITS) -> Extraction:
    """As `extract`, for a document that is no file of its own; *name* is such as "thư.eml/ke-hoach.docx".

    Raises:
        ExtractionError: as `extract`.
    """
    try:
        return understand(read_bytes(data, name, limits), PurePath(name).stem, limits.number_confidence)
    except ExtractionError:
        raise
    except Exception as error:  # one bad document never stops a batch: what we did not foresee is our defect
        what = f"lỗi của chương trình khi đọc tệp này ({type(error).__name__}: {error})"
        raise DefectError(what, "hãy gửi dòng này cho nhóm phát triển") from error


def understand(reading: Reading, doc_id: str, number_confidence: float = _LIMITS.number_confidence) -> Extraction:
    """The extraction of a document that has been read; *doc_id* names it in the JSON.

    A scan's number or day of less than *number_confidence* (0 to 1) is left out: it may be written by hand.

    Raises:
        SecretError: it is marked Mật, Tối mật or Tuyệt mật.
    """
    blocks = reading.blocks
    secrecy.check(blocks, reading.beside, recognised=reading.source.ocr)
    heading = header.find(blocks, number_confidence)
    body = _body(blocks, heading)
    declared = _declared(body)
    nodes = outline(lines(block for block in body if block.place.cell is None))
    if nodes and not heading.consumed and _is_headline(nodes[0]):
        nodes = [*nodes[0].children, *nodes[1:]]
    context = Context(heading.header.date, heading.plan_year, _events(nodes, heading), declared)
    setting = Setting(
        blocks=blocks,
        context=context,
        addressees=_addressees(blocks, heading),
        letter=heading.header.kind in _LETTERS,
        issuer=heading.header.issuer,
        outlined=heading.header.kind in _REQUESTS or any(node.line.label for top in nodes for node in top.walk()),
    )
    found = gather(nodes, tables(body), setting)
    return Extraction(
        doc_id=doc_id,
        source=reading.source,
        header=heading.header,
        tasks=found.tasks,
        targets=found.targets,
        problems=(*reading.problems, *found.problems),
        blocks=blocks,
        declared=declared,
    )


def _is_headline(node: Node) -> bool:
    """The title of a news report: the first line, without a mark at its end."""
    return node.line.rank == UNLABELLED and not node.line.text.rstrip().endswith((".", ";", ":", "…", "!"))


def _events(nodes: Sequence[Node], heading: HeaderReading) -> dict[str, date]:
    """The day of the meeting that the document invites to ("mời dự Hội nghị …" / "I. Thời gian: ngày 09/10/2025")."""
    event = _EVENT.search(heading.header.subject or "")
    if event is None:
        return {}
    known = deadlines.DeadlineContext(heading.header.date, heading.plan_year)
    for top in nodes:
        for node in top.walk():
            label, _, value = node.line.text.partition(":")
            if assignment.role_of(label) == "deadline" and (found := deadlines.find(value, known, strict=False)):
                return {event.group(1): day} if (day := found[0].due) else {}
    return {}


def _body(blocks: Sequence[Block], heading: HeaderReading) -> list[Block]:
    """The blocks between letterhead and closing, and those of the appendices and plans after it."""
    return [block for block in blocks if block.index not in heading.consumed | heading.closing_blocks]


def _declared(body: Sequence[Block]) -> dict[str, str]:
    """Short forms that the document declares: "(sau đây gọi tắt là Sở TTTT)"."""
    bracketed = [block.text for block in body if ")" in block.text]  # where every declaration stands; others cost time
    return {short: full for text in bracketed for short, full in units.declared_short_forms(text).items()}


def _addressees(blocks: Sequence[Block], heading: HeaderReading) -> tuple[UnitMention, ...]:
    """The units of "Kính gửi"."""
    found: list[UnitMention] = []
    for span in heading.addressees:
        text = blocks[span.block].text[span.start : span.end]
        for unit in units.split_list(text, block=span.block):
            found.append(moved(unit, span.block, span.start))
    return tuple(found)
