"""The gap report: where the country stands, what holds it back, and what to do first."""

from __future__ import annotations

from fatf_kit.core.messages import Words
from fatf_kit.mock_visit.debrief_report import rehearsal_section
from fatf_kit.outlook.action_texts import build_actions_section
from fatf_kit.outlook.report import build_outlook_section
from fatf_kit.outlook.sources import collect_ratings, count_good_units, count_open_shortcomings
from fatf_kit.papers.agencies_section import agencies_sections
from fatf_kit.papers.blank import blank_section, is_blank
from fatf_kit.papers.causes import causes_section
from fatf_kit.papers.decisions import decisions_sections
from fatf_kit.papers.method import method_section
from fatf_kit.papers.overview import standing_section
from fatf_kit.papers.priorities import cheapest_section, held_back_section, settling_section
from fatf_kit.papers.report_input import GapInput, country_name, indicative_notice
from fatf_kit.papers.sensitivity import sensitivity_sections
from fatf_kit.papers.statistics_section import figures_sections
from fatf_kit.papers.units import UnitPages
from fatf_kit.published.listing_status import find_listing_on
from fatf_kit.report.model import Document, Section
from fatf_kit.report.problems_section import problems_section
from fatf_kit.scoring.report.weight_texts import lifted_notice


def build_gap_document(given: GapInput, t: Words) -> Document:
    """The whole document in one language. `generated_at` is printed as given and read from no clock."""
    assessment, framework = given.assessment, given.framework
    pages = UnitPages(framework, assessment, given.findings, given.policy, t)
    sections: tuple[Section, ...] = (
        standing_section(given, t),
        held_back_section(given, t),
        settling_section(given, t),
        cheapest_section(given, t),
        *decisions_sections(given, t),
        build_outlook_section(
            framework.id,
            collect_ratings(assessment),
            t,
            shortcomings=count_open_shortcomings(given.findings),
            facts=given.facts,
            listing=find_listing_on(given.iso3, given.generated_at),
            standing=count_good_units(assessment),
        ),
        *agencies_sections(given, t),
        build_actions_section(framework, collect_ratings(assessment), t, findings=given.findings),
        causes_section(given, t),
        *sensitivity_sections(given, t),
        *figures_sections(given, t),
        *([rehearsal_section(given.rehearsal, t)] if given.rehearsal else []),
        pages.compliance(),
        pages.effectiveness(),
        problems_section(given.problems, t, about=t("Requirement")),
        method_section(framework, assessment, given.policy, t, problems=given.problems),
    )
    if is_blank(given):
        sections = (
            blank_section(given, t),
            problems_section(given.problems, t, about=t("Requirement")),
            method_section(framework, assessment, given.policy, t),
        )
    cut_off = (
        t.day(assessment.cut_off) if assessment.cut_off else t("not given, so dates of entry into force are not tested")
    )
    country = country_name(given, t)
    return Document(
        id="gap",
        title=t("{country}: readiness for the mutual evaluation", country=country),
        subtitle=t("Gap report on technical compliance and effectiveness, indicative"),
        language=t.language,
        facts=(
            (t("Edition"), framework.full_title),
            (t("Cut-off date"), cut_off),
            (t("Scoring policy"), given.policy.id),
            (t("Workbooks read"), str(len(assessment.inputs))),
            (t("Made on"), t.moment(given.generated_at)),
        ),
        notices=(*given.notices, *lifted_notice(assessment, t), *own_policy_notice(given, t), indicative_notice(t)),
        sections=sections,
    )


def own_policy_notice(given: GapInput, t: Words) -> tuple[str, ...]:
    """Names a policy that is not one of fatf-kit's own, on every page."""
    if not given.policy.own:
        return ()
    return (
        t(
            "Scoring policy {policy}, {title}: a file of the country's, not one of fatf-kit's.",
            policy=given.policy.id,
            title=given.policy.title,
        ),
    )
