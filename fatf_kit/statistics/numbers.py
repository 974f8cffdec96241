"""What a filled cell of a table of figures says: a number, that there is none, or something that cannot be used."""

from __future__ import annotations

from dataclasses import dataclass

from fatf_kit.spreadsheets.numbers import NumberFault, read_number
from fatf_kit.spreadsheets.sheet import CellValue
from fatf_kit.statistics.figures import NoFigureReason, Number
from fatf_kit.statistics.model import Unit
from fatf_kit.statistics.schema import NO_FIGURES


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureReading:
    """A number, or `none` for the word that there is none, or `fault` for why it cannot be used."""

    value: Number | None = None
    none: NoFigureReason | None = None
    fault: NumberFault | None = None


def read_figure(value: CellValue, unit: Unit) -> FigureReading:
    """The figure in a cell. Where thousands and decimals cannot be told apart, nothing is guessed.

    >>> read_figure("١٬٢٠٠", Unit.NUMBER).value, read_figure("1 234,5", Unit.AMOUNT).value, read_figure(0, Unit.DAYS)
    (1200, 1234.5, Reading(value=0, none=None, fault=None))
    >>> read_figure("1.234", Unit.AMOUNT).fault, read_figure("n/a", Unit.NUMBER).none
    (<NumberFault.UNCLEAR: 'unclear'>, <NoFigure.NOT_AVAILABLE: 'not available'>)
    """
    if isinstance(value, str) and (code := NO_FIGURES.code_of(value)):
        return FigureReading(none=NoFigureReason(code))
    read = read_number(value, whole=unit is Unit.NUMBER)
    return FigureReading(value=read.value, fault=read.fault)
