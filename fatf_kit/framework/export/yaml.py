"""Plain data as YAML, in the small part of it that no reader takes for something else.

Every text is in double quotes, as in JSON, so that "no", "10.10" and "1.0" stay texts. There are no anchors.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any


def render_yaml(data: Mapping[str, Any]) -> bytes:
    """Return nested mappings and lists of texts, whole numbers, truth values and dates as YAML, in their order.

    Keys are our own plain words. Empty mappings and lists are not expected.

    >>> print(render_yaml({"name": "no", "nodes": [{"depth": 2, "labels": ["10.10"]}]}).decode(), end="")
    name: "no"
    nodes:
    - depth: 2
      labels:
      - "10.10"
    """
    return ("\n".join(_write_mapping(data, "")) + "\n").encode()


def _write_mapping(data: Mapping[str, Any], indent: str) -> Iterator[str]:
    for key, value in data.items():
        if isinstance(value, Mapping):
            yield f"{indent}{key}:"
            yield from _write_mapping(value, f"{indent}  ")
        elif isinstance(value, Sequence) and not isinstance(value, str):
            yield f"{indent}{key}:"
            yield from _write_list(value, indent)
        else:
            yield f"{indent}{key}: {_write_scalar(value)}"


def _write_list(values: Sequence[Any], indent: str) -> Iterator[str]:
    for value in values:
        if isinstance(value, Mapping):
            first, *others = _write_mapping(value, f"{indent}  ")
            yield f"{indent}- {first[len(indent) + 2 :]}"
            yield from others
        else:
            yield f"{indent}- {_write_scalar(value)}"


def _write_scalar(value: str | int | date) -> str:
    return value.isoformat() if isinstance(value, date) else json.dumps(value, ensure_ascii=False)
