"""An invented document written down as text with its truth beside the words.

In: the text of a file in `corpus/generator/scripts`. Out: the `Document`, its `Form`, and whether it is reserved.

    issuer: Sở Y tế tỉnh Phú Thọ          the header's fields, then the words; "form:" says how it is printed
    ---
    #1 TỔ CHỨC THỰC HIỆN                   #1 to #4: numbered ranks; "-", "+": bullets; "§": Điều; "!": a title
    #2 Phòng Nghiệp vụ Y
    > L                                    truth: the words of the heading lead the tasks below it
    *- Lập danh sách, gửi Sở trước ngày 15/4.        "*": this is a task; other lines are paragraphs
    > S: Văn phòng Sở | D: trước ngày 15/4 = 2026-04-15
    % - Kinh phí: nguồn tự chủ.            "%": printed as it stands, in no task's text
    [table roles=n,w,l,d] … [end]          see `corpus.generator.script_tables`
    [annex landscape] PHỤ LỤC / Danh mục nhiệm vụ / (Kèm theo …)    "[annex sheet=1._Kinh_tế]" names a sheet

Truth: `T: words` a task with words of its own, `L:`, `S:` units parted by " + " ("Lê Chân~UBND phường Lê Chân" where
the document has the bare name), `D: words = value`, `N: words :: indicator :: >= 85 % by 2026-12-31 base 61` a target,
`G` the items below belong to the text, `H` a heading. On a line without a task L, S and D hold for the tasks below it.
"~" begins a paragraph outside all items, "//" a remark, "\\" a paragraph that begins with a sign.
"""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING

from corpus.generator.forms import SPELLINGS, Entry, Form
from corpus.generator.script_tables import table
from corpus.generator.script_truth import Truth, said
from corpus.generator.spec import Annex, Assigned, Closing, Document, Grid, Item, Letterhead, Rank, Work

if TYPE_CHECKING:
    from collections.abc import Iterable

RANKS: dict[str, Rank] = {
    "#1": "part", "#2": "head", "#3": "sub", "#4": "point", "-": "dash", "+": "plus", "§": "article", "!": "title",
}  # fmt: skip
_DEPTHS: dict[Rank, int] = {"title": 0, "article": 1, "part": 1, "head": 2, "sub": 3, "point": 4, "dash": 5, "plus": 6}
_LISTS = 5  # a bare paragraph ends lists and stands under the item above them


@dataclass(slots=True)
class _Line:
    """A line of the body as read: its item without what stands below, its depth, what its truth says."""

    item: Item
    depth: int
    truth: Truth


def entry(name: str, text: str) -> Entry:
    """The document *name* written down in *text*.

    Raises:
        ValueError: a line that is not understood, with its words.
    """
    head, _, body = text.partition("\n---\n")
    about = dict(_pair(line) for line in head.splitlines() if line.strip() and not line.startswith("//"))
    parts = _parts([line.rstrip() for line in body.splitlines() if line.strip() and not line.startswith("//")])
    document = Document(
        name=name,
        letterhead=_letterhead(about),
        body=parts[0].body,
        closing=_closing(about),
        addressed=tuple(filter(None, about.get("to", "").split("; "))),
        annexes=parts[1:],
    )
    return Entry(document, form_of(about.get("form", "")), about.get("part") == "reserved")


def form_of(text: str) -> Form:
    """The form that "seed=4 file=pdf scheme=decimal colon=1" asks for; underscores stand for spaces."""
    chosen = dict(pair.split("=", 1) for pair in text.split())
    seed = chosen.pop("seed", None)
    form = Form() if seed is None else Form.from_seed(int(seed), chosen.get("file", "docx"))  # type: ignore[arg-type]
    kinds = {field.name: type(getattr(form, field.name)) for field in fields(form)}
    values: dict[str, object] = {}
    for name, value in chosen.items():
        if name == "spelling":
            values[name] = SPELLINGS[int(value)]
        else:
            values[name] = bool(int(value)) if kinds[name] is bool else kinds[name](value.replace("_", " "))
    return replace(form, **values)  # type: ignore[arg-type]


def _pair(line: str) -> tuple[str, str]:
    name, mark, value = line.partition(":")
    if not mark:
        raise ValueError(f"no field: {line}")
    return name.strip(), value.strip()


def _letterhead(about: dict[str, str]) -> Letterhead:
    return Letterhead(
        issuer=about.get("issuer"),
        lines=tuple(about.get("lines", "").split(" / ")),
        number=about.get("number"),
        kind=about.get("kind"),
        place=about.get("place", ""),
        day=about.get("day"),
        subject=about.get("subject"),
        lead_in=about["lead_in"] + " " if "lead_in" in about else "",
        party="party" in about,
        urgency=about.get("urgency", ""),
        printed="lines" in about,
    )


def _closing(about: dict[str, str]) -> Closing | None:
    if "signed" not in about:
        return None
    *capacity, signer = about["signed"].split(" / ")
    return Closing(tuple(about.get("copies", "Như trên; Lưu: VT.").split("; ")), tuple(capacity), signer)


