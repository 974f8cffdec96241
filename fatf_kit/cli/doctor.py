"""`fatf-kit doctor`: a check that this computer has everything that fatf-kit needs."""

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
from dataclasses import dataclass
from enum import StrEnum
from importlib import import_module
from importlib.metadata import PackageNotFoundError, PackagePath, files, requires, version
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import click

from fatf_kit.core.errors import FatfKitError
from fatf_kit.core.languages import LANGUAGES
from fatf_kit.core.resources import data_folder
from fatf_kit.terminal import exit_codes, options, output

if TYPE_CHECKING:
    from fatf_kit.core.problems import Problem

_ARABIC = "العربية"
_MODULES = {
    "lazy-loader": "lazy_loader",
    "lxml": "lxml.etree",
    "markdown-it-py": "markdown_it",
    "python-calamine": "python_calamine",
    "python-docx": "docx",
    "python-pptx": "pptx",
}
"""The module to import of a library that names it differently, or that compiles another module than its main one."""


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


@dataclass(frozen=True, slots=True, kw_only=True)
class DoctorResult:
    """Every check of the machine. `fine` says that nothing that is needed is missing."""

    schema: Literal["fatf-kit/doctor/1"]
    fine: bool
    checks: tuple[MachineCheck, ...]


def _check(name: str, found: str, step: str = "", *, is_fine: bool = True, is_needed: bool = True) -> MachineCheck:
    """Return a check, with the step to take only if it is not fine; without a step, the package must be installed."""
    if is_fine:
        return MachineCheck(name=name, state=MachineState.FINE, found=found)
    state = MachineState.MISSING if is_needed else MachineState.ABSENT
    step = step or output.translate("Install the package again.")
    return MachineCheck(name=name, state=state, found=found, step=step)


@click.command
@options.quiet_language_json
def doctor() -> int:
    """Check that everything that fatf-kit needs is installed and complete, and list the necessary steps.

    Example: fatf-kit doctor
    """
    checks = (
        _check_python(),
        *_check_libraries(),
        *_check_files(),
        *_check_data(),
        *_check_lists(),
        *_check_catalogues(),
        _check_fonts(),
        _check_terminal(),
        _check_place(),
        *_check_programs(),
    )
    needed = [check for check in checks if check.state is MachineState.MISSING]
    document = DoctorResult(schema="fatf-kit/doctor/1", fine=not needed, checks=checks)
    output.print_result(document, _lines(checks))
    if not output.is_set(output.JSON):
        if needed:
            output.print_plural("{n} requirement is missing.", "{n} requirements are missing.", len(needed))
        else:
            output.print_message("All requirements are installed.")
    return exit_codes.FOUND if needed else exit_codes.DONE


def _lines(checks: Sequence[MachineCheck]) -> Iterator[str]:
    t = output.translator()
    marks = {MachineState.FINE: t("ok"), MachineState.MISSING: t("MISSING"), MachineState.ABSENT: "-"}
    rows = [(marks[check.state], check.name, check.found) for check in checks]
    for line, check in zip(output.table_lines(rows), checks, strict=True):
        yield line
        if check.step:
            yield f"    {check.step}"


def _check_python() -> MachineCheck:
    is_recent = sys.version_info >= (3, 11)  # pip refuses older ones, a copied folder does not
    t = output.translator()
    found = t.joined((platform.python_version(), platform.system()))
    return _check("Python", found, t("Install Python 3.11 or newer."), is_fine=is_recent)


def _check_libraries() -> Iterator[MachineCheck]:
    t = output.translator()
    try:
        wanted = requires("fatf-kit") or []
    except PackageNotFoundError:
        yield _check("fatf-kit", t("not installed"), t("Install it: {command}", command="pip install ."), is_fine=False)
        return
    yield _check("fatf-kit", version("fatf-kit"))
    for line in wanted:
        yield _check_library(line)


def _check_library(line: str) -> MachineCheck:
    """Check one requirement as the package declares it, with the systems or the extra that it is for."""
    t = output.translator()
    name, _, marker = (part.strip() for part in line.partition(";"))
    name = re.split(r"[^A-Za-z0-9._-]", name, maxsplit=1)[0]
    try:
        return _check_loading(name, version(name))
    except PackageNotFoundError:
        pass
    is_needed = not marker or _applies(marker)
    steps = {
        "typst": t("PDF files cannot be written on this system. All other formats can."),
        "python-pptx": t("Optional, to write slides: {command}", command="pip install 'fatf-kit[slides]'"),
    }
    step = "" if is_needed else steps.get(name, "")
    return _check(name, t("not installed"), step, is_fine=False, is_needed=is_needed)


def _check_loading(name: str, found: str) -> MachineCheck:
    """Load a library: a policy or an antivirus program may block one of its files, which its version does not show."""
    t = output.translator()
    try:
        import_module(_MODULES.get(name, name))
    except (ImportError, OSError) as fault:
        reason = next(iter(str(fault).splitlines()), "")
        step = t(
            "Ask your administrator whether a policy or an antivirus program blocks it, or install the package again."
        )
        return _check(name, t("{version} cannot be loaded: {fault}", version=found, fault=reason), step, is_fine=False)
    return _check(name, found)


def _applies(marker: str) -> bool:
    """Return whether a requirement with this marker is needed on this computer, without extras."""
    from packaging.markers import Marker

    return Marker(marker).evaluate({"extra": ""})


