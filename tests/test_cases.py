"""The invented phrases of corpus/cases/headings.yaml, assignment_lines.yaml and directives.yaml."""

from importlib.resources import files
from typing import Any

import pytest
import yaml
from bodies import body

from extractor.document import assignment
from extractor.document.headings import section_kind
from extractor.mentions import units
from extractor.tasks import directive


def cases(name: str, group: str) -> list[Any]:
    loaded = yaml.safe_load((files("corpus") / "cases" / f"{name}.yaml").read_text(encoding="utf-8"))
    return [pytest.param(case, id=str(case["text"] if isinstance(case, dict) else case)[:60]) for case in loaded[group]]


@pytest.mark.parametrize("case", cases("headings", "positive"))
def test_heading_says_its_kind(case: dict[str, str]) -> None:
    assert section_kind(case["text"]) == case["kind"]


@pytest.mark.parametrize("case", cases("headings", "negative"))
def test_heading_says_nothing(case: Any) -> None:
    text = case["text"] if isinstance(case, dict) else case
    assert section_kind(text) is None


def pieces_of(text: str, found: tuple[assignment.Piece, ...]) -> list[dict[str, str]]:
    return [{"role": piece.role, "value": text[piece.start : piece.end]} for piece in found]


@pytest.mark.parametrize("case", cases("assignment_lines", "lines"))
def test_assignment_line(case: dict[str, Any]) -> None:
    assert pieces_of(case["text"], assignment.whole_line(case["text"])) == case["pieces"]


@pytest.mark.parametrize("case", cases("assignment_lines", "brackets"))
def test_assignments_in_a_closing_bracket(case: dict[str, Any]) -> None:
    found = assignment.closing_bracket(case["text"])
    assert found is not None
    assert pieces_of(case["text"], found[0]) == case["pieces"]
    assert case["text"][: found[1]].rstrip() == case["rest"]


@pytest.mark.parametrize("text", cases("assignment_lines", "content"))
def test_content_line_stays_in_the_text(text: str) -> None:
    assert assignment.whole_line(text) == ()


@pytest.mark.parametrize("case", cases("assignment_lines", "negative"))
def test_no_assignment(case: dict[str, str]) -> None:
    text = case["text"]
    assert assignment.whole_line(text) == ()
    assert assignment.closing_bracket(text) is None
    assert assignment.trailing(text) is None


@pytest.mark.parametrize("text", cases("directives", "positive"))
def test_directive(text: str) -> None:
    assert directive.is_directive(text) or units.find_roles(text).lead_source == "giao"


@pytest.mark.parametrize("case", cases("directives", "subject"))
def test_unit_that_stands_first_leads(case: Any) -> None:
    text = case["text"] if isinstance(case, dict) else case
    (task,) = body("II. NHIỆM VỤ", f"- {text}").tasks
    assert task.lead


@pytest.mark.parametrize("case", cases("directives", "negative"))
def test_no_directive(case: dict[str, str]) -> None:
    assert body("II. NHIỆM VỤ", f"- {case['text']}").tasks == ()
