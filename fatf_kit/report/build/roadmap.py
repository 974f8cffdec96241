"""The roadmap: candidates for key recommended actions, then every action by the body it falls to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from fatf_kit.findings.model import Finding, Kind
from fatf_kit.framework.catalog import index_of
from fatf_kit.framework.model import CoreIssue, Criterion
from fatf_kit.framework.vocabulary import load_vocabulary
from fatf_kit.messages import Words
from fatf_kit.outlook.evaluate import evaluate
from fatf_kit.outlook.rules import load_rules
from fatf_kit.outlook.sources import ratings_of_assessment
from fatf_kit.report.build.actions import actions_section
from fatf_kit.report.build.given import GapInput, country_name, indicative_notice
from fatf_kit.report.build.outlook import outlook_sentence
from fatf_kit.report.model import Cell, Column, Document, Paragraph, Row, Section, Table, Tone


def build_roadmap(given: GapInput, t: Words) -> Document:
    """What to do, who does it, and what it is for; nothing is in it that the gap report does not rest on."""
    ratings = ratings_of_assessment(given.assessment)
    rules = load_rules(given.framework.id)
    country = country_name(given, t)
    outlook = [Paragraph(text=outlook_sentence(evaluate(rules, ratings), t), tone=Tone.LEAD)]
    if rules.provisional:
        outlook.append(Paragraph(text=t(rules.provisional_because), tone=Tone.NOTICE))
    return Document(
        id="roadmap",
        title=t("{country}: roadmap", country=country),
        subtitle=t("Key recommended actions and the actions of each body; indicative"),
        language=t.language,
        facts=((t("Edition"), given.framework.full_title), (t("Made on"), t.moment(given.generated_at))),
        notices=(*given.notices, indicative_notice(t)),
        sections=(
            Section(anchor="outlook", title=t("What it would lead to"), blocks=tuple(outlook)),
            actions_section(given.framework, ratings, t, findings=given.findings),
            Section(anchor="bodies", title=t("Actions of each body"), sections=tuple(_bodies(given, t))),
        ),
    )


def _bodies(given: GapInput, t: Words) -> Sequence[Section]:
    """One section for each role that leads something, in the order of the list of roles."""
    index = index_of(given.framework)
    led: defaultdict[str, list[Finding]] = defaultdict(list)
    for finding in given.findings:
        requirement = index[finding.requirement]
        if finding.kind is Kind.SHORTCOMING and isinstance(requirement, Criterion | CoreIssue):
            led[requirement.lead or ""].append(finding)
    roles = load_vocabulary(t.language).roles
    names = {**{role.id: role.name for role in roles.values()}, "": t("Nobody named as lead")}
    return [_body(role, name, led[role], given, t) for role, name in names.items() if led[role]]


def _body(role: str, name: str, found: Sequence[Finding], given: GapInput, t: Words) -> Section:
    index = index_of(given.framework)
    ordered = sorted(found, key=lambda f: (f.severity.order if f.severity else 9, -f.points_lost, f.id))
    rows = tuple(
        Row(
            cells=(
                Cell(text=f.requirement, ltr=True),
                Cell(text=t(f.severity), rating=str(f.severity), scale="severity") if f.severity else Cell(text="–"),
                Cell(text=index[f.requirement].guidance.recommended_action, detail=f.missing),
                Cell(text=f.planned or "–", detail=t.moment(f.planned_due) if f.planned_due else ""),
            ),
            facets={"severity": (str(f.severity or ""),)},
        )
        for f in ordered
    )
    return Section(
        anchor=f"body-{role or 'none'}",
        title=name,
        blocks=(
            Table(
                id=f"actions-{role or 'none'}",
                caption=t.plural("{n} action", "{n} actions", len(rows)),
                columns=(
                    Column(title=t("Requirement"), width=3),
                    Column(title=t("Severity"), width=3),
                    Column(title=t("Action"), width=9),
                    Column(title=t("Planned"), width=6),
                ),
                rows=rows,
            ),
        ),
    )
