"""`fatf-kit fill`: a country's own Excel or Word file, filled with its answers and ratings."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from fatf_kit.cli.output import (
    EXITS,
    ReadPath,
    audience_option,
    exit_code,
    force_option,
    language_option,
    print_message,
    print_problems,
    scoring_options,
    translator,
)


@click.command(epilog=EXITS)
@click.argument("form", metavar="THEIR-FILE", type=ReadPath())
@click.argument("paths", metavar="[FILE|DIR...]", nargs=-1, type=ReadPath())
@click.option("-o", "--output", type=click.Path(path_type=Path), required=True, help="The filled copy.")
@audience_option
@scoring_options
@force_option
@language_option
def fill(
    form: Path,
    paths: tuple[Path, ...],
    output: Path,
    audience: str,
    edition: str | None,
    cut_off: date | None,
    policy: str | None,
    force: bool,
    language: str,
) -> int:
    """Fill a copy of THEIR-FILE, an Excel workbook or a Word document; everything else in it stays as it is.

    It asks with placeholders like {{R.10/10.7 explanation}} or {{R.10 rating}}. Fields of a criterion or core issue:
    explanation, rating, shown, citation, in_force_from, evidence, missing, action, action_due, requirement.
    Fields of a Recommendation or outcome: rating, claimed, shown, title. In a workbook, empty cells are also
    filled where one column has full ids and others have the headings of fatf-kit's templates.
    """
    import fatf_kit
    from fatf_kit.cli.steps import input_paths, language_for, paths_or_cwd, score_with_progress
    from fatf_kit.core.errors import FatfKitError
    from fatf_kit.core.files import check_target, write_file

    paths = paths_or_cwd(paths)
    if not paths:
        raise click.UsageError("Give filled workbooks or a folder.")
    language = language_for(language, paths)
    scored = score_with_progress(paths, edition=edition, cut_off=cut_off, policy=policy)
    kept = (form, *input_paths(paths, scored.folder))
    check_target(output, inputs=kept, force=force, endings=filter(None, [form.suffix.lower()]))
    if not scored.responses.inputs:
        print_problems(scored.problems)
        t = translator()
        raise FatfKitError(t("No workbook could be read, so there is nothing to fill in."))
    filled = fatf_kit.fill(scored, form, language=language, audience=audience)
    print_problems(filled.problems)
    write_file(output, filled.data)
    print_message("Written: {path}, places filled: {n}", path=output, n=filled.places)
    return exit_code(filled.problems)
