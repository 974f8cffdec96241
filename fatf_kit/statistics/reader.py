"""From a filled workbook of figures to an AgencyReturn, with a Problem for everything that was left behind."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from fatf_kit.files import name_of
from fatf_kit.locale import all_labels, clean, code_for, normalise
from fatf_kit.problems import CellRef, Problem, make_problem, quoted
from fatf_kit.safety.guard import check_file
from fatf_kit.spreadsheets.files import parse_sheets
from fatf_kit.spreadsheets.marks import STATISTICS_MARK
from fatf_kit.spreadsheets.sheet import CellValue, Sheet
from fatf_kit.spreadsheets.stamp import PROPERTY_PREFIX
from fatf_kit.statistics.definitions import load_definitions
from fatf_kit.statistics.entries import find_entries, read_cases, read_risks
from fatf_kit.statistics.figures import AgencyReturn, Case, Figure, Risk
from fatf_kit.statistics.fronts import FRONT_MARKS, find_remarks, read_fields, typed_in_heads
from fatf_kit.statistics.model import Unit, YearKind
from fatf_kit.statistics.numbers import read_figure
from fatf_kit.statistics.sheets import holds_figures, read_figures
from fatf_kit.statistics.template import LAYOUT
from fatf_kit.workbook.beside import over
from fatf_kit.workbook.fronts import is_name

_CURRENCY = re.compile(r"[A-Z]{3}")
_MULTIPLES = (1, 1_000, 1_000_000)


def read_return(path: Path) -> tuple[AgencyReturn | None, tuple[Problem, ...]]:
    """Everything an agency filled in, and every problem in the order of the sheets.

    None where the file must not or cannot be read, or holds no line of the tables, no case and no risk.

    >>> read_return(Path("no-such-file.xlsx"))[1][0].code
    'file-missing'
    """
    checked = check_file(path)
    if isinstance(checked, Problem):
        return None, (checked,)
    sheets = parse_sheets(checked)
    if isinstance(sheets, Problem):
        return None, (sheets,)
    stamp = _stamp(sheets) or {
        name.removeprefix(PROPERTY_PREFIX): text
        for name, text in checked.properties.items()
        if name.startswith(PROPERTY_PREFIX)
    }
    problems: list[Problem] = []
    if _whole(stamp.get("statistics", "")) > LAYOUT:
        found = stamp["statistics"]
        return None, (make_problem("layout-newer", CellRef(file=checked.name), found=found, known=LAYOUT),)
    read = _Read(stamp, problems)
    for sheet in sheets:
        read.sheet(sheet)
    if not (read.lines or read.cases or read.risks or stamp.get("statistics")):
        return None, (make_problem("statistics-not-ours", CellRef(file=checked.name)),)
    problems += typed_in_heads(read.heads, stamp)
    problems += over(sheets)
    return read.as_return(name_of(path), checked.sha256, stamp), tuple(problems)


class _Read:
    """What the sheets of one workbook hold, sheet by sheet."""

    def __init__(self, stamp: Mapping[str, str], problems: list[Problem]) -> None:
        self.stamp = stamp
        self.problems = problems
        self.heads: list[tuple[Sheet, frozenset[int]]] = []
        self.figures: dict[tuple[str, int], Figure] = {}
        self.notes: dict[str, str] = {}
        self.lines: list[str] = []
        self.cases: list[Case] = []
        self.risks: dict[str, Risk] = {}
        self.fields: dict[str, tuple[CellValue, CellRef]] = {}

    def sheet(self, sheet: Sheet) -> None:
        """Take in whatever a sheet is by what stands on it."""
        mark = next((v for row in sheet.grid for v in row[:5] if isinstance(v, str) and v.strip() in FRONT_MARKS), None)
        table = find_entries(sheet)
        if mark is None and holds_figures(sheet):
            read = read_figures(sheet)
            self.problems += read.problems
            self.heads.append((sheet, read.head_rows))
            self.lines += read.lines
            for line, note in read.notes.items():
                self.notes.setdefault(line, note)
            for figure in read.figures:
                first = self.figures.setdefault((figure.line, figure.year), figure)
                if (first.value, first.none) != (figure.value, figure.none):
                    self.problems.append(make_problem("figure-twice", figure.ref, figure.line, place=first.ref))
        elif mark is None and table is not None:
            self.heads.append((sheet, table.head_rows))
            if table.family == "case":
                cases, found = read_cases(sheet, table)
                self.cases += cases
            else:
                risks, found = read_risks(sheet, table)
                for risk in risks:
                    self.risks.setdefault(risk.id, risk)
            self.problems += found
        else:
            self._front(sheet, mark)

    def _front(self, sheet: Sheet, mark: str | None) -> None:
        """Take the fields of a cover, and tell what else somebody wrote there."""
        fields = read_fields(sheet)
        for key, (value, ref) in fields.items():
            first, there = self.fields.setdefault(key, (value, ref))
            if normalise(str(first)) != normalise(str(value)):
                self.problems.append(make_problem("cover-differs", ref, other=there))
        if mark is not None or fields:
            self.problems += find_remarks(sheet, self.stamp, fields)
        elif cells := sum(1 for _ in sheet.filled()):
            where = CellRef(file=sheet.file, sheet=sheet.title)
            self.problems.append(make_problem("sheet-unknown", where, cells=cells))

    def as_return(self, file: str, sha256: str, stamp: Mapping[str, str]) -> AgencyReturn:
        """The whole of it, with amounts in whole units."""
        here = CellRef(file=file)
        multiple = self._multiple()
        currency = self._currency()
        amounts = any(self._is_amount(figure.line) and figure.value for figure in self.figures.values())
        if amounts and currency is None and "currency" not in self.fields:
            self.problems.append(make_problem("statistics-currency-unsaid", here))
        kind = self._year_kind(here)
        roles = tuple(filter(None, stamp.get("roles", "").split(",")))
        known = load_definitions().roles
        asked = load_definitions().lines_for(tuple(role for role in roles if role in known))
        years = {_whole(text) for text in stamp.get("years", "").split(",")} - {0}
        years |= {year for _, year in self.figures}
        agency = self._text("agency") or stamp.get("agency", "") or Path(file).stem
        return AgencyReturn(
            file=file,
            sha256=sha256,
            agency=agency,
            roles=roles,
            country=self._country(),
            contact=self._text("contact") or None,
            year_kind=kind,
            year_starts=self._month(),
            currency=currency,
            multiple=multiple,
            years=tuple(sorted(years)),
            asked=tuple(dict.fromkeys((*asked, *self.lines))),
            figures=tuple(self._scaled(figure, multiple) for figure in self.figures.values()),
            notes=self.notes,
            cases=tuple(replace(case, agency=agency) for case in self.cases),
            risks=tuple(_scaled_risk(risk, multiple) for risk in self.risks.values()),
            notice=stamp.get("notice", ""),
        )

    def _scaled(self, figure: Figure, multiple: int) -> Figure:
        if multiple == 1 or figure.value is None or not self._is_amount(figure.line):
            return figure
        return replace(figure, value=_times(figure.value, multiple))

    @staticmethod
    def _is_amount(line: str) -> bool:
        return load_definitions().find(line)[2].unit is Unit.AMOUNT

    def _text(self, key: str) -> str:
        return clean(str(self.fields[key][0])) if key in self.fields else ""

    def _country(self) -> str | None:
        if "country" not in self.fields:
            return None
        value, ref = self.fields["country"]
        if is_name(value):
            return self._text("country")
        self.problems.append(make_problem("cover-country-name", ref, **quoted(value)))
        return None

    def _wrong(self, key: str, allowed: str) -> None:
        value, ref = self.fields[key]
        facts = {**quoted(value), "column": key, "allowed": allowed}
        self.problems.append(make_problem("statistics-cover-value", ref, **facts))

    def _year_kind(self, here: CellRef) -> YearKind | None:
        if "year_kind" not in self.fields:
            if self.figures:
                self.problems.append(make_problem("statistics-years-unsaid", here))
            return None
        code = code_for("year_kind", self._text("year_kind"))
        if code is None:
            self._wrong("year_kind", ", ".join(all_labels("year_kind", "en")))
        return YearKind(code) if code else None

    def _month(self) -> int | None:
        if "year_starts" not in self.fields:
            return None
        month = _whole(self._text("year_starts"))
        if not 1 <= month <= 12:
            self._wrong("year_starts", "1 … 12")
            return None
        return month

    def _currency(self) -> str | None:
        if "currency" not in self.fields:
            return None
        code = self._text("currency").upper()
        if not _CURRENCY.fullmatch(code):
            self._wrong("currency", "EUR, USD, …")
            return None
        return code

    def _multiple(self) -> int:
        if "multiple" not in self.fields:
            return 1
        value = read_figure(self.fields["multiple"][0], Unit.NUMBER).value
        if value not in _MULTIPLES:
            self._wrong("multiple", ", ".join(map(str, _MULTIPLES)))
            return 1
        return int(value)


def _times(value: float, multiple: int) -> float:
    """A product without the dust of binary fractions: 1.1 million is 1100000, not 1100000.0000000002."""
    scaled = round(value * multiple, 2)
    return int(scaled) if isinstance(scaled, int) or scaled.is_integer() else scaled


def _scaled_risk(risk: Risk, multiple: int) -> Risk:
    if risk.proceeds is None or multiple == 1:
        return risk
    return replace(risk, proceeds=_times(risk.proceeds, multiple))


def _stamp(sheets: Sequence[Sheet]) -> dict[str, str]:
    for sheet in sheets:
        texts = [[text for v in row if (text := _stamped(v))] for row in sheet.grid]
        if any(STATISTICS_MARK in row for row in texts):
            return {row[0]: row[1] for row in texts if len(row) > 1}
    return {}


def _stamped(value: object) -> str:
    """A value of the stamp as it was printed, though a program made a number of it."""
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value).strip()


def _whole(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0
