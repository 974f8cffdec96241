"""The bytes of a Word document, whatever the clock of the machine says."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING, Any, cast

if TYPE_CHECKING:
    from docx.document import Document

_FIXED = (1980, 1, 1, 0, 0, 0)


def save_document(document: Document) -> bytes:
    """Write a document of python-docx with one fixed moment in it.

    python-docx takes the moment from the clock, and a package knows no day before 1980: a machine whose battery is
    empty begins in 1970 and could write no report.
    """
    from docx.opc.pkgwriter import PackageWriter

    package, target = document.part.package, io.BytesIO()
    for part in package.parts:
        part.before_marshal()
    with zipfile.ZipFile(target, "w") as packed:
        writer, steps = _Writer(packed), cast("Any", PackageWriter)
        steps._write_content_types_stream(writer, package.parts)  # noqa: SLF001 - there is no other way
        steps._write_pkg_rels(writer, package.rels)  # noqa: SLF001
        steps._write_parts(writer, package.parts)  # noqa: SLF001
    return target.getvalue()


class _Writer:
    """A package writer that takes each part from python-docx."""

    def __init__(self, packed: zipfile.ZipFile) -> None:
        self._packed = packed

    def write(self, place: Any, blob: bytes) -> None:
        """Write one part of the package."""
        self._packed.writestr(zipfile.ZipInfo(place.membername, _FIXED), blob, zipfile.ZIP_DEFLATED)
