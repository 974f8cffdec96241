"""`fatf-kit visits`: the list of visits of an assessment folder."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Literal

import click

from fatf_kit.assessment.folder.folder import name_country
from fatf_kit.assessment.folder.kept_files import Draft, rewrite_book
from fatf_kit.core.json_files import make_json_value
from fatf_kit.core.messages import Translator
from fatf_kit.framework import load_framework
from fatf_kit.report.model import Document, Report
from fatf_kit.report.results_table import COUNT, DATE, ID, ResultColumn, ResultsTable
from fatf_kit.report.sections import make_section
from fatf_kit.terminal import folders, options, output, writing

from .folder_part import Visit, read_visits, render_visits


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitsResult:
    """The result of `visits report --json`."""

    schema: Literal["fatf-kit/visits/1"]
    visits: tuple[Visit, ...]


@click.group
def visits() -> None:
    """Keep a list of visits to other countries, and report on them."""


@visits.command
@options.input_paths("[DIR]")
@options.quiet_language
def template(paths: tuple[Path, ...]) -> None:
    """Write visits.xlsx; filled cells stay."""
    workspace = folders.open_folder(paths).workspace
    settings, target = workspace.settings, workspace.path / "visits.xlsx"
    t, framework = Translator(settings.main_language), load_framework(settings.edition)

    def read() -> Draft[None]:
        kept, problems = read_visits(target, framework)
        return Draft(None, render_visits(kept, t, name_country(settings, t.language)), problems)

    written, draft, kept = rewrite_book(target, read, "training-kept", "")
    output.print_problems((*draft.problems, *kept))
    writing.print_files(*([written] if written else ()))


@visits.command
@options.input_paths("[DIR]")
@options.output_file("File to write: .docx, .html, .pdf, .xlsx or .csv.", options.REPORT_ENDINGS)
@options.force_language_json
def report(paths: tuple[Path, ...], target: Path | None, force: bool, language: str) -> None:
    """Report on the visits."""
    workspace, t = folders.open_folder(paths).workspace, Translator(language)
    kept, problems = read_visits(workspace.path / "visits.xlsx", load_framework(workspace.settings.edition))
    columns = (
        ResultColumn[Visit]("day", t("Date"), kind=DATE, sheet=13, page=4),
        ResultColumn[Visit]("country", t("Country"), sheet=24, page=6),
        ResultColumn[Visit]("units", t("Outcomes and Recommendations"), kind=ID, sheet=22, page=6),
        ResultColumn[Visit]("people", t("People"), kind=COUNT, sheet=9, page=3),
        ResultColumn[Visit]("note", t("Notes"), sheet=34),
    )
    table = ResultsTable("visits", t("Visits"), columns)
    section = make_section("visits", t("Visits"), table.in_document(kept, empty=t("No visit has been entered yet.")))
    country = name_country(workspace.settings, language)
    document = Document(
        id="visits", title=t("Visits"), subtitle=country, language=language, facts=(), notices=(), sections=(section,)
    )
    result = VisitsResult(schema="fatf-kit/visits/1", visits=kept)
    made = Report(document=document, tables=(table.in_sheet(kept),), payload=make_json_value(result))
    output.print_problems(problems)
    writing.write_report_file(made, target, force=force)
    output.print_result(made.payload, (f"{visit.day or date.max}: {visit.country}" for visit in kept))
