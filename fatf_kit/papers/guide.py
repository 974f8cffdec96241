"""The framework of one Immediate Outcome for those who must show it: two to five pages to carry into a meeting."""

from __future__ import annotations

from fatf_kit.core.messages import Translator
from fatf_kit.framework.model import Contributor, CoreIssue, Framework, Guidance, ImmediateOutcome, OutcomeGuide, walk
from fatf_kit.framework.vocabulary import Vocabulary
from fatf_kit.report.model import Block, Bullets, Document, Paragraph, Section, TableCell, Tone
from fatf_kit.report.results_table import ResultColumn, ResultsTable
from fatf_kit.scoring.report.traces import strip_unit
from fatf_kit.statistics.report.blocks import build_preparation_blocks


def build_guide(
    framework: Framework, outcome: ImmediateOutcome, vocabulary: Vocabulary, t: Translator, *, tool: str
) -> Document:
    """Return the guide to one outcome, its texts in the language of `framework` and `vocabulary`.

    Nothing in it depends on a country, so that it can be printed before any answer is given. An outcome without a guide
    still gets its core issues.
    """
    guide = outcome.guide
    issues = tuple(_core_issue(issue, vocabulary, t) for issue in outcome.core_issues)
    sections = (
        _well(outcome, t),
        *((_contributors(guide, vocabulary, t),) if guide else ()),
        Section(anchor="core-issues", title=t("Core issues"), sections=issues),
        *(_preparation(outcome, guide, t) if guide else ()),
        _behind(framework, outcome, t),
        *((_checklist(guide, t),) if guide else ()),
    )
    return Document(
        id=f"guide-{outcome.id}",
        title=f"{outcome.id} {outcome.title}",
        subtitle=t("Evidence, contributors and likely questions of assessors"),
        language=t.language,
        facts=(
            (t("Edition"), framework.full_title),
            (t("Citation"), outcome.citation),
            (t("Texts"), t("fatf-kit {tool}, content version {version}", tool=tool, version=framework.content_version)),
        ),
        notices=(framework.wording, *([t("Working translation.")] if t.base != "en" else [])),
        sections=sections,
        compact=True,
    )


def _well(outcome: ImmediateOutcome, t: Translator) -> Section:
    notes = (Bullets(items=outcome.assessor_notes),) if outcome.assessor_notes else ()
    return Section(
        anchor="well",
        title=t("Signs of a well-performing system"),
        blocks=(Paragraph(text=outcome.statement, tone=Tone.LEAD), Paragraph(text=outcome.effective_system), *notes),
    )


def _contributors(guide: OutcomeGuide, vocabulary: Vocabulary, t: Translator) -> Section:
    names = {role.id: role.name for role in vocabulary.roles.values()}

    def body(one: Contributor) -> TableCell:
        return TableCell(text=names[one.role], detail=t("lead") if one.role == guide.lead else "")

    table = ResultsTable[Contributor](
        "contributors-table",
        t("Bodies by role; the country assigns its own bodies to the roles"),
        (
            ResultColumn("body", t("Body"), body, page=3),
            ResultColumn("contributes", t("Contribution"), lambda one: one.contributes, page=7),
        ),
    ).in_document(sorted(guide.contributors, key=lambda one: one.role != guide.lead))
    return Section(anchor="contributors", title=t("Contributors"), blocks=(table,))


def _core_issue(issue: CoreIssue, vocabulary: Vocabulary, t: Translator) -> Section:
    """Return question and signs side by side, so that an issue takes a third of a page."""
    guidance = issue.guidance
    number = strip_unit(issue.id)
    blocks: list[Block] = [Paragraph(text=issue.statement)]
    if parts := [part for part, depth in walk(issue) if depth]:
        blocks.append(Bullets(items=tuple(f"{strip_unit(part.id)} {part.statement}" for part in parts)))
    table = ResultsTable[Guidance](
        f"issue-{number}",
        guidance.ask,
        (
            ResultColumn("evidence", t("Evidence"), lambda one: _joined(one.evidence), page=1),
            ResultColumn("strong", t("Strong signs"), lambda one: _joined(one.strong_signs), page=1),
            ResultColumn("weak", t("Weak signs"), lambda one: _joined(one.weak_signs), page=1),
        ),
    )
    blocks.append(table.in_document([guidance]))
    roles = t.points(vocabulary.roles[role].name for role in (issue.lead or "", *issue.supporting) if role)
    figures = t.points(vocabulary.tables[table] for table in issue.tables)
    small = [t("Answered by: {roles}.", roles=roles)]
    if figures:
        small.append(t("Statistics: {tables}.", tables=figures))
    small.append(t("Related Recommendations: {recommendations}.", recommendations=t.listed(issue.recommendations)))
    if issue.weight.reason:
        small.append(t("Weight {n}: {reason}", n=issue.weight.value, reason=issue.weight.reason))
    blocks.append(Paragraph(text=" ".join(small), tone=Tone.SMALL))
    return Section(anchor=issue.id, title=t("Core issue {issue}", issue=number), blocks=tuple(blocks))


def _joined(items: tuple[str, ...]) -> str:
    """Return several points in one cell, each on its own line."""
    return items[0] if len(items) == 1 else "\n".join(f"• {item}" for item in items)


def _preparation(outcome: ImmediateOutcome, guide: OutcomeGuide, t: Translator) -> tuple[Section, ...]:
    information = (item.rstrip(".") for item in (*outcome.example_information, *outcome.specific_factors))
    text = t("Assessors commonly look at: {items}.", items=t.points(information))
    blocks = (
        Paragraph(text=guide.years),
        Bullets(items=guide.cases, columns=2),
        *build_preparation_blocks(outcome.id, t),
        Paragraph(text=text, tone=Tone.SMALL),
    )
    probes, pitfalls = Bullets(items=guide.probes, numbered=True, columns=2), Bullets(items=guide.pitfalls, columns=2)
    return (
        Section(anchor="prepare", title=t("Statistics and cases to prepare"), blocks=blocks),
        Section(anchor="probes", title=t("Likely questions of assessors"), blocks=(probes,)),
        Section(anchor="pitfalls", title=t("Common reasons for a low rating"), blocks=(pitfalls,)),
    )


def _behind(framework: Framework, outcome: ImmediateOutcome, t: Translator) -> Section:
    titles = {r.id: r.title for r in framework.recommendations}

    def listed(units: tuple[str, ...]) -> str:
        return t.points(f"{unit} {titles[unit]}" for unit in units)

    items = [t("In full: {recommendations}.", recommendations=listed(outcome.primary_recommendations))]
    if outcome.element_recommendations:
        items.append(t("In part: {recommendations}.", recommendations=listed(outcome.element_recommendations)))
    text = t("Effectiveness is unlikely where technical compliance is low; any exception has to be explained.")
    blocks = (Bullets(items=tuple(items)), Paragraph(text=text, tone=Tone.SMALL))
    return Section(anchor="behind", title=t("Related Recommendations"), blocks=blocks)


def _checklist(guide: OutcomeGuide, t: Translator) -> Section:
    blocks = (Bullets(items=guide.checklist, boxes=True, columns=2),)
    return Section(anchor="checklist", title=t("Checklist before the on-site visit"), blocks=blocks)
