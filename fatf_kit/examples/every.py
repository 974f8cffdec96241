"""All examples of the documentation in one folder, each in every language that has texts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from fatf_kit.assessment.folder.model import STATISTICS
from fatf_kit.core.progress import ProgressCallback, with_progress
from fatf_kit.examples.figures import write_figures
from fatf_kit.examples.graustark import write_second_country
from fatf_kit.examples.later_work import write_later_work
from fatf_kit.examples.mock_sheets import write_sheets
from fatf_kit.examples.npo_register import write_sector
from fatf_kit.examples.ruritania import list_parts, write_whole_country
from fatf_kit.examples.texts import SOURCE_LANGUAGE, copy_source, text_languages
from fatf_kit.examples.year_after import write_year_after

WHOLE_COUNTRY = "workbook/ruritania-2022.xlsx"
"""The answers of all agencies in one workbook, within the folder of Ruritania."""

_LAST_REPORT = "last-report/ruritania-2019.txt"


def write_assessment(
    home: Path, language: str = SOURCE_LANGUAGE, *, on_progress: ProgressCallback | None = None
) -> list[Path]:
    """Write Ruritania's assessment folder in a language, with its figures, and return the paths of its files."""
    parts = (lambda: write_figures(home / STATISTICS, language), *list_parts(home, language))
    return [path for part in with_progress(parts, len(parts), on_progress) for path in part()]


def write_examples(target: Path, *, on_progress: ProgressCallback | None = None) -> list[Path]:
    """Write every example that the documentation uses below a folder, in all languages, and return the paths.

    It takes about a minute of a processor.

    Raises:
        FatfKitError: a text of the sources has no place in its workbook, or a file cannot be written.
    """
    steps = list(_list_steps(target))
    return [path for step in with_progress(steps, len(steps), on_progress) for path in step()]


def _list_steps(target: Path) -> Iterator[Callable[[], Iterable[Path]]]:
    """Yield each piece of work; later ones read what earlier ones wrote."""
    languages = (SOURCE_LANGUAGE, *text_languages())
    yield lambda: [copy_source(_LAST_REPORT, target / _LAST_REPORT)]
    yield lambda: write_sector(target / "npo", languages)
    yield lambda: write_second_country(target / "graustark")
    for language in languages:
        yield from _list_steps_of(target, language)


def _list_steps_of(target: Path, language: str) -> Iterator[Callable[[], Iterable[Path]]]:
    """Yield the work on Ruritania in a language."""
    home = find_folder(target / "ruritania", language)
    answers = home / WHOLE_COUNTRY
    yield lambda: write_assessment(home, language)
    yield lambda: [write_whole_country(answers, language)]
    yield lambda: write_sheets(home / "mock" / "sheets", home, language)
    yield lambda: write_later_work(find_folder(target / "ruritania-plan", language), answers, language)
    yield lambda: write_year_after(find_folder(target / "ruritania-after", language), language)


def find_folder(home: Path, language: str) -> Path:
    """Return the folder of an example in a language: the English one contains those of the others."""
    return home if language == SOURCE_LANGUAGE else home / language
