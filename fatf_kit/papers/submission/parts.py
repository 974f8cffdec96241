"""The pieces that both submissions share: first page, earlier rating, lists and lengths for the drafter."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from fatf_kit.assessment.answers.model import Answer
from fatf_kit.core.messages import Translator
from fatf_kit.framework.catalog import get_unit_id
from fatf_kit.framework.model import CoreIssue, Criterion, list_requirements
from fatf_kit.framework.submission_shape import SubmissionPart, load_submission_shape
from fatf_kit.papers.report_input import PaperInput
from fatf_kit.papers.submission.statements import RequirementStatement, Result, Statements, format_statement
from fatf_kit.report.model import Block, Bullets, Document, Paragraph, Section, Tone
from fatf_kit.report.sections import make_note, make_section
from fatf_kit.scoring.report.notices import phrase_indicative_notice
from fatf_kit.scoring.report.traces import describe_next_step, describe_status, strip_unit

COMPLIANCE, EFFECTIVENESS = "compliance", "effectiveness"
"""Kinds of submission."""
SUBMISSIONS = (COMPLIANCE, EFFECTIVENESS)
"""Papers that go to the evaluators; each has a working draft that does not."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PartLength:
    """The length of what a submission says on one subject: a Recommendation or core issue, "" for the whole."""

    subject: str
    words: int
    usual: int

    @property
    def is_long(self) -> bool:
        """Whether it is longer than is usual."""
        return self.words > self.usual


