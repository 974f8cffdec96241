"""`fatf-kit npo compare`: two years of the sector beside one another."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import click

from fatf_kit.cli.output import (
    EXITS,
    ReadPath,
    force_option,
    json_option,
    language_option,
    print_json,
    print_message,
    translator,
)

_COUNTS = ("both", "up", "down", "came", "went", "by_hand", "by_method")


@click.command(name="compare", epilog=EXITS)
@click.argument("before", metavar="OLD", type=ReadPath(dir_okay=False))
@click.argument("after", metavar="NEW", type=ReadPath(dir_okay=False))
@click.option("-o", "--output", type=click.Path(path_type=Path, dir_okay=False), help="Write it, .html or .docx.")
@force_option
@language_option
@json_option
def compare(before: Path, after: Path, output: Path | None, force: bool, language: str, as_json: bool) -> None:
    """How many bodies moved between classes from one classified.csv to a later one, and why.

    Bodies are matched by their number. Only counts are shown, small ones hidden.
    """
    from fatf_kit.core.messages import Translator
    from fatf_kit.npo.report.comparison import build_comparison, comparison_payload
    from fatf_kit.npo.report.names import load_names
    from fatf_kit.npo.run import npo_compare
    from fatf_kit.report.write import write_document

    compared = npo_compare(before, after)
    payload = comparison_payload(compared)
    if as_json:
        print_json(payload)
    else:
        _show_counts(payload)
    if output is not None:
        write_document(build_comparison(compared, load_names(language), Translator(language)), output, force=force)
        print_message("Written: {path}", path=output)


def _show_counts(payload: Mapping[str, object]) -> None:
    t = translator()
    told = {name: t("few") if payload[name] is None else t.number(float(str(payload[name]))) for name in _COUNTS}
    click.echo(t("In both years {both}; moved up {up}, down {down}; new {came}, gone {went}.", **told))
    click.echo(t("{by_hand} set by hand; {by_method} moved by method or settings alone.", **told))
