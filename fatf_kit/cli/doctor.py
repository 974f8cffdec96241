"""`fatf-kit doctor`: whether this machine has what fatf-kit needs, and what else would be of use."""

from __future__ import annotations

import base64
import hashlib
import json
import locale
import platform
import re
import shutil
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum
from importlib.metadata import PackageNotFoundError, PackagePath, files, requires, version
from pathlib import Path
from typing import TYPE_CHECKING

import click

from fatf_kit.cli.output import DONE, EXITS, FOUND, json_option, print_json, print_message

if TYPE_CHECKING:
    from fatf_kit.core.problems import Problem

_ARABIC = "العربية"
_PROGRAMS = (
    ("LibreOffice", ("soffice", "libreoffice"), "Only to look at workbooks and Word reports without Microsoft Office."),
    ("Chromium", ("chromium", "chromium-browser", "google-chrome", "chrome", "msedge"), "Only to print reports."),
)


_AGAIN = "Install the package again; its texts are damaged or were changed."


class CheckState(StrEnum):
    """FINE; MISSING: needed and not there; ABSENT: would be of use and is not there."""

    FINE = "fine"
    MISSING = "missing"
    ABSENT = "absent"


@dataclass(frozen=True, slots=True, kw_only=True)
class MachineCheck:
    """One thing that was looked at; `step` is what to do where it is not fine, else empty."""

    name: str
    state: CheckState
    found: str
    step: str = ""


@click.command(epilog=EXITS)
@json_option
def doctor(as_json: bool) -> int:
    """Look whether everything that is needed is installed and whole, and say what to do where it is not."""
    checks = (
        *_python(),
        *_libraries(),
        *_files(),
        *_data(),
        *_lists(),
        *_catalogues(),
        *_fonts(),
        *_terminal(),
        *_place(),
        *_programs(),
    )
    needed = [check for check in checks if check.state is CheckState.MISSING]
    if as_json:
        print_json({"schema": "fatf-kit/doctor/1", "fine": not needed, "checks": [asdict(check) for check in checks]})
        return FOUND if needed else DONE
    marks = {CheckState.FINE: "fine", CheckState.MISSING: "MISSING", CheckState.ABSENT: "-"}
    for check in checks:
        click.echo(f"{marks[check.state]:<8}{check.name:<22}{check.found}")
        if check.step:
            click.echo(f"{'':<30}{check.step}")
    if needed:
        print_message("Needed and not here: {n}.", n=len(needed))
    else:
        print_message("Everything that is needed is here.")
    return FOUND if needed else DONE


def _python() -> Iterator[MachineCheck]:
    enough = sys.version_info >= (3, 11)  # pip refuses older ones, a copied folder does not
    yield MachineCheck(
        name="Python",
        state=CheckState.FINE if enough else CheckState.MISSING,
        found=f"{platform.python_version()} on {platform.system()}",
        step="" if enough else "Install Python 3.11 or newer.",
    )


def _libraries() -> Iterator[MachineCheck]:
    step = "Install the package again: pip install fatf-kit."
    try:
        wanted = requires("fatf-kit") or []
    except PackageNotFoundError:
        yield MachineCheck(
            name="fatf-kit", state=CheckState.MISSING, found="not installed", step="Install it: pip install ."
        )
        return
    yield MachineCheck(name="fatf-kit", state=CheckState.FINE, found=version("fatf-kit"))
    for line in wanted:
        name = re.split(r"[^A-Za-z0-9._-]", line, maxsplit=1)[0]
        try:
            yield MachineCheck(name=name, state=CheckState.FINE, found=version(name))
        except PackageNotFoundError:
            yield MachineCheck(name=name, state=CheckState.MISSING, found="not installed", step=step)


def _files() -> Iterator[MachineCheck]:
    """Every file of the package beside what was recorded when it was built; a checkout has no such record."""
    try:
        recorded = [file for file in files("fatf-kit") or () if file.hash and file.parts[0] == "fatf_kit"]
    except PackageNotFoundError:  # has been told
        return
    if not recorded:
        yield MachineCheck(
            name="files", state=CheckState.FINE, found="a checkout: nothing is recorded to compare them with"
        )
        return
    spoilt = [str(file) for file in recorded if not _as_recorded(file)]
    more = f" and {len(spoilt) - 3} more" if len(spoilt) > 3 else ""
    found = f"missing or changed: {', '.join(spoilt[:3])}{more}" if spoilt else f"{len(recorded)}, as recorded"
    yield MachineCheck(
        name="files",
        state=CheckState.MISSING if spoilt else CheckState.FINE,
        found=found,
        step="Install the package again." if spoilt else "",
    )


def _as_recorded(file: PackagePath) -> bool:
    try:
        content = Path(str(file.locate())).read_bytes()
    except OSError:
        return False
    known = file.hash
    digest = base64.urlsafe_b64encode(hashlib.new(known.mode, content).digest()).decode().rstrip("=") if known else ""
    return known is None or digest == known.value


