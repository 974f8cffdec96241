"""The sector's results as answers to R.8 and core issue 10.3: a workbook for the agency, evidence and figures in it.

Ratings stay blank: what a figure is worth is for the agency to say, and for assessors to judge. The words are
suggestions that the agency corrects and completes.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from fatf_kit.assessment.workbook.layout import build_layout
from fatf_kit.assessment.workbook.template import write_template
from fatf_kit.core.messages import Translator
from fatf_kit.framework import load_framework
from fatf_kit.npo.measures.catalogue import NationalMeasures, Tier, load_measures
from fatf_kit.npo.measures.plans import InspectionPlan, OutreachPlan
from fatf_kit.npo.measures.proportionality import CheckSeverity, OverRegulation, load_checks
from fatf_kit.npo.model import ClassCounts, RegisterSummary, SectorResult
from fatf_kit.spreadsheets.sheet import CellValue

ASKED = ("R.8", "IO.10/10.3")
"""The criteria and core issues in the workbook."""


def write_evidence_workbook(
    path: Path,
    sector: SectorResult,
    judged: OverRegulation,
    national: NationalMeasures | None,
    outreach: OutreachPlan,
    inspections: InspectionPlan,
    *,
    edition: str = "fatf-2022",
    language: str = "en",
    country: str | None = None,
) -> Path:
    """Write the workbook: it is filled on, checked and scored like any other.

    Raises:
        UnknownIdError: no such edition or language.
        FatfKitError: it cannot be written.
    """
    t = Translator(language)
    framework = load_framework(edition, language)
    layout = build_layout(
        framework, only=ASKED, language=language, country=country, notice=" – ".join(map(t, sector.notices))
    )
    asked = {row.requirement for sheet in layout.sheets for row in sheet.rows}
    answers = {
        requirement: {"explanation": text, "evidence": items, "confidentiality": "government"}
        for requirement, (text, items) in _answers(sector, judged, national, outreach, inspections, t).items()
        if requirement in asked
    }
    write_template(layout, path, prefill=answers, evidence=_evidence(sector, national, t))
    return path


def _evidence(sector: SectorResult, national: NationalMeasures | None, t: Translator) -> list[Mapping[str, CellValue]]:
    """Return the items behind the answers; what the country has to find itself is left for it to fill in."""
    made = t("made with fatf-kit on {day}, method {method}", day=t.day(sector.as_of), method=sector.method_id)
    items = [
        ("NPO-001", "statistics", t("Non-profit sector: scope, classes and segments ({how})", how=made)),
        ("NPO-002", "document", t("Measures for non-profit organisations by class, and ten checks on proportion")),
        ("NPO-003", "document", t("Outreach plan and inspection plan for non-profit organisations")),
    ]
    evidence: list[Mapping[str, CellValue]] = [
        {"id": name, "kind": kind, "title": title} for name, kind, title in items
    ]
    evidence += [{"id": name, "title": law} for name, law in _laws(national)]
    evidence += [{"id": name, "title": place} for name, place, _ in _records(national)]
    return evidence


def _laws(national: NationalMeasures | None) -> list[tuple[str, str]]:
    """Return each legal basis once, with an id for the register of evidence."""
    laws = dict.fromkeys(m.legal_basis for m in (national.measures if national else ()) if m.legal_basis)
    return [(f"NPO-L{n:02}", law) for n, law in enumerate(laws, start=1)]


def _records(national: NationalMeasures | None) -> list[tuple[str, str, frozenset[str]]]:
    """Return places of the country's answers: an id, the place, and the requirements of the question."""
    checks = load_checks()
    asked = {check.id: check.requirements for check in checks.checks}
    return [
        (f"NPO-Q{n:02}", national.written[question.id], frozenset(r for c in question.checks for r in asked[c]))
        for n, question in enumerate(checks.questions, start=1)
        if national and question.id in national.written
    ]


