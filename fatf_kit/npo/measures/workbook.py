"""The workbook of a country's measures for non-profit organisations: declared, written and read filled.

Its tables are the measures, one row for each, and the questions: on assessment and sanctions, and on another sheet on
the nature of the threat, how the sector was consulted and what was decided on its rating. A cell that cannot be used is
a Problem, and the measure then is judged by what is left, or not at all.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path

from fatf_kit.core.messages import Translator
from fatf_kit.core.problems import Problem, make_problem, quote_found
from fatf_kit.core.store import write_output
from fatf_kit.npo.measures.catalogue import CountryMeasure, NationalMeasures, Tier, load_measures
from fatf_kit.npo.measures.proportionality import MeasureQuestion, load_checks
from fatf_kit.npo.measures.sector_rating import CountryQuestion, load_parts
from fatf_kit.npo.model import Decision
from fatf_kit.npo.register.template_schema import YES_OR_NO
from fatf_kit.npo.scales import RiskBand, SegmentKind
from fatf_kit.spreadsheets.cell_writer import BookWriter
from fatf_kit.spreadsheets.reader import read_book
from fatf_kit.spreadsheets.schema import BookSchema, CellKind, Choices, SheetColumn, SheetTable
from fatf_kit.spreadsheets.sheet import CellValue
from fatf_kit.spreadsheets.stamp import write_stamp
from fatf_kit.spreadsheets.values import Record
from fatf_kit.spreadsheets.writer import SPARE_ROWS, Highlight, RowValues, write_lists, write_table


def band_names(t: Translator) -> dict[str, str]:
    """Return the five bands of risk in words."""
    names = {tier.tier.value: tier.name for tier in load_measures(t.language).tiers}
    between = {RiskBand.MEDIUM_LOW: t("Medium-low"), RiskBand.MEDIUM_HIGH: t("Medium-high")}
    return {band.value: between.get(band) or names[band.value] for band in RiskBand}


def _segment_names(language: str) -> Mapping[str, str]:
    t = Translator(language)
    return {
        SegmentKind.ACTIVITY: t("Activity"),
        SegmentKind.REGION: t("Region"),
        SegmentKind.LEGAL_FORM: t("Legal form"),
        SegmentKind.SIZE: t("Size"),
    }


KINDS = Choices("npo_kinds", lambda language: {one.id: one.name for one in load_measures(language).kinds.values()})
AUDIENCES = Choices(
    "npo_audiences", lambda language: {one.id: one.name for one in load_measures(language).audiences.values()}
)
SEGMENTS = Choices("npo_segments", _segment_names)
BANDS = Choices("npo_bands", lambda language: band_names(Translator(language)))

_CHOICE = CellKind.CHOICE

MEASURES = SheetTable(
    name="measures",
    nameless=True,
    unfilled=True,
    columns=(
        SheetColumn("measure", "Measure", width=40),
        SheetColumn("kind", "Kind of measure", kind=_CHOICE, choices=KINDS, width=30, style="short text"),
        SheetColumn("audience", "On whom", kind=CellKind.CHOICES, choices=AUDIENCES, width=24, style="short text"),
        SheetColumn("segment_by", "Only a segment: by", kind=_CHOICE, choices=SEGMENTS, width=17),
        SheetColumn("segment", "Which segment", width=20),
        SheetColumn("because_of_tf", "Because of terrorist financing?", kind=_CHOICE, choices=YES_OR_NO, width=19),
        SheetColumn("legal_basis", "Legal basis", width=30),
        SheetColumn("hours", "Hours a year for one body", kind=CellKind.NUMBER, width=18),
        SheetColumn("bodies", "Number of bodies", kind=CellKind.WHOLE, width=15),
    ),
)
"""The measures; a measure may be known by its kind alone."""


_ANSWER = SheetColumn("answer", "Answer", width=22)
_ANSWERS: Mapping[str, SheetColumn] = {
    "yes_no": replace(_ANSWER, kind=_CHOICE, choices=YES_OR_NO, style="rating"),
    "band": replace(_ANSWER, kind=_CHOICE, choices=BANDS, style="rating"),
    "date": replace(_ANSWER, kind=CellKind.DATE),
    "text": _ANSWER,
}


@cache
def question_kinds() -> Mapping[str, str]:
    """Return what the answer to each question is, by its id: "yes_no", "band", "date" or "text"."""
    kinds = {question.id: question.kind for question in load_checks().questions}
    return kinds | {part.id: part.kind for part in load_parts()}


def _answer_column(question: str) -> SheetColumn | None:
    return _ANSWERS.get(question_kinds().get(question, ""))


QUESTIONS = SheetTable(
    name="questions",
    ids=question_kinds,
    columns=(
        SheetColumn("question", "Id", kind=CellKind.ID, width=26, hidden=True),
        SheetColumn("asked", "Question", kind=CellKind.PRINTED, width=76, style="requirement"),
        replace(_ANSWER, column_of=_answer_column),
        SheetColumn("remark", "Where this is written", width=44),
    ),
)
"""The questions, each with an answer of its own kind."""

_WIDE = {"asked": 52, "answer": 64, "remark": 36}
THREAT = replace(
    QUESTIONS, columns=tuple(replace(one, width=_WIDE.get(one.key, one.width)) for one in QUESTIONS.columns)
)
"""The same as it is written where answers are long."""

MEASURES_BOOK = BookSchema(
    kind="npo-measures",
    what="the measures for non-profit organisations",
    command="fatf-kit npo template",
    tables=(MEASURES, QUESTIONS),
)


_ROWS = 60


def write_measures_workbook(
    path: Path,
    language: str = "en",
    rows: Sequence[Mapping[str, CellValue]] = (),
    answers: Mapping[str, CellValue] | None = None,
) -> Path:
    """Write the workbook, blank or with measures by column key and answers by question or part already in it.

    Raises:
        FatfKitError: it cannot be written.
    """
    t, no = Translator(language), YES_OR_NO.label("no", language)
    cell_writer = BookWriter(language)
    title = t("Measures for non-profit organisations")
    note = t(
        "One row for each measure in force. General law that has nothing to do with terrorist financing may be listed "
        "with 'no'; no check concerns it. A blank means that it is not known, never zero."
    )
    write_table(
        cell_writer,
        t("Measures"),
        MEASURES,
        rows,
        tab="#1F3A52",
        heading=title,
        above=(title, note),
        spare=max(SPARE_ROWS, _ROWS - len(rows)),
        highlights=(
            Highlight('AND({measure}&{kind}&{audience}<>"",OR({kind}="",{audience}=""))', "state blocked"),
            Highlight(f'{{because_of_tf}}="{no}"', "state over"),
        ),
    )
    for title, sheet, table, questions in (
        (t("Questions on the assessment and on sanctions"), t("Questions"), QUESTIONS, load_checks(language).questions),
        (
            t("The nature of the threat, the sector's views, and the decision"),
            t("Threat and decision"),
            THREAT,
            load_parts(language),
        ),
    ):
        given = list(_answers(questions, answers or {}))
        write_table(cell_writer, sheet, table, given, tab="#5B6B79", heading=title, above=(title,), freeze=2, spare=0)
    write_lists(cell_writer, (KINDS, AUDIENCES, SEGMENTS, YES_OR_NO, BANDS))
    write_stamp(cell_writer, MEASURES_BOOK, t("Measures for non-profit organisations"), {"language": language})
    return write_output(path, cell_writer.finish(), force=True)


def _answers(
    questions: Iterable[MeasureQuestion | CountryQuestion], answers: Mapping[str, CellValue]
) -> Iterable[RowValues]:
    for one in questions:
        given = answers.get(one.id)
        answer = ("yes" if given else "no") if isinstance(given, bool) else given
        yield {"question": one.id, "asked": one.text, "answer": answer}


_DECISION = ("rating", "reason", "office", "decided_on")


def read_measures_workbook(path: Path) -> tuple[NationalMeasures | None, tuple[Problem, ...]]:
    """Return what a country filled in, and every cell that could not be used, in the order of the sheets.

    None where the file cannot be read or is not such a workbook.
    """
    book, found = read_book(path, MEASURES_BOOK)
    if book is None:
        return None, found
    rows, answers = book.records(MEASURES.name), book.records(QUESTIONS.name)
    problems = book.problems
    measures = tuple(_measures(rows, problems))
    answered = _answered(answers, problems)
    kinds = question_kinds()
    parts = {part.id: part.group for part in load_parts()}
    said = {name: row.choice("answer") for name, row in answered.items() if kinds[name] == "yes_no"}
    review = answered.get("last_review")
    texts = {name: text for name, row in answered.items() if name in parts and (text := row.text("answer"))}
    return NationalMeasures(
        measures=measures,
        answers={name: code == "yes" for name, code in said.items() if code},
        last_review=review.date("answer") if review else None,
        written={name: text for name, row in answered.items() if (text := row.text("remark"))},
        described={name: texts[name] for name, group in parts.items() if group != "decision" and name in texts},
        decision=_decision(answered, problems),
    ), tuple(problems)


def _measures(rows: Iterable[Record], problems: list[Problem]) -> Iterator[CountryMeasure]:
    """Yield the measures that say what they are and on whom they fall; a Problem for each other row."""
    audiences, kinds = load_measures().audiences, load_measures().kinds
    for row in rows:
        kind, by, which = row.choice("kind"), row.choice("segment_by"), row.text("segment")
        tiers = frozenset[Tier]().union(*(audiences[code].tiers for code in row.items("audience")))
        missing = [key for key, given in (("kind", kind), ("audience", tiers)) if not given]
        if not missing and bool(by) != bool(which):
            missing = ["segment" if by else "segment_by"]
        if kind is None or missing:
            problems.append(
                make_problem("npo-measure-incomplete", row.ref(missing[0]), missing=MEASURES.list_headings(missing))
            )
            continue
        hours = row.number("hours")
        yield CountryMeasure(
            name=row.id or kinds[kind].name,
            kind=kind,
            tiers=tiers,
            segment=(SegmentKind(by), which) if by else None,
            legal_basis=row.text("legal_basis"),
            because_of_tf=row.choice("because_of_tf") != "no",
            hours=None if hours is None else float(hours),
            bodies=row.count("bodies"),
            ref=row.ref("measure"),
        )


def _answered(rows: Iterable[Record], problems: list[Problem]) -> Mapping[str, Record]:
    """Return the rows by their question; of two to one question the first."""
    found: dict[str, Record] = {}
    for row in rows:
        if row.id not in question_kinds():
            problems.append(make_problem("npo-question", row.row.ref.place, **quote_found(row.id)))
        elif row.id in found:
            other = found[row.id].row.ref.place
            problems.append(make_problem("id-duplicated", row.row.ref.place, other=other))
        else:
            found[row.id] = row
    return found


def _decision(answered: Mapping[str, Record], problems: list[Problem]) -> Decision | None:
    """Return the working group's decision.

    Without a rating or a reason nothing of it is used, and each cell is a Problem.
    """
    parts = {name: row for name in _DECISION if (row := answered.get(name)) and row.has("answer")}
    rating = parts["rating"].choice("answer") if "rating" in parts else None
    if rating and "reason" in parts:
        return Decision(
            rating=RiskBand(rating),
            reason=parts["reason"].text("answer"),
            office=parts["office"].text("answer") if "office" in parts else "",
            on=parts["decided_on"].date("answer") if "decided_on" in parts else None,
        )
    code = "npo-decision-reason" if rating else "npo-decision-rating"
    problems += (make_problem(code, row.ref("answer")) for name, row in parts.items() if rating or name != "rating")
    return None
