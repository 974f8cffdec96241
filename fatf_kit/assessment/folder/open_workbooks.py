"""Finding workbooks that a spreadsheet program has open, and who has, by the marks that these programs leave."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Iterator
from pathlib import Path

from fatf_kit.core.files import to_plain_text

_EXCEL, _LIBREOFFICE = "~$", ".~lock."
_MOST_BYTES = 1_000
_EXCEL_BYTES, _COUNT_AT, _NAME_AT, _MOST_LETTERS = 165, 55, 57, 54


def find_open_workbooks(folders: Iterable[Path]) -> Iterator[str]:
    """Yield the names of workbooks in some folders that Excel or LibreOffice has open, each with who has it open.

    The person is in brackets as the program names them, and left out where the mark does not say it.

    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as home:
    ...     _ = (Path(home) / ".~lock.plan.xlsx#").write_text("Layla Hassan,lh,pc-7,01.12.2026 09:12,file:///x;")
    ...     list(find_open_workbooks([Path(home)]))
    ['plan.xlsx (Layla Hassan)']
    """
    for folder in folders:
        for mark in (*sorted(folder.glob(f"{_EXCEL}*")), *sorted(folder.glob(f"{_LIBREOFFICE}*#"))):
            name = mark.name.removeprefix(_EXCEL).removeprefix(_LIBREOFFICE).removesuffix("#")
            who = _read_person(mark)
            yield f"{name} ({who})" if who else name


def _read_person(mark: Path) -> str:
    """Read who has a workbook open; "" where the mark does not say it or cannot be read."""
    content = b""
    with contextlib.suppress(OSError), mark.open("rb") as file:  # Excel may forbid it
        content = file.read(_MOST_BYTES)
    if mark.name.startswith(_EXCEL):
        return _parse_excel(content)
    full_name, _, rest = content.decode(errors="replace").partition(",")
    return _clean(full_name) or _clean(rest.partition(",")[0])


def _parse_excel(content: bytes) -> str:
    """Parse the mark of Excel: the name in the letters of the computer, then its length and the name in UTF-16."""
    count = content[_COUNT_AT] if len(content) == _EXCEL_BYTES else 0
    name = content[_NAME_AT : _NAME_AT + 2 * count] if count <= _MOST_LETTERS else b""
    return _clean(name.decode("utf-16-le", "replace"))


def _clean(text: str) -> str:
    return to_plain_text("".join(letter for letter in text if letter.isprintable())).strip()[:_MOST_LETTERS]
