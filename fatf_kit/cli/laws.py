"""`fatf-kit laws`: the register of laws of an assessment folder."""

from __future__ import annotations

from pathlib import Path

import click

from fatf_kit.cli import options, output, steps
from fatf_kit.cli.laws_bills import what_if, without
from fatf_kit.cli.laws_lists import annex, concordance, list_laws
from fatf_kit.cli.progress_bar import progress_bar


@click.group(epilog=output.EXITS)
def laws() -> None:
    """Keep the register of laws, and see which article proves which criterion and what a bill would change.

    The register is laws.xlsx in the assessment folder. One person keeps it in Excel. What the answers cite is matched
    with it.
    """


@laws.command(epilog=output.EXITS)
@options.input_paths("[DIR]")
@options.language_json
def propose(paths: tuple[Path, ...], language: str, as_json: bool) -> int:  # noqa: ARG001 - the option is read at start
    """Add to laws.xlsx the laws that answers cite and that are not entered yet.

    New rows are marked as proposed and prove nothing until a person has checked them. Rows that are there stay as they
    are; the earlier file is kept in history/.
    """
    from fatf_kit.laws.payload import make_proposals_payload
    from fatf_kit.workflows.laws import propose_laws

    folder = steps.require_folder(paths)
    with progress_bar("Workbooks read") as on_progress:
        made = propose_laws(folder, moment=steps.current_time("seconds"), on_progress=on_progress)
    if as_json:
        output.print_json(make_proposals_payload(made.proposed, made.path is not None, made.problems))
        return output.exit_code(made.problems)
    output.print_problems(made.problems)
    t, proposed = output.translator(), made.proposed
    if made.path is None:
        if not proposed.count:
            output.print_message("Nothing was proposed: the register has everything that the answers cite.")
        return output.exit_code(made.problems)
    steps.print_files(made.path)
    counts = (
        t.plural("{n} instrument", "{n} instruments", proposed.instruments),
        t.plural("{n} provision", "{n} provisions", proposed.provisions),
        t.plural("{n} link", "{n} links", proposed.links),
        t.plural("{n} spelling", "{n} spellings", proposed.spellings),
    )
    output.print_message("Proposed: {counts}", counts=t.listed(counts))
    output.print_message(
        "Next: open {file}, correct the rows that are marked as proposed, and mark them as checked.",
        file=made.path.name,
    )
    return output.DONE


@laws.command(epilog=output.EXITS)
@options.input_paths("[DIR]")
@options.language_json
def check(paths: tuple[Path, ...], language: str, as_json: bool) -> int:  # noqa: ARG001 - the option is read at start
    """List every problem of the register of laws, by itself and with the answers that cite it."""
    from fatf_kit.workflows.laws import check_laws

    folder = steps.require_folder(paths)
    with progress_bar("Workbooks read") as on_progress:
        review, problems = check_laws(folder, on_progress=on_progress)
    if as_json:
        from fatf_kit.scoring.report.payload import build_problems_document

        output.print_json(build_problems_document(problems))
        return output.exit_code(problems)
    output.print_problems(problems)
    register, t = review.register, output.translator()
    if not register.file:
        output.print_message("The folder has no laws.xlsx. Make it with 'fatf-kit laws propose'.")
    elif not problems:
        output.print_message("No problem was found.")
    known = sum(one.match.instrument is not None for one in review.citations)
    output.print_message(
        t.plural(
            "{known} of {n} citation is matched with the register.",
            "{known} of {n} citations are matched with the register.",
            len(review.citations),
            known=known,
        )
    )
    return output.exit_code(problems)


laws.add_command(what_if)
laws.add_command(without)
laws.add_command(list_laws)
laws.add_command(concordance)
laws.add_command(annex)
