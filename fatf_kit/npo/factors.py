"""From facts of a register to levels 1 to 5: the rules of each factor as SQL over typed columns.

A factor whose columns are missing, or say nothing, stays unknown. The assessed level goes before the rules; then the
first rule that knows something counts, or the highest where the factor says so.

Source: rules and cut-offs are data in frameworks/npo/factors.json.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from fatf_kit.core.languages import normalise
from fatf_kit.npo import convert
from fatf_kit.npo.cells import FAULT, NO, NOTHING, YES, Cells, Partly, Reader
from fatf_kit.npo.method import Factor, Method
from fatf_kit.npo.settings import Place, Settings
from fatf_kit.npo.sql import first_known

MOST_COUNTED = 100
"""More places than any rule tells apart, and few enough for a number kept in one byte."""

HIGHEST_LEVEL = 5
LATER = "quintile"
"""The kind of rule that needs the whole register first, so it is added in the second step."""


def level_sql(factor: Factor, cells: Cells, settings: Settings, as_of: date) -> str | None:
    """The level of one factor over the typed columns, 0 where not known; None where this register cannot inform it.

    What steps are laid against is added to `cells.measured`.
    """
    rules = [_rule(factor, rule, cells, settings, as_of) for rule in factor.rules if LATER not in rule.get("of", {})]
    known = [expression for expression in rules if expression is not None]
    derived = None
    if known:
        derived = f"greatest({', '.join(known)})" if factor.take == "highest" else first_known(*known)
        if factor.less_one_if and cells.has(factor.less_one_if):
            less = f"p_{factor.less_one_if} = {YES} AND {derived} > 1"
            derived = f"({derived} - CAST({less} AS SMALLINT))"
    said = f"p_{factor.column}" if factor.column and cells.has(factor.column) else None
    found = [part for part in (said, derived) if part]
    return first_known(*found) if found else None


def late_column(method: Method) -> tuple[Factor, str] | None:
    """The factor that rests on the register's own quintiles, and the column they are taken of."""
    for factor in method.rated:
        for rule in factor.rules:
            if LATER in rule.get("of", {}):
                return factor, rule["of"][LATER]
    return None


def list_readers(method: Method, settings: Settings, as_of: date, cells: Cells) -> dict[str, tuple[str, Reader]]:
    """Readers that turn a cell with a list straight into a level or a count, by the name of the typed column."""
    made: dict[str, tuple[str, Reader]] = {}
    for factor in method.rated:
        for rule in factor.rules:
            name = _list_name(factor, rule)
            columns = rule.get("columns", [rule.get("column") or rule.get("of", {}).get("count")])
            for column in columns:
                if name and column and cells.has(column):
                    made[f"{name}_{column}"] = (column, _list_reader(rule, column, cells, settings, as_of))
    return made


def _list_name(factor: Factor, rule: Mapping[str, Any]) -> str | None:
    if rule["rule"] in ("places", "segment") or (rule["rule"] == "steps" and "count" in rule["of"]):
        return f"{factor.id}_{rule['rule']}"
    return f"{factor.id}_codes" if rule["rule"] == "codes" else None


def _list_reader(rule: Mapping[str, Any], column: str, cells: Cells, settings: Settings, as_of: date) -> Reader:
    method, source = cells.method, cells.fields[column]
    if rule["rule"] == "codes":
        read = convert.code_reader(method.columns[column], source.codes)
        levels, otherwise = rule["levels"], rule.get("otherwise")

        def codes(text: str) -> int | None:
            whole = read(text)
            found = [whole] if whole is not None else convert.items_of(text, read, method, source.separator)
            rated = [levels[code] for code in found if code in levels]
            if None in found:
                if method.columns[column].open:
                    return None
                return _settled(max(rated, default=0), max(levels.values()))
            return max(rated) if rated else otherwise if any(found) else None

        return codes
    countries = method.columns[column].type == "countries"

    def places(text: str) -> list[str | None]:
        if countries:
            return convert.items_of(text, lambda part: _country(part, source.codes), method, source.separator)
        return [normalise(source.codes.get(part, part)) for part in convert.parts_of(text, source.separator)]

    if rule["rule"] == "steps":

        def count(text: str) -> int | None:
            found = places(text)
            return FAULT if None in found else min(len(set(found)), MOST_COUNTED) if found else None

        return count
    if rule["list"] == "countries":
        levels = _levels(settings.countries, as_of)
        return _country_reader(rule, levels, places, settings.home_country, method.screening.watched)
    levels = _levels(settings.areas, as_of)

    def areas(text: str) -> list[str | None]:
        found = places(text)
        cells.met.update(place for place in found if levels and place in levels)
        return found

    return _area_reader(rule, levels, areas)


def _settled(level: int, top: int) -> int:
    """The level of a list of which an item cannot be read: where no item could raise it, it stands."""
    return Partly(level) if level == top else FAULT


def _area_reader(
    rule: Mapping[str, Any], levels: Mapping[str, int] | None, areas: Callable[[str], list[str | None]]
) -> Reader:
    """The highest level of the areas named; without a list nothing is known."""

    def read(text: str) -> int | None:
        found = areas(text)
        if levels is None or not found:
            return None
        return max([int(rule["unlisted"]), *(levels[place] for place in found if place and place in levels)])

    return read


