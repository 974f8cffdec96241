"""The place where a command writes: tried before the work, for one run at a time, private where it is restricted."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from functools import wraps
from pathlib import Path
from typing import Any

import click

from fatf_kit.core.files import is_folder, is_same
from fatf_kit.core.store import (
    check_target,
    check_writable,
    keep_private,
    protect_inputs,
    undo_on_failure,
    work_alone,
)
from fatf_kit.terminal.options import ReadPath, TargetOption

AUDIENCE, GOVERNMENT = "audience", "government"
"""The parameter for the readers of an output, and its value for those who may read restricted answers."""


def guard_targets(command: click.Command, workbooks: Sequence[str] = ()) -> Callable[..., Any] | None:
    """Return the callback of a command with a target, which runs in the store; the files that it reads stay.

    So do the `workbooks` that people keep in an assessment folder.

    A target that cannot be written, or would replace a file of a person, is refused before anything is read. Then other
    runs are kept out of the folder, or of the assessment folder around it. What may have restricted answers is private.
    Where the command fails, the outputs that it began are removed again.
    """
    callback = command.callback
    targets = [param for param in command.params if isinstance(param, TargetOption)]
    if callback is None or not targets:
        return callback

    @wraps(callback)
    def run(**values: Any) -> Any:
        task = click.get_current_context().command_path.partition(" ")[2]
        inputs = _list_inputs(click.get_current_context().command, values)
        with ExitStack() as stack:
            stack.enter_context(protect_inputs((*inputs, *_list_kept(inputs, workbooks))))
            for option in targets:
                for folder in dict.fromkeys(_list_folders(option, values, inputs)):
                    stack.enter_context(work_alone(folder, task))
            stack.enter_context(keep_private(is_needed=values.get(AUDIENCE) == GOVERNMENT))
            stack.enter_context(undo_on_failure())
            return callback(**values)

    return run


def _list_folders(option: TargetOption, values: dict[str, Any], inputs: tuple[Path, ...]) -> Iterator[Path]:
    """Check the targets of a run, and yield the folders in which it works alone."""
    from fatf_kit.assessment.folder.folder import find_workspace

    value = values[option.name or ""]
    paths = value if isinstance(value, tuple) else (value,) if value else ()
    for path in paths:
        is_target_folder = option.is_folder(values) if callable(option.is_folder) else option.is_folder
        if not is_target_folder and not is_folder(path):
            check_target(path, force=bool(values.get("force")))
        if home := find_workspace(path):
            yield home
        elif is_target_folder and not any(is_same(path, source) for source in inputs):  # else the command refuses it
            yield path
    if paths:
        return
    home = _find_home(inputs) if option.home is not None else None
    if home and option.home is not None:
        check_writable(home / option.home)
        yield home
    elif place := option.place(values) if callable(option.place) else option.place:
        yield Path(place)


def _find_home(inputs: tuple[Path, ...]) -> Path | None:
    """Return the assessment folder among the inputs, or the one that the command was called in where there are none."""
    from fatf_kit.assessment.folder.folder import find_workspace, is_workspace

    return next(filter(is_workspace, inputs), None) if inputs else find_workspace(Path.cwd())


def _list_kept(inputs: tuple[Path, ...], workbooks: Sequence[str]) -> tuple[Path, ...]:
    """Return the files and folders that people keep: of the assessment folder, and of each folder that is read."""
    from fatf_kit.assessment.folder.model import OWN_FILES, RESPONSES

    home = _find_home(inputs)
    folders = dict.fromkeys((*([home] if home else ()), *filter(is_folder, inputs)))
    names = ("", RESPONSES, *OWN_FILES, *workbooks)
    return tuple(place / name for place in folders for name in names)


def _list_inputs(command: click.Command, values: dict[str, Any]) -> tuple[Path, ...]:
    """Return the files and folders that the run reads, which are never replaced."""
    read = [values.get(param.name or "") for param in command.params if isinstance(param.type, ReadPath)]
    return tuple(path for value in read for path in (value if isinstance(value, tuple) else (value,)) if path)
