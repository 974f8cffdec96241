"""`fatf-kit letters`: covering letters, reminders and model documents of the coordinator."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

import fatf_kit
from fatf_kit.terminal import folders, options, output


@click.command
@options.input_paths("[DIR]")
@options.output_folder("Folder for the letters.  [default: letters/ of the assessment folder]", home="letters")
@options.force
@options.quiet_language
def letters(paths: tuple[Path, ...], target: Path | None, force: bool) -> None:
    """Write the letters of the coordinator to each agency in its language, and model documents.

    Covering letter, reminder to agencies that are late, nomination of focal points, invitation to training, a model
    decree and terms of reference, as Word files to be finished. Letters that you have changed are left as they are.

    Example: fatf-kit letters iraq
    """
    from fatf_kit.workflows.letters import locate_letters, require_workspace

    home = folders.require_folder(paths)
    with output.progress_bar("Workbooks read") as on_progress:
        scored = fatf_kit.score(home, on_progress=on_progress)
    folder = target or locate_letters(require_workspace(scored))
    made = fatf_kit.write_letters(scored, folder, today=date.today(), force=force)
    n = len(made.written)
    output.print_plural(
        "{n} letter was written to the folder {folder}.",
        "{n} letters were written to the folder {folder}.",
        n,
        folder=folder,
    )
    if made.kept:
        output.print_message(
            "Left as they are, because they were changed by hand (--force replaces them): {names}",
            names=output.translator().first_of(path.name for path in made.kept),
        )
