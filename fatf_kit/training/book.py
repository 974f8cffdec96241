"""The training record as a workbook: four sheets to work in, with a first sheet that explains them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from fatf_kit.assessment.folder.model import Agency
from fatf_kit.core.messages import Translator
from fatf_kit.spreadsheets.kept_books import KeptBook, KeptSheet
from fatf_kit.spreadsheets.schema import BookSchema
from fatf_kit.spreadsheets.writer import RowValues
from fatf_kit.training.model import TrainingRecord, TrainingTest
from fatf_kit.training.schema import (
    HALF_CHOICES,
    KIND_CHOICES,
    OUTCOME_CHOICES,
    choose_agencies,
    make_training_schema,
    name_session,
)

_NEXT = 10
"""How many sessions have their number in advance."""


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
    lists = (KIND_CHOICES, OUTCOME_CHOICES, HALF_CHOICES)
    no_names = t("Enter numbers of people only. Never write the name of a person on any sheet.")
    book = KeptBook(
        schema=schema,
        title=t("Training record"),
        how=t("How to keep this record"),
        sheets=tuple(_sheets(record, schema, t)),
        lists=(*lists, known) if known.labels("en") else lists,
        first=((t("No names"), no_names),),
        freeze=1,
        lines=1,
    )
    return book.render(t, country=country, notices=notices)


def _sheets(record: TrainingRecord, schema: BookSchema, t: Translator) -> Iterator[KeptSheet[Any]]:
    sessions, participants, tests, people = schema.tables
    last = max((int(one.id.partition("-")[2]) for one in record.sessions), default=0)
    yield KeptSheet(
        t("Sessions"),
        t("One row for each session. Its number, like T-01, never changes. One date: the first day."),
        sessions,
        record.sessions,
        added=[{"id": name_session(number)} for number in range(last + 1, last + 1 + _NEXT)],
        tab="#2E7D6B",
    )
    yield KeptSheet(
        t("Participants"),
        t(
            "One row for each session and agency. A person in three sessions is counted three times: these are "
            "seats. Choose the agency from the list, or type the name of another body."
        ),
        participants,
        record.attendance,
    )
    yield KeptSheet(
        t("Tests"),
        t(
            "One row for each session and outcome: how many people were tested before and after, and their mean "
            "from 0 to 100. '{command}' writes two papers with different questions of equal kind.",
            command="fatf-kit training template --test IO.3",
        ),
        tests,
        record.tests,
        cells=_list_results,
        tab="#B7791F",
    )
    yield KeptSheet(
        t("Different people"),
        t("Ask each agency once in a half-year how many different people participated. Ask for the number only."),
        people,
        record.people,
        tab="#5B6B79",
    )


def _list_results(test: TrainingTest) -> RowValues:
    return {
        "before_people": test.before.people,
        "before_mean": test.before.mean,
        "after_people": test.after.people,
        "after_mean": test.after.mean,
        "before_questions": ", ".join(test.before.questions),
        "after_questions": ", ".join(test.after.questions),
    }