def _parts(lines: list[str]) -> tuple[Annex, ...]:
    """The body as the first annex, without titles, and the annexes after it."""
    starts = [0, *(n for n, line in enumerate(lines) if line.startswith("[annex"))]
    parts = []
    for start, end in zip(starts, [*starts[1:], len(lines)], strict=True):
        here = lines[start:end]
        titles: tuple[str, ...] = ()
        landscape, sheet = False, ""
        if start:
            mark, _, words = here.pop(0).partition("]")
            titles, landscape = tuple(words.strip().split(" / ")), "landscape" in mark
            sheet = mark.partition("sheet=")[2].partition(" ")[0].replace("_", " ")
        parts.append(Annex(titles, _tree(_read(here)), landscape, sheet))
    return tuple(parts)


def _read(lines: list[str]) -> list[_Line | Grid]:
    """The lines of the body with their truth, and the tables."""
    out: list[_Line | Grid] = []
    rest = iter(lines)
    for line in rest:
        if line.startswith("[table"):
            out.append(table(line, _until(rest, "[end]")))
        elif line.startswith(">") and out and isinstance(out[-1], _Line):
            said(line[1:].strip(), out[-1].truth)
        elif line.startswith("@") and out and isinstance(out[-1], _Line):
            out[-1].item = replace(out[-1].item, assigned=_assigned(line[1:].strip()), whole=True)
        else:
            out.append(_line(line))
    return out


def _until(rest: Iterable[str], end: str) -> list[str]:
    found: list[str] = []
    for line in rest:
        if line == end:
            return found
        found.append(line)
    raise ValueError(f"no {end}")


def _line(line: str) -> _Line:
    """A line without the truth that follows it."""
    truth = Truth(starred=line.startswith("*"))
    words = line.removeprefix("*").strip()
    if words.startswith("%"):
        return _Line(Item(words[1:].strip(), "plain", role="text", aside=True), _LISTS, truth)
    if words.startswith("~"):
        return _Line(Item(words[1:].strip(), "plain", role="text"), 0, truth)
    mark, _, text = words.partition(" ")
    if mark not in RANKS:
        return _Line(Item(words.removeprefix("\\"), "plain", role="text"), _LISTS, truth)
    rank = RANKS[mark]
    return _Line(Item(text.strip(), rank), _DEPTHS[rank], truth)


def _assigned(text: str) -> Assigned:
    """Assignment lines that the form spells: "L: … | S: … | D: … | X: Kinh phí=… | bracket"."""
    truth = Truth(starred=True)
    extra, kept, shape = [], [], None
    for part in text.split(" | "):
        if part.startswith("X: "):
            label, _, value = part[3:].partition("=")
            extra.append((label, value))
        elif part in ("bracket", "lines"):
            shape = part
        else:
            kept.append(part)
    said(" | ".join(kept), truth)
    work = truth.works()[0]
    return Assigned(work.lead, work.support, work.deadline, None, tuple(extra), shape)  # type: ignore[arg-type]


def _tree(lines: list[_Line | Grid], above: Truth | None = None) -> tuple[Item | Grid, ...]:
    """Lines below each other → items within each other, tasks with what they inherit."""
    nodes: list[Item | Grid] = []
    at = 0
    while at < len(lines):
        line = lines[at]
        at += 1
        if isinstance(line, Grid):
            nodes.append(line)
            continue
        end = at
        while end < len(lines) and _below(lines[end], line):
            end += 1
        nodes.append(_item(line, lines[at:end], above))
        at = end
    return tuple(nodes)


def _below(other: _Line | Grid, line: _Line) -> bool:
    """Whether *other*, further down, still stands under *line*."""
    if line.item.rank in ("plain", "title", "dash", "plus"):
        return isinstance(other, _Line) and other.item.rank == "plus" and line.item.rank == "dash"
    return isinstance(other, Grid) or other.depth > line.depth


def _item(line: _Line, below: list[_Line | Grid], above: Truth | None) -> Item:
    truth = line.truth
    item = line.item
    works = () if item.assigned else truth.works()  # the assignment lines are its truth
    if works:
        works = tuple(_inherited(work, above) for work in works)
        handed = above
    elif item.assigned:
        handed = above
    else:
        handed = truth.handed_down(item.text, above)
    role = "heading" if truth.heading else item.role
    if role is None and works and below and not truth.whole and not item.assigned:
        role = "text"
    body = _tree(below, handed)
    return replace(
        item, works=works, targets=tuple(truth.targets), whole=truth.whole or item.whole, role=role, body=body
    )


def _inherited(work: Work, above: Truth | None) -> Work:
    """*work* with the lead of the item above it, the support named with that, and its deadline."""
    if above is None:
        return work
    lead, support = work.lead, work.support
    if not lead and above.lead:
        lead, support = above.lead, (*support, *(unit for unit in above.support if unit not in support))
    return replace(work, lead=lead, support=support, deadline=work.deadline or above.deadline)
