"""`fatf-kit fill`: a country's own Excel or Word file, filled with its answers and ratings."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

import fatf_kit
from fatf_kit.cli import steps
from fatf_kit.core.store import check_target, write_output
from fatf_kit.terminal import folders, options, output


@click.command
@click.argument("form", metavar="YOUR-FILE", type=options.ReadPath())
@options.input_paths("[FILE|DIR...]")
@options.output_file("File to write.  [default: next to YOUR-FILE, its name with -filled]")
@options.audience
@options.scoring
@options.force_language
def fill(
    form: Path, paths: tuple[Path, ...], target: Path | None, audience: str, force: bool, language: str, **scoring: Any
) -> None:
    """Fill in a copy of YOUR-FILE, an Excel workbook or a Word document; everything else in it stays the same.

    The file contains placeholders like {{R.10/10.7 explanation}} or {{R.10 rating}}. A criterion or core issue has the
    fields explanation, rating, shown, citation, in_force_from, evidence, missing, action, action_due and requirement. A
    Recommendation or outcome has rating, claimed, shown and title. In a workbook, empty cells are also filled in if one
    column has full ids and other columns have the headings of fatf-kit's templates.

    Example: fatf-kit fill questionnaire.docx iraq -o questionnaire-filled.docx
    """
    paths = folders.require_paths(paths)
    target = target or form.with_stem(f"{form.stem}-filled")
    endings = (form.suffix.lower(),) if form.suffix.lower() in (".xlsx", ".docx") else ()
    check_target(target, force=force, endings=endings)
    scored = steps.score_with_progress(paths, **scoring)
    steps.require_workbooks(scored, output.translate("No workbook could be read, so nothing can be filled in."))
    filled = fatf_kit.fill(scored, form, language=language, audience=audience)
    output.print_problems(filled.problems)
    write_output(target, filled.data, force=force)
    output.print_plural(
        "Written: {path}; {n} place is filled in.",
        "Written: {path}; {n} places are filled in.",
        filled.places,
        path=target,
    )
