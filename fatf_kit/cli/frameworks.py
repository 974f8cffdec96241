"""`fatf-kit frameworks`: look at, check and compare the editions of the Methodology."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from fatf_kit.cli.output import (
    EXITS,
    ReadPath,
    exit_code,
    json_option,
    language_option,
    print_json,
    print_message,
    print_problems,
    translator,
)

if TYPE_CHECKING:
    from fatf_kit.core.problems import Problem
    from fatf_kit.framework.model import Framework, ImmediateOutcome, PendingRevision, Recommendation, Requirement


@click.group(epilog=EXITS)
def frameworks() -> None:
    """Look at, check and compare the editions of the Methodology.

    All statements are fatf-kit's own summaries with citations; FATF's text alone is authoritative.
    """


@frameworks.command("list", epilog=EXITS)
@json_option
def list_editions(as_json: bool) -> None:
    """The editions at hand, with how much each asks."""
    from fatf_kit.framework import list_editions as editions
    from fatf_kit.framework import load_framework

    rows = [_summary(load_framework(edition)) for edition in editions()]
    if as_json:
        print_json({"schema": "fatf-kit/editions/1", "editions": rows})
        return
    for row in rows:
        click.echo(f"{row['id']}  round {row['round']}, {row['criteria']} criteria, {row['core_issues']} core issues")
        click.echo(f"  {row['title']}")
        click.echo(f"  {row['text_state']}")
        click.echo(f"  as amended: {row['as_amended']}; content version {row['content_version']}, {row['digest'][:19]}")
        if row["later_amendments"]:
            click.echo(f"  since then: {row['later_amendments']}")


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


@frameworks.command(epilog=EXITS)
@click.argument("edition")
@click.argument("wanted", metavar="[ID]", required=False)
@language_option
@json_option
def show(edition: str, wanted: str | None, language: str, as_json: bool) -> None:
    """An edition, one of its Recommendations or outcomes, or one criterion (R.10, IO.6, R.10/10.7, 10.7)."""
    from fatf_kit.framework import find_requirement, find_unit, load_framework

    framework = load_framework(edition, language)
    if wanted is None:
        if as_json:
            print_json(
                {"schema": "fatf-kit/edition/1", **_summary(framework), "units": [u.id for u in framework.units]}
            )
            return
        for unit in framework.units:
            click.echo(f"{unit.id:<6}{unit.title}")
        return
    found: Recommendation | ImmediateOutcome | Requirement
    number = wanted.casefold().removeprefix("io").removeprefix("r").strip(". ")
    is_unit = number.isdigit() and not wanted[:1].isdigit()
    found = find_unit(framework, wanted) if is_unit else find_requirement(framework, wanted)
    revision = framework.revisions.get(found.id.partition("/")[0])
    if as_json:
        pending = {"pending": asdict(revision) if revision else None}
        print_json({"schema": "fatf-kit/requirement/1", "edition": framework.id, **asdict(found), **pending})
        return
    click.echo("\n".join((*_lines(found), *(_revision_lines(revision) if revision else ()))))


def _revision_lines(revision: PendingRevision) -> Iterator[str]:
    """What is known of a revision that the criteria do not include yet."""
    t = translator()
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
    t = translator()
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


@frameworks.command(epilog=EXITS)
@click.argument("paths", metavar="[DIR]...", nargs=-1, type=ReadPath(exists=True, file_okay=False))
@json_option
def check(paths: tuple[Path, ...], as_json: bool) -> int:
    """Validate the editions and lists that are shipped, or any folder with an edition.json.

    All faults at once, with file and path, translations included.
    """
    from fatf_kit.core.resources import data_folder
    from fatf_kit.framework import list_editions as editions
    from fatf_kit.framework.validate import check_lists
    from fatf_kit.scoring.report.payload import build_problems_document

    folders = paths or tuple(data_folder("frameworks") / edition for edition in editions())
    problems = [problem for folder in folders for problem in find_faults(folder)]
    if not paths:
        problems += check_lists()
    if as_json:
        print_json(build_problems_document(problems))
    else:
        print_problems(problems)
        if not problems:
            print_message("No faults in {folders}.", folders=", ".join(folder.name for folder in folders))
    return exit_code(problems)


def find_faults(folder: Path) -> tuple[Problem, ...]:
    """Every fault in an edition: its pages and translations, its lines, its actions and its timetable."""
    from fatf_kit.evaluation_calendar.timetable import check_timetable_file
    from fatf_kit.framework.validate import check_edition
    from fatf_kit.outlook.actions import check_actions_file
    from fatf_kit.outlook.rules import check_rules_file

    checks = (check_edition, check_rules_file, check_actions_file, check_timetable_file)
    return tuple(problem for check_one in checks for problem in check_one(folder))


@frameworks.command(epilog=EXITS)
@click.argument("old")
@click.argument("new")
@click.argument("unit", metavar="[ID]", required=False)
@json_option
def diff(old: str, new: str, unit: str | None, as_json: bool) -> None:
    """What differs between two editions, or between one Recommendation in both."""
    from fatf_kit.framework import find_unit, load_framework
    from fatf_kit.framework.diff import EditionChange, diff_editions

    newer = load_framework(new)
    wanted = find_unit(newer, unit).id if unit else None
    found = diff_editions(load_framework(old), newer, wanted)
    if as_json:
        print_json({"schema": "fatf-kit/diff/1", "old": old, "new": new, "differences": [asdict(d) for d in found]})
        return
    for difference in found:
        if difference.move is not EditionChange.SAME:
            was = ", ".join(difference.old) or "–"
            click.echo(f"{difference.move:<11}{was:<26}→ {difference.new or '–':<14}{difference.what}")
    counts = Counter(difference.move for difference in found)
    click.echo(", ".join(f"{counts[move]} {move}" for move in EditionChange))
