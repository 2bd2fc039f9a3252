"""Why a task is one, why a unit or a day belongs to it, and why a line is none: the rule behind each, in Vietnamese.

In: an `Extraction`. Out: short notes: "mở đầu bằng động từ chỉ đạo", "nhãn “Đơn vị chủ trì”", "thuộc mục không giao
việc: mục đích, yêu cầu". The functions that decided in the pipeline are asked again; they are pure, so they answer the
same.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from extractor.document import assignment
from extractor.document.headings import WITHOUT_TASKS, section_kind
from extractor.document.lines import lines
from extractor.document.outline import outline
from extractor.document.tables import tables
from extractor.mentions.frame import is_unit_heading, roles_of
from extractor.tasks import directive

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from extractor.document.outline import Node
    from extractor.document.tables import Table
    from extractor.model import Block, Extraction, Span, TaskDraft

SECTIONS = {
    "tasks": "nhiệm vụ",
    "organisation": "tổ chức thực hiện",
    "targets": "mục tiêu, chỉ tiêu",
    "purpose": "mục đích, yêu cầu",
    "basis": "căn cứ",
    "review": "đánh giá tình hình",
    "funding": "kinh phí",
    "scope": "phạm vi, đối tượng",
    "closing": "kết thúc",
}
COLUMNS = {
    "ordinal": "số thứ tự",
    "task": "việc",
    "lead": "chủ trì",
    "support": "phối hợp",
    "deadline": "thời hạn",
    "start": "bắt đầu",
    "clock": "giờ",
    "cross": "đánh dấu kỳ",
    "product": "sản phẩm",
    "target": "chỉ tiêu",
    "baseline": "hiện trạng",
    "measure": "đơn vị tính",
    "status": "tình trạng",
    "funding": "kinh phí",
    "object": "đối tượng",
    "approver": "nơi phê duyệt",
    "inner": "nội bộ",
    "heading": "nhóm",
    "note": "ghi chú",
}
_SOURCES = {
    "subject": "chủ ngữ của câu",
    "giao": "được giao, đề nghị hoặc yêu cầu",
    "bracket": "trong ngoặc cuối câu",
    "label": "sau chữ “chủ trì”",
}
_TITLE = 120


def why_task(task: TaskDraft, blocks: tuple[Block, ...]) -> str:
    """The rule that made *task* a task."""
    first = next((proof for proof in task.evidence if proof.field == "text"), None)
    if first is None:
        return ""
    cell = blocks[first.span.block].place.cell
    if cell is not None:
        return f"dòng {cell.row + 1} của bảng {cell.table + 1}"
    if "group_of_items" in task.reasons:
        return "đề mục nêu việc, các dòng dưới không giao việc riêng"
    if roles_of(first.quote).lead_source in ("subject", "giao"):
        return "câu nêu đơn vị phải làm"
    if directive.begins_with_verb(first.quote):
        return "mở đầu bằng động từ chỉ đạo"
    if directive.verb_after_clause(first.quote):
        return "động từ chỉ đạo đứng sau vế mở đầu"
    return "đứng dưới đề mục hoặc dòng phân công của đơn vị"


def why_here(task: TaskDraft, span: Span | None, role: str, extraction: Extraction) -> str:
    """Why the words at *span* play *role* in *task*."""
    if span is None:
        return "không có lời văn riêng"
    texts = [proof.span for proof in task.evidence if proof.field == "text"]
    own = next((text for text in texts if _holds(text, span)), None)
    block = extraction.blocks[span.block]
    if own is not None:
        return _in_sentence(block.text[own.start : own.end], role, extraction)
    cell = block.place.cell
    first = extraction.blocks[texts[0].block].place.cell if texts else None
    if cell is not None and first is not None and cell.table == first.table:
        return f"cột {cell.column + 1} của bảng {cell.table + 1}"
    label = _label(block, span)
    if label:
        return f"nhãn “{label}”, đoạn {span.block + 1}"
    if "lead_inherited_from_addressees" in task.reasons and role != "deadline":
        return f"nơi nhận văn bản, đoạn {span.block + 1}"
    return f"đề mục, đoạn {span.block + 1}"


def _holds(outer: Span, inner: Span) -> bool:
    return outer.block == inner.block and outer.start <= inner.start and inner.end <= outer.end


def _in_sentence(sentence: str, role: str, extraction: Extraction) -> str:
    if role == "lead":
        source = roles_of(sentence, extraction.declared).lead_source
        return _SOURCES[source] if source else "trong câu"
    return "sau chữ “phối hợp”, “cùng”" if role == "support" else "trong câu"


def _label(block: Block, span: Span) -> str | None:
    """The words of the label that stands before *span* in an assignment line or bracket of *block*."""
    for line in lines([block]):
        for piece in _pieces(line.text):
            at = line.span.start
            if at + piece.start <= span.start and span.end <= at + piece.end:
                return line.text[piece.label : piece.start].strip(" :.-–+*•(")
    return None


def _pieces(line: str) -> Iterator[assignment.Piece]:
    """Every assignment of *line*, wherever in it they may stand."""
    yield from assignment.whole_line(line)
    for found in (assignment.closing_bracket(line), assignment.trailing(line)):
        if found is not None:
            yield from found[0]


def why_not(extraction: Extraction, silent: frozenset[int]) -> dict[int, list[str]]:
    """What the headings, the lines that became nothing, and the tables were taken for, by block."""
    used: dict[int, list[Span]] = {}
    for task in extraction.tasks:
        for proof in task.evidence:
            used.setdefault(proof.span.block, []).append(proof.span)
    for target in extraction.targets:
        if target.span is not None:
            used.setdefault(target.span.block, []).append(target.span)
    body = [block for block in extraction.blocks if block.index not in silent]
    notes = {table.first_block: [_of_table(table)] for table in tables(body)}
    for node, kind in _walk(outline(lines(block for block in body if block.place.cell is None)), None):
        span = node.line.span
        if node.children:
            note = _of_heading(node, kind)
        elif any(_overlap(other, span) for other in used.get(span.block, ())):
            continue
        else:
            note = f"không thành nhiệm vụ: {_of_line(node, kind)}"
        if note:
            notes.setdefault(span.block, []).append(note)
    return notes


def _of_table(table: Table) -> str:
    """What a table is for, and what each of its columns was taken for."""
    use = "bảng chỉ tiêu" if table.sets_targets else "bảng giao việc" if table.assigns else "bảng không giao việc"
    columns = [f"cột {column + 1} {COLUMNS.get(role, role)}" for column, role in sorted(table.roles.items())]
    return f"{use}: {', '.join(columns) or 'không hiểu cột nào'}"


def _overlap(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end


def _walk(nodes: Iterable[Node], kind: str | None) -> Iterator[tuple[Node, str | None]]:
    """Each node with the kind of the section that it stands in or opens."""
    for node in nodes:
        below = (section_kind(node.line.text) if node.children else None) or kind
        yield node, below
        yield from _walk(node.children, below)


def _of_heading(node: Node, kind: str | None) -> str:
    """What a heading says, None where it only groups."""
    if is_unit_heading(node.line.text):
        return "đề mục nêu đơn vị"
    if section_kind(node.line.text) is None or kind is None or len(node.line.text) > _TITLE:
        return ""
    silent = ", không giao việc" if kind in WITHOUT_TASKS else ""
    return f"đề mục: {SECTIONS.get(kind, kind)}{silent}"


def _of_line(node: Node, kind: str | None) -> str:
    """Why a line without anything under it is no task; the first rule that says so."""
    text = node.line.text
    rules = (
        (assignment.whole_line(text), "dòng phân công không gắn với việc nào"),
        (directive.is_formula(text), "câu theo mẫu hoặc ghi chú trong ngoặc"),
        (node.line.announces, "câu dẫn vào phần sau"),
        (is_unit_heading(text), "chỉ có tên đơn vị"),
        (kind in WITHOUT_TASKS, f"thuộc mục không giao việc: {SECTIONS.get(kind or '', kind or '')}"),
        (directive.is_basis(text), "căn cứ"),
        (directive.is_background(text), "kể việc đã làm, mô tả, hoặc kết thúc văn bản"),
        (directive.is_conditional(text), "chỉ nêu một điều kiện"),
        (directive.is_umbrella(text), "chỉ nhắc thực hiện văn bản này"),
        (directive.is_prohibition(text), "điều cấm không gắn với đơn vị"),
        (directive.is_directive(text), "có động từ chỉ đạo nhưng đứng ngoài các mục giao việc"),
    )
    return next((why for holds, why in rules if holds), "không có động từ chỉ đạo, không nêu đơn vị phải làm")
