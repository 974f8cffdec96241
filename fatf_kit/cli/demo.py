"""`fatf-kit demo`: the whole job on the made-up country, and the report on a real evaluation."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import click

from fatf_kit.cli.output import EXITS, force_option, language_option, say

_REAL = ("IRQ", "MER")
_COLUMN = 31
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
    from fatf_kit import api
    from fatf_kit.messages import Words
    from fatf_kit.outlook import Target
    from fatf_kit.report.build.outlook import outlook_sentence, target_name, what_if_sentence
    from fatf_kit.report.build.peers import standing_sentence
    from fatf_kit.report.write import write_report
    from fatf_kit.resources import data_folder

    now, t = datetime.now().astimezone().isoformat(timespec="minutes"), Words(language)
    blank = output / f"blank-template-{language}.xlsx"
    if force or not blank.exists():  # somebody may have tried it out
        api.template(blank, country="Ruritania", language=language, force=force)
    _tell(t("A blank template"), blank)

    filled = _copy_of_folder(output / "ruritania-folder", force)
    _tell(t("Assessment folder, made-up"), filled)
    scored = api.score(filled)
    report = scored.report(generated_at=now, language=language)
    write_report(report, output / "ruritania", force=force)
    _tell(t("Gap report, made-up country"), output / "ruritania" / "report.html")

    published, report = api.score_published(_REAL[0], report=_REAL[1], generated_at=now, language=language)
    folder = output / f"{published.iso3.lower()}-{published.date}"
    write_report(report, folder, force=force)
    place = t.country(published.iso3, published.jurisdiction)
    told = t("Published ratings, {jurisdiction} {date}", jurisdiction=place, date=published.date)
    say(f"{told}: {folder / 'report.html'}")
    say(f"  {outlook_sentence(api.outlook_of(published), t)}")
    for target in Target:
        say(f"  {target_name(target, t)}: {what_if_sentence(api.what_if(published, target), t)}")
    compared = api.peers(published.place, report=_REAL[1])
    beside = api.peers_report(compared, generated_at=now, language=language)
    write_report(beside, output / f"{published.iso3.lower()}-peers", force=force)
    say(f"{beside.document.title}: {output / f'{published.iso3.lower()}-peers' / 'report.html'}")
    say(f"  {standing_sentence(compared, t)}")
    register = data_folder("examples") / "npo"
    made = api.npo_classify(
        register / "register.csv", output / "npo", settings=register / "settings.json", language=language, force=True
    )
    report, _ = api.npo_report(
        made.result,
        measures=register / "measures.xlsx",
        country="Ruritania",
        generated_at=now,
        language=language,
    )
    write_report(report, output / "npo", json_name="npo.json", force=force)
    _tell(t("NPO sector, made-up register"), output / "npo" / "report.html")
    _afterwards(output, filled, language, force)
    say(
        "The made-up country's workbooks have faults to be found, {n} remarks in all: {command}",
        n=len(scored.problems),
        command=f"fatf-kit check {filled}",
    )


def _afterwards(output: Path, filled: Path, language: str, force: bool) -> None:
    """What follows: the mock visit, a plan, its progress half a year later, the second assessment, what moved."""
    from fatf_kit import api
    from fatf_kit.api.mock_visit import write_debrief
    from fatf_kit.messages import Words
    from fatf_kit.report.formats.docx import render_docx
    from fatf_kit.report.write import write_report
    from fatf_kit.resources import data_folder

    shipped = data_folder("examples") / "ruritania-plan"
    now, t = datetime.now().astimezone().isoformat(timespec="minutes"), Words(language)
    sheets = data_folder("examples") / "ruritania" / "mock" / "sheets"
    rehearsed = api.mock_debrief(sheets)
    write_debrief(rehearsed, output / "mock", ("html", "docx"), generated_at=now, language=language, force=force)
    _tell(t("Mock visit, debrief"), output / "mock" / "debrief.html")
    plan = output / f"plan-{language}.xlsx"
    planned = api.plan_of(filled, start=_PLAN_START, target="leave-icrg", mock=sheets)
    _write_once(plan, lambda: planned.workbook(language), force)
    _tell(t("Action plan, made-up country"), plan)
    tracked, _ = api.progress(shipped / "plan-after-six-months.xlsx", today=_SIX_MONTHS_LATER)
    write_report(api.progress_report(tracked, language), output / "progress", ("html", "docx"), force=force)
    _tell(t("Progress after six months"), output / "progress" / "report.html")
    moved = api.compare(data_folder("examples") / "ruritania" / "workbook", shipped / "second")
    write_report(api.compare_report(moved, language), output / "comparison", ("html", "docx"), force=force)
    _tell(t("Second assessment compared"), output / "comparison" / "report.html")
    followed = output / "follow-up.docx"
    _write_once(followed, (shipped / "follow-up.docx").read_bytes, force)
    _tell(t("Follow-up report, made-up"), followed)
    real = output / f"{_REAL[0].lower()}-follow-up-{language}.docx"
    after = api.follow_up(_REAL[0], report=_REAL[1]).document(today=date.fromisoformat(now[:10]), language=language)
    _write_once(real, lambda: render_docx(after), force)
    _tell(t("Follow-up to a real report"), real)


def _tell(what: str, where: Path) -> None:
    """What was written and where, the places under one another."""
    say(f"{what + ':':<{_COLUMN}}{where}")


def _write_once(target: Path, content: Callable[[], bytes], force: bool) -> None:
    """What somebody may have worked in since the last time stays, unless by force."""
    from fatf_kit.files import write_file

    if force or not target.exists():
        write_file(target, content())


def _copy_of_folder(target: Path, force: bool) -> Path:
    """The made-up country's assessment folder, to be tried out; what is there already stays."""
    from fatf_kit.resources import data_folder
    from fatf_kit.workspace.folder import README
    from fatf_kit.workspace.model import AGENCIES, ASSIGNMENT, DECISIONS, RESPONSES, SETTINGS, STATISTICS

    source = data_folder("examples") / "ruritania"
    names = [SETTINGS, AGENCIES, ASSIGNMENT, DECISIONS, README]
    for room in (RESPONSES, STATISTICS):
        names += [f"{room}/{path.name}" for path in sorted((source / room).glob("*.xlsx"))]
    for name in names:
        _write_once(target / name, (source / name).read_bytes, force)
    return target
