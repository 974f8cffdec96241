"""What one agency has to do: first what weighs most, then the rest of its open work, each requirement once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from fatf_kit.assessment.answers.audience import may_read
from fatf_kit.assessment.answers.model import Answer
from fatf_kit.assessment.answers.returns import AgencyResponse, ReturnState, list_agency_responses, list_own_answers
from fatf_kit.core.messages import Translator
from fatf_kit.core.ratings import FindingKind
from fatf_kit.framework.catalog import get_enclosing_id, index_requirements
from fatf_kit.papers.report_input import PaperInput, get_country_name, phrase_indicative_notice
from fatf_kit.report.model import (
    Block,
    Document,
    DocumentTable,
    KeyFigure,
    KeyFigures,
    Paragraph,
    Section,
    TableCell,
    TableColumn,
    TableRow,
    Tone,
)
from fatf_kit.report.problems_section import build_problems_section
from fatf_kit.scoring.finding import Finding
from fatf_kit.scoring.report.traces import describe_next_step, describe_status, strip_unit

_FIRST = 4
"""Points on the first page, which has no room for more in any language."""

TO_DO = {
    FindingKind.CONFLICT: ("conflicts", "Agree with the other agency"),
    FindingKind.UNDEMONSTRATED: ("proof", "Find the proof"),
    FindingKind.UNANSWERED: ("unanswered", "Give an answer"),
    FindingKind.SHORTCOMING: ("shortcomings", "Close"),
}
"""What to do about each kind of finding: the anchor and the title of its section.

Of several findings on one requirement the first of this order decides where it is listed.
"""


def build_agency_page(given: PaperInput, t: Translator) -> Document:
    """Where the agency stands, by its own answers only, and its open work.

    Of other agencies it contains the requirements that they share, and their rating where it contradicts this one and
    may be read.
    """
    agency = given.agency or ""
    name = given.agencies.get(agency, agency)
    own = _own_answers(given)
    asked = given.asked.get(agency) or tuple(own)
    state = list_agency_responses({agency: asked}, given.responses)[0]
    work = _open_work(state, own, given)
    files = {file.name for file in given.responses.inputs if file.agency == agency}
    problems = [p for p in given.problems if p.ref and p.ref.file in files]
    counts = {kind: sum(kind in one.kinds for one in work) for kind in TO_DO}
    first, rest = _by_effect(work)[:_FIRST], _by_effect(work)[_FIRST:]
    writer = _Writer(given, own, t)
    return Document(
        id=f"agency-{agency}",
        title=t("{agency}: open work", agency=name),
        subtitle=t("{country}, preparation of the mutual evaluation", country=get_country_name(given, t)),
        language=t.language,
        facts=((t("Edition"), given.framework.full_title), (t("Made on"), t.moment(given.generated_at))),
        notices=(*given.notices, phrase_indicative_notice(t)),
        contents_depth=0,  # the first page shall have room for what weighs most
        sections=(
            Section(
                anchor="standing",
                title=t("Where we stand"),
                blocks=(
                    *_received(state, name, t),
                    KeyFigures(
                        figures=(
                            KeyFigure(value=str(len(state.asked)), label=t("asked")),
                            KeyFigure(value=str(len(state.unanswered)), label=t("not answered")),
                            KeyFigure(value=str(counts[FindingKind.UNDEMONSTRATED]), label=t("claimed but not shown")),
                            KeyFigure(value=str(counts[FindingKind.SHORTCOMING]), label=t("shortcomings")),
                            KeyFigure(value=str(len(problems)), label=t("cells to look at")),
                        )
                    ),
                    *writer.first(first),
                ),
            ),
            *writer.sections(rest, has_first=bool(first)),
            build_problems_section(problems, t),
        ),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Open:
    """One requirement with open work. `kinds` are all its findings; the first of `TO_DO` places it."""

    requirement: str
    kinds: Mapping[FindingKind, Finding | None] = field(default_factory=dict)
    weight: int = 0

    @property
    def kind(self) -> FindingKind:
        """What it is listed under."""
        return next(kind for kind in TO_DO if kind in self.kinds)

    @property
    def finding(self) -> Finding | None:
        """The finding behind that, None for what only this agency has not answered."""
        return self.kinds[self.kind]


def _open_work(state: AgencyResponse, own: Mapping[str, tuple[Answer, ...]], given: PaperInput) -> list[_Open]:
    """Every requirement with open work, in the order of the Methodology: unanswered by itself, or with findings."""
    found: defaultdict[str, dict[FindingKind, Finding | None]] = defaultdict(dict)
    contradicted = _contradicting(given)
    weights: dict[str, int] = {}
    for finding in given.findings:
        weights[finding.requirement] = max(finding.points_lost, weights.get(finding.requirement, 0))
        is_own = finding.requirement in own and finding.requirement not in state.unanswered
        if is_own and (finding.kind is not FindingKind.CONFLICT or finding.requirement in contradicted):
            found[finding.requirement][finding.kind] = finding
    for requirement in state.unanswered:
        found[requirement][FindingKind.UNANSWERED] = None
    return [
        _Open(requirement=top, kinds=found[top], weight=weights.get(top, 0))
        for top in index_requirements(given.framework)
        if top in found
    ]


def _by_effect(work: Iterable[_Open]) -> list[_Open]:
    return sorted(work, key=lambda one: -one.weight)


def _own_answers(given: PaperInput) -> Mapping[str, tuple[Answer, ...]]:
    """The agency's own answers, by criterion or core issue, its parts included."""
    found: defaultdict[str, list[Answer]] = defaultdict(list)
    for answer in list_own_answers(given.responses.answers):
        if answer.agency == given.agency and may_read(given.audience, answer.confidentiality):
            found[get_enclosing_id(answer.requirement)].append(answer)
    return {requirement: tuple(answers) for requirement, answers in found.items()}


