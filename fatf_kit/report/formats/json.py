"""The report as JSON, for other programs."""

from __future__ import annotations

import json

from fatf_kit.report.model import Report


def render_json(report: Report) -> bytes:
    """Return the payload as UTF-8 JSON, indented, so that two versions can be compared line by line."""
    return (json.dumps(report.payload, ensure_ascii=False, indent=2, allow_nan=False) + "\n").encode()
