"""The report as JSON, for other programs."""

from __future__ import annotations

import json

from fatf_kit.core.json_files import make_json_value
from fatf_kit.report.model import Report


def render_json(report: Report) -> bytes:
    """Return the payload as UTF-8 JSON, indented, so that two versions can be compared line by line."""
    return _render(report.payload)


def render_value(value: object) -> bytes:
    """Render a frozen value by its fields, likewise."""
    return _render(make_json_value(value))


def _render(value: object) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=2, allow_nan=False) + "\n").encode()
