"""The working papers of the authority: the answers for R.8 prefilled, and the list of visits in the order of risk.

The answers are the sector's results on R.8 and core issue 10.3, with evidence and figures. Ratings stay blank: what a
figure is worth is for the agency to say, and for assessors to judge. The words are suggestions that the agency corrects
and completes. The list names bodies by their number, so it is never part of a published report.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from fatf_kit.assessment.workbook.layout import build_layout
from fatf_kit.assessment.workbook.template import render_template
from fatf_kit.core.messages import Translator
from fatf_kit.core.store import check_target, keep_private, protect_inputs, remove_output, undo_on_failure, write_output
from fatf_kit.framework import load_framework
from fatf_kit.npo.measures.catalogue import NationalMeasures, load_measures
from fatf_kit.npo.measures.plans import (
    InspectionPlan,
    OutreachPlan,
    load_plan_settings,
    plan_inspections,
    plan_outreach,
    write_inspections,
)
from fatf_kit.npo.measures.proportionality import CheckSeverity, OverRegulation, check_proportion, load_checks
from fatf_kit.npo.measures.workbook import read_measures_workbook
from fatf_kit.npo.model import RegisterSummary, SectorResult
from fatf_kit.spreadsheets.sheet import CellValue

ANSWERS_NAME = "answers-R.8.xlsx"
INSPECTIONS_NAME = "inspections.csv"
ASKED = ("R.8", "IO.10/10.3")
"""The criteria and core issues in the workbook of answers."""


def write_working_papers(
    sector: SectorResult,
    folder: Path,
    *,
    measures: Path | None = None,
    classified: Path | None = None,
    capacity: float | None = None,
    language: str = "en",
    country: str = "",
    force: bool = False,
) -> tuple[Path, ...]:
    """Write the answers for R.8 and, from `classified` (a classified.csv), the list of visits.

    `measures` is the filled workbook of the country's measures, `capacity` days a year for visits and reviews (None:
    that of the settings shipped). Answers that a person has filled in are replaced by `force` only. The
    workbook of answers is filled on, checked and scored like any other. Returns what was written.

    Raises:
        UnknownIdError: no such language.
        FatfKitError: the folder cannot be written to, or a file is there already.
    """
    with protect_inputs(filter(None, (measures, classified))):
        check_working_papers(folder, has_visits=classified is not None, force=force)
    t = Translator(language)
    settings = load_plan_settings(language).with_capacity(capacity)
    national = read_measures_workbook(measures)[0] if measures is not None else None
    found = _Results(
        sector=sector,
        national=national or NationalMeasures(),
        judged=check_proportion(national, sector, as_of=sector.as_of),
        outreach=plan_outreach(sector, settings),
        inspections=plan_inspections(sector.classes, settings),
    )
    notice = " – ".join(map(t, sector.notices))
    framework = load_framework("fatf-2022", language)
    layout = build_layout(framework, only=ASKED, language=language, country=country or None, notice=notice)
    asked = {row.requirement for sheet in layout.sheets for row in sheet.rows}
    answers = {
        requirement: {"explanation": text, "evidence": items, "confidentiality": "government"}
        for requirement, (text, items) in _answers(found, t).items()
        if requirement in asked
    }
    content = render_template(layout, prefill=answers, evidence=_evidence(found, t))
    with keep_private(), undo_on_failure():
        written = write_output(folder / ANSWERS_NAME, content, force=force)
        if classified is None:
            remove_output(folder / INSPECTIONS_NAME)
            return (written,)
        return written, write_inspections(classified, folder / INSPECTIONS_NAME, settings)


def check_working_papers(folder: Path, *, has_visits: bool, force: bool = False) -> None:
    """Check before the work that the working papers can be written, the list of visits too if it `has_visits`.

    `force` as of `check_target`.

    Raises:
        FatfKitError: something would be lost, or a file cannot be written.
    """
    for name in (ANSWERS_NAME, *([INSPECTIONS_NAME] if has_visits else [])):
        check_target(folder / name, force=force)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Results:
    """Everything that the answers are made from; no measures where the country listed none."""

    sector: SectorResult
    national: NationalMeasures
    judged: OverRegulation
    outreach: OutreachPlan
    inspections: InspectionPlan


def _evidence(found: _Results, t: Translator) -> list[Mapping[str, CellValue]]:
    """Return the items behind the answers; what the country has to find itself is left for it to fill in."""
    sector = found.sector
    made = t("made with fatf-kit on {day}, method {method}", day=t.day(sector.as_of), method=sector.method_id)
    items = (
        ("NPO-001", "statistics", t("Non-profit sector: scope, classes and segments ({how})", how=made)),
        ("NPO-002", "document", t("Measures for non-profit organisations by class, and ten checks on proportion")),
        ("NPO-003", "document", t("Outreach plan and inspection plan for non-profit organisations")),
    )
    return [
        *({"id": name, "kind": kind, "title": title} for name, kind, title in items),
        *({"id": name, "title": law} for name, law in _laws(found.national)),
        *({"id": name, "title": place} for name, place, _ in _records(found.national)),
    ]


def _laws(national: NationalMeasures) -> list[tuple[str, str]]:
    """Return each legal basis once, with an id for the register of evidence."""
    laws = dict.fromkeys(measure.legal_basis for measure in national.measures if measure.legal_basis)
    return [(f"NPO-L{n:02}", law) for n, law in enumerate(laws, start=1)]


def _records(national: NationalMeasures) -> list[tuple[str, str, frozenset[str]]]:
    """Return places of the country's answers: an id, the place, and the requirements of the question."""
    checks = load_checks()
    asked = {check.id: check.requirements for check in checks.checks}
    return [
        (f"NPO-Q{n:02}", national.written[question.id], frozenset(r for c in question.checks for r in asked[c]))
        for n, question in enumerate(checks.questions, start=1)
        if question.id in national.written
    ]


