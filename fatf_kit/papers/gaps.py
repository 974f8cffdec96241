"""The gaps in words, one for each requirement with its owner and date, and the gaps of each agency."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from fatf_kit.action_plan.names import clip_text
from fatf_kit.assessed.facts import AgencyFact, DueBasis, GapFact
from fatf_kit.assessment.answers.audience import Audience
from fatf_kit.core.groups import group_pairs
from fatf_kit.core.messages import Translator
from fatf_kit.core.ratings import FindingKind
from fatf_kit.framework.catalog import index_requirements
from fatf_kit.framework.vocabulary import load_vocabulary
from fatf_kit.papers.report_input import PaperInput
from fatf_kit.report.document_tables import keep_ltr, make_day_cell, make_rating_cell, make_row, make_table
from fatf_kit.report.model import DocumentTable, Paragraph, Section, TableCell
from fatf_kit.report.results_table import ResultColumn, ResultsTable, make_link_cell
from fatf_kit.report.sections import make_note, make_section
from fatf_kit.scoring.finding import Finding, list_severities
from fatf_kit.scoring.report.traces import describe_status, name_units
from fatf_kit.scoring.report.weight_texts import UnitResult

_UNITS, _OF_A_UNIT = 12, 2
"""How many units the table names, and how many gaps of each."""
_LONGEST, _SHORTEST = 220, 70
"""Characters of a gap in the table of the section, and on the first page."""
_TITLE, _SHORT_TITLE = 60, 40
"""Characters of the matter of a requirement beneath its number."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """One gap of the facts, with what this reader may read of its findings.

    `owner` is the name of the agency that leads, or of the role that usually does; empty where neither is known.
    `title` is the matter of the requirement in a few words.
    """

    fact: GapFact
    unit: UnitResult
    findings: tuple[Finding, ...]
    owner: str
    title: str


def list_gaps(paper_input: PaperInput, t: Translator, facts: Iterable[GapFact] | None = None) -> tuple[Gap, ...]:
    """Return gaps of the facts, all of them by default, in their order and in the words of the reader."""
    found = group_pairs((finding.requirement, finding) for finding in paper_input.findings)
    index, roles = index_requirements(paper_input.framework), load_vocabulary(t.language).roles
    units = paper_input.assessment.by_id

    def name(gap: GapFact) -> str:
        if gap.has_agency:
            return paper_input.name_agency(gap.owner)
        return roles[gap.owner].name if gap.owner in roles else ""

    return tuple(
        Gap(
            fact=gap,
            unit=units[gap.unit],
            findings=tuple(found[gap.requirement]),
            owner=name(gap),
            title=clip_text(index[gap.requirement].statement, _TITLE),
        )
        for gap in (paper_input.facts.gaps if facts is None else facts)
        if gap.requirement in found
    )


def describe_gap(gap: Gap, t: Translator, most: int) -> str:
    """Return what is open in the country's own words, else in ours; never the requirement itself."""
    return " ".join(dict.fromkeys(_describe(gap, t, most)))


def _describe(gap: Gap, t: Translator, most: int) -> Iterator[str]:
    kinds = {finding.kind: finding for finding in gap.findings}
    if FindingKind.UNANSWERED in kinds:
        yield t("Not answered.")
        return
    if FindingKind.CONFLICT in kinds:
        yield t("The agencies give different answers.")
    missing = next((finding.missing for finding in gap.findings if finding.missing), "")
    if missing:
        text = clip_text(missing, most)
        yield text if text.endswith("…") else f"{text}."
    elif gap.findings[0].withheld:
        yield t("The text is withheld, because the answer is restricted.")
    elif short := kinds.get(FindingKind.SHORTCOMING):
        rating = t.named(short.rating or "")
        yield t("Answered “{rating}”, without saying what is missing.", rating=rating)
    if FindingKind.UNDEMONSTRATED in kinds and not missing:
        yield describe_status(kinds[FindingKind.UNDEMONSTRATED].status, t, gap.fact.in_force_from)


def describe_due(gap: GapFact, t: Translator, *, is_short: bool = False) -> TableCell:
    """Return the day that the country plans, else the earliest possible one, with what to know about it beneath.

    Where it `is_short`, only the last remark is beneath: a day that is not possible is after the cut-off date too.
    """
    if gap.due is None:
        if gap.earliest is None:
            return TableCell(text=t("no date"))
        late = t("after the cut-off date") if gap.is_late else ""
        text = t("not planned; possible from {day}", day=t.day(gap.earliest))
        return TableCell(text=text, day=str(gap.earliest), detail=late)
    remarks = []
    if gap.is_overdue:
        remarks.append(t("overdue"))
    elif gap.is_late:
        remarks.append(t("after the cut-off date"))
    if gap.earliest and gap.earliest > gap.due and gap.basis is not DueBasis.RETURN:
        possible = t("possible from {day}", day=t.day(gap.earliest))
        usual = t("by usual lead times possible from {day}", day=t.day(gap.earliest))
        remarks.append(possible if is_short else usual)
    return make_day_cell(gap.due, t, detail=t.points(remarks[-1:] if is_short else remarks))


def build_short_gap_table(gaps: Sequence[Gap], t: Translator) -> DocumentTable:
    """Return the table of the first page."""
    table = ResultsTable[Gap](
        "first-gaps", t("Gaps with the largest effect on ratings"), _make_columns(t, _SHORTEST, (8, 11, 10, 8))
    )
    return replace(table.in_document(gaps, empty=t("No answer is below the highest rating yet.")), dense=True)


