"""What one agency has to do: a page or two that can be sent to it alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from fatf_kit.findings.model import Finding, Kind
from fatf_kit.framework.catalog import index_of
from fatf_kit.messages import Words
from fatf_kit.problems import Problem
from fatf_kit.report.build.given import GapInput, indicative_notice
from fatf_kit.report.model import Cell, Column, Document, KeyFigure, KeyFigures, Paragraph, Row, Section, Table
from fatf_kit.report.traces import showing_text


@dataclass(frozen=True, slots=True, kw_only=True)
class AgencyInput:
    """The agency, and what it was asked: ids of criteria and core issues. `files` are the names of its workbooks."""

    id: str
    name: str
    asked: tuple[str, ...]
    files: tuple[str, ...] = ()


def build_agency_page(given: GapInput, agency: AgencyInput, t: Words) -> Document:
    """Its own open work, cheapest first: what lacks proof, what nobody answered, what falls short, what is unreadable.

    Nothing of other agencies is in it but the requirements they share and where their answers differ.
    """
    asked = set(agency.asked)
    mine = [f for f in given.findings if agency.id in f.agencies or (f.requirement in asked and not f.agencies)]
    problems = [p for p in given.problems if p.ref and p.ref.file in agency.files]
    kinds = Counter(f.kind for f in mine)
    country = given.country or given.assessment.country or t("Country not named")
    return Document(
        id=f"agency-{agency.id}",
        title=t("{agency}: open work", agency=agency.name),
        subtitle=t("{country}, preparation of the mutual evaluation", country=country),
        language=t.language,
        facts=((t("Edition"), given.framework.title), (t("Made on"), t.moment(given.generated_at))),
        notices=(*given.notices, indicative_notice(t)),
        sections=(
            Section(
                anchor="standing",
                title=t("Where we stand"),
                blocks=(
                    KeyFigures(
                        figures=(
                            KeyFigure(value=str(len(asked)), label=t("asked")),
                            KeyFigure(value=str(kinds[Kind.UNDEMONSTRATED]), label=t("claimed but not shown")),
                            KeyFigure(value=str(kinds[Kind.UNANSWERED]), label=t("not answered")),
                            KeyFigure(value=str(kinds[Kind.SHORTCOMING]), label=t("shortcomings")),
                            KeyFigure(value=str(len(problems)), label=t("cells to look at")),
                        )
                    ),
                ),
            ),
            _work("proof", t("Find the proof"), Kind.UNDEMONSTRATED, mine, given, t),
            _work("unanswered", t("Give an answer"), Kind.UNANSWERED, mine, given, t),
            _work("conflicts", t("Agree with the other agency"), Kind.CONFLICT, mine, given, t),
            _work("shortcomings", t("Close"), Kind.SHORTCOMING, mine, given, t),
            _cells(problems, t),
        ),
    )


def _work(anchor: str, title: str, kind: Kind, mine: Sequence[Finding], given: GapInput, t: Words) -> Section:
    index = index_of(given.framework)
    found = sorted((f for f in mine if f.kind is kind), key=lambda f: (-f.points_lost, f.id))
    late = _in_force_later(given)
    rows = tuple(
        Row(
            cells=(
                Cell(text=f.requirement, ltr=True),
                Cell(text=index[f.requirement].statement, detail=f.missing),
                Cell(text=f.planned or index[f.requirement].guidance.recommended_action or "–", detail=f.planned_due)
                if kind is not Kind.UNDEMONSTRATED
                else Cell(text=showing_text(f.showing, t, late.get(f.requirement, "")), detail=f.planned),
            ),
            facets={},
        )
        for f in found
    )
    return Section(
        anchor=anchor,
        title=title,
        blocks=(
            Table(
                id=f"table-{anchor}",
                caption=t.plural("{n} requirement", "{n} requirements", len(rows)),
                columns=(
                    Column(title=t("Requirement"), width=3),
                    Column(title=t("What is asked"), width=9),
                    Column(title=t("Next step"), width=8),
                ),
                rows=rows,
            ),
        )
        if rows
        else (Paragraph(text=t("Nothing open here.")),),
    )


def _in_force_later(given: GapInput) -> Mapping[str, str]:
    criteria = (c for r in given.assessment.recommendations for c in r.criteria)
    return {c.id: c.in_force_from.isoformat() for c in criteria if c.in_force_from}


def _cells(problems: Sequence[Problem], t: Words) -> Section:
    rows = tuple(
        Row(cells=(Cell(text=str(p.ref), ltr=True), Cell(text=p.text_in(t), detail=p.code)), facets={})
        for p in problems
    )
    return Section(
        anchor="cells",
        title=t("Cells and files that need a look"),
        blocks=(
            Table(
                id="cells-table",
                caption=t.plural("{n} remark", "{n} remarks", len(rows)),
                columns=(Column(title=t("Where"), width=4), Column(title=t("What was found and what to do"), width=10)),
                rows=rows,
                empty=t("Every cell could be used."),
            ),
        ),
    )
