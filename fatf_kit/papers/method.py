"""The calculation behind the ratings: the policy's numbers with their source, and the files read."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from fatf_kit.core.languages import normalise
from fatf_kit.core.messages import Translator
from fatf_kit.core.problems import Problem
from fatf_kit.core.ratings import ComplianceRating, CriterionRating
from fatf_kit.papers.report_input import PaperInput
from fatf_kit.report.document_tables import keep_ltr, make_table
from fatf_kit.report.model import Bullets, DocumentTable, Paragraph, Section, Tone
from fatf_kit.report.sections import make_note, make_section
from fatf_kit.scoring.model import Assessment
from fatf_kit.scoring.policy import Policy
from fatf_kit.scoring.report.traces import WHOLE

_PROPOSED = "kind-proposed"
"""The code of the problem that asks an agency which kind of instrument it cites."""


def build_method_section(paper_input: PaperInput, t: Translator, *, problems: Sequence[Problem] = ()) -> Section:
    """Return the last section: the calculation in words that a person can repeat, its source, and the files read."""
    framework, assessment, policy = paper_input.framework, paper_input.assessment, paper_input.policy
    readings = t(
        "The claimed rating uses the answers as given. The shown rating is a range: its best case is the claim, its "
        "worst case counts each answer without evidence at its worst. Requirements without an answer widen the range. "
        "A rating is settled when both cases agree."
    )
    return make_section(
        "method",
        t("Method of calculation"),
        Paragraph(text=t("{name}: {text}", name=t("Source"), text=t(policy.source)), tone=Tone.NOTICE),
        Paragraph(text=readings),
        *_numbers(policy, t),
        make_note(
            t(
                "Texts: {edition}, content version {version} ({digest}). {wording}",
                edition=framework.id,
                version=framework.content_version,
                digest=framework.digest[:19],
                wording=framework.wording,
            )
        ),
        *_unconfirmed(assessment, problems, t),
        _inputs(paper_input, t),
    )


def _numbers(policy: Policy, t: Translator) -> tuple[Paragraph | Bullets, ...]:
    """Return the policy's credits, weights, limits and ceilings, and where they come from."""
    credit = t.listed(f"{t.named(rating)} {points}" for rating, points in policy.credits.items())
    weights = t.listed(f"{value} {t(name)}" for value, name in policy.weights.items())
    source = t(
        "These numbers are {confidence}: scoring rules {policy} ({digest}).",
        confidence=t(policy.confidence),
        policy=policy.id,
        digest=policy.digest[:19],
    )
    return (
        Paragraph(text=t("Credits: {credit}. Weights: {weights}.", credit=credit, weights=weights)),
        Bullets(items=tuple(_limits(policy, t))),
        make_note(source),
    )


def _limits(policy: Policy, t: Translator) -> Iterator[str]:
    """Yield the limits of each rating, best first, then the ceilings, then the levels of outcomes."""
    yield t("C: every applicable criterion is met.")
    for rating, limit in policy.compliance.items():
        facts = {"rating": rating, "average": limit.average_from, "not_met": limit.not_met_up_to}
        if limit.not_met_up_to == WHOLE:
            yield t("{rating}: average of at least {average}.", **facts)
        elif limit.partly_or_worse_up_to == WHOLE:
            yield t(
                "{rating}: average of at least {average}; criteria that are not met have at most {not_met}% of the "
                "weight.",
                **facts,
            )
        else:
            yield t(
                "{rating}: average of at least {average}; criteria that are partly met or worse have at most "
                "{partly}% of the weight, and criteria that are not met at most {not_met}%.",
                partly=limit.partly_or_worse_up_to,
                **facts,
            )
    yield t("NC: in all other cases. NA: no criterion applies.")
    for ceiling in policy.ceilings:
        ends = {"criterion": t.named(ceiling.criterion), "rating": ceiling.at_most}
        is_worst = ceiling.criterion is CriterionRating.NOT_MET
        if ceiling.duty and is_worst and ceiling.at_most is ComplianceRating.NC:  # below it is nothing
            yield t("If the criterion that states the main duty is rated {criterion}, the rating is {rating}.", **ends)
        elif ceiling.duty and is_worst:
            yield t(
                "If the criterion that states the main duty is rated {criterion}, the rating is at most {rating}.",
                **ends,
            )
        elif ceiling.duty:
            yield t(
                "If the criterion that states the main duty is rated {criterion} or worse, the rating is at most "
                "{rating}.",
                **ends,
            )
        elif is_worst:
            yield t(
                "If a criterion of weight {weight} ({name}) is rated {criterion}, the rating is at most {rating}.",
                weight=ceiling.weight,
                name=t(policy.weights[ceiling.weight]),
                **ends,
            )
        else:
            yield t(
                "If a criterion of weight {weight} ({name}) is rated {criterion} or worse, the rating is at most "
                "{rating}.",
                weight=ceiling.weight,
                name=t(policy.weights[ceiling.weight]),
                **ends,
            )
    for level, least in policy.effectiveness.items():
        facts = {"level": level, "average": least.average_from}
        yield t("{level}: average of at least {average} of 100.", **facts)
    for cap in policy.outcome_ceilings:
        yield t(
            "If the answer to a core issue of weight {weight} ({name}) is “{extent}” or lower, the rating is at most "
            "{rating}.",
            weight=cap.weight,
            name=t(policy.weights[cap.weight]),
            extent=t.named(cap.core_issue),
            rating=cap.at_most,
        )
    if policy.close_within:
        yield t.plural(
            "A rating whose average is within {n} point of a threshold is marked as close to the next rating.",
            "A rating whose average is within {n} points of a threshold is marked as close to the next rating.",
            policy.close_within,
        )


def _unconfirmed(assessment: Assessment, problems: Sequence[Problem], t: Translator) -> Iterator[Paragraph | Bullets]:
    """Yield the kinds of instrument that rest only on the toolkit's words of a country, with what cites them."""
    found: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for problem in problems:
        if problem.code == _PROPOSED:
            facts = dict(problem.facts)
            found[str(facts["found"]), str(facts["evidence_kind"])].append(problem.requirement or "")
    for one in assessment.requirements:
        cited = one.instrument
        if cited is not None and cited.kind is not None and not cited.has_certain_kind:
            for (word, _), ids in found.items():
                if normalise(word) in normalise(cited.label):
                    ids.append(one.id)
    if not found:
        return
    yield Paragraph(
        text=t(
            "The kind of these instruments follows from national terms that no source confirms yet. They neither "
            "support nor lower a rating. The agency should confirm the kind."
        )
    )
    items = []
    for (word, kind), ids in found.items():
        facts = {"kind": t.named(kind), "ids": t.listed(dict.fromkeys(filter(None, ids)))}
        items.append(t("{instrument}, understood as {kind}: {ids}", instrument=word, **facts))
    yield Bullets(items=tuple(items))


def _inputs(paper_input: PaperInput, t: Translator) -> DocumentTable:
    heads = ((t("File"), 4), (t("Agency"), 2), (t("Fingerprint (SHA-256)"), 6))
    rows = (
        (
            keep_ltr(file.name),
            paper_input.name_agency(file.agency) if file.agency else t("whole country"),
            keep_ltr(file.sha256),
        )
        for file in paper_input.assessment.inputs
    )
    return make_table("inputs-table", t("Workbooks read"), heads, rows, empty=t("None."))
