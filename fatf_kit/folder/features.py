"""The list of the features: their names, their files in an assessment folder, and their lines in --help.

No feature is imported for it. A package is imported when one of its commands is called or one of its files is met.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from fatf_kit.assessed.folder import Folder, FolderPart
    from fatf_kit.core.problems import Problem

    PartReader = Callable[[Folder], tuple[FolderPart | None, tuple[Problem, ...]]]
    """Reads a part of a folder with every problem of its files; None where there is nothing in them."""


@dataclass(frozen=True, slots=True)
class Feature:
    """A feature of an assessment folder.

    Attributes:
        name: Its name, which is that of its command.
        place: Its workbook or its folder in an assessment folder.
        stage: The stage of the work under which --help lists its command; empty where it has none of its own.
        help: The line of its command in --help.
        has_part: Whether its place is read whenever the folder is rated, by `read_part` of the module `folder_part`.
        package: Its package, where that does not have its name.
    """

    name: str
    place: str
    stage: str = ""
    help: str = ""
    has_part: bool = False
    package: str = ""

    def load_reader(self) -> PartReader:
        """Import the function that reads its part of a folder."""
        reader: PartReader = self._import("folder_part").read_part
        return reader

    def load_command(self) -> Any:
        """Import its command of click."""
        return getattr(self._import("commands"), self.name.replace("-", "_"))

    def _import(self, module: str) -> Any:
        package = self.package or self.name.replace("-", "_")
        return import_module(f"fatf_kit.{package}.{module}")


FEATURES: tuple[Feature, ...] = (
    Feature("statistics", "statistics", has_part=True),
    Feature("laws", "laws.xlsx", has_part=True),
    Feature("action-plan", "action-plan.xlsx", has_part=True, package="action_plan.items"),
    Feature("npo", "npo/npo.json", has_part=True, package="npo.measures"),
    Feature("mock", "mock", has_part=True, package="mock_visit"),
    Feature(
        "training",
        "training.xlsx",
        "Evaluate",
        "Keep a record of training with tests, and write the page for a partner.",
    ),
)
"""In the order in which their problems are listed. None needs what another adds."""


def list_kept_workbooks() -> tuple[str, ...]:
    """List the workbooks of features that people keep in a folder, so that no output replaces them."""
    return tuple(feature.place for feature in FEATURES if feature.place.endswith(".xlsx"))


def list_parts(home: Path) -> tuple[Feature, ...]:
    """List the features with a part in a folder."""
    return tuple(feature for feature in FEATURES if feature.has_part and (home / feature.place).exists())
