"""Whether the register could be classified, what to collect next, and whom to ask first."""

from __future__ import annotations

from collections.abc import Iterator

from fatf_kit.core.messages import Translator
from fatf_kit.npo.method.load import load_method
from fatf_kit.npo.model import QuestionRound, SectorResult, SectorVerdict
from fatf_kit.npo.questions.questionnaire import feature_names
from fatf_kit.npo.report.counts import CountLine, count_table
from fatf_kit.npo.report.disclosure import one, referred, shown_classes, with_class
from fatf_kit.npo.report.figures import key_figures, number, share
from fatf_kit.npo.report.names import Names
from fatf_kit.npo.survey import margin_of_error
from fatf_kit.report.model import Block, Bullets, Paragraph, Section
from fatf_kit.report.sections import make_note, make_section


def headline(sector: SectorResult, t: Translator) -> str:
    """Return the finding in one or two sentences."""
    classes = sector.classes
    if sector.verdict is SectorVerdict.NOT:
        text = _unnamed_countries(sector, t) or t(
            "The sector cannot be classified from this register: too little is known of its bodies."
        )
        if sector.group.bodies:
            text += " " + t("To be asked first: {n} of them.", n=number(one(sector.group.bodies), t))
    elif sector.verdict is SectorVerdict.PARTLY:
        bodies, money = _classified(sector, t)
        text = t(
            "Only a part of the sector can be classified from this register: {bodies} of the bodies that are or may be "
            "within the definition, with {money} of their money.",
            bodies=bodies,
            money=money,
        )
    else:
        text = _at_risk(sector, t)
    if sector.verdict is not SectorVerdict.NOT and sector.with_countries is not None:
        text += " " + _unnamed_countries(sector, t)
    if not sector.shows_subset:
        text += " " + t(
            "No factor of threat differs between the bodies with a class, so this register cannot show which of "
            "them are at risk."
        )
    if classes.referred:
        text += " " + t("Of the bodies of high risk, {n} are referred to investigators.", n=number(referred(sector), t))
    return text


def _unnamed_countries(sector: SectorResult, t: Translator) -> str:
    """Return that no countries of risk are named, where that is why bodies have no class; empty elsewhere."""
    if sector.with_countries is None:
        return ""
    return t(
        "No countries of risk are named. Bodies within the definition that would have a class with those that "
        "fatf-kit proposes: {n} of {total}.",
        n=number(one(sector.with_countries), t),
        total=t.number(sector.register.in_scope),
    )


def _at_risk(sector: SectorResult, t: Translator) -> str:
    """Return how many of the bodies with a class are at risk, and how many bodies have no class."""
    shown = shown_classes(sector)
    counts = {key: number(shown[key], t) for key in ("high", "medium")}
    n, classed = number(shown["at risk"], t), with_class(shown)
    if classed is None:
        return t(
            "Bodies at risk: {n}; {high} high and {medium} medium. Some bodies within the definition have no class; "
            "their number is not shown.",
            n=n,
            **counts,
        )
    text = t(
        "{n} of the {classed} bodies with a class are at risk: {high} high and {medium} medium.",
        n=n,
        classed=t.number(classed),
        **counts,
    )
    if not shown["unrated"]:
        return text + " " + t("Every body within the definition has a class.")
    return text + " " + t("Bodies within the definition without a class: {n}.", n=number(shown["unrated"], t))


def collect_blocks(sector: SectorResult, names: Names, t: Translator) -> Iterator[Block]:
    """Yield the columns to collect next, where the register could not be classified."""
    if sector.verdict is SectorVerdict.CLASSIFIED or not sector.group.collect:
        return
    yield Paragraph(text=t("Columns to collect next, the most useful first:"))
    yield Bullets(items=tuple(names.column(column) for column in sector.group.collect), numbered=True)


def _classified(sector: SectorResult, t: Translator) -> tuple[str, str]:
    bodies, money = sector.classified_share
    hidden = shown_classes(sector)["unrated"] is None
    held = t("none known") if money is None else share(None if hidden else money, 1, t)
    return share(None if hidden else bodies, 1, t), held


def asking_section(sector: SectorResult, t: Translator) -> Section:
    """Return the group to ask first, why, and what the answers brought so far."""
    group = sector.group
    names = feature_names(load_method(), t)
    money = number(None if one(group.bodies) is None else group.money, t) if group.money else t("not stated")
    whole = t("of {n} that are or may be within the definition", n=t.number(sector.candidates))
    figures = key_figures(
        (number(one(group.bodies), t), t("bodies to ask first"), whole),
        (number(one(group.first), t), t("before all others"), t("in listed countries or areas")),
        (money, t("their money"), sector.currency),
    )
    features = count_table(
        "ask-first-table", t("Features of exposure; a body may have several"), t("Feature"), t, with_share=False
    )
    note = t(
        "These bodies have no class yet and a known feature of exposure. A feature is a reason to ask, not "
        "a finding. The list with the reason for each, listed places first and then the largest money, is "
        "restricted; 'fatf-kit npo questionnaire' writes the questions."
    )
    return make_section(
        "ask-first",
        t("Whom to ask first"),
        Paragraph(text=note),
        figures,
        features.in_document(
            (CountLine(name=names[part.code], count=one(part.count)) for part in group.features),
            empty=t("No body without a class has a known feature of exposure."),
        ),
        *_rounds(sector, t),
    )


def _rounds(sector: SectorResult, t: Translator) -> Iterator[Block]:
    """Yield each round of questions, and what is classified with the answers."""
    if not sector.question_rounds:
        yield make_note(t("No body has been asked yet."))
        return
    for one_round in sector.question_rounds:
        yield Paragraph(text=_round(one_round, t))
    bodies, money = _classified(sector, t)
    yield Paragraph(
        text=t(
            "With these answers {bodies} of the bodies that are or may be within the definition have a class, and "
            "{money} of their money.",
            bodies=bodies,
            money=money,
        )
    )


def _round(one_round: QuestionRound, t: Translator) -> str:
    text = t(
        "Asked: {asked} of {group} bodies in the group. Answered: {answered} ({share}).",
        asked=t.number(one_round.requested),
        group=t.number(one_round.group),
        answered=number(one(one_round.answered), t),
        share=share(one(one_round.answered), one_round.requested, t),
    )
    if one_round.drawn is None:
        return text
    rest = one_round.group - (one_round.requested - one_round.drawn)
    margin = t.number(round(100 * margin_of_error(one_round.drawn, max(rest, one_round.drawn)), 1))
    return f"{text} " + t(
        "{drawn} of them were drawn at random from {rest}; if all of these answer, a share found among them is off by "
        "at most {margin} percentage points (95 per cent confidence).",
        drawn=t.number(one_round.drawn),
        rest=t.number(rest),
        margin=margin,
    )
