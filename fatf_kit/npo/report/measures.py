"""Measures by tier, the country's own measures, and whether they go too far or not far enough."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from fatf_kit.core.messages import Translator
from fatf_kit.npo.measures.catalogue import CountryMeasure, NationalMeasures, Tier, TierMeasures, load_measures
from fatf_kit.npo.measures.proportionality import (
    CheckResult,
    LiftableMeasure,
    OverRegulation,
    ProportionalityState,
    load_checks,
)
from fatf_kit.npo.model import SectorResult
from fatf_kit.npo.report.disclosure import one, referred, shown_classes, shown_segments
from fatf_kit.npo.report.figures import key_figures, number, number_column, share
from fatf_kit.npo.report.names import Names, load_names
from fatf_kit.npo.scales import SegmentKind
from fatf_kit.report.model import Block, DocumentTable, KeyFigures, Paragraph, Section, TableCell, Tone
from fatf_kit.report.results_table import COUNT, ResultColumn, ResultsTable
from fatf_kit.report.sections import make_section


def _tier_name(tier: Tier, t: Translator) -> str:
    """Return who a measure is for, in words."""
    names = {entry.tier: entry.name for entry in load_measures(t.language).tiers}
    extra = {Tier.UNDETERMINED: t("Undetermined"), Tier.UNRATED: t("Not classified")}
    return names.get(tier) or extra[tier]


def measures_section(t: Translator) -> Section:
    """Return what each tier calls for, and what it should be spared."""
    catalogue = load_measures(t.language)
    note = t(
        "Which measure suits which class is a proposal of fatf-kit under the paragraphs named; existing "
        "law, self-regulation and internal control count as measures."
    )
    return make_section(
        "measures",
        t("Measures that fit each class"),
        ResultsTable[TierMeasures](
            "measures-table",
            t("What to do and what not to do"),
            (
                ResultColumn("name", t("For"), page=3),
                ResultColumn("do", t("Do"), lambda tier: _listed(tier.do), page=7),
                ResultColumn("do_not", t("Do not"), lambda tier: _listed(tier.do_not), page=6),
                ResultColumn("citations", t("Paragraph"), lambda tier: _cited(tier.citations, t), page=4),
            ),
        ).in_document(catalogue.tiers),
        Paragraph(text=note, tone=Tone.SMALL),
    )


def _listed(items: tuple[str, ...]) -> str:
    return items[0] if len(items) == 1 else "\n".join(f"• {item}" for item in items)


def _cited(citations: Sequence[str], t: Translator) -> TableCell:
    r"""Return citations below each other, the words in them in the language of the reader.

    >>> _cited(["INR.8 para 5(e)", "c.8.2, footnote"], Translator("fr")).text
    'INR.8 par. 5(e)\nc.8.2, note de bas de page'
    """
    factor, footnote, para, note = t("specific factor"), t("footnote"), t("para"), t("note")
    words = {"specific factor": factor, "footnote": footnote, "para": para, "note": note}
    pattern = re.compile(rf"\b(?:{'|'.join(words)})\b")
    cited = (pattern.sub(lambda found: words[found[0]], one) for one in citations)
    text = "\n".join(cited)
    return TableCell(text=text.replace(", ", "، ") if t.base == "ar" else text)


def own_measures_section(national: NationalMeasures | None, names: Names, t: Translator) -> Section:
    """Return the measures that the country takes, and those that apply to a class that should be spared them."""
    catalogue = load_measures(t.language)

    def name(measure: CountryMeasure) -> TableCell:
        kind = catalogue.kinds[measure.kind].name if measure.because_of_tf else t("general law")
        return TableCell(text=measure.name, detail=kind)

    def whom(measure: CountryMeasure) -> str:
        if measure.segment is None:
            return _whom(measure, t)
        return t("{whom}; only {segment}", whom=_whom(measure, t), segment=names.segment(*measure.segment))

    def spared(measure: CountryMeasure) -> str:
        tiers = [e.name for e in catalogue.tiers if e.tier in measure.tiers and measure.kind in e.discouraged]
        return t.listed(tiers) if measure.because_of_tf else ""

    def hours(measure: CountryMeasure) -> str:
        return t("not stated") if measure.hours is None else t.number(measure.hours)

    table = ResultsTable[CountryMeasure](
        "own-measures-table",
        t("Measures as the country lists them"),
        (
            ResultColumn("measure", t("Measure"), name, page=6),
            ResultColumn("whom", t("On whom"), whom, page=5),
            ResultColumn("law", t("Legal basis"), lambda measure: measure.legal_basis or t("not stated"), page=4),
            ResultColumn("hours", t("Hours a year for one body"), hours, COUNT, page=3),
            ResultColumn("spared", t("Not for"), spared, page=4),
        ),
    )
    empty = t("The country's measures are not listed yet; 'fatf-kit npo template' writes the workbook for it.")
    measures = national.measures if national else ()
    return make_section("own-measures", t("What the country does"), table.in_document(measures, empty=empty))


def _whom(measure: CountryMeasure, t: Translator) -> str:
    """Return the audience by its name where there is one for all tiers together."""
    for audience in load_measures(t.language).audiences.values():
        if audience.tiers == measure.tiers:
            return audience.name
    return t.listed(_tier_name(tier, t) for tier in Tier if tier in measure.tiers)


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
    blocks: list[Block] = []
    if national is None and not judged.found():
        blocks.append(Paragraph(text=t("The checks need the country's measures, which are not listed yet.")))
    else:
        hidden = secret_tiers(judged, national, sector)
        caption = t("Ten checks on proportion")
        blocks.append(checks_table(t).in_document(judged.results, name="over-regulation-table", caption=caption))
        if judged.burden.total:
            blocks.append(_hours(judged, sector, t, secret=bool(hidden)))
        blocks.append(_burden_table(judged, hidden, t))
        if judged.burden.uncounted:
            measures = t.points(judged.burden.uncounted)
            text = t(
                "Not counted, because the number of hours or of bodies is not stated: {measures}.", measures=measures
            )
            blocks.append(Paragraph(text=text, tone=Tone.NOTICE))
        blocks.append(_lift_table(judged, sector, t))
    title = t("Measures that are excessive or insufficient")
    return make_section("over-regulation", title, *blocks)


def checks_table(t: Translator) -> ResultsTable[CheckResult]:
    """Return the table of the ten checks, their results, and what was found."""
    checks = {check.id: check for check in load_checks(t.language).checks}
    severities = {"breach": t("breach"), "warning": t("warning"), "gap": t("gap")}
    states = {"found": t("found"), "clear": t("clear"), "not known": t("not known")}

    def title(one: CheckResult) -> str:
        return checks[one.id].title

    def severity(one: CheckResult) -> str:
        return severities[checks[one.id].severity]

    def result(one: CheckResult) -> TableCell:
        if one.state is ProportionalityState.FOUND:
            return TableCell(text=severity(one), rating=str(checks[one.id].severity), scale="proportion")
        return TableCell(text=states[one.state])

    def advice(one: CheckResult) -> TableCell:
        if one.state is not ProportionalityState.FOUND:
            return TableCell(text="")
        text = f"{checks[one.id].finding} {checks[one.id].next_step}"
        return TableCell(text=text, detail="\n".join(about_names(one, t)))  # some are questions

    def name(one: CheckResult) -> TableCell:
        return TableCell(text=title(one), detail=one.id)

    def citations(one: CheckResult) -> Sequence[str]:
        return checks[one.id].citations

    return ResultsTable[CheckResult](
        "checks",
        t("Checks"),
        (
            ResultColumn("id", t("Id"), sheet=8),
            ResultColumn("title", t("Check"), title, sheet=40, page=4, cell=name),
            ResultColumn("severity", t("Severity"), severity, sheet=12),
            ResultColumn("result", t("Result"), lambda one: states[one.state], sheet=12, page=3, cell=result),
            ResultColumn("advice", t("What was found and what to do"), advice, page=9),
            ResultColumn("about", t("Background"), lambda one: t.points(about_names(one, t)), sheet=50),
            ResultColumn(
                "citations", t("Paragraph"), citations, sheet=28, page=3, cell=lambda one: _cited(citations(one), t)
            ),
        ),
    )


def _hours(judged: OverRegulation, sector: SectorResult, t: Translator, *, secret: bool) -> KeyFigures:
    """Return the burden in all, the part that is on bodies to be spared, and what could be freed."""
    burden = judged.burden
    spared = "–" if burden.share is None else share(None if secret else burden.share, 1, t)
    freed = None if any(_is_secret(lift, sector) for lift in judged.lifts) else round(judged.freed)
    most = share(load_checks().limits.burden_share.value, 1, t)
    return key_figures(
        (
            number(None if secret else round(burden.total), t),
            t("hours a year"),
            t("of all bodies together, as far as known"),
        ),
        (spared, t("on low-risk and out-of-scope bodies"), t("a warning above {limit}", limit=most)),
        (number(freed, t), t("hours could be freed"), t("without touching a body of medium or high risk")),
    )


def _burden_table(judged: OverRegulation, hidden: frozenset[Tier], t: Translator) -> DocumentTable:
    """Hours by tier; where those of one are hidden, no share tells the others apart."""
    by_tier = judged.burden.hours

    def hours(tier: Tier) -> int | None:
        return None if tier in hidden else round(by_tier[tier])

    def part(tier: Tier) -> str:
        return share(None if hidden else by_tier[tier], judged.burden.total, t)

    return ResultsTable[Tier](
        "burden-table",
        t("Burden by class: bodies times hours a year"),
        (
            ResultColumn("for", t("For"), lambda tier: _tier_name(tier, t), page=5),
            number_column("hours", t("Hours a year"), hours, t, page=3),
            ResultColumn("share", t("Share"), part, COUNT, page=2),
        ),
    ).in_document(by_tier, empty=t("No measure states both its hours and its bodies."))


def _lift_table(judged: OverRegulation, sector: SectorResult, t: Translator) -> DocumentTable:
    def how(lift: LiftableMeasure) -> str:
        if lift.whole:
            return t("drop it")
        tiers = t.listed(t("“{text}”", text=_tier_name(tier, t)) for tier in lift.tiers)
        return t.plural(
            "lift it for the class {tiers}", "lift it for the classes {tiers}", len(lift.tiers), tiers=tiers
        )

    def freed(lift: LiftableMeasure, count: float | None) -> str:
        if count is None:
            return t("not known")
        return number(None if _is_secret(lift, sector) else round(count), t)

    return ResultsTable[LiftableMeasure](
        "lift-table",
        t("Measures that could be lifted without affecting a body of medium or high risk"),
        (
            ResultColumn("measure", t("Measure"), page=6),
            ResultColumn("how", t("How"), how, page=5),
            ResultColumn("bodies", t("Bodies freed"), lambda lift: freed(lift, lift.bodies), COUNT, page=3),
            ResultColumn("hours", t("Hours freed a year"), lambda lift: freed(lift, lift.hours), COUNT, page=3),
        ),
    ).in_document(judged.lifts, empty=t("Nothing: no measure falls on a low-risk or out-of-scope body."))


def about_names(result: CheckResult, t: Translator) -> list[str]:
    """Measures by name, questions by their text, legal forms in words."""
    questions: Mapping[str, str] = {question.id: question.text for question in load_checks(t.language).questions}
    forms = load_names(t.language).segments if result.id == "O8" else {}
    return [questions.get(about) or forms.get((SegmentKind.LEGAL_FORM, about), about) for about in result.about]


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