def _received(state: AgencyResponse, name: str, t: Translator) -> tuple[Paragraph, ...]:
    """That nothing, or nothing filled in, was received; empty where there are answers."""
    text = {
        ReturnState.NOTHING: t("No workbook has been received from: {agency}.", agency=name),
        ReturnState.EMPTY: t("The workbook received is empty: {agency}.", agency=name),
    }.get(state.returned)
    return (Paragraph(text=text, tone=Tone.NOTICE),) if text else ()


def _contradicting(given: PaperInput) -> Mapping[str, list[tuple[str, Answer]]]:
    """Answers of others that differ from the agency's own, each with the latter, by criterion or core issue."""
    found: defaultdict[str, list[tuple[str, Answer]]] = defaultdict(list)
    for answer in given.responses.answers:
        mine = next((voice.rating for voice in answer.agency_answers if voice.agency == given.agency), None)
        if mine is not None:
            others = [voice for voice in answer.agency_answers if voice.rating not in (None, mine)]
            found[get_enclosing_id(answer.requirement)] += [(str(mine), voice) for voice in others]
    return {requirement: others for requirement, others in found.items() if others}


class _Writer:
    """Writes open work as tables for one agency."""

    def __init__(self, given: PaperInput, own: Mapping[str, tuple[Answer, ...]], t: Translator) -> None:
        self._given = given
        self._own = own
        self._t = t
        self._index = index_requirements(given.framework)
        self._contradicting = _contradicting(given)

    def first(self, work: Sequence[_Open]) -> tuple[Block, ...]:
        """What weighs most, whatever is to be done about it."""
        t = self._t
        if not work:
            return (Paragraph(text=t("Nothing open here.")),)
        rows = tuple(self._row(one, t(TO_DO[one.kind][1])) for one in work)
        return (DocumentTable(id="table-first", caption=t("What weighs most"), columns=self._columns(), rows=rows),)

    def sections(self, work: Sequence[_Open], *, has_first: bool) -> tuple[Section, ...]:
        """The rest, by what is to be done, cheapest first; a kind without any has no section."""
        t = self._t
        order = (FindingKind.UNDEMONSTRATED, FindingKind.UNANSWERED, FindingKind.CONFLICT, FindingKind.SHORTCOMING)
        found = [(kind, [one for one in work if one.kind is kind]) for kind in order]
        sections: list[Section] = []
        for kind, some in found:
            if not some:
                continue
            anchor, title = TO_DO[kind]
            caption = t.plural("{n} requirement", "{n} requirements", len(some))
            if has_first and any(one.kind is kind for one in work):
                caption = t.plural("{n} more requirement", "{n} more requirements", len(some))
            is_unanswered = kind is FindingKind.UNANSWERED
            table = DocumentTable(
                id=f"table-{anchor}",
                caption=caption,
                columns=self._unanswered_columns() if is_unanswered else self._columns(),
                rows=tuple(map(self._unanswered_row if is_unanswered else self._row, some)),
            )
            to_do = (Paragraph(text=t("Answer these in your workbook.")),) if is_unanswered else ()
            sections.append(Section(anchor=anchor, title=t(title), blocks=(*to_do, table), break_before=not sections))
        return tuple(sections)

    def _columns(self) -> tuple[TableColumn, ...]:
        t = self._t
        return (
            TableColumn(title=t("Requirement"), width=3),
            TableColumn(title=t("What is asked"), width=9),
            TableColumn(title=t("Next step"), width=8),
        )

    def _unanswered_columns(self) -> tuple[TableColumn, ...]:
        t = self._t
        return (
            TableColumn(title=t("Requirement"), width=3),
            TableColumn(title=t("What is asked"), width=12),
            TableColumn(title=t("Lead agency"), width=5),
        )

    def _unanswered_row(self, one: _Open) -> TableRow:
        """What is asked and who leads on it; the step is the same for all."""
        lead = self._given.leads.get(one.requirement)
        cells = (
            TableCell(text=one.requirement, ltr=True),
            TableCell(text=self._index[one.requirement].statement),
            TableCell(text=self._given.agencies.get(lead, lead) if lead else "–"),
        )
        return TableRow(cells=cells, facets={})

    def _row(self, one: _Open, kind: str = "") -> TableRow:
        name = TableCell(text=one.requirement, ltr=True, detail=kind)
        own = self._own.get(one.requirement, ())
        missing = self._t.points(answer.missing for answer in own if answer.missing)
        asked = TableCell(text=self._index[one.requirement].statement, detail=missing)
        return TableRow(cells=(name, asked, self._step(one, own)), facets={})

    def _step(self, one: _Open, own: Sequence[Answer]) -> TableCell:
        """The next step by what is missing; what the agency plans, else what is recommended, only for shortcomings."""
        t = self._t
        planned = t.points(answer.action for answer in own if answer.action)
        recommended = self._index[one.requirement].guidance.recommended_action
        if one.kind is FindingKind.UNANSWERED:
            return TableCell(text=t("Answer it in your workbook."), detail=self._lead(one.requirement))
        detail = planned or (recommended if FindingKind.SHORTCOMING in one.kinds else "")
        if one.kind is FindingKind.CONFLICT:
            return TableCell(text=self._difference(one.requirement), detail=detail)
        if one.kind is FindingKind.UNDEMONSTRATED and one.finding:
            late = self._given.assessment.in_force_later.get(one.requirement)
            lacks = describe_status(one.finding.status, t, late)
            return TableCell(text=f"{lacks} {describe_next_step(one.finding.status, t)}".strip(), detail=detail)
        return TableCell(text=detail or "–")

    def _lead(self, requirement: str) -> str:
        """Which other agency leads on a requirement; empty where this one does or none is known."""
        lead = self._given.leads.get(requirement)
        if lead is None or lead == self._given.agency:
            return ""
        return self._t("Lead agency: {agency}", agency=self._given.agencies.get(lead, lead))

    def _difference(self, requirement: str) -> str:
        """Both answers, for each part on which they differ; another agency's only where it may be read."""
        t = self._t
        voices = self._contradicting[requirement]
        answers = [
            t(
                "{id}: you answered “{own}”, {agency} answered “{other}”.",
                id=strip_unit(voice.requirement),
                own=t.named(mine),
                agency=self._given.agencies.get(voice.agency or "", voice.agency or ""),
                other=t.named(voice.rating or ""),
            )
            for mine, voice in voices
            if may_read(self._given.audience, voice.confidentiality)
        ]
        agree = t("Agree on one answer and report it to the coordinator.") if answers else ""
        hidden = t("Another agency answers differently; ask the coordinator.") if len(answers) < len(voices) else ""
        return " ".join(filter(None, (*answers, agree, hidden)))
