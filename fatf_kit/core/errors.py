"""The exceptions that fatf-kit raises when it cannot continue."""

from __future__ import annotations


class FatfKitError(Exception):
    """An error that stops a command; its message is written for the user.

    A bad cell in a workbook is not an error but a `fatf_kit.core.problems.Problem`: the command continues.

    >>> str(FatfKitError("The folder 'x' does not exist."))
    "The folder 'x' does not exist."
    """


class FrameworkError(FatfKitError):
    """An edition of the Methodology cannot be loaded: files are missing or do not conform to their schema."""


class WorkbookError(FatfKitError):
    """A workbook cannot be read or written at all."""


class UnknownIdError(FatfKitError):
    """An id names no Recommendation, criterion, outcome, jurisdiction or edition; the message lists near ones."""
