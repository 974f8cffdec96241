"""The exceptions that fatf-kit raises when it cannot continue."""

from __future__ import annotations

from fatf_kit.core.message_facts import ENGLISH, MessageTranslator, TranslatedMessage, fill_message


class FatfKitError(Exception):
    """An error that stops a command; its message is written for the user.

    It keeps the English message and its facts apart, so that a command shows it in the language of its reader. A bad
    cell in a workbook is not an error but a `fatf_kit.core.problems.Problem`: the command continues.

    >>> str(FatfKitError("'{found}' is not a format. Allowed: {names}.", found="x", names=("pdf", "csv")))
    "'x' is not a format. Allowed: pdf, csv."
    """

    def __init__(self, message: str | TranslatedMessage, **facts: object) -> None:
        """`message` is English with a placeholder for each fact, or a problem or error that says the same.

        Facts named like those of problems are translated as they are there; of a sequence each item is shown.
        """
        super().__init__(message)
        self._message = message
        self._facts = facts

    def __str__(self) -> str:
        return self.message_in(ENGLISH)

    def message_in(self, t: MessageTranslator) -> str:
        """Return the message in a language, with its facts."""
        if isinstance(self._message, str):
            return fill_message(self._message, self._facts, t)
        return self._message.message_in(t)


class FrameworkError(FatfKitError):
    """An edition of the Methodology cannot be loaded: files are missing or do not conform to their schema."""


class WorkbookError(FatfKitError):
    """A workbook cannot be read or written at all."""


class UnknownIdError(FatfKitError):
    """An id names no Recommendation, criterion, outcome, jurisdiction or edition; the message lists near ones."""
