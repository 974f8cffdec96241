"""The problems of workbooks by agency: in groups for a terminal, and as a workbook that the coordinator sends on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from fatf_kit.core.messages import Translator
from fatf_kit.core.problems import Problem

if TYPE_CHECKING:
    from fatf_kit.report.model import Report
    from fatf_kit.workflows.scoring import ScoringResult


def name_agencies(scored: ScoringResult, language: str) -> Mapping[str, str]:
    """Return the name of the agency by the name of its file; a file of no known agency is left out."""
    known = scored.workspace.by_id if scored.workspace else {}
    files = (file for file in scored.responses.inputs if file.agency)
    return {
        file.name: known[file.agency].name(language) if file.agency in known else file.agency
        for file in files
        if file.agency
    }


def group_problems(scored: ScoringResult, language: str) -> Mapping[str, Sequence[Problem]]:
    """Return the problems by the name of the agency of the file; the last group, "", is of no agency."""
    names = name_agencies(scored, language)
    groups: dict[str, list[Problem]] = {name: [] for name in sorted(set(names.values()))}
    rest: list[Problem] = []
    for problem in scored.problems:
        groups.get(names.get(problem.ref.file, "") if problem.ref else "", rest).append(problem)
    return {name: found for name, found in {**groups, "": rest}.items() if found}


def problems_report(scored: ScoringResult, *, generated_at: str, language: str = "en") -> Report:
    """Return the problems as a report for the Excel file of `check`: a table of all, then one for each agency."""
    from fatf_kit.core.files import to_plain_text
    from fatf_kit.core.json_files import make_json_value
    from fatf_kit.framework import load_framework
    from fatf_kit.report.model import Document, Report
    from fatf_kit.report.problems_section import build_problems_sheet
    from fatf_kit.scoring.report.payload import make_problems_result

    language = scored.national(language)
    t, cover = Translator(language), scored.assessment.coverage
    agencies = name_agencies(scored, language)
    edition = load_framework(scored.framework.id, language).full_title
    document = Document(
        id="problems",
        title=t("Problems in the workbooks"),
        subtitle=to_plain_text(scored.country(language)),
        language=language,
        made_on=generated_at,
        facts=((t("Edition"), edition), (t("Made on"), t.moment(generated_at))),
        notices=(),
        sections=(),
    )
    about = t("Requirement")
    tables = [build_problems_sheet(scored.problems, t, about=about, agencies=agencies)]
    for number, (name, problems) in enumerate(group_problems(scored, language).items(), start=1):
        if name:
            own = build_problems_sheet(problems, t, about=about)
            tables.append(replace(own, key=f"problems-{number}", title=f"{number} {name}"))
    result = make_problems_result(scored.problems, total=cover.total, answered=cover.answered)
    return Report(document=document, tables=tuple(tables), payload=make_json_value(result))
