"""The few ways in which fatf-kit says that it cannot go on."""

from __future__ import annotations


class FatfKitError(Exception):
    """Something stops the work; the message is written for the person at the keyboard.

    A bad cell in a workbook is not an error but a `fatf_kit.core.problems.Problem`: the work goes on around it.

    >>> str(FatfKitError("The folder 'x' does not exist."))
    "The folder 'x' does not exist."
    """


class FrameworkError(FatfKitError):
    """An edition of the Methodology cannot be loaded: files missing or at odds with their schema."""


class WorkbookError(FatfKitError):
    """A workbook cannot be read or written at all."""


class UnknownIdError(FatfKitError):
    """An id names no Recommendation, criterion, outcome, jurisdiction or edition; the message lists near ones."""
