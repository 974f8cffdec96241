"""What one agency has to do: one page that can be sent to it alone, and behind it everything in full."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from fatf_kit.findings.model import Finding, Kind
from fatf_kit.framework.catalog import index_of
from fatf_kit.framework.model import requirements_of, walk
from fatf_kit.messages import Words
from fatf_kit.report.build.given import PaperInput, country_name, indicative_notice
from fatf_kit.report.build.problems import problems_section
from fatf_kit.report.model import Block, Cell, Column, Document, KeyFigure, KeyFigures, Paragraph, Row, Section, Table
from fatf_kit.report.traces import status_text
from fatf_kit.responses.audience import may_read
from fatf_kit.responses.model import Answer

_FIRST = 4
"""Points that stand on the first page, which has no room for more in any language."""


def build_agency_page(given: PaperInput, t: Words) -> Document:
    """Where it stands and what weighs most, on one page; then all its open work, cheapest first.

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
        contents_depth=0,  # the first page shall have room for what weighs most
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
                    *_first(mine, own, given, t),
                ),
            ),
            *(
                Section(
                    anchor=anchor, title=t(title), blocks=_work(anchor, kind, mine, own, given, t), break_before=top
                )
                for top, (kind, (anchor, title)) in zip((True, False, False, False), TO_DO.items(), strict=True)
            ),
            problems_section(problems, t),
        ),
    )


TO_DO = {
    Kind.UNDEMONSTRATED: ("proof", "Find the proof"),
    Kind.UNANSWERED: ("unanswered", "Give an answer"),
    Kind.CONFLICT: ("conflicts", "Agree with the other agency"),
    Kind.SHORTCOMING: ("shortcomings", "Close"),
}
"""What to do about each kind of finding, cheapest first: the anchor and the title of its section."""


def _first(
    mine: Sequence[Finding], own: Mapping[str, tuple[Answer, ...]], given: PaperInput, t: Words
) -> tuple[Block, ...]:
    """What weighs most, whatever is to be done about it, each requirement once."""
    heaviest = {f.requirement: f for f in reversed(_by_weight(f for f in mine if f.kind in TO_DO))}
    chosen = _by_weight(heaviest.values())[:_FIRST]
    if not chosen:
        return ()
    rows = []
    for f in chosen:
        name = Cell(text=f.requirement, ltr=True, detail=t(TO_DO[f.kind][1]))
        rows.append(Row(cells=(name, Cell(text=_asked(f, given)), _step(f, own, given, t)), facets={}))
    return (Table(id="table-first", caption=t("What weighs most"), columns=_columns(t), rows=tuple(rows)),)


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
    kind: Kind,
    mine: Sequence[Finding],
    own: Mapping[str, tuple[Answer, ...]],
    given: PaperInput,
    t: Words,
) -> tuple[Block, ...]:
    rows = []
    for f in _by_weight(f for f in mine if f.kind is kind):
        missing = f.missing if not f.agencies else t.points(a.missing for a in own.get(f.requirement, ()) if a.missing)
        asked = Cell(text=_asked(f, given), detail=missing)
        rows.append(Row(cells=(Cell(text=f.requirement, ltr=True), asked, _step(f, own, given, t)), facets={}))
    if not rows:
        return (Paragraph(text=t("Nothing open here.")),)
    caption = t.plural("{n} requirement", "{n} requirements", len(rows))
    return (Table(id=f"table-{anchor}", caption=caption, columns=_columns(t), rows=tuple(rows)),)


def _by_weight(found: Iterable[Finding]) -> list[Finding]:
    return sorted(found, key=lambda f: (-f.points_lost, f.id))


def _columns(t: Words) -> tuple[Column, ...]:
    return (
        Column(title=t("Requirement"), width=3),
        Column(title=t("What is asked"), width=9),
        Column(title=t("Next step"), width=8),
    )


def _asked(f: Finding, given: PaperInput) -> str:
    return index_of(given.framework)[f.requirement].statement


def _step(f: Finding, own: Mapping[str, tuple[Answer, ...]], given: PaperInput, t: Words) -> Cell:
    """What the agency plans, else what the framework recommends; what is not shown needs its proof first."""
    planned = t.points(a.action for a in own.get(f.requirement, ()) if a.action)
    if f.kind is Kind.UNDEMONSTRATED:
        late = given.assessment.in_force_later.get(f.requirement)
        return Cell(text=status_text(f.status, t, late), detail=planned)
    return Cell(text=planned or index_of(given.framework)[f.requirement].guidance.recommended_action or "–")
