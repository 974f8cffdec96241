"""A jurisdiction compared with its peers: every figure counted again from ratings.csv, without our own loader."""

from __future__ import annotations

import csv
from collections import defaultdict

import pytest

from fatf_kit import patterns, peers
from fatf_kit.core.errors import UnknownIdError
from fatf_kit.core.resources import data_folder
from fatf_kit.framework.page_rules import OUTCOMES, RECOMMENDATIONS
from fatf_kit.peer_comparison.groups import find_group, find_groups, load_groups
from fatf_kit.peer_comparison.peers import compare_with_peers
from fatf_kit.published import load_published
from fatf_kit.published.history import count_months, find_cycles

TABLE = data_folder("frameworks") / "published" / "ratings.csv"
GOOD, LOW = {"C", "LC", "HE", "SE"}, {"PC", "NC", "ME", "LE"}
LADDER = {"NC": 0, "PC": 1, "LC": 2, "C": 3, "LE": 0, "ME": 1, "SE": 2, "HE": 3}
UNITS = (*RECOMMENDATIONS, *OUTCOMES)


def rows() -> list[dict[str, str]]:
    """Return the table as plain text."""
    with TABLE.open(encoding="utf-8-sig", newline="") as source:
        return list(csv.DictReader(source))


def states(methodology: str) -> dict[str, tuple[dict[str, str], dict[str, str]]]:
    """Return the newest evaluation under a Methodology and the newest row since, by code."""
    mine: defaultdict[str, list[dict[str, str]]] = defaultdict(list)
    for row in rows():
        if row["methodology"] == methodology:
            mine[row["iso3"]].append(row)
    kinds = ["MER", "FUR", "FUAR", "MER+FUR(s)", "MER+FUR(s)+FUAR"]

    def age(row: dict[str, str]) -> tuple[str, int, bool]:
        return row["report_date"], kinds.index(row["report_type"]), row["is_current"] == "yes"

    found = {}
    for code, reports in mine.items():
        first = max((r for r in reports if r["report_type"] == "MER"), key=age)
        found[code] = first, max(reports, key=age)
    return found


CASES = [
    ("IRQ", "MENAFATF", "latest", "2013"),
    ("IRQ", "MENAFATF", "MER", "2013"),
    ("KOR", "FATF", "latest", "2013"),
    ("MYS", "APG", "latest", "2022"),
    ("NAM", "JOR,KWT,QAT", "latest", "2013"),
]


@pytest.mark.parametrize(("code", "group", "as_of", "methodology"), CASES)
def test_shares_and_positions_equal_the_table(code: str, group: str, as_of: str, methodology: str) -> None:
    """Shares, ranks, ties and movement equal those that are counted again from the table."""
    table = states(methodology)
    members = [m for m in find_group(group).members if m != code and m in table]
    at = 0 if as_of == "MER" else 1
    found = peers(code, group, report=as_of)
    assert members == [cycle.first.iso3 for cycle in found.peers]
    assert found.edition == f"fatf-{methodology}"
    for unit in found.units:
        own = table[code][at][unit.unit]
        theirs = [table[m][at][unit.unit] for m in members]
        assert own == str(unit.own)
        assert sum(r in GOOD for r in theirs) == unit.good
        assert sum(r in LADDER for r in theirs) == unit.rated
        assert {c: theirs.count(c) for c in set(theirs)} == {c: n for c, n in unit.counts if n}
        if own in LADDER:
            assert 1 + sum(LADDER[r] > LADDER[own] for r in theirs if r in LADDER) == unit.rank
            assert sum(LADDER[r] == LADDER[own] for r in theirs if r in LADDER) == unit.tied
        else:
            assert unit.rank is None
        moves = [(table[m][0][unit.unit], table[m][1][unit.unit]) for m in members]
        known = [(LADDER[a], LADDER[b]) for a, b in moves if a in LADDER and b in LADDER]
        assert sum(b > a for a, b in known) == unit.movement.up
        assert sum(b < a for a, b in known) == unit.movement.down


def test_most_peers_fail() -> None:
    """The units that most peers fail have more than half of the rated peers at the two lowest levels."""
    table = states("2013")
    members = [m for m in find_group("MENAFATF").members if m != "IRQ" and m in table]
    expected = {
        unit
        for unit in UNITS
        if 2 * sum(table[m][1][unit] in LOW for m in members) > sum(table[m][1][unit] in LADDER for m in members)
    }
    assert {unit.unit for unit in peers("IRQ", "MENAFATF").failed_by_most} == expected


