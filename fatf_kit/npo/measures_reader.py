"""The workbook of a country's measures, read filled.

Choices are accepted as codes and in every shipped language; a cell that cannot be used is a Problem, and the measure
then is judged by what is left, or not at all.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path

from fatf_kit.locale import clean, normalise
from fatf_kit.npo.measures import CountryMeasure, NationalMeasures, Tier, load_measures
from fatf_kit.npo.measures_workbook import COLUMNS, choice_labels, codes_of, printed_texts
from fatf_kit.npo.model import Decision
from fatf_kit.npo.proportionality import load_checks
from fatf_kit.npo.proposal import load_parts
from fatf_kit.npo.scales import RiskBand, SegmentKind
from fatf_kit.problems import CellRef, Problem, make_problem
from fatf_kit.spreadsheets.dates import date_problem, read_date
from fatf_kit.spreadsheets.files import open_sheets
from fatf_kit.spreadsheets.sheet import CellValue, Sheet, flaw
from fatf_kit.workbook.beside import around, over
from fatf_kit.workbook.printed import typed_on

_ENOUGH = 5  # keys that must stand in one row before it counts as the head


def read_measures_workbook(path: Path) -> tuple[NationalMeasures | None, tuple[Problem, ...]]:
    """What a country filled in, and every cell that could not be used, in the order of the sheets.

    None where the file cannot be read or is no such workbook.
    """
    sheets = open_sheets(path)
    if isinstance(sheets, Problem):
        return None, (sheets,)
    problems: list[Problem] = []
    measures: list[CountryMeasure] = []
    answers: dict[str, bool] = {}
    written: dict[str, str] = {}
    described: dict[str, str] = {}
    last_review: date | None = None
    ours = False
    for sheet in sheets:
        if head := find_head(sheet, tuple(COLUMNS)):
            ours = True
            measures += _read_measures(sheet, *head, problems)
        elif head := find_head(sheet, ("question", "answer", "remark")):
            ours = True
            texts, reviewed = _read_answers(sheet, *head, answers, written, problems)
            described |= texts
            last_review = reviewed or last_review
        elif not _is_lists(sheet):
            problems += typed_on(sheet, ())
    if not ours:
        return None, (
            make_problem(
                "workbook-not-ours",
                CellRef(file=path.name),
                what="the measures for non-profit organisations",
                command="fatf-kit npo measures",
            ),
        )
    problems += over(sheets)
    made = NationalMeasures(
        measures=tuple(measures),
        answers=answers,
        last_review=last_review,
        written=written,
        described={part.id: described[part.id] for part in load_parts()
                   if part.group != "decision" and part.id in described},
        decision=_decision(described, CellRef(file=path.name), problems),
    )  # fmt: skip
    return made, tuple(problems)


def _is_lists(sheet: Sheet) -> bool:
    """The hidden sheet behind the drop-downs, on which nothing but choices stands."""
    texts = [value for value in sheet.distinct if value != ""]
    lists = ("kind", "audience", "segment_by", "because_of_tf", "band")
    known = {text for name in lists for text in codes_of(name)}
    return all(isinstance(value, str) and normalise(value) in known for value in texts)


def find_head(sheet: Sheet, keys: Collection[str], at_least: int | None = None) -> tuple[int, dict[str, int]] | None:
    """The row of keys and where each column is, wherever the table was moved; `at_least` of the keys must be in it."""
    for number, row in enumerate(sheet.grid):
        found = {text: at for at, value in enumerate(row) if isinstance(value, str) and (text := value.strip()) in keys}
        if len(found) >= (at_least or min(_ENOUGH, len(keys))):
            return number, found
    return None


def _read_measures(
    sheet: Sheet, head: int, columns: Mapping[str, int], problems: list[Problem]
) -> Iterator[CountryMeasure]:
    for row in range(head + 1, len(sheet.grid)):
        cells = _Row(sheet, row, columns, problems)
        problems += [
            flaw(sheet.flaws[row, at], cells.ref(key)) for key, at in columns.items() if (row, at) in sheet.flaws
        ]
        if any(cells.value(key) is not None for key in columns):
            made = _measure(cells)
            if made is not None:
                yield made
    problems += around(sheet, set(columns.values()), head, printed_texts())


def _measure(cells: _Row) -> CountryMeasure | None:
    """The measure of one row; None where it does not say what it is or on whom it falls."""
    kind, tiers = cells.choice("kind"), cells.audience()
    name = cells.text("measure")
    if kind is None or not tiers:
        cells.incomplete([key for key, missing in (("kind", kind is None), ("audience", not tiers)) if missing])
        return None
    by, which = cells.choice("segment_by"), cells.text("segment")
    if bool(by) != bool(which):
        cells.incomplete(["segment" if by else "segment_by"])
        return None
    return CountryMeasure(
        name=name or load_measures().kinds[kind].name,
        kind=kind,
        tiers=tiers,
        segment=(SegmentKind(by), which) if by else None,
        legal_basis=cells.text("legal_basis"),
        because_of_tf=cells.choice("because_of_tf") != "no",
        hours=cells.number("hours"),
        bodies=None if (bodies := cells.number("bodies", whole=True)) is None else int(bodies),
        ref=cells.ref("measure"),
    )


class _Row:
    """One row of the table, cell by cell; what cannot be used is added to the problems."""

    def __init__(self, sheet: Sheet, row: int, columns: Mapping[str, int], problems: list[Problem]) -> None:
        self._sheet, self._row, self._columns, self._problems = sheet, row, columns, problems

    def value(self, key: str) -> CellValue | None:
        at = self._columns.get(key)
        return None if at is None else self._sheet.value(self._row, at)

    def text(self, key: str) -> str:
        value = self.value(key)
        return "" if value is None else clean(str(value))

    def ref(self, key: str) -> CellRef:
        return self._sheet.ref(self._row, self._columns.get(key, 0))

    def choice(self, key: str) -> str | None:
        text = self.text(key)
        if not text:
            return None
        code = codes_of(key).get(normalise(text))
        if code is None:
            self._bad_choice(key, text)
        return code

    def audience(self) -> frozenset[Tier]:
        """One or more audiences, after a comma or semicolon; none where one of them is not known."""
        text = self.text("audience")
        if not text:
            return frozenset()
        codes = codes_of("audience")
        pieces = [piece.strip() for piece in text.replace("؛", ";").replace("،", ";").replace(",", ";").split(";")]
        found = [codes.get(normalise(piece)) for piece in pieces if piece]
        if None in found:
            self._bad_choice("audience", text)
            return frozenset()
        audiences = load_measures().audiences
        return frozenset[Tier]().union(*(audiences[code].tiers for code in found if code))

    def number(self, key: str, *, whole: bool = False) -> float | None:
        value = self.value(key)
        if value is None:
            return None
        try:
            number = float(clean(str(value)).replace(" ", "").replace(",", "."))
        except ValueError:
            number = -1.0
        if isinstance(value, bool) or not 0 <= number < 1e9 or (whole and number != int(number)):
            self._problems.append(make_problem("npo-measure-number", self.ref(key), found=value, column=key))
            return None
        return number

    def incomplete(self, missing: Sequence[str]) -> None:
        self._problems.append(make_problem("npo-measure-incomplete", self.ref(missing[0]), missing=", ".join(missing)))

    def _bad_choice(self, key: str, found: str) -> None:
        allowed = "; ".join(choice_labels(key))
        self._problems.append(
            make_problem("npo-measure-choice", self.ref(key), found=found, column=key, allowed=allowed)
        )


def _read_answers(
    sheet: Sheet,
    head: int,
    columns: Mapping[str, int],
    answers: dict[str, bool],
    written: dict[str, str],
    problems: list[Problem],
) -> tuple[dict[str, str], date | None]:
    """Adds the answers and where they are written; returns the texts by part, and the date of the last review."""
    reviewed: date | None = None
    described: dict[str, str] = {}
    kinds = {question.id: question.kind for question in load_checks().questions}
    kinds |= {part.id: part.kind for part in load_parts()}
    parts = {part.id for part in load_parts()}
    for row in range(head + 1, len(sheet.grid)):
        name = clean(str(sheet.value(row, columns["question"]) or "")) if "question" in columns else ""
        value = sheet.value(row, columns["answer"]) if "answer" in columns else None
        where = sheet.value(row, columns["remark"]) if "remark" in columns else None
        if name not in kinds:
            if name or value is not None or where is not None:
                problems.append(make_problem("row-nameless", sheet.ref(row, 0), column="question"))
            continue
        if where is not None:
            written[name] = clean(str(where))
        if value is None:
            continue
        ref = sheet.ref(row, columns["answer"])
        if kinds[name] == "date":
            read = read_date(value)
            if found := date_problem(value, ref, column=name):
                problems.append(found)
            elif read is not None and name in parts:
                described[name] = read.day.isoformat()
            elif read is not None:
                reviewed = read.day
        elif kinds[name] == "text":
            described[name] = clean(str(value))
        elif kinds[name] == "band":
            if (band := codes_of("band").get(normalise(str(value)))) is None:
                allowed = "; ".join(choice_labels("band"))
                problems.append(make_problem("npo-measure-choice", ref, found=value, column=name, allowed=allowed))
            else:
                described[name] = band
        elif (said := _yes_or_no(value)) is not None:
            answers[name] = said
        else:
            problems.append(make_problem("npo-measure-choice", ref, found=value, column=name, allowed="yes, no"))
    problems += around(sheet, set(columns.values()), head, printed_texts())
    return described, reviewed


def _decision(described: Mapping[str, str], where: CellRef, problems: list[Problem]) -> Decision | None:
    """The working group's decision; without a reason it is not used."""
    if "rating" not in described:
        return None
    if "reason" not in described:
        problems.append(make_problem("npo-decision-reason", where))
        return None
    return Decision(
        rating=RiskBand(described["rating"]),
        reason=described["reason"],
        office=described.get("office", ""),
        on=date.fromisoformat(described["decided_on"]) if "decided_on" in described else None,
    )


def _yes_or_no(value: CellValue) -> bool | None:
    if isinstance(value, bool):
        return value
    code = codes_of("because_of_tf").get(normalise(str(value)))
    return None if code is None else code == "yes"
