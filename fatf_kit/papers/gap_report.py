"""The gap report: the answer on its first page, then ratings, gaps and actions; the rest is in its annex."""

from __future__ import annotations

from fatf_kit.core.messages import Translator
from fatf_kit.outlook.action_texts import build_actions_section
from fatf_kit.outlook.panel import add_what_if
from fatf_kit.outlook.report import build_outlook_section
from fatf_kit.outlook.sources import count_open_shortcomings
from fatf_kit.papers.agencies_section import build_agencies_sections
from fatf_kit.papers.blank_report import build_blank_section
from fatf_kit.papers.decisions import build_decisions_sections
from fatf_kit.papers.gap_annex import build_gap_annex
from fatf_kit.papers.gaps import build_gaps_section, list_gaps
from fatf_kit.papers.method import build_method_section
from fatf_kit.papers.priorities import build_settling_section
from fatf_kit.papers.rating_table import build_ratings_section
from fatf_kit.papers.report_input import PaperInput, get_country_name, phrase_indicative_notice
from fatf_kit.papers.unit_notes import describe_units
from fatf_kit.papers.verdict import build_verdict
from fatf_kit.report.model import Document, Section
from fatf_kit.report.problems_section import build_problems_section
from fatf_kit.scoring.report.weight_texts import list_lifted_notices

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
            (t("Scoring policy"), t(paper_input.policy.title)),
            (t("Workbooks read"), str(len(assessment.inputs))),
            (t("Made on"), t.moment(paper_input.generated_at)),
        ),
        notices=notices,
        sections=_blank_sections(paper_input, t) if blank else _sections(paper_input, t),
        agencies=paper_input.agencies,
        units=describe_units(paper_input, t),
        summary=None if blank else build_verdict(paper_input, t),
        annex=None if blank else build_gap_annex(paper_input, t, title=country, notices=notices),
    )


def _sections(paper_input: PaperInput, t: Translator) -> tuple[Section, ...]:
    framework, ratings = paper_input.framework, paper_input.ratings
    outlook = build_outlook_section(
        framework.id,
        ratings,
        t,
        shortcomings=count_open_shortcomings(paper_input.findings),
        facts=paper_input.facts,
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
            dues={gap.requirement: gap.due for gap in list_gaps(paper_input, t) if gap.due},
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
        "The scoring policy “{title}” ({policy}) is the country's own, not one of fatf-kit's.",
        policy=policy.id,
        title=policy.title,
    )
    return (text,) if policy.is_own else ()
