"""The training record as a page for a partner or for the government, with its sheets and its JSON."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from fatf_kit.core.messages import Translator
from fatf_kit.report.model import Block, Bullets, Document, DocumentTable, Paragraph, Report, Section
from fatf_kit.report.sections import make_key_figures, make_note, make_section
from fatf_kit.training.counts import HalfYearPeople, TrainingSummary
from fatf_kit.training.payload import make_training_payload
from fatf_kit.training.report_tables import TrainingImprint, TrainingTables
from fatf_kit.training.withholding import FEWEST


def build_training_report(summary: TrainingSummary, imprint: TrainingImprint, t: Translator) -> Report:
    """Return the page for the audience of a summary, with its sheets and its JSON."""
    tables = TrainingTables(summary, imprint, t)
    own = t("Copy of the government, with its own ratings: not for others")
    day = t("as of {day}", day=t.day(summary.today))
    document = Document(
        id="training",
        title=t("Training record"),
        subtitle=" – ".join(filter(None, (imprint.country, day))),
        language=t.language,
        facts=(),
        notices=imprint.notices,
        sections=tuple(_list_sections(summary, tables, imprint, t)),
        summary=make_section("summary", t("Summary"), *_list_figures(summary, t)),
        compact=True,
        contents_depth=0,
        banner=own if summary.is_own else "",
        made_on=imprint.generated_at,
    )
    payload = make_training_payload(summary)
    return Report(document=document, tables=tuple(tables.list_sheets()), payload=payload)


def _list_figures(summary: TrainingSummary, t: Translator) -> Iterator[Block]:
    if not summary.sessions:
        yield Paragraph(text=t("No training session has been recorded yet."))
        return
    sexes, detail = summary.sexes, ""
    outcomes = t.number(len(summary.covered_outcomes))
    if sexes is not None and sexes.seats:
        names = (t("women"), t("men"), t("not stated"))
        counts = (sexes.women, sexes.men, sexes.not_stated)
        shown = zip(names, map(t.number, counts), strict=True)
        detail = t.points(t("{name}: {text}", name=name, text=text) for name, text in shown)
    yield make_key_figures(
        (
            (t.number(len(summary.sessions)), t("training sessions")),
            (t.number(summary.days), t("days of training")),
            (_show_people(summary.seats, t), t("seats of participants"), detail),
            (outcomes, t("Immediate Outcomes covered"), t("of {n}", n=11)),
        )
    )
    yield Paragraph(
        text=t(
            "A seat is one person in one session: a person who attended three sessions counts as three seats. "
            "The record has numbers only and no names."
        )
    )
    if sexes is None:
        yield make_note(t("Counts by sex are not shown, because one of them is under {n}.", n=FEWEST))
    if summary.people:
        people = t.points(_describe_people(one, t) for one in summary.people)
        text = t("Different people, as agencies counted them: {counts}", counts=people)
        yield Paragraph(text=f"{text}.")


def _show_people(number: int | None, t: Translator) -> str:
    return t("fewer than {n}", n=FEWEST) if number is None else t.number(number)


def _describe_people(one: HalfYearPeople, t: Translator) -> str:
    agencies = t.plural("{n} agency", "{n} agencies", one.agencies)
    facts = {"number": _show_people(one.people, t), "half": t(str(one.half)), "agencies": agencies}
    return t("{number} in the {half} of {year} ({agencies})", year=one.year, **facts)


def _list_sections(
    summary: TrainingSummary, tables: TrainingTables, imprint: TrainingImprint, t: Translator
) -> Iterator[Section]:
    if summary.sessions:
        none = t("No participants have been entered yet.")
        agencies = _show(tables.agencies().in_document(summary.agencies, empty=none))
        notes = _note_merged(summary, t)
        sessions = _show(tables.sessions().in_document(summary.sessions))
        yield make_section("sessions", t("Sessions"), sessions)
        yield make_section("agencies", t("Participants by agency"), agencies, *notes)
        covered = _list_covered(summary, tables, t)
        yield make_section("covered", t("Outcomes and Recommendations covered"), *covered)
        yield make_section("tests", t("Tests before and after"), *_list_tests(summary, tables, t))
    if summary.is_own:
        yield from _list_own_sections(summary, tables, imprint, t)


def _show(table: DocumentTable) -> DocumentTable:
    """Return a table close together and without a caption, which would repeat the heading of its section."""
    return replace(table, caption="", dense=True)


def _list_covered(summary: TrainingSummary, tables: TrainingTables, t: Translator) -> Iterator[Block]:
    """Yield the outcomes as a table, and Recommendations as one line."""
    outcomes = [one for one in summary.covered if one.unit.startswith("IO.")]
    others = [one.unit for one in summary.covered if one not in outcomes]
    yield _show(tables.covered().in_document(outcomes, empty=t("No session names an outcome.")))
    if others:
        yield Paragraph(text=t("Recommendations covered: {names}", names=t.listed(others)))


def _note_merged(summary: TrainingSummary, t: Translator) -> Iterator[Block]:
    if not summary.merged:
        return
    if not any(one.is_merged for one in summary.agencies):
        yield make_note(t("Agencies are not shown, because the participants are fewer than {n}.", n=FEWEST))
        return
    yield make_note(
        t.plural(
            "{n} agency is counted in the row of other agencies, so that no group of fewer than {fewest} people is "
            "shown.",
            "{n} agencies are counted in the row of other agencies, so that no group of fewer than {fewest} people "
            "is shown.",
            summary.merged,
            fewest=FEWEST,
        )
    )


def _list_tests(summary: TrainingSummary, tables: TrainingTables, t: Translator) -> Iterator[Block]:
    yield _show(tables.tests().in_document(summary.tests, empty=t("No test has been recorded.")))
    if summary.tests:
        text = t(
            "n is the number of people. A change can be read as a change of the group only where the same number of "
            "people was tested twice. It does not prove an effect on the work."
        )
        yield make_note(text)
    if any(one.is_before_withheld or one.is_after_withheld for one in summary.tests):
        yield make_note(t("Averages of groups of fewer than {n} people are not shown.", n=FEWEST))


def _list_own_sections(
    summary: TrainingSummary, tables: TrainingTables, imprint: TrainingImprint, t: Translator
) -> Iterator[Section]:
    none = t("No outcome is rated ME or LE in the country's own assessment.")
    table = _show(tables.low_rated().in_document(summary.low_rated, empty=none))
    source = make_note(t("Indicative ratings of the country's own assessment; the worst case counts."))
    yield make_section("low", t("Outcomes rated ME or LE"), table, source)
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
    blocks = (make_note(text), Bullets(items=needs)) if needs else (nothing,)
    yield make_section("needs", t("Next needs"), *blocks)
