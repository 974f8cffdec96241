"""The place where a command writes: tried before the work, for one run at a time, private where it is restricted."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from functools import wraps
from pathlib import Path
from typing import Any

import click

from fatf_kit.cli.options import ReadPath, TargetOption
from fatf_kit.core.file_rights import check_writable, keep_private
from fatf_kit.core.files import is_folder
from fatf_kit.core.outputs import check_target, is_same

AUDIENCE, GOVERNMENT = "audience", "government"
"""The parameter for the readers of an output, and its value for those who may read restricted answers."""


def guard_targets(command: click.Command) -> Callable[..., Any] | None:
    """Return the callback of a command, which begins with its targets.

    A target that cannot be written, or would replace a file of a person, is refused before anything is read. Then other
    runs are kept out of the folder, or of the assessment folder around it. What may have restricted answers is private.
    """
    callback = command.callback
    targets = [param for param in command.params if isinstance(param, TargetOption)]
    if callback is None or not targets:
        return callback

    @wraps(callback)
    def run(**given: Any) -> Any:
        from fatf_kit.core.folder_lock import work_alone  # not loaded for --help

        task = click.get_current_context().command_path.partition(" ")[2]
        with ExitStack() as stack:
            for option in targets:
                for folder in dict.fromkeys(_list_folders(option, given)):
                    stack.enter_context(work_alone(folder, task))
            if given.get(AUDIENCE) == GOVERNMENT:
                stack.enter_context(keep_private())
            return callback(**given)

    return run


def _list_folders(option: TargetOption, given: dict[str, Any]) -> Iterator[Path]:
    """Check the targets of a run, and yield the folders in which it works alone."""
    from fatf_kit.assessment.folder.folder import find_workspace, is_workspace

    value = given[option.name or ""]
    paths = value if isinstance(value, tuple) else (value,) if value else ()
    inputs = _list_inputs(click.get_current_context().command, given)
    for path in paths:
        if not option.is_folder and not is_folder(path):
            check_target(path, inputs=inputs, force=bool(given.get("force")))
        if home := find_workspace(path):
            yield home
        elif option.is_folder and not any(is_same(path, source) for source in inputs):  # else the command refuses it
            yield path
    if paths or option.home is None:
        return
    home = next(filter(is_workspace, inputs), None) if inputs else find_workspace(Path.cwd())
    if home:
        check_writable(home / option.home)
        yield home
    elif option.place is not None:
        yield Path(option.place)


def _list_inputs(command: click.Command, given: dict[str, Any]) -> tuple[Path, ...]:
    """Return the files and folders that the run reads, which are never replaced."""
    values = [given.get(param.name or "") for param in command.params if isinstance(param.type, ReadPath)]
    return tuple(path for value in values for path in (value if isinstance(value, tuple) else (value,)) if path)
