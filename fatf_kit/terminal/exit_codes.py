"""The exit codes of every command: declared here for the commands, their help, the README and the tests."""

from __future__ import annotations

from collections.abc import Mapping

DONE, FOUND, WRONG_USAGE, STOPPED = 0, 1, 2, 3

EXIT_CODES: Mapping[int, str] = {
    DONE: "everything that was asked for is written, with or without problems",
    FOUND: "a checking command found problems",
    WRONG_USAGE: "the command line is wrong",
    STOPPED: "the command could not run",
}
"""Each exit code with the text that help prints after it."""
