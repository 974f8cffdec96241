"""The ids that a Recommendation, an outcome or a requirement may have, whatever the edition."""

from __future__ import annotations

from functools import cache

from fatf_kit.framework.catalog import index_requirements
from fatf_kit.framework.loader import list_editions, load_framework


@cache
def list_all_ids() -> frozenset[str]:
    """List the ids of every Recommendation, outcome and requirement of any edition.

    >>> {"R.10", "R.10/10.7(b)", "IO.6/6.2"} <= list_all_ids()
    True
    """
    editions = [load_framework(name) for name in list_editions()]
    units = (unit.id for framework in editions for unit in framework.units)
    return frozenset(units).union(*map(index_requirements, editions))
