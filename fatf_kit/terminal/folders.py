"""The paths that a command reads: those that are named, else the assessment folder it was called in."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from fatf_kit.terminal import output

if TYPE_CHECKING:
    from fatf_kit.assessed.folder import OpenedFolder


def paths_or_cwd(paths: tuple[Path, ...]) -> tuple[Path, ...]:
    """Return the paths given, or else the assessment folder that the command was called in; empty without either."""
    from fatf_kit.assessment.folder.folder import find_workspace

    if paths:
        return paths
    home = find_workspace(Path.cwd())
    return (home,) if home else ()


def require_paths(paths: tuple[Path, ...]) -> tuple[Path, ...]:
    """Return what `paths_or_cwd` finds; a usage error if that is nothing."""
    found = paths_or_cwd(paths)
    if not found:
        output.fail_usage("Name filled workbooks, a folder of them, or an assessment folder.")
    return found


def require_folder(paths: tuple[Path, ...]) -> Path:
    """Return the assessment folder that is named, or the one that the command was called in; else a usage error."""
    from fatf_kit.assessment.folder.folder import is_workspace

    found = paths_or_cwd(paths)
    if len(found) != 1:
        output.fail_usage("Name one assessment folder, or call this command inside one.")
    if not is_workspace(found[0]):
        output.fail_usage(
            "'{folder}' is not an assessment folder. Name the folder with assessment.xlsx, or make one with "
            "'fatf-kit init'.",
            folder=found[0],
        )
    return found[0]


def open_folder(paths: tuple[Path, ...]) -> OpenedFolder:
    """Open the assessment folder that is named, or the one that the command was called in; else a usage error."""
    opener: Callable[[Path], OpenedFolder] = click.get_current_context().meta[output.OPENER]
    return opener(require_folder(paths))
