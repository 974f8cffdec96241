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

from fatf_kit.cli import options, output

if TYPE_CHECKING:
    from fatf_kit.core.problems import Problem

_ARABIC = "العربية"
_PROGRAMS = (
    ("LibreOffice", ("soffice", "libreoffice"), "Only to look at workbooks and Word reports without Microsoft Office."),
    ("Chromium", ("chromium", "chromium-browser", "google-chrome", "chrome", "msedge"), "Only to print reports."),
)
_AGAIN = "Install the package again; its texts are damaged or were changed."


class MachineState(StrEnum):
    """The state of one thing: there; needed and MISSING; or ABSENT, which would be of use and is not there."""

    FINE = "fine"
    MISSING = "missing"
    ABSENT = "absent"


@dataclass(frozen=True, slots=True, kw_only=True)
class MachineCheck:
    """The result of one check; `step` is what to do if it is not fine, else empty."""

    name: str
    state: MachineState
    found: str
    step: str = ""


def _check(
    name: str, found: str, step: str = _AGAIN, *, is_fine: bool = True, otherwise: MachineState = MachineState.MISSING
) -> MachineCheck:
    """Return a check, with the step to take only if it is not fine."""
    state = MachineState.FINE if is_fine else otherwise
    return MachineCheck(name=name, state=state, found=found, step="" if is_fine else step)


@click.command(epilog=output.EXITS)
@options.json
def doctor(as_json: bool) -> int:
    """Look whether everything that is needed is installed and whole, and say what to do where it is not."""
    checks = (
        *_check_python(),
        *_check_libraries(),
        *_check_files(),
        *_check_data(),
        *_check_lists(),
        *_check_catalogues(),
        *_check_fonts(),
        *_check_terminal(),
        *_check_place(),
        *_check_programs(),
    )
    needed = [check for check in checks if check.state is MachineState.MISSING]
    document = {"schema": "fatf-kit/doctor/1", "fine": not needed, "checks": [asdict(check) for check in checks]}
    output.print_result(document, _lines(checks), as_json=as_json)
    if needed and not as_json:
        output.print_message("Needed and not here: {n}.", n=len(needed))
    elif not as_json:
        output.print_message("Everything that is needed is here.")
    return output.FOUND if needed else output.DONE


def _lines(checks: Sequence[MachineCheck]) -> Iterator[str]:
    marks = {MachineState.FINE: "fine", MachineState.MISSING: "MISSING", MachineState.ABSENT: "-"}
    for check in checks:
        yield f"{marks[check.state]:<8}{check.name:<22}{check.found}"
        if check.step:
            yield f"{'':<30}{check.step}"


def _check_python() -> Iterator[MachineCheck]:
    is_recent = sys.version_info >= (3, 11)  # pip refuses older ones, a copied folder does not
    found = f"{platform.python_version()} on {platform.system()}"
    yield _check("Python", found, "Install Python 3.11 or newer.", is_fine=is_recent)


def _check_libraries() -> Iterator[MachineCheck]:
    try:
        wanted = requires("fatf-kit") or []
    except PackageNotFoundError:
        yield _check("fatf-kit", "not installed", "Install it: pip install .", is_fine=False)
        return
    yield _check("fatf-kit", version("fatf-kit"))
    for line in wanted:
        name = re.split(r"[^A-Za-z0-9._-]", line, maxsplit=1)[0]
        try:
            yield _check(name, version(name))
        except PackageNotFoundError:
            yield _check(name, "not installed", "Install the package again: pip install fatf-kit.", is_fine=False)


def _check_files() -> Iterator[MachineCheck]:
    """Compare every file of the package with what was recorded when it was built; a checkout has no such record."""
    try:
        recorded = [file for file in files("fatf-kit") or () if file.hash and file.parts[0] == "fatf_kit"]
    except PackageNotFoundError:  # is reported by _check_libraries
        return
    if not recorded:
        yield _check("files", "a checkout: nothing is recorded to compare them with")
        return
    changed = [str(file) for file in recorded if not _is_as_recorded(file)]
    more = f" and {len(changed) - 3} more" if len(changed) > 3 else ""
    found = f"missing or changed: {', '.join(changed[:3])}{more}" if changed else f"{len(recorded)}, as recorded"
    yield _check("files", found, "Install the package again.", is_fine=not changed)


