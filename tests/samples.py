"""Parameters of which a usual run takes a sample; a full run takes all of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import pytest


def take_sample(values: Iterable[Any], usual: Sequence[Any]) -> list[Any]:
    """List the values as parameters, with the mark `full` on each that is not in the sample `usual`.

    A tuple has a value for each of several arguments.

    Raises:
        ValueError: a value of the sample is not among the values, so that nobody would test it.

    >>> [(value.values, len(value.marks)) for value in take_sample(["ar", "en", "fr"], ["ar"])]
    [(('ar',), 0), (('en',), 1), (('fr',), 1)]
    """
    listed = list(values)
    if unknown := [value for value in usual if value not in listed]:
        raise ValueError(f"The sample has values that are not tested: {unknown}")
    return [
        pytest.param(
            *(value if isinstance(value, tuple) else (value,)), marks=() if value in usual else pytest.mark.full
        )
        for value in listed
    ]
