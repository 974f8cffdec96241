"""One page for each Recommendation and outcome: its trace and its criteria."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date

from fatf_kit.core.messages import Translator
from fatf_kit.framework.catalog import get_group_letter, index_requirements
from fatf_kit.framework.model import Requirement
from fatf_kit.framework.vocabulary import load_vocabulary
from fatf_kit.papers.report_input import PaperInput
from fatf_kit.report.model import Bullets, Paragraph, Section, TableCell, Tone
from fatf_kit.report.results_table import ResultColumn, ResultsTable
from fatf_kit.report.sections import make_note, make_section
from fatf_kit.scoring.checks import consistency_notes
from fatf_kit.scoring.finding import Finding, list_severities
from fatf_kit.scoring.findings import FoundCascade, derive_cascades
from fatf_kit.scoring.model import OutcomeResult, RecommendationResult
from fatf_kit.scoring.report.explain import describe_conflict, describe_consistency_note
from fatf_kit.scoring.report.traces import (
    describe_finding_step,
    describe_next_step,
    describe_planned,
    describe_status,
    explain_compliance,
    explain_effectiveness,
    name_units,
    strip_unit,
)
from fatf_kit.scoring.report.weight_texts import (
    AnySpan,
    PartOfUnit,
    UnitResult,
    describe_above_shown,
    describe_decision,
    describe_margins,
    describe_range,
    get_scale,
    is_above,
    is_lifted,
)

_FEW = 3
"""Units named where a cascade stands."""


class UnitSections:
    """A builder of the pages of all units; one without any answer has a page too."""

    def __init__(self, paper_input: PaperInput, t: Translator) -> None:
        framework, assessment = paper_input.framework, paper_input.assessment
        findings = paper_input.findings
        self._framework = framework
        self._index = index_requirements(framework)
        self._assessment = assessment
        self._found: defaultdict[str, list[Finding]] = defaultdict(list)
        for finding in findings:
            self._found[finding.requirement].append(finding)
        self._policy = paper_input.policy
        self._leads = paper_input.name_leads()
        self._t = t
        self._notes = {note.outcome: note for note in consistency_notes(framework, assessment)}
        self._cascades: defaultdict[str, list[FoundCascade]] = defaultdict(list)
        for found in derive_cascades(findings, load_vocabulary(t.language).cascades.get(framework.id, ())):
            self._cascades[found.unit].append(found)

    def compliance(self) -> Section:
        """Return all 40 Recommendations under the evaluators' groups."""
        t = self._t
        titles = {r.id: r.title for r in self._framework.recommendations}
        results = {r.id: r for r in self._assessment.recommendations}
        groups = tuple(
            make_section(
                f"group-{group.code}",
                f"{get_group_letter(group, t.language)}. {group.label}",
                sections=(self._recommendation(results[r], titles[r]) for r in group.recommendations),
            )
            for group in self._framework.groups
        )
        title = t("Technical compliance by Recommendation")
        return make_section("compliance", title, sections=groups, break_before=True)

    def effectiveness(self) -> Section:
        """Return all 11 outcomes."""
        titles = {o.id: o.title for o in self._framework.outcomes}
        sections = tuple(self._outcome(o, titles[o.id]) for o in self._assessment.outcomes)
        title = self._t("Effectiveness by outcome")
        return make_section("effectiveness", title, sections=sections, break_before=True)

    def _recommendation(self, result: RecommendationResult, title: str) -> Section:
        sentence = explain_compliance(result, self._policy, self._t)
        return self._unit(result, title, sentence, self._t("Criterion"))

    def _outcome(self, result: OutcomeResult, title: str) -> Section:
        sentence = explain_effectiveness(result, self._policy, self._t)
        return self._unit(result, title, sentence, self._t("Core issue"))

    def _unit(self, result: UnitResult, title: str, sentence: str, heading: str) -> Section:
        t, scale = self._t, get_scale(result)
        has_decided = any(part.decided is not None for part in result.requirements)
        badges = [(t("claimed"), result.claimed), (t("shown"), result.shown)]
        if result.counted != result.shown:
            badges.append((t("decided"), result.counted))
        decided = ResultColumn[PartOfUnit]("decided", t("Decided"), self._decided, page=6)
        caption = t("{unit}: criteria and their status", unit=result.id)
        if isinstance(result, OutcomeResult):
            caption = t("{unit}: core issues and their status", unit=result.id)
        table = ResultsTable[PartOfUnit](
            f"table-{result.id}",
            caption,
            (
                ResultColumn("requirement", heading, self._requirement, page=12),
                ResultColumn("claimed", t("Claimed"), lambda part: self._answer(part.claimed), page=5),
                ResultColumn("shown", t("Shown"), lambda part: self._answer(part.shown), page=6),
                *([decided] if has_decided else []),
                ResultColumn("missing", t("Gaps"), self._missing, page=14),
            ),
            facets=self._facets,
        )
        return Section(
            anchor=result.id,
            title=f"{result.id} {title}",
            badges=tuple(TableCell(text=text, rating=span.describe(), scale=scale) for text, span in badges),
            blocks=(
                *self._decision(result),
                Paragraph(text=describe_range(result, t), tone=Tone.LEAD),
                Paragraph(text=self._calculated(result, sentence)),
                *self._settling(result),
                *self._context(result),
                table.in_document(result.requirements),
            ),
        )

    def _settling(self, result: UnitResult) -> Iterator[Paragraph | Bullets]:
        """Yield up to three requirements that settle the rating first, each with what is missing."""
        t = self._t
        if result.close_to is not None:
            yield make_note(t("Close to {rating}.", rating=result.close_to))
        if not result.open:
            return
        parts = {part.id: part for part in result.requirements}
        yield Paragraph(text=t("First steps to settle the rating:"))
        steps = ((strip_unit(key), describe_next_step(parts[key].status, t)) for key in result.open)
        yield Bullets(items=tuple(t("{name}: {text}", name=name, text=step) for name, step in steps))

    def _calculated(self, result: UnitResult, sentence: str) -> str:
        """Return the trace; with a decision it states that the trace does not count."""
        if result.decided is None:
            return sentence
        return self._t("Without the decision: {trace}", trace=sentence)

    def _decision(self, result: UnitResult) -> Iterator[Paragraph]:
        """Yield the decision about the unit, and the flag where it is above what is shown."""
        t = self._t
        if result.decision is not None and result.decided is not None:
            yield Paragraph(text=describe_decision(result.decision, result.decided, t))
        if is_lifted(result):
            yield Paragraph(text=describe_above_shown(result.shown.describe(), t), tone=Tone.NOTICE)
        if lifted := [strip_unit(part.id) for part in result.requirements if is_above(part)]:
            text = t("Decided above the shown answer: {ids}.", ids=t.listed(lifted))
            yield Paragraph(text=text, tone=Tone.NOTICE)

    def _context(self, result: UnitResult) -> Iterator[Paragraph]:
        """Yield the margin, the other Recommendations affected by shortcomings here, and levels to be explained."""
        t = self._t
        if margin := describe_margins(result, t):
            yield Paragraph(text=" ".join(margin))
        for found in self._cascades[result.id]:
            yield make_note(
                t(
                    "Shortcomings in {ids} also affect {affected}. {reason}",
                    ids=t.first_of(tuple(map(strip_unit, found.found_in)), _FEW),
                    affected=name_units(found.cascade.affected, t),
                    reason=found.cascade.reason,
                )
            )
        if note := self._notes.get(result.id):
            yield Paragraph(text=describe_consistency_note(note, t), tone=Tone.NOTICE)

    def _requirement(self, part: PartOfUnit) -> TableCell:
        return TableCell(text=f"{strip_unit(part.id)} {self._index[part.id].statement}")

    def _missing(self, part: PartOfUnit) -> TableCell:
        t, findings = self._t, self._found[part.id]
        parts = (
            describe_conflict(part, t) if part.conflict and part.decided is None else "",
            " ".join(dict.fromkeys(found.missing for found in findings if found.missing)),
            t("The text is withheld, because the answer is restricted.") if findings and findings[0].withheld else "",
            describe_status(part.status, t, part.in_force_from or part.in_force_until),
        )
        next_step = self._next_step(findings, self._index[part.id])
        return TableCell(text=" ".join(filter(None, parts)), detail=next_step)

    def _facets(self, part: PartOfUnit) -> dict[str, tuple[str, ...]]:
        findings = self._found[part.id]
        return {
            "severity": list_severities(findings),
            "kind": tuple(str(f.kind) for f in findings),
            "agency": part.agencies,
            "status": () if part.status.is_shown else (str(part.status),),
        }

    def _decided(self, part: PartOfUnit) -> TableCell:
        """Return the decided answer with its reason; a dash where there is no decision."""
        if part.decided is None or part.decision is None:
            return TableCell(text="–")
        flag = self._t("above the shown rating") + ". " if is_above(part) else ""
        detail = f"{flag}{part.decision.reason}"
        text, rating = self._t.named(part.decided), str(part.decided)
        return TableCell(text=text, rating=rating, scale="answer", detail=detail)

    def _next_step(self, findings: Sequence[Finding], requirement: Requirement) -> str:
        """Return the next step of each finding, and the country's plan in place of the recommended action."""
        t, sentences = self._t, []
        planned = findings[0].planned if findings else ()
        recommended = "" if planned else requirement.guidance.recommended_action
        steps = (describe_finding_step(one, recommended, t) for one in findings)
        if action := " ".join(dict.fromkeys(filter(None, steps))):
            agency = self._leads.get(requirement.id)
            sentences.append(
                t("Next step ({agency}): {action}", agency=agency, action=action)
                if agency
                else t("Next step: {action}", action=action)
            )
        if planned:
            due = findings[0].planned_due
            sentences.append(describe_planned(planned, date.fromisoformat(due) if due else None, t))
        return " ".join(sentences)

    def _answer(self, span: AnySpan) -> TableCell:
        """Return an answer, or the range in which it is open."""
        return TableCell(text=span.describe(self._t.named), rating=span.describe(), scale="answer")
