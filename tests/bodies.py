"""Bodies of documents for tests: paragraphs in, tasks out."""

from datetime import date

from extractor.document.lines import lines
from extractor.document.outline import outline
from extractor.mentions.frame import Context
from extractor.model import Block, Place, TaskDraft
from extractor.tasks.gather import Gathered, gather
from extractor.tasks.scope import Setting


def body(*texts: str, letter: bool = False) -> Gathered:
    """What is found in a body of these paragraphs, signed on 14/07/2026."""
    blocks = tuple(Block(i, text, Place(1, i)) for i, text in enumerate(texts))
    nodes = outline(lines(blocks))
    setting = Setting(blocks, Context(issued=date(2026, 7, 14), plan_year=2026), letter=letter)
    return gather(nodes, [], setting)


def row(task: TaskDraft) -> tuple[str, list[str], list[str], date | None]:
    """A task as a clerk would type it."""
    due = task.deadline.due if task.deadline else None
    return task.text, [unit.text for unit in task.lead], [unit.text for unit in task.support], due
