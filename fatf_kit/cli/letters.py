"""`fatf-kit letters`: covering letters, reminders and model documents of the coordinator."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from fatf_kit.cli import options, output, steps
from fatf_kit.cli.progress_bar import progress_bar


@click.command(epilog=output.EXITS)
@options.input_paths("[DIR]")
@click.option(
    "-o", "--output", "target", type=click.Path(path_type=Path), help="Folder for the letters; letters/ if left out."
)
@options.quiet_language
def letters(paths: tuple[Path, ...], target: Path | None) -> int:
    """Write the letters of the coordinator to each agency in its language, and model documents.

    Covering letter, reminder to agencies that are late, nomination of focal points, invitation to training, a model
    decree and terms of reference, as Word files to be finished.
    """
    from fatf_kit import folder_letters
    from fatf_kit.assessment.folder.folder import open_workspace
    from fatf_kit.report.write import write_document
    from fatf_kit.workflows.letters import locate_letters

    home = steps.require_folder(paths)
    workspace, _ = open_workspace(home)
    folder = target or locate_letters(workspace)
    with progress_bar("Workbooks read") as on_progress:
        made = list(folder_letters(home, today=date.today(), on_progress=on_progress))
    for name, document in made:
        write_document(steps.date_document(document), folder / f"{name}.docx")
    t = output.translator()
    click.echo(
        t.plural(
            "{n} letter was written to {folder}.", "{n} letters were written to {folder}.", len(made), folder=folder
        ),
        err=True,
    )
    return output.DONE
