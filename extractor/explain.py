"""A document as the program understood it: every mention, role and task marked, with the rule behind each.

In: an `Extraction`, the width of the page, whether it may be coloured. Out: lines of text.

    đoạn 12  ▶t1 Rà soát danh mục dịch vụ, gửi ⟦phối hợp t1: Sở Tài chính⟧ ⟦thời hạn t1 = 05/12/2026: trước ngày
             05/12/2026⟧.◀
             t1 tin cậy 87%: mở đầu bằng động từ chỉ đạo
                 chủ trì: Sở Y tế [so-y-te]; đề mục, đoạn 11

It is a picture for whoever wants to know why; nothing reads it again. The stages' own functions are asked for what the
extraction does not hold (units and days that no task took, why a line is none).
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from extractor.document import header
from extractor.explain_marks import HEADER_FIELDS, KINDS, day_of, marks_by_block, target_value
from extractor.explain_page import coloured, marked, ruled, wrapped
from extractor.explain_why import why_here, why_not, why_task

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from extractor.model import Block, Extraction, Problem, TaskDraft, UnitMention

_GUTTER = 12
_DEEPER = 4
_SEVERITIES = {"low": "nhẹ", "medium": "vừa", "high": "nặng"}
_NO_WORDS: Mapping[str, str] = MappingProxyType({})


def explain(extraction: Extraction, width: int, colour: bool, wording: Mapping[str, str] = _NO_WORDS) -> Iterator[str]:
    """The lines of the picture.

    Args:
        extraction: with its blocks.
        width: columns that a line may have.
        colour: marks are ANSI colours; else brackets with their names.
        wording: named reasons in the words of an office; a reason that is not there is shown by its name.
    """
    page = _Page(width, colour, wording)
    yield from page.header(extraction)
    yield ""
    yield from page.legend()
    around = header.find(extraction.blocks)
    silent = around.consumed | around.closing_blocks
    marks = marks_by_block(extraction, silent)
    notes = why_not(extraction, silent)
    last: int | None = None
    for block in extraction.blocks:
        if not block.text.strip():
            continue
        if block.place.page is not None and block.place.page != last:
            last = block.place.page
            yield ruled(f"trang {last}", width)
        yield from page.block(block, marked(block, marks.get(block.index, ()), colour))
        yield from page.below(block, notes.get(block.index, ()), extraction)


class _Page:
    """How wide, in colour or not, in whose words."""

    def __init__(self, width: int, colour: bool, wording: Mapping[str, str]) -> None:
        self._width = width
        self._colour = colour
        self._wording = wording

    def header(self, extraction: Extraction) -> Iterator[str]:
        """The fields of the header with their words, and the problems that no block has."""
        source = extraction.source
        pages = f", {source.pages} trang" if source.pages else ""
        recognised = ", chữ nhận dạng từ ảnh" if source.ocr else ""
        # A file's name may hold anything, signs that command a terminal too; blocks are cleaned of them.
        path = "".join(sign if sign.isprintable() else "�" for sign in source.path)
        yield from wrapped(f"{path} ({source.reader}{pages}{recognised})", self._width, "", "")
        proofs: dict[str, list[str]] = {}
        for proof in extraction.header.evidence:
            words = " ".join(proof.quote.split())
            proofs.setdefault(proof.field, []).append(f"“{words}” (đoạn {proof.span.block + 1})")
        for field, name in HEADER_FIELDS.items():
            value = getattr(extraction.header, field)
            shown = f"{value:%d/%m/%Y}" if field == "date" and value else value or "chưa rõ"
            yield from self._indented(f"{name}: {shown}", "; ".join(proofs.get(field, ())), 2)
        if extraction.header.reasons:
            yield from self._indented("lý do", self._said(extraction.header.reasons), 2)
        for short, full in extraction.declared.items():
            yield from self._indented("viết tắt trong văn bản", f"{short} = {full}", 2)
        yield from self._indented(
            "tìm thấy", f"{len(extraction.tasks)} nhiệm vụ, {len(extraction.targets)} chỉ tiêu", 2
        )
        for problem in extraction.problems:
            if problem.block is None:
                yield from self._problem(problem, 2)

    def legend(self) -> Iterator[str]:
        """What the marks mean."""
        if self._colour:
            names = ", ".join(coloured(name, kind) for kind, name in KINDS.items() if kind != "task")
            yield f"Chú giải: ▶t1 … ◀ nhiệm vụ; {names}"
        else:
            names = ", ".join(name for kind, name in KINDS.items() if kind != "task")
            yield from wrapped(
                f"Chú giải: ▶t1 … ◀ nhiệm vụ; ⟦loại: lời văn⟧, loại là {names}; “= …” là cách hiểu", self._width, "", ""
            )

    def block(self, block: Block, text: Sequence[tuple[str, str]]) -> Iterator[str]:
        """The block's words, its place beside them."""
        cell = block.place.cell
        place = f"b{cell.table + 1} h{cell.row + 1} c{cell.column + 1}" if cell else f"đoạn {block.index + 1}"
        yield from wrapped(text, self._width, f"{place:<{_GUTTER - 1}} ", " " * _GUTTER)

    def below(self, block: Block, notes: Sequence[str], extraction: Extraction) -> Iterator[str]:
        """What is said of a block: tasks that end in it, why its lines are none, problems, targets."""
        for task in extraction.tasks:
            ends = [proof.span.block for proof in task.evidence if proof.field == "text"]
            if ends and max(ends) == block.index:
                yield from self._task(task, extraction)
        for target in extraction.targets:
            if target.span is not None and target.span.block == block.index:
                doubts = f" ({self._said(target.reasons)})" if target.reasons else ""
                yield from self._indented("chỉ tiêu", f"{target.indicator}: {target_value(target)}{doubts}", _GUTTER)
        for note in notes:
            yield from self._indented("–", note, _GUTTER)
        for problem in extraction.problems:
            if problem.block == block.index:
                yield from self._problem(problem, _GUTTER)

    def _task(self, task: TaskDraft, extraction: Extraction) -> Iterator[str]:
        """A task's card: how sure, by which rule, who, when, why doubtful."""
        indent = _GUTTER + _DEEPER
        title = f"{task.id} tin cậy {task.confidence:.0%}"
        yield from self._indented(title, why_task(task, extraction.blocks), _GUTTER)
        if task.section:
            yield from self._indented("mục", " › ".join(task.section), indent)
        for role, name, units in (("lead", "chủ trì", task.lead), ("support", "phối hợp", task.support)):
            for unit in units:
                why = why_here(task, unit.span, role, extraction)
                yield from self._indented(name, f"{_unit(unit)}; {why}{self._doubts(unit.reasons)}", indent)
        for deadline in task.milestones or filter(None, (task.deadline,)):
            why = why_here(task, deadline.span, "deadline", extraction)
            bound = f" ({deadline.qualifier})" if deadline.qualifier else ""
            value = f"“{deadline.text}” = {day_of(deadline)}{bound}"
            yield from self._indented("thời hạn", f"{value}; {why}{self._doubts(deadline.reasons)}", indent)
        if task.product:
            yield from self._indented("sản phẩm", task.product, indent)
        if task.reasons:
            yield from self._indented("lưu ý", self._said(task.reasons), indent)

    def _problem(self, problem: Problem, indent: int) -> Iterator[str]:
        yield from self._indented(f"⚠ {_SEVERITIES[problem.severity]}", f"{problem.message} ({problem.kind})", indent)

    def _doubts(self, reasons: Sequence[str]) -> str:
        return f"; {self._said(reasons)}" if reasons else ""

    def _said(self, reasons: Sequence[str]) -> str:
        """Named reasons, each with its words where they are known."""
        return "; ".join(f"{self._wording[name]} ({name})" if name in self._wording else name for name in reasons)

    def _indented(self, label: str, text: str, indent: int) -> Iterator[str]:
        line = f"{label} {text}" if label == "–" else f"{label}: {text}" if text else label
        yield from wrapped(line, self._width, " " * indent, " " * (indent + _DEEPER))


def _unit(unit: UnitMention) -> str:
    """A unit by its full name, and what is known of it: its key, that it is many, or that nobody knows it."""
    known = "nhóm đơn vị" if unit.group else unit.key or "không có trong từ điển"
    return f"{unit.name} [{known}]"
