"""`fatf-kit frameworks`: look at, check and compare the editions of the Methodology."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from fatf_kit.cli import options, output
from fatf_kit.scoring.report.payload import build_problems_document

if TYPE_CHECKING:
    from fatf_kit.core.problems import Problem
    from fatf_kit.framework.diff import EditionDifference
    from fatf_kit.framework.model import Framework, ImmediateOutcome, PendingRevision, Recommendation, Requirement
    from fatf_kit.framework.translations import TranslationCount


@click.group(epilog=output.EXITS)
def frameworks() -> None:
    """Look at, check and compare the editions of the Methodology.

    All statements are fatf-kit's own summaries with citations; FATF's text alone is authoritative.
    """


@frameworks.command("list", epilog=output.EXITS)
@options.json
def list_editions(as_json: bool) -> None:
    """The editions at hand, with how much each asks."""
    from fatf_kit.framework import list_editions as editions
    from fatf_kit.framework import load_framework

    rows = [_summary(load_framework(edition)) for edition in editions()]
    lines = (line for row in rows for line in _summary_lines(row))
    output.print_result({"schema": "fatf-kit/editions/1", "editions": rows}, lines, as_json=as_json)


def _summary_lines(row: Mapping[str, Any]) -> Iterator[str]:
    yield f"{row['id']}  round {row['round']}, {row['criteria']} criteria, {row['core_issues']} core issues"
    yield f"  {row['title']}"
    yield f"  {row['text_state']}"
    yield f"  as amended: {row['as_amended']}; content version {row['content_version']}, {row['digest'][:19]}"
    if row["later_amendments"]:
        yield f"  since then: {row['later_amendments']}"


def _summary(framework: Framework) -> dict[str, Any]:
    return {
        "id": framework.id,
        "title": framework.title,
        "round": framework.round,
        "as_amended": framework.as_amended,
        "text_state": framework.text_state,
        "later_amendments": framework.later_amendments,
        "content_version": framework.content_version,
        "digest": framework.digest,
        "criteria": sum(len(r.criteria) for r in framework.recommendations),
        "core_issues": sum(len(o.core_issues) for o in framework.outcomes),
    }


@frameworks.command(epilog=output.EXITS)
@click.argument("edition")
@click.argument("wanted", metavar="[ID]", required=False)
@options.language_json
def show(edition: str, wanted: str | None, language: str, as_json: bool) -> None:
    """An edition, one of its Recommendations or outcomes, or one criterion (R.10, IO.6, R.10/10.7, 10.7)."""
    from fatf_kit.framework import find_requirement, find_unit, load_framework

    framework = load_framework(edition, language)
    if wanted is None:
        document = {"schema": "fatf-kit/edition/1", **_summary(framework), "units": [u.id for u in framework.units]}
        output.print_result(document, (f"{u.id:<6}{u.title}" for u in framework.units), as_json=as_json)
        return
    number = wanted.casefold().removeprefix("io").removeprefix("r").strip(". ")
    is_unit = number.isdigit() and not wanted[:1].isdigit()
    found = find_unit(framework, wanted) if is_unit else find_requirement(framework, wanted)
    revision = framework.revisions.get(found.id.partition("/")[0])
    pending = asdict(revision) if revision else None
    document = {"schema": "fatf-kit/requirement/1", "edition": framework.id, **asdict(found), "pending": pending}
    lines = (*_lines(found), *(_revision_lines(revision) if revision else ()))
    output.print_result(document, lines, as_json=as_json)


def _revision_lines(revision: PendingRevision) -> Iterator[str]:
    """Yield what is known of a revision that the criteria do not include yet."""
    t = output.translator()
    yield t("{name}: {text}", name=t("Revision that these criteria do not include yet"), text=revision.status)
    yield f"  {revision.scope}  ({revision.citation}; {t(revision.confidence)})"
    yield from (f"  - {text}" for text in revision.other_changes)


def _lines(found: Recommendation | ImmediateOutcome | Requirement) -> Iterator[str]:
    from fatf_kit.framework.model import ImmediateOutcome, Recommendation, list_requirements, walk

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
    if found.guidance.recommended_action:
        yield t("{name}: {text}", name=t("Remedy"), text=found.guidance.recommended_action)
    for part in found.parts:
        yield f"  {part.id.partition('/')[2]}  {part.statement}"


@frameworks.command(epilog=output.EXITS)
@click.argument("paths", metavar="[DIR]...", nargs=-1, type=options.ReadPath(exists=True, file_okay=False))
@click.option(
    "--lang", "language", metavar="CODE", help="Count the missing texts of a language instead, like ar or fr."
)
@options.json
def check(paths: tuple[Path, ...], language: str | None, as_json: bool) -> int:
    """Validate the editions and lists that are shipped, or any folder with an edition.json.

    All faults at once, with file and path, translations included.
    """
    if language is not None:
        if paths:
            raise click.UsageError("--lang counts the texts that are shipped. Name no folder with it.")
        return _count_texts(language, as_json)
    from fatf_kit.core.resources import data_folder
    from fatf_kit.framework import list_editions as editions
    from fatf_kit.framework.validate import check_lists

    folders = paths or tuple(data_folder("frameworks") / edition for edition in editions())
    problems = [problem for folder in folders for problem in find_faults(folder)]
    if not paths:
        problems += check_lists()
    if as_json:
        output.print_json(build_problems_document(problems))
    else:
        output.print_problems(problems)
        if not problems:
            output.print_message("No faults in {folders}.", folders=", ".join(folder.name for folder in folders))
    return output.exit_code(problems)


def _count_texts(language: str, as_json: bool) -> int:
    """Print how many texts a language has and in which files others are missing; 1 if any is missing."""
    from fatf_kit.framework.translations import count_texts

    count = count_texts(language)
    document = {"schema": "fatf-kit/translations/1", "language": language, **asdict(count)}
    output.print_result(document, _count_lines(language, count), as_json=as_json)
    return output.FOUND if count.missing else output.DONE


def _count_lines(language: str, count: TranslationCount) -> Iterator[str]:
    t = output.translator()
    numbers = {key: t.number(value) for key, value in asdict(count).items() if key != "missing"}
    if count.missing:
        names = t.points(f"{name} ({t.number(missing)})" for name, missing in count.missing)
        text = t(
            "catalogue {messages} of {all_messages}, data {texts} of {all_texts}; missing in {names}",
            names=names,
            **numbers,
        )
    else:
        text = t("catalogue {messages} of {all_messages}, data {texts} of {all_texts}", **numbers)
    yield t("{name}: {text}", name=language, text=text)


def find_faults(folder: Path) -> tuple[Problem, ...]:
    """Return every fault in an edition: its pages and translations, its lines, its actions and its timetable."""
    from fatf_kit.evaluation_calendar.timetable import check_timetable_file
    from fatf_kit.framework.validate import check_edition
    from fatf_kit.outlook.actions import check_actions_file
    from fatf_kit.outlook.rules import check_rules_file

    checks = (check_edition, check_rules_file, check_actions_file, check_timetable_file)
    return tuple(problem for check_one in checks for problem in check_one(folder))


@frameworks.command(epilog=output.EXITS)
@click.argument("old")
@click.argument("new")
@click.argument("unit", metavar="[ID]", required=False)
@options.json
def diff(old: str, new: str, unit: str | None, as_json: bool) -> None:
    """What differs between two editions, or between one Recommendation in both."""
    from fatf_kit.framework import find_unit, load_framework
    from fatf_kit.framework.diff import diff_editions

    newer = load_framework(new)
    wanted = find_unit(newer, unit).id if unit else None
    found = diff_editions(load_framework(old), newer, wanted)
    document = {"schema": "fatf-kit/diff/1", "old": old, "new": new, "differences": [asdict(d) for d in found]}
    output.print_result(document, _difference_lines(found), as_json=as_json)


def _difference_lines(found: Sequence[EditionDifference]) -> Iterator[str]:
    from fatf_kit.framework.diff import EditionChange

    for difference in found:
        if difference.move is not EditionChange.SAME:
            was = ", ".join(difference.old) or "–"
            yield f"{difference.move:<11}{was:<26}→ {difference.new or '–':<14}{difference.what}"
    counts = Counter(difference.move for difference in found)
    yield ", ".join(f"{counts[move]} {move}" for move in EditionChange)