def _is_as_recorded(file: PackagePath) -> bool:
    try:
        content = Path(str(file.locate())).read_bytes()
    except OSError:
        return False
    known = file.hash
    digest = base64.urlsafe_b64encode(hashlib.new(known.mode, content).digest()).decode().rstrip("=") if known else ""
    return known is None or digest == known.value


def _check_data() -> Iterator[MachineCheck]:
    from fatf_kit.cli.frameworks import find_faults
    from fatf_kit.core.errors import FatfKitError
    from fatf_kit.core.resources import data_folder
    from fatf_kit.framework import list_editions, load_framework

    try:
        recorded = json.loads((data_folder("frameworks") / "versions.json").read_text(encoding="utf-8"))
        for edition in list_editions():
            if faults := find_faults(data_folder("frameworks") / edition):
                yield _check(edition, _summarise(faults), is_fine=False)
                continue
            framework = load_framework(edition)
            is_whole = recorded.get(edition, {}).get(framework.content_version) == framework.digest
            found = f"{framework.content_version}, {framework.digest[:19]}{'' if is_whole else ', not as recorded'}"
            yield _check(edition, found, is_fine=is_whole)
    except (FatfKitError, OSError, ValueError) as fault:
        yield _check("data files", str(fault), is_fine=False)


def _check_lists() -> Iterator[MachineCheck]:
    """Check the lists that all editions share against their schemas, and read the table of published ratings."""
    from fatf_kit.core.errors import FatfKitError
    from fatf_kit.framework.validate import check_lists, list_shared_files
    from fatf_kit.published import load_published

    try:
        faults = check_lists()
        found = _summarise(faults) if faults else f"{len(list_shared_files())}, each as its schema wants it"
        yield _check("lists", found, is_fine=not faults)
        yield _check("published ratings", f"{len(load_published())} reports")
    except (FatfKitError, OSError, ValueError) as fault:
        yield _check("lists", str(fault), is_fine=False)


def _check_catalogues() -> Iterator[MachineCheck]:
    """Check the catalogue of each other language; without it the messages would be English."""
    from fatf_kit.core.languages import LANGUAGES
    from fatf_kit.core.messages import count_translated

    for language in LANGUAGES:
        if language == "en":
            continue
        try:
            translated, of = count_translated(language)
            found = f"{translated} of {of} translated" if of else "no catalogue"
        except (OSError, ValueError) as fault:
            translated, of, found = 0, 0, str(fault)
        yield _check(f"messages, {language}", found, is_fine=of > 0 and translated == of)


def _summarise(faults: Sequence[Problem]) -> str:
    more = f" and {len(faults) - 1} more" if len(faults) > 1 else ""
    return f"{faults[0].message}{more}"


def _check_fonts() -> Iterator[MachineCheck]:
    from fatf_kit.report.charts.style import has_letters_for

    name = "Arabic in charts"
    try:
        is_drawn = has_letters_for(_ARABIC)
    except (ImportError, OSError) as fault:
        yield _check(name, str(fault), "Install the package again.", is_fine=False)
        return
    step = "Install matplotlib again; its font DejaVu Sans is missing."
    yield _check(name, "yes" if is_drawn else "no", step, is_fine=is_drawn)


def _check_terminal() -> Iterator[MachineCheck]:
    name, encoding = "Arabic in terminal", locale.getencoding()
    try:
        _ARABIC.encode(encoding)
        yield _check(name, f"{encoding}; look whether this is Arabic: {_ARABIC}")
    except (UnicodeEncodeError, LookupError):
        step = "Set it to UTF-8 (on Windows: chcp 65001). Files are not affected."
        yield _check(name, f"its encoding is {encoding}", step, is_fine=False, otherwise=MachineState.ABSENT)


def _check_place() -> Iterator[MachineCheck]:
    try:
        with tempfile.TemporaryFile(dir=Path.cwd()):
            yield _check("writing here", "yes")
    except OSError as fault:
        step = "Go to another folder, or name one with -o."
        found = fault.strerror or "no"
        yield _check("writing here", found, step, is_fine=False, otherwise=MachineState.ABSENT)


def _check_programs() -> Iterator[MachineCheck]:
    for name, commands, use in _PROGRAMS:
        found = next(filter(None, map(shutil.which, commands)), None)
        yield _check(name, found or "not found", use, is_fine=bool(found), otherwise=MachineState.ABSENT)
