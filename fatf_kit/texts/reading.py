"""Raw pages of a PDF, Word or text file, before anything is cleaned.

PDF and Word files come from outside and may end a parser, or make it take all memory or time: they are parsed in a
process of their own.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TypeVar

from fatf_kit.core.errors import FatfKitError
from fatf_kit.core.file_limits import MEGABYTE, refusal_reason
from fatf_kit.core.files import shown_name
from fatf_kit.core.processes import WorkerDiedError, run_isolated
from fatf_kit.texts import limits
from fatf_kit.texts.model import RawPage
from fatf_kit.texts.pdf_file import read_pdf
from fatf_kit.texts.plain_file import read_plain
from fatf_kit.texts.word_file import read_word

_Result = TypeVar("_Result")
_Parser = Callable[[bytes, str], tuple[RawPage, ...]]
_PARSERS: Mapping[str, _Parser] = {".pdf": read_pdf, ".docx": read_word, ".txt": read_plain}
ENDINGS = tuple(_PARSERS)


def read_pages(path: Path) -> tuple[tuple[RawPage, ...], bool]:
    """Return the pages of a file, and whether they are real: a file without page breaks is one page that is not.

    Raises:
        FatfKitError: the file is of another kind, damaged, protected by a password, beyond the limits, or has no text
            layer.
    """
    name, kind = shown_name(path), path.suffix.lower()
    if unfit := refusal_reason(path):
        raise FatfKitError("{file} is not read: {why}.", file=name, why=unfit)
    if kind not in ENDINGS:
        raise FatfKitError("{file} is not a report that can be read. Allowed: {names}.", file=name, names=ENDINGS)
    pages = parse_file(path, name) if kind == ".txt" else run_within_limits(parse_file, path, name, name=name)
    if all(page.is_blank for page in pages):
        raise FatfKitError(
            "{file} has no text that can be read. If its pages are pictures (a scan), have the text recognised first "
            "(OCR), or save the report's Word file.",
            file=name,
        )
    return pages, len(pages) > 1 or kind == ".pdf"


def parse_file(path: Path, name: str) -> tuple[RawPage, ...]:
    """Return the pages of a file; it is parsed in this process.

    Raises:
        FatfKitError: the file is damaged, protected by a password, or beyond the limits.
    """
    return _PARSERS[path.suffix.lower()](path.read_bytes(), name)


def run_within_limits(function: Callable[..., _Result], *given: object, name: str) -> _Result:
    """Return the result of a picklable function about a file that runs in a process of its own, within the limits.

    Raises:
        FatfKitError: it needs more memory or time than any report does; the message has the `name` of the file.
    """
    try:
        return run_isolated(function, *given, memory=limits.MEMORY, seconds=limits.SECONDS)
    except (WorkerDiedError, MemoryError) as fault:
        raise FatfKitError(
            "{file} unpacks to more than the {most} MB of memory that a report may use, or is damaged, so that it is "
            "not read. Ask its publisher for another copy.",
            file=name,
            most=limits.MEMORY // MEGABYTE,
        ) from fault
    except TimeoutError as fault:
        raise FatfKitError(
            "{file} was not read within {seconds} seconds, which no report needs. Ask its publisher for another copy.",
            file=name,
            seconds=limits.SECONDS,
        ) from fault
