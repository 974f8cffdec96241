"""The language of a run: named with --lang, else that of the assessment folder, else that of the computer.

It is found before the command line is read, so that --help and the errors of click have it as well.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from fatf_kit.core.files import WRITTEN, is_remote

SETTINGS = "assessment.json"
"""The name of `assessment.folder.model.SETTINGS`, which --help need not load."""

_VARIABLES = ("LC_ALL", "LC_MESSAGES", "LANG")
_LOCALE = re.compile(r"([A-Za-z]{2})(?:[_.@-]|$)")
_OPTION = "--lang"
_LONGEST_SETTINGS = 1_000_000
_ENGLISH = "en"


def find_language(args: Sequence[str]) -> str:
    """Return the language of messages and outputs for a command line.

    It is the first of these that is shipped: the value of --lang, the main language of the assessment folder in which
    a named path or the current directory lies, the language of the computer (LC_ALL, LC_MESSAGES, LANG). Else English.
    """
    return next(filter(_is_shipped, _list_candidates(args)), _ENGLISH)


def _list_candidates(args: Sequence[str]) -> Iterator[str]:
    for number, arg in enumerate(args):
        if arg == _OPTION:
            yield "".join(args[number + 1 : number + 2])
        elif arg.startswith(f"{_OPTION}="):
            yield arg.partition("=")[2]
    for arg in args:
        path = Path(arg.partition("=")[2] if arg.startswith("-") else arg)
        if path.name and not is_remote(path) and _exists(path):
            yield _find_folder_language(path)
    yield _find_folder_language(Path())
    for variable in _VARIABLES:
        if value := os.environ.get(variable, ""):
            if found := _LOCALE.match(value):  # not "C.UTF-8"
                yield found[1].casefold()
            return


def _is_shipped(language: str) -> bool:
    if language in ("", _ENGLISH):
        return bool(language)
    from fatf_kit.core.languages import LANGUAGES

    return language in LANGUAGES


def _exists(path: Path) -> bool:
    try:
        return path.exists()
    except (OSError, ValueError):  # a text that no file system could have as a name
        return False


def _find_folder_language(path: Path) -> str:
    """Return the main language of the nearest assessment folder that a path is or lies in; empty without one."""
    try:
        place = path.resolve()
        for folder in (place, *place.parents):
            if (folder / SETTINGS).is_file() and not (folder / WRITTEN).is_file():
                return _read_main_language(folder / SETTINGS)
    except (OSError, RuntimeError):  # the directory was deleted, or links form a circle
        pass
    return ""


def _read_main_language(settings: Path) -> str:
    """Return the first language of the settings; empty if they cannot be read, which the command itself reports."""
    with settings.open("rb") as file:
        content = file.read(_LONGEST_SETTINGS)
    try:
        return str(json.loads(content.decode("utf-8-sig"))["languages"][0])
    except (ValueError, KeyError, IndexError, TypeError, RecursionError):
        return ""
