"""`fatf-kit explain`: how one rating is calculated, in words."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from fatf_kit.cli import steps
from fatf_kit.terminal import folders, options, output


@click.command
@options.input_paths("[FILE|DIR...]")
@click.argument("unit", metavar="ID")
@options.scoring
@options.language_json
def explain(paths: tuple[Path, ...], unit: str, language: str, **scoring: Any) -> None:
    """Show how one rating is calculated.

    ID is a Recommendation, an outcome or a requirement, like R.10, IO.3 or R.10/10.7.

    The steps are answers, credits, weights, sums, thresholds, ceilings and missing items. The numbers are whole, so
    that a person can repeat the calculation by hand.

    Example: fatf-kit explain iraq R.10
    """
    from fatf_kit.scoring.report.payload import build_explanation_payload

    paths = folders.require_paths(paths)
    scored = steps.score_with_progress(paths, **scoring)
    steps.require_workbooks(scored, output.translate("No workbook could be read, so no rating can be explained."))
    explanation = scored.explain(unit, language=language)
    about = [p for p in scored.problems if (p.requirement or "").partition("/")[0] == explanation.unit]
    output.print_problems(about)
    document = build_explanation_payload(explanation, scored.assessment, scored.policy, language)
    output.print_result(document, [explanation.text])
    if scored.policy.is_own and not output.is_set(output.JSON):
        output.print_message("The scoring rules {id} were not written by fatf-kit.", id=scored.policy.id)
