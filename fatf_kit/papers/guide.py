"""The framework of one Immediate Outcome for those who must show it: two to five pages to carry into a meeting."""

from __future__ import annotations

from fatf_kit.core.messages import Translator
from fatf_kit.framework.model import Contributor, CoreIssue, Framework, ImmediateOutcome, OutcomeGuide, walk
from fatf_kit.framework.vocabulary import Vocabulary
from fatf_kit.report.document_tables import make_table
from fatf_kit.report.model import Block, Bullets, Document, Paragraph, Section, TableCell, Tone
from fatf_kit.report.sections import make_note, make_section
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
        make_section("core-issues", t("Core issues"), sections=issues),
        *(_preparation(outcome, guide, t) if guide else ()),
        _behind(framework, outcome, t),
        *((_checklist(guide, t),) if guide else ()),
    )
    texts = t("fatf-kit {tool}, content version {version}", tool=tool, version=framework.content_version)
    return Document(
        id=f"guide-{outcome.id}",
        title=f"{outcome.id} {outcome.title}",
        subtitle=t("Evidence, contributors and likely questions of assessors"),
        language=t.language,
        facts=(
            (t("Edition"), framework.full_title),
            (t("Citation"), outcome.citation),
            (t("Texts"), texts),
        ),
        notices=(framework.wording, *([t("Working translation.")] if t.base != "en" else [])),
        sections=sections,
        compact=True,
    )


def _well(outcome: ImmediateOutcome, t: Translator) -> Section:
    notes = (Bullets(items=outcome.assessor_notes),) if outcome.assessor_notes else ()
    return make_section(
        "well",
        t("Signs of a well-performing system"),
        Paragraph(text=outcome.statement, tone=Tone.LEAD),
        Paragraph(text=outcome.effective_system),
        *notes,
    )


def _contributors(guide: OutcomeGuide, vocabulary: Vocabulary, t: Translator) -> Section:
    names = {role.id: role.name for role in vocabulary.roles.values()}

    def body(one: Contributor) -> TableCell:
        return TableCell(text=names[one.role], detail=t("lead") if one.role == guide.lead else "")

    caption = t("Bodies by role; the country assigns its own bodies to the roles")
    heads = ((t("Body"), 3), (t("Contribution"), 7))
    lead_first = sorted(guide.contributors, key=lambda one: one.role != guide.lead)
    rows = ((body(one), one.contributes) for one in lead_first)
    table = make_table("contributors-table", caption, heads, rows)
    return make_section("contributors", t("Contributors"), table)


def _core_issue(issue: CoreIssue, vocabulary: Vocabulary, t: Translator) -> Section:
    """Return question and signs side by side, so that an issue takes a third of a page."""
    guidance = issue.guidance
    number = strip_unit(issue.id)
    blocks: list[Block] = [Paragraph(text=issue.statement)]
    if parts := [part for part, depth in walk(issue) if depth]:
        blocks.append(Bullets(items=tuple(f"{strip_unit(part.id)} {part.statement}" for part in parts)))
    heads = ((t("Evidence"), 1), (t("Strong signs"), 1), (t("Weak signs"), 1))
    signs = map(_join, (guidance.evidence, guidance.strong_signs, guidance.weak_signs))
    blocks.append(make_table(f"issue-{number}", guidance.ask, heads, [signs]))
    asked = filter(None, (issue.lead, *issue.supporting))
    roles = t.points(vocabulary.roles[role].name for role in asked)
    figures = t.points(vocabulary.tables[table] for table in issue.tables)
    small = [t("Answered by: {roles}.", roles=roles)]
    if figures:
        small.append(t("Statistics: {tables}.", tables=figures))
    related = t.listed(issue.recommendations)
    small.append(t("Related Recommendations: {recommendations}.", recommendations=related))
    if issue.weight.reason:
        small.append(t("Weight {n}: {reason}", n=issue.weight.value, reason=issue.weight.reason))
    blocks.append(make_note(" ".join(small)))
    return make_section(issue.id, t("Core issue {issue}", issue=number), *blocks)


def _join(items: tuple[str, ...]) -> str:
    """Return several points in one cell, each on its own line."""
    return items[0] if len(items) == 1 else "\n".join(f"• {item}" for item in items)


def _preparation(outcome: ImmediateOutcome, guide: OutcomeGuide, t: Translator) -> tuple[Section, ...]:
    information = (*outcome.example_information, *outcome.specific_factors)
    items = t.points(item.rstrip(".") for item in information)
    text = t("Assessors commonly look at: {items}.", items=items)
    blocks = (
        Paragraph(text=guide.years),
        Bullets(items=guide.cases, columns=2),
        *build_preparation_blocks(outcome.id, t),
        make_note(text),
    )
    probes = Bullets(items=guide.probes, numbered=True, columns=2)
    pitfalls = Bullets(items=guide.pitfalls, columns=2)
    return (
        make_section("prepare", t("Statistics and cases to prepare"), *blocks),
        make_section("probes", t("Likely questions of assessors"), probes),
        make_section("pitfalls", t("Common reasons for a low rating"), pitfalls),
    )


def _behind(framework: Framework, outcome: ImmediateOutcome, t: Translator) -> Section:
    titles = {r.id: r.title for r in framework.recommendations}

    def listed(units: tuple[str, ...]) -> str:
        return t.points(f"{unit} {titles[unit]}" for unit in units)

    full, part = listed(outcome.primary_recommendations), listed(outcome.element_recommendations)
    items = [t("In full: {recommendations}.", recommendations=full)]
    if part:
        items.append(t("In part: {recommendations}.", recommendations=part))
    text = t("Effectiveness is unlikely where technical compliance is low; any exception has to be explained.")
    blocks = (Bullets(items=tuple(items)), make_note(text))
    return make_section("behind", t("Related Recommendations"), *blocks)


def _checklist(guide: OutcomeGuide, t: Translator) -> Section:
    blocks = (Bullets(items=guide.checklist, boxes=True, columns=2),)
    return make_section("checklist", t("Checklist before the on-site visit"), *blocks)
