"""The pieces that both submissions share: first page, earlier rating, lists for the drafter."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from fatf_kit.core.messages import Translator
from fatf_kit.framework.model import CoreIssue, Criterion, list_requirements
from fatf_kit.framework.submission_shape import SubmissionPart, load_submission_shape
from fatf_kit.papers.report_input import PaperInput, phrase_indicative_notice
from fatf_kit.papers.submission.statements import RequirementStatement, Statements, format_statement
from fatf_kit.report.model import Block, Bullets, Paragraph, Section, Tone
from fatf_kit.scoring.model import CoreIssueResult, CriterionResult
from fatf_kit.scoring.report.traces import describe_next_step, describe_status, strip_unit

COMPLIANCE, EFFECTIVENESS = "compliance", "effectiveness"
"""Kinds of submission."""
SUBMISSIONS = (COMPLIANCE, EFFECTIVENESS)
"""Papers that go to the evaluators; each has a working draft that does not."""


class Submission:
    """Everything both submissions are built from: the input, what is printed of each requirement, and results.

    `kind` is `COMPLIANCE` or `EFFECTIVENESS`.
    """

    def __init__(self, paper_input: PaperInput, kind: str, t: Translator) -> None:
        self.paper_input = paper_input
        self.kind = kind
        self.t = t
        self.statements = Statements(paper_input, t)
        units = paper_input.framework.recommendations if kind == COMPLIANCE else paper_input.framework.outcomes
        results = {one.id: one for one in paper_input.assessment.requirements}
        self.tops: tuple[Criterion | CoreIssue, ...] = tuple(top for unit in units for top in list_requirements(unit))
        self.results: Mapping[str, CriterionResult | CoreIssueResult] = {top.id: results[top.id] for top in self.tops}
        self.choices: Mapping[str, RequirementStatement] = {
            top.id: self.statements.choose(top, self.results[top.id]) for top in self.tops
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
        return tuple(top for top in self.tops if not (self.choices[top.id].is_printed or self.choices[top.id].unproven))

    @property
    def unproven(self) -> tuple[str, ...]:
        """The good answers without proof, which a submission does not print: number and requirement."""
        return tuple(format_statement(one) for top in self.tops for one in self.choices[top.id].unproven)

    def answered(self, top: Criterion | CoreIssue) -> Iterator[Block]:
        """Yield the statements on a requirement, its parts under their own statements."""
        choice = self.choices[top.id]
        for one in choice.chosen:
            blocks = tuple(self.statements.blocks(one, is_draft=self.is_draft))
            if blocks and one.node.id != top.id:
                yield Paragraph(text=format_statement(one), tone=Tone.SMALL)
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
        return (*(section for part in order for section in known[part]), *(self._lists() if self.is_draft else ()))

    def _lists(self) -> Iterator[Section]:
        """Yield the requirements without any measure, and the claims without proof."""
        t = self.t
        if self.unreported:
            hint = t("Decide on each of these before the paper is final: report a measure, or leave it out.")
            yield Section(
                anchor="no-measure",
                title=t("No measure is reported"),
                break_before=True,
                blocks=(
                    Bullets(items=tuple(f"{strip_unit(top.id)} {top.statement}" for top in self.unreported)),
                    *self.hint(hint),
                ),
            )
        if self.unproven:
            hint = t("These answers claim a good result and cite no evidence. They are not part of the submission.")
            yield Section(
                anchor="no-proof",
                title=t("Claims without evidence, not part of the submission"),
                blocks=(Bullets(items=self.unproven), *self.hint(hint)),
            )

    def hint(self, text: str) -> tuple[Paragraph, ...]:
        """Return a hint to the author of a draft; nothing in a submission."""
        return (Paragraph(text=text, tone=Tone.HINT),) if self.is_draft else ()

    def _hints(self, top: Criterion | CoreIssue, choice: RequirementStatement) -> Iterator[Paragraph]:
        """Yield hints to the drafter: proof that is open, agencies that differ, no answer."""
        t = self.t
        result = self.results[top.id]
        if not choice.chosen:
            yield Paragraph(text=top.statement, tone=Tone.SMALL)
            yield from self.hint(t("No agency has answered this yet."))
            return
        if lacks := describe_status(result.status, t, result.in_force_from or result.in_force_until):
            yield from self.hint(f"{lacks} {describe_next_step(result.status, t)}".strip())
        if choice.unproven:
            yield from self.hint(t("Not part of the submission: no evidence is cited for it."))
        for one in choice.differing:
            yield from self.hint(
                t(
                    "The agencies' answers on {id} differ. Not part of the submission: {answers}",
                    id=strip_unit(one.node.id),
                    answers=t.points(
                        t(
                            "{name}: {text}",
                            name=self.statements.agency(answer) or (answer.ref.file if answer.ref else "?"),
                            text=t.named(answer.rating) if answer.rating else "–",
                        )
                        for answer in one.differing
                    ),
                )
            )


def get_banner(paper_input: PaperInput, t: Translator) -> str:
    """Return the line at the head of every page of a draft; empty for a submission."""
    return t("Working draft: not for evaluators") if paper_input.is_draft else ""


def list_notices(paper_input: PaperInput, t: Translator) -> tuple[str, ...]:
    """Return the notices on every page: a draft has indicative ratings, a submission has none."""
    if paper_input.is_draft:
        return (*paper_input.notices, phrase_indicative_notice(t))
    words = t("Statements of the country's authorities for its mutual evaluation. This paper contains no ratings.")
    return (*paper_input.notices, words)


def list_previous_rating(paper_input: PaperInput, unit: str, t: Translator) -> tuple[Paragraph, ...]:
    """Return the rating of a unit in the last report; where that has none, only a draft says so."""
    report = paper_input.previous
    if report is None:
        return ()
    rating = report.ratings.get(unit)
    if rating is None:
        words = t("No earlier rating is recorded here.")
        return (Paragraph(text=words, tone=Tone.HINT),) if paper_input.is_draft else ()
    words = t("The report of {month} rated it {rating}.", month=t.month(report.date), rating=rating)
    if report.edition != paper_input.framework.id:
        words += " " + t("That report followed another edition of the Methodology.")
    return (Paragraph(text=words),)


def list_first_facts(paper_input: PaperInput, t: Translator) -> tuple[tuple[str, str], ...]:
    """Return the facts under the title, name and value."""
    a = paper_input.assessment
    return (
        (t("Edition"), paper_input.framework.full_title),
        (t("Cut-off date"), t.day(a.cut_off) if a.cut_off else t("not given")),
        *(((t("Scoring policy"), t(paper_input.policy.title)),) if paper_input.is_draft else ()),
        (t("Audience"), t(paper_input.audience)),
        (t("Made on"), t.moment(paper_input.generated_at)),
    )
