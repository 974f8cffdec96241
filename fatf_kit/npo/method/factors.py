"""From facts of a register to levels 1 to 5: the rules of each factor, as functions of a text and as SQL.

A factor whose columns are missing, or say nothing, stays unknown. The assessed level goes before the rules; then the
first rule that knows something counts, or the highest where the factor says so. Rules over a list in one cell, such as
countries or channels of payment, are functions here, applied once to each distinct text; all others are SQL.

Source: rules and cut-offs are data in frameworks/npo/factors.json.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from fatf_kit.npo.method.load import Factor
from fatf_kit.npo.method.settings import Settings

Rule = Mapping[str, Any]
MOST_COUNTED = 100
"""More places than any rule tells apart, and few enough for a number kept in one byte."""
HIGHEST_LEVEL = 5


def list_column(factor: Factor, rule: Rule, column: str) -> str:
    """Return the name of what a rule makes of a list in one cell of a column; "" where it makes nothing of it.

    >>> from fatf_kit.npo.method.load import load_method
    >>> factor = next(factor for factor in load_method().rated if factor.id == "V05")
    >>> list_column(factor, factor.rules[0], "payment_channels"), list_column(factor, factor.rules[0], "region")
    ('V05_codes_payment_channels', '')
    """
    kind = rule["rule"]
    if kind == "segment":
        columns: Collection[str] = ("region",)
    elif kind == "steps":
        columns = (rule["of"].get("count"),)
    elif kind in ("places", "codes"):
        columns = rule.get("columns") or (rule["column"],)
    else:
        columns = ()
    return f"{factor.id}_{kind}_{column}" if column in columns else ""


def codes_level(rule: Rule, found: Sequence[str | None], *, is_open: bool) -> int | None:
    """Return the highest level of the codes in a list; None where nothing is known of it.

    `found` has None for an item that cannot be read. An item of an open list may mean anything; one of a closed list
    changes nothing where the others reach the highest level there is. A list that leaves a code out is no answer about
    it.
    """
    levels: Mapping[str, int] = rule["levels"]
    rated = [levels[code] for code in found if code is not None and code in levels]
    if None in found:
        return None if is_open else _final_level(max(rated, default=0), max(levels.values()))
    return max(rated, default=None)


def count_places(found: Sequence[str | None]) -> int | None:
    """Return how many places a list names; None where it names none or one of them cannot be read."""
    return None if None in found or not found else min(len(set(found)), MOST_COUNTED)


def area_level(rule: Rule, found: Sequence[str | None], levels: Mapping[str, int] | None) -> int | None:
    """Return the highest level of the areas named; None without a list of areas."""
    if levels is None or not found:
        return None
    return max([int(rule["unlisted"]), *(levels[place] for place in found if place and place in levels)])


def country_level(
    rule: Rule,
    found: Sequence[str | None],
    levels: Mapping[str, int] | None,
    home: str | None,
    watched: Collection[str],
) -> int | None:
    """Return the highest level of the countries abroad; `found` has None for a country that cannot be read.

    Work abroad is unknown without a list of countries, and so is work in a watched country that the list leaves out:
    neither says that the place is of lower risk.
    """
    known = levels or {}
    abroad = places_abroad(found, home)
    if abroad:
        level = max([int(rule["unlisted"]), *(known[place] for place in abroad if place in known)])
        is_open = any(place in watched and place not in known for place in abroad)
        if levels is None or (is_open and level < HIGHEST_LEVEL):
            return None
        return _final_level(level, max([int(rule["unlisted"]), *known.values()])) if None in found else level
    if None in found:
        return None
    if home is None:  # only the levels on the list are known of the one country named
        return max((known[place] for place in found if place and place in known), default=None)
    return int(rule["home"]) if found else None


def places_abroad(named: Iterable[str | None], home: str | None) -> set[str]:
    """Return the countries that are surely abroad; where the home country is not known, a single one may be it.

    >>> sorted(places_abroad(["IQ", "SY"], "IQ")), sorted(places_abroad(["IQ", "IQ"], None))
    (['SY'], [])
    """
    places = {place for place in named if place is not None}
    return places if home is None and len(places) > 1 else places - {home} if home else set()


def _final_level(level: int, top: int) -> int | None:
    """Return the level of a list of which an item cannot be read: where no item could raise it, it is known."""
    return level if level == top else None


def level_sql(
    factor: Factor, has: Callable[[str], bool], settings: Settings, as_of: date, cuts: Sequence[int]
) -> str | None:
    """Return the level of one factor over the typed columns, NULL where not known; None where no column informs it.

    `cuts` are the incomes that part the register into parts of equal number.
    """
    rules = [_rule(factor, rule, has, settings, as_of, cuts) for rule in factor.rules]
    known = [expression for expression in rules if expression is not None]
    derived = None
    if known:
        derived = f"greatest({', '.join(known)})" if factor.take == "highest" else _first(known)
        if factor.less_one_if and has(factor.less_one_if):
            derived = f"CASE WHEN {factor.less_one_if} AND {derived} > 1 THEN {derived} - 1 ELSE {derived} END"
    assessed = factor.column if factor.column and has(factor.column) else None
    found = [part for part in (assessed, derived) if part]
    return _first(found) if found else None


def _first(expressions: Sequence[str]) -> str:
    return f"coalesce({', '.join(expressions)})" if len(expressions) > 1 else expressions[0]


def _rule(
    factor: Factor, rule: Rule, has: Callable[[str], bool], settings: Settings, as_of: date, cuts: Sequence[int]
) -> str | None:
    kind = rule["rule"]
    if kind == "yes_no":
        column = rule["column"]
        sides = {"yes": column, "no": f"NOT {column}"}
        cases = " ".join(f"WHEN {test} THEN {rule[side]}" for side, test in sides.items() if side in rule)
        return f"CASE {cases} END" if has(column) else None
    if kind == "segment":
        return f"{factor.id}_segment_region" if factor.id in settings.segment_factors and has("region") else None
    if kind in ("codes", "places"):
        columns = [column for column in rule.get("columns") or [rule["column"]] if has(column)]
        return _first([list_column(factor, rule, column) for column in columns]) if columns else None
    (of, named), *_ = rule["of"].items()
    columns = [named] if isinstance(named, str) else named
    if not all(map(has, columns)):
        return None
    if of == "quintile":
        return size_sql(cuts)
    return _steps(
        list_column(factor, rule, named) if of == "count" else measured_sql(of, columns, as_of), rule["steps"]
    )


def measured_sql(of: str, columns: Sequence[str], as_of: date) -> str:
    """Return what the steps of a rule are laid against, NULL where not known.

    >>> measured_sql("ratio", ["filings_received", "filings_due"], date(2026, 11, 1))
    '(CASE WHEN filings_due > 0 THEN filings_received / filings_due END)'
    """
    first, *others = columns
    if of == "column":
        return first
    if of == "age":
        day = f"DATE '{as_of}'"
        return f"(CASE WHEN {first} <= {day} THEN datediff('day', {first}, {day}) / 365.25 END)"
    if of == "shortfall":
        return f"(CASE WHEN {first} > {others[0]} THEN {first} - {others[0]} WHEN {first} <= {others[0]} THEN 0 END)"
    return f"(CASE WHEN {others[0]} > 0 THEN {first} / {others[0]} END)"  # a ratio, or growth: now by before


def size_sql(cuts: Sequence[int]) -> str:
    """Return the part of the register, by income, that a body is in, the lowest first; NULL where not known.

    >>> size_sql([10, 20])
    'CASE WHEN income <= 10 THEN 1 WHEN income <= 20 THEN 2 WHEN income > 20 THEN 3 END'
    """
    if not cuts:
        return "NULL::UTINYINT"
    steps = " ".join(f"WHEN income <= {cut} THEN {level}" for level, cut in enumerate(cuts, start=1))
    return f"CASE {steps} WHEN income > {cuts[-1]} THEN {len(cuts) + 1} END"


def _steps(of: str, steps: Sequence[Mapping[str, Any]]) -> str:
    """Return the level of the highest step that is reached; level 0 is not known.

    >>> _steps("age", [{"above": 10, "level": 1}, {"from": 0, "level": 4}])
    'CASE WHEN age > 10 THEN 1 WHEN age >= 0 THEN 4 END'
    """
    cases = " ".join(
        f"WHEN {of} >= {step['from']} THEN {step['level'] or 'NULL'}"
        if "from" in step
        else f"WHEN {of} > {step['above']} THEN {step['level'] or 'NULL'}"
        for step in steps
    )
    return f"CASE {cases} END"
