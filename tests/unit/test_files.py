"""Files are written whole or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from fatf_kit.errors import FatfKitError
from fatf_kit.files import write_file


def test_written_with_folders_and_nothing_beside(tmp_path: Path) -> None:
    """Folders are made, and no temporary file is left."""
    path = write_file(tmp_path / "a" / "b.txt", b"new")
    assert (b"new", [path]) == (path.read_bytes(), list(path.parent.iterdir()))


def test_an_older_file_stays_whole_when_writing_fails(tmp_path: Path) -> None:
    """A folder in the way cannot be replaced; the message says what to do and nothing is left behind."""
    (tmp_path / "taken").mkdir()
    with pytest.raises(FatfKitError, match="cannot be written"):
        write_file(tmp_path / "taken", b"x")
    assert ["taken"] == [path.name for path in tmp_path.iterdir()]
