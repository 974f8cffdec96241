"""The codes of outcomes as the readers of a language know them: "IO.6" is "RI.6" in French.

Files for programs, sheets that are read back and commands keep "IO.6". FATF's French texts have "RI" for "Résultat
immédiat".
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace
from types import MappingProxyType
from typing import TypeVar

from fatf_kit.core.national_words import base_language

OUTCOME_CODES: Mapping[str, str] = MappingProxyType({"fr": "RI"})
"""The code of an Immediate Outcome in the languages that have another than "IO"."""

_T = TypeVar("_T")


def translate_outcome_codes(content: _T, language: str) -> _T:
    """Return a part of a document with the codes of outcomes that its language has; ids, anchors and links stay.

    Names of files, addresses in workbooks and places to be filled stay too.

    >>> translate_outcome_codes(("IO.6/6.2: 3", "IO.6-fr.html", "bank.xlsx, IO.6!C4", "{{ IO.6/6.2 }}"), "fr")
    ('RI.6/6.2: 3', 'IO.6-fr.html', 'bank.xlsx, IO.6!C4', '{{ IO.6/6.2 }}')
    >>> translate_outcome_codes("IO.6", "ar")
    'IO.6'
    """
    code = OUTCOME_CODES.get(base_language(language))
    return content if code is None else _translate(content, code)  # type: ignore[return-value]


def _translate(content: object, code: str) -> object:
    """Return the content with the code in its texts; a content that has none is returned itself."""
    if type(content) is str:
        return _OUTCOME.sub(rf"{code}.\1", content) if "IO." in content else content
    if type(content) is tuple:
        parts = tuple(_translate(part, code) for part in content)
        return parts if any(new is not old for new, old in zip(parts, content, strict=True)) else content
    if isinstance(content, Mapping):
        return {key: _translate(part, code) for key, part in content.items()}
    if not is_dataclass(content) or isinstance(content, type):
        return content
    before = {field.name: getattr(content, field.name) for field in fields(content) if field.name not in _KEPT}
    changed = {name: new for name, old in before.items() if (new := _translate(old, code)) is not old}
    return replace(content, **changed) if changed else content


_OUTCOME = re.compile(r"(?<![\w./\\{-])(?<!\{ )IO\.(\d{1,2})(?!\d|!|-(?:en|ar|fr)\b|\.\w)")
_KEPT = frozenset(
    {
        "unit",
        "units",
        "counts",
        "id",
        "anchor",
        "target",
        "facets",
        "key",
        "agencies",
        "language",
        "day",
        "scale",
        "facet",
    }
)
"""Fields that programs follow."""
