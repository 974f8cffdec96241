"""Risk and context, the first chapter of a submission, from what the folder knows of the country.

A table appears where the country gave its data. What the folder does not know is left out; the draft names it.
"""

from __future__ import annotations

from collections.abc import Iterator

from fatf_kit.assessment.folder.model import Materiality, Sector
from fatf_kit.core.languages import label
from fatf_kit.core.messages import Translator
from fatf_kit.framework.vocabulary import load_vocabulary
from fatf_kit.papers.submission.parts import COMPLIANCE, Submission
from fatf_kit.report.document_tables import make_table
from fatf_kit.report.model import Block, Section, TableCell
from fatf_kit.report.sections import make_section
from fatf_kit.scoring.materiality import load_sector_names
from fatf_kit.statistics.definitions import load_definitions
from fatf_kit.statistics.figures import Number, Risk, Statistics
from fatf_kit.statistics.model import FigureRow
from fatf_kit.statistics.observation_texts import format_number

_SECTORS, _PERSONS = "sectors", "legal-persons"


def build_context(submission: Submission) -> tuple[Section, ...]:
    """Return the chapter on risks, sectors, authorities and legal persons; none in a submission without their data."""
    paper_input, t = submission.paper_input, submission.t
    chapters = paper_input.framework.chapters
    title = next((one.title for one in chapters if not one.outcomes), t("Risk and context"))
    parts = {
        t("threats"): tuple(_threats(paper_input.statistics, t)),
        t("sectors"): tuple(_sectors(submission)),
        t("authorities"): tuple(_authorities(submission)),
        t("legal persons and arrangements"): tuple(_legal_persons(paper_input.statistics, t)),
    }
    tables = tuple(block for blocks in parts.values() for block in blocks)
    if not tables and not submission.is_draft:
        return ()
    missing = t(
        "To be written, because the folder has no data on it: geography, population and economy; system of government "
        "and legal system; structural elements, such as the rule of law and independent courts; cash and informal "
        "economy; main partners in international cooperation."
    )
    empty = t.listed(name for name, blocks in parts.items() if not blocks)
    more = submission.hint(t("No data was received on: {subjects}.", subjects=empty)) if empty else ()
    chapter = make_section(
        "chapter-1",
        title if submission.kind == COMPLIANCE else t("Chapter {number}. {title}", number=1, title=title),
        *tables,
        *submission.hint(missing),
        *more,
        break_before=True,
    )
    return (chapter,)


def _threats(statistics: Statistics | None, t: Translator) -> Iterator[Block]:
    """Yield the threats that the country's own risk assessment rates, the highest first."""
    if statistics is None:
        return
    labels = {row.id: row.label for row in load_definitions(t.language).predicates}
    known = (one for one in statistics.risks if one.is_threat and one.item in labels)
    rated = [(one.level.rank, one) for one in known if one.level]
    if not rated:
        return
    money = _add_currency(t("Estimated proceeds a year"), statistics, t)
    heads = ((t("Threat"), 4), (t("Level"), 3), (money, 4, True), (t("Reason"), 9))
    rows = (
        (labels[one.item], _level(one, t), _number(one.proceeds, t), one.why or "–")
        for _, one in sorted(rated, key=lambda pair: pair[0])
    )
    caption = t("Threats by the country's own risk assessment")
    yield make_table("context-threats", caption, heads, rows)


