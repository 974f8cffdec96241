"""The training record as a page for a partner or for the government, with its sheets and its JSON."""

from __future__ import annotations

from collections.abc import Iterator

from fatf_kit.core.messages import Translator
from fatf_kit.report.model import Block, Bullets, Document, KeyFigure, KeyFigures, Paragraph, Report, Section, Tone
from fatf_kit.training.counts import FEWEST, HalfYearPeople, TrainingSummary
from fatf_kit.training.model import TrainingAudience
from fatf_kit.training.payload import make_training_payload
from fatf_kit.training.report_tables import TrainingImprint, TrainingTables


def build_training_report(summary: TrainingSummary, imprint: TrainingImprint, t: Translator) -> Report:
    """Return the page for the audience of a summary, with its sheets and its JSON."""
    tables = TrainingTables(summary, imprint, t)
    document = Document(
        id="training",
        title=t("Training record"),
        subtitle=imprint.country,
        language=t.language,
        facts=(
            (t("As of"), t.day(summary.today)),
            (t("Audience"), t(_COPIES[summary.audience])),
            (t("Made by"), t("fatf-kit {tool}", tool=imprint.tool)),
        ),
        notices=imprint.notices,
        sections=tuple(_list_sections(summary, tables, imprint, t)),
        summary=Section(anchor="summary", title=t("Summary"), blocks=tuple(_list_figures(summary, t))),
        compact=True,
        contents_depth=0,
        made_on=imprint.generated_at,
    )
    return Report(document=document, tables=tuple(tables.list_sheets()), payload=make_training_payload(summary))


_COPIES = {
    TrainingAudience.PARTNER: "copy for a partner, without ratings of the country",
    TrainingAudience.GOVERNMENT: "copy of the government, not for others",
}

COPY_TEXTS = tuple(_COPIES.values())


def _list_figures(summary: TrainingSummary, t: Translator) -> Iterator[Block]:
    if not summary.sessions:
        yield Paragraph(text=t("No training session has been recorded yet."))
        return
    sexes = summary.sexes
    detail = ""
    if sexes is not None and sexes.seats:
        parts = (
            (t("women"), sexes.women),
            (t("men"), sexes.men),
            (t("not stated"), sexes.not_stated),
        )
        detail = t.listed(t("{name}: {text}", name=name, text=t.number(count)) for name, count in parts)
    few = t("fewer than {n}", n=FEWEST)
    yield KeyFigures(
        figures=(
            KeyFigure(value=t.number(len(summary.sessions)), label=t("sessions held")),
            KeyFigure(value=t.number(summary.days), label=t("days of training")),
            KeyFigure(
                value=few if summary.seats is None else t.number(summary.seats),
                label=t("seats of participants"),
                detail=detail,
            ),
            KeyFigure(
                value=t.number(len(summary.covered_outcomes)),
                label=t("Immediate Outcomes covered"),
                detail=t("of {n}", n=11),
            ),
        )
    )
    yield Paragraph(
        text=t(
            "A seat is one person in one session: a person who took part in three sessions counts as three seats. "
            "The record has numbers only and no names."
        )
    )
    if summary.sexes is None:
        text = t("Counts by sex are not shown, because one of them is under {n}.", n=FEWEST)
        yield Paragraph(text=text, tone=Tone.SMALL)
    if summary.people:
        counts = t.points(_describe_people(one, t) for one in summary.people)
        text = t("Different people, as agencies counted them: {counts}", counts=counts)
        yield Paragraph(text=f"{text}.")


def _describe_people(one: HalfYearPeople, t: Translator) -> str:
    number = t("fewer than {n}", n=FEWEST) if one.people is None else t.number(one.people)
    agencies = t.plural("{n} agency", "{n} agencies", one.agencies)
    return t(
        "{half} of {year}: {number} ({agencies})",
        half=t(str(one.half)),
        year=one.year,
        number=number,
        agencies=agencies,
    )


def _list_sections(
    summary: TrainingSummary, tables: TrainingTables, imprint: TrainingImprint, t: Translator
) -> Iterator[Section]:
    if not summary.sessions and summary.audience is TrainingAudience.PARTNER:
        return
    if summary.sessions:
        yield Section(anchor="sessions", title=t("Sessions"), blocks=(tables.sessions().in_document(summary.sessions),))
        none = t("No participants have been entered yet.")
        yield Section(
            anchor="agencies",
            title=t("Participants by agency"),
            blocks=(tables.agencies().in_document(summary.agencies, empty=none), *_note_merged(summary, t)),
        )
        yield Section(
            anchor="covered",
            title=t("Outcomes and Recommendations covered"),
            blocks=(tables.covered().in_document(summary.covered, empty=t("No session names an outcome.")),),
        )
        yield Section(anchor="tests", title=t("Tests before and after"), blocks=tuple(_list_tests(summary, tables, t)))
    if summary.audience is TrainingAudience.GOVERNMENT:
        yield from _list_own_sections(summary, tables, imprint, t)


def _note_merged(summary: TrainingSummary, t: Translator) -> tuple[Block, ...]:
    if not summary.merged:
        return ()
    if not any(one.is_merged for one in summary.agencies):
        text = t("Agencies are not shown, because fewer than {n} people took part.", n=FEWEST)
    else:
        text = t.plural(
            "{n} agency is in the row of other agencies, so that no group under {fewest} is shown.",
            "{n} agencies are in the row of other agencies, so that no group under {fewest} is shown.",
            summary.merged,
            fewest=FEWEST,
        )
    return (Paragraph(text=text, tone=Tone.SMALL),)


def _list_tests(summary: TrainingSummary, tables: TrainingTables, t: Translator) -> Iterator[Block]:
    yield tables.tests().in_document(summary.tests, empty=t("No test has been recorded."))
    if not summary.tests:
        return
    text = t(
        "Both tests have different questions of equal kind; n is the number of people. A change can be read as one of "
        "the group only where the same number of people took both tests. It does not prove an effect on the work."
    )
    yield Paragraph(text=text, tone=Tone.SMALL)
    if any(one.is_before_withheld or one.is_after_withheld for one in summary.tests):
        text = t("A mean of fewer than {n} people is not shown.", n=FEWEST)
        yield Paragraph(text=text, tone=Tone.SMALL)


def _list_own_sections(
    summary: TrainingSummary, tables: TrainingTables, imprint: TrainingImprint, t: Translator
) -> Iterator[Section]:
    yield Section(
        anchor="low",
        title=t("Outcomes rated ME or LE"),
        blocks=(
            tables.low_rated().in_document(
                summary.low_rated, empty=t("No outcome is rated ME or LE in the country's own assessment.")
            ),
            Paragraph(
                text=t("Indicative ratings of the country's own assessment; the worst case counts."), tone=Tone.SMALL
            ),
        ),
    )
    needs = tuple(
        t(
            "{name}: {text}",
            name=f"{one.id} {imprint.name_unit(one.id)}",
            text=t.plural("{n} open gap", "{n} open gaps", one.findings),
        )
        for one in summary.needs
    )
    text = t("Outcomes rated ME or LE with open gaps and without a session, the lowest rating first.")
    nothing = Paragraph(text=t("Every outcome rated ME or LE with open gaps has had a session."))
    yield Section(
        anchor="needs",
        title=t("Next needs"),
        blocks=(Paragraph(text=text, tone=Tone.SMALL), Bullets(items=needs)) if needs else (nothing,),
    )
