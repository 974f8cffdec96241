"""The whole report of an assessment: document, flat tables and JSON, from one set of results."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from fatf_kit.core.messages import Translator
from fatf_kit.core.problems import fold_conflicts
from fatf_kit.framework.model import Framework
from fatf_kit.outlook.action_texts import build_actions_payload
from fatf_kit.outlook.report import build_outlook_payload
from fatf_kit.outlook.sources import count_open_shortcomings
from fatf_kit.papers.gap_report import build_gap_document
from fatf_kit.papers.report_input import PaperInput
from fatf_kit.report.model import Report
from fatf_kit.scoring.finding import Finding
from fatf_kit.scoring.report.payload import build_assessment_payload
from fatf_kit.scoring.report.tables import build_assessment_tables


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
        | build_outlook_payload(
            english.id,
            ratings,
            shortcomings=count_open_shortcomings(paper_input.findings),
            facts=paper_input.facts,
            listing=paper_input.listing,
            standing=paper_input.standing,
        )
        | {
            "key_recommended_actions": build_actions_payload(
                english, ratings, Translator("en"), findings=english_findings
            )
        },
    )
