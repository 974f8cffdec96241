"""Figures in words: counts that may be shown, shares, money and names of what the register counts."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from fatf_kit.core.messages import Translator
from fatf_kit.npo.measures.catalogue import Tier, load_measures
from fatf_kit.npo.measures.workbook import SEGMENTS, band_names
from fatf_kit.npo.scales import RiskClass, SegmentKind
from fatf_kit.report.model import KeyFigure, KeyFigures, TableCell
from fatf_kit.report.results_table import COUNT, ResultColumn

R = TypeVar("R")

HIDDEN = "…"
"""Stands for a count that is hidden, in every table."""


def number(count: float | None, t: Translator) -> str:
    """Return a count as it is printed; "…" where it is hidden."""
    return HIDDEN if count is None else t.number(count)


def number_column(
    key: str, title: str, value: Callable[[R], float | None], t: Translator, *, sheet: int = 0, page: int = 0
) -> ResultColumn[R]:
    """Return a column of counts of which some are hidden: "…" on a page, blank in a sheet."""

    def cell(row: R) -> TableCell:
        count = value(row)
        return TableCell(text=number(count, t), order=count)

    return ResultColumn(key, title, value, COUNT, sheet=sheet, page=page, cell=cell)


def key_figures(*figures: tuple[str, str, str]) -> KeyFigures:
    """Return a row of figures, each given by its value, what it counts, and a second line for comparison."""
    return KeyFigures(figures=tuple(KeyFigure(value=value, label=label, detail=more) for value, label, more in figures))


def share(part: float | None, whole: float | None, t: Translator) -> str:
    """Return a part in per cent, with one decimal below ten; nothing where either is hidden or there is no whole."""
    if part is None or whole is None:
        return HIDDEN
    if not whole:
        return "–"
    value = 100 * part / whole
    return t.percent(t.number(round(value, 1 if value < 10 else 0)))


def share_cell(part: float | None, whole: float | None, t: Translator) -> TableCell:
    """Return the cell of a share, which sorts by its size; a hidden one has no place."""
    return TableCell(text=share(part, whole, t), order=part / whole if part is not None and whole else None)


def class_name(risk_class: RiskClass | str | None, t: Translator) -> str:
    """Return a class in words."""
    return load_measures(t.language).tier(Tier(str(risk_class))).name.lower() if risk_class else t("not classified")


def class_cell(risk_class: RiskClass | None, t: Translator) -> TableCell:
    """Return a class on its colour; a dash where there is none."""
    if risk_class is None:
        return TableCell(text="–")
    return TableCell(text=class_name(risk_class, t), rating=str(risk_class), scale="risk")


def band_name(band: str, t: Translator) -> str:
    """One of the five bands in words."""
    return band_names(t)[band].lower()


def kind_name(kind: SegmentKind, t: Translator) -> str:
    """By what segments are cut, as a heading."""
    return SEGMENTS.label(kind, t.language)
