"""The language of a run: named with --lang, else that of the assessment folder, else that of the computer.

It is found before the command line is read, so that --help and the errors of click have it as well.
"""

from __future__ import annotations

import json
import os
import re
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from pathlib import Path

from fatf_kit.core.files import is_remote
from fatf_kit.core.store.outputs import WRITTEN

CONTROL, SETTINGS = "assessment.xlsx", "assessment.json"
"""The names of `assessment.folder.model.CONTROL` and `SETTINGS`, which --help need not load."""

_VARIABLES = ("LC_ALL", "LC_MESSAGES", "LANG")
_LOCALE = re.compile(r"([A-Za-z]{2})(?:[_.@-]|$)")
_OPTION = "--lang"
_LONGEST_SETTINGS = 1_000_000
_PROPERTIES = "docProps/custom.xml"
_PROPERTY = re.compile(r'name="fatf-kit (language|country)"[^>]*>\s*<vt:lpwstr[^>]*>([^<]*)<')
_ENGLISH = "en"


def find_language(args: Sequence[str]) -> str:
    """Return the language of messages and outputs for a command line.

    It is the first of these that is shipped: the value of --lang, the main language of the assessment folder in which
    a named path or the current directory lies, the language of the computer (LC_ALL, LC_MESSAGES, LANG). Else English.
    In an assessment folder it is the language as its country uses it, such as "ar-IQ".
    """
    folders = tuple(_list_folders(args))
    language = next(filter(_is_shipped, _list_candidates(args, folders)), _ENGLISH)
    country = folders[0][1] if folders else ""
    if language == _ENGLISH or not country:
        return language
    from fatf_kit.core.national_words import add_country

    return add_country(language, country)


def _list_candidates(args: Sequence[str], folders: Sequence[tuple[str, str]]) -> Iterator[str]:
    for number, arg in enumerate(args):
        if arg == _OPTION:
            yield "".join(args[number + 1 : number + 2])
        elif arg.startswith(f"{_OPTION}="):
            yield arg.partition("=")[2]
    yield from (language for language, _ in folders)
    for variable in _VARIABLES:
        if value := os.environ.get(variable, ""):
            if found := _LOCALE.match(value):  # not "C.UTF-8"
                yield found[1].casefold()
            return


def _list_folders(args: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Yield main language and country of the assessment folders of the named paths and of the current directory."""
    for arg in args:
        path = Path(arg.partition("=")[2] if arg.startswith("-") else arg)
        if path.name and not is_remote(path) and _exists(path) and (found := _read_folder(path)):
            yield found
    if found := _read_folder(Path()):
        yield found


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


def _read_folder(path: Path) -> tuple[str, str] | None:
    """Return main language and country of the nearest assessment folder that a path is or lies in; None without one."""
    try:
        place = path.resolve()
        for folder in (place, *place.parents):
            if (folder / WRITTEN).is_file():
                continue
            if (folder / CONTROL).is_file():
                return _read_properties(folder / CONTROL)
            if (folder / SETTINGS).is_file():
                return _read_settings(folder / SETTINGS)
    except (OSError, RuntimeError):  # the directory was deleted, or links form a circle
        pass
    return None


def _read_properties(workbook: Path) -> tuple[str, str]:
    """Return what the properties of a workbook say, from a few bytes; empty texts if they are not there."""
    try:
        with zipfile.ZipFile(workbook) as package, package.open(_PROPERTIES) as part:
            found = dict(_PROPERTY.findall(part.read(_LONGEST_SETTINGS).decode("utf-8", "replace")))
    except (KeyError, ValueError, EOFError, NotImplementedError, zipfile.BadZipFile, zlib.error):
        found = {}
    return found.get("language", ""), found.get("country", "")


def _read_settings(settings: Path) -> tuple[str, str]:
    """Return what the settings say; empty texts if they cannot be read, which the command itself reports."""
    with settings.open("rb") as file:
        content = file.read(_LONGEST_SETTINGS)
    try:
        data = json.loads(content.decode("utf-8-sig"))
        return str(data["languages"][0]), str(data.get("country", ""))
    except (ValueError, KeyError, IndexError, TypeError, AttributeError, RecursionError):
        return "", ""
