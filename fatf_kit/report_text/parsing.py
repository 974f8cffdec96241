"""From the lines of a report to its parts, under one edition of the Methodology."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

from fatf_kit.core.files import shown_name
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
from fatf_kit.texts.cleaning import clean_pages
from fatf_kit.texts.model import FileText, RawPage, make_page_ref
from fatf_kit.texts.reading import read_pages, run_within_limits


def read_report(path: Path, edition: str | None = None) -> ParsedReport:
    """Return the parts of a report, by an edition or, without one, as `parse_report` chooses it.

    The text is cleaned and divided in a process of its own, because a text may be made so that this does not end.

    Raises:
        FatfKitError: the file cannot be read, or its text needs more memory or time than a report does.
    """
    pages, are_real = read_pages(path)
    name = shown_name(path)
    return _freeze(run_within_limits(_divide_pages, name, pages, are_real, edition, name=name))


def _divide_pages(name: str, pages: Sequence[RawPage], are_real: bool, edition: str | None) -> ParsedReport:
    source = clean_pages(name, pages, report_rules(), are_real=are_real)
    return _divide(source, load_framework(edition) if edition else None)


def parse_report(source: FileText, framework: Framework | None = None) -> ParsedReport:
    """Return the parts of a report; without `framework` those by the edition that has most of its criteria.

    Of two editions with as many the older one is used, which most published reports follow.
    """
    return _freeze(_divide(source, framework))


def _freeze(parsed: ParsedReport) -> ParsedReport:
    """Return the parts with a mapping that cannot be changed; such a mapping cannot be sent to another process."""
    return replace(parsed, ratings=MappingProxyType({**parsed.ratings}))


def _divide(source: FileText, framework: Framework | None) -> ParsedReport:
    language = detect_language("\n".join(line.text for line in source.lines))
    patterns = ReportPatterns(language)
    if framework is None:
        candidates = [load_framework(name) for name in sorted(list_editions())]
        headings_by_edition = [find_headings(source.lines, edition, patterns) for edition in candidates]
        known = [len(_list_requirements(headings)) - len(headings.unknown) for headings in headings_by_edition]
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
    for criterion in criteria:
        pages.setdefault(get_unit_id(criterion.requirement), criterion.page)
    ratings = _choose_ratings(tabled, stated)
    differences = (*report_differences(stated, tabled, source.name), *report_tables(tables, source.name))
    differing = frozenset(problem.requirement for problem in differences if problem.requirement)
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
        ratings=ratings,
        tables=tables,
        deficiencies=divide_factors(tables, patterns, source.lines),
        actions=ActionReader(source, patterns).read(),
        missing=missing,
        later=later,
        proposed=propose_met(framework, ratings, differing, printed),
        problems=problems,
    )


def _choose_ratings(tabled: Sequence[StatedRating], stated: Sequence[StatedRating]) -> dict[str, StatedRating]:
    """Return the rating of each unit: that of its sentence, or of the table where only that one is sure."""
    table = {rating.unit: rating for rating in tabled}
    chosen = (
        rating for rating in stated if rating.is_sure or rating.unit not in table or not table[rating.unit].is_sure
    )
    return {**table, **{rating.unit: rating for rating in chosen}}


def _list_requirements(headings: ReportHeadings) -> set[str]:
    return {name for heading in headings.divided for name in heading.requirements}


def _find_missing(
    criteria: Sequence[CriterionPassage], framework: Framework
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the criteria that were not found where others of their Recommendation were, and those that came later.

    Criteria that an edition received later count as later where a report has none of those that came with them.
    """
    present = {criterion.requirement.partition("(")[0] for criterion in criteria}
    units = {get_unit_id(name) for name in present}
    known = (unit for unit in framework.recommendations if unit.id in units)
    missing = [criterion.id for unit in known for criterion in unit.criteria if criterion.id not in present]
    later = {
        name
        for later_criteria in load_report_words().later_criteria
        if later_criteria.edition == framework.id and present.isdisjoint(later_criteria.criteria)
        for name in later_criteria.criteria
    }
    groups = group_pairs((name in later, name) for name in missing)
    return tuple(groups.get(False, ())), tuple(groups.get(True, ()))


def _report_headings(headings: ReportHeadings, source: FileText) -> Iterator[Problem]:
    def find_place(at: int) -> CellRef:
        return make_page_ref(source.name, source.lines[at].page)

    for name, at in headings.twice:
        yield make_problem("report-heading-twice", find_place(at), name)
    for number, at in headings.unknown:
        yield make_problem("report-number-unknown", find_place(at), found=number)
