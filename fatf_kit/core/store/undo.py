"""Files and folders that a run began are removed again if the run fails."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path

from fatf_kit.core.errors import FatfKitError
from fatf_kit.core.store.fingerprints import fingerprint_file

Steps = Iterable[Callable[[], object]]
"""Each step removes one folder or file that a run made; in the order in which they were made."""

_BEGUN = ContextVar["list[Callable[[], object]] | None"]("begun", default=None)


@contextmanager
def undo_on_failure() -> Iterator[None]:
    """Remove the files that are new if what is within fails, so that nobody takes a part for the whole.

    A file that replaced an earlier one stays, and so does one that a person has changed since, or that is in history/.
    All files stay where only the result could not be printed.

    >>> from tempfile import TemporaryDirectory
    >>> from fatf_kit.core.store import write_file
    >>> with TemporaryDirectory() as folder, contextlib.suppress(FatfKitError):
    ...     file = Path(folder) / "reports" / "a.html"
    ...     with undo_on_failure():
    ...         raise FatfKitError(f"{write_file(file, b'').name} is written, and the next one fails.")
    >>> file.parent.exists()
    False
    """
    outer, begun = _BEGUN.get(), list[Callable[[], object]]()
    before = _BEGUN.set(begun)
    try:
        yield
    except OSError:  # the terminal is closed; a file that cannot be written is a FatfKitError
        raise
    except BaseException:
        undo_steps(begun)
        raise
    else:
        if outer is not None:
            outer += begun
    finally:
        _BEGUN.reset(before)


def note_steps(steps: Steps) -> None:
    """Let the block of `undo_on_failure` around this writing take these steps if it fails."""
    if (begun := _BEGUN.get()) is not None:
        begun += steps


def undo_steps(steps: Steps) -> None:
    """Take the steps from the last to the first; those that are not possible any more are left out."""
    for remove in reversed(tuple(steps)):
        with contextlib.suppress(FatfKitError, OSError):  # open elsewhere, or a folder that has other files
            remove()


def remove_unchanged(path: Path, seal: str) -> None:
    """Remove a file, unless it was changed since it had this fingerprint or is not there."""
    with contextlib.suppress(FileNotFoundError):
        if path.is_file() and fingerprint_file(path) == seal:
            path.unlink()
