"""The text of any file, so written that a diff shows every change: one line for each value, and no invisible signs."""

from __future__ import annotations

import hashlib
import io
import json
import re
import zipfile

from tools.outputs.workbooks import write_workbook

_PACKAGE = b"PK"
"""The beginning of every file of an office program."""

_SIGNS = "\u200b\u200e\u200f\u2066\u2067\u2068\u2069\ufeff"
_VISIBLE = str.maketrans({"~": "\\~", "\u00a0": "~", "\u202f": "‿"} | {sign: f"\\u{ord(sign):04x}" for sign in _SIGNS})
"""A no-break space is the sign ~, a narrow one ‿, and a sign of direction its number."""

_FINGERPRINT = re.compile(r"\b[0-9a-f]{64}\b")
"""The SHA-256 of a file. The example's workbooks name the version that wrote them, so each release changes theirs."""


def describe_file(content: bytes) -> str:
    """Return the text of a file: of a workbook its cells, of JSON its values line by line, else the text itself.

    A file of another kind is described by its size and fingerprint.
    """
    if content.startswith(_PACKAGE):
        return _describe_package(content)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return f"{len(content)} bytes, {hashlib.sha256(content).hexdigest()}\n"
    return describe_json(text)


def describe_json(text: str) -> str:
    """Return JSON with a line for each value, and any other text tidied."""
    try:
        return tidy_text(json.dumps(json.loads(text), ensure_ascii=False, indent=1))
    except ValueError:
        return tidy_text(text)


def tidy_text(text: str) -> str:
    r"""Return a text without blanks at the end of its lines and empty lines at its ends; no sign in it is invisible.

    A fingerprint of a file is hidden: it changes with the version that wrote the file, and no reader can judge it.

    >>> tidy_text("one\u00a0:  \r\ntwo\n\n")
    'one~:\ntwo\n'
    """
    lines = [line.rstrip(" \t") for line in text.replace("\r\n", "\n").split("\n")]
    text = _FINGERPRINT.sub("(fingerprint)", "\n".join(lines))
    return text.strip("\n").translate(_VISIBLE) + "\n"


def _describe_package(content: bytes) -> str:
    """Return the cells of a workbook; of another office file the parts with their fingerprints."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        names = sorted(package.namelist())
        if "xl/workbook.xml" in names:
            return tidy_text(write_workbook(content))
        return "".join(f"{name} {hashlib.sha256(package.read(name)).hexdigest()}\n" for name in names)
