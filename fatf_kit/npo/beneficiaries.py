"""How many bodies help which group of beneficiaries: a description of the sector, which is never scored."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from fatf_kit.npo.beneficiary_words import COLUMN, names_identity
from fatf_kit.npo.cells import FAULT, Partly, Reader
from fatf_kit.npo.convert import code_reader, items_of
from fatf_kit.npo.mapping import Field
from fatf_kit.npo.method import Method
from fatf_kit.npo.model import Counted

if TYPE_CHECKING:
    from fatf_kit.npo.facts import Facts

_ABOVE = FAULT + 1
"""Added to the bits of the groups, so that no set of groups is the mark of a fault."""


def groups_reader(source: Field, method: Method) -> Reader:
    """Reads a list of groups as one bit each; a group by faith, descent, origin or opinion counts as not known."""
    column = method.columns[COLUMN]
    own = code_reader(column, source.codes)
    bits = {code.code: 1 << place for place, code in enumerate(column.codes)}

    def read(text: str) -> str | None:
        return "" if names_identity(text, method) else own(text)

    def groups(text: str) -> int | None:
        whole = read(text)
        found = [whole] if whole else items_of(text, read, method, source.separator)
        value = sum(bits[code] for code in set(found) if code)
        if not value:
            return FAULT if None in found else None
        return Partly(_ABOVE + value) if None in found else _ABOVE + value

    return groups


def count_beneficiaries(facts: Facts, method: Method) -> tuple[Counted, ...]:
    """How many bodies in scope help each group, the largest first; "" counts those of which no group is known.

    A body may help several groups. Nothing where the register does not have the column.
    """
    if COLUMN not in facts.columns:
        return ()
    query = f"SELECT {COLUMN}, count(*) FROM rated WHERE reason = 0 GROUP BY 1"
    rows = facts.engine.execute(query).fetchall()
    codes = [code.code for code in method.columns[COLUMN].codes]
    counts: Counter[str] = Counter()
    for value, count in rows:
        named = [code for place, code in enumerate(codes) if value >= _ABOVE and (value - _ABOVE) >> place & 1]
        counts.update(dict.fromkeys(named or [""], count))
    order = sorted(counts, key=lambda code: (code == "", -counts[code], codes.index(code) if code else 0))
    return tuple(Counted(code=code, count=counts[code]) for code in order)
