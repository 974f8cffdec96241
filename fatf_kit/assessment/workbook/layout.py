"""The contract as data: which columns a workbook has, and which rows one template asks for.

Readers find cells by these keys and by requirement id, never by position; headings, order and widths may change
without harm, keys may not.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date

from fatf_kit.assessment.workbook.model import FIRST_ROW, Layout, RowKind, RowPlan, SheetPlan
from fatf_kit.framework import Framework, find_requirement, find_unit
from fatf_kit.framework.catalog import get_group_letter
from fatf_kit.framework.model import (
    CoreIssue,
    ImmediateOutcome,
    Recommendation,
    Requirement,
    list_requirements,
    walk,
)
from fatf_kit.spreadsheets.words import load_words

REGISTER_ROWS = 300
"""Rows of the evidence register that are prepared in a blank template."""


def build_layout(
    framework: Framework,
    *,
    only: Iterable[str] = (),
    supported: Collection[str] = (),
    language: str = "en",
    agency: str | None = None,
    country: str | None = None,
    cut_off: date | None = None,
    notice: str = "",
) -> Layout:
    """Return what one template holds, in the order of the Methodology.

    `only` names Recommendations and outcomes ("R.8"), or single requirements with everything below them
    ("R.10/10.7"); empty means the whole edition. Criteria and core issues that are `supported` are on one sheet at the
    end, without their parts: another agency leads on them. `agency`, `country` and `cut_off` are None where
    the template is not made for a particular one. `notice` stands on every sheet.

    Raises:
        UnknownIdError: an id in `only` that the edition does not have, or a language without words.

    >>> from fatf_kit.framework import load_framework
    >>> layout = build_layout(load_framework("fatf-2022"), only=["R.1", "IO.6"])
    >>> [sheet.title for sheet in layout.sheets], layout.sheets[1].rows[0].requirement
    (['R.1', 'IO.6'], 'IO.6/6.1')
    """
    wanted = {_id_of(framework, name) for name in only}
    answered = (_sheet(framework, unit, wanted, supported, language) for unit in framework.units)
    return Layout(
        edition=framework.id,
        edition_title=framework.full_title,
        edition_digest=framework.digest,
        language=language,
        agency=agency,
        country=country,
        cut_off=cut_off,
        notice=notice,
        scales=framework.scales,
        sheets=(*(sheet for sheet in answered if sheet.rows), *_plan_support(framework, supported, language)),
    )


def _id_of(framework: Framework, name: str) -> str:
    return find_requirement(framework, name).id if "/" in name else find_unit(framework, name).id


def _sheet(
    framework: Framework,
    unit: Recommendation | ImmediateOutcome,
    wanted: set[str],
    supported: Collection[str],
    language: str,
) -> SheetPlan:
    if isinstance(unit, Recommendation):
        section = next(f"{get_group_letter(g, language)}. {g.label}" for g in framework.groups if g.code == unit.group)
    else:
        section = load_words(language)["section.outcomes"]
    return SheetPlan(
        unit=unit.id,
        title=unit.id,
        heading=unit.title,
        section=section,
        foreword=_foreword(unit, language),
        rows=tuple(_rows(unit, wanted, supported)),
    )


def _plan_support(framework: Framework, supported: Collection[str], language: str) -> Iterator[SheetPlan]:
    """Yield what an agency supports in each unit, one below the other on a sheet, each with a row for its heading."""
    words = load_words(language)
    row = FIRST_ROW
    for unit in framework.units if supported else ():
        rows = tuple(_row(top, top, 0) for top in list_requirements(unit) if top.id in supported)
        if rows:
            yield SheetPlan(
                unit=unit.id,
                title=words["sheet.support"],
                heading=unit.title,
                section=words["section.support"],
                foreword=_foreword(unit, language),
                rows=rows,
                is_support=True,
                first_row=row + 1,
            )
            row += 1 + len(rows)


def _foreword(unit: Recommendation | ImmediateOutcome, language: str) -> str:
    if isinstance(unit, ImmediateOutcome):
        return unit.statement
    text = load_words(language)
    lines = []
    if unit.applies_only_if:
        lines.append(text["requirement.applies"].format(text=unit.applies_only_if))
    if unit.legal_basis:
        lines.append(text["requirement.foreword"].format(text=unit.legal_basis.note))
    return "\n".join(lines)


def _rows(unit: Recommendation | ImmediateOutcome, wanted: set[str], supported: Collection[str]) -> Iterator[RowPlan]:
    for top in list_requirements(unit):
        if top.id in supported:
            continue
        inside: set[str] = set()
        for requirement, depth in walk(top):
            if requirement.id in inside or not wanted or {unit.id, requirement.id} & wanted:
                inside.update(part.id for part in requirement.parts)
                yield _row(top, requirement, depth)


def _row(top: Requirement, requirement: Requirement, depth: int) -> RowPlan:
    if isinstance(top, CoreIssue):
        kind = RowKind.CORE_ISSUE_PART if depth else RowKind.CORE_ISSUE
        scale = None if depth else "achievement"
    else:
        kind = RowKind.PART if depth else RowKind.CRITERION
        scale = "criterion"
    return RowPlan(
        requirement=requirement.id,
        kind=kind,
        depth=depth,
        statement=requirement.statement,
        ask=requirement.guidance.ask,
        citation=requirement.citation,
        conditional_on=None if isinstance(requirement, CoreIssue) else requirement.conditional_on,
        scale=scale,
        evidence=requirement.guidance.evidence,
        shortcomings=requirement.guidance.typical_shortcomings or requirement.guidance.weak_signs,
    )


def requirement_note(words: Mapping[str, str], plan: RowPlan) -> str:
    """Return the note on a requirement: evidence that would show it, and typical shortcomings; empty without both."""
    lists = (("note.evidence", plan.evidence), ("note.shortcomings", plan.shortcomings))
    return "\n".join(line for key, items in lists if items for line in (words[key], *(f"– {item}" for item in items)))


def requirement_texts(text: Mapping[str, str], plan: RowPlan, review: str | None = None) -> Iterator[tuple[str, str]]:
    """Yield the content of a requirement's cell as pairs of style and text; `text` are the words of a language."""
    yield "run", plan.statement
    if plan.conditional_on:
        yield "run quiet", "\n" + text["requirement.condition"].format(text=plan.conditional_on)
    if plan.ask:
        yield "run quiet", "\n" + text["requirement.ask"].format(text=plan.ask)
    if plan.duty:
        yield "run duty", f"\n{plan.duty}"
    if review:
        yield "run review", f"\n{review}"
