"""Reading the register of cases and the sheet of risks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from fatf_kit.framework.loader import list_editions, load_framework
from fatf_kit.locale import LANGUAGES, all_labels, clean, code_for, normalise
from fatf_kit.problems import CellRef, Problem, make_problem, quoted
from fatf_kit.responses.model import Confidentiality
from fatf_kit.spreadsheets.marks import HEADING_BREAKS
from fatf_kit.spreadsheets.sheet import CellValue, Sheet, flaw
from fatf_kit.spreadsheets.words import word_in_all, words
from fatf_kit.statistics.definitions import load_definitions
from fatf_kit.statistics.figures import Case, Risk
from fatf_kit.statistics.model import RiskLevel, Unit
from fatf_kit.statistics.numbers import read_figure
from fatf_kit.statistics.persons import is_heading_of_names, names_a_person
from fatf_kit.statistics.plan import CASE_KEYS, RISK_KEYS, THREATS_BESIDE, threat_labels
from fatf_kit.statistics.years import read_one_year

_ENOUGH = 3
_SEPARATORS = re.compile(r"[\s,;،؛]+")
_NUMBER = re.compile(r"\d{1,2}\.\d{1,2}")
_FAMILIES = {"case": CASE_KEYS, "risk": RISK_KEYS}
_SPARE = {"case": (), "risk": ("id", "threat")}


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryTable:
    """Where the columns of a register are. `family` is "case" or "risk"."""

    family: str
    columns: Mapping[str, int]
    head_rows: frozenset[int]


def find_entries(sheet: Sheet) -> EntryTable | None:
    """The register on a sheet, None where it holds none. Keys go before headings."""
    best: tuple[int, str, Mapping[str, int]] = (0, "", {})
    rows: dict[str, set[int]] = {family: set() for family in _FAMILIES}
    for number, row in enumerate(sheet.grid):
        for family, keys in _FAMILIES.items():
            exact = {v.strip(): c for c, v in enumerate(row) if isinstance(v, str) and v.strip() in keys}
            spoken = {key: c for c, v in enumerate(row) if (key := _heading(family, v))}
            for found in (exact, spoken):
                if len(found) >= _ENOUGH:
                    rows[family].add(number)
                    if len(found) > best[0]:
                        best = (len(found), family, found)
    if not best[0]:
        return None
    return EntryTable(family=best[1], columns=best[2], head_rows=frozenset(rows[best[1]]))


def read_cases(sheet: Sheet, table: EntryTable) -> tuple[tuple[Case, ...], tuple[Problem, ...]]:
    """Every case with its address. Columns of names of persons are not read."""
    problems: list[Problem] = list(_other_columns(sheet, table))
    cases = []
    for number, values, ref in _rows(sheet, table, problems):
        if set(values) <= {"case"}:
            problems.append(make_problem("cell-stray", ref))
            continue
        cases.append(_CaseRow(sheet, table, number, values, problems).read(ref))
    return tuple(cases), tuple(problems)


def read_risks(sheet: Sheet, table: EntryTable) -> tuple[tuple[Risk, ...], tuple[Problem, ...]]:
    """Every threat and sector that is rated, or for which proceeds are given."""
    problems: list[Problem] = list(_other_columns(sheet, table))
    risks: dict[str, Risk] = {}
    for number, values, ref in _rows(sheet, table, problems):
        name = _risk_id(values)
        rest = {key: value for key, value in values.items() if key not in ("id", "threat")}
        if name or not rest:
            strange = (key for key in ("id", "threat") if key in values and not _is_risk(values[key]))
            problems += (make_problem("cell-locked", sheet.ref(number, table.columns[key])) for key in strange)
        if not rest:
            continue
        if name is None:
            problems.append(make_problem("figure-line-missing", ref))
            continue
        level = code_for("risk_level", str(values.get("level", "")))
        if "level" in values and level is None:
            allowed = ", ".join(all_labels("risk_level", "en"))
            where = sheet.ref(number, table.columns["level"])
            problems.append(make_problem("risk-level-unknown", where, **quoted(values["level"]), allowed=allowed))
        proceeds = None
        if (given := values.get("proceeds")) is not None:
            reading = read_figure(given, Unit.AMOUNT)
            proceeds = reading.value
            if reading.fault:
                where = sheet.ref(number, table.columns["proceeds"])
                problems.append(make_problem(reading.fault, where, **quoted(given)))
        risk = Risk(
            id=name,
            level=RiskLevel(level) if level else None,
            proceeds=proceeds,
            why=_text(values.get("why")),
            ref=ref,
        )
        if (first := risks.setdefault(name, risk)) is not risk:
            problems.append(make_problem("risks-twice", ref, place=first.ref))
    return tuple(risks.values()), tuple(problems)


def _rows(
    sheet: Sheet, table: EntryTable, problems: list[Problem]
) -> Iterator[tuple[int, dict[str, CellValue], CellRef]]:
    """Every filled row with its values by key."""
    for number in range(len(sheet.grid)):
        if number in table.head_rows:
            continue
        for key, column in table.columns.items():
            if (number, column) in sheet.flaws and key not in _SPARE[table.family]:
                problems.append(flaw(sheet.flaws[number, column], sheet.ref(number, column)))
        values = {
            key: value for key, column in table.columns.items() if (value := sheet.value(number, column)) is not None
        }
        if values:
            columns = [table.columns[key] for key in values]
            yield number, values, sheet.ref(number, min(columns), last_column=max(columns))


class _CaseRow:
    """One row of the register of cases, and where its slips are told: nothing is quoted of a restricted one."""

    def __init__(
        self, sheet: Sheet, table: EntryTable, number: int, values: Mapping[str, CellValue], problems: list[Problem]
    ) -> None:
        self._sheet, self._table, self._number, self._values, self._problems = sheet, table, number, values, problems
        level = values.get("confidentiality")
        code = code_for("confidentiality", str(level)) if level is not None else Confidentiality.GOVERNMENT
        self._level = Confidentiality(code) if code else Confidentiality.RESTRICTED
        if code is None:
            self._say("confidentiality-unknown", "confidentiality", level)

    def read(self, ref: CellRef) -> Case:
        outcome = _outcome(self._values.get("outcome"))
        if not outcome and "outcome" in self._values:
            self._say("case-outcome-unknown", "outcome", self._values["outcome"])
        predicate = _predicates().get(normalise(str(self._values.get("predicate", ""))))
        if predicate is None and "predicate" in self._values:
            self._say("case-predicate-unknown", "predicate", self._values["predicate"])
        year = read_one_year(self._values.get("year"))
        if year is None and "year" in self._values:
            self._say("case-year-unknown", "year", self._values["year"])
        done, result, shows = (_text(self._values.get(key)) for key in ("done", "result", "shows"))
        if not (done and result and shows):
            self._problems.append(make_problem("case-thin", ref))
        withheld = any(names_a_person(text) for text in (done, result, shows))
        if withheld:
            self._problems.append(make_problem("case-person", ref))
        return Case(
            id=clean(_text(self._values.get("case"))) or ref.cell or "",
            outcome=outcome,
            predicate=predicate,
            year=year,
            done=done,
            result=result,
            shows=shows,
            core_issues=tuple(dict.fromkeys(self._core_issues(outcome))),
            confidentiality=self._level,
            withheld=withheld,
            ref=ref,
        )

    def _core_issues(self, outcome: str) -> Iterator[str]:
        for piece in filter(None, _SEPARATORS.split(_text(self._values.get("core_issues")))):
            name = _core_issue(outcome, piece)
            if name is None:
                self._say("case-core-issue-unknown", "core_issues", piece)
            else:
                yield name

    def _say(self, code: str, key: str, value: object) -> None:
        where = self._sheet.ref(self._number, self._table.columns[key])
        told = quoted(value, restricted=self._level is Confidentiality.RESTRICTED)
        self._problems.append(make_problem(code, where, **told))


def _other_columns(sheet: Sheet, table: EntryTable) -> Iterator[Problem]:
    """Columns that are not ours: one of names is refused, text in others lies outside the table."""
    known = set(table.columns.values())
    width = max(map(len, sheet.grid), default=0)
    for column in range(width):
        if column in known:
            continue
        filled = [row for row in range(len(sheet.grid)) if sheet.is_filled(row, column)]
        heads = [v for row in table.head_rows if isinstance(v := sheet.value(row, column), str)]
        names = next((v for v in heads if any(is_heading_of_names(piece) for piece in HEADING_BREAKS.split(v))), None)
        if names:
            where = sheet.ref(min(filled), column, max(filled))
            yield make_problem("case-person-column", where, **quoted(clean(names)))
        elif below := [row for row in filled if row not in table.head_rows]:
            yield make_problem("cell-stray", sheet.ref(min(below), column, max(below)))


def _heading(family: str, value: object) -> str | None:
    if not isinstance(value, str) or len(value) > 2_000:
        return None
    return next(
        (key for piece in HEADING_BREAKS.split(value) if (key := _headings(family).get(normalise(piece)))), None
    )


@cache
def _headings(family: str) -> Mapping[str, str]:
    return {normalise(word): key for key in _FAMILIES[family] for word in word_in_all(f"statistics.{family}.{key}")}


@cache
def _predicates() -> Mapping[str, str]:
    labels = {normalise(r.label): r.id for language in LANGUAGES for r in load_definitions(language).predicates}
    return {**labels, **{row.id: row.id for row in load_definitions().predicates}}


@cache
def _risk_labels() -> Mapping[str, str]:
    found: dict[str, str] = {}
    for language in LANGUAGES:
        beside = [words(language)[f"statistics.risk.{name}"] for name in THREATS_BESIDE]
        for name, text in threat_labels(load_definitions(language), beside).items():
            found |= {normalise(text): name, name: name}
    return found


def _risk_id(values: Mapping[str, CellValue]) -> str | None:
    known = _risk_labels()
    candidates = (normalise(str(values[key])) for key in ("id", "threat") if key in values)
    return next((known[text] for text in candidates if text in known), None)


def _is_risk(value: CellValue) -> bool:
    return normalise(str(value)) in _risk_labels()


def _outcome(value: CellValue | None) -> str:
    """The outcome a cell names: "IO.7", "io 7" or "7"; empty where it names none."""
    text = re.sub(r"^io[. ]?", "", normalise(str(value or "")))
    return f"IO.{int(text)}" if text.isdigit() and 1 <= int(text) <= 11 else ""


def _core_issue(outcome: str, text: str) -> str | None:
    number = clean(text).rpartition("/")[2]
    name = f"{outcome}/{number}"
    known = outcome and _NUMBER.fullmatch(number) and any(name in _core_issues(edition) for edition in _newest_first())
    return name if known else None


def _newest_first() -> Sequence[str]:
    return list_editions()[::-1]  # nearly every core issue is one of the newest, and the others need not be loaded


@cache
def _core_issues(edition: str) -> frozenset[str]:
    return frozenset(issue.id for outcome in load_framework(edition).outcomes for issue in outcome.core_issues)


def _text(value: CellValue | None) -> str:
    return "" if value is None else str(value).strip()
