"""The remaining work of one agency: first the work with the largest effect, then the rest, each requirement once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from fatf_kit.assessed.facts import AgencyFact, ReturnStatus
from fatf_kit.assessment.answers import returns
from fatf_kit.assessment.answers.audience import may_read
from fatf_kit.assessment.answers.model import Answer
from fatf_kit.core.groups import group_pairs
from fatf_kit.core.messages import Translator
from fatf_kit.core.ratings import FindingKind
from fatf_kit.framework.catalog import get_enclosing_id, index_requirements
from fatf_kit.papers.report_input import PaperInput, get_country_name
from fatf_kit.report.document_tables import keep_ltr, make_table
from fatf_kit.report.model import Block, Document, KeyFigures, Paragraph, Section, TableCell, Tone
from fatf_kit.report.problems_section import build_problems_section
from fatf_kit.report.sections import make_key_figures, make_note, make_section
from fatf_kit.scoring.finding import Finding
from fatf_kit.scoring.findings import join_sentences
from fatf_kit.scoring.report.notices import phrase_indicative_notice
from fatf_kit.scoring.report.traces import describe_next_step, describe_status, strip_unit
from fatf_kit.spreadsheets.covers import ReturnTerms
from fatf_kit.spreadsheets.words import load_words

_FIRST = 4
"""Points on the first page, which has no space for more in any language."""

TO_DO = {
    FindingKind.CONFLICT: ("conflicts", "Conflicting answers"),
    FindingKind.UNDEMONSTRATED: ("proof", "Missing evidence"),
    FindingKind.UNANSWERED: ("unanswered", "Unanswered requirements"),
    FindingKind.SHORTCOMING: ("shortcomings", "Shortcomings"),
}
"""The section of each kind of finding: its anchor and its title.

Of several findings on one requirement the first of this order decides where it is listed.
"""

_CHEAPEST_FIRST = (
    FindingKind.UNDEMONSTRATED,
    FindingKind.UNANSWERED,
    FindingKind.CONFLICT,
    FindingKind.SHORTCOMING,
)


def build_agency_page(paper_input: PaperInput, t: Translator) -> Document:
    """Return the position of the agency, by its own answers only, and its remaining work.

    Of other agencies it contains the requirements that they share, and their rating where it contradicts this one and
    may be read.
    """
    agency = paper_input.agency or ""
    name = paper_input.agencies.get(agency, agency)
    own = _own_answers(paper_input)
    fact = next((fact for fact in paper_input.facts.agencies if fact.agency == agency), None)
    work = _open_work(paper_input)
    files = {file.name for file in paper_input.responses.inputs if file.agency == agency}
    problems = [p for p in paper_input.problems if p.ref and p.ref.file in files]
    by_effect = sorted(work, key=lambda one: -one.weight)
    first, rest = by_effect[:_FIRST], by_effect[_FIRST:]
    writer = _Writer(paper_input, own, t)
    return Document(
        id=f"agency-{agency}",
        title=t("{agency}: remaining work", agency=name),
        subtitle=t("{country}, preparation of the mutual evaluation", country=get_country_name(paper_input, t)),
        language=t.language,
        facts=(*paper_input.list_facts(t), *_return_terms(paper_input, t)),
        notices=(*paper_input.notices, phrase_indicative_notice(t)),
        contents_depth=0,  # the first page needs the space for the most important work
        sections=(
            make_section(
                "standing",
                t("Current position"),
                *(_received(fact, name, t) if fact else ()),
                *((_count_work(fact, t),) if fact else ()),
                *writer.first(first),
                *(_describe_support(fact, t) if fact else ()),
            ),
            *writer.sections(rest, has_first=bool(first)),
            build_problems_section(problems, t),
        ),
    )


def _count_work(fact: AgencyFact, t: Translator) -> KeyFigures:
    """Count what the agency leads, and what of it is open."""
    labels = (
        (fact.leads, t.plural("requirement that it leads", "requirements that it leads", fact.leads)),
        (
            fact.leads_unanswered,
            t.plural("requirement without an answer", "requirements without an answer", fact.leads_unanswered),
        ),
        (
            fact.without_evidence,
            t.plural("answer without evidence", "answers without evidence", fact.without_evidence),
        ),
        (fact.shortcomings, t.plural("reported shortcoming", "reported shortcomings", fact.shortcomings)),
        (fact.to_correct, t.plural("cell to correct", "cells to correct", fact.to_correct)),
    )
    return make_key_figures((str(n), label) for n, label in labels)


def _describe_support(fact: AgencyFact, t: Translator) -> tuple[Paragraph, ...]:
    """Describe the requirements on which the agency supports others; empty where it supports none."""
    if not fact.supports:
        return ()
    text = t.plural(
        "The agency also supports other agencies on {n} requirement.",
        "The agency also supports other agencies on {n} requirements.",
        fact.supports,
    )
    if fact.supports_unanswered == fact.supports:
        nothing = t("It has added nothing on any of them; an answer is needed only where it knows more or disagrees.")
        return (make_note(f"{text} {nothing}"),)
    more = t.plural(
        "It has added nothing on {n} of them; an answer is needed only where it knows more or disagrees.",
        "It has added nothing on {n} of them; an answer is needed only where it knows more or disagrees.",
        fact.supports_unanswered,
    )
    return (make_note(f"{text} {more}" if fact.supports_unanswered else text),)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Open:
    """One requirement with open work. `kinds` are all its findings; the first of `TO_DO` places it."""

    requirement: str
    kinds: Mapping[FindingKind, Finding | None] = field(default_factory=dict)
    weight: int = 0

    @property
    def kind(self) -> FindingKind:
        """Return the kind of finding that the requirement is listed under."""
        return next(kind for kind in TO_DO if kind in self.kinds)

    @property
    def finding(self) -> Finding | None:
        """The finding behind that, None for what only this agency has not answered."""
        return self.kinds[self.kind]


def _open_work(paper_input: PaperInput) -> list[_Open]:
    """Return every requirement with open work that the agency leads, and every conflict that it takes part in.

    They are in the order of the facts, those with the largest effect on the outlook first.
    """
    contradicted = _contradicting(paper_input)
    found = group_pairs((finding.requirement, finding) for finding in paper_input.findings)
    own = _list_led(paper_input)
    work = []
    for gap in paper_input.facts.gaps:
        kinds: dict[FindingKind, Finding | None] = {
            finding.kind: finding
            for finding in found.get(gap.requirement, ())
            if (finding.kind is FindingKind.CONFLICT and gap.requirement in contradicted)
            or (finding.kind is not FindingKind.CONFLICT and gap.requirement in own)
        }
        if kinds:
            work.append(_Open(requirement=gap.requirement, kinds=kinds, weight=gap.weight))
    return work


def _list_led(paper_input: PaperInput) -> frozenset[str]:
    """List the requirements with gaps that the agency leads; without a folder, those that it answered."""
    agency = paper_input.agency or ""
    if paper_input.assigned:
        gaps = (gap for gap in paper_input.facts.gaps if gap.has_agency and gap.owner == agency)
        return frozenset(gap.requirement for gap in gaps)
    return frozenset(_own_answers(paper_input))


def _own_answers(paper_input: PaperInput) -> Mapping[str, tuple[Answer, ...]]:
    """Return the agency's own answers, by criterion or core issue, its parts included."""
    found: defaultdict[str, list[Answer]] = defaultdict(list)
    for answer in returns.list_own_answers(paper_input.responses.answers):
        if answer.agency == paper_input.agency and may_read(paper_input.audience, answer.confidentiality):
            found[get_enclosing_id(answer.requirement)].append(answer)
    return {requirement: tuple(answers) for requirement, answers in found.items()}


