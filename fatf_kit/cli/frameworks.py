"""`fatf-kit frameworks`: show, check and compare the editions of the Methodology."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

import fatf_kit
from fatf_kit.core.resources import data_folder
from fatf_kit.core.store import write_files
from fatf_kit.framework.diff import EditionChange, EditionDifference, diff_editions
from fatf_kit.framework.model import (
    ImmediateOutcome,
    PendingRevision,
    Recommendation,
    Requirement,
    list_requirements,
    walk,
)
from fatf_kit.framework.payload import (
    DiffResult,
    EditionResult,
    EditionsResult,
    EditionSummary,
    TranslationsResult,
    make_requirement_result,
    summarise_edition,
)
from fatf_kit.framework.translations import TranslationCount, count_texts
from fatf_kit.terminal import exit_codes, options, output, writing

EXPORTS = ("oscal", "ciso-assistant", "datapackage")
"""The members of `workflows.open_data.OpenDataFormat`, which --help need not load."""

if TYPE_CHECKING:
    from fatf_kit.core.problems import Problem


@click.group
def frameworks() -> None:
    """Show, check and compare the editions of the Methodology.

    All statements are fatf-kit's own summaries with citations. Only FATF's text is authoritative.

    Example: fatf-kit frameworks show fatf-2022 R.10
    """


@frameworks.command("list")
@options.language_json
def list_editions(language: str) -> None:
    """List the editions and how many criteria and core issues each has.

    Example: fatf-kit frameworks list
    """
    editions = (fatf_kit.load_framework(edition, language) for edition in fatf_kit.list_editions())
    document = EditionsResult(schema="fatf-kit/editions/1", editions=tuple(map(summarise_edition, editions)))
    output.print_result(document, (line for edition in document.editions for line in _summary_lines(edition)))


def _summary_lines(edition: EditionSummary) -> Iterator[str]:
    t = output.translator()
    counts = t("round {round}, criteria: {criteria}, core issues: {core_issues}", **asdict(edition))
    facts = (
        (t("As amended"), edition.as_amended),
        (t("Content version"), t.joined((edition.content_version, edition.digest[:19]))),
        (t("Later amendments"), edition.later_amendments),
    )
    yield f"{edition.id}  {counts}"
    yield f"  {edition.title}"
    yield f"  {edition.text_state}"
    for name, text in facts:
        if text:
            yield "  " + t("{name}: {text}", name=name, text=text)


@frameworks.command
@click.argument("edition")
@click.argument("wanted", metavar="[ID]", required=False)
@options.language_json
def show(edition: str, wanted: str | None, language: str) -> None:
    """Show an edition, one of its Recommendations or outcomes, or one criterion (R.10, IO.6, R.10/10.7, 10.7).

    Example: fatf-kit frameworks show fatf-2022 R.10/10.7
    """
    framework = fatf_kit.load_framework(edition, language)
    if wanted is None:
        summary, units = asdict(summarise_edition(framework)), framework.units
        edition_result = EditionResult(schema="fatf-kit/edition/1", **summary, units=tuple(unit.id for unit in units))
        output.print_result(edition_result, (f"{unit.id:<6}{unit.title}" for unit in units))
        return
    number = wanted.casefold().removeprefix("io").removeprefix("r").strip(". ")
    is_unit = number.isdigit() and not wanted[:1].isdigit()
    found = fatf_kit.find_unit(framework, wanted) if is_unit else fatf_kit.find_requirement(framework, wanted)
    revision = framework.revisions.get(found.id.partition("/")[0])
    output.print_result(
        make_requirement_result(framework, found), [*_lines(found), *(_revision_lines(revision) if revision else ())]
    )


def _revision_lines(revision: PendingRevision) -> Iterator[str]:
    """Yield what is known of a revision that the criteria do not include yet."""
    t = output.translator()
    yield t("{name}: {text}", name=t("Revision that these criteria do not include yet"), text=revision.status)
    yield f"  {revision.scope}  ({revision.citation}; {t(revision.confidence)})"
    yield from (f"  - {text}" for text in revision.other_changes)


def _lines(found: Recommendation | ImmediateOutcome | Requirement) -> Iterator[str]:
    if isinstance(found, Recommendation | ImmediateOutcome):
        yield f"{found.id} {found.title}  ({found.citation})"
        if isinstance(found, ImmediateOutcome):
            yield found.statement
        for top in list_requirements(found):
            for requirement, depth in walk(top):
                yield f"{'  ' * (depth + 1)}{requirement.id.partition('/')[2]}  {requirement.statement}"
        return
    yield f"{found.id}  ({found.citation})"
    yield found.statement
    t = output.translator()
    if found.guidance.ask:
        yield t("{name}: {text}", name=t("Question"), text=found.guidance.ask)
    for title, texts in (
        (t("Evidence"), found.guidance.evidence),
        (t("Typical shortcomings"), found.guidance.typical_shortcomings),
        (t("Strong signs"), found.guidance.strong_signs),
        (t("Weak signs"), found.guidance.weak_signs),
    ):
        if texts:
            yield t("{name}: {text}", name=title, text="").rstrip()
            yield from (f"  - {text}" for text in texts)
    for title, line in (
        (t("Action"), found.guidance.action),
        (t("Remedy"), found.guidance.recommended_action),
    ):
        if line:
            yield t("{name}: {text}", name=title, text=line)
    for part in found.parts:
        yield f"  {part.id.partition('/')[2]}  {part.statement}"


@frameworks.command
@click.argument("paths", metavar="[DIR]...", nargs=-1, type=options.ReadPath(exists=True, file_okay=False))
@click.option(
    "--translation",
    metavar="CODE",
    help="Count the missing texts of a language, like ar or fr, instead of checking the edition.",
)
@options.quiet_language_json
def check(paths: tuple[Path, ...], translation: str | None) -> int:
    """Check the editions and lists of fatf-kit, or any folder with an edition.json.

    All errors are listed with file and path, also those in translations.

    Example: fatf-kit frameworks check
    """
    if translation is not None:
        if paths:
            output.fail_usage("--translation counts the texts of fatf-kit. Leave out the folder.")
        return _count_texts(translation)
    from fatf_kit.framework.validate import check_lists

    folders = paths or tuple(data_folder("frameworks") / edition for edition in fatf_kit.list_editions())
    problems = [problem for folder in folders for problem in find_faults(folder)]
    if not paths:
        problems += check_lists()
    if not problems and not output.is_set(output.JSON):
        output.print_message("No errors in {folders}.", folders=", ".join(folder.name for folder in folders))
    return output.print_found(problems, is_result=True)


def _count_texts(language: str) -> int:
    """Print how many texts a language has and in which files others are missing; 1 if any is missing."""
    count = count_texts(language)
    document = TranslationsResult(schema="fatf-kit/translations/1", language=language, **asdict(count))
    output.print_result(document, _count_lines(language, count))
    return exit_codes.FOUND if count.missing else exit_codes.DONE


def _count_lines(language: str, count: TranslationCount) -> Iterator[str]:
    t = output.translator()
    numbers = {key: t.number(value) for key, value in asdict(count).items() if key != "missing"}
    if count.missing:
        names = t.points(f"{name} ({t.number(missing)})" for name, missing in count.missing)
        text = t(
            "messages: {messages} of {all_messages}; texts of data: {texts} of {all_texts}; missing in {names}",
            names=names,
            **numbers,
        )
    else:
        text = t("messages: {messages} of {all_messages}; texts of data: {texts} of {all_texts}", **numbers)
    yield t("{name}: {text}", name=language, text=text)


def find_faults(folder: Path) -> tuple[Problem, ...]:
    """Return every fault in an edition: in its pages and translations, and in its other files."""
    from fatf_kit.evaluation_calendar.timetable import check_timetable_file
    from fatf_kit.framework.submission_shape import check_submission_file
    from fatf_kit.framework.validate import check_edition
    from fatf_kit.outlook.actions import check_actions_file
    from fatf_kit.outlook.rules import check_rules_file

    checks = (check_edition, check_rules_file, check_actions_file, check_timetable_file, check_submission_file)
    return tuple(problem for check_one in checks for problem in check_one(folder))


@frameworks.command
@click.argument("old")
@click.argument("new")
@click.argument("unit", metavar="[ID]", required=False)
@options.language_json
def diff(old: str, new: str, unit: str | None, language: str) -> None:
    """List the differences between two editions, of all requirements or of one Recommendation or outcome.

    Example: fatf-kit frameworks diff fatf-2013 fatf-2022 R.8
    """
    newer = fatf_kit.load_framework(new, language)
    wanted = fatf_kit.find_unit(newer, unit).id if unit else None
    found = diff_editions(fatf_kit.load_framework(old, language), newer, wanted)
    document = DiffResult(schema="fatf-kit/diff/1", old=old, new=new, differences=found)
    output.print_result(document, _difference_lines(found))


def _difference_lines(found: Sequence[EditionDifference]) -> Iterator[str]:
    t = output.translator()
    names = {
        EditionChange.SAME: t("same number"),
        EditionChange.RENUMBERED: t("renumbered"),
        EditionChange.CHANGED: t("changed"),
        EditionChange.NEW: t("new"),
        EditionChange.GONE: t("removed"),
    }
    rows = [
        (names[one.move], ", ".join(one.old) or "–", "→", one.new or "–", one.what)
        for one in found
        if one.move is not EditionChange.SAME
    ]
    if rows:
        yield from output.table_lines(rows)
    counts = Counter(difference.move for difference in found)
    yield t.listed(t("{name}: {text}", name=names[move], text=counts[move]) for move in EditionChange)


@frameworks.command
@click.option("--as", "form", type=click.Choice(EXPORTS), required=True, help="Format of the files.")
@options.output_folder("Folder for the files.", required=True)
@options.option("day", help="Date that is written into the files.  [default: today]")
@options.force
@options.quiet_language
def export(form: str, target: Path, day: date | None, force: bool) -> None:
    """Write the editions, or published ratings and FATF's lists, in formats of other programs.

    oscal: catalogues of both editions and a mapping between them. ciso-assistant: libraries of both editions.
    datapackage: published ratings and FATF's lists with a description of their columns. The files contain English,
    Arabic and French. They are summaries by fatf-kit and not the FATF Methodology.

    Example: fatf-kit frameworks export --as oscal -o open-data
    """
    contents = fatf_kit.export_frameworks(form, day=day or date.today())
    writing.print_files(*write_files(target, contents, force=force))
