"""The roadmap: candidates for key recommended actions, then every action by the agency that leads on it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from fatf_kit.core.messages import Translator
from fatf_kit.core.ratings import FindingKind
from fatf_kit.framework.catalog import index_requirements
from fatf_kit.framework.model import CoreIssue, Criterion
from fatf_kit.framework.vocabulary import load_vocabulary
from fatf_kit.outlook.action_texts import build_actions_section
from fatf_kit.outlook.report import describe_outlook
from fatf_kit.papers.report_input import PaperInput, get_country_name
from fatf_kit.report.document_tables import keep_ltr, make_row, make_table
from fatf_kit.report.model import Document, Paragraph, Section, TableCell, TableRow, Tone
from fatf_kit.report.sections import make_section
from fatf_kit.scoring.finding import Finding
from fatf_kit.scoring.findings import join_sentences
from fatf_kit.scoring.report.notices import phrase_indicative_notice
from fatf_kit.scoring.report.traces import describe_next_step

_WORK = (FindingKind.SHORTCOMING, FindingKind.UNDEMONSTRATED)


def build_roadmap(paper_input: PaperInput, t: Translator) -> Document:
    """Return the paper on what to do, who does it, and what it is for, from the same results as the gap report."""
    outlook = paper_input.outlook
    blocks = [Paragraph(text=describe_outlook(outlook, t), tone=Tone.LEAD)]
    if outlook.rules.provisional:
        blocks.append(Paragraph(text=t(outlook.rules.provisional_because), tone=Tone.NOTICE))
    return Document(
        id="roadmap",
        title=t("{country}: roadmap", country=get_country_name(paper_input, t)),
        subtitle=t("Key recommended actions and the actions of each agency; indicative"),
        language=t.language,
        facts=paper_input.list_facts(t),
        notices=(*paper_input.notices, phrase_indicative_notice(t)),
        sections=(
            make_section("outlook", t("Consequences of the ratings"), *blocks),
            build_actions_section(
                paper_input.framework,
                paper_input.ratings,
                t,
                findings=paper_input.findings,
                leads=paper_input.name_leads(),
                dues={gap.requirement: gap.day for gap in paper_input.facts.gaps if gap.day},
            ),
            make_section("bodies", t("Actions of each agency"), sections=_bodies(paper_input, t)),
        ),
    )


def _bodies(paper_input: PaperInput, t: Translator) -> Sequence[Section]:
    """Return one section for each agency that leads on something open, in the order of the table of agencies.

    Where the folder names no lead, its agency with the role that usually leads is used, and without a folder the role.
    """
    index = index_requirements(paper_input.framework)
    led: defaultdict[str, list[Finding]] = defaultdict(list)
    for finding in paper_input.findings:
        requirement = index[finding.requirement]
        if finding.kind in _WORK and isinstance(requirement, Criterion | CoreIssue):
            role = f"role-{requirement.lead}" if requirement.lead else ""
            led[paper_input.find_lead(requirement) or role].append(finding)
    roles = load_vocabulary(t.language).roles
    names = {
        **paper_input.agencies,
        **{f"role-{role.id}": role.name for role in roles.values()},
        "": t("No lead agency named"),
    }
    names |= {agency: agency for agency in led if agency not in names}
    return [_body(one, name, led[one], paper_input, t) for one, name in names.items() if led[one]]


def _body(anchor: str, name: str, found: Sequence[Finding], paper_input: PaperInput, t: Translator) -> Section:
    ordered = sorted(found, key=lambda f: (f.severity.order if f.severity else 9, -f.points_lost, f.id))
    worst_first = list({f.requirement: f for f in reversed(ordered)}.values())[::-1]
    unshown = {f.requirement for f in found if f.kind is FindingKind.UNDEMONSTRATED}
    index = index_requirements(paper_input.framework)

    def describe(one: Finding) -> TableRow:
        """Return the row; what is claimed and not shown asks for its proof, and never for a new law."""
        severity = TableCell(text="–")
        if one.severity is not None:
            severity = TableCell(text=t(one.severity), rating=str(one.severity), scale="severity")
        step = describe_next_step(one.status, t) if one.requirement in unshown else ""
        recommended = index[one.requirement].guidance.action
        is_short = one.kind is FindingKind.SHORTCOMING
        text, *more = (recommended, step, one.missing) if is_short else (step,)
        action = TableCell(text=text or "–", detail=" ".join(filter(None, more)))
        due = t.moment(one.planned_due) if one.planned_due else ""
        planned = TableCell(text=join_sentences(one.planned) or "–", detail=due)
        cells = (keep_ltr(one.requirement), severity, action, planned)
        return make_row(cells, severity=str(one.severity or ""))

    heads = ((t("Requirement"), 3), (t("Severity"), 3), (t("Action"), 9), (t("Planned"), 6))
    caption = t.plural("{n} action", "{n} actions", len(worst_first))
    table = make_table(f"actions-{anchor or 'none'}", caption, heads, map(describe, worst_first))
    return make_section(f"body-{anchor or 'none'}", name, table)
