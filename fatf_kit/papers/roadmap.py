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
from fatf_kit.outlook.evaluate import evaluate
from fatf_kit.outlook.report import describe_outlook
from fatf_kit.outlook.rules import load_rules
from fatf_kit.outlook.sources import collect_ratings
from fatf_kit.papers.report_input import GapInput, PaperInput, get_country_name, phrase_indicative_notice
from fatf_kit.report.model import Document, DocumentTable, Paragraph, Section, TableCell, TableColumn, TableRow, Tone
from fatf_kit.scoring.finding import Finding
from fatf_kit.scoring.report.traces import describe_next_step

_WORK = (FindingKind.SHORTCOMING, FindingKind.UNDEMONSTRATED)


def build_roadmap(given: GapInput, t: Translator) -> Document:
    """What to do, who does it, and what it is for; nothing is in it that the gap report does not rest on."""
    ratings = collect_ratings(given.assessment)
    rules = load_rules(given.framework.id)
    country = get_country_name(given, t)
    outlook = [Paragraph(text=describe_outlook(evaluate(rules, ratings), t), tone=Tone.LEAD)]
    if rules.provisional:
        outlook.append(Paragraph(text=t(rules.provisional_because), tone=Tone.NOTICE))
    return Document(
        id="roadmap",
        title=t("{country}: roadmap", country=country),
        subtitle=t("Key recommended actions and the actions of each agency; indicative"),
        language=t.language,
        facts=((t("Edition"), given.framework.full_title), (t("Made on"), t.moment(given.generated_at))),
        notices=(*given.notices, phrase_indicative_notice(t)),
        sections=(
            Section(anchor="outlook", title=t("What it would lead to"), blocks=tuple(outlook)),
            build_actions_section(given.framework, ratings, t, findings=given.findings),
            Section(anchor="bodies", title=t("Actions of each agency"), sections=tuple(_bodies(given, t))),
        ),
    )


def _bodies(given: GapInput, t: Translator) -> Sequence[Section]:
    """One section for each agency that leads on something open, in the order of the table of agencies.

    Where the folder names no lead, its agency with the role that usually leads is used, and without a folder the role.
    """
    index = index_requirements(given.framework)
    led: defaultdict[str, list[Finding]] = defaultdict(list)
    for finding in given.findings:
        requirement = index[finding.requirement]
        if finding.kind in _WORK and isinstance(requirement, Criterion | CoreIssue):
            led[_leader(finding.requirement, requirement.lead or "", given)].append(finding)
    agencies = given.agencies if isinstance(given, PaperInput) else {}
    roles = load_vocabulary(t.language).roles
    names = {**agencies, **{f"role-{role.id}": role.name for role in roles.values()}, "": t("Nobody named as lead")}
    names |= {agency: agency for agency in led if agency not in names}
    return [_body(one, name, led[one], given, t) for one, name in names.items() if led[one]]


def _leader(requirement: str, role: str, given: GapInput) -> str:
    """The id of the agency that leads, else the role that usually does."""
    known = given.leads.get(requirement) or given.bodies.get(role) if isinstance(given, PaperInput) else None
    return known or (f"role-{role}" if role else "")


def _body(anchor: str, name: str, found: Sequence[Finding], given: GapInput, t: Translator) -> Section:
    ordered = sorted(found, key=lambda f: (f.severity.order if f.severity else 9, -f.points_lost, f.id))
    worst_first = list({f.requirement: f for f in reversed(ordered)}.values())[::-1]
    unshown = {f.requirement for f in found if f.kind is FindingKind.UNDEMONSTRATED}
    rows = tuple(_row(f, f.requirement in unshown, given, t) for f in worst_first)
    return Section(
        anchor=f"body-{anchor or 'none'}",
        title=name,
        blocks=(
            DocumentTable(
                id=f"actions-{anchor or 'none'}",
                caption=t.plural("{n} action", "{n} actions", len(rows)),
                columns=(
                    TableColumn(title=t("Requirement"), width=3),
                    TableColumn(title=t("Severity"), width=3),
                    TableColumn(title=t("Action"), width=9),
                    TableColumn(title=t("Planned"), width=6),
                ),
                rows=rows,
            ),
        ),
    )


def _row(f: Finding, is_unshown: bool, given: GapInput, t: Translator) -> TableRow:
    """One action; what is claimed and not shown asks for its proof, and never for a new law."""
    step = describe_next_step(f.status, t) if is_unshown else ""
    action = index_requirements(given.framework)[f.requirement].guidance.recommended_action
    words = (action, step, f.missing) if f.kind is FindingKind.SHORTCOMING else (step,)
    return TableRow(
        cells=(
            TableCell(text=f.requirement, ltr=True),
            TableCell(text=t(f.severity), rating=str(f.severity), scale="severity")
            if f.severity
            else TableCell(text="–"),
            TableCell(text=words[0] or "–", detail=" ".join(filter(None, words[1:]))),
            TableCell(text=f.planned or "–", detail=t.moment(f.planned_due) if f.planned_due else ""),
        ),
        facets={"severity": (str(f.severity or ""),)},
    )
