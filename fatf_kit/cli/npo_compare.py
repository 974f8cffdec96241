"""`fatf-kit npo compare`: two years of the sector compared."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

import click

from fatf_kit.cli import options, output, steps

_COUNTS = ("both", "up", "down", "came", "went", "by_hand", "by_method")


@click.command(name="compare", epilog=output.EXITS)
@click.argument("before", metavar="OLD", type=options.INPUT_FILE)
@click.argument("after", metavar="NEW", type=options.INPUT_FILE)
@options.output_file("File to write, .html or .docx.")
@options.force_language_json
def compare(before: Path, after: Path, target: Path | None, force: bool, language: str, as_json: bool) -> None:
    """Count the bodies that moved between classes from one classified.csv to a later one, and why.

    Bodies are matched by their number. Only counts are shown, and small counts are hidden.
    """
    from fatf_kit.core.messages import Translator
    from fatf_kit.npo.functions import npo_compare
    from fatf_kit.npo.report.comparison import build_comparison, comparison_payload
    from fatf_kit.npo.report.names import load_names

    compared = npo_compare(before, after)
    payload = comparison_payload(compared)
    output.print_result(payload, _lines(payload), as_json=as_json)
    if target is not None:
        steps.write_single(build_comparison(compared, load_names(language), Translator(language)), target, force=force)


def _lines(payload: Mapping[str, object]) -> Iterator[str]:
    t = output.translator()
    counts = {name: t("few") if payload[name] is None else t.number(float(str(payload[name]))) for name in _COUNTS}
    yield t(
        "Bodies in both years: {both}. Moved to a higher class: {up}, to a lower one: {down}. "
        "New: {came}. No longer registered: {left}.",
        left=counts["went"],
        **counts,
    )
    yield t("{by_hand} set by hand; {by_method} moved by method or settings alone.", **counts)