def _return_terms(paper_input: PaperInput, t: Translator) -> tuple[tuple[str, str], ...]:
    """Return by when and to whom the agency answers, as far as the coordinator wrote it."""
    terms = paper_input.returns.get(paper_input.agency or "", ReturnTerms())
    words, due = load_words(t.language), t.day(terms.due) if terms.due else ""
    found = ((words["cover.return.by"], due), (words["cover.return.to"], terms.to))
    return tuple((name, text) for name, text in found if text)


def _received(fact: AgencyFact, name: str, t: Translator) -> tuple[Paragraph, ...]:
    """Return the notice that no workbook, or an empty one, was received; none where there are answers."""
    text = {
        ReturnStatus.NOTHING: t("No workbook has been received ({agency}).", agency=name),
        ReturnStatus.EMPTY: t("The workbook that was received is empty ({agency}).", agency=name),
    }.get(fact.returned)
    return (Paragraph(text=text, tone=Tone.NOTICE),) if text else ()


def _contradicting(paper_input: PaperInput) -> Mapping[str, list[tuple[str, Answer]]]:
    """Return answers of others that differ from the agency's own, each with the latter, by criterion or core issue."""
    found: defaultdict[str, list[tuple[str, Answer]]] = defaultdict(list)
    for answer in paper_input.responses.answers:
        given = answer.agency_answers
        mine = next((other.rating for other in given if other.agency == paper_input.agency), None)
        if mine is not None:
            others = [other for other in given if other.rating not in (None, mine)]
            found[get_enclosing_id(answer.requirement)] += [(str(mine), other) for other in others]
    return {requirement: others for requirement, others in found.items() if others}


