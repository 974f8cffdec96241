"""Technical compliance in the shape of an evaluation report's annex: 40 Recommendations, then the table of ratings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from fatf_kit.findings.model import Kind
from fatf_kit.framework.model import Criterion, Part, Recommendation, walk
from fatf_kit.framework.submission import load_submission_shape
from fatf_kit.messages import Words
from fatf_kit.ratings import CRITERION_LADDER
from fatf_kit.report.build.given import PaperInput, country_name, indicative_notice
from fatf_kit.report.build.submission.given import (
    Told,
    first_facts,
    previous_rating,
    words_in,
)
from fatf_kit.report.model import Block, Cell, Column, Document, Paragraph, Row, Section, Table, Tone
from fatf_kit.report.traces import compliance_sentence, short
from fatf_kit.scoring.model import RecommendationResult


def build_compliance_submission(given: PaperInput, t: Words) -> Document:
    """The annex as an editable document.

    What only people can write stands as an instruction in square brackets. Ratings are indicative and so marked.
    """
    told = Told(given, t)
    results = {result.id: result for result in given.assessment.recommendations}
    country = country_name(given, t)
    return Document(
        id="compliance-submission",
        title=t("{country}: technical compliance", country=country),
        subtitle=t("Submission on the 40 Recommendations; ratings are indicative"),
        language=t.language,
        facts=first_facts(given, t),
        notices=(
            *given.notices,
            indicative_notice(t),
        ),
        sections=(
            *(_recommendation(unit, results[unit.id], given, told, t) for unit in given.framework.recommendations),
            _summary(given, results, t),
        ),
    )


def _recommendation(
    unit: Recommendation, result: RecommendationResult, given: PaperInput, told: Told, t: Words
) -> Section:
    criteria = tuple(_criterion(c, result, told, t) for c in unit.criteria)
    conclusion = Section(
        anchor=f"{unit.id}-conclusion",
        title=t("Weighting and conclusion"),
        blocks=tuple(_conclusion(unit, result, criteria, given, t)),
    )
    return Section(
        anchor=unit.id,
        title=f"{unit.id} {unit.title}",
        break_before=unit is given.framework.recommendations[0],  # the contents fill the page before it
        badges=(Cell(text=t("indicative"), rating=_rating(result), scale="compliance"),),
        blocks=(
            Paragraph(text=previous_rating(given, unit.id, t)),
            Paragraph(text=t("[What was found lacking then, and what has changed since: to be written.]")),
        ),
        sections=(*criteria, conclusion),
    )


def _criterion(criterion: Criterion, result: RecommendationResult, told: Told, t: Words) -> Section:
    scored = next(c for c in result.criteria if c.id == criterion.id)
    rating = t.named(scored.claimed.rating) if scored.claimed.rating else t("open")
    return Section(
        anchor=criterion.id,
        title=t("Criterion {number} ({rating})", number=short(criterion.id), rating=rating),
        blocks=tuple(_answered(criterion, told, t)),
    )


def _answered(criterion: Criterion, told: Told, t: Words) -> Iterator[Block]:
    said = False
    for node, _ in walk(criterion):
        blocks = tuple(told.blocks(node.id))
        if blocks and isinstance(node, Part):
            yield Paragraph(text=f"{short(node.id)} {node.statement}", tone=Tone.SMALL)
        yield from blocks
        said = said or bool(blocks)
    if not said:
        yield Paragraph(text=t("[Not answered yet.]"))
        yield Paragraph(text=criterion.statement, tone=Tone.SMALL)


def _conclusion(
    unit: Recommendation, result: RecommendationResult, criteria: tuple[Section, ...], given: PaperInput, t: Words
) -> Iterator[Block]:
    counts = Counter(c.claimed.rating for c in result.criteria)
    ladder = [*reversed(CRITERION_LADDER), *(r for r in counts if r is not None and r not in CRITERION_LADDER)]
    parts = [f"{counts[r]} {t.named(r)}" for r in ladder if counts[r]]
    if counts[None]:
        parts.append(t.plural("{n} open", "{n} open", counts[None]))
    yield Paragraph(text=t("Criteria as answered: {counts}.", counts=t.listed(parts)))
    reasons = [
        t("{criterion}: weight {n}, {reason}", criterion=short(c.id), n=c.weight.value, reason=c.weight.reason)
        for c in unit.criteria
        if c.weight.reason
    ]
    if reasons:
        yield Paragraph(text=t("Weighted apart: {reasons}", reasons=t.points(reasons)))
    yield Paragraph(text=compliance_sentence(result, given.policy, t))
    yield Paragraph(
        text=t(
            "Length: {written} words; about {guide} words, half a page, are usual for one Recommendation.",
            written=sum(map(words_in, criteria)),
            guide=load_submission_shape().words_for_recommendation,
        ),
        tone=Tone.SMALL,
    )


def _rating(result: RecommendationResult) -> str:
    return str(result.settled) if result.settled else result.shown.describe()


def _summary(given: PaperInput, results: dict[str, RecommendationResult], t: Words) -> Section:
    """The table at the end of the annex: what underlies each rating."""
    factors: dict[str, list[str]] = {}
    for finding in given.findings:
        if finding.kind is Kind.SHORTCOMING:
            words = finding.missing or t("[to be written]")
            told = t("{name}: {text}", name=short(finding.requirement), text=words)
            factors.setdefault(finding.unit, []).append(told)
    rows = tuple(
        Row(
            cells=(
                Cell(text=unit.id, detail=unit.title, target=unit.id, ltr=True),
                Cell(text=_rating(results[unit.id]), rating=_rating(results[unit.id]), scale="compliance", ltr=True),
                Cell(text="\n".join(f"• {line}" for line in factors.get(unit.id, ())) or "–"),
            ),
            facets={},
        )
        for unit in given.framework.recommendations
    )
    return Section(
        anchor="summary",
        title=t("Summary of technical compliance"),
        break_before=True,
        blocks=(
            Table(
                id="factors",
                caption=t("Indicative ratings and the factors that underlie them"),
                columns=(
                    Column(title=t("Recommendation"), width=4),
                    Column(title=t("Rating"), width=2),
                    Column(title=t("Factors underlying the rating"), width=10),
                ),
                rows=rows,
            ),
        ),
    )
