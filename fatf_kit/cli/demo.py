"""`fatf-kit demo`: a complete example with a fictional country, and the report on a real evaluation."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import click

import fatf_kit
from fatf_kit.cli import steps
from fatf_kit.core.errors import FatfKitError
from fatf_kit.core.isolation import remove_isolation
from fatf_kit.core.national_words import base_language
from fatf_kit.core.store import write_file
from fatf_kit.examples import (
    SOURCE_LANGUAGE,
    WHOLE_COUNTRY,
    text_languages,
    write_assessment,
    write_examples,
    write_later_work,
    write_sector,
    write_sheets,
    write_whole_country,
)
from fatf_kit.report.write import FORMATS
from fatf_kit.terminal import options, output, writing

if TYPE_CHECKING:
    from fatf_kit.core.messages import Translator
    from fatf_kit.report.model import Report

_REAL = ("IRQ", "MER")
_COLUMN = 36
_PAPERS = ("html", "docx")
_FIRST_FORMATS = ("html", "xlsx")
_SIX_MONTHS_LATER = "2026-07-01"


@click.command
@options.output_folder("Folder for everything that is written.", default="fatf-demo")
@click.option("--all", "is_complete", is_flag=True, help="Also write Word, PDF and all other papers, in more time.")
@click.option(
    "--examples",
    "is_library",
    is_flag=True,
    help="Write only the examples that the documentation uses, in all languages.",
)
@options.force_language
def demo(target: Path, is_complete: bool, is_library: bool, force: bool, language: str) -> None:
    """Write the assessment folder of a fictional country and its gap report.

    The option --all adds the other papers, and a report on a real evaluation. The commands of the documentation name
    files in examples/: the option --examples writes them, with -o examples.

    Example: fatf-kit demo -o demo
    """
    if is_library:
        _write_library(target, force=force)
        return
    with TemporaryDirectory() as place:
        run = _ExampleRun(
            source=Path(place) / "ruritania",
            target=target,
            formats=tuple(FORMATS) if is_complete else _FIRST_FORMATS,
            force=force,
            language=language,
            now=writing.current_time(),
            t=output.translator(),
        )
        filled = run.write_folder()
        run.write_gap_report(filled)
        if is_complete:
            run.write_blank_template()
            run.report_real_evaluation()
            run.classify_sector()
            run.write_later_papers(filled)
    _print_end(target, filled)


def _write_library(target: Path, *, force: bool) -> None:
    """Write the examples of the documentation into a folder that is new or empty, unless `force` is given."""
    there = sorted(target.iterdir()) if target.is_dir() else []
    if there and not force:
        raise FatfKitError(
            "{folder} already contains {file}. Choose another folder.", folder=target, file=there[0].name
        )
    with output.progress_bar("Parts of the examples written") as on_progress:
        write_examples(target, on_progress=on_progress)
    output.print_message("Written: {path}", path=target)


def _print_end(target: Path, filled: Path) -> None:
    """Print the one page to open, and three commands to try next."""
    t = output.translator()
    page = target / "ruritania" / "report.html"
    output.print_message("Open this page: {path}", path=page)
    output.print_message("Next steps")
    rows = [
        (f"fatf-kit check {filled}", t("lists the errors that the workbooks contain on purpose")),
        (f"fatf-kit explain {filled} R.36", t("shows how one rating is calculated")),
        ("fatf-kit init", t("makes the folder of your own country")),
    ]
    for number, (command, text) in enumerate(rows, start=1):
        output.print_message(f"  {number}. {command}  {text}")


@dataclass(frozen=True, slots=True, kw_only=True)
class _ExampleRun:
    """One run of the demonstration: its folders, formats, language and time."""

    source: Path
    """The folder in which the example is written before it is copied, so that a file that the user changed stays."""
    target: Path
    formats: tuple[str, ...]
    force: bool
    language: str
    now: str
    t: Translator

    @property
    def example_language(self) -> str:
        """The language of the example: that of the run if there are texts in it, else English."""
        language = base_language(self.language)
        return language if language in text_languages() else SOURCE_LANGUAGE

    @property
    def country(self) -> str:
        """The name of the fictional country."""
        from fatf_kit.assessment.folder.folder import name_country, open_workspace

        return name_country(open_workspace(self.source)[0].settings, self.language)

    def write_folder(self) -> Path:
        """Write the fictional country's assessment folder, to be tried out; files that are there already stay."""
        from fatf_kit.assessment.folder.model import AGENCIES, ASSIGNMENT, CONTROL, SETTINGS

        source, filled = self.source, self.target / "ruritania-folder"
        with output.progress_bar("Parts of the example written") as on_progress:
            written = write_assessment(source, self.example_language, on_progress=on_progress)
        for path in written:
            if path.name not in {SETTINGS, AGENCIES, ASSIGNMENT}:  # the workbook replaces them
                self._write_once(filled / path.relative_to(source), path.read_bytes)
        if self.force or not (filled / CONTROL).exists():
            (filled / CONTROL).unlink(missing_ok=True)
            fatf_kit.convert_folder(source, output=filled)
        return filled

    def write_gap_report(self, filled: Path) -> None:
        scored = steps.score_with_progress((filled,))
        report = scored.report(generated_at=self.now, language=self.language)
        writing.write_with_progress(report, self.target / "ruritania", self.formats, force=self.force)

    def write_blank_template(self) -> None:
        blank = self.target / f"blank-template-{self.language}.xlsx"
        if self.force or not blank.exists():  # the user may have filled it in
            fatf_kit.template(blank, country=self.country, language=self.language, force=self.force)
        self._print_written(self.t("A blank template"), blank)

    def report_real_evaluation(self) -> None:
        """Write published ratings as a report, and their comparison with peers."""
        t, (jurisdiction, which) = self.t, _REAL
        published, report = fatf_kit.score_published(
            jurisdiction, report=which, generated_at=self.now, language=self.language
        )
        place = t.country(published.iso3, published.jurisdiction)
        name = t("Published ratings, {jurisdiction} {date}", jurisdiction=place, date=published.date)
        self._write_report(name, report, f"{published.iso3.lower()}-{published.date}")
        compared = fatf_kit.peers(published.place, report=which)
        report = fatf_kit.peers_report(compared, generated_at=self.now, language=self.language)
        self._write_report(report.document.title, report, f"{published.iso3.lower()}-peers")

    def classify_sector(self) -> None:
        examples, folder = self.source / "npo", self.target / "npo"
        write_sector(examples, {SOURCE_LANGUAGE, self.example_language})
        register, settings, measures = (
            _in_language(examples / name, self.language) for name in ("register.csv", "settings.json", "measures.xlsx")
        )
        made = fatf_kit.npo_classify(register, folder, settings=settings, language=self.language, force=True)
        imprint: dict[str, Any] = {"country": self.country, "generated_at": self.now, "language": self.language}
        report, _ = fatf_kit.npo_report(made.result, measures=measures, **imprint)
        self._write_report(self.t("NPO sector, fictional register"), report, "npo")

    def write_later_papers(self, filled: Path) -> None:
        """Write the mock visit, a plan, its progress half a year later, the second assessment and the follow-up."""
        from fatf_kit.report.formats.docx import render_docx
        from fatf_kit.workflows.mock_visit import write_debrief

        t, target, language = self.t, self.target, self.language
        shipped, sheets, answers = self.source / "plan", self.source / "mock" / "sheets", self.source / WHOLE_COUNTRY
        write_sheets(sheets, self.source, self.example_language)
        write_whole_country(answers, self.example_language)
        write_later_work(shipped, answers, self.example_language)
        rehearsed = fatf_kit.mock_debrief(sheets)
        write_debrief(rehearsed, target / "mock", _PAPERS, generated_at=self.now, language=language, force=self.force)
        self._print_written(t("Mock visit, debrief"), target / "mock" / "debrief.html")
        plan = target / f"plan-{language}.xlsx"
        # on the same day and of the same answers as the gap report, so that both count the same actions
        planned = fatf_kit.plan_of(filled, start=self.now[:10], target="leave-icrg")
        self._write_once(plan, lambda: planned.workbook(language), t("Action plan, fictional country"))
        tracked, _ = fatf_kit.progress(shipped / "plan-after-six-months.xlsx", today=_SIX_MONTHS_LATER)
        report = fatf_kit.progress_report(tracked, language)
        self._write_report(t("Progress after six months"), report, "progress", _PAPERS)
        moved = fatf_kit.compare(answers.parent, shipped / "second")
        report = fatf_kit.compare_report(moved, language)
        self._write_report(t("Second assessment compared"), report, "comparison", _PAPERS)
        followed = shipped / "follow-up.docx"
        self._write_once(target / followed.name, followed.read_bytes, t("Follow-up report, fictional"))
        real = target / f"{_REAL[0].lower()}-follow-up-{language}.docx"
        today = date.fromisoformat(self.now[:10])
        after = fatf_kit.follow_up(_REAL[0], report=_REAL[1]).document(today=today, language=language)
        self._write_once(real, lambda: render_docx(after), t("Follow-up to a real report"))

    def _write_report(self, name: str, report: Report, folder: str, formats: tuple[str, ...] = ()) -> None:
        """Write a report, in every format unless some are named, and print where its page is."""
        writing.write_with_progress(report, self.target / folder, formats or tuple(FORMATS), force=self.force)
        self._print_written(name, self.target / folder / "report.html")

    def _write_once(self, path: Path, content: Callable[[], bytes], name: str = "") -> None:
        """Write a file, unless it is there from an earlier run, where the user may have changed it.

        Where it has a name, it is printed.
        """
        if self.force or not path.exists():
            write_file(path, content())
        if name:
            self._print_written(name, path)

    def _print_written(self, what: str, path: Path) -> None:
        """Print what was written and where, with the paths in one column."""
        label = remove_isolation(self.t("{name}: {text}", name=what, text="").rstrip())
        output.print_message(f"{label.ljust(_COLUMN - 1)} {path}")


def _in_language(path: Path, language: str) -> Path:
    """Return the file of a language next to a file; the same path if there is none."""
    own = path.with_stem(f"{path.stem}-{base_language(language)}")
    return own if own.exists() else path
