"""The ratings that move because the scoring rules changed: the same answers rated by the earlier and the new rules."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from fatf_kit.core.groups import group_pairs
from fatf_kit.core.messages import Translator
from fatf_kit.framework.model import Criterion, Framework, Part, ShownBy, walk
from fatf_kit.outlook.model import Rating
from fatf_kit.report.document_tables import make_table
from fatf_kit.report.model import Document, Paragraph
from fatf_kit.report.sections import make_section
from fatf_kit.scoring.evidence import EvidenceStatus
from fatf_kit.scoring.model import Assessment, CriterionResult
from fatf_kit.scoring.report.traces import strip_unit
from fatf_kit.scoring.span import Span


@dataclass(frozen=True, slots=True, kw_only=True)
class MovedAnswer:
    """A criterion or core issue whose range the new rules change. `needs_law` says that it, or a part, needs law.

    `before` and `after` are what counts by the earlier and by the new rules, `status` is the evidence by the new ones.
    """

    requirement: str
    before: Span[str]
    after: Span[str]
    status: EvidenceStatus
    needs_law: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class MovedRating:
    """A rating that the new rules change.

    `last` is that of the last result, None where it had none; `before` is that of today's answers by the earlier rules,
    `after` that by the new ones. `answers` are the requirements that moved it; empty where numbers alone did.
    """

    unit: str
    last: Span[str] | None
    before: Span[str]
    after: Span[str]
    answers: tuple[MovedAnswer, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleChange:
    """A change of scoring rules, with the ratings that it moves.

    `earlier` and `later` are ids of policies, `last_day` is the day of the last result. `is_adopted` is False where the
    folder keeps the earlier rules, because its settings could not be written.
    """

    earlier: str
    later: str
    last_day: date | None
    moved: tuple[MovedRating, ...]
    is_adopted: bool = True


def find_moved_ratings(
    framework: Framework, before: Assessment, after: Assessment, last: Mapping[str, Span[str]]
) -> tuple[MovedRating, ...]:
    """Return the ratings that differ between the earlier and the new rules, each with the requirements that moved it.

    Both assessments are of the same answers and evidence; `last` are the ratings of the last result, by unit.
    """
    needing = {
        criterion.id for unit in framework.recommendations for criterion in unit.criteria if _needs_law(criterion)
    }
    found = []
    for old, new in zip(before.units, after.units, strict=True):
        if old.counted == new.counted:
            continue
        answers = tuple(
            MovedAnswer(
                requirement=now.id,
                before=_as_texts(was.counted),
                after=_as_texts(now.counted),
                status=now.status,
                needs_law=isinstance(now, CriterionResult) and now.id in needing,
            )
            for was, now in zip(old.requirements, new.requirements, strict=True)
            if was.counted != now.counted
        )
        found.append(
            MovedRating(
                unit=new.id,
                last=last.get(new.id),
                before=_as_texts(old.counted),
                after=_as_texts(new.counted),
                answers=answers,
            )
        )
    return tuple(found)


def _needs_law(criterion: Criterion) -> bool:
    nodes = (node for node, _ in walk(criterion) if isinstance(node, Criterion | Part))
    return any(ShownBy.LAW in node.shown_by for node in nodes)


def _as_texts(span: Span[Rating] | Span[object]) -> Span[str]:
    return Span(worst=str(span.worst), best=str(span.best))


def list_rules(moved: MovedRating, t: Translator) -> Iterator[str]:
    """Yield a sentence for each rule that moved a rating, with the requirements that it concerns."""
    groups = group_pairs((_name_rule(answer, t), answer) for answer in moved.answers)
    for rule, answers in groups.items():
        changes = t.points(_describe_answer(answer, t) for answer in answers)
        yield t("{name}: {text}", name=rule, text=changes)


def _describe_answer(answer: MovedAnswer, t: Translator) -> str:
    facts = {"before": answer.before.describe(t.named), "after": answer.after.describe(t.named)}
    return t("{unit}: from {before} to {after}", unit=strip_unit(answer.requirement), **facts)


def _name_rule(answer: MovedAnswer, t: Translator) -> str:
    if answer.status is EvidenceStatus.WRONG_KIND and answer.needs_law:
        return t("Only law shows this, so a text of another kind counts as nothing cited")
    return {
        EvidenceStatus.WRONG_KIND: t("A text of another kind counts as nothing cited"),
        EvidenceStatus.UNKNOWN_KIND: t("A text whose kind is not known counts as nothing cited until it is known"),
        EvidenceStatus.LAW_NEEDED: t("The principle must be in law, so a text below law counts one level lower"),
        EvidenceStatus.SHOWN: t("Now the text that is cited shows this"),
    }.get(answer.status, t("Other scoring rules"))


def describe_rating_move(moved: MovedRating, t: Translator) -> str:
    """Return a rating of the last result and of now; where answers changed as well, also what they alone made of it."""
    last, before, after = moved.last or moved.before, moved.before.describe(), moved.after.describe()
    text = t("{unit}: from {before} to {after}", unit=moved.unit, before=last.describe(), after=after)
    if last.describe() == before:
        return text
    return t("{text} (by the earlier rules it would now be {rating})", text=text, rating=before)


def build_rule_change(change: RuleChange, t: Translator, *, country: str, moment: str) -> Document:
    """Return the list of moved ratings as a document, made at a moment in ISO 8601."""
    heads = ((t("Rec. or outcome"), 2), (t("Last result"), 3), (t("Earlier rules"), 3), (t("Now"), 3), (t("Rule"), 12))
    rows = [
        (
            moved.unit,
            moved.last.describe() if moved.last else "–",
            moved.before.describe(),
            moved.after.describe(),
            t.points(list_rules(moved, t)),
        )
        for moved in change.moved
    ]
    caption = t("Ratings that the scoring rules moved")
    table = make_table("moved-by-rules", caption, heads, rows, empty=t("The new scoring rules move no rating."))
    return Document(
        id="changed-rules",
        title=t("Changed scoring rules: {earlier}, now {later}", earlier=change.earlier, later=change.later),
        subtitle=country,
        language=t.language,
        made_on=moment,
        facts=((t("Made on"), t.moment(moment)),),
        notices=(t("fatf-kit computes these ratings and they are indicative. FATF's assessors decide."),),
        sections=(
            make_section(
                "moved", caption, *(Paragraph(text=sentence) for sentence in describe_change(change, t)), table
            ),
        ),
    )


def describe_change(change: RuleChange, t: Translator) -> Sequence[str]:
    """Return what happened, in sentences: which rules changed, how many ratings moved, how to keep the earlier ones."""
    names = {"earlier": change.earlier, "later": change.later}
    count = len(change.moved)
    if not change.is_adopted:
        return (
            t(
                "The scoring rules {later} follow {earlier}, but the settings of this folder could not be written. It "
                "keeps {earlier}. Close assessment.xlsx, write {later} as its scoring rules, and update again.",
                **names,
            ),
        )
    texts = [t("The scoring rules of this folder changed from {earlier} to {later}.", **names)]
    if not count:
        return (*texts, t("No rating moved because of that."))
    texts.append(t.plural("{n} rating moved because of that.", "{n} ratings moved because of that.", count))
    if change.last_day is not None:
        texts.append(t("They are compared with the last result, of {day}.", day=t.day(change.last_day)))
    return texts


def describe_way_back(change: RuleChange, t: Translator) -> str:
    """Return how a coordinator keeps the earlier rules."""
    return t(
        "To keep the earlier rules, write {earlier} as the scoring rules in the settings, and update again. Later "
        "updates leave them as they are.",
        earlier=change.earlier,
    )