def _make_columns(t: Translator, most: int, widths: tuple[int, int, int, int]) -> tuple[ResultColumn[Gap], ...]:
    """Return the columns of a gap: its requirement, what is missing in at most so many characters, owner and date."""
    link, gap, owner, due = widths
    is_short = most == _SHORTEST
    return (
        ResultColumn("requirement", t("Requirement"), _link_shortly if is_short else _link, page=link),
        ResultColumn("gap", t("Missing"), lambda gap: describe_gap(gap, t, most), page=gap),
        ResultColumn("owner", t("Owner"), lambda gap: gap.owner or "–", page=owner),
        ResultColumn("due", t("Date"), lambda gap: describe_due(gap.fact, t, is_short=is_short), page=due),
    )


def build_gaps_section(paper_input: PaperInput, t: Translator) -> Section:
    """Return the weakest units with their largest gaps, and the units on which nothing is answered."""
    facts = paper_input.facts
    weakest = facts.weakest[:_UNITS]
    chosen = [gap for gap in facts.list_gaps_of_weakest(of_a_unit=_OF_A_UNIT) if gap.unit in weakest]
    gaps = list_gaps(paper_input, t, chosen)
    link, *columns = _make_columns(t, _LONGEST, (5, 17, 9, 8))
    table = ResultsTable[Gap](
        "gaps-table",
        t("Gaps with the largest effect, by Recommendation and outcome"),
        (link, ResultColumn("rating", t("Rating"), _rate, page=4), *columns),
        facets=lambda gap: {
            "severity": list_severities(gap.findings),
            "kind": tuple(str(one.kind) for one in gap.findings),
            "agency": tuple(dict.fromkeys(filter(None, (_get_lead(gap.fact), *gap.findings[0].agencies)))),
        },
    ).in_document(gaps, empty=t("No answer is below the highest rating yet."))
    text = t("Lowest ratings first. The two largest gaps of each are listed; the annex has all.")
    title = t("Gaps with the largest effect on ratings")
    return make_section("gaps", title, *_untouched(paper_input, t), make_note(text), table)


def _get_lead(gap: GapFact) -> str:
    """Return the agency that leads; empty where only a role does."""
    return gap.owner if gap.has_agency else ""


def _untouched(paper_input: PaperInput, t: Translator) -> tuple[Paragraph, ...]:
    units = paper_input.facts.untouched
    if not units:
        return ()
    return (Paragraph(text=t("No agency has answered {units}.", units=name_units(units, t))),)


def _link(gap: Gap) -> TableCell:
    return replace(make_link_cell(gap.fact.requirement, target=gap.fact.unit), detail=gap.title)


def _link_shortly(gap: Gap) -> TableCell:
    return replace(_link(gap), detail=clip_text(gap.title, _SHORT_TITLE))


def _rate(gap: Gap) -> TableCell:
    return make_rating_cell(gap.fact.unit, gap.unit.counted.describe())


def build_agencies_sections(paper_input: PaperInput, t: Translator) -> tuple[Section, ...]:
    """Return the section "By agency", the one with most at stake first; empty without agencies, and for the public."""
    facts = paper_input.facts
    if not facts.agencies or paper_input.audience is Audience.PUBLIC:
        return ()
    weight: Counter[str] = Counter()
    for gap in facts.gaps:
        weight[_get_lead(gap)] += gap.weight
    heads = (
        (t("Agency"), 10),
        (t("Shortcomings"), 5, True),
        (t("Without evidence"), 5, True),
        (t("Not answered"), 5, True),
        (t("Overdue"), 4, True),
        (t("Next date"), 6),
        (t("Largest gaps"), 8),
    )
    order = sorted(facts.agencies, key=lambda agency: (-weight[agency.agency], agency.agency))
    rows = [make_row(_list_cells(agency, paper_input, t), agency=agency.agency) for agency in order]
    notes: list[Paragraph] = []
    if unled := [gap.requirement for gap in facts.gaps if not gap.has_agency]:
        text = t.plural("{n} gap has no lead agency.", "{n} gaps have no lead agency.", len(unled))
        notes.append(make_note(text))
    caption = t("Open gaps in what each agency leads")
    table = make_table("agencies-table", caption, heads, rows)
    return (make_section("agencies", t("Gaps by agency"), *_silent(paper_input, t), table, *notes),)


def _list_cells(agency: AgencyFact, paper_input: PaperInput, t: Translator) -> tuple[object, ...]:
    """Return the row of an agency: its gaps of each kind, how many are overdue, the next date, the largest."""
    return (
        paper_input.name_agency(agency.agency),
        agency.shortcomings,
        agency.without_evidence,
        agency.leads_unanswered,
        agency.gaps_overdue,
        make_day_cell(agency.next_due, t),
        keep_ltr(", ".join(agency.largest)),
    )


def _silent(paper_input: PaperInput, t: Translator) -> tuple[Paragraph, ...]:
    """Return the sentence that names the agencies without answers."""
    silent = paper_input.facts.silent_agencies
    if not silent:
        return ()
    names = t.listed(map(paper_input.name_agency, silent))
    text = t("No answers have been received from these agencies: {agencies}.", agencies=names)
    return (Paragraph(text=text),)