class _Writer:
    """A writer of the open work of one agency as tables."""

    def __init__(self, paper_input: PaperInput, own: Mapping[str, tuple[Answer, ...]], t: Translator) -> None:
        self._paper_input = paper_input
        self._own = own
        self._t = t
        self._index = index_requirements(paper_input.framework)
        self._contradicting = _contradicting(paper_input)

    def first(self, work: Sequence[_Open]) -> tuple[Block, ...]:
        """Return the table of the work with the largest effect, of any kind."""
        t = self._t
        if not work:
            return (Paragraph(text=t("No work remains.")),)
        rows = (self._describe(one, t(TO_DO[one.kind][1])) for one in work)
        caption = t("Largest effect on the ratings")
        return (make_table("table-first", caption, self._heads(), rows),)

    def sections(self, work: Sequence[_Open], *, has_first: bool) -> tuple[Section, ...]:
        """Return the rest, by what is to be done, cheapest first; a kind without any has no section."""
        t = self._t
        sections: list[Section] = []
        for kind in _CHEAPEST_FIRST:
            some = [one for one in work if one.kind is kind]
            if not some:
                continue
            anchor, title = TO_DO[kind]
            caption = t.plural("{n} requirement", "{n} requirements", len(some))
            if has_first:
                caption = t.plural("{n} more requirement", "{n} more requirements", len(some))
            blocks: list[Block] = []
            heads, rows = self._heads(), [self._describe(one) for one in some]
            if kind is FindingKind.UNANSWERED:  # the next step is the same for all
                blocks.append(Paragraph(text=t("Answer these requirements in your workbook.")))
                heads = ((t("Requirement"), 3), (t("Text of the requirement"), 17))
                rows = [self._describe_unanswered(one) for one in some]
            blocks.append(make_table(f"table-{anchor}", caption, heads, rows))
            sections.append(make_section(anchor, t(title), *blocks, break_before=not sections))
        return tuple(sections)

    def _heads(self) -> tuple[tuple[str, int], ...]:
        t = self._t
        return (t("Requirement"), 3), (t("Text of the requirement"), 9), (t("Next step"), 8)

    def _describe(self, one: _Open, kind: str = "") -> tuple[TableCell, ...]:
        """Return the row of a requirement with its next step; `kind` is the second line under the id."""
        own = self._own.get(one.requirement, ())
        missing = join_sentences(answer.missing for answer in own)
        return (
            TableCell(text=one.requirement, ltr=True, detail=kind),
            TableCell(text=self._index[one.requirement].statement, detail=missing),
            self._step(one),
        )

    def _describe_unanswered(self, one: _Open) -> tuple[TableCell, ...]:
        """Return the row of a requirement that the agency leads."""
        return (keep_ltr(one.requirement), TableCell(text=self._index[one.requirement].statement))

    def _step(self, one: _Open) -> TableCell:
        """Return the next step by what is missing; the agency's plan, else the recommendation, for shortcomings."""
        t, own = self._t, self._own.get(one.requirement, ())
        planned = join_sentences(answer.action for answer in own)
        recommended = self._index[one.requirement].guidance.recommended_action
        if one.kind is FindingKind.UNANSWERED:
            return TableCell(text=t("Answer it in your workbook."), detail=self._lead(one.requirement))
        detail = planned
        if not planned and FindingKind.SHORTCOMING in one.kinds:
            detail = f"{recommended} {self._lead(one.requirement)}".strip()
        if one.kind is FindingKind.CONFLICT:
            return TableCell(text=self._difference(one.requirement), detail=detail)
        if one.kind is FindingKind.UNDEMONSTRATED and one.finding:
            late = self._paper_input.assessment.in_force_later.get(one.requirement)
            lacks = describe_status(one.finding.status, t, late)
            return TableCell(text=f"{lacks} {describe_next_step(one.finding.status, t)}".strip(), detail=detail)
        return TableCell(text=detail or "–")

    def _lead(self, requirement: str) -> str:
        """Return which other agency leads on a requirement; empty where this one does or none is known."""
        lead = self._paper_input.leads.get(requirement)
        if lead is None or lead == self._paper_input.agency:
            return ""
        return self._t("Lead agency: {agency}", agency=self._paper_input.agencies.get(lead, lead))

    def _difference(self, requirement: str) -> str:
        """Return both answers, for each part on which they differ; another agency's only where it may be read."""
        t = self._t
        others = self._contradicting[requirement]
        answers = [
            t(
                "{id}: you answered “{own}”, {agency} answered “{other}”.",
                id=strip_unit(other.requirement),
                own=t.named(mine),
                agency=self._paper_input.agencies.get(other.agency or "", other.agency or ""),
                other=t.named(other.rating or ""),
            )
            for mine, other in others
            if may_read(self._paper_input.audience, other.confidentiality)
        ]
        is_hidden = len(answers) < len(others)
        if answers:
            answers.append(t("Agree on one answer and report it to the coordinator."))
        if is_hidden:
            text = t("Another agency gave a different answer. Ask the coordinator which answer applies.")
            answers.append(text)
        return " ".join(answers)
