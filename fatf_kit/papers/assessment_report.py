"""The whole report of an assessment: document, flat tables and JSON, from one set of results."""

from __future__ import annotations

from dataclasses import replace

from fatf_kit.core.messages import Translator
from fatf_kit.core.problems import fold_conflicts
from fatf_kit.framework.model import Framework
from fatf_kit.outlook.action_texts import build_actions_payload
from fatf_kit.outlook.report import build_outlook_payload
from fatf_kit.outlook.sources import collect_ratings, count_good_units, count_open_shortcomings
from fatf_kit.papers.gap_report import build_gap_document
from fatf_kit.papers.report_input import GapInput
from fatf_kit.published.listing_status import find_listing_on
from fatf_kit.report.model import Report
from fatf_kit.scoring.report.payload import build_assessment_payload
from fatf_kit.scoring.report.tables import build_assessment_tables


def build_report(given: GapInput, english: Framework, t: Translator, *, tool: str) -> Report:
    """Everything that is written about an assessment. `tool` is the version that made it.

    `english` is the edition in English, for the JSON; `given` holds it in the language of the document. Of the
    conflicts over one requirement only the first few are listed (`fold_conflicts`).
    """
    given = replace(given, problems=fold_conflicts(given.problems))
    ratings, shortcomings = collect_ratings(given.assessment), count_open_shortcomings(given.findings)
    return Report(
        document=build_gap_document(given, t),
        tables=build_assessment_tables(
            given.framework, given.assessment, given.findings, given.problems, t, sensitivity=given.sensitivity
        ),
        payload=build_assessment_payload(
            english,
            given.assessment,
            given.findings,
            given.problems,
            given.policy,
            tool=tool,
            generated_at=given.generated_at,
            sensitivity=given.sensitivity,
        )
        | build_outlook_payload(
            english.id,
            ratings,
            shortcomings=shortcomings,
            facts=given.facts,
            listing=find_listing_on(given.iso3, given.generated_at),
            standing=count_good_units(given.assessment),
        )
        | {
            "key_recommended_actions": build_actions_payload(
                english, ratings, Translator("en"), findings=given.findings
            )
        },
    )
