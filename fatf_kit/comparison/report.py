"""Two assessments beside each other as a document and as JSON: what moved, and step by step why."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from fatf_kit.comparison.compare import AssessmentComparison, MovementCause, RequirementChange, UnitMovement
from fatf_kit.core.messages import Translator
from fatf_kit.core.ratings import COMPLIANCE_SCALE, EFFECTIVENESS_SCALE
from fatf_kit.framework import load_framework
from fatf_kit.report.model import (
    Block,
    Document,
    DocumentTable,
    KeyFigure,
    KeyFigures,
    Paragraph,
    Section,
    TableCell,
    TableColumn,
    TableRow,
    Tone,
)

SCHEMA = "fatf-kit/compare/1"


def compare_payload(found: AssessmentComparison) -> dict[str, Any]:
    """The comparison as JSON that others may rely on: frameworks/schema/compare-1."""
    return {
        "schema": SCHEMA,
        "country": found.country,
        "facts": {key: {"before": old, "after": new} for key, (old, new) in found.facts.items()},
        "is_earlier_method": found.is_earlier_method,
        "published": {"before": found.published[0] or None, "after": found.published[1] or None},
        "not_comparable": list(found.not_comparable),
        "movements": [
            {
                "id": one.unit,
                "before": one.before,
                "after": one.after,
                "before_range": list(list_ends(one)[0]),
                "after_range": list(list_ends(one)[1]),
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


def build_comparison(found: AssessmentComparison, t: Translator) -> Document:
    """The document. A rating that is open is given from its worst to its best end."""
    return Document(
        id="comparison",
        title=_title(found, t),
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
                if one.changes
            ),
        ),
    )


def _title(found: AssessmentComparison, t: Translator) -> str:
    before, after = found.published
    if before and not after:
        return t("What moved since the published ratings of {month}", month=t.month(before.rpartition(" ")[2]))
    return t("Published reports compared") if before and after else t("Two assessments compared")


def _report_name(label: str, t: Translator) -> str:
    """A label like "MER 2024-05" in words."""
    kind, _, month = label.rpartition(" ")
    return t("{report}, {month}", report=kind, month=t.month(month))


def _earlier(t: Translator) -> str:
    return t(
        "The older result was made by the earlier method. Its answers are rated by the present method here, so that a "
        "change of method is not taken for progress."
    )


def name_cause(cause: MovementCause, t: Translator) -> str:
    """What a cause is called."""
    return {
        MovementCause.EDITION: t("another edition"),
        MovementCause.ANSWERS: t("other answers"),
        MovementCause.EVIDENCE: t("other evidence"),
        MovementCause.DECISIONS: t("decisions"),
        MovementCause.WEIGHTS: t("other weights"),
        MovementCause.POLICY: t("another policy"),
        MovementCause.PUBLISHED: t("published report"),
    }[cause]


def find_direction(one: UnitMovement, found: AssessmentComparison) -> int:
    """1 where a rating went up, -1 where it went down, 0 where it stayed, is open, or NA comes in.

    The worst end decides, and the best end where the worst is the same. Against a published rating both ends of an open
    rating have to be on the same side of it.
    """
    (worst, best), (worst_now, best_now) = list_ends(one)
    for ladder in (list(map(str, COMPLIANCE_SCALE)), list(map(str, EFFECTIVENESS_SCALE))):
        if not {worst, best, worst_now, best_now} <= set(ladder):
            continue
        low, high = ladder.index(worst_now) - ladder.index(worst), ladder.index(best_now) - ladder.index(best)
        if any(found.published):
            return (low > 0) - (high < 0)
        return (low > 0) - (low < 0) or (high > 0) - (high < 0)
    return 0


def describe_range(ends: tuple[str, str]) -> str:
    """A rating, or both ends of an open one.

    >>> range_text(("PC", "LC")), range_text(("C", "C"))
    ('PC – LC', 'C')
    """
    return " – ".join(dict.fromkeys(ends))


def list_ends(one: UnitMovement) -> tuple[tuple[str, str], tuple[str, str]]:
    """The rating before and the rating after, each from its worst to its best end."""
    before, after = one.other_end
    return (one.before, before or one.before), (one.after, after or one.after)


def _facts(found: AssessmentComparison, t: Translator) -> Iterator[tuple[str, str]]:
    for label in filter(None, found.published):
        yield t("Published report"), _report_name(label, t)
    names: Mapping[str, str] = {
        "edition": t("Edition"),
        "policy": t("Scoring policy"),
        "cut_off": t("Cut-off date"),
        "generated_at": t("Made on"),
    }
    for key, name in names.items():
        worded = _edition if key == "edition" else _told
        old, new = (worded(text, t) for text in found.facts[key])
        if not any(found.facts[key]):
            continue
        if any(found.published) and key != "edition":  # published ratings have no policy and no cut-off date
            told = [text for text, report in zip((old, new), found.published, strict=True) if not report]
            if told and key != "generated_at":
                yield name, told[0]
        else:
            yield name, old if old == new else f"{old} → {new}"


def _edition(name: str, t: Translator) -> str:
    if not name:
        return t("not given")
    return f"{name} – {load_framework(name, language=t.language).text_state}"


def _told(text: str, t: Translator) -> str:
    try:
        return t.day(date.fromisoformat(text[:10]))
    except ValueError:
        return text or t("not given")


def _overview(found: AssessmentComparison, t: Translator) -> Iterator[Block]:
    moved = found.moved
    up = sum(find_direction(one, found) > 0 for one in moved)
    down = sum(find_direction(one, found) < 0 for one in moved)
    rest = (
        KeyFigure(value=str(len(moved) - up - down), label=t("others differ or depend on what can be shown"))
        if any(found.published)
        else KeyFigure(value=str(len(found.movements) - len(moved)), label=t("changed within the same rating"))
    )
    yield KeyFigures(
        figures=(
            KeyFigure(value=str(up), label=t("ratings went up")),
            KeyFigure(value=str(down), label=t("ratings went down")),
            rest,
        )
    )
    if bool(found.published[0]) != bool(found.published[1]):
        yield Paragraph(
            text=t(
                "Published ratings are those of assessors; the others are indicative and worked out from answers. An "
                "open rating went up or down only where both of its ends did."
            ),
            tone=Tone.NOTICE,
        )
    if found.not_comparable:
        yield Paragraph(
            text=t(
                "Not compared, because they are not rated in both or ask something else in the later edition: {units}.",
                units=t.listed(found.not_comparable),
            ),
            tone=Tone.NOTICE,
        )
    yield DocumentTable(
        id="moved-units",
        caption=t("Ratings that differ from the published ones")
        if any(found.published)
        else t("Ratings that moved, and the steps that add up to it"),
        columns=(
            TableColumn(title=t("Unit"), width=3),
            TableColumn(title=t("Before"), width=2),
            TableColumn(title=t("After"), width=2),
            TableColumn(title=t("Change") if any(found.published) else t("Steps"), width=10),
        ),
        rows=tuple(
            TableRow(
                cells=(
                    TableCell(text=one.unit, target=one.unit if one.changes else None, ltr=True),
                    _rating(one.unit, list_ends(one)[0], _by_method(one, t)),
                    _rating(one.unit, list_ends(one)[1]),
                    TableCell(text=_change_text(one, found, t) if any(found.published) else _steps(one, t)),
                ),
                facets={},
            )
            for one in moved
        ),
        empty=t("No rating moved."),
    )


def _by_method(one: UnitMovement, t: Translator) -> str:
    """The rating that the earlier method gave, where that is another one."""
    if not one.before_by_method or one.before_by_method == one.before:
        return ""
    return t("earlier method: {rating}", rating=one.before_by_method)


def _change_text(one: UnitMovement, found: AssessmentComparison, t: Translator) -> str:
    """Which way a rating moved from a published one."""
    if direction := find_direction(one, found):
        return t("up") if direction > 0 else t("down")
    ends = {end for pair in list_ends(one) for end in pair}
    return t("not applicable in one of the two") if "NA" in ends else t("depends on what can be shown")


def _steps(one: UnitMovement, t: Translator) -> str:
    if one.before == one.after:
        return t("what is claimed changed, what is shown did not")
    told = (
        (f"{name_cause(s.cause, t)} ({t.listed(s.requirements)})" if s.requirements else name_cause(s.cause, t), s)
        for s in one.steps
    )
    return t.points(t("{name}: {text}", name=name, text=f"{s.before} → {s.after}") for name, s in told)


def _unit(one: UnitMovement, t: Translator) -> Iterator[Block]:
    if not one.moved:
        yield Paragraph(
            text=t("The rating stays {rating}; what lies behind it changed.", rating=describe_range(list_ends(one)[1]))
        )
    if one.changes:
        yield DocumentTable(
            id=f"changes-{one.unit}",
            caption=t("Answers and proof that changed"),
            columns=(
                TableColumn(title=t("Requirement"), width=3),
                TableColumn(title=t("Why"), width=3),
                TableColumn(title=t("Before"), width=3),
                TableColumn(title=t("After"), width=3),
            ),
            rows=tuple(_change(change, t) for change in one.changes),
        )


def _change(change: RequirementChange, t: Translator) -> TableRow:
    scale = "achievement" if change.requirement.startswith("IO.") else "criterion"
    before = TableCell(text=t("new"), rating=None)
    if change.before:
        claimed = t("claimed: {rating}", rating=t.named(change.claimed[0]) if change.claimed[0] else t("open"))
        before = TableCell(text=t.named(change.before), rating=change.before, scale=scale, detail=claimed)
    claimed = t("claimed: {rating}", rating=t.named(change.claimed[1]) if change.claimed[1] else t("open"))
    return TableRow(
        cells=(
            TableCell(text=change.requirement, detail=t.listed(change.was), ltr=True),
            TableCell(text=name_cause(change.cause, t)),
            before,
            TableCell(text=t.named(change.after), rating=change.after, scale=scale, detail=claimed),
        ),
        facets={},
    )


def _badges(one: UnitMovement, t: Translator) -> tuple[TableCell, ...]:
    if not one.moved:
        return ()
    then, now = (_rating(one.unit, ends) for ends in list_ends(one))
    return (replace(then, text=t("before"), ltr=False), replace(now, text=t("after"), ltr=False))


def _rating(unit: str, ends: tuple[str, str], detail: str = "") -> TableCell:
    scale = "effectiveness" if unit.startswith("IO.") else "compliance"
    return TableCell(text=describe_range(ends), rating=describe_range(ends), scale=scale, detail=detail, ltr=True)