def _answers(
    sector: SectorResult,
    judged: OverRegulation,
    national: NationalMeasures | None,
    outreach: OutreachPlan,
    inspections: InspectionPlan,
    t: Translator,
) -> dict[str, tuple[str, str]]:
    """By requirement, what the figures say and the items that show it."""
    counts, risk = _counted(sector.register, t), _at_risk(sector.classes, t)
    if national and national.described:
        risk = f"{' '.join(national.described.values())} {risk}"  # the threat and the sector's views before any number
    reached, watched = _reached(outreach, t), _watched(inspections, t)
    proportion = _proportion(judged, national, t)
    if sector.investigate_total:
        watched += " " + t("Bodies that show signs for investigators are handed over and not visited.")
    measures = ", ".join(["NPO-002", *(name for name, _ in _laws(national))])
    answers = {
        "R.8/8.1(a)": (f"{counts} {_active(sector.register, t)}", "NPO-001"),
        "R.8/8.1(b)": (risk, "NPO-001"),
        "R.8/8.1(c)": (proportion, measures),
        "R.8/8.2": (reached, "NPO-003"),
        "R.8/8.3(a)": (watched, "NPO-003"),
        "R.8/8.3(b)": (watched, "NPO-003"),
        "R.8/8.4(a)": (watched, "NPO-003"),
        "IO.10/10.3": (" ".join((counts, risk, reached, watched, proportion)), "NPO-001, NPO-002, NPO-003"),
    }
    for name, _, about in _records(national):
        for requirement in sorted(about & {*answers}) or ["IO.10/10.3"]:
            text, items = answers[requirement]
            answers[requirement] = (text, f"{items}, {name}")
    return answers


def _counted(register: RegisterSummary, t: Translator) -> str:
    return t(
        "Of {registered} registered bodies {inside} are within the definition, {outside} outside it and {open} "
        "undetermined.",
        registered=t.number(register.registered),
        inside=t.number(register.in_scope),
        outside=t.number(register.out_of_scope),
        open=t.number(register.undetermined),
    )


def _active(register: RegisterSummary, t: Translator) -> str:
    if register.active is None:
        return t("The register has no operating status.")
    return t("Bodies that are active by the register's status: {n}.", n=t.number(register.active))


def _at_risk(classes: ClassCounts, t: Translator) -> str:
    return t(
        "High risk: {high} bodies; medium: {medium}; low: {low}; not classified: {unrated}. {provisional} "
        "of these classes are provisional.",
        low=t.number(classes.low),
        medium=t.number(classes.medium),
        high=t.number(classes.high),
        unrated=t.number(classes.unrated),
        provisional=t.number(classes.provisional),
    )


def _reached(outreach: OutreachPlan, t: Translator) -> str:
    return t(
        "Events or mailings planned for a year, the low class included: {events}. Days of work for them: {days}.",
        events=t.number(sum(line.events for line in outreach.lines)),
        days=t.number(round(outreach.days)),
    )


def _watched(inspections: InspectionPlan, t: Translator) -> str:
    lines = t.listed(
        t(
            "{planned} of {bodies} bodies of {risk} risk",
            planned=t.number(line.planned),
            bodies=t.number(line.bodies),
            risk=_risk(line.rule.tier, t),
        )
        for line in inspections.lines
    )
    return t(
        "Visits and desk reviews planned within the capacity (days a year: {days}): {lines}. None of low risk.",
        days=t.number(inspections.days_a_year),
        lines=lines,
    )


def _risk(tier: str, t: Translator) -> str:
    return load_measures(t.language).tier(Tier(tier)).name.lower()


def _proportion(judged: OverRegulation, national: NationalMeasures | None, t: Translator) -> str:
    """Return what the ten checks say, as it is; nothing is said in the country's favour that is not known."""
    if national is None or not national.measures:
        return t("The measures by class are still to be listed.")
    titles = {check.id: check.title for check in load_checks(t.language).checks}
    grave = [titles[result.id] for result in judged.found(CheckSeverity.BREACH)]
    listed = t("Measures listed by class: {n}.", n=t.number(len(national.measures)))
    if grave:
        said = t("Still to be corrected: {titles}.", titles=t.points(grave))
    else:
        said = t("None of them was found to breach the text of INR.8.")
    return f"{listed} {said}"
