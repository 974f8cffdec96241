"""A partner's copy: the part of the matrix that a partner may see, and a check of its texts."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import replace

from fatf_kit.action_plan.needs.costing import PricedLine, cost_need, find_payer
from fatf_kit.action_plan.needs.matrix import NeedMatrix, NeedRow
from fatf_kit.action_plan.needs.model import OPEN_PARTNER, Need
from fatf_kit.core.languages import normalise
from fatf_kit.core.problems import Problem, make_problem


def select_for_partner(matrix: NeedMatrix, partner: str) -> NeedMatrix:
    """Return what a partner may see; `partner` is a name, or "open" for one that has no need yet.

    These are its own needs, open needs without a partner, and those of others that may be shown. Nothing confidential
    is in it, no cost that another partner pays, nothing that is paid already, and no cost of items and actions.
    """
    name = "" if partner == OPEN_PARTNER else normalise(partner)
    others = {normalise(one) for one in matrix.partners} - {name}
    rows = tuple(
        _cut_costs(row, name, others) for row in matrix.rows if not row.need.is_confidential and _may_see(row, name)
    )
    seen = {one.line.id for row in rows for one in row.cost.lines}
    return replace(
        matrix,
        rows=rows,
        lines=tuple(one for one in matrix.lines if one.line.id in seen),
        paid_already=(),
        partner=partner,
    )


def _cut_costs(row: NeedRow, partner: str, others: Collection[str]) -> NeedRow:
    """Return a need without the costs that another partner pays, unless it may be shown to others."""
    if row.need.is_shareable:
        return row
    lines = [one for one in row.cost.lines if not _is_of_others(one, row.need, partner, others)]
    return replace(row, cost=cost_need(row.need, lines))


def _may_see(row: NeedRow, partner: str) -> bool:
    owner = normalise(row.need.partner)
    if owner and owner == partner:
        return True
    if row.group == "ended":
        return False
    return row.need.is_shareable or (not owner and row.group == "open")


def _is_of_others(one: PricedLine, need: Need, partner: str, others: Collection[str]) -> bool:
    """Return whether another partner pays a line, also one that is not named."""
    payer = normalise(find_payer(one.line, need))
    return payer in others or (one.line.is_of_partner and (not payer or payer != partner))


def check_copy(matrix: NeedMatrix) -> tuple[Problem, ...]:
    """Return a problem for each text of a partner's copy that names another partner, by its whole name.

    A need that may be shown to others may name its own partner.
    """
    own = normalise(matrix.partner)
    others = {name: normalise(name) for name in matrix.partners if normalise(name) != own}
    found = []
    for row in matrix.rows:
        need = row.need
        text = normalise(" ".join((need.need, need.provision, need.beneficiary, need.condition, need.result)))
        text = _find_name(own).sub(" ", text)
        found += [
            make_problem("need-names-partner", need.ref, found=need.id, partner=name)
            for name, plain in sorted(others.items())
            if plain != normalise(need.partner) and _find_name(plain).search(text)
        ]
    return tuple(found)


def _find_name(name: str) -> re.Pattern[str]:
    """Return a pattern of a normalised name as whole words; Arabic prefixes may be attached to it."""
    words = re.escape(name)
    if name.startswith("ال"):
        words = f"(?:{words}|لل{re.escape(name[2:])})"
    return re.compile(rf"(?<!\w)[وفبكل]{{0,2}}{words}(?!\w)")
