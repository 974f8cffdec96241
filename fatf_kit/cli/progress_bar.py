"""A bar that shows at a terminal how far long work has come."""

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
    """Yield a callback for long work, which shows its steps on standard error under a label.

    The callback is None without a terminal and with --quiet or --json. Work of one step shows nothing; work that begins
    to count again gets a new line.
    """
    context = click.get_current_context()
    if not sys.stderr.isatty() or context.meta.get(QUIET) or context.params.get("as_json"):
        yield None
        return
    with ExitStack() as lines:
        shown: ProgressBar[int] | None = None

        def show_progress(done: int, of: int) -> None:
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

        yield show_progress