class Submission:
    """Everything both submissions are built from: the input, what is printed of each requirement, and results.

    `kind` is `COMPLIANCE` or `EFFECTIVENESS`.
    """

    def __init__(self, paper_input: PaperInput, kind: str, t: Translator) -> None:
        self.paper_input = paper_input
        self.kind = kind
        self.t = t
        self.statements = Statements(paper_input, t)
        framework, assessment = paper_input.framework, paper_input.assessment
        units = framework.recommendations if kind == COMPLIANCE else framework.outcomes
        tops = tuple(top for unit in units for top in list_requirements(unit))
        self.tops: tuple[Criterion | CoreIssue, ...] = tops
        self.results: Mapping[str, Result] = {one.id: one for one in assessment.requirements}
        self.choices: Mapping[str, RequirementStatement] = {
            top.id: self.statements.choose(top, self.results[top.id]) for top in tops
        }

    @property
    def country(self) -> str | None:
        """The ISO 3166 code of the country; None where it is not known."""
        return self.statements.country

    @property
    def is_draft(self) -> bool:
        """Return whether this is the working version, with ratings, gaps and hints."""
        return self.paper_input.is_draft

    def is_shown(self, top: Criterion | CoreIssue) -> bool:
        """Return whether a requirement has a section of its own."""
        return self.is_draft or self.choices[top.id].is_printed

    @property
    def unreported(self) -> tuple[Criterion | CoreIssue, ...]:
        """The requirements on which the country says nothing that could be printed or claimed."""
        pairs = ((top, self.choices[top.id]) for top in self.tops)
        return tuple(top for top, choice in pairs if not (choice.is_printed or choice.unproven))

    @property
    def unproven(self) -> tuple[str, ...]:
        """The good answers without proof, which a submission does not print: number and requirement."""
        choices = (self.choices[top.id] for top in self.tops)
        return tuple(format_statement(one) for choice in choices for one in choice.unproven)

    def answered(self, top: Criterion | CoreIssue) -> Iterator[Block]:
        """Yield the statements on a requirement, its parts under their own statements."""
        choice = self.choices[top.id]
        for one in choice.chosen:
            blocks = tuple(self.statements.blocks(one, is_draft=self.is_draft))
            if blocks and one.node.id != top.id:
                yield make_note(format_statement(one))
            yield from blocks
        if self.is_draft:
            yield from self._hints(top, choice)

    def arrange(self, parts: Mapping[SubmissionPart, tuple[Section, ...]]) -> tuple[Section, ...]:
        """Return the parts in the order of the edition, with those that come from what is cited.

        A draft ends with the lists for the drafter.
        """
        t = self.t
        names = t.points(self.statements.instruments.without_kind)
        hint = t("The kind of some instruments is not known. Enter it in the evidence register: {names}", names=names)
        hints = self.hint(hint) if names else ()
        known = {
            **parts,
            SubmissionPart.INSTRUMENTS: tuple(self.statements.instruments.build_sections(hints)),
            SubmissionPart.EVIDENCE: (self.statements.annex.section(),),
        }
        shape = load_submission_shape(self.paper_input.framework.id)
        order = shape.compliance.order if self.kind == COMPLIANCE else shape.effectiveness.order
        sections = (section for part in order for section in known[part])
        return (*sections, *(self._lists() if self.is_draft else ()))

    def _lists(self) -> Iterator[Section]:
        """Yield the requirements without any measure, and the claims without proof."""
        t = self.t
        if self.unreported:
            hint = t("Decide on each of these before the paper is final: report a measure, or leave it out.")
            items = tuple(f"{strip_unit(top.id)} {top.statement}" for top in self.unreported)
            blocks: tuple[Block, ...] = (Bullets(items=items), *self.hint(hint))
            title = t("No measure is reported")
            yield make_section("no-measure", title, *blocks, break_before=True)
        if self.unproven:
            hint = t("These answers claim a good result and cite no evidence. They are not part of the submission.")
            title = t("Claims without evidence, not part of the submission")
            yield make_section("no-proof", title, Bullets(items=self.unproven), *self.hint(hint))

    def hint(self, text: str) -> tuple[Paragraph, ...]:
        """Return a hint to the author of a draft; nothing in a submission."""
        return (Paragraph(text=text, tone=Tone.HINT),) if self.is_draft else ()

    def _hints(self, top: Criterion | CoreIssue, choice: RequirementStatement) -> Iterator[Paragraph]:
        """Yield hints to the drafter: proof that is open, agencies that differ, no answer."""
        t = self.t
        result = self.results[top.id]
        if not choice.chosen:
            yield make_note(top.statement)
            yield from self.hint(t("No agency has answered this yet."))
            return
        if lacks := describe_status(result.status, t, result.in_force_from or result.in_force_until):
            yield from self.hint(f"{lacks} {describe_next_step(result.status, t)}".strip())
        if choice.unproven:
            yield from self.hint(t("Not part of the submission: no evidence is cited for it."))
        for one in choice.differing:
            answers = t.points(self._name_answer(answer) for answer in one.differing)
            text = t(
                "The agencies' answers on {id} differ. Not part of the submission: {answers}",
                id=strip_unit(one.node.id),
                answers=answers,
            )
            yield from self.hint(text)

    def _name_answer(self, answer: Answer) -> str:
        name = self.statements.agency(answer) or (answer.ref.file if answer.ref else "?")
        return self.t("{name}: {text}", name=name, text=self.t.named(answer.rating) if answer.rating else "–")

    def measure_lengths(self) -> dict[str, PartLength]:
        """Return the lengths of the printed statements and citations by subject, of the whole under ""."""
        usual = load_submission_shape(self.paper_input.framework.id).lengths
        is_compliance = self.kind == COMPLIANCE
        whole = usual.words_in_compliance if is_compliance else usual.words_in_effectiveness
        each = usual.words_for_criterion if is_compliance else usual.words_for_core_issue
        words: Counter[str] = Counter()
        guide: Counter[str] = Counter()
        for top in self.tops:
            subject = get_unit_id(top.id) if is_compliance else top.id
            printed = [answer for one in self.choices[top.id].chosen for answer in one.printed]
            texts = (f"{one.explanation} {one.citation}" for one in printed)
            words[subject] += sum(len(text.split()) for text in texts)
            guide[subject] += each.value
        lengths = {one: PartLength(subject=one, words=words[one], usual=guide[one]) for one in guide}
        return {"": PartLength(subject="", words=words.total(), usual=whole.value), **lengths}

    def hint_length(self, subject: str) -> tuple[Paragraph, ...]:
        """Return a hint to the drafter where the text on a Recommendation or core issue is longer than is usual."""
        length = self.measure_lengths()[subject]
        if not length.is_long:
            return ()
        words = self.t.plural(
            "Length: {n} word; about {usual} are usual here. Shorten it.",
            "Length: {n} words; about {usual} are usual here. Shorten it.",
            length.words,
            usual=length.usual,
        )
        return self.hint(words)

    def list_previous_rating(self, unit: str) -> tuple[Paragraph, ...]:
        """Return the rating of a unit in the last report; where that has none, only a draft says so."""
        report, t = self.paper_input.previous, self.t
        if report is None:
            return ()
        rating = report.ratings.get(unit)
        if rating is None:
            return self.hint(t("No earlier rating is recorded here."))
        words = t("The report of {month} rated it {rating}.", month=t.month(report.date), rating=rating)
        if report.edition != self.paper_input.framework.id:
            words += " " + t("That report followed another edition of the Methodology.")
        return (Paragraph(text=words),)

    def make_document(
        self, title: str, subtitle: str, sections: tuple[Section, ...], *, contents_depth: int = 1
    ) -> Document:
        """Return the paper with its first page.

        A draft has a line at the head of every page, and the notice on ratings; a submission has no ratings.
        """
        given, t, a = self.paper_input, self.t, self.paper_input.assessment
        notice = t("Statements of the country's authorities for its mutual evaluation. This paper contains no ratings.")
        return Document(
            id=f"{self.kind}-{'draft' if self.is_draft else 'submission'}",
            title=title,
            subtitle=subtitle,
            language=t.language,
            facts=(
                (t("Edition"), given.framework.full_title),
                (t("Cut-off date"), t.day(a.cut_off) if a.cut_off else t("not given")),
                *(((t("Scoring rules"), t(given.policy.title)),) if self.is_draft else ()),
                (t("Audience"), t(given.audience)),
                (t("Made on"), t.moment(given.generated_at)),
            ),
            notices=(*given.notices, phrase_indicative_notice(t) if self.is_draft else notice),
            sections=sections,
            contents_depth=contents_depth,
            banner=t("Working draft: not for evaluators") if self.is_draft else "",
        )
