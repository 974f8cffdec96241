"""From the lines of a report to its parts, under one edition of the Methodology."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from types import MappingProxyType

from fatf_kit.core.groups import group_pairs
from fatf_kit.core.problems import CellRef, Problem, make_problem
from fatf_kit.framework import list_editions, load_framework
from fatf_kit.framework.catalog import get_unit_id
from fatf_kit.framework.model import Framework
from fatf_kit.report_text.actions import ActionReader
from fatf_kit.report_text.factors import divide_factors
from fatf_kit.report_text.headings import ReportHeadings, find_headings
from fatf_kit.report_text.model import CriterionPassage, ParsedReport, StatedRating
from fatf_kit.report_text.passages import PassageReader, report_missing
from fatf_kit.report_text.rating_checks import propose_met, report_differences, report_tables
from fatf_kit.report_text.rating_sentences import find_stated_ratings
from fatf_kit.report_text.rating_tables import TableFinder, list_tabled_ratings
from fatf_kit.report_text.words import ReportPatterns, detect_language, load_report_words, report_rules
from fatf_kit.texts.cleaning import read_text
from fatf_kit.texts.model import FileText, make_page_ref


def read_report_text(path: Path) -> FileText:
    """Return the clean text of a report.

    Raises:
        FatfKitError: the file cannot be read; see `fatf_kit.texts.reading`.
    """
    return read_text(path, report_rules())


def parse_report(source: FileText, framework: Framework | None = None) -> ParsedReport:
    """Return the parts of a report; without `framework` those by the edition that has most of its criteria.

    Of two editions with as many the older one is used, which most published reports follow.
    """
    language = detect_language("\n".join(line.text for line in source.lines))
    patterns = ReportPatterns(language)
    if framework is None:
        candidates = [load_framework(name) for name in sorted(list_editions())]
        found = [find_headings(source.lines, one, patterns) for one in candidates]
        known = [len(_list_requirements(one)) - len(one.unknown) for one in found]
        framework = candidates[known.index(max(known))]
    headings = find_headings(source.lines, framework, patterns)
    reader = PassageReader(source.name, source.lines, patterns)
    criteria, conclusions = reader.read(headings)
    tables = TableFinder(source.lines, patterns).find()
    tabled = list_tabled_ratings(tables)
    places = {place for table in tables for place in range(table.first, table.last + 1)}
    stated = find_stated_ratings(source.lines, conclusions, patterns, places)
    missing, later = _find_missing(criteria, framework)
    pages: dict[str, int | None] = {}
    for one in criteria:
        pages.setdefault(get_unit_id(one.requirement), one.page)
    ratings = _choose_ratings(tabled, stated)
    differences = (*report_differences(stated, tabled, source.name), *report_tables(tables, source.name))
    differing = frozenset(difference.requirement for difference in differences if difference.requirement)
    printed = frozenset((*(criterion.requirement for criterion in criteria if criterion.rating is not None), *later))
    problems = (
        *source.problems,
        *_report_headings(headings, source),
        *reader.problems,
        *report_missing(missing, pages, source.name),
        *differences,
    )
    return ParsedReport(
        source=source,
        language=language,
        edition=framework.id,
        criteria=criteria,
        conclusions=conclusions,
        ratings=MappingProxyType(ratings),
        tables=tables,
        deficiencies=divide_factors(tables, patterns),
        actions=ActionReader(source, patterns).read(),
        missing=missing,
        later=later,
        proposed=propose_met(framework, ratings, differing, printed),
        problems=problems,
    )


def _choose_ratings(tabled: Sequence[StatedRating], stated: Sequence[StatedRating]) -> dict[str, StatedRating]:
    """Return the rating of each unit: that of its sentence, or of the table where only that one is sure."""
    table = {rated.unit: rated for rated in tabled}
    chosen = (rated for rated in stated if rated.is_sure or rated.unit not in table or not table[rated.unit].is_sure)
    return {**table, **{rated.unit: rated for rated in chosen}}


def _list_requirements(headings: ReportHeadings) -> set[str]:
    return {name for one in headings.divided for name in one.requirements}


def _find_missing(
    criteria: Sequence[CriterionPassage], framework: Framework
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the criteria that were not found where others of their Recommendation were, and those that came later.

    Criteria that an edition received later count as later where a report has none of those that came with them.
    """
    found = {one.requirement.partition("(")[0] for one in criteria}
    units = {get_unit_id(name) for name in found}
    known = (unit for unit in framework.recommendations if unit.id in units)
    missing = [one.id for unit in known for one in unit.criteria if one.id not in found]
    later = {
        name
        for one in load_report_words().later_criteria
        if one.edition == framework.id and found.isdisjoint(one.criteria)
        for name in one.criteria
    }
    groups = group_pairs((one in later, one) for one in missing)
    return tuple(groups.get(False, ())), tuple(groups.get(True, ()))


def _report_headings(headings: ReportHeadings, source: FileText) -> Iterator[Problem]:
    def find_place(at: int) -> CellRef:
        return make_page_ref(source.name, source.lines[at].page)

    for name, at in headings.twice:
        yield make_problem("report-heading-twice", find_place(at), name)
    for number, at in headings.unknown:
        yield make_problem("report-number-unknown", find_place(at), found=number)
