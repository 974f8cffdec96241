"""How many bodies help which group of beneficiaries: a description of the sector, which is never scored."""

from __future__ import annotations

from collections import Counter

from fatf_kit.npo.classification.facts import Facts
from fatf_kit.npo.classification.readings import JOINED
from fatf_kit.npo.mapping.beneficiary_words import COLUMN
from fatf_kit.npo.method.load import Method
from fatf_kit.npo.model import CodeCount


def count_beneficiaries(facts: Facts, method: Method) -> tuple[CodeCount, ...]:
    """Return how many bodies in scope help each group, the largest first; "" counts those of which no group is known.

    A body may help several groups. Nothing where the register does not have the column.
    """
    if COLUMN not in facts.columns:
        return ()
    rows = facts.engine.execute(
        f"SELECT coalesce({COLUMN}, ''), count(*) FROM rated WHERE is_in_scope GROUP BY 1"
    ).fetchall()
    codes = [code.code for code in method.columns[COLUMN].codes]
    counts: Counter[str] = Counter()
    for groups, count in rows:
        counts.update(dict.fromkeys(groups.split(JOINED), count))
    order = sorted(counts, key=lambda code: (code == "", -counts[code], codes.index(code) if code else 0))
    return tuple(CodeCount(code=code, count=counts[code]) for code in order)
