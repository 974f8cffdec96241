"""Names of a package that are loaded from the rooms where they live only when somebody asks for them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from importlib import import_module


def lazily(package: str, homes: Mapping[str, Sequence[str]]) -> Callable[[str], object]:
    """The `__getattr__` of a package whose names live in these modules.

    >>> lazily("somewhere", {"fatf_kit.resources": ["CURRENT_EDITION"]})("CURRENT_EDITION")
    'fatf-2022'
    """
    where = {name: home for home, names in homes.items() for name in names}

    def load(name: str) -> object:
        if name not in where:
            raise AttributeError(f"module {package!r} has no attribute {name!r}")
        return getattr(import_module(where[name]), name)

    return load
