"""`fatf-kit demo`: a complete example with a fictional country, and the report on a real evaluation."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

import fatf_kit
from fatf_kit.cli import options, output, steps
from fatf_kit.core.files import write_file
from fatf_kit.core.isolation import remove_isolation
from fatf_kit.core.national_words import base_language
from fatf_kit.core.resources import data_folder

if TYPE_CHECKING:
    from fatf_kit.core.messages import Translator
    from fatf_kit.report.model import Report

_REAL = ("IRQ", "MER")
_COLUMN = 36
_PAPERS = ("html", "docx")
_SIX_MONTHS_LATER = "2026-07-01"


@click.command
@options.output_folder("Folder for everything that is written.", default="fatf-demo")
@options.force_language
def demo(target: Path, force: bool, language: str) -> None:
    """Write a template, score the assessment folder of a fictional country, and compare published ratings.

    Example: fatf-kit demo -o demo
    """
    run = _ExampleRun(target=target, force=force, language=language, now=steps.current_time(), t=output.translator())
    run.write_blank_template()
    filled = run.copy_folder()
    scored = run.write_gap_report(filled)
    run.report_real_evaluation()
    run.classify_sector()
    run.write_later_papers(filled)
    output.print_plural(
        "The workbooks of the fictional country contain {n} error on purpose. List it with: {command}",
        "The workbooks of the fictional country contain {n} errors on purpose. List them with: {command}",
        len(scored.problems),
        command=f"fatf-kit check {filled}",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _ExampleRun:
    """One run of the demonstration: its folder, language and time."""

    target: Path
    force: bool
    language: str
    now: str
    t: Translator

    @property
    def source(self) -> Path:
        """The fictional country's assessment folder, in the language of the run where there is one."""
        return _in_language(data_folder("examples") / "ruritania", self.language)

    @property
    def country(self) -> str:
        """The name of the fictional country."""
        from fatf_kit.assessment.folder.folder import name_country, open_workspace

        return name_country(open_workspace(self.source)[0].settings, self.language)

    def write_blank_template(self) -> None:
        blank = self.target / f"blank-template-{self.language}.xlsx"
        if self.force or not blank.exists():  # the user may have filled it in
            fatf_kit.template(blank, country=self.country, language=self.language, force=self.force)
        self._print_written(self.t("A blank template"), blank)

    def copy_folder(self) -> Path:
        """Copy the fictional country's assessment folder, to be tried out; files that are there already stay."""
        from fatf_kit.assessment.folder.model import CONTROL, DECISIONS, RESPONSES, STATISTICS

        source, filled = self.source, self.target / "ruritania-folder"
        for folder in (RESPONSES, STATISTICS):
            for path in sorted((source / folder).glob("*.xlsx")):
                self._write_once(filled / folder / path.name, path.read_bytes)
        self._write_once(filled / DECISIONS, (source / DECISIONS).read_bytes)
        if self.force or not (filled / CONTROL).exists():
            (filled / CONTROL).unlink(missing_ok=True)
            fatf_kit.convert_folder(source, output=filled)
        self._print_written(self.t("Assessment folder, fictional"), filled)
        return filled

    def write_gap_report(self, filled: Path) -> fatf_kit.ScoringResult:
        scored = steps.score_with_progress((filled,))
        report = scored.report(generated_at=self.now, language=self.language)
        self._write_report(self.t("Gap report, fictional country"), report, "ruritania")
        return scored

    def report_real_evaluation(self) -> None:
        """Write published ratings as a report, and print what follows from them and how they compare with peers."""
        from fatf_kit.outlook import Target
        from fatf_kit.outlook.report import describe_outlook, describe_target_path
        from fatf_kit.peer_comparison.texts import standing_sentence

        t, (jurisdiction, which) = self.t, _REAL
        published, report = fatf_kit.score_published(
            jurisdiction, report=which, generated_at=self.now, language=self.language
        )
        place = t.country(published.iso3, published.jurisdiction)
        name = t("Published ratings, {jurisdiction} {date}", jurisdiction=place, date=published.date)
        self._write_report(name, report, f"{published.iso3.lower()}-{published.date}")
        output.print_message(f"  {describe_outlook(fatf_kit.outlook_of(published), t)}")
        for goal in Target:
            output.print_message(f"  {describe_target_path(goal, fatf_kit.what_if(published, goal), t)}")
        compared = fatf_kit.peers(published.place, report=which)
        report = fatf_kit.peers_report(compared, generated_at=self.now, language=self.language)
        self._write_report(report.document.title, report, f"{published.iso3.lower()}-peers")
        output.print_message(f"  {standing_sentence(compared, t)}")

    def classify_sector(self) -> None:
        examples, folder = data_folder("examples") / "npo", self.target / "npo"
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
        shipped = _in_language(data_folder("examples") / "ruritania-plan", language)
        sheets = self.source / "mock" / "sheets"
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
        moved = fatf_kit.compare(self.source / "workbook", shipped / "second")
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
        from fatf_kit.report.write import FORMATS

        steps.write_with_progress(report, self.target / folder, formats or tuple(FORMATS), force=self.force)
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
    """Return the folder of a language within a folder, or its file next to a file; the same path if there is none."""
    name = base_language(language)
    own = path / name if path.is_dir() else path.with_stem(f"{path.stem}-{name}")
    return own if own.exists() else path
