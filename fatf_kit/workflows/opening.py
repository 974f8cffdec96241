"""Assessment folders opened by their path, for the commands of features and for their public functions."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from inspect import Parameter, signature
from pathlib import Path
from typing import Concatenate, ParamSpec, TypeVar

from fatf_kit import training
from fatf_kit.assessed.folder import FolderRatings, OpenedFolder
from fatf_kit.assessment.folder.folder import check_workspace, open_workspace
from fatf_kit.core.progress import ProgressCallback

P = ParamSpec("P")
Result = TypeVar("Result")


def open_folder(path: str | Path) -> OpenedFolder:
    """Open an assessment folder; its answers are read when a feature asks for ratings.

    Raises:
        FatfKitError: the folder is not an assessment folder, or its settings cannot be used.

    >>> open_folder("examples/graustark").workspace.settings.country
    'XGK'
    """
    check_workspace(path)
    workspace, _ = open_workspace(path)

    def rate(on_progress: ProgressCallback | None) -> FolderRatings:
        from fatf_kit.workflows.scoring import score

        return score(workspace.path, on_progress=on_progress)

    return OpenedFolder(workspace=workspace, rate=rate)


def _take_path(
    function: Callable[Concatenate[OpenedFolder, P], Result],
) -> Callable[Concatenate[str | Path, P], Result]:
    """Make the public function of a feature, which takes a path, from its own, which takes an opened folder."""

    @wraps(function)
    def call(path: str | Path, *args: P.args, **named: P.kwargs) -> Result:
        return function(open_folder(path), *args, **named)

    own = signature(function)
    path = Parameter("path", Parameter.POSITIONAL_OR_KEYWORD, annotation="str | Path")
    parameters = [path, *list(own.parameters.values())[1:]]
    call.__signature__ = own.replace(parameters=parameters)  # type: ignore[attr-defined]  # read by inspect
    return call  # type: ignore[return-value]  # its path may also be named, which Callable cannot say


training_report = _take_path(training.training_report)
training_template = _take_path(training.training_template)
