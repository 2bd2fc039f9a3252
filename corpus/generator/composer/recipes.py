"""Which documents are composed, and the script of one.

In: `RECIPES`. Out: the text of a script for each.

Example: `script(RECIPES[0])` begins "issuer: Ủy ban nhân dân tỉnh …".
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from corpus.generator.composer.banks import phrases
from corpus.generator.composer.draft import Draft, Recipe, upper
from corpus.generator.composer.tables import TABLES
from corpus.generator.composer.texts import TEXTS, by_unit
from corpus.generator.script import entry

if TYPE_CHECKING:
    from collections.abc import Iterable

    from corpus.generator.forms import Entry

RECIPES = (
    Recipe("van-hoa-doc", "so", "table", 1, size=18),
    Recipe("van-hoa-doc", "tinh", "typed", 2, file="pdf", size=15),
    Recipe("an-toan-lao-dong", "cong-ty", "sheet", 3, file="xlsx", size=24),
    Recipe("an-toan-lao-dong", "tinh", "units", 4, kind="Chỉ thị", size=24),
    Recipe("cay-xanh", "cong-ty", "marks", 5, size=20),
    Recipe("cay-xanh", "tinh", "annex", 6, file="pdf", size=26),
    Recipe("tiem-chung", "xa", "bracket", 7, size=18),
    Recipe("tiem-chung", "tinh", "table", 8, file="pdf", size=24),
    Recipe("khoi-nghiep", "tinh", "lines", 9, size=18),
    Recipe("khoi-nghiep", "so", "onecell", 10, size=16),
    Recipe("chan-nuoi", "xa", "stages", 11, file="txt", size=15),
    Recipe("chan-nuoi", "tinh", "conclusion", 12, kind="Thông báo", size=14),
    Recipe("chan-nuoi", "tinh", "directives", 13, size=18),
    Recipe("duong-thuy", "thanh-pho", "table", 51, size=26),
    Recipe("duong-thuy", "phuong", "bracket", 52, file="pdf", size=15),
    Recipe("nguoi-cao-tuoi", "phuong", "typed", 53, size=15),
    Recipe("nguoi-cao-tuoi", "thanh-pho", "annex", 54, size=28),
    Recipe("lang-nghe", "thanh-pho", "conclusion", 55, kind="Thông báo", file="pdf", size=14),
    Recipe("lang-nghe", "phuong", "days", 56, file="xlsx", size=16),
    Recipe("luu-tru-so", "bo", "table", 57, file="pdf", size=24),
    Recipe("luu-tru-so", "thanh-pho", "onecell", 58, file="pdf", size=16),
    Recipe("chong-han", "thanh-pho", "units", 59, kind="Chỉ thị", file="txt", size=24),
    Recipe("chong-han", "phuong", "stages", 60, size=15),
    Recipe("the-thao", "bo", "lines", 61, size=18),
    Recipe("the-thao", "thanh-pho", "sheet", 62, file="xlsx", size=26),
    Recipe("the-thao", "bo", "directives", 63, file="pdf", size=18),
)
_DUTIES = 9  # a plan whose tasks stand elsewhere has so many duties by unit, or a few more
_CODES = {"Kế hoạch": "KH", "Chỉ thị": "CT", "Thông báo": "TB"}


def composed(recipes: Iterable[Recipe] = RECIPES) -> list[Entry]:
    """The composed documents."""
    return [entry(recipe.name, script(recipe)) for recipe in recipes]


def script(recipe: Recipe) -> str:
    """The script of the document that *recipe* asks for; the same for the same recipe and banks."""
    draft = Draft.of(recipe)
    return "\n".join([*_head(draft), "---", *_body(draft)]) + "\n"


def _head(draft: Draft) -> list[str]:
    recipe, office = draft.recipe, draft.office
    place = {"place": draft.place, "PLACE": draft.place.upper()}
    code = office.code.replace("KH", _CODES[recipe.kind])
    subject = draft.matter.subject
    where = "" if recipe.office == "bo" else f" trên địa bàn {office.issuer.format(**place).split('nhân dân ')[-1]}"
    if recipe.kind == "Thông báo":
        subject = f"Kết luận của lãnh đạo {office.above} tại cuộc họp về {draft.matter.subject[0].lower()}{subject[1:]}"
    elif recipe.kind == "Chỉ thị":
        subject = f"về tăng cường công tác {draft.matter.field}"
    elif recipe.office in ("so", "cong-ty"):
        where = ""
    lines = [
        f"issuer: {office.issuer.format(**place)}",
        f"lines: {office.heads.format(**place)}",
        f"number: {draft.dice.randint(5, 900):02d}/{code}",
        f"kind: {recipe.kind}",
        f"place: {draft.place}",
        f"day: {draft.issued.isoformat()}",
        f"subject: {subject}{where if recipe.kind == 'Kế hoạch' else ''} năm {draft.year}",
        f"form: seed={recipe.seed} file={recipe.file} automatic={_automatic(draft)}",
    ]
    if recipe.file != "xlsx":
        lines.append(f"signed: {office.signed}")
    if recipe.reserved:
        lines.append("part: reserved")
    return lines


def _automatic(draft: Draft) -> int:
    """Typed assignment lines stand beside typed labels only."""
    return int(draft.recipe.shape in ("table", "units", "directives") and draft.dice.random() < 0.4)


def _body(draft: Draft) -> list[str]:
    shape = draft.recipe.shape
    if draft.recipe.kind == "Thông báo":
        return [
            draft.phrase("reviews"),
            "Sau khi nghe báo cáo và ý kiến thảo luận, lãnh đạo kết luận như sau:",
            *TEXTS[shape](draft),
        ]
    if draft.recipe.kind == "Chỉ thị":
        opening = [draft.phrase("reviews"), f"Để khắc phục tình trạng trên, {draft.office.above} yêu cầu:"]
        return [*opening, *TEXTS[shape](draft), f"~ {draft.phrase('closings')}"]
    if draft.recipe.file == "xlsx":
        return TABLES[shape](draft)
    return _plan(draft)


def _plan(draft: Draft) -> list[str]:
    """A plan: purpose, targets, tasks, money, duties; the table in the body or in an annex."""
    shape = draft.recipe.shape
    title = {name: draft.dice.choice(titles) for name, titles in phrases()["parts"].items()}
    made = (TABLES | TEXTS)[shape](draft)
    annexed = shape == "annex"
    issuer = draft.office.issuer.format(place=draft.place)
    opening = draft.phrase("openings", n=str(draft.dice.randint(100, 2500)), year=str(draft.year), issuer=issuer)
    lines = [opening.removesuffix(".") + ":", f"#1 {title['purpose']}"]
    lines += [f"- {text}" for text in draft.some("purposes", 2)]
    lines += [f"- {text}" for text in draft.some("demands", 2)]
    lines += _targets(draft, title["targets"])
    lines += [f"#1 {title['tasks']}", *(["(Chi tiết tại Phụ lục kèm theo)"] if annexed else made)]
    if draft.dice.random() < 0.7:
        lines += [f"#1 {title['funding']}", draft.phrase("funding")]
    draft.recipe = replace(draft.recipe, size=_DUTIES)
    lines += [f"#1 {title['organising']}", *by_unit(draft)]
    lines.append(f"~ {draft.phrase('closings')}")
    if annexed:
        lines += ["[annex landscape] PHỤ LỤC / DANH MỤC NHIỆM VỤ / (Kèm theo Kế hoạch này)", *made]
    return lines


def _targets(draft: Draft, title: str) -> list[str]:
    """Goals of the year, each a share of something."""
    lines = [f"#1 {title} NĂM {draft.year}"]
    signs = (("{n}% {w}", "="), ("Trên {n}% {w}", ">"), ("Tối thiểu {n}% {w}", ">="), ("Phấn đấu {n}% {w}", "="))
    for what in draft.matter.shares:
        words, sign = draft.dice.choice(signs)
        n = draft.dice.choice((40, 50, 60, 70, 75, 80, 85, 90, 95))
        text = upper(words.format(n=n, w=what))
        lines += [f"- {text}.", f"> N: {text} :: {what} :: {sign} {n} % by {draft.year}-12-31"]
    return lines
