"""`fatf-kit doctor`: whether this machine has what fatf-kit needs, and what else would be of use."""

from __future__ import annotations

import json
import locale
import platform
import re
import shutil
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from enum import StrEnum
from importlib.metadata import PackageNotFoundError, requires, version
from pathlib import Path

import click

from fatf_kit.cli.output import DONE, EXITS, FOUND, json_option, print_json, say

_ARABIC = "العربية"
_PROGRAMS = (
    ("LibreOffice", ("soffice", "libreoffice"), "Only to look at workbooks and Word reports without Microsoft Office."),
    ("Chromium", ("chromium", "chromium-browser", "google-chrome", "chrome", "msedge"), "Only to print reports."),
)


class State(StrEnum):
    """FINE; MISSING: needed and not there; ABSENT: would be of use and is not there."""

    FINE = "fine"
    MISSING = "missing"
    ABSENT = "absent"


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One thing that was looked at; `step` is what to do where it is not fine, else empty."""

    name: str
    state: State
    found: str
    step: str = ""


@click.command(epilog=EXITS)
@json_option
def doctor(as_json: bool) -> int:
    """Look whether everything that is needed is installed and whole, and say what to do where it is not."""
    checks = (*_python(), *_libraries(), *_data(), *_fonts(), *_terminal(), *_place(), *_programs())
    needed = [check for check in checks if check.state is State.MISSING]
    if as_json:
        print_json({"schema": "fatf-kit/doctor/1", "fine": not needed, "checks": [asdict(check) for check in checks]})
        return FOUND if needed else DONE
    marks = {State.FINE: "fine", State.MISSING: "MISSING", State.ABSENT: "-"}
    for check in checks:
        click.echo(f"{marks[check.state]:<8}{check.name:<22}{check.found}")
        if check.step:
            click.echo(f"{'':<30}{check.step}")
    if needed:
        say("Needed and not here: {n}.", n=len(needed))
    else:
        say("Everything that is needed is here.")
    return FOUND if needed else DONE


def _python() -> Iterator[Check]:
    enough = sys.version_info >= (3, 11)  # pip refuses older ones, a copied folder does not
    yield Check(
        name="Python",
        state=State.FINE if enough else State.MISSING,
        found=f"{platform.python_version()} on {platform.system()}",
        step="" if enough else "Install Python 3.11 or newer.",
    )


def _libraries() -> Iterator[Check]:
    step = "Install the package again: pip install fatf-kit."
    try:
        wanted = requires("fatf-kit") or []
    except PackageNotFoundError:
        yield Check(name="fatf-kit", state=State.MISSING, found="not installed", step="Install it: pip install .")
        return
    yield Check(name="fatf-kit", state=State.FINE, found=version("fatf-kit"))
    for line in wanted:
        name = re.split(r"[^A-Za-z0-9._-]", line, maxsplit=1)[0]
        try:
            yield Check(name=name, state=State.FINE, found=version(name))
        except PackageNotFoundError:
            yield Check(name=name, state=State.MISSING, found="not installed", step=step)


def _data() -> Iterator[Check]:
    from fatf_kit.errors import FatfKitError
    from fatf_kit.framework import list_editions, load_framework, read_framework
    from fatf_kit.resources import data_folder

    step = "Install the package again; its texts are damaged or were changed."
    try:
        recorded = json.loads((data_folder("frameworks") / "versions.json").read_text(encoding="utf-8"))
        for edition in list_editions():
            if faults := len(read_framework(data_folder("frameworks") / edition)[1]):
                yield Check(name=edition, state=State.MISSING, found=f"{faults} faults", step=step)
                continue
            framework = load_framework(edition)
            whole = recorded.get(edition, {}).get(framework.content_version) == framework.digest
            found = f"{framework.content_version}, {framework.digest[:19]}{'' if whole else ', not as recorded'}"
            state = State.FINE if whole else State.MISSING
            yield Check(name=edition, state=state, found=found, step="" if whole else step)
    except (FatfKitError, OSError, ValueError) as fault:
        yield Check(name="data files", state=State.MISSING, found=str(fault), step=step)


def _fonts() -> Iterator[Check]:
    from fatf_kit.report.draw.style import can_draw

    name = "Arabic in charts"
    try:
        drawn = can_draw(_ARABIC)
    except (ImportError, OSError) as fault:
        yield Check(name=name, state=State.MISSING, found=str(fault), step="Install the package again.")
        return
    step = "" if drawn else "Install matplotlib again; its font DejaVu Sans is missing."
    yield Check(name=name, state=State.FINE if drawn else State.MISSING, found="yes" if drawn else "no", step=step)


def _terminal() -> Iterator[Check]:
    encoding = locale.getencoding()
    try:
        _ARABIC.encode(encoding)
    except (UnicodeEncodeError, LookupError):
        found, step = f"its encoding is {encoding}", "Set it to UTF-8 (on Windows: chcp 65001). Files are not affected."
        yield Check(name="Arabic in terminal", state=State.ABSENT, found=found, step=step)
        return
    yield Check(
        name="Arabic in terminal", state=State.FINE, found=f"{encoding}; look whether this is Arabic: {_ARABIC}"
    )


def _place() -> Iterator[Check]:
    try:
        with tempfile.TemporaryFile(dir=Path.cwd()):
            yield Check(name="writing here", state=State.FINE, found="yes")
    except OSError as fault:
        step = "Go to another folder, or name one with -o."
        yield Check(name="writing here", state=State.ABSENT, found=fault.strerror or "no", step=step)


def _programs() -> Iterator[Check]:
    for name, commands, use in _PROGRAMS:
        found = next(filter(None, map(shutil.which, commands)), None)
        yield Check(
            name=name,
            state=State.FINE if found else State.ABSENT,
            found=found or "not found",
            step="" if found else use,
        )
