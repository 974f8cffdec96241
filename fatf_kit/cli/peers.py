"""`fatf-kit peers`: a jurisdiction beside a group, what ratings have in common worldwide, and an own assessment."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from fatf_kit.cli.output import (
    DONE,
    EXITS,
    ReadPath,
    exit_code,
    force_option,
    formats_option,
    json_option,
    language_option,
    print_errors,
    print_json,
    print_table,
)

if TYPE_CHECKING:
    from fatf_kit.core.messages import Translator
    from fatf_kit.peer_comparison.own_assessment import OwnAssessment, OwnComparison
    from fatf_kit.peer_comparison.own_report import Counted
    from fatf_kit.peer_comparison.patterns import Patterns
    from fatf_kit.peer_comparison.peers import Comparison
    from fatf_kit.report.model import Report

_COMMON = 10


@click.command(epilog=EXITS)
@click.argument("jurisdiction", metavar="[ISO3]", required=False)
@click.option(
    "--group",
    metavar="GROUP",
    help="FATF, a regional body like MENAFATF, or a list like JOR,KWT; the own regional body if left out.",
)
@click.option("--all", "worldwide", is_flag=True, help="No jurisdiction: patterns over all published ratings.")
@click.option(
    "--report",
    type=click.Choice(["latest", "MER"], case_sensitive=False),
    default=None,
    help="Newest state of everybody (latest), or everybody as evaluated (MER).  [default: latest]",
)
@click.option(
    "--edition",
    help="Edition of the published ratings; that of the jurisdiction's newest report if left out, or of most reports.",
)
@click.option(
    "--assessment",
    metavar="FILE|DIR",
    type=ReadPath(),
    help="Your own assessment beside them, claimed and shown: assessment.json, its folder, or filled workbooks.",
)
@click.option(
    "-o", "--output", type=click.Path(path_type=Path, file_okay=False), help="Folder for the report, with its charts."
)
@formats_option
@force_option
@language_option
@json_option
def peers(
    jurisdiction: str | None,
    group: str | None,
    worldwide: bool,
    report: str | None,
    edition: str | None,
    assessment: Path | None,
    output: Path | None,
    wanted: tuple[str, ...],
    force: bool,
    language: str,
    as_json: bool,
) -> int:
    """Each Recommendation and outcome of a jurisdiction beside others, or patterns worldwide.

    Ratings of different editions are never mixed, and nothing is weighed by income or size. An own assessment is
    indicative: it is set beside the published ratings at both ends of its range and not counted among them.
    """
    import fatf_kit
    from fatf_kit.cli.steps import show_written, write_with_progress
    from fatf_kit.core.messages import Translator

    if bool(jurisdiction) == worldwide:
        raise click.UsageError("Name a jurisdiction, or use --all for patterns worldwide, not both.")
    if worldwide and (group or report):
        raise click.UsageError("--group and --report belong to a jurisdiction and say nothing with --all.")
    now, t = datetime.now().astimezone().isoformat(timespec="minutes"), Translator(language)
    mine = _own(assessment) if assessment else None
    if jurisdiction:
        compared = fatf_kit.peers(jurisdiction, group, report=report or "latest", edition=edition)
        own = fatf_kit.compare_own(compared, mine) if mine else None
        made = fatf_kit.peers_report(compared, own=own, generated_at=now, language=language)
    else:
        patterns = fatf_kit.patterns(edition)
        own = fatf_kit.compare_own(patterns, mine) if mine else None
        made = fatf_kit.patterns_report(patterns, own=own, generated_at=now, language=language)
    if output:
        write_with_progress(made, output, wanted, inputs=[assessment] if assessment else [], force=force)
        show_written(output, wanted)
    if as_json:
        print_json(made.payload)
    elif jurisdiction:
        _show_peers(compared, own, made, t)
    else:
        _show_patterns(patterns, own, made, t)
    return exit_code(mine.problems) if mine else DONE


def _own(path: Path) -> OwnAssessment:
    """The own assessment, with a bar while workbooks are read, and what is wrong in them counted."""
    import fatf_kit
    from fatf_kit.cli.progress_bar import progress_bar

    with progress_bar("Workbooks read") as told:
        found = fatf_kit.own_assessment(path, on_progress=told)
    print_errors(found.problems)
    return found


def _show_own(
    own: OwnComparison, counted: Sequence[Counted], t: Translator, rated: Mapping[str, str] | None = None
) -> None:
    """The own assessment: the pattern at both ends, then each unit."""
    from fatf_kit.peer_comparison.own_report import (
        each_heads,
        each_row,
        own_notice,
        pattern_heads,
        pattern_lines,
        pattern_notes,
        pattern_rows,
    )

    click.echo("\n" + own_notice(own, t) + "\n")
    print_table([pattern_heads(t), *pattern_rows(own, t)])
    click.echo()
    for line in pattern_lines(own, t):
        click.echo(line)
    click.echo()
    beside = {unit.unit: unit for unit in own.units}
    print_table([each_heads(own, rated, t), *(each_row(own, beside[one.unit], one, rated, t) for one in counted)])
    click.echo()
    for note in pattern_notes(own, t):
        click.echo(f"- {note}")


def _show_peers(found: Comparison, own: OwnComparison | None, made: Report, t: Translator) -> None:
    from fatf_kit.peer_comparison.report import published_by_unit
    from fatf_kit.peer_comparison.texts import (
        comparison_notes,
        movement_text,
        position_text,
        share_text,
        standing_sentence,
    )

    click.echo(made.document.title)
    click.echo(standing_sentence(found, t))
    if own:
        _show_own(own, found.units, t, published_by_unit(found))
        return
    rows = [(t("Unit"), t("Own rating"), t("Peers at the two best levels"), t("Position"), t("Peers moved"))]
    rows += (
        (
            unit.unit,
            "–" if unit.own is None else str(unit.own),
            share_text(unit.good, unit.rated, t),
            position_text(unit, t),
            movement_text(unit, t),
        )
        for unit in found.units
    )
    click.echo()
    print_table(rows)
    failed = t.listed(f"{unit.unit} ({unit.good}/{unit.rated})" for unit in found.failed_by_most)
    click.echo("\n" + t("{name}: {text}", name=t("Where most peers fall short"), text=failed or t("none")) + "\n")
    for note in comparison_notes(found, t):
        click.echo(f"- {note}")


def _show_patterns(found: Patterns, own: OwnComparison | None, made: Report, t: Translator) -> None:
    from fatf_kit.peer_comparison.patterns_report import months_text, patterns_notes, patterns_sentence
    from fatf_kit.peer_comparison.texts import share_text

    click.echo(made.document.title)
    click.echo(patterns_sentence(found, t))
    if own:
        _show_own(own, (*found.weakest("IO."), *found.weakest("R.")), t)
        return
    rows = [(t("Unit"), t("At the two best levels now"), t("At the evaluation"), t("Upgrades"), t("Median months"))]
    rows += (
        (
            unit.unit,
            share_text(unit.good, unit.rated, t),
            share_text(unit.good_at_mer, unit.rated_at_mer, t),
            str(unit.upgrades),
            months_text(unit),
        )
        for unit in (*found.weakest("IO."), *found.weakest("R."))
    )
    click.echo()
    print_table(rows)
    click.echo("\n" + t("{name}: {text}", name=t("Which re-ratings are most common"), text="").rstrip())
    for re_rating in found.re_ratings[:_COMMON]:
        moved = f"{re_rating.unit} {re_rating.before} → {re_rating.after}"
        click.echo("  " + t("{name}: {text}", name=moved, text=re_rating.times))
    click.echo()
    for note in patterns_notes(found, t):
        click.echo(f"- {note}")
