"""The training record as a workbook: four sheets to work in, with a first sheet that explains them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from fatf_kit.assessment.folder.model import Agency
from fatf_kit.core.messages import Translator
from fatf_kit.spreadsheets.cell_writer import BookWriter
from fatf_kit.spreadsheets.covers import write_cover
from fatf_kit.spreadsheets.sheet import CellValue
from fatf_kit.spreadsheets.stamp import write_stamp
from fatf_kit.spreadsheets.writer import write_lists, write_table
from fatf_kit.training.model import TrainingRecord
from fatf_kit.training.schema import (
    HALF_CHOICES,
    KIND_CHOICES,
    OUTCOME_CHOICES,
    choose_agencies,
    make_training_schema,
    name_session,
)

_Row = Mapping[str, CellValue | None]

_NEXT = 10
"""How many sessions have their number in advance."""

_TABS = ("#2E7D6B", "#1F3A52", "#B7791F", "#5B6B79")


def render_record(
    record: TrainingRecord,
    agencies: Iterable[Agency],
    t: Translator,
    *,
    country: str = "",
    notices: Sequence[str] = (),
) -> bytes:
    """Return the bytes of the workbook; the same record gives the same bytes.

    `agencies` are those of the folder, whose names are in the drop-downs. `country` is its name in the reader's
    language. `notices` are printed on every page.
    """
    known = choose_agencies(agencies)
    schema = make_training_schema(known)
    cell_writer = BookWriter(t.language, t.points(map(t, notices)))
    heading = " – ".join(filter(None, (t("Training record"), country)))
    _write_cover(cell_writer, t, country)
    titles = (t("Sessions"), t("Participants"), t("Tests"), t("Different people"))
    rows = (_session_rows(record), _participant_rows(record), _test_rows(record), _people_rows(record))
    for title, table, tab, own in zip(titles, schema.tables, _TABS, rows, strict=True):
        write_table(cell_writer, title, table, list(own), tab=tab, heading=heading, lines=1)
    write_lists(cell_writer, (KIND_CHOICES, OUTCOME_CHOICES, HALF_CHOICES, *([known] if known.labels("en") else ())))
    write_stamp(cell_writer, schema, t("Training record"), {"language": t.language, "notices": "\n".join(notices)})
    return cell_writer.finish()


def _session_rows(record: TrainingRecord) -> Iterator[_Row]:
    for one in record.sessions:
        yield {
            "id": one.id,
            "day": one.day,
            "days": one.days,
            "place": one.place,
            "subject": one.subject,
            "kind": one.kind and str(one.kind),
            "units": ", ".join(one.units),
            "language": one.language,
            "organiser": one.organiser,
            "partner": one.partner,
            "material": one.material,
            "note": one.note,
        }
    last = max((int(one.id.partition("-")[2]) for one in record.sessions), default=0)
    yield from ({"id": name_session(number)} for number in range(last + 1, last + 1 + _NEXT))


def _participant_rows(record: TrainingRecord) -> Iterator[_Row]:
    for number, one in enumerate(record.attendance, start=1):
        yield {
            "row": str(number),
            "session": one.session,
            "agency": one.agency,
            "women": one.women,
            "men": one.men,
            "not_stated": one.not_stated,
            "total": one.total,
        }


def _test_rows(record: TrainingRecord) -> Iterator[_Row]:
    for number, one in enumerate(record.tests, start=1):
        yield {
            "row": str(number),
            "session": one.session,
            "outcome": one.outcome,
            "before_people": one.before.people,
            "before_mean": one.before.mean,
            "after_people": one.after.people,
            "after_mean": one.after.mean,
            "before_questions": ", ".join(one.before.questions),
            "after_questions": ", ".join(one.after.questions),
        }


def _people_rows(record: TrainingRecord) -> Iterator[_Row]:
    for number, one in enumerate(record.people, start=1):
        yield {
            "row": str(number),
            "year": one.year,
            "half": str(one.half),
            "agency": one.agency,
            "people": one.people,
        }


def _write_cover(cell_writer: BookWriter, t: Translator, country: str) -> None:
    how = (
        (t("No names"), t("Enter numbers of people only. Never write the name of a person on any sheet.")),
        (
            t("Sessions"),
            t("One row for each session. Its number, like T-01, never changes. One date: the first day."),
        ),
        (
            t("Participants"),
            t(
                "One row for each session and agency. A person in three sessions is counted three times: these are "
                "seats. Choose the agency from the list, or type the name of another body."
            ),
        ),
        (
            t("Tests"),
            t(
                "One row for each session and outcome: how many people were tested before and after, and their mean "
                "from 0 to 100. '{command}' writes two papers with different questions of equal kind.",
                command="fatf-kit training template --test IO.3",
            ),
        ),
        (
            t("Different people"),
            t("Ask each agency once in a half-year how many different people participated. Ask for the number only."),
        ),
    )
    write_cover(cell_writer, t("Training record"), country, ((t("How to keep this record"), how),))
