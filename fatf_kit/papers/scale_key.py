"""The key beneath a rating table."""

from __future__ import annotations

from collections.abc import Sequence

from fatf_kit.framework.model import ScalePoint


def list_scale_key(scale: Sequence[ScalePoint]) -> tuple[tuple[str, str], ...]:
    """Return the letters of a rating table and their meaning."""
    return tuple((point.code, point.label) for point in scale)
