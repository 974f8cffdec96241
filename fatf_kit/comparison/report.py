"""The comparison of two assessments as a document: changed ratings, and the reason for each step."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date

from fatf_kit.comparison.model import (
    AssessmentComparison,
    MovementCause,
    MovementStep,
    RequirementChange,
    UnitMovement,
)
from fatf_kit.core.messages import Translator
from fatf_kit.core.ratings import COMPLIANCE_SCALE, EFFECTIVENESS_SCALE
from fatf_kit.framework import load_framework
from fatf_kit.report.document_tables import keep_ltr, make_rating_cell, make_row, make_table
from fatf_kit.report.model import Block, Document, Paragraph, Section, TableCell, TableRow, Tone
from fatf_kit.report.sections import make_key_figures, make_section


def build_comparison(found: AssessmentComparison, t: Translator) -> Document:
    """Return the document. An open rating is given from its worst to its best end."""
    return Document(
        id="comparison",
        title=_title(found, t),
        subtitle=found.country or t("Country not named"),
        language=t.language,
        facts=tuple(_facts(found, t)),
        notices=(
            *map(t, found.notices),
            *((_earlier(t),) if found.is_earlier_method else ()),
            t("fatf-kit computes these ratings and they are indicative. FATF's assessors decide."),
        ),
        sections=(
            make_section("moved", t("Changed ratings"), *_overview(found, t)),
            *(_make_section(one, t) for one in found.movements if one.changes),
        ),
    )


def _make_section(one: UnitMovement, t: Translator) -> Section:
    return Section(anchor=one.unit, title=one.unit, badges=_badges(one, t), blocks=tuple(_unit(one, t)))


def _title(found: AssessmentComparison, t: Translator) -> str:
    before, after = found.published
    if before and not after:
        return t("Changes since the published ratings of {month}", month=t.month(before.rpartition(" ")[2]))
    return t("Published reports compared") if before and after else t("Two assessments compared")


def _report_name(label: str, t: Translator) -> str:
    """Return a label like "MER 2024-05" in words."""
    kind, _, month = label.rpartition(" ")
    return t("{report}, {month}", report=kind, month=t.month(month))


def _earlier(t: Translator) -> str:
    return t(
        "The older result was computed with the earlier method. Here its answers are rated with the present "
        "method, so that a change of method does not appear as progress."
    )


def name_cause(cause: MovementCause, t: Translator) -> str:
    """Return the name of a cause."""
    return {
        MovementCause.EDITION: t("change of edition"),
        MovementCause.ANSWERS: t("changed answers"),
        MovementCause.EVIDENCE: t("changed evidence"),
        MovementCause.DECISIONS: t("decisions"),
        MovementCause.WEIGHTS: t("changed weights"),
        MovementCause.POLICY: t("change of scoring rules"),
        MovementCause.PUBLISHED: t("published report"),
    }[cause]


def find_direction(one: UnitMovement, found: AssessmentComparison) -> int:
    """Return 1 where a rating went up, -1 where it went down, 0 where it stayed, is open, or NA is involved.

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
    """Return a rating, or both ends of an open one.

    >>> describe_range(("PC", "LC")), describe_range(("C", "C"))
    ('PC – LC', 'C')
    """
    return " – ".join(dict.fromkeys(ends))


def list_ends(one: UnitMovement) -> tuple[tuple[str, str], tuple[str, str]]:
    """Return the rating before and the rating after, each from its worst to its best end."""
    before, after = one.other_end
    return (one.before, before or one.before), (one.after, after or one.after)


def _facts(found: AssessmentComparison, t: Translator) -> Iterator[tuple[str, str]]:
    for label in filter(None, found.published):
        yield t("Published report"), _report_name(label, t)
    names: Mapping[str, str] = {
        "edition": t("Edition"),
        "policy": t("Scoring rules"),
        "cut_off": t("Cut-off date"),
        "generated_at": t("Made on"),
    }
    for key, name in names.items():
        worded = _edition if key == "edition" else _describe
        old, new = (worded(text, t) for text in found.facts[key])
        if not any(found.facts[key]):
            continue
        if any(found.published) and key != "edition":  # published ratings have no policy and no cut-off date
            texts = [text for text, report in zip((old, new), found.published, strict=True) if not report]
            if texts and key != "generated_at":
                yield name, texts[0]
        else:
            yield name, old if old == new else f"{old} → {new}"


def _edition(name: str, t: Translator) -> str:
    if not name:
        return t("not given")
    return f"{name} – {load_framework(name, language=t.language).text_state}"


def _describe(text: str, t: Translator) -> str:
    try:
        return t.day(date.fromisoformat(text[:10]))
    except ValueError:
        return text or t("not given")


