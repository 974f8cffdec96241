"""The three standard streams, which a service, a scheduled task or a full disk may have taken away.

A result that cannot be written stops the command. Messages that cannot be written are dropped: the exit code and the
files that a command writes say the same.
"""

from __future__ import annotations

import io
import os
import sys
from pathlib import Path
from typing import Any, TextIO


class ClosedOutput(io.TextIOBase):
    """A standard output that is closed: the first result that is written to it stops the command."""

    encoding = "utf-8"
    errors = "backslashreplace"

    def write(self, text: str) -> int:
        """Refuse every text but an empty one."""
        if text:
            raise OSError("standard output is closed")
        return 0


class _LossyFile(io.FileIO):
    """A stream for messages, which are dropped if there is no space for them."""

    def write(self, data: Any) -> int:
        """Return the number of bytes written, or dropped."""
        try:
            return super().write(data) or 0
        except OSError:
            return len(data)


def open_closed_streams() -> None:
    """Open those of the three streams that the caller closed.

    Their numbers are occupied as well: the next file opened would get the number of a closed stream, and a library that
    writes a warning to number 2 would write it into a report.
    """
    for number in (0, 1, 2):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)
    given: tuple[TextIO | None, ...] = (sys.stdin, sys.stdout, sys.stderr)  # None where it is closed
    if given[0] is None:
        sys.stdin = Path(os.devnull).open(encoding="utf-8")  # noqa: SIM115 - for as long as the command runs
    if given[1] is None:
        sys.stdout = ClosedOutput()
    sys.stderr = _message_stream(given[2])


def _message_stream(stream: TextIO | None) -> TextIO:
    """Return the stream of messages, which never stops a command; a terminal is left as it is."""
    if stream is None:
        return Path(os.devnull).open("w", encoding="utf-8")
    own: TextIO | None = sys.__stderr__
    if stream.isatty() or stream is not own:
        return stream
    raw = io.BufferedWriter(_LossyFile(stream.fileno(), "w", closefd=False))
    return io.TextIOWrapper(raw, encoding="utf-8", errors="backslashreplace", write_through=True)


def set_utf8_streams(*streams: TextIO) -> None:
    """Set the streams to UTF-8 whatever the encoding of the machine; a name that is not text is shown escaped.

    Windows and a bare "C" locale would stop at the first Arabic letter.
    """
    for stream in streams:
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="backslashreplace")
