"""matplotlib, brought in so that nothing of the user's own stops it or is heard."""

from __future__ import annotations

import logging
import sys
from contextlib import chdir
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from types import ModuleType

_IDLE_TALK = ("cache directory", "font cache", "mkdir -p", "configuration file", "matplotlibrc")


def load_engine() -> ModuleType:
    """The module `matplotlib`.

    It reads a file `matplotlibrc` of the current folder or of the user while it is imported. Our pictures take nothing
    from it, so one that cannot be read is passed over; one that can be read stays what the user's own drawing follows.

    Raises:
        ImportError: it is not installed.
    """
    _no_idle_talk()
    try:
        return import_module("matplotlib")
    except (OSError, ValueError):
        found = find_spec("matplotlib")
        if found is None or found.origin is None:
            raise
    for name in [name for name in sys.modules if name.partition(".")[0] == "matplotlib"]:
        del sys.modules[name]  # what was imported before it stopped
    with chdir(Path(found.origin).parent / "mpl-data"):  # where the file lies that it comes with
        return import_module("matplotlib")


def _no_idle_talk() -> None:
    """Nothing is said of settings that pictures do not follow, nor of the cache folder made where there is no home.

    It draws as well without one; the folder is its own doing and goes when the program ends.
    """
    for name in ("matplotlib", "matplotlib.font_manager"):
        logging.getLogger(name).addFilter(_worth_saying)


def _worth_saying(record: logging.LogRecord) -> bool:
    text = record.getMessage()
    return not any(talk in text for talk in _IDLE_TALK)
