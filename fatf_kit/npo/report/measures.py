"""Measures by tier, the country's own measures, and whether they go too far or not far enough."""

from __future__ import annotations

from collections.abc import Mapping

from fatf_kit.core.messages import Translator
from fatf_kit.npo.measures.catalogue import CountryMeasure, NationalMeasures, Tier, load_measures
from fatf_kit.npo.measures.proportionality import (
    CheckResult,
    CheckSeverity,
    LiftableMeasure,
    OverRegulation,
    ProportionalityState,
    load_checks,
)
from fatf_kit.npo.method.scales import SegmentKind
from fatf_kit.npo.model import SectorResult
from fatf_kit.npo.report.figures import number, one, referred, share, shown_classes, shown_segments
from fatf_kit.npo.report.names import Names, load_names
from fatf_kit.npo.report.sector import row
from fatf_kit.report.model import (
    Block,
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


def tier_name(tier: Tier, t: Translator) -> str:
    """Return who a measure is for, in words."""
    names = {entry.tier: entry.name for entry in load_measures(t.language).tiers}
    extra = {Tier.UNDETERMINED: t("Undetermined"), Tier.UNRATED: t("Not classified")}
    return names.get(tier) or extra[tier]


def measures_section(t: Translator) -> Section:
    """Return what each tier calls for, and what it should be spared."""
    catalogue = load_measures(t.language)
    return Section(
        anchor="measures",
        title=t("Measures that fit each class"),
        blocks=(
            DocumentTable(
                id="measures-table",
                caption=t("What to do and what not to do"),
                columns=(
                    TableColumn(title=t("For"), width=3),
                    TableColumn(title=t("Do"), width=7),
                    TableColumn(title=t("Do not"), width=6),
                    TableColumn(title=t("Paragraph"), width=4),
                ),
                rows=tuple(
                    row(
                        entry.name,
                        _listed(entry.do),
                        _listed(entry.do_not),
                        TableCell(text="\n".join(entry.citations), ltr=True),
                    )
                    for entry in catalogue.tiers
                ),
            ),
            Paragraph(
                text=t(
                    "Which measure suits which class is a proposal of fatf-kit under the paragraphs named; existing "
                    "law, self-regulation and internal control count as measures."
                ),
                tone=Tone.SMALL,
            ),
        ),
    )


def _listed(items: tuple[str, ...]) -> str:
    return items[0] if len(items) == 1 else "\n".join(f"• {item}" for item in items)


def own_measures_section(national: NationalMeasures | None, names: Names, t: Translator) -> Section:
    """Return the measures that the country takes, and those that apply to a class that should be spared them."""
    measures = national.measures if national else ()
    return Section(
        anchor="own-measures",
        title=t("What the country does"),
        blocks=(
            DocumentTable(
                id="own-measures-table",
                caption=t("Measures as the country lists them"),
                columns=(
                    TableColumn(title=t("Measure"), width=6),
                    TableColumn(title=t("On whom"), width=5),
                    TableColumn(title=t("Legal basis"), width=4),
                    TableColumn(title=t("Hours a year for one body"), width=3, number=True),
                    TableColumn(title=t("Not for"), width=4),
                ),
                rows=tuple(_own_measure(measure, names, t) for measure in measures),
                empty=t(
                    "The country's measures are not listed yet; 'fatf-kit npo template' writes the workbook for it."
                ),
            ),
        ),
    )


def _own_measure(measure: CountryMeasure, names: Names, t: Translator) -> TableRow:
    catalogue = load_measures(t.language)
    whom = _whom(measure, t)
    if measure.segment:
        kind, code = measure.segment
        whom = t("{whom}; only {segment}", whom=whom, segment=names.segment(kind, code))
    spared = [e.name for e in catalogue.tiers if e.tier in measure.tiers and measure.kind in e.discouraged]
    if not measure.because_of_tf:
        spared = []
    return row(
        TableCell(
            text=measure.name,
            detail=catalogue.kinds[measure.kind].name if measure.because_of_tf else t("general law"),
        ),
        whom,
        measure.legal_basis or t("not told"),
        t("not told") if measure.hours is None else t.number(measure.hours),
        t.listed(spared),
    )


def _whom(measure: CountryMeasure, t: Translator) -> str:
    """Return the audience by its name where there is one for all tiers together."""
    for audience in load_measures(t.language).audiences.values():
        if audience.tiers == measure.tiers:
            return audience.name
    return t.listed(tier_name(tier, t) for tier in Tier if tier in measure.tiers)


def secret_tiers(judged: OverRegulation, national: NationalMeasures | None, sector: SectorResult) -> frozenset[Tier]:
    """Tiers whose hours would give a hidden count away: of a class, of investigators' cases, or of a segment."""
    hidden = {*shown_classes(sector).hidden, *([] if referred(sector) is not None else ["hard_trigger"])}
    for measure in national.measures if national else ():
        if measure.segment and measure.hours is not None:
            hidden |= _hidden_in(*measure.segment, sector)
    return frozenset(tier for tier in judged.burden.hours if str(tier) in hidden)


def over_regulation_section(
    judged: OverRegulation, national: NationalMeasures | None, sector: SectorResult, t: Translator
) -> Section:
    """Return the ten checks, the burden by tier, and what could be lifted; hours give away no count that is hidden."""
    anchor, title = "over-regulation", t("Too much, too little")
    if national is None and not any(result.state is ProportionalityState.FOUND for result in judged.results):
        text = t("The checks need the country's measures, which are not listed yet.")
        return Section(anchor=anchor, title=title, blocks=(Paragraph(text=text),))
    hidden = secret_tiers(judged, national, sector)
    blocks: list[Block] = [_checks_table(judged, t)]
    if judged.burden.total:
        blocks.append(_hours(judged, sector, t, secret=bool(hidden)))
    blocks.append(_burden_table(judged, hidden, t))
    if judged.burden.uncounted:
        blocks.append(
            Paragraph(
                text=t(
                    "Not counted, because hours or bodies are not told: {measures}.",
                    measures=t.points(judged.burden.uncounted),
                ),
                tone=Tone.NOTICE,
            )
        )
    blocks.append(_lift_table(judged, sector, t))
    return Section(anchor=anchor, title=title, blocks=tuple(blocks))


def _checks_table(judged: OverRegulation, t: Translator) -> DocumentTable:
    return DocumentTable(
        id="over-regulation-table",
        caption=t("Ten checks on proportion"),
        columns=(
            TableColumn(title=t("Check"), width=4),
            TableColumn(title=t("Result"), width=3),
            TableColumn(title=t("What was found and what to do"), width=9),
            TableColumn(title=t("Paragraph"), width=3),
        ),
        rows=tuple(_check(result, t) for result in judged.results),
    )


def _hours(judged: OverRegulation, sector: SectorResult, t: Translator, *, secret: bool) -> KeyFigures:
    """Return the burden in all, the part that is on bodies to be spared, and what could be freed."""
    burden = judged.burden
    freed = None if any(_is_secret(lift, sector) for lift in judged.lifts) else round(judged.freed)
    return KeyFigures(
        figures=(
            KeyFigure(
                value=number(None if secret else round(burden.total), t),
                label=t("hours a year"),
                detail=t("of all bodies together, as far as told"),
            ),
            KeyFigure(
                value="–" if burden.share is None else share(None if secret else burden.share, 1, t),
                label=t("on low-risk and out-of-scope bodies"),
                detail=t("a warning above {limit}", limit=share(load_checks().burden_share, 1, t)),
            ),
            KeyFigure(
                value=number(freed, t),
                label=t("hours could be freed"),
                detail=t("without touching a body of medium or high risk"),
            ),
        )
    )


def _burden_table(judged: OverRegulation, hidden: frozenset[Tier], t: Translator) -> DocumentTable:
    """Hours by tier; where those of one are hidden, no share tells the others apart."""
    return DocumentTable(
        id="burden-table",
        caption=t("Burden by class: bodies times hours a year"),
        columns=(
            TableColumn(title=t("For"), width=5),
            TableColumn(title=t("Hours a year"), width=3, number=True),
            TableColumn(title=t("Share"), width=2, number=True),
        ),
        rows=tuple(
            row(
                tier_name(tier, t),
                number(None if tier in hidden else round(hours), t),
                share(None if hidden else hours, judged.burden.total, t),
            )
            for tier, hours in judged.burden.hours.items()
        ),
        empty=t("No measure tells both its hours and its bodies."),
    )


def _lift_table(judged: OverRegulation, sector: SectorResult, t: Translator) -> DocumentTable:
    return DocumentTable(
        id="lift-table",
        caption=t("What could be lifted without touching a body of medium or high risk"),
        columns=(
            TableColumn(title=t("Measure"), width=6),
            TableColumn(title=t("How"), width=5),
            TableColumn(title=t("Bodies freed"), width=3, number=True),
            TableColumn(title=t("Hours freed a year"), width=3, number=True),
        ),
        rows=tuple(_lift(lift, sector, t) for lift in judged.lifts),
        empty=t("Nothing: no measure falls on a low-risk or out-of-scope body."),
    )


def _check(result: CheckResult, t: Translator) -> TableRow:
    check = next(c for c in load_checks(t.language).checks if c.id == result.id)
    found = result.state is ProportionalityState.FOUND
    if found:
        state = TableCell(text=severity_name(check.severity, t), rating=str(check.severity), scale="proportion")
        said = f"{check.finding} {check.next_step}"
    else:
        state = TableCell(text=state_name(result.state, t))
        said = ""
    return row(
        TableCell(text=check.title, detail=check.id),
        state,
        TableCell(text=said, detail=t.points(about_names(result, t)) if found else ""),
        TableCell(text="\n".join(check.citations), ltr=True),
    )


def severity_name(severity: CheckSeverity, t: Translator) -> str:
    """Return how grave a result is, in words."""
    return {
        CheckSeverity.BREACH: t("breach"),
        CheckSeverity.WARNING: t("warning"),
        CheckSeverity.GAP: t("gap"),
    }[severity]


def state_name(state: ProportionalityState, t: Translator) -> str:
    """Return whether a check found something, in words."""
    return {
        ProportionalityState.FOUND: t("found"),
        ProportionalityState.CLEAR: t("clear"),
        ProportionalityState.UNKNOWN: t("not known"),
    }[state]


def about_names(result: CheckResult, t: Translator) -> list[str]:
    """Measures by name, questions by their text, legal forms in words."""
    questions: Mapping[str, str] = {question.id: question.text for question in load_checks(t.language).questions}
    forms = load_names(t.language).segments if result.id == "O8" else {}
    return [questions.get(about) or forms.get((SegmentKind.LEGAL_FORM, about), about) for about in result.about]


def _lift(lift: LiftableMeasure, sector: SectorResult, t: Translator) -> TableRow:
    secret = _is_secret(lift, sector)
    tiers = t.listed(tier_name(tier, t) for tier in lift.tiers)
    how = t("drop it") if lift.whole else t("lift it for: {tiers}", tiers=tiers)
    return row(
        lift.measure,
        how,
        t("not known") if lift.bodies is None else number(None if secret else lift.bodies, t),
        t("not known") if lift.hours is None else number(None if secret else round(lift.hours), t),
    )


def _is_secret(lift: LiftableMeasure, sector: SectorResult) -> bool:
    """Return whether the bodies freed are few, or a count that is hidden of the sector or of the segment."""
    if lift.bodies is None:
        return False
    hidden = _hidden_in(*lift.segment, sector) if lift.segment else shown_classes(sector).hidden
    return one(lift.bodies) is None or bool(hidden.intersection(map(str, lift.tiers)))


def _hidden_in(kind: SegmentKind, code: str, sector: SectorResult) -> frozenset[str]:
    """Return what is hidden of one segment."""
    found = (shown.hidden for segment, shown in shown_segments(sector, kind) if segment.code == code)
    return next(found, frozenset())
