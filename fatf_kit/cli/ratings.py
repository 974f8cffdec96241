"""The sources of ratings that `outlook` and `what-if` share: workbooks, a published report, a table in CSV."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import fatf_kit
from fatf_kit.cli import steps
from fatf_kit.core.errors import FatfKitError
from fatf_kit.core.messages import Translator
from fatf_kit.core.problems import Problem
from fatf_kit.core.resources import CURRENT_EDITION
from fatf_kit.outlook.model import Rules
from fatf_kit.outlook.payload import collect_notes
from fatf_kit.outlook.rules import load_rules
from fatf_kit.outlook.sources import read_ratings
from fatf_kit.terminal import folders, options, output
from fatf_kit.terminal.output import fail_usage, translator
from fatf_kit.workflows.outlook import RatedUnits, read_ratings_of

source_options = options.combine(
    options.input_paths("[FILE|DIR]..."),
    options.option("jurisdiction", help="Use the ratings of this jurisdiction's published report."),
    options.published_report,
    options.input_file(
        "--ratings",
        "table",
        metavar="FILE.csv",
        text="Use the ratings of a table with the columns unit and rating; a blank rating is not settled.",
    ),
    options.option(
        "edition",
        help=f"Edition whose thresholds apply.  [default: that of the source; for a table {CURRENT_EDITION}]",
    ),
)
"""The argument and options of a source of ratings, which are the parameters of `read_source`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RatingsInput:
    """The ratings of a source, a title for people, the thresholds that apply, and the problems found in the source.

    `requested` is how many criteria and core issues workbooks ask, `answered` how many of them are answered; both are 0
    for other sources.
    """

    rated: RatedUnits
    title: str
    rules: Rules
    problems: tuple[Problem, ...] = ()
    requested: int = 0
    answered: int = 0

    @property
    def is_blank(self) -> bool:
        """Return whether the ratings are those of workbooks in which nothing is answered."""
        return self.requested > 0 and not self.answered

    def head(self, t: Translator) -> str:
        """Return the line that names the ratings and the thresholds."""
        return t(
            "{title}: ratings of {edition}, thresholds of {thresholds}",
            title=self.title,
            edition=self.rated.edition,
            thresholds=self.rules.edition,
        )


def read_source(
    paths: tuple[Path, ...], jurisdiction: str | None, report: str | None, table: Path | None, edition: str | None
) -> RatingsInput:
    """Return the ratings of the one source that was named.

    Raises:
        click.UsageError: no source or more than one is named.
        FatfKitError: nothing can be read.
    """
    if not (jurisdiction or table):
        paths = folders.paths_or_cwd(paths)
    if sum(map(bool, (paths, jurisdiction, table))) != 1:
        fail_usage("Name filled workbooks, or use --published with a jurisdiction, or --ratings with a table.")
    if report and not jurisdiction:
        fail_usage("Use --report only with --published.")
    if jurisdiction:
        return _read_published(jurisdiction, report or "latest", edition)
    if table:
        return _read_table(table, edition or CURRENT_EDITION)
    return _read_workbooks(paths, edition)


def _read_published(jurisdiction: str, report: str, edition: str | None) -> RatingsInput:
    t, found = translator(), fatf_kit.find_report(jurisdiction, report)
    name, code = t.country(found.iso3, found.jurisdiction), found.iso3 or t("no code")
    label = found.label
    if found.completed_from:
        label = t("{report} with the outcomes of {other}", report=label, other=found.completed_from)
    title = t.joined((f"{name} ({code})", label))
    return RatingsInput(rated=read_ratings_of(found), title=title, rules=load_rules(edition or found.edition))


def _read_table(table: Path, edition: str) -> RatingsInput:
    ratings, problems = read_ratings(table, fatf_kit.load_framework(edition))
    if not ratings:
        raise FatfKitError("No rating could be read. {problems}", problems=problems)
    rated = RatedUnits(ratings=ratings, edition=edition)
    return RatingsInput(rated=rated, title=table.name, rules=load_rules(edition), problems=problems)


def _read_workbooks(paths: tuple[Path, ...], edition: str | None) -> RatingsInput:
    t, scored = translator(), steps.score_with_progress(paths, edition=edition)
    if not scored.responses.inputs:
        raise FatfKitError("No workbook could be read. {problems}", problems=scored.problems)
    return RatingsInput(
        rated=read_ratings_of(scored),
        title=scored.country(t.language) or t("Country not named"),
        rules=load_rules(scored.framework.id),
        problems=scored.problems,
        requested=scored.assessment.coverage.total,
        answered=scored.assessment.coverage.answered,
    )


def list_notes(rules: Rules, t: Translator) -> Iterator[str]:
    """Yield the notes on the thresholds as points of a list, after a blank line."""
    return output.list_points(t(note) for note in collect_notes(rules.provisional_because, rules.notes))
