"""`fatf-kit verify`: a check that a report still matches the workbooks it was built from."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import click

import fatf_kit
from fatf_kit.terminal import exit_codes, options, output
from fatf_kit.workflows.origin_payload import make_verdict_result
from fatf_kit.workflows.verify import FINE, MatchState, VerifiedFile, VerifiedKind


@click.command
@click.argument("folder", metavar="DIR", type=options.ReadPath())
@click.argument("inputs", metavar="[FILE|DIR]...", nargs=-1, type=options.ReadPath())
@options.quiet_language_json
def verify(folder: Path, inputs: tuple[Path, ...]) -> int:
    """Check that a folder of reports still matches the workbooks it was built from.

    DIR is a folder that 'score' wrote, or an assessment folder. The workbooks and scoring rules of your own are
    searched for in the assessment folder around it; name another assessment folder, or the workbooks, as FILE or DIR.
    Files are compared by their fingerprint (SHA-256), so a renamed workbook is recognised. Of an assessment folder,
    settings, figures and decisions are compared too. A report on published ratings is compared with the table of
    published ratings.

    Example: fatf-kit verify iraq
    """
    verdict = fatf_kit.verify(folder, inputs)
    output.print_result(make_verdict_result(verdict), output.table_lines(describe_comparison(verdict.compared)))
    if verdict.holds:
        output.print_message("The report matches its inputs.")
        return exit_codes.DONE
    output.print_plural(
        "The report does not match its inputs: {n} of them differs.",
        "The report does not match its inputs: {n} of them differ.",
        sum(one.standing not in FINE for one in verdict.compared),
    )
    if not inputs and _lacks_workbooks(verdict.compared):
        output.print_message(
            "If the workbooks are elsewhere, name them or the assessment folder after '{folder}'.", folder=folder
        )
    return exit_codes.FOUND


def _lacks_workbooks(compared: Iterable[VerifiedFile]) -> bool:
    read = [one for one in compared if one.kind is VerifiedKind.INPUT]
    return bool(read) and all(one.standing is MatchState.MISSING for one in read)


def describe_comparison(compared: Iterable[VerifiedFile]) -> list[tuple[str, str, str, str]]:
    """Return a row for each compared thing: state, kind, the beginning of the fingerprint, and name."""
    t = output.translator()
    states = {
        MatchState.SAME: t("same"),
        MatchState.RENAMED: t("renamed"),
        MatchState.CHANGED: t("changed"),
        MatchState.MISSING: t("missing"),
        MatchState.NEW: t("new"),
        MatchState.UNFINISHED: t("unfinished"),
        MatchState.UNKNOWN: t("cannot be compared"),
    }
    kinds = {
        VerifiedKind.REPORT: t("report"),
        VerifiedKind.INPUT: t("workbook"),
        VerifiedKind.FOLDER: t("file of the folder"),
        VerifiedKind.DECISIONS: t("decisions"),
        VerifiedKind.EDITION: t("edition"),
        VerifiedKind.POLICY: t("scoring rules"),
        VerifiedKind.RULE: t("rules"),
        VerifiedKind.PUBLISHED: t("published ratings"),
    }
    return [(states[one.standing], kinds[one.kind], one.fingerprint[:19], one.name) for one in compared]
