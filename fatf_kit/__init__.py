"""fatf-kit: get a country ready for its FATF mutual evaluation.

The verbs of the command line are functions here, with the same names. Heavy libraries load when they are needed.

>>> import fatf_kit
>>> fatf_kit.load_framework("fatf-2022").round
5
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from fatf_kit.resources import tool_version

if TYPE_CHECKING:
    from fatf_kit.api import Scored, carry_forward, guide, outlook_of, score, score_published, template, what_if
    from fatf_kit.framework import list_editions, load_framework
    from fatf_kit.mock_visit import mock_debrief, mock_template
    from fatf_kit.published import find_report, load_published
    from fatf_kit.report.frames import report_frames
    from fatf_kit.responses.intake import read_responses
    from fatf_kit.scoring import assess, load_policy

__all__ = [
    "Scored",
    "__version__",
    "assess",
    "carry_forward",
    "find_report",
    "guide",
    "list_editions",
    "load_framework",
    "load_policy",
    "load_published",
    "mock_debrief",
    "mock_template",
    "outlook_of",
    "read_responses",
    "report_frames",
    "score",
    "score_published",
    "template",
    "what_if",
]

__version__ = tool_version()

_HOMES = {
    "fatf_kit.api": (
        "Scored",
        "carry_forward",
        "guide",
        "outlook_of",
        "score",
        "score_published",
        "template",
        "what_if",
    ),
    "fatf_kit.framework": ("list_editions", "load_framework"),
    "fatf_kit.mock_visit": ("mock_debrief", "mock_template"),
    "fatf_kit.published": ("find_report", "load_published"),
    "fatf_kit.report.frames": ("report_frames",),
    "fatf_kit.responses.intake": ("read_responses",),
    "fatf_kit.scoring": ("assess", "load_policy"),
}
"""Where each name lives, so that importing the package loads nothing heavy."""


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})


def __getattr__(name: str) -> object:
    for home, names in _HOMES.items():
        if name in names:
            return getattr(import_module(home), name)
    raise AttributeError(f"module 'fatf_kit' has no attribute {name!r}")