def test_editions_are_never_mixed() -> None:
    """Malaysia was evaluated under both: each comparison keeps to one, and says who has moved on."""
    for edition in ("fatf-2013", "fatf-2022"):
        found = peers("MYS", "FATF", edition=edition)
        assert {report.edition for cycle in (*found.peers, found.own_cycle) for report in cycle.reports} == {edition}
    old = peers("MYS", "FATF", edition="fatf-2013")
    assert set(old.moved_on) == {"AUT", "BEL", "ITA", "SGP"}
    new = peers("MYS", "FATF")
    assert {cycle.first.iso3 for cycle in new.peers} == {"AUT", "BEL", "ITA", "SGP"}
    assert len(new.without) == 33


def test_jurisdiction_is_not_its_own_peer() -> None:
    """A jurisdiction is not its own peer, even when a list names it."""
    assert [cycle.first.iso3 for cycle in peers("IRQ", "IRQ,JOR").peers] == ["JOR"]


def test_members_of_bodies_follow_from_the_table() -> None:
    """The jurisdictions that a body assessed are those of its group and its exceptions; no exception is a member."""
    assessed: defaultdict[str, set[str]] = defaultdict(set)
    for row in rows():
        for body in row["assessment_body"].split("/"):
            assessed[body].add(row["iso3"])
    assert set(load_groups()) == {
        "FATF",
        "APG",
        "CFATF",
        "EAG",
        "ESAAMLG",
        "GABAC",
        "GAFILAT",
        "GIABA",
        "MENAFATF",
        "MONEYVAL",
    }
    for group in load_groups().values():
        others = {code for code, _ in group.no_members}
        assert assessed[group.id] - others == set(group.assessed)
        assert others <= assessed[group.id]
        assert not others & set(group.members)


def test_every_jurisdiction_is_in_a_group() -> None:
    """Every jurisdiction of the table is in a group, and some are in several."""
    assert [row["iso3"] for row in rows() if not find_groups(row["iso3"])] == []
    assert [group.id for group in find_groups("IND")] == ["APG", "EAG", "FATF"]


@pytest.mark.parametrize("bad", ["MENA", "JOR,XXX", ","])
def test_unknown_groups_are_refused(bad: str) -> None:
    """An unknown group is refused with the known ones."""
    with pytest.raises(UnknownIdError, match="MENAFATF"):
        find_group(bad)


def test_na_has_no_position() -> None:
    """NA and missing are left out of ranks and shares, and never count as low."""
    table = states("2013")
    code = next(code for code, (_, now) in table.items() if now["R.17"] == "NA")
    unit = next(u for u in compare_with_peers(code, find_group("FATF")).units if u.unit == "R.17")
    assert (unit.rank, unit.tied) == (None, 0)


@pytest.mark.full
def test_months_to_an_upgrade_counted_again() -> None:
    """For each Recommendation, from plain rows: the first row of the cycle above the evaluation's rating."""
    found = {unit.unit: unit for unit in patterns().units}
    waits: defaultdict[str, list[int]] = defaultdict(list)
    for cycle in find_cycles(load_published()):
        if cycle.first.edition != "fatf-2013":
            continue
        mine = [row for row in rows() if row["iso3"] == cycle.first.iso3 and row["methodology"] == "2013"]
        start, end = cycle.first.date, cycle.last.date
        later = sorted(r["report_date"] for r in mine if r["report_type"] == "MER" and r["report_date"] > start)
        before = {r["report_date"]: r for r in mine if r["report_type"] == "MER"}[start]
        follow = [
            r
            for r in sorted(mine, key=lambda r: r["report_date"])
            if r["report_type"] != "MER"
            and start <= r["report_date"] <= end
            and not (later and r["report_date"] >= later[0])
        ]
        for unit in UNITS:
            if before[unit] not in LADDER:
                continue
            for row in follow:
                if row[unit] in LADDER and LADDER[row[unit]] > LADDER[before[unit]]:
                    waits[unit].append(count_months(start, row["report_date"]))
                    break
    for unit in UNITS:
        assert len(waits[unit]) == found[unit].upgrades
        assert middle(waits[unit]) == found[unit].months


def middle(values: list[int]) -> float | None:
    """Return the median, written out."""
    ordered, half = sorted(values), len(values) // 2
    if not ordered:
        return None
    return float(ordered[half]) if len(ordered) % 2 else (ordered[half - 1] + ordered[half]) / 2


def test_worldwide_shares_equal_the_table() -> None:
    """The worldwide shares equal the table, now and at the evaluation, for every unit."""
    table = states("2013")
    for unit in patterns("fatf-2013").units:
        for at, good, rated in ((1, unit.good, unit.rated), (0, unit.good_at_mer, unit.rated_at_mer)):
            ratings = [both[at][unit.unit] for both in table.values()]
            assert (sum(r in GOOD for r in ratings), sum(r in LADDER for r in ratings)) == (good, rated)
