"""`fatf-kit letters`: covering letters, reminders and model documents of the coordinator."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from fatf_kit.cli import options, output, steps
from fatf_kit.cli.progress_bar import progress_bar


@click.command(epilog=output.EXITS)
@options.input_paths("[DIR]")
@options.output_folder("Folder for the letters.  [default: letters/ of the assessment folder]")
@options.force
@options.quiet_language
def letters(paths: tuple[Path, ...], target: Path | None, force: bool) -> int:
    """Write the letters of the coordinator to each agency in its language, and model documents.

    Covering letter, reminder to agencies that are late, nomination of focal points, invitation to training, a model
    decree and terms of reference, as Word files to be finished. Letters that you have changed are left as they are.
    """
    from fatf_kit import write_letters
    from fatf_kit.workflows.folder_scoring import score_folder
    from fatf_kit.workflows.letters import locate_letters

    home = steps.require_folder(paths)
    with progress_bar("Workbooks read") as on_progress:
        scored = score_folder(home, on_progress=on_progress)
    folder = target or locate_letters(scored.workspace)
    made = write_letters(scored, folder, today=date.today(), force=force)
    t, n = output.translator(), len(made.written)
    text = t.plural("{n} letter was written to {folder}.", "{n} letters were written to {folder}.", n, folder=folder)
    output.print_message(text)
    if made.kept:
        output.print_message(
            "Left as they are, because they were changed by hand (--force replaces them): {names}",
            names=t.listed(path.name for path in made.kept),
        )
    return output.DONE