def _answers(found: _Results, t: Translator) -> dict[str, tuple[str, str]]:
    """By requirement, what the figures say and the items that show it."""
    sector, national = found.sector, found.national
    counts, risk = _counted(sector.register, t), _at_risk(sector, t)
    if national.described:
        risk = f"{' '.join(national.described.values())} {risk}"  # the threat and the sector's views before any number
    reached, watched = _reached(found.outreach, t), _watched(found.inspections, t)
    proportion = _proportion(found.judged, national, t)
    if sector.investigate_total:
        watched += " " + t("Bodies that show signs for investigators are handed over and not visited.")
    measures = ", ".join(["NPO-002", *(name for name, _ in _laws(national))])
    answers = {
        "R.8/8.1(a)": (f"{counts} {_active(sector.register, t)}", "NPO-001"),
        "R.8/8.1(b)": (risk, "NPO-001"),
        "R.8/8.1(c)": (proportion, measures),
        "R.8/8.2": (reached, "NPO-003"),
        **dict.fromkeys(("R.8/8.3(a)", "R.8/8.3(b)", "R.8/8.4(a)"), (watched, "NPO-003")),
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


def _at_risk(sector: SectorResult, t: Translator) -> str:
    counts = ("high", "medium", "low", "unrated", "provisional")
    text = t(
        "High risk: {high} bodies; medium: {medium}; low: {low}; not classified: {unrated}. {provisional} "
        "of these classes are provisional.",
        **{name: t.number(getattr(sector.classes, name)) for name in counts},
    )
    if sector.shows_subset:
        return text
    return text + " " + t("The register cannot show a subset at risk: no factor of threat differs between its bodies.")


def _reached(outreach: OutreachPlan, t: Translator) -> str:
    return t(
        "Events or mailings planned for a year, the low class included: {events}. Days of work for them: {days}.",
        events=t.number(sum(line.events for line in outreach.lines)),
        days=t.number(round(outreach.days)),
    )


def _watched(inspections: InspectionPlan, t: Translator) -> str:
    catalogue = load_measures(t.language)
    lines = t.listed(
        t(
            "{planned} of {bodies} bodies of {risk} risk",
            planned=t.number(line.planned),
            bodies=t.number(line.bodies),
            risk=catalogue.tier(line.rule.tier).name.lower(),
        )
        for line in inspections.lines
    )
    return t(
        "Visits and desk reviews planned within the capacity (days a year: {days}): {lines}. None of low risk.",
        days=t.number(inspections.days_a_year),
        lines=lines,
    )


def _proportion(judged: OverRegulation, national: NationalMeasures, t: Translator) -> str:
    """Return what the ten checks say, as it is; nothing is said in the country's favour that is not known."""
    if not national.measures:
        return t("The measures by class are still to be listed.")
    titles = {check.id: check.title for check in load_checks(t.language).checks}
    grave = [titles[result.id] for result in judged.found(CheckSeverity.BREACH)]
    listed = t("Measures listed by class: {n}.", n=t.number(len(national.measures)))
    if grave:
        return listed + " " + t("Still to be corrected: {titles}.", titles=t.points(grave))
    return listed + " " + t("None of them was found to breach the text of INR.8.")