def _country_reader(
    rule: Mapping[str, Any],
    levels: Mapping[str, int] | None,
    countries: Callable[[str], list[str | None]],
    home: str | None,
    watched: Collection[str],
) -> Reader:
    """The highest level of the countries abroad.

    Work abroad is unknown without a list of countries, and so is work in a watched country that the list leaves out:
    neither says that the place is of lower risk.
    """
    known = levels or {}

    def abroad_level(abroad: Iterable[str]) -> int | None:
        if levels is None:
            return None
        places = list(abroad)
        level: int = max([rule["unlisted"], *(known[place] for place in places if place in known)])
        open_ = any(place in watched and place not in known for place in places)
        return None if open_ and level < HIGHEST_LEVEL else level

    def read(text: str) -> int | None:
        found = countries(text)
        abroad = abroad_among(found, home)
        if None in found:
            level = abroad_level(abroad) if abroad else None
            return FAULT if level is None else _settled(level, max([rule["unlisted"], *known.values()]))
        if abroad:
            return abroad_level(abroad)
        if home is None:  # only what is on the list is known of the one country named
            return max((known[place] for place in found if place and place in known), default=None)
        return int(rule["home"]) if found else None

    return read


def abroad_among(named: Iterable[str | None], home: str | None) -> set[str]:
    """The countries that are surely abroad; which one is home may not be told, and then the only one may be it.

    >>> sorted(abroad_among(["IQ", "SY"], "IQ")), sorted(abroad_among(["IQ", "IQ"], None))
    (['SY'], [])
    """
    places = {place for place in named if place is not None}
    return places if home is None and len(places) > 1 else places - {home} if home else set()


def _levels(places: tuple[Place, ...] | None, as_of: date) -> dict[str, int] | None:
    if places is None:
        return None
    found: dict[str, int] = {}
    for place in places:
        if place.holds(as_of):
            found[place.name] = max(place.level, found.get(place.name, place.level))
    return found


def _country(text: str, own: Mapping[str, str]) -> str | None:
    return convert.country(own.get(text, text))


def _rule(factor: Factor, rule: Mapping[str, Any], cells: Cells, settings: Settings, as_of: date) -> str | None:
    kind = rule["rule"]
    if kind == "segment":
        return _segment(factor, cells, settings)
    if kind == "yes_no":
        column = rule["column"]
        sides = [
            f"CAST(p_{column} = {value} AS SMALLINT) * {rule[side]}"
            for side, value in (("yes", YES), ("no", NO))
            if side in rule
        ]
        return f"({' + '.join(sides)})" if cells.has(column) else None
    if kind in ("codes", "places"):
        columns = [rule["column"]] if kind == "codes" else rule["columns"]
        names = [f"p_{_list_name(factor, rule)}_{column}" for column in columns if cells.has(column)]
        return first_known(*names) if names else None
    of = _measured(factor, rule, cells, as_of)
    return _steps(of, rule["steps"]) if of is not None else None


def _steps(of: str, steps: Sequence[Mapping[str, Any]]) -> str:
    """The level of the highest step that is reached: each step reached adds what parts it from the one below.

    A sum has no branches, so it takes a tenth of the time of a CASE.

    >>> _steps("age", [{"above": 10, "level": 1}, {"from": 0, "level": 4}])
    '(CAST(age >= 0 AS SMALLINT) * 4 + CAST(age > 10 AS SMALLINT) * -3)'
    """
    below, parts = 0, []
    for step in reversed(steps):
        reached = f"{of} >= {step['from']}" if "from" in step else f"{of} > {step['above']}"
        parts.append(f"CAST({reached} AS SMALLINT) * {step['level'] - below}")
        below = step["level"]
    return f"({' + '.join(parts)})"


def _segment(factor: Factor, cells: Cells, settings: Settings) -> str | None:
    values = settings.segment_factors.get(factor.id)
    return f"p_{factor.id}_segment_region" if values and cells.has("region") else None


def segment_readers(settings: Settings, cells: Cells) -> dict[str, tuple[str, Reader]]:
    """Readers that give the level entered for the region a body is in."""
    return {
        f"{factor}_segment_region": ("region", _region_reader(values, cells.met))
        for factor, values in settings.segment_factors.items()
        if cells.has("region")
    }


def _region_reader(values: Mapping[str, int], met: set[str]) -> Reader:
    def read(text: str) -> int | None:
        region = normalise(text)
        if region in values:
            met.add(region)
        return values.get(region)

    return read


def places_not_met(settings: Settings, as_of: date, cells: Cells) -> list[str]:
    """Areas and regions of the settings that no row names: a slip of spelling would pass for a place without threat."""
    named = [*(_levels(settings.areas, as_of) or {})]
    named += [region for values in settings.segment_factors.values() for region in values]
    return [place for place in dict.fromkeys(named) if place not in cells.met]


def _measured(factor: Factor, rule: Mapping[str, Any], cells: Cells, as_of: date) -> str | None:
    """What the steps of a rule are laid against, below 0 where not known."""
    (kind, named), *_ = rule["of"].items()
    columns = [named] if isinstance(named, str) else named
    if not all(cells.has(column) for column in columns):
        return None
    first, *others = (f"p_{column}" for column in columns)
    if kind == "column":
        return first
    if kind == "count":
        return f"p_{factor.id}_steps_{named}"
    name = f"{kind}_{factor.id}"
    if kind == "age":
        days = f"datediff('day', {first}, DATE '{as_of}')"
        cells.measured[name] = f"CASE WHEN {first} <= DATE '{as_of}' THEN {days} / 365.25 ELSE {NOTHING} END"
    elif kind == "shortfall":
        unknown = f"{first} < 0 OR {others[0]} < 0"
        cells.measured[name] = f"CASE WHEN {unknown} THEN {NOTHING} ELSE greatest({first} - {others[0]}, 0.0) END"
    else:  # a ratio, or growth: now by before
        unknown = f"{first} < 0 OR {others[0]} <= 0"
        cells.measured[name] = f"CASE WHEN {unknown} THEN {NOTHING} ELSE {first} / {others[0]} END"
    return name
