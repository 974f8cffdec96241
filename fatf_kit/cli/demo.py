"""`fatf-kit demo`: the whole job on the made-up country, and the report on a real evaluation."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from fatf_kit.cli.output import EXITS, force_option, language_option, say

_REAL = ("IRQ", "MER")


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
    """Write a template, score a filled workbook of a made-up country, and report on published ratings."""
    from fatf_kit import api
    from fatf_kit.report.write import write_report
    from fatf_kit.resources import data_folder

    now = datetime.now().astimezone().isoformat(timespec="minutes")
    blank = output / f"blank-template-{language}.xlsx"
    if force or not blank.exists():  # somebody may have tried it out
        api.template(blank, country="Ruritania", language=language, force=force)
    say(f"A blank template:              {blank}")

    filled = data_folder("examples") / "ruritania" / "workbook"
    scored = api.score([filled])
    report = scored.report(generated_at=now, language=language)
    write_report(report, output / "ruritania", force=force)
    say(f"Gap report, made-up country:   {output / 'ruritania' / 'report.html'}")

    published, report = api.score_published(_REAL[0], report=_REAL[1], generated_at=now, language=language)
    folder = output / f"{published.iso3.lower()}-{published.date}"
    write_report(report, folder, force=force)
    say(f"Published ratings, {published.jurisdiction} {published.date}: {folder / 'report.html'}")
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
    say(f"NPO sector, made-up register:  {output / 'npo' / 'report.html'}")
    planted = len(scored.problems)
    say(f"The made-up country's workbook has {planted} planted problems: fatf-kit check {filled}")
