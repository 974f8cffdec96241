"""The gap report: where the country stands, what holds it back, and what to do first."""

from __future__ import annotations

from fatf_kit.core.messages import Translator
from fatf_kit.mock_visit.debrief_report import build_rehearsal_section
from fatf_kit.outlook.action_texts import build_actions_section
from fatf_kit.outlook.report import build_outlook_section
from fatf_kit.outlook.sources import collect_ratings, count_good_units, count_open_shortcomings
from fatf_kit.papers.agencies_section import build_agencies_sections
from fatf_kit.papers.blank_report import build_blank_section, is_blank
from fatf_kit.papers.causes import build_causes_section
from fatf_kit.papers.decisions import build_decisions_sections
from fatf_kit.papers.method import build_method_section
from fatf_kit.papers.overview import build_overview_section
from fatf_kit.papers.priorities import build_cheapest_section, build_held_back_section, build_settling_section
from fatf_kit.papers.report_input import GapInput, get_country_name, phrase_indicative_notice
from fatf_kit.papers.sensitivity import build_sensitivity_sections
from fatf_kit.papers.statistics_section import build_figures_sections
from fatf_kit.papers.units import UnitSections
from fatf_kit.published.listing_status import find_listing_on
from fatf_kit.report.model import Document, Section
from fatf_kit.report.problems_section import build_problems_section
from fatf_kit.scoring.report.weight_texts import list_lifted_notices


def build_gap_document(given: GapInput, t: Translator) -> Document:
    """The whole document in one language. `generated_at` is printed as given and read from no clock."""
    assessment, framework = given.assessment, given.framework
    pages = UnitSections(framework, assessment, given.findings, given.policy, t)
    sections: tuple[Section, ...] = (
        build_overview_section(given, t),
        build_held_back_section(given, t),
        build_settling_section(given, t),
        build_cheapest_section(given, t),
        *build_decisions_sections(given, t),
        build_outlook_section(
            framework.id,
            collect_ratings(assessment),
            t,
            shortcomings=count_open_shortcomings(given.findings),
            facts=given.facts,
            listing=find_listing_on(given.iso3, given.generated_at),
            standing=count_good_units(assessment),
        ),
        *build_agencies_sections(given, t),
        build_actions_section(framework, collect_ratings(assessment), t, findings=given.findings),
        build_causes_section(given, t),
        *build_sensitivity_sections(given, t),
        *build_figures_sections(given, t),
        *([build_rehearsal_section(given.rehearsal, t)] if given.rehearsal else []),
        pages.compliance(),
        pages.effectiveness(),
        build_problems_section(given.problems, t, about=t("Requirement")),
        build_method_section(framework, assessment, given.policy, t, problems=given.problems),
    )
    if is_blank(given):
        sections = (
            build_blank_section(given, t),
            build_problems_section(given.problems, t, about=t("Requirement")),
            build_method_section(framework, assessment, given.policy, t),
        )
    cut_off = (
        t.day(assessment.cut_off) if assessment.cut_off else t("not given, so dates of entry into force are not tested")
    )
    country = get_country_name(given, t)
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
        notices=(
            *given.notices,
            *list_lifted_notices(assessment, t),
            *list_own_policy_notices(given, t),
            phrase_indicative_notice(t),
        ),
        sections=sections,
    )


def list_own_policy_notices(given: GapInput, t: Translator) -> tuple[str, ...]:
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
