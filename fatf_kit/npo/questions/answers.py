"""Filled questionnaires: what bodies answered, by their number, laid over the register before it is read.

An answer goes before what the register says, and is read by the same rules as the register's own cells, so that it is
classified like any other fact.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import MappingProxyType

from fatf_kit.core.errors import FatfKitError
from fatf_kit.core.languages import clean
from fatf_kit.core.local_names import LocalName
from fatf_kit.core.problems import Problem, make_problem
from fatf_kit.npo.mapping.column_map import ColumnMap, FieldSource
from fatf_kit.npo.method.load import Method
from fatf_kit.npo.model import QuestionRound
from fatf_kit.npo.questions.questionnaire import BODIES, questionnaire_schema
from fatf_kit.npo.register.cell_values import parts_of
from fatf_kit.npo.register.file import Register
from fatf_kit.spreadsheets.reader import read_book
from fatf_kit.spreadsheets.rows import FilledRow
from fatf_kit.spreadsheets.sheet import CellValue


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """The answers: by number and column as text, the rounds of questions, and cells that could not be used."""

    bodies: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    question_rounds: tuple[QuestionRound, ...] = ()
    problems: tuple[Problem, ...] = ()

    def __bool__(self) -> bool:
        """Return whether anything was answered."""
        return bool(self.bodies)


def read_answers(paths: Iterable[Path], method: Method) -> Answers:
    """Return the answers in filled questionnaires. Of two answers of one body to one question the first counts.

    Copies of one round in several languages are one round: bodies are counted once.
    """
    bodies: dict[str, dict[str, str]] = {}
    rounds: dict[tuple[int, int | None], set[str]] = {}
    problems: list[Problem] = []
    for path in paths:
        book, found = read_book(path, questionnaire_schema(method))
        problems += found
        if book is None:
            continue
        rows = book.rows.get(BODIES, ())
        for row in rows:
            problems += _take(row, bodies.setdefault(row.id, {}), method)
        group, drawn = (_whole(book.stamp.get(fact, "")) for fact in ("group", "drawn"))
        if named := {row.id for row in rows}:
            rounds.setdefault((len(named) if group is None else group, drawn), set()).update(named)
    given = {npo_id: MappingProxyType(texts) for npo_id, texts in bodies.items() if texts}
    return Answers(
        bodies=MappingProxyType(given),
        question_rounds=tuple(
            QuestionRound(
                group=max(group, len(named)), requested=len(named), answered=len(named & given.keys()), drawn=drawn
            )
            for (group, drawn), named in rounds.items()
        ),
        problems=tuple(problems),
    )


def _take(row: FilledRow, known: dict[str, str], method: Method) -> Iterator[Problem]:
    """Add the answers of one row to those of its body; a Problem for each that differs from an earlier one."""
    for column, value in row.values.items():
        text = _text(value, method.columns[column].type)
        if text and known.setdefault(column, text) != text:
            yield make_problem("npo-answer-twice", row.ref.at(column), column=LocalName.of(method.columns[column].name))


def _whole(fact: str) -> int | None:
    """Return a number of the stamp."""
    return int(fact) if fact.isascii() and fact.isdigit() else None


def _text(value: CellValue, kind: str) -> str:
    """Return a cell as the register would write it; a share always with its sign."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | float):
        if kind == "share":
            return f"{100 * value if value <= 1 else value:g}%"
        return f"{value:.0f}" if float(value).is_integer() else repr(value)
    return clean(str(value))


def merge_answers(
    register: Register, mapping: ColumnMap, answers: Answers, method: Method, folder: Path
) -> tuple[Register, ColumnMap]:
    """Return the register with one more column for each question answered, and the mapping that reads it first.

    Raises:
        FatfKitError: the register cannot be read row by row.
    """
    columns = [c for c in method.columns if any(c in given for given in answers.bodies.values())]
    headings = {column: _heading(column, register.header) for column in columns}
    ids = [register.header.index(h) for h in mapping.fields["npo_id"].headings if h in register.header]
    path = folder / "answered.csv"
    rows = register.rows
    at_end = len(register.header)  # the number of the row in the file follows, where rows are numbered
    try:
        with (
            rows.csv.open(encoding="utf-8-sig", errors="surrogateescape", newline="") as source,
            path.open("w", encoding="utf-8", errors="surrogateescape", newline="") as target,
        ):
            lines = csv.reader(source, delimiter=register.delimiter)
            writer = csv.writer(target, delimiter=register.delimiter, lineterminator="\n")
            head = next(lines)
            writer.writerow([*head[:at_end], *headings.values(), *head[at_end:]])
            for number, row in enumerate(lines, 2 + register.above):
                line = row[at_end] if rows.numbered else number
                npo_id = next((row[at].strip(" ") for at in ids if row[at].strip(" ")), f"line-{line}")
                given = _cells(answers.bodies.get(npo_id, {}), columns, mapping)
                writer.writerow([*row[:at_end], *given, *row[at_end:]])
    except (OSError, csv.Error) as fault:
        raise FatfKitError(
            "The answers cannot be added to {file}: {reason}.", file=register.name, reason=fault
        ) from fault
    fields = {**mapping.fields, **{column: _field(mapping.fields.get(column), headings[column]) for column in columns}}
    made = replace(register, rows=replace(rows, csv=path), header=(*register.header, *headings.values()))
    return made, replace(mapping, fields=MappingProxyType(fields))


def _heading(column: str, header: Sequence[str]) -> str:
    heading = f"questionnaire: {column}"
    while heading in header:
        heading += "_"
    return heading


def _cells(given: Mapping[str, str], columns: Sequence[str], mapping: ColumnMap) -> Iterator[str]:
    """Yield the answers of one body.

    The constant of the mapping where it gave none, for a constant hides every heading.
    """
    for column in columns:
        source = mapping.fields.get(column)
        text = given.get(column, "")
        if source is not None and source.separator and text:
            text = source.separator.join(parts_of(text))
        yield text or (source.constant or "" if source is not None else "")


def _field(source: FieldSource | None, heading: str) -> FieldSource:
    if source is None:
        return FieldSource(headings=(heading,))
    return replace(source, headings=(heading, *source.headings), constant=None)
