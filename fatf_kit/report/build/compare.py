"""Two assessments beside each other as a document and as JSON: what moved, and step by step why."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from fatf_kit.framework import load_framework
from fatf_kit.messages import Words
from fatf_kit.plan.compare import Cause, Change, Comparison, Movement
from fatf_kit.ratings import COMPLIANCE_LADDER, EFFECTIVENESS_LADDER
from fatf_kit.report.model import (
    Block,
    Cell,
    Column,
    Document,
    KeyFigure,
    KeyFigures,
    Paragraph,
    Row,
    Section,
    Table,
    Tone,
)

SCHEMA = "fatf-kit/compare/1"


def compare_payload(found: Comparison) -> dict[str, Any]:
    """The comparison as JSON that others may rely on: frameworks/schema/compare-1."""
    return {
        "schema": SCHEMA,
        "country": found.country,
        "facts": {key: {"before": old, "after": new} for key, (old, new) in found.facts.items()},
        "is_earlier_method": found.is_earlier_method,
        "not_comparable": list(found.not_comparable),
        "movements": [
            {
                "id": one.unit,
                "before": one.before,
                "after": one.after,
                "before_by_earlier_method": one.before_by_method or None,
                "moved": one.moved,
                "steps": [
                    {"cause": s.cause, "before": s.before, "after": s.after, "requirements": list(s.requirements)}
                    for s in one.steps
                ],
                "changes": [
                    {
                        "id": c.requirement,
                        "cause": c.cause,
                        "before": c.before or None,
                        "after": c.after,
                        "claimed_before": c.claimed[0] or None,
                        "claimed_after": c.claimed[1] or None,
                        "was": list(c.was),
                    }
                    for c in one.changes
                ],
            }
            for one in found.movements
        ],
    }


def build_comparison(found: Comparison, t: Words) -> Document:
    """The document; ratings stand in the worst case of what is open."""
    return Document(
        id="comparison",
        title=t("Two assessments compared"),
        subtitle=found.country or t("Country not named"),
        language=t.language,
        facts=tuple(_facts(found, t)),
        notices=(
            *map(t, found.notices),
            *((_earlier(t),) if found.is_earlier_method else ()),
            t("Ratings are indicative and worked out by fatf-kit; FATF's assessors judge for themselves."),
        ),
        sections=(
            Section(anchor="moved", title=t("What moved"), blocks=tuple(_overview(found, t))),
            *(
                Section(anchor=one.unit, title=one.unit, badges=_badges(one, t), blocks=tuple(_unit(one, t)))
                for one in found.movements
            ),
        ),
    )


def _earlier(t: Words) -> str:
    return t(
        "The older result was made by the earlier method. Its answers are rated by the present method here, so that a "
        "change of method is not taken for progress."
    )


def cause_name(cause: Cause, t: Words) -> str:
    """What a cause is called."""
    return {
        Cause.EDITION: t("another edition"),
        Cause.ANSWERS: t("other answers"),
        Cause.EVIDENCE: t("other evidence"),
        Cause.DECISIONS: t("decisions"),
        Cause.WEIGHTS: t("other weights"),
        Cause.POLICY: t("another policy"),
    }[cause]


def direction_of(one: Movement) -> int:
    """1 where a rating went up, -1 where it went down, 0 where it stayed or NA comes in."""
    for ladder in (list(map(str, COMPLIANCE_LADDER)), list(map(str, EFFECTIVENESS_LADDER))):
        if one.before in ladder and one.after in ladder:
            ranks = ladder.index(one.before), ladder.index(one.after)
            return (ranks[1] > ranks[0]) - (ranks[1] < ranks[0])
    return 0


def _facts(found: Comparison, t: Words) -> Iterator[tuple[str, str]]:
    names: Mapping[str, str] = {
        "edition": t("Edition"),
        "policy": t("Scoring policy"),
        "cut_off": t("Cut-off date"),
        "generated_at": t("Made on"),
    }
    for key, name in names.items():
        told = _edition if key == "edition" else _told
        old, new = (told(text, t) for text in found.facts[key])
        if any(found.facts[key]):
            yield name, old if old == new else f"{old} → {new}"


def _edition(name: str, t: Words) -> str:
    return load_framework(name, language=t.language).title if name else t("not given")


def _told(text: str, t: Words) -> str:
    try:
        return t.day(date.fromisoformat(text[:10]))
    except ValueError:
        return text or t("not given")


def _overview(found: Comparison, t: Words) -> Iterator[Block]:
    moved = found.moved
    up = sum(direction_of(one) > 0 for one in moved)
    down = sum(direction_of(one) < 0 for one in moved)
    yield KeyFigures(
        figures=(
            KeyFigure(value=str(up), label=t("ratings went up")),
            KeyFigure(value=str(down), label=t("ratings went down")),
            KeyFigure(value=str(len(found.movements) - len(moved)), label=t("changed within the same rating")),
        )
    )
    if found.not_comparable:
        yield Paragraph(
            text=t(
                "Not compared, because they mean something else in the two editions: {units}.",
                units=t.listed(found.not_comparable),
            ),
            tone=Tone.NOTICE,
        )
    yield Table(
        id="moved-units",
        caption=t("Ratings that moved, and the steps that add up to it"),
        columns=(
            Column(title=t("Unit"), width=3),
            Column(title=t("Before"), width=2),
            Column(title=t("After"), width=2),
            Column(title=t("Steps"), width=10),
        ),
        rows=tuple(
            Row(
                cells=(
                    Cell(text=one.unit, target=one.unit, ltr=True),
                    _rating(one.unit, one.before),
                    _rating(one.unit, one.after),
                    Cell(text=_steps(one, t)),
                ),
                facets={},
            )
            for one in moved
        ),
        empty=t("No rating moved."),
    )


def _steps(one: Movement, t: Words) -> str:
    told = (
        (f"{cause_name(s.cause, t)} ({t.listed(s.requirements)})" if s.requirements else cause_name(s.cause, t), s)
        for s in one.steps
    )
    return t.points(t("{name}: {text}", name=name, text=f"{s.before} → {s.after}") for name, s in told)


def _unit(one: Movement, t: Words) -> Iterator[Block]:
    if not one.moved:
        yield Paragraph(text=t("The rating stays {rating}; what lies behind it changed.", rating=one.after))
    if one.changes:
        yield Table(
            id=f"changes-{one.unit}",
            caption=t("What stands otherwise"),
            columns=(
                Column(title=t("Requirement"), width=3),
                Column(title=t("Why"), width=3),
                Column(title=t("Before"), width=3),
                Column(title=t("After"), width=3),
            ),
            rows=tuple(_change(change, t) for change in one.changes),
        )


def _change(change: Change, t: Words) -> Row:
    scale = "achievement" if change.requirement.startswith("IO.") else "criterion"
    before = Cell(text=t("new"), rating=None)
    if change.before:
        claimed = t("claimed: {rating}", rating=t.named(change.claimed[0]) if change.claimed[0] else t("open"))
        before = Cell(text=t.named(change.before), rating=change.before, scale=scale, detail=claimed)
    claimed = t("claimed: {rating}", rating=t.named(change.claimed[1]) if change.claimed[1] else t("open"))
    return Row(
        cells=(
            Cell(text=change.requirement, detail=t.listed(change.was), ltr=True),
            Cell(text=cause_name(change.cause, t)),
            before,
            Cell(text=t.named(change.after), rating=change.after, scale=scale, detail=claimed),
        ),
        facets={},
    )


def _badges(one: Movement, t: Words) -> tuple[Cell, ...]:
    if not one.moved:
        return ()
    then, now = _rating(one.unit, one.before), _rating(one.unit, one.after)
    return (replace(then, text=t("before"), ltr=False), replace(now, text=t("after"), ltr=False))


def _rating(unit: str, text: str) -> Cell:
    return Cell(text=text, rating=text, scale="effectiveness" if unit.startswith("IO.") else "compliance", ltr=True)
