"""Made-up reports of every layout are written, read and compared with their truth."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from fatf_kit.report_text.parsing import parse_report
from fatf_kit.report_text.words import report_rules
from fatf_kit.texts.cleaning import clean_pages
from fatf_kit.texts.reading import parse_file
from tests.unit.report_text.layouts.compose import compose
from tests.unit.report_text.layouts.document import SampleReport
from tests.unit.report_text.layouts.layout import SampleLayout
from tests.unit.report_text.layouts.pdf_file import make_pdf
from tests.unit.report_text.layouts.score import Score, score
from tests.unit.report_text.layouts.text_file import make_text
from tests.unit.report_text.layouts.word_file import make_word

WRITERS: Mapping[str, Callable[[SampleReport, SampleLayout], bytes]] = {
    "txt": make_text,
    "docx": lambda report, _: make_word(report),
    "pdf": make_pdf,
}
"""The writer of each kind of file."""


def measure(layout: SampleLayout, language: str, kind: str, folder: Path) -> Score:
    """Return how one layout is read in a language from one kind of file."""
    report = compose(layout, language)
    path = folder / f"{layout.name}-{language}.{kind}"
    path.write_bytes(WRITERS[kind](report, layout))
    pages = parse_file(path, path.name)  # in this process, which is faster
    text = clean_pages(path.name, pages, report_rules(), are_real=len(pages) > 1 or kind == "pdf")
    return score(parse_report(text), report, is_pdf=kind == "pdf")


def add_up(scores: Iterable[Score]) -> Score:
    """Return the sum of several reports."""
    return sum(scores, Score())
