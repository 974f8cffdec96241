"""`fatf-kit fill`: a country's own Excel or Word file, filled with its answers and ratings."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from fatf_kit.cli import options, output, steps


@click.command(epilog=output.EXITS)
@click.argument("form", metavar="THEIR-FILE", type=options.ReadPath())
@options.input_paths("[FILE|DIR...]")
@click.option("-o", "--output", "target", type=click.Path(path_type=Path), required=True, help="The filled copy.")
@options.audience
@options.scoring
@options.force_language
def fill(
    form: Path, paths: tuple[Path, ...], target: Path, audience: str, force: bool, language: str, **scoring: Any
) -> int:
    """Fill a copy of THEIR-FILE, an Excel workbook or a Word document; everything else in it stays as it is.

    It asks with placeholders like {{R.10/10.7 explanation}} or {{R.10 rating}}. Fields of a criterion or core issue:
    explanation, rating, shown, citation, in_force_from, evidence, missing, action, action_due, requirement.
    Fields of a Recommendation or outcome: rating, claimed, shown, title. In a workbook, empty cells are also
    filled where one column has full ids and others have the headings of fatf-kit's templates.
    """
    import fatf_kit
    from fatf_kit.core.files import check_target, write_file

    paths = steps.require_paths(paths, "Give filled workbooks or a folder.")
    language, t = steps.language_for(language, paths), output.translator()
    scored = steps.score_with_progress(paths, **scoring)
    kept = (form, *steps.protected_paths(paths, scored.folder))
    check_target(target, inputs=kept, force=force, endings=filter(None, [form.suffix.lower()]))
    steps.require_workbooks(scored, t("No workbook could be read, so there is nothing to fill in."))
    filled = fatf_kit.fill(scored, form, language=language, audience=audience)
    output.print_problems(filled.problems)
    write_file(target, filled.data)
    output.print_message("Written: {path}, places filled: {n}", path=target, n=filled.places)
    return output.exit_code(filled.problems)
