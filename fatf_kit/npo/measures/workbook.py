"""The workbook on which a country lists its measures for non-profit organisations, written."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from fatf_kit.core.files import write_file
from fatf_kit.core.messages import Translator
from fatf_kit.npo.measures.proportionality import MeasureQuestion, load_checks
from fatf_kit.npo.measures.schema import (
    AUDIENCES,
    BANDS,
    KINDS,
    MEASURES,
    MEASURES_BOOK,
    QUESTIONS,
    SEGMENTS,
    THREAT,
    YES_NO,
)
from fatf_kit.npo.measures.sector_rating import CountryQuestion, load_parts
from fatf_kit.spreadsheets.cell_writer import BookWriter
from fatf_kit.spreadsheets.sheet import CellValue
from fatf_kit.spreadsheets.stamp import write_stamp
from fatf_kit.spreadsheets.writer import SPARE_ROWS, Highlight, RowValues, write_lists, write_table

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
    t, no = Translator(language), YES_NO.label("no", language)
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
    write_lists(cell_writer, (KINDS, AUDIENCES, SEGMENTS, YES_NO, BANDS))
    write_stamp(cell_writer, MEASURES_BOOK, t("Measures for non-profit organisations"), {"language": language})
    return write_file(path, cell_writer.finish())


def _answers(
    questions: Iterable[MeasureQuestion | CountryQuestion], answers: Mapping[str, CellValue]
) -> Iterable[RowValues]:
    for one in questions:
        given = answers.get(one.id)
        answer = ("yes" if given else "no") if isinstance(given, bool) else given
        yield {"question": one.id, "asked": one.text, "answer": answer}