def _sectors(submission: Submission) -> Iterator[Block]:
    """Yield the sectors with their number, size, risk and importance, the most important first."""
    paper_input, t = submission.paper_input, submission.t
    statistics = paper_input.statistics
    definitions = load_definitions(t.language)
    names = {
        **{one: t(name) for one, name in load_sector_names().items()},
        **{r.id: r.label for r in _rows(_SECTORS, t)},
    }
    scoped = {one.id: one for one in paper_input.assessment.adjustments.sectors if _is_stated(one)}
    risks = {one.item: one for one in (statistics.risks if statistics else ()) if not one.is_threat}
    year = _find_year(_SECTORS, "entities", statistics, t)

    def value(sector: str, measure: str) -> Number | None:
        line = definitions.tables[_SECTORS].line(sector, measure)
        return statistics.value(line, year) if statistics and year else None

    def is_known(one: str) -> bool:
        return one in scoped or one in risks or bool(value(one, "entities") or value(one, "assets"))

    known = list(filter(is_known, names))
    if not known:
        return
    steps = list(Materiality)
    known.sort(key=lambda one: steps.index(scoped[one].materiality) if one in scoped else len(steps))
    size = _add_currency(t("Assets or turnover"), statistics, t)
    heads = (
        (t("Sector"), 6),
        (t("Entities"), 2, True),
        (size, 6, True),
        (t("Risk"), 3),
        (t("Importance"), 4),
        (t("Reason"), 6),
    )
    rows = (
        (
            names[one],
            _number(value(one, "entities"), t),
            _number(value(one, "assets"), t),
            _level(risks[one], t) if one in risks else "–",
            t(scoped[one].materiality) if one in scoped else "–",
            _reason(scoped.get(one), risks.get(one)),
        )
        for one in known
    )
    caption = t("Sectors: number, size, risk and importance")
    if year:
        caption = t("Sectors: number and size at the end of {year}, risk and importance", year=year)
    yield make_table("context-sectors", caption, heads, rows)


def _authorities(submission: Submission) -> Iterator[Block]:
    """Yield the authorities with the roles that the folder gives them."""
    paper_input, t = submission.paper_input, submission.t
    roles = load_vocabulary(t.language).roles
    held: dict[str, list[str]] = {}
    for role, agency in paper_input.bodies.items():
        held.setdefault(agency, []).append(roles[role].name if role in roles else role)
    agencies = paper_input.agencies.items()
    rows = [(name, t.points(held.get(agency, ())) or "–") for agency, name in agencies]
    if rows:
        heads = ((t("Authority"), 5), (t("Responsibilities"), 11))
        caption = t("Authorities and their responsibilities")
        yield make_table("context-authorities", caption, heads, rows)


def _legal_persons(statistics: Statistics | None, t: Translator) -> Iterator[Block]:
    """Yield the types of legal persons and arrangements with their number in the last year that has one."""
    year = _find_year(_PERSONS, "active", statistics, t)
    if statistics is None or year is None:
        return
    line = load_definitions(t.language).tables[_PERSONS].line
    rows = []
    for row in _rows(_PERSONS, t):
        active, foreign = (statistics.value(line(row.id, one), year) for one in ("active", "foreign-owned"))
        if active:
            rows.append((row.label, _number(active, t), _number(foreign, t)))
    heads = ((t("Type"), 8), (t("Number"), 3, True), (t("Of which with an owner abroad"), 4, True))
    caption = t("Legal persons and arrangements on the register at the end of {year}", year=year)
    yield make_table("context-persons", caption, heads, rows)


def _rows(table: str, t: Translator) -> tuple[FigureRow, ...]:
    """Return the rows of a table of figures without its total."""
    found = load_definitions(t.language).tables[table]
    return tuple(row for row in found.rows if row.id != found.total)


def _find_year(table: str, measure: str, statistics: Statistics | None, t: Translator) -> int | None:
    """Return the last year for which a measure of a table has a number; None where no year has one."""
    if statistics is None:
        return None
    line = load_definitions(t.language).tables[table].line
    lines = [line(row.id, measure) for row in _rows(table, t)]
    for year in sorted(statistics.years, reverse=True):
        if any(statistics.value(one, year) for one in lines):
            return year
    return None


def _add_currency(title: str, statistics: Statistics | None, t: Translator) -> str:
    currency = statistics.currency if statistics else ""
    return t("{text} ({place})", text=title, place=currency) if currency else title


def _level(risk: Risk, t: Translator) -> TableCell:
    if risk.level is None:
        return TableCell(text="–")
    return TableCell(text=label("risk_level", risk.level, t.language), order=-risk.level.rank)


def _number(value: Number | None, t: Translator) -> TableCell:
    return TableCell(text=format_number(value, t), order=value)


def _is_stated(sector: Sector) -> bool:
    """Return whether the country stated the importance: a new folder has the middle step without a reason."""
    return sector.materiality is not Materiality.MODERATE or bool(sector.reason)


def _reason(sector: Sector | None, risk: Risk | None) -> str:
    """Return the country's reasons for the importance and for the risk of a sector."""
    texts = (sector.reason if sector else "", risk.why if risk else "")
    return " ".join(dict.fromkeys(filter(None, texts))) or "–"
