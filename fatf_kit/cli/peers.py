"""`fatf-kit peers`: a jurisdiction compared with a group, worldwide patterns, and the country's own assessment."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path

import click

import fatf_kit
from fatf_kit.core.messages import Translator
from fatf_kit.peer_comparison import own_report, texts
from fatf_kit.peer_comparison.jurisdictions import list_jurisdictions, list_rows
from fatf_kit.peer_comparison.own_assessment import OwnAssessment, OwnComparison
from fatf_kit.peer_comparison.patterns import Patterns
from fatf_kit.peer_comparison.patterns_report import months_text, patterns_notes, patterns_sentence
from fatf_kit.peer_comparison.peers import PeerComparison
from fatf_kit.peer_comparison.report import published_by_unit
from fatf_kit.terminal import options, output, writing

_COMMON = 10


@click.command
@click.argument("jurisdiction", metavar="[ISO3]", required=False)
@click.option(
    "--group",
    metavar="GROUP",
    help="FATF, a regional body like MENAFATF, or a list like JOR,KWT.  [default: the jurisdiction's regional body]",
)
@click.option(
    "--all", "worldwide", is_flag=True, help="Show patterns in all published ratings instead of one jurisdiction."
)
@click.option(
    "--report",
    type=click.Choice(["latest", "MER"], case_sensitive=False),
    default=None,
    help="Compare the newest ratings (latest) or those of the mutual evaluations (MER).  [default: latest]",
)
@options.option(
    "edition",
    help="Edition of the published ratings.  [default: that of the jurisdiction's newest report, else of most reports]",
)
@click.option(
    "--assessment",
    metavar="FILE|DIR",
    type=options.ReadPath(),
    help="Also compare your own assessment: assessment.json, its folder, or filled workbooks.",
)
@options.output_folder("Folder for the report, with its charts.")
@options.report_format
@options.force_language_json
def peers(
    jurisdiction: str | None,
    group: str | None,
    worldwide: bool,
    report: str | None,
    edition: str | None,
    assessment: Path | None,
    target: Path | None,
    formats: tuple[str, ...],
    force: bool,
    language: str,
) -> None:
    """Compare the ratings of a jurisdiction with those of others, or show worldwide patterns.

    Ratings of different editions are never mixed, and ratings are not weighted by income or size. Your own assessment
    is indicative: it is compared in the worst and the best case and not counted among the published ratings.

    Example: fatf-kit peers IRQ --group MENAFATF
    """
    if bool(jurisdiction) == worldwide:
        output.fail_usage("Name a jurisdiction, or use --all for worldwide patterns, but not both.")
    if worldwide and (group or report):
        output.fail_usage("Use --group and --report only with a jurisdiction, not with --all.")
    imprint, t = {"generated_at": writing.current_time(), "language": language}, Translator(language)
    mine = _read_own(assessment) if assessment else None
    if jurisdiction:
        compared = fatf_kit.peers(jurisdiction, group, report=report or "latest", edition=edition)
        own = fatf_kit.compare_own(compared, mine) if mine else None
        made = fatf_kit.peers_report(compared, own=own, **imprint)
        lines = _peers_lines(compared, own, t, imprint["generated_at"])
    else:
        patterns = fatf_kit.patterns(edition)
        own = fatf_kit.compare_own(patterns, mine) if mine else None
        made = fatf_kit.patterns_report(patterns, own=own, **imprint)
        lines = _patterns_lines(patterns, own, t)
    if target:
        writing.write_with_progress(made, target, formats, force=force)
        writing.print_written(target, formats)
    output.print_result(made.payload, (made.document.title, *lines))


def _read_own(path: Path) -> OwnAssessment:
    """Return the own assessment, with a bar while workbooks are read, and print the errors in them."""
    with output.progress_bar("Workbooks read") as on_progress:
        found = fatf_kit.own_assessment(path, on_progress=on_progress)
    output.print_errors(found.problems)
    return found


def _own_lines(
    own: OwnComparison, counted: Sequence[own_report.CountedUnit], t: Translator, rated: Mapping[str, str] | None = None
) -> Iterator[str]:
    """Yield the own assessment: the pattern at both ends, then each unit."""
    yield "\n" + own_report.own_notice(own, t) + "\n"
    yield from output.table_lines([own_report.pattern_heads(t), *own_report.pattern_rows(own, t)])
    yield ""
    yield from own_report.pattern_lines(own, t)
    yield ""
    by_unit = {unit.unit: unit for unit in own.units}
    rows = [own_report.each_row(own, by_unit[one.unit], one, rated, t) for one in counted]
    yield from output.table_lines([own_report.each_heads(own, rated, t), *rows])
    yield from output.list_points(own_report.pattern_notes(own, t))


def _peers_lines(found: PeerComparison, own: OwnComparison | None, t: Translator, generated_at: str) -> Iterator[str]:
    """Yield the jurisdiction compared with its peers, or its own assessment compared with them."""
    yield texts.standing_sentence(found, t)
    if own:
        yield from _own_lines(own, found.units, t, published_by_unit(found))
        return
    rows = [
        (
            t("Rec. or outcome"),
            t("Own rating"),
            t("Peers at the two best levels"),
            t("Position"),
            t("Re-ratings of peers"),
        )
    ]
    rows += (
        (
            unit.unit,
            "–" if unit.own is None else str(unit.own),
            texts.share_text(unit.good, unit.rated, t),
            texts.position_text(unit, t),
            texts.movement_text(unit, t),
        )
        for unit in found.units
    )
    yield ""
    yield from output.table_lines(rows)
    failed = t.listed(f"{unit.unit} ({unit.good}/{unit.rated})" for unit in found.failed_by_most)
    yield "\n" + t("{name}: {text}", name=t("Low ratings that most peers have too"), text=failed or t("none")) + "\n"
    listed = list_jurisdictions(found, date.fromisoformat(generated_at[:10]))
    yield from output.table_lines(tuple(list_rows(listed, t)))
    yield from output.list_points(texts.comparison_notes(found, t))


def _patterns_lines(found: Patterns, own: OwnComparison | None, t: Translator) -> Iterator[str]:
    """Yield the patterns worldwide, or the own assessment compared with them."""
    yield patterns_sentence(found, t)
    weakest = (*found.weakest("IO."), *found.weakest("R."))
    if own:
        yield from _own_lines(own, weakest, t)
        return
    rows = [
        (
            t("Rec. or outcome"),
            t("At the two best levels now"),
            t("At the evaluation"),
            t("Upgrades"),
            t("Median months"),
        )
    ]
    rows += (
        (
            unit.unit,
            texts.share_text(unit.good, unit.rated, t),
            texts.share_text(unit.good_at_mer, unit.rated_at_mer, t),
            str(unit.upgrades),
            months_text(unit),
        )
        for unit in weakest
    )
    yield ""
    yield from output.table_lines(rows)
    yield "\n" + t("{name}: {text}", name=t("Most common re-ratings"), text="").rstrip()
    for re_rating in found.re_ratings[:_COMMON]:
        change = f"{re_rating.unit} {re_rating.before} → {re_rating.after}"
        yield "  " + t("{name}: {text}", name=change, text=re_rating.times)
    yield from output.list_points(patterns_notes(found, t))
