"""How far long work has come, shown to somebody who waits at a terminal."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING

import click

from fatf_kit.cli.output import QUIET, translator

if TYPE_CHECKING:
    from click._termui_impl import ProgressBar

    from fatf_kit.core.progress import ProgressCallback


@contextmanager
def progress_bar(label: str) -> Iterator[ProgressCallback | None]:
    """What to hand to long work, so that its steps are seen on standard error under a label of our own.

    None where nobody looks on: no terminal, --quiet or --json. One step alone shows nothing, since there is nothing
    between its beginning and its end; work that begins to count again gets a line of its own.
    """
    context = click.get_current_context()
    if not sys.stderr.isatty() or context.meta.get(QUIET) or context.params.get("as_json"):
        yield None
        return
    with ExitStack() as lines:
        shown: ProgressBar[int] | None = None

        def told(done: int, of: int) -> None:
            nonlocal shown
            if of < 2:
                return
            if shown is None or not done:
                lines.close()
                line = click.progressbar(
                    length=of,
                    label=translator()(label),
                    file=sys.stderr,
                    show_pos=True,
                    show_percent=False,
                    show_eta=False,
                )
                shown = lines.enter_context(line)
            shown.update(done - shown.pos)

        yield told
