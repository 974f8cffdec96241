"""Words on items: what evidence is missing, how evidence is named, what a plan is called, columns of their tables."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from fatf_kit.action_plan.items.choices import ItemEvidenceKind
from fatf_kit.action_plan.items.cycles import list_cycle_days
from fatf_kit.action_plan.items.model import PlanItem
from fatf_kit.action_plan.items.proof import ItemProof, ResolvedEvidence
from fatf_kit.action_plan.items.re_ratings import KnownRatings
from fatf_kit.action_plan.items.risk_relevance import RiskRelation, describe_subjects
from fatf_kit.action_plan.items.rules import load_monitoring
from fatf_kit.action_plan.items.statuses import CycleProgress, ItemProgress
from fatf_kit.core.messages import Translator
from fatf_kit.report.model import TableCell, ValueKind
from fatf_kit.report.results_table import ResultColumn


def name_plan(kind: str, t: Translator) -> str:
    """Return the name of a kind of plan."""
    return t(load_monitoring().kind(kind).name)


def list_facts(plans: Sequence[CycleProgress], t: Translator) -> Iterator[tuple[str, str]]:
    """Yield what the head of a paper on plans in one cycle says about them: their names, the Plenary, the due day."""
    cycle = plans[0].cycle
    days = {one.id: one.day for one in list_cycle_days(cycle)}
    due = t.day(days["due"])
    yield t("Plan"), t.listed(name_plan(one.plan, t) for one in plans)
    yield t("Plenary"), t.day(days["plenary"]) if cycle.plenary else t.month(cycle.id)
    yield t("Report due"), t("{text} ({place})", text=due, place=t(cycle.duty)) if cycle.duty else due


def name_status(status: str | None, t: Translator, missing: str = "–") -> str:
    """Return the name of a status; a dash, or what else is given, where it is open."""
    return t(status) if status else missing


def make_item_column(
    key: str,
    title: str,
    sheet: int,
    kind: ValueKind = ValueKind.TEXT,
    *,
    page: int = 0,
    cell: Callable[[ItemProgress], TableCell] | None = None,
) -> ResultColumn[ItemProgress]:
    """Return a column of a table of items that has a field of the item."""
    return ResultColumn(key, title, lambda one: getattr(one.item, key), kind, sheet=sheet, page=page, cell=cell)


def make_status_column(
    key: str, title: str, t: Translator, *, page: int, cell: Callable[[ItemProgress], TableCell] | None = None
) -> ResultColumn[ItemProgress]:
    """Return a column of a table of items that has one of their statuses; `cell` gives it another look on pages."""
    return ResultColumn(key, title, lambda one: name_status(getattr(one, key), t, ""), sheet=18, page=page, cell=cell)


def describe_baseline(item: PlanItem, published: KnownRatings | None, t: Translator) -> str:
    """Return where an item begins: the finding that it answers, its place in the report, and the ratings there.

    Ratings are those of a published report, None where none is known. A sub-item has the ratings of its item.
    """
    place = t("{text} ({place})", text=item.report, place=item.place) if item.report and item.place else item.report
    ratings = published.ratings if published and not item.parent else {}
    rated = [(unit, rating) for unit in item.units if (rating := ratings.get(unit)) and isinstance(rating, str)]
    texts = [item.baseline, place or item.place]
    if rated and published:
        names = t.joined(t("{name}: {text}", name=unit, text=rating) for unit, rating in rated)
        texts.append(t("{text} ({place})", text=names, place=published.source))
    return t.points(filter(None, texts))


def describe_risk(one: ItemProgress, t: Translator) -> str:
    """Return for the country whether the results of an item concern its higher risks; empty where it has none."""
    if one.risk is None:
        return ""
    relation = {
        RiskRelation.HIGHER: t("higher risk"),
        RiskRelation.LOWER: t("no higher risk"),
        RiskRelation.UNRATED: t("level not known"),
        RiskRelation.OPEN: t("open: enter the threat or sector"),
    }[one.risk.relation]
    if one.risk.relation is RiskRelation.OPEN:
        return relation
    return t("{name}: {text}", name=relation, text=describe_subjects(one.risk, t))


def describe_missing(proof: ItemProof, t: Translator) -> str:
    """Return the evidence that the next status needs, with the sub-item that lacks it; empty where none is missing."""
    text = t.listed(_describe_measure(measure, count, t) for measure, count in proof.missing.items())
    return t("{text} ({place})", text=text, place=proof.weakest) if proof.weakest and text else text


def _describe_measure(measure: str, n: int, t: Translator) -> str:
    match measure:
        case "instruments":
            return t.plural("{n} law or document", "{n} laws or documents", n)
        case "in_force":
            return t.plural("{n} law in force", "{n} laws in force", n)
        case "articles":
            return t.plural(
                "{n} article in force, entered in the register of laws",
                "{n} articles in force, entered in the register of laws",
                n,
            )
        case "documents":
            return t.plural("{n} more document", "{n} more documents", n)
        case "periods":
            return t.plural("figures for {n} further complete period", "figures for {n} further complete periods", n)
        case "changes":
            return t.plural(
                "a change in the right direction over {n} more period",
                "a change in the right direction over {n} more periods",
                n,
            )
    return t.plural("{n} more case", "{n} more cases", n)


def name_evidence(one: ResolvedEvidence, t: Translator) -> str:
    """Return one piece of evidence as a reviewer finds it: a law with its number in the register, title and article.

    A case has its number, and the words of its result unless they seem to name a person.
    """
    evidence = one.evidence
    match evidence.kind:
        case ItemEvidenceKind.LAW if one.instrument is not None:
            named = t("{name}: {text}", name=evidence.what, text=one.instrument.title(t.language))
            start = one.law.in_force_from if one.law else None
            place = t("in force from {day}", day=t.day(start)) if start else ""
            return t("{text} ({place})", text=named, place=place) if place else named
        case ItemEvidenceKind.CASE if one.case is not None and not one.case.is_withheld:
            words = one.case.result or one.case.done
            name = t("{text} ({place})", text=one.case.id, place=str(one.case.year)) if one.case.year else one.case.id
            return t("{name}: {text}", name=name, text=words.rstrip(" .")) if words else name
    return evidence.title or evidence.what or "–"
