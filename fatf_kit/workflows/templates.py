"""Documents for agencies: guides, blank and prefilled workbooks, last round's answers in a new edition."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from fatf_kit.assessment.answers.carry_forward import CarryForwardResult
from fatf_kit.assessment.answers.carry_forward import carry_forward as carry
from fatf_kit.assessment.answers.country_names import find_country
from fatf_kit.assessment.answers.intake import read_responses
from fatf_kit.assessment.answers.model import ResponseSet
from fatf_kit.assessment.answers.prefilled_workbooks import (
    find_unplaced_answers,
    write_agency_workbook,
    write_carried_workbook,
)
from fatf_kit.assessment.answers.registers import share_register
from fatf_kit.assessment.folder.agency_templates import find_agency, locate_template
from fatf_kit.assessment.folder.folder import open_workspace
from fatf_kit.assessment.folder.model import Agency
from fatf_kit.assessment.workbook.layout import build_layout
from fatf_kit.assessment.workbook.template import render_template
from fatf_kit.core.errors import FatfKitError, UnknownIdError, WorkbookError
from fatf_kit.core.messages import Translator
from fatf_kit.core.national_words import add_country
from fatf_kit.core.problems import Problem
from fatf_kit.core.resources import CURRENT_EDITION, tool_version
from fatf_kit.core.store import check_target, protect_inputs, write_output
from fatf_kit.framework import find_unit, load_framework
from fatf_kit.framework.model import ImmediateOutcome
from fatf_kit.framework.vocabulary import load_vocabulary
from fatf_kit.papers.guide import build_guide
from fatf_kit.papers.reader_guide import build_reader_guide
from fatf_kit.published import find_report
from fatf_kit.published.model import PublishedReport
from fatf_kit.report.model import Document

LONGEST_NAME = 200
"""Characters of a name on the cover at most; it has a line for it."""


def guide(outcome: str, *, edition: str = CURRENT_EDITION, language: str = "en") -> Document:
    """Return the guide to one Immediate Outcome as a document; `fatf_kit.report.write.write_document` writes it.

    The outcome is named by its id, like IO.6, or by its number alone.

    Raises:
        UnknownIdError: no such outcome, edition or language.

    >>> guide("IO.6").title
    'IO.6 Financial intelligence'
    """
    framework = load_framework(edition, language)
    unit = find_unit(framework, f"IO.{outcome}" if outcome.isdecimal() else outcome)
    if not isinstance(unit, ImmediateOutcome):
        raise UnknownIdError(
            "{unit} is a Recommendation. A guide covers one of the outcomes IO.1 to IO.11.", unit=unit.id
        )
    return build_guide(framework, unit, load_vocabulary(language), Translator(language), tool=tool_version())


def reader_guide(reader: str, *, language: str = "en") -> Document:
    """Return the guide for one reader as a document: "coordinator", "agency", "npo" or "analyst".

    These are the guides of the documentation, so that a coordinator can send them to people.

    >>> reader_guide("agency").title
    'Guide for an agency'

    Raises:
        UnknownIdError: no such guide, or it is not written in this language; the message names the languages.
    """
    return build_reader_guide(reader, language)


def template(
    path: str | Path,
    *,
    edition: str = CURRENT_EDITION,
    only: Sequence[str] = (),
    language: str = "en",
    country: str | None = None,
    agency: str | None = None,
    force: bool = False,
) -> Path:
    """Write one blank workbook; `only` limits it to some Recommendations and outcomes, `agency` names its agency.

    An existing file may contain answers, so only `force` replaces it.

    Raises:
        UnknownIdError: no such edition, unit or language.
        WorkbookError: the name of the country is longer than a cell.
        FatfKitError: the file exists, its name does not end in .xlsx, or it cannot be written.

    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     template(f"{folder}/blank.xlsx", only=["R.8", "IO.10"]).name
    'blank.xlsx'
    """
    target = Path(path)
    check_target(target, force=force, endings=[".xlsx"])
    if country and len(country) > LONGEST_NAME:
        raise WorkbookError(
            "The name of the country is too long ({length} characters). Allowed: up to {limit}.",
            length=len(country),
            limit=LONGEST_NAME,
        )
    if agency and len(agency) > LONGEST_NAME:
        raise WorkbookError(
            "The name of the agency is too long ({length} characters). Allowed: up to {limit}.",
            length=len(agency),
            limit=LONGEST_NAME,
        )
    language = add_country(language, find_country(country or ""))
    layout = build_layout(
        load_framework(edition, language), only=tuple(only), language=language, country=country, agency=agency
    )
    return write_output(target, render_template(layout), force=force)


def carry_forward(
    path: str | Path,
    to: str,
    output: str | Path,
    *,
    language: str = "en",
    edition: str | None = None,
    force: bool = False,
) -> tuple[CarryForwardResult, tuple[Problem, ...]]:
    """Move the answers of one filled workbook into a new workbook of a later edition.

    `edition` is that of the filled workbook; None: the one that the workbook names. The problems list the cells that
    could not be read and were therefore not copied. Only `force` replaces an existing file, and never the input.

    Raises:
        UnknownIdError: no such edition or language.
        FatfKitError: the workbook cannot be read, `to` is not a later edition, or the new workbook exists or cannot be
            written.

    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     carried, problems = carry_forward("templates/fatf-2013-en.xlsx", "fatf-2022", f"{folder}/carried.xlsx")
    >>> problems
    ()
    """
    source, target = Path(path), Path(output)
    with protect_inputs([source]):
        check_target(target, force=force, endings=[".xlsx"])
    new = load_framework(to, language)
    old, responses, problems = read_responses([source], edition=edition)
    if not responses.inputs:
        raise FatfKitError("No answer was copied. {problems}", problems=problems)
    if len({answer.agency for answer in responses.answers}) > 1:
        raise FatfKitError("These are workbooks of several agencies. Name one workbook at a time.")
    old = load_framework(old.id, language)
    responses = share_register(responses)
    carried = carry(old, new, responses, language)
    write_carried_workbook(carried, old, new, responses, target, language)
    return carried, problems


def read_earlier(path: str | Path, copies: Sequence[str | Path]) -> tuple[ResponseSet, tuple[Problem, ...]]:
    """Earlier copies of an assessment folder's workbooks, what cannot be used of them, and what no agency would take.

    Raises:
        FatfKitError: the folder cannot be used.
    """
    workspace, _ = open_workspace(path)
    places = [Path(place) for place in copies]
    _, earlier, problems = read_responses(places, edition=workspace.settings.edition, agencies=workspace.by_id)
    return earlier, (*problems, *find_unplaced_answers(earlier, workspace))


def find_own_report(country: str) -> PublishedReport | None:
    """Return the last evaluation report of a country; None where none is published."""
    try:
        return find_report(country, "MER")
    except UnknownIdError:
        return None


def agency_templates(
    path: str | Path,
    *,
    agencies: Sequence[str] = (),
    languages: Sequence[str] = (),
    output: str | Path | None = None,
    prefill: Sequence[str | Path] | ResponseSet = (),
    published: str | None = None,
    force: bool = False,
) -> Iterator[tuple[Agency, Path, bool]]:
    """Write the workbook of each agency of an assessment folder, and yield each with whether it was written.

    Each in its agency's own language, or in each of `languages`. False means that the workbook exists, which only
    `force` replaces, or that the agency is asked nothing. `prefill` are earlier copies, or the result of `read_earlier`
    for them, which also lists what of them cannot be used; `published` is the ISO 3166 code of the country whose last
    evaluation is printed on the sheets, by default that of the folder, if it has a published report.

    Raises:
        UnknownIdError: no such agency, language or jurisdiction.
        FatfKitError: the folder cannot be used, or a file cannot be written.

    >>> from tempfile import TemporaryDirectory
    >>> from fatf_kit import init_assessment
    >>> with TemporaryDirectory() as folder:
    ...     _ = init_assessment(folder, country="Iraq")
    ...     written = [(agency.id, path.name) for agency, path, _ in agency_templates(folder, agencies=["fiu"])]
    >>> written
    [('fiu', 'fiu.xlsx')]
    """
    workspace, _ = open_workspace(path)
    wanted = [find_agency(workspace, name) for name in agencies] or list(workspace.agencies)
    if isinstance(prefill, ResponseSet):
        earlier: ResponseSet | None = prefill
    else:
        earlier = read_earlier(path, prefill)[0] if prefill else None
    report = find_report(published, "MER") if published else find_own_report(workspace.settings.country)
    for agency in wanted:
        for language in languages or (None,):
            target = locate_template(workspace, agency, language)
            if output is not None:
                target = Path(output) / target.name
            written = (force or not target.exists()) and write_agency_workbook(
                workspace, agency, target, language=language, earlier=earlier, published=report
            )
            yield agency, target, written
