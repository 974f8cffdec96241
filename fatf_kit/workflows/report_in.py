"""A country's last report read into workbooks to begin from."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from fatf_kit.assessment.workbook.layout import build_layout
from fatf_kit.assessment.workbook.template import render_template
from fatf_kit.core.errors import UnknownIdError
from fatf_kit.core.messages import Translator
from fatf_kit.core.national_words import add_country
from fatf_kit.core.problems import Problem, make_problem
from fatf_kit.core.ratings import CriterionRating
from fatf_kit.core.store import protect_inputs, write_files
from fatf_kit.framework import list_editions, load_framework
from fatf_kit.framework.catalog import get_unit_id
from fatf_kit.published.catalog import find_reports
from fatf_kit.report_text.book import render_last_report
from fatf_kit.report_text.comparison import RollUpComparison, compare_roll_up, list_criterion_ratings
from fatf_kit.report_text.model import ParsedReport
from fatf_kit.report_text.parsing import read_report
from fatf_kit.report_text.payload import LastReportResult, make_last_report_result
from fatf_kit.scoring import load_policy
from fatf_kit.spreadsheets.sheet import CellValue
from fatf_kit.texts.model import make_page_ref

ANSWERS, ITEMS = "answers.xlsx", "last-report.xlsx"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportIntake:
    """A report as read, its ratings compared, and the files that were written.

    `country` is the ISO 3166-1 alpha-3 code of the country that was named, None without one.
    """

    parsed: ParsedReport
    comparison: RollUpComparison
    country: str | None
    problems: tuple[Problem, ...]
    files: tuple[Path, ...] = ()

    @property
    def payload(self) -> LastReportResult:
        """The result as JSON has it, without any text of the report."""
        return make_last_report_result(self.parsed, self.comparison, self.country, self.problems)


def report_in(
    path: str | Path,
    folder: str | Path | None = None,
    *,
    country: str | None = None,
    edition: str | None = None,
    language: str = "en",
    force: bool = False,
) -> ReportIntake:
    """Read a mutual evaluation or follow-up report and write two workbooks to begin from into a folder.

    `answers.xlsx` has the criterion ratings that the report prints with their pages, and proposes the criteria of a
    Recommendation that is rated C as met. `last-report.xlsx` has its recommended actions, its deficiencies and the
    ratings compared. No sentence of the report is copied: of an action the first
    words help to find it. `country` is a code or name of the table of published ratings, with which the
    report is compared. Without `edition` it is the one with most of the report's criteria. Without `folder`
    nothing is written. Only `force` replaces files that fatf-kit did not write, and never the report.

    Raises:
        UnknownIdError: no such country, edition or language.
        FatfKitError: the report cannot be read or has no text, or the files cannot be written.

    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     intake = report_in("examples/last-report/ruritania-2019.txt", folder)
    ...     sorted(path.name for path in intake.files), intake.problems
    (['answers.xlsx', 'last-report.xlsx'], ())
    """
    source, t = Path(path), Translator(language)
    if edition is not None and edition not in list_editions():
        raise UnknownIdError("'{found}' is not an edition. Allowed: {names}.", found=edition, names=list_editions())
    reports = find_reports(country) if country else ()
    parsed = read_report(source, edition)
    code = reports[0].iso3 or None if reports else None
    language = add_country(language, code)
    framework = load_framework(parsed.edition, language)
    comparison = compare_roll_up(parsed, framework, load_policy(), reports)
    problems = (*parsed.problems, *_find_problems(parsed, comparison))
    intake = ReportIntake(parsed=parsed, comparison=comparison, country=code, problems=problems)
    if folder is None:
        return intake
    name = t.country(code, reports[0].jurisdiction) if code else ""
    kind = str(comparison.published.kind) if comparison.published else "MER"
    layout = build_layout(framework, language=language, country=name or None)
    contents = {
        ANSWERS: render_template(layout, prefill=_prefill(parsed, kind, t)),
        ITEMS: render_last_report(parsed, comparison, framework, Translator(language), country=name),
    }
    with protect_inputs([source]):
        return replace(intake, files=write_files(Path(folder), contents, force=force))


def _prefill(parsed: ParsedReport, kind: str, t: Translator) -> dict[str, dict[str, CellValue]]:
    """Return the answers by requirement: the printed rating, and the page as its reference.

    Criteria of a Recommendation that is rated C are proposed as met, with the page of its rating.
    """
    ratings = list_criterion_ratings(parsed)
    found: dict[str, dict[str, CellValue]] = {}
    for one in parsed.criteria:
        rating = ratings.get(one.requirement)
        place = _describe_place(kind, one.page, t)
        found.setdefault(one.requirement, {"explanation": place, **({"rating": str(rating)} if rating else {})})
    pages = {criterion.requirement: criterion.page for criterion in parsed.criteria if criterion.page is not None}
    for name in parsed.proposed:
        place = _describe_place(kind, pages.get(name, parsed.ratings[get_unit_id(name)].page), t)
        explanation = t("{place} (the Recommendation is rated C)", place=place)
        found[name] = {"explanation": explanation, "rating": str(CriterionRating.MET)}
    return found


def _describe_place(kind: str, page: int | None, t: Translator) -> str:
    """Return the kind of report with a page, where it is known."""
    place = t("p. {page}", page=page) if page is not None else ""
    return f"{kind} {place}".rstrip()


def _find_problems(parsed: ParsedReport, comparison: RollUpComparison) -> list[Problem]:
    """Return what differs from the table of published ratings, and that no action was found."""
    name, table = parsed.source.name, comparison.published
    found = [
        make_problem(
            "report-published-differs",
            make_page_ref(name, parsed.ratings[unit].page),
            unit,
            before=parsed.ratings[unit].rating,
            after=table.ratings[unit],
            report=table.label,
        )
        for unit in (comparison.differing if table else ())
        if table is not None
    ]
    if not parsed.actions:
        found.append(make_problem("report-actions-missing", make_page_ref(name, None)))
    return found
