"""The first update after a newer version of fatf-kit was installed: a page on what is new is offered once.

The last result of a folder names the version that made it. The update writes a new result, so that the next one finds
the present version there.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from packaging.version import InvalidVersion, Version

from fatf_kit.core.national_words import base_language
from fatf_kit.core.resources import tool_version
from fatf_kit.papers.reader_guide import build_reader_guide, list_reader_guides
from fatf_kit.report.model import Document

_GUIDE = "whats-new"


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgramUpgrade:
    """A newer version in a folder: the version of its last result, the present one, and the page on what is new."""

    earlier: str
    later: str
    page: Path


def find_earlier_version(last: Mapping[str, Any] | None) -> str | None:
    """Return the version of fatf-kit that made the last result of a folder, if it is older than the present one.

    None without a result, and where the version is the present one, a later one, or cannot be read.

    >>> find_earlier_version({"provenance": {"tool": "0.1.0"}}), find_earlier_version(None)
    ('0.1.0', None)
    """
    earlier = str(last["provenance"]["tool"]) if last else ""
    try:
        return earlier if Version(earlier) < Version(tool_version()) else None
    except InvalidVersion:
        return None


def build_news(language: str) -> Document:
    """Return the page on what is new in a language, in English where it is not written in that language."""
    known = base_language(language) in list_reader_guides()[_GUIDE]
    return build_reader_guide(_GUIDE, language if known else "en")


def name_news(language: str) -> str:
    """Return the name of the page among the reports of a folder.

    >>> name_news("ar-IQ")
    'whats-new-ar-IQ.html'
    """
    return f"{_GUIDE}-{language}.html"
