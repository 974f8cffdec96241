"""Writing a file: whole or not at all."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path

from fatf_kit.errors import FatfKitError


def write_file(path: Path, content: bytes) -> Path:
    """Write under a temporary name beside the place and then move, so that nobody ever sees half a file.

    Folders are made as needed. Returns `path`.

    Raises:
        FatfKitError: the place cannot be written to.
    """

    def write(target: Path) -> None:
        target.write_bytes(content)

    return write_through(path, write)


def write_through(path: Path, write: Callable[[Path], None]) -> Path:
    """The same for what is too large to hold: `write` fills the temporary name it is given.

    Raises:
        FatfKitError: the place cannot be written to.
    """
    waiting: Path | None = None
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=path.parent, prefix=f".{path.name}.", delete=False) as file:
            waiting = Path(file.name)
        write(waiting)
        waiting.chmod(0o644)  # temporary files are private; what is written here is meant to be passed on
        waiting.replace(path)
    except OSError as fault:
        raise FatfKitError(
            f"{path.name} cannot be written to {path.parent}: {fault.strerror}. Close it in other programs."
        ) from fault
    finally:
        if waiting is not None:
            waiting.unlink(missing_ok=True)  # gone already when the move succeeded
    return path