def _data() -> Iterator[MachineCheck]:
    from fatf_kit.cli.frameworks import find_faults
    from fatf_kit.core.errors import FatfKitError
    from fatf_kit.core.resources import data_folder
    from fatf_kit.framework import list_editions, load_framework

    try:
        recorded = json.loads((data_folder("frameworks") / "versions.json").read_text(encoding="utf-8"))
        for edition in list_editions():
            if faults := find_faults(data_folder("frameworks") / edition):
                yield _faulty(edition, faults)
                continue
            framework = load_framework(edition)
            whole = recorded.get(edition, {}).get(framework.content_version) == framework.digest
            found = f"{framework.content_version}, {framework.digest[:19]}{'' if whole else ', not as recorded'}"
            state = CheckState.FINE if whole else CheckState.MISSING
            yield MachineCheck(name=edition, state=state, found=found, step="" if whole else _AGAIN)
    except (FatfKitError, OSError, ValueError) as fault:
        yield MachineCheck(name="data files", state=CheckState.MISSING, found=str(fault), step=_AGAIN)


def _lists() -> Iterator[MachineCheck]:
    """The lists that all editions share, each beside its schema, and the table of published ratings."""
    from fatf_kit.core.errors import FatfKitError
    from fatf_kit.framework.validate import check_lists, list_shared_files
    from fatf_kit.published import load_published

    try:
        faults = check_lists()
        yield (
            _faulty("lists", faults)
            if faults
            else MachineCheck(
                name="lists", state=CheckState.FINE, found=f"{len(list_shared_files())}, each as its schema wants it"
            )
        )
        yield MachineCheck(name="published ratings", state=CheckState.FINE, found=f"{len(load_published())} reports")
    except (FatfKitError, OSError, ValueError) as fault:
        yield MachineCheck(name="lists", state=CheckState.MISSING, found=str(fault), step=_AGAIN)


def _catalogues() -> Iterator[MachineCheck]:
    """What the program says in the other languages; without its catalogue a language would be English."""
    from fatf_kit.core.languages import LANGUAGES
    from fatf_kit.core.messages import count_translated

    for language in LANGUAGES:
        if language == "en":
            continue
        try:
            said, of = count_translated(language)
        except (OSError, ValueError) as fault:
            yield MachineCheck(name=f"messages, {language}", state=CheckState.MISSING, found=str(fault), step=_AGAIN)
            continue
        whole = of > 0 and said == of
        yield MachineCheck(
            name=f"messages, {language}",
            state=CheckState.FINE if whole else CheckState.MISSING,
            found=f"{said} of {of} translated" if of else "no catalogue",
            step="" if whole else _AGAIN,
        )


def _faulty(name: str, faults: Sequence[Problem]) -> MachineCheck:
    more = f" and {len(faults) - 1} more" if len(faults) > 1 else ""
    return MachineCheck(name=name, state=CheckState.MISSING, found=f"{faults[0].message}{more}", step=_AGAIN)


def _fonts() -> Iterator[MachineCheck]:
    from fatf_kit.report.charts.style import has_letters_for

    name = "Arabic in charts"
    try:
        drawn = has_letters_for(_ARABIC)
    except (ImportError, OSError) as fault:
        yield MachineCheck(name=name, state=CheckState.MISSING, found=str(fault), step="Install the package again.")
        return
    step = "" if drawn else "Install matplotlib again; its font DejaVu Sans is missing."
    yield MachineCheck(
        name=name, state=CheckState.FINE if drawn else CheckState.MISSING, found="yes" if drawn else "no", step=step
    )


def _terminal() -> Iterator[MachineCheck]:
    encoding = locale.getencoding()
    try:
        _ARABIC.encode(encoding)
    except (UnicodeEncodeError, LookupError):
        found, step = f"its encoding is {encoding}", "Set it to UTF-8 (on Windows: chcp 65001). Files are not affected."
        yield MachineCheck(name="Arabic in terminal", state=CheckState.ABSENT, found=found, step=step)
        return
    yield MachineCheck(
        name="Arabic in terminal", state=CheckState.FINE, found=f"{encoding}; look whether this is Arabic: {_ARABIC}"
    )


def _place() -> Iterator[MachineCheck]:
    try:
        with tempfile.TemporaryFile(dir=Path.cwd()):
            yield MachineCheck(name="writing here", state=CheckState.FINE, found="yes")
    except OSError as fault:
        step = "Go to another folder, or name one with -o."
        yield MachineCheck(name="writing here", state=CheckState.ABSENT, found=fault.strerror or "no", step=step)


def _programs() -> Iterator[MachineCheck]:
    for name, commands, use in _PROGRAMS:
        found = next(filter(None, map(shutil.which, commands)), None)
        yield MachineCheck(
            name=name,
            state=CheckState.FINE if found else CheckState.ABSENT,
            found=found or "not found",
            step="" if found else use,
        )
