"""The items of plans that others word, in action-plan.xlsx of an assessment folder."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from fatf_kit.action_plan.items.book import read_items
from fatf_kit.action_plan.items.cycles import describe_cycle_day, list_cycle_days
from fatf_kit.action_plan.items.model import ItemRegister
from fatf_kit.assessed.folder import Folder, FolderPart
from fatf_kit.assessment.folder.model import PLAN_ITEMS
from fatf_kit.core.messages import Translator
from fatf_kit.core.problems import Problem
from fatf_kit.framework import Framework


@dataclass(frozen=True, kw_only=True)
class FolderItems(FolderPart):
    """The items of the plans, with their cycles, costs and needs."""

    register: ItemRegister

    def list_dates(self, t: Translator) -> Iterator[tuple[date, str]]:
        """Yield the days of the cycles."""
        for cycle in self.register.cycles_by_id.values():
            yield from ((day.day, describe_cycle_day(cycle, day, t)) for day in list_cycle_days(cycle))


def read_part(folder: Folder) -> tuple[FolderItems, tuple[Problem, ...]]:
    """Read the items of an assessment folder."""
    register, problems = read_plan_items(folder.workspace.path, folder.framework)
    return FolderItems(register=register), problems


def find_items(folder: Folder | None) -> ItemRegister:
    """Find the items of a folder; an empty register where it has no action-plan.xlsx."""
    part = folder[FolderItems] if folder else None
    return part.register if part else ItemRegister()


def read_plan_items(path: Path, framework: Framework) -> tuple[ItemRegister, tuple[Problem, ...]]:
    """Return the items of a folder with their problems; an empty register where it has no workbook."""
    file = path / PLAN_ITEMS
    return read_items(file, framework) if file.is_file() else (ItemRegister(), ())
