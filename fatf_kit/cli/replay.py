"""`fatf-kit replay`: an old result rebuilt from its inputs and compared byte by byte."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click

import fatf_kit
from fatf_kit.cli.verify import describe_comparison
from fatf_kit.terminal import exit_codes, options, output
from fatf_kit.workflows.origin_payload import make_rebuilt_result


@click.command
@click.argument("result", metavar="RESULT", type=options.ReadPath())
@click.argument("inputs", metavar="[FILE|DIR]...", nargs=-1, type=options.ReadPath())
@options.quiet_language_json
def replay(result: Path, inputs: tuple[Path, ...]) -> int:
    """Rebuild an old result from its inputs and compare the bytes.

    RESULT is the JSON that 'score' wrote, also one in history/, or a folder with it. The workbooks, settings and
    decisions are read in the assessment folder around it; name another assessment folder, or the workbooks and
    scoring rules of your own, as FILE or DIR. Nothing is written. If the rebuilt result differs, the inputs, rules and
    versions that changed are listed, and then the ratings that differ.

    Example: fatf-kit replay "iraq/history/2026-11-28 10-00-00Z assessment.json"
    """
    with output.progress_bar("Workbooks read") as on_progress:
        replayed = fatf_kit.replay(result, inputs, on_progress=on_progress)
    output.print_result(make_rebuilt_result(replayed), _list_lines(replayed))
    if replayed.is_same:
        output.print_message("The rebuilt result has the same bytes.")
        return exit_codes.DONE
    _print_difference(replayed)
    return exit_codes.FOUND


def _list_lines(replayed: fatf_kit.ReplayResult) -> Iterator[str]:
    t = output.translator()
    then, now = replayed.versions
    state = t("same") if then == now else t("changed")
    version = (state, t("version of fatf-kit"), "", then if then == now else f"{then} → {now}")
    yield from output.table_lines([*describe_comparison(replayed.compared), version])
    if replayed.ratings:
        yield ""
        heads = (t("rating"), t("stored"), t("rebuilt"))
        rows = [(one.unit, _format_range(one.before), _format_range(one.after)) for one in replayed.ratings]
        yield from output.table_lines([heads, *rows])


def _format_range(ends: tuple[str | None, str | None]) -> str:
    worst, best = ends
    if worst is None or best is None:
        return output.translator()("open")
    return worst if worst == best else f"{worst}–{best}"


def _print_difference(replayed: fatf_kit.ReplayResult) -> None:
    t = output.translator()
    if replayed.obstacle:
        output.print_message("The result could not be rebuilt: {reason}", reason=replayed.obstacle.message_in(t))
    elif replayed.ratings:
        output.print_plural(
            "The rebuilt result differs: {n} rating is different.",
            "The rebuilt result differs: {n} ratings are different.",
            len(replayed.ratings),
        )
    elif set(replayed.parts) - {"provenance"}:
        parts = t.listed([part for part in replayed.parts if part != "provenance"])
        output.print_message("The rebuilt result differs, and every rating is the same. Parts: {parts}", parts=parts)
    elif replayed.parts:
        output.print_message("The rebuilt result differs only in the list of its inputs, rules and version.")
    else:
        output.print_message("The values are the same; the file was written in another form.")