def _check_files() -> Iterator[MachineCheck]:
    """Compare every file of the package with what was recorded when it was built; a checkout has no such record."""
    try:
        recorded = [file for file in files("fatf-kit") or () if file.hash and file.parts[0] == "fatf_kit"]
    except PackageNotFoundError:  # is reported by _check_libraries
        return
    t = output.translator()
    if not recorded:
        yield _check(t("files"), t("a checkout without a record to compare them with"))
        return
    changed = [str(file) for file in recorded if not _is_as_recorded(file)]
    if changed:
        names = t.joined([*changed[:3], "…"] if len(changed) > 3 else changed)
        found = t("missing or changed: {n} ({names})", n=len(changed), names=names)
    else:
        found = t("{n}, all unchanged", n=len(recorded))
    yield _check(t("files"), found, is_fine=not changed)


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
    from fatf_kit.framework import list_editions, load_framework

    t = output.translator()
    try:
        recorded = json.loads((data_folder("frameworks") / "versions.json").read_text(encoding="utf-8"))
        for edition in list_editions():
            if faults := find_faults(data_folder("frameworks") / edition):
                yield _check(edition, _summarise(faults), is_fine=False)
                continue
            framework = load_framework(edition)
            is_whole = recorded.get(edition, {}).get(framework.content_version) == framework.digest
            changed = () if is_whole else (t("differs from the recorded version"),)
            found = t.joined((framework.content_version, framework.digest[:19], *changed))
            yield _check(edition, found, is_fine=is_whole)
    except (FatfKitError, OSError, ValueError) as fault:
        yield _check(t("data files"), _describe(fault), is_fine=False)


def _check_lists() -> Iterator[MachineCheck]:
    """Check the lists that all editions share against their schemas, and read the table of published ratings."""
    from fatf_kit.framework.validate import check_lists, list_shared_files
    from fatf_kit.published import load_published

    t = output.translator()
    try:
        faults = check_lists()
        found = _summarise(faults) if faults else t("{n}, all as their schemas require", n=len(list_shared_files()))
        yield _check(t("lists"), found, is_fine=not faults)
        reports = len(load_published())
        yield _check(t("published ratings"), t.plural("{n} report", "{n} reports", reports))
    except (FatfKitError, OSError, ValueError) as fault:
        yield _check(t("lists"), _describe(fault), is_fine=False)


def _check_catalogues() -> Iterator[MachineCheck]:
    """Check the catalogue of each other language; what it does not have is shown in English."""
    from fatf_kit.core.messages import count_translated

    t = output.translator()
    for language in (language for language in LANGUAGES if language != "en"):
        try:
            translated, of = count_translated(language)
            found = t("translated: {n} of {of}", n=translated, of=of) if of else t("no catalogue")
        except (OSError, ValueError) as fault:
            translated, of, found = 0, 0, str(fault)
        name, is_partial = t.joined((t("messages"), language)), 0 < translated < of
        step = t("Messages without a translation are shown in English.") if is_partial else ""
        yield _check(name, found, step, is_fine=0 < translated == of, is_needed=not is_partial)


def _describe(fault: Exception) -> str:
    return fault.message_in(output.translator()) if isinstance(fault, FatfKitError) else str(fault)


def _summarise(faults: Sequence[Problem]) -> str:
    t = output.translator()
    first = faults[0].message_in(t)
    return first if len(faults) == 1 else t.points((first, t("further problems: {n}", n=len(faults) - 1)))


def _check_fonts() -> MachineCheck:
    from fatf_kit.report.charts.style import has_letters_for

    t = output.translator()
    name = t("Arabic in charts")
    try:
        is_drawn = has_letters_for(_ARABIC)
    except (ImportError, OSError) as fault:
        return _check(name, str(fault), is_fine=False)
    step = t("Install {package} again; its font {font} is missing.", package="matplotlib", font="DejaVu Sans")
    return _check(name, t("yes") if is_drawn else t("no"), step, is_fine=is_drawn)


def _check_terminal() -> MachineCheck:
    t = output.translator()
    name, encoding = t("Arabic in the terminal"), locale.getencoding()
    try:
        _ARABIC.encode(encoding)
        return _check(name, t("{encoding}. This should be Arabic: {word}", encoding=encoding, word=_ARABIC))
    except (UnicodeEncodeError, LookupError):
        step = t("Set the encoding to UTF-8 (on Windows: chcp 65001). Files are not affected.")
        return _check(name, encoding, step, is_fine=False, is_needed=False)


def _check_place() -> MachineCheck:
    t = output.translator()
    name = t("files can be written here")
    try:
        with tempfile.TemporaryFile(dir=Path.cwd()):
            return _check(name, t("yes"))
    except OSError as fault:
        step = t("Change to another folder, or name one with -o.")
        return _check(name, fault.strerror or t("no"), step, is_fine=False, is_needed=False)


def _check_programs() -> Iterator[MachineCheck]:
    t = output.translator()
    browsers = ("chromium", "chromium-browser", "google-chrome", "chrome", "msedge")
    office_use = t("Optional, to open workbooks and Word reports without Microsoft Office.")
    for name, commands, use in (
        ("LibreOffice", ("soffice", "libreoffice"), office_use),
        ("Chromium", browsers, t("Optional, to print reports.")),
    ):
        found = next(filter(None, map(shutil.which, commands)), None)
        yield _check(name, found or t("not found"), use, is_fine=bool(found), is_needed=False)