def _overview(found: AssessmentComparison, t: Translator) -> Iterator[Block]:
    moved, is_published = found.moved, any(found.published)
    up = sum(find_direction(one, found) > 0 for one in moved)
    down = sum(find_direction(one, found) < 0 for one in moved)
    others = str(len(moved) - up - down), t("other ratings that differ or depend on evidence")
    if not is_published:
        others = str(len(found.movements) - len(moved)), t("changed without effect on the rating")
    yield make_key_figures(((str(up), t("ratings rose")), (str(down), t("ratings fell")), others))
    if bool(found.published[0]) != bool(found.published[1]):
        words = t(
            "Published ratings were decided by assessors; the others are indicative and computed from answers. A "
            "rating that is not settled counts as higher or lower only if both its worst and its best case are."
        )
        yield Paragraph(text=words, tone=Tone.NOTICE)
    if found.not_comparable:
        words = t(
            "Not compared, because they are not rated in both or because the later edition asks something "
            "different: {units}.",
            units=t.listed(found.not_comparable),
        )
        yield Paragraph(text=words, tone=Tone.NOTICE)
    why = t("Change") if is_published else t("Reasons")
    heads = ((t("Rec. or outcome"), 3), (t("Before"), 2), (t("After"), 2), (why, 10))
    rows = (
        (
            keep_ltr(one.unit, one.unit if one.changes else None),
            _rating(one.unit, list_ends(one)[0], _by_method(one, t)),
            _rating(one.unit, list_ends(one)[1]),
            _change_text(one, found, t) if is_published else _steps(one, t),
        )
        for one in moved
    )
    caption = t("Ratings that changed, with the reason for each step")
    if is_published:
        caption = t("Ratings that differ from the published ones")
    yield make_table("moved-units", caption, heads, rows, empty=t("No rating changed."))


def _by_method(one: UnitMovement, t: Translator) -> str:
    """Return the rating that the earlier method gave, where that is another one."""
    if not one.before_by_method or one.before_by_method == one.before:
        return ""
    return t("earlier method: {rating}", rating=one.before_by_method)


def _change_text(one: UnitMovement, found: AssessmentComparison, t: Translator) -> str:
    """Return which way a rating moved from a published one."""
    if direction := find_direction(one, found):
        return t("higher") if direction > 0 else t("lower")
    ends = {end for pair in list_ends(one) for end in pair}
    return t("not applicable in one of the two assessments") if "NA" in ends else t("depends on evidence")


def _steps(one: UnitMovement, t: Translator) -> str:
    if one.before == one.after:
        return t("the claimed rating changed, the shown rating did not")

    def describe(step: MovementStep) -> str:
        name = name_cause(step.cause, t)
        if step.requirements:
            name = f"{name} ({t.listed(step.requirements)})"
        return t("{name}: {text}", name=name, text=f"{step.before} → {step.after}")

    return t.points(map(describe, one.steps))


def _unit(one: UnitMovement, t: Translator) -> Iterator[Block]:
    if not one.moved:
        rating = describe_range(list_ends(one)[1])
        words = t("The rating stays {rating}, but the answers or the evidence changed.", rating=rating)
        yield Paragraph(text=words)
    if one.changes:
        heads = ((t("Requirement"), 3), (t("Reason"), 3), (t("Before"), 3), (t("After"), 3))
        rows = (_change(change, t) for change in one.changes)
        yield make_table(f"changes-{one.unit}", t("Answers and evidence that changed"), heads, rows)


def _change(change: RequirementChange, t: Translator) -> TableRow:
    def answer(value: str, claim: str) -> TableCell:
        claimed = t("claimed: {rating}", rating=t.named(claim) if claim else t("not answered"))
        return TableCell(text=t.named(value), rating=value, scale=scale, detail=claimed)

    scale = "achievement" if change.requirement.startswith("IO.") else "criterion"
    return make_row(
        (
            TableCell(text=change.requirement, detail=t.listed(change.was), ltr=True),
            TableCell(text=name_cause(change.cause, t), detail=_law(change, t)),
            answer(change.before, change.claimed[0]) if change.before else t("new"),
            answer(change.after, change.claimed[1]),
        )
    )


def _law(change: RequirementChange, t: Translator) -> str:
    """Return which provision of the register of laws moved an answer; empty where none is known."""
    before, after = change.law
    if before == after:
        return after
    if before and after:
        return t("{before}, now {after}", before=before, after=after)
    return after or t("no longer {law}", law=before)


def _badges(one: UnitMovement, t: Translator) -> tuple[TableCell, ...]:
    if not one.moved:
        return ()
    then, now = (_rating(one.unit, ends) for ends in list_ends(one))
    return (replace(then, text=t("before"), ltr=False), replace(now, text=t("after"), ltr=False))


def _rating(unit: str, ends: tuple[str, str], detail: str = "") -> TableCell:
    return make_rating_cell(unit, describe_range(ends), detail)
