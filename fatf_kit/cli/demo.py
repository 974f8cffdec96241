"""`fatf-kit demo`: the whole job on the made-up country, and the report on a real evaluation."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from fatf_kit.cli.output import EXITS, force_option, language_option, print_message, translator

if TYPE_CHECKING:
    from fatf_kit import ScoringResult
    from fatf_kit.core.messages import Translator
    from fatf_kit.report.model import Report

_REAL = ("IRQ", "MER")
_COLUMN = 31
_PAPERS = ("html", "docx")
_PLAN_START, _SIX_MONTHS_LATER = "2026-01-04", "2026-07-01"


@click.command(epilog=EXITS)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, file_okay=False),
    default="fatf-demo",
    show_default=True,
    help="Folder for everything that is written.",
)
@force_option
@language_option
def demo(output: Path, force: bool, language: str) -> None:
    """Write a template, score a made-up country's assessment folder, and report on published ratings beside others."""
    from fatf_kit.core.messages import Translator

    now = datetime.now().astimezone().isoformat(timespec="minutes")
    run = _ExampleRun(output=output, force=force, language=language, now=now, t=Translator(language))
    run.blank_template()
    filled = run.own_folder()
    scored = run.gap_report(filled)
    run.real_evaluation()
    run.sector()
    run.afterwards(filled)
    print_message(
        "The made-up country's workbooks have faults to be found, {n} remarks in all: {command}",
        n=len(scored.problems),
        command=f"fatf-kit check {filled}",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _ExampleRun:
    """One run of the demonstration: where it writes, in which language, and when."""

    output: Path
    force: bool
    language: str
    now: str
    t: Translator

    def blank_template(self) -> None:
        import fatf_kit

        blank = self.output / f"blank-template-{self.language}.xlsx"
        if self.force or not blank.exists():  # somebody may have tried it out
            fatf_kit.template(blank, country="Ruritania", language=self.language, force=self.force)
        _say_written(self.t("A blank template"), blank)

    def own_folder(self) -> Path:
        filled = _copy_of_folder(self.output / "ruritania-folder", self.force)
        _say_written(self.t("Assessment folder, made-up"), filled)
        return filled

    def gap_report(self, filled: Path) -> ScoringResult:
        from fatf_kit.cli.steps import score_with_progress

        scored = score_with_progress((filled,))
        page = self._report(scored.report(generated_at=self.now, language=self.language), "ruritania")
        _say_written(self.t("Gap report, made-up country"), page)
        return scored

    def real_evaluation(self) -> None:
        """Published ratings as a report, what follows from them, and how they stand beside others."""
        import fatf_kit
        from fatf_kit.outlook import Target
        from fatf_kit.outlook.report import describe_outlook, describe_target_path
        from fatf_kit.peer_comparison.texts import standing_sentence

        t, (jurisdiction, which) = self.t, _REAL
        published, report = fatf_kit.score_published(
            jurisdiction, report=which, generated_at=self.now, language=self.language
        )
        page = self._report(report, f"{published.iso3.lower()}-{published.date}")
        place = t.country(published.iso3, published.jurisdiction)
        told = t("Published ratings, {jurisdiction} {date}", jurisdiction=place, date=published.date)
        print_message("{name}: {text}", name=told, text=page)
        print_message(f"  {describe_outlook(fatf_kit.outlook_of(published), t)}")
        for target in Target:
            print_message(f"  {describe_target_path(target, fatf_kit.what_if(published, target), t)}")
        compared = fatf_kit.peers(published.place, report=which)
        beside = fatf_kit.peers_report(compared, generated_at=self.now, language=self.language)
        page = self._report(beside, f"{published.iso3.lower()}-peers")
        print_message("{name}: {text}", name=beside.document.title, text=page)
        print_message(f"  {standing_sentence(compared, t)}")

    def sector(self) -> None:
        import fatf_kit
        from fatf_kit.cli.steps import write_with_progress
        from fatf_kit.core.resources import data_folder
        from fatf_kit.report.write import FORMATS

        register, folder = data_folder("examples") / "npo", self.output / "npo"
        made = fatf_kit.npo_classify(
            register / "register.csv", folder, settings=register / "settings.json", language=self.language, force=True
        )
        report, _ = fatf_kit.npo_report(
            made.result,
            measures=register / "measures.xlsx",
            country="Ruritania",
            generated_at=self.now,
            language=self.language,
        )
        write_with_progress(report, folder, tuple(FORMATS), json_name="npo.json", force=self.force)
        _say_written(self.t("NPO sector, made-up register"), folder / "report.html")

    def afterwards(self, filled: Path) -> None:
        """What follows: the mock visit, a plan, its progress half a year later, the second assessment, what moved."""
        import fatf_kit
        from fatf_kit.core.resources import data_folder
        from fatf_kit.report.formats.docx import render_docx
        from fatf_kit.workflows.mock_visit import write_debrief

        t, output, force, language = self.t, self.output, self.force, self.language
        shipped = data_folder("examples") / "ruritania-plan"
        sheets = data_folder("examples") / "ruritania" / "mock" / "sheets"
        rehearsed = fatf_kit.mock_debrief(sheets)
        write_debrief(rehearsed, output / "mock", _PAPERS, generated_at=self.now, language=language, force=force)
        _say_written(t("Mock visit, debrief"), output / "mock" / "debrief.html")
        plan = output / f"plan-{language}.xlsx"
        planned = fatf_kit.plan_of(filled, start=_PLAN_START, target="leave-icrg", mock=sheets)
        _write_once(plan, lambda: planned.workbook(language), force)
        _say_written(t("Action plan, made-up country"), plan)
        tracked, _ = fatf_kit.progress(shipped / "plan-after-six-months.xlsx", today=_SIX_MONTHS_LATER)
        page = self._report(fatf_kit.progress_report(tracked, language), "progress", _PAPERS)
        _say_written(t("Progress after six months"), page)
        moved = fatf_kit.compare(data_folder("examples") / "ruritania" / "workbook", shipped / "second")
        page = self._report(fatf_kit.compare_report(moved, language), "comparison", _PAPERS)
        _say_written(t("Second assessment compared"), page)
        followed = output / "follow-up.docx"
        _write_once(followed, (shipped / "follow-up.docx").read_bytes, force)
        _say_written(t("Follow-up report, made-up"), followed)
        real = output / f"{_REAL[0].lower()}-follow-up-{language}.docx"
        today = date.fromisoformat(self.now[:10])
        after = fatf_kit.follow_up(_REAL[0], report=_REAL[1]).document(today=today, language=language)
        _write_once(real, lambda: render_docx(after), force)
        _say_written(t("Follow-up to a real report"), real)

    def _report(self, report: Report, folder: str, formats: tuple[str, ...] = ()) -> Path:
        """Write a report, in every format unless some are named, and return its page."""
        from fatf_kit.cli.steps import write_with_progress
        from fatf_kit.report.write import FORMATS

        write_with_progress(report, self.output / folder, formats or tuple(FORMATS), force=self.force)
        return self.output / folder / "report.html"


def _say_written(what: str, where: Path) -> None:
    """What was written and where, the places under one another."""
    label = translator()("{name}: {text}", name=what, text="").rstrip()
    print_message(f"{label.ljust(_COLUMN)}{where}")


def _write_once(target: Path, content: Callable[[], bytes], force: bool) -> None:
    """What somebody may have worked in since the last time stays, unless by force."""
    from fatf_kit.core.files import write_file

    if force or not target.exists():
        write_file(target, content())


def _copy_of_folder(target: Path, force: bool) -> Path:
    """The made-up country's assessment folder, to be tried out; what is there already stays."""
    from fatf_kit.assessment.folder.folder import README
    from fatf_kit.assessment.folder.model import AGENCIES, ASSIGNMENT, DECISIONS, RESPONSES, SETTINGS, STATISTICS
    from fatf_kit.core.resources import data_folder

    source = data_folder("examples") / "ruritania"
    names = [SETTINGS, AGENCIES, ASSIGNMENT, DECISIONS, README]
    for room in (RESPONSES, STATISTICS):
        names += [f"{room}/{path.name}" for path in sorted((source / room).glob("*.xlsx"))]
    for name in names:
        _write_once(target / name, (source / name).read_bytes, force)
    return target
