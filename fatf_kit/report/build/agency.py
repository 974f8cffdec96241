"""What one agency has to do: a page or two that can be sent to it alone."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from fatf_kit.findings.model import Finding, Kind
from fatf_kit.framework.catalog import index_of
from fatf_kit.framework.model import requirements_of, walk
from fatf_kit.messages import Words
from fatf_kit.report.build.given import PaperInput, country_name, indicative_notice
from fatf_kit.report.build.problems import problems_section
from fatf_kit.report.model import Cell, Column, Document, KeyFigure, KeyFigures, Paragraph, Row, Section, Table
from fatf_kit.report.traces import showing_text
from fatf_kit.responses.audience import may_read
from fatf_kit.responses.model import Answer


def build_agency_page(given: PaperInput, t: Words) -> Document:
    """Its own open work, cheapest first: what lacks proof, what nobody answered, what falls short, what is unreadable.

    Nothing of other agencies is in it but the requirements they share and where their answers differ.
    """
    agency = given.agency or ""
    own = _own_answers(given)
    asked = set(given.asked.get(agency) or own)
    mine = [f for f in given.findings if agency in f.agencies or (f.requirement in asked and not f.agencies)]
    files = {file.name for file in given.responses.inputs if file.agency == agency}
    problems = [p for p in given.problems if p.ref and p.ref.file in files]
    kinds = Counter(f.kind for f in mine)
    return Document(
        id=f"agency-{agency}",
        title=t("{agency}: open work", agency=given.agencies.get(agency, agency)),
        subtitle=t("{country}, preparation of the mutual evaluation", country=country_name(given, t)),
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
            _work("proof", t("Find the proof"), Kind.UNDEMONSTRATED, mine, own, given, t),
            _work("unanswered", t("Give an answer"), Kind.UNANSWERED, mine, own, given, t),
            _work("conflicts", t("Agree with the other agency"), Kind.CONFLICT, mine, own, given, t),
            _work("shortcomings", t("Close"), Kind.SHORTCOMING, mine, own, given, t),
            problems_section(problems, t),
        ),
    )


def _own_answers(given: PaperInput) -> Mapping[str, tuple[Answer, ...]]:
    """What the agency itself has said, by criterion or core issue, its parts included."""
    tops = {node.id: top.id for unit in given.framework.units for top in requirements_of(unit) for node, _ in walk(top)}
    said: defaultdict[str, list[Answer]] = defaultdict(list)
    for answer in given.responses.answers:
        for voice in answer.voices or (answer,):
            if voice.agency == given.agency and may_read(given.audience, voice.confidentiality):
                said[tops[voice.requirement]].append(voice)
    return {requirement: tuple(answers) for requirement, answers in said.items()}


def _work(
    anchor: str,
    title: str,
    kind: Kind,
    mine: Sequence[Finding],
    own: Mapping[str, tuple[Answer, ...]],
    given: PaperInput,
    t: Words,
) -> Section:
    index = index_of(given.framework)
    found = sorted((f for f in mine if f.kind is kind), key=lambda f: (-f.points_lost, f.id))
    late = _in_force_later(given)
    rows = []
    for f in found:
        answers = own.get(f.requirement, ())
        missing = f.missing if not f.agencies else t.points(a.missing for a in answers if a.missing)
        planned = t.points(a.action for a in answers if a.action)
        if kind is Kind.UNDEMONSTRATED:
            step = Cell(text=showing_text(f.showing, t, late.get(f.requirement, "")), detail=planned)
        else:
            step = Cell(text=planned or index[f.requirement].guidance.recommended_action or "–")
        asked = Cell(text=index[f.requirement].statement, detail=missing)
        rows.append(Row(cells=(Cell(text=f.requirement, ltr=True), asked, step), facets={}))
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
                rows=tuple(rows),
            ),
        )
        if rows
        else (Paragraph(text=t("Nothing open here.")),),
    )


def _in_force_later(given: PaperInput) -> Mapping[str, str]:
    criteria = (c for r in given.assessment.recommendations for c in r.criteria)
    return {c.id: c.in_force_from.isoformat() for c in criteria if c.in_force_from}
