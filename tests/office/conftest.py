"""The folder of `fatf-kit demo`, which several tests of this folder read."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from tests.unit.cli.commands import invoke


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """A function that returns the folder of the demonstration in a language."""

    @cache
    def write(language: str) -> Path:
        folder = tmp_path_factory.mktemp("demo") / language
        done = invoke("demo", "--all", "-o", folder, "--lang", language)
        assert done.exception is None, done.output
        return folder

    return write
