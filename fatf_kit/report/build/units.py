"""One page for each Recommendation and outcome: its trace, its criteria, and the cells behind them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from fatf_kit.findings.model import Finding
from fatf_kit.framework.catalog import index_of
from fatf_kit.framework.model import CoreIssue, Criterion, Framework, Requirement
from fatf_kit.messages import Words
from fatf_kit.report.model import Cell, Column, Paragraph, Row, Section, Table
from fatf_kit.report.traces import (
    compliance_sentence,
    effectiveness_sentence,
    short,
    showing_text,
    span_text,
)
from fatf_kit.scoring.model import (
    Assessment,
    CoreIssueResult,
    CriterionResult,
    OutcomeResult,
    RecommendationResult,
)
from fatf_kit.scoring.policy import Policy


class UnitPages:
    """Builds the pages of all units; nobody's answer gives a page too, so that nothing seems forgotten."""

    def __init__(
        self, framework: Framework, assessment: Assessment, findings: Sequence[Finding], policy: Policy, t: Words
    ) -> None:
        self._framework = framework
        self._assessment = assessment
        self._found: defaultdict[str, list[Finding]] = defaultdict(list)
        for finding in findings:
            self._found[finding.requirement].append(finding)
        self._policy = policy
        self._t = t

    def compliance(self) -> Section:
        """All 40 Recommendations under the evaluators' groups."""
        t = self._t
        titles = {r.id: r.title for r in self._framework.recommendations}
        results = {r.id: r for r in self._assessment.recommendations}
        groups = tuple(
            Section(
                anchor=f"group-{group.code}",
                title=f"{group.code}. {group.label}",
                sections=tuple(self._recommendation(results[r], titles[r]) for r in group.recommendations),
            )
            for group in self._framework.groups
        )
        return Section(
            anchor="compliance",
            title=t("Technical compliance, Recommendation by Recommendation"),
            sections=groups,
            break_before=True,
        )

    def effectiveness(self) -> Section:
        """All 11 outcomes."""
        titles = {o.id: o.title for o in self._framework.outcomes}
        return Section(
            anchor="effectiveness",
            title=self._t("Effectiveness, outcome by outcome"),
            sections=tuple(self._outcome(o, titles[o.id]) for o in self._assessment.outcomes),
            break_before=True,
        )

    def _recommendation(self, result: RecommendationResult, title: str) -> Section:
        sentence = compliance_sentence(result, self._policy, self._t)
        return self._unit(result, title, sentence, result.criteria, self._t("Criterion"))

    def _outcome(self, result: OutcomeResult, title: str) -> Section:
        sentence = effectiveness_sentence(result, self._policy, self._t)
        return self._unit(result, title, sentence, result.core_issues, self._t("Core issue"))

    def _unit(
        self,
        result: RecommendationResult | OutcomeResult,
        title: str,
        sentence: str,
        parts: Sequence[CriterionResult] | Sequence[CoreIssueResult],
        heading: str,
    ) -> Section:
        t = self._t
        scale = "compliance" if isinstance(result, RecommendationResult) else "effectiveness"
        return Section(
            anchor=result.id,
            title=f"{result.id} {title}",
            badges=(
                Cell(text=t("claimed"), rating=str(result.claimed or span_text(result.claimed_span)), scale=scale),
                Cell(
                    text=t("demonstrated"),
                    rating=str(result.demonstrated or span_text(result.demonstrated_span)),
                    scale=scale,
                ),
            ),
            blocks=(
                Paragraph(text=sentence),
                Table(
                    id=f"table-{result.id}",
                    caption=t("{unit}: what is asked and where it stands", unit=result.id),
                    columns=(
                        Column(title=heading, width=11),
                        Column(title=t("Claimed"), width=5),
                        Column(title=t("Demonstrated"), width=6),
                        Column(title=t("What is missing"), width=11),
                        Column(title=t("Cell"), width=5),
                    ),
                    rows=tuple(self._row(part) for part in parts),
                ),
            ),
        )

    def _row(self, part: CriterionResult | CoreIssueResult) -> Row:
        t = self._t
        findings = self._found[part.id]
        finding = findings[0] if findings else None
        requirement = index_of(self._framework)[part.id]
        late = part.in_force_from.isoformat() if isinstance(part, CriterionResult) and part.in_force_from else ""
        lacks = showing_text(part.showing, t, late)
        words = " ".join(dict.fromkeys(found.missing for found in findings if found.missing))
        withheld = t("Words withheld: the answer is restricted.") if finding and finding.withheld else ""
        weight = ""
        if part.weight_reason and isinstance(requirement, Criterion | CoreIssue):
            weight = t("Weight {n}: {reason}", n=part.weight, reason=requirement.weight.reason)
        return Row(
            cells=(
                Cell(text=f"{short(part.id)} {requirement.statement}", detail=weight),
                self._answer(part.claimed, part.claimed_span.worst, part.claimed_span.best),
                self._answer(part.demonstrated, part.demonstrated_span.worst, part.demonstrated_span.best),
                Cell(
                    text=" ".join(filter(None, (words, withheld, lacks))), detail=self._next_step(finding, requirement)
                ),
                Cell(text=str(part.refs[0]) if part.refs else "", ltr=True),
            ),
            facets={
                "severity": tuple(str(f.severity) for f in findings if f.severity),
                "kind": tuple(str(f.kind) for f in findings),
                "agency": part.agencies,
            },
        )

    def _next_step(self, finding: Finding | None, requirement: Requirement) -> str:
        if finding is None:
            return ""
        if finding.planned:
            due = f" ({finding.planned_due})" if finding.planned_due else ""
            return self._t("Planned: {action}", action=finding.planned) + due
        action = requirement.guidance.recommended_action
        return self._t("Next step: {action}", action=action) if action else ""

    def _answer(self, rating: str | None, worst: str, best: str) -> Cell:
        if rating is not None:
            return Cell(text=self._t.rating(rating), rating=str(rating), scale="answer")
        return Cell(
            text=self._t("open"), detail=f"{self._t.rating(worst)} – {self._t.rating(best)}" if worst != best else ""
        )
