"""The statements of a country that a submission prints, with what they cite.

A submission states only what the country can stand by. The country's own words are printed where they report a
shortcoming, and where a good answer cites something. A good answer that cites nothing is left out and listed for the
drafter, and so is the answer of an agency that contradicts the one that counts. The draft prints all of them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from fatf_kit.assessment.answers.audience import may_read
from fatf_kit.assessment.answers.country_names import find_country
from fatf_kit.assessment.answers.model import Answer, AnswerRating, EvidenceItem
from fatf_kit.assessment.answers.registers import find_cited_items, index_evidence
from fatf_kit.core.messages import Translator
from fatf_kit.core.ratings import Achievement, CriterionRating
from fatf_kit.framework.model import CoreIssue, Criterion, Requirement, walk
from fatf_kit.laws.matching import CitationMatcher
from fatf_kit.papers.report_input import PaperInput
from fatf_kit.papers.submission.cited_sources import Annex, InstrumentList
from fatf_kit.report.model import Block, Bullets, Paragraph
from fatf_kit.report.sections import make_note
from fatf_kit.scoring.evidence import EvidenceStatus
from fatf_kit.scoring.model import CoreIssueResult, CriterionResult
from fatf_kit.scoring.report.traces import describe_planned, strip_unit

_NEEDS_PROOF = frozenset({CriterionRating.MET, CriterionRating.MOSTLY_MET, Achievement.VERY_LARGE, Achievement.LARGE})
"""Answers that are not stated to evaluators while nothing is cited for them."""

Result = CriterionResult | CoreIssueResult


@dataclass(frozen=True, slots=True, kw_only=True)
class NodeStatement:
    """The statements on one criterion, part or core issue.

    Of the `answers` that may be read, a submission prints `printed` and leaves out `unproven` and `differing`. `is_cut`
    says that further answers are not for the audience.
    """

    node: Requirement
    answers: tuple[Answer, ...] = ()
    printed: tuple[Answer, ...] = ()
    unproven: tuple[Answer, ...] = ()
    differing: tuple[Answer, ...] = ()
    is_cut: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class RequirementStatement:
    """The same for a whole criterion or core issue, part by part; those of which nothing is said are not in it."""

    chosen: tuple[NodeStatement, ...] = ()

    @property
    def is_printed(self) -> bool:
        """Return whether a submission prints anything on it."""
        return any(one.printed or one.is_cut for one in self.chosen)

    @property
    def unproven(self) -> tuple[NodeStatement, ...]:
        """Return the statements whose good answer is left out because it cites nothing."""
        return tuple(one for one in self.chosen if one.unproven)

    @property
    def differing(self) -> tuple[NodeStatement, ...]:
        """Return the statements in which an agency contradicts the answer that counts."""
        return tuple(one for one in self.chosen if one.differing)


class Statements:
    """The statements of an assessment that one audience may read, requirement by requirement."""

    def __init__(self, paper_input: PaperInput, t: Translator) -> None:
        self._paper_input = paper_input
        self._t = t
        self._settled = {answer.requirement: answer for answer in paper_input.responses.answers}
        self._answers: dict[str, list[Answer]] = {}
        for answer in paper_input.responses.answers:
            self._answers.setdefault(answer.requirement, []).extend(answer.agency_answers or (answer,))
        self._register = index_evidence(paper_input.responses.evidence)
        self.annex = Annex(t)
        self.country = paper_input.iso3 or find_country(paper_input.responses.country)
        self.instruments = InstrumentList(CitationMatcher(paper_input.laws, self.country), t)

    def answers(self, requirement: str) -> tuple[Answer, ...]:
        """Return the answers that may be read, the lead's first."""
        audience, answers = self._paper_input.audience, self._answers.get(requirement, [])
        return tuple(one for one in answers if may_read(audience, one.confidentiality))

    def evidence(self, answer: Answer) -> tuple[EvidenceItem, ...]:
        """Return the items of its own source's register that an answer names."""
        return find_cited_items(answer, self._register)

    def choose(self, top: Criterion | CoreIssue, result: Result) -> RequirementStatement:
        """Return the answers to a criterion or core issue that are printed, and those that are not."""
        ratings: dict[str, AnswerRating | None] = {}
        has_proof = _has_own_proof(result)
        chosen = []
        cited: dict[str, bool] = {}
        for node, parent in _with_parents(top):
            answers = self.answers(node.id)
            settled = self._settled.get(node.id)
            standing = (result.decided if node.id == top.id else None) or (settled.rating if settled else None)
            ratings[node.id] = standing or (ratings[parent] if parent else None)
            agreeing = tuple(a for a in answers if a.rating is None or a.rating == standing)
            given = [a.rating for a in answers]
            if settled is not None and standing is not None and standing not in given:  # decided otherwise
                agreeing = tuple(a for a in answers if a.rating in (None, settled.rating))
            cited[node.id] = (cited[parent] if parent else has_proof) or any(map(self._cites, agreeing))
            stated = tuple(a for a in agreeing if a.explanation or self._cites(a))
            rating = ratings[node.id] if stated else standing  # a part without any answer claims nothing
            is_unproven = _is_unproven(rating, stated, is_cited=cited[node.id])
            chosen.append(
                NodeStatement(
                    node=node,
                    answers=answers,
                    printed=() if is_unproven else stated,
                    unproven=agreeing if is_unproven else (),
                    differing=tuple(a for a in answers if a not in agreeing),
                    is_cut=len(answers) < len(self._answers.get(node.id, ())),
                )
            )
        return RequirementStatement(chosen=tuple(one for one in chosen if one.answers or one.is_cut))

    def blocks(self, one: NodeStatement, *, is_draft: bool) -> Iterator[Block]:
        """Yield the statements on one requirement: words, then what they cite; in a draft also gaps."""
        t = self._t
        answers = one.answers if is_draft else one.printed
        yield from self._stated(answers, one)
        if is_draft:
            for answer in answers:
                if answer.missing:
                    yield Paragraph(text=t("Still missing: {what}", what=answer.missing))
                if answer.action:
                    yield Paragraph(text=describe_planned((answer.action,), answer.action_due, t))
        if one.is_cut:
            yield make_note(t("Information is withheld here because of its confidentiality."))

    def agency(self, answer: Answer) -> str:
        """Return the name of the agency that gave an answer; empty in a whole-country workbook."""
        return self._paper_input.agencies.get(answer.agency, answer.agency) if answer.agency else ""

    def _stated(self, answers: Sequence[Answer], one: NodeStatement) -> Iterator[Block]:
        texts = [self._signed(answer, answers) for answer in answers if answer.explanation]
        yield from (Paragraph(text=text) for text in dict.fromkeys(texts))
        sources = [self._source(answer, one.node.id) for answer in answers if self._cites(answer)]
        if sources:
            yield Bullets(items=tuple(dict.fromkeys(sources)))

    def _signed(self, answer: Answer, among: Sequence[Answer]) -> str:
        if answer.agency is None or len({one.agency for one in among}) < 2:
            return answer.explanation
        return self._t("{name}: {text}", name=self.agency(answer), text=answer.explanation)

    def _source(self, answer: Answer, requirement: str) -> str:
        """Return the citation with its date, and the numbers of its documents in the annex."""
        t = self._t
        since = answer.in_force_from
        items = {self.annex.number(item, requirement): item for item in self.evidence(answer)}
        self.instruments.add(answer.citation, requirement, items)
        numbers = " ".join(f"[{number}]" for number in items)
        if not answer.citation:
            return t("Annex: {numbers}", numbers=numbers)
        dated = t("in force from {day}", day=t.day(since)) if since else ""
        place = t.points(filter(None, (self.instruments.list_laws(answer.citation), dated)))
        cited = t("{text} ({place})", text=answer.citation, place=place) if place else answer.citation
        return f"{cited} {numbers}".strip()

    def _cites(self, answer: Answer) -> bool:
        return bool(answer.citation or self.evidence(answer))


def _with_parents(top: Criterion | CoreIssue) -> Iterator[tuple[Requirement, str | None]]:
    """Yield every node of a criterion or core issue with the id of the one above it; the first has none."""
    above: list[str] = []
    for node, depth in walk(top):
        del above[depth:]
        yield node, above[-1] if above else None
        above.append(node.id)


def _has_own_proof(result: Result) -> bool:
    """Return whether figures or cases show a core issue at least in part, whatever its answer cites."""
    known = (EvidenceStatus.SHOWN, EvidenceStatus.PARTLY_SHOWN)
    return isinstance(result, CoreIssueResult) and result.status in known


def _is_unproven(rating: AnswerRating | None, stated: Sequence[Answer], *, is_cited: bool) -> bool:
    """Return whether an answer is a claim without proof: good, or words without any rating, and cites nothing."""
    if rating is CriterionRating.NOT_APPLICABLE:
        return not any(answer.explanation for answer in stated)
    return not is_cited and (rating in _NEEDS_PROOF or (rating is None and bool(stated)))


def format_statement(one: NodeStatement) -> str:
    """Return the number and the requirement, for lists."""
    return f"{strip_unit(one.node.id)} {one.node.statement}"
