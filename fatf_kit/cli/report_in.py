"""`fatf-kit report-in`: the country's last report read into workbooks to begin from."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

import fatf_kit
from fatf_kit.core.messages import Translator
from fatf_kit.core.resources import CURRENT_EDITION
from fatf_kit.terminal import options, output, writing


@click.command("report-in")
@click.argument("path", metavar="FILE", type=options.INPUT_FILE)
@options.option(
    "country",
    metavar="ISO3",
    help="Country of the report, whose published ratings are compared.",
)
@options.option("edition", help="Edition of the Methodology.  [default: the one with most of the report's criteria]")
@options.output_folder("Folder to write to.", default="last-report")
@options.force_language_json
def report_in(path: Path, target: Path, **reading: Any) -> None:
    """Read a mutual evaluation or follow-up report (.pdf, .docx, .txt) in English, French, Spanish or Arabic.

    answers.xlsx has the criterion ratings that the report prints, each with its page, and proposes the criteria of a
    Recommendation that is rated C as met. last-report.xlsx has the
    recommended actions and deficiencies to answer one by one, and compares the ratings calculated from the criteria
    with those of the report. Sentences of the report are not copied.

    Example: fatf-kit report-in MER-2019.pdf --country NAM -o last-report
    """
    found = fatf_kit.report_in(path, target, **reading)
    output.print_problems(found.problems)
    output.print_result(found.payload, _lines(found, output.translator()))
    if not output.is_set(output.JSON):
        writing.print_files(*found.files)


def _lines(found: fatf_kit.ReportIntake, t: Translator) -> Iterator[str]:
    """Yield what was read, and what comes next."""
    from fatf_kit.report_text.book import describe_pages

    parsed, comparison = found.parsed, found.comparison
    rated = sum(one.rating is not None for one in parsed.criteria)
    counts = (
        t.plural("{n} criterion", "{n} criteria", len(parsed.criteria)),
        t.plural("{n} printed criterion rating", "{n} printed criterion ratings", rated),
        t.plural(
            "{n} rating of a Recommendation or outcome",
            "{n} ratings of Recommendations or outcomes",
            len(parsed.ratings),
        ),
        t.plural("{n} recommended action", "{n} recommended actions", len(parsed.actions)),
        t.plural("{n} deficiency", "{n} deficiencies", len(parsed.deficiencies)),
    )
    yield t("Found in the report (edition {edition}): {counts}", edition=parsed.edition, counts=t.listed(counts))
    yield describe_pages(parsed, t)
    if parsed.proposed:
        yield t.plural(
            "{n} criterion is proposed as met, because its Recommendation is rated C.",
            "{n} criteria are proposed as met, because their Recommendations are rated C.",
            len(parsed.proposed),
        )
    if comparison.published:
        yield t.plural(
            "Compared with the table of published ratings ({report}): {n} rating differs.",
            "Compared with the table of published ratings ({report}): {n} ratings differ.",
            len(comparison.differing),
            report=comparison.published.label,
        )
    yield comparison.describe(t)
    if comparison.compared:
        yield t("This line has counts only, without the country. You may send it back:")
        yield comparison.counts_line
    if parsed.edition != CURRENT_EDITION and found.files:
        yield t(
            "Next: 'fatf-kit carry-forward {file}' copies the answers into a workbook of {edition}.",
            file=found.files[0],
            edition=CURRENT_EDITION,
        )
