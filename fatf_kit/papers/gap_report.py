"""The gap report: its document, with the answer on the first page, and the flat tables and JSON of the same results."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from fatf_kit.core.json_files import make_json_value
from fatf_kit.core.messages import Translator
from fatf_kit.core.problems import fold_conflicts
from fatf_kit.framework.model import Framework
from fatf_kit.outlook.action_texts import build_actions_section, make_actions_result
from fatf_kit.outlook.panel import add_what_if
from fatf_kit.outlook.report import build_outlook_section, make_consequences
from fatf_kit.outlook.sources import count_open_shortcomings
from fatf_kit.papers.blank_report import build_blank_section
from fatf_kit.papers.decisions import build_decisions_sections
from fatf_kit.papers.gap_annex import build_gap_annex
from fatf_kit.papers.gaps import build_agencies_sections, build_gaps_section
from fatf_kit.papers.method import build_method_section
from fatf_kit.papers.priorities import build_settling_section
from fatf_kit.papers.rating_table import build_ratings_section
from fatf_kit.papers.report_input import PaperInput, get_country_name, name_some_agencies
from fatf_kit.papers.verdict import build_verdict
from fatf_kit.peer_comparison.patterns import find_patterns
from fatf_kit.report.live import UnitNote
from fatf_kit.report.model import Document, Report, Section
from fatf_kit.report.problems_section import build_problems_section
from fatf_kit.scoring.finding import Finding
from fatf_kit.scoring.report.notices import phrase_indicative_notice
from fatf_kit.scoring.report.payload import build_assessment_payload
from fatf_kit.scoring.report.tables import build_assessment_tables
from fatf_kit.scoring.report.traces import strip_unit
from fatf_kit.scoring.report.weight_texts import UnitResult, describe_range, list_lifted_notices

_ACTIONS = 12
"""Candidates for key recommended actions in the main part."""


def build_gap_document(paper_input: PaperInput, t: Translator) -> Document:
    """Return the whole document in one language. `generated_at` is printed as given and read from no clock."""
    assessment, blank = paper_input.assessment, paper_input.is_blank
    cut_off = t("not given, so dates of entry into force are not tested")
    if assessment.cut_off:
        cut_off = t.day(assessment.cut_off)
    country = get_country_name(paper_input, t)
    notices = (
        *paper_input.notices,
        *list_lifted_notices(assessment, t),
        *list_own_policy_notices(paper_input, t),
        phrase_indicative_notice(t),
    )
    return Document(
        id="gap",
        title=t("{country}: readiness for the mutual evaluation", country=country),
        subtitle=t("Gap report on technical compliance and effectiveness, indicative"),
        language=t.language,
        facts=(
            (t("Edition"), paper_input.framework.full_title),
            (t("Cut-off date"), cut_off),
            (t("Scoring rules"), t(paper_input.policy.title)),
            (t("Workbooks read"), str(len(assessment.inputs))),
            (t("Made on"), t.moment(paper_input.generated_at)),
        ),
        notices=notices,
        sections=_blank_sections(paper_input, t) if blank else _sections(paper_input, t),
        agencies=paper_input.agencies,
        units=describe_units(paper_input, t),
        summary=None if blank else build_verdict(paper_input, t),
        annex=None if blank else build_gap_annex(paper_input, t, title=country, notices=notices),
        is_restricted=paper_input.is_restricted,
    )


def _sections(paper_input: PaperInput, t: Translator) -> tuple[Section, ...]:
    framework, ratings = paper_input.framework, paper_input.ratings
    outlook = build_outlook_section(
        framework.id,
        ratings,
        t,
        shortcomings=count_open_shortcomings(paper_input.findings),
        facts=paper_input.country_facts,
        listing=paper_input.listing,
        standing=paper_input.standing,
    )
    return (
        build_ratings_section(paper_input, t),
        build_gaps_section(paper_input, t),
        build_settling_section(paper_input, t),
        *build_decisions_sections(paper_input, t),
        add_what_if(outlook, framework, ratings, t),
        build_actions_section(
            framework,
            ratings,
            t,
            findings=paper_input.findings,
            leads=paper_input.name_leads(),
            dues={gap.requirement: gap.day for gap in paper_input.facts.gaps if gap.day},
            printed=_ACTIONS,
        ),
        *build_agencies_sections(paper_input, t),
    )


def _blank_sections(paper_input: PaperInput, t: Translator) -> tuple[Section, ...]:
    return (
        build_blank_section(paper_input, t),
        build_problems_section(paper_input.problems, t, about=t("Requirement")),
        build_method_section(paper_input, t),
    )


def list_own_policy_notices(paper_input: PaperInput, t: Translator) -> tuple[str, ...]:
    """Return the notice that names a policy of the country's own; none for one of fatf-kit's."""
    policy = paper_input.policy
    text = t(
        "The scoring rules “{title}” ({policy}) are the country's own, not those of fatf-kit.",
        policy=policy.id,
        title=policy.title,
    )
    return (text,) if policy.is_own else ()


_FEW = 4
"""Gaps and agencies named in a note."""


def describe_units(paper_input: PaperInput, t: Translator) -> dict[str, UnitNote]:
    """Return by unit: claimed and shown, the requirements with gaps, who leads on them, other countries, last time."""
    patterns = {unit.unit: unit for unit in find_patterns(paper_input.framework.id).units}
    published = paper_input.background.published
    notes = {}
    for unit, result in zip(paper_input.framework.units, paper_input.assessment.units, strict=True):
        lines = [describe_range(result, t), *_list_gaps(result, paper_input, t)]
        if (peers := patterns[unit.id]).rated:
            best = "HE/SE" if unit.id.startswith("IO.") else "C/LC"
            facts = {"good": peers.good, "rated": peers.rated, "best": best}
            lines.append(t("Worldwide: {good} of {rated} rated {best}", **facts))
        if published and (rating := published.ratings.get(unit.id)):
            lines.append(t("Last published: {rating}", rating=rating))
        notes[unit.id] = UnitNote(title=f"{unit.id} {unit.title}", lines=tuple(lines))
    return notes


def _list_gaps(result: UnitResult, paper_input: PaperInput, t: Translator) -> Iterator[str]:
    """Yield the requirements of a unit that have findings, and the agencies that lead on them."""
    found = dict.fromkeys(one.requirement for one in paper_input.findings if one.unit == result.id)
    if not found:
        return
    yield t("Gaps: {ids}", ids=t.first_of([strip_unit(key) for key in found], _FEW))
    names = paper_input.name_leads()
    if leads := list(dict.fromkeys(names[key] for key in found if key in names)):
        agencies = name_some_agencies(leads, _FEW, t)
        yield t.plural("Lead agency: {agencies}", "Lead agencies: {agencies}", len(leads), agencies=agencies)


def build_report(
    paper_input: PaperInput,
    english: Framework,
    english_findings: Sequence[Finding],
    t: Translator,
    *,
    tool: str,
    origin: Mapping[str, object],
) -> Report:
    """Return everything that is written about an assessment. `tool` is the version that made it.

    `origin` is added to the provenance in the JSON: what the result depends on besides the workbooks.

    `english` is the edition in English, for the JSON, with its findings; `paper_input` has both in the language of the
    document. Of the conflicts over one requirement only the first few are listed (`fold_conflicts`).
    """
    paper_input = replace(paper_input, problems=fold_conflicts(paper_input.problems))
    ratings = paper_input.ratings
    outlook, ways = make_consequences(
        english.id,
        ratings,
        shortcomings=count_open_shortcomings(paper_input.findings),
        facts=paper_input.country_facts,
        listing=paper_input.listing,
        standing=paper_input.standing,
    )
    actions = make_actions_result(english, ratings, Translator("en"), findings=english_findings)
    return Report(
        document=replace(build_gap_document(paper_input, t), made_on=paper_input.generated_at),
        tables=build_assessment_tables(
            paper_input.framework,
            paper_input.assessment,
            paper_input.findings,
            paper_input.problems,
            t,
            sensitivity=paper_input.sensitivity,
            agencies=paper_input.agencies,
        ),
        payload=build_assessment_payload(
            english,
            paper_input.assessment,
            english_findings,
            paper_input.problems,
            paper_input.policy,
            tool=tool,
            origin=origin,
            generated_at=paper_input.generated_at,
            sensitivity=paper_input.sensitivity,
        )
        | make_json_value({"outlook": outlook, "what_if": ways, "key_recommended_actions": actions}),
    )
