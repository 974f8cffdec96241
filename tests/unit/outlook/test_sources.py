"""Ratings from a table: what is read, and every fault with its line."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from fatf_kit.assessment.answers.model import Answer, ResponseSet
from fatf_kit.assessment.folder.model import RecordedDecision
from fatf_kit.core.errors import FatfKitError
from fatf_kit.core.problems import Problem
from fatf_kit.core.ratings import ComplianceRating, CriterionRating, EffectivenessRating, FindingKind
from fatf_kit.framework import load_framework
from fatf_kit.outlook.model import LevelCounts, Ratings
from fatf_kit.outlook.sources import (
    apply_fixes,
    collect_ratings,
    count_good_units,
    count_open_shortcomings,
    read_ratings,
)
from fatf_kit.scoring import load_policy
from fatf_kit.scoring.evidence import EvidenceStatus
from fatf_kit.scoring.finding import Finding
from fatf_kit.scoring.model import Adjustments
from fatf_kit.scoring.span import Span
from tests.proof import assess

EDITION = load_framework("fatf-2022")


def read(tmp_path: Path, content: str | bytes) -> tuple[Ratings, tuple[Problem, ...]]:
    """Return the ratings of a table with this content."""
    path = tmp_path / "table.csv"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return read_ratings(path, EDITION)


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("heading", ["unit", "id", "\ufeffUnit "])
def test_a_table_is_read(tmp_path: Path, separator: str, heading: str) -> None:
    """Ids however they are typed, labels of other languages, a blank that is not known, NA that is a rating."""
    rows = [
        [heading, "rating"],
        ["r10", "lc"],
        ["R.11", "NA"],
        ["IO 3", ""],
        ["io4", "SE"],
        [],
        ["R.12", "ملتزم جزئيا"],
    ]
    ratings, problems = read(tmp_path, "\r\n".join(separator.join(row) for row in rows))
    assert problems == ()
    assert ratings == {
        "R.10": ComplianceRating.LC,
        "R.11": ComplianceRating.NA,
        "IO.3": None,
        "IO.4": EffectivenessRating.SE,
        "R.12": ComplianceRating.PC,
    }


def test_faults_are_reported_with_their_lines(tmp_path: Path) -> None:
    """All of them at once, and the good lines count."""
    ratings, problems = read(tmp_path, "unit,rating\nR.41,C\nR.1,SE\nIO.1,7\nR.2,C\n\nR.2,PC\nR.3\n")
    assert ratings == {"R.2": ComplianceRating.C, "R.3": None}
    assert [(problem.code, str(problem.ref)) for problem in problems] == [
        ("unit-unknown", "table.csv, line 2"),
        ("unit-rating", "table.csv, line 3"),
        ("unit-rating", "table.csv, line 4"),
        ("unit-twice", "table.csv, line 7"),
    ]
    assert "line 5" in problems[3].text


@pytest.mark.parametrize("content", ["", "R.1,C\n", "unit;note\n"])
def test_columns_are_needed(tmp_path: Path, content: str) -> None:
    """Without headings nothing is guessed."""
    ratings, problems = read(tmp_path, content)
    assert (ratings, [problem.code for problem in problems]) == ({}, ["ratings-columns"])


def test_unreadable_tables(tmp_path: Path) -> None:
    """Not text, no table, not there: one plain sentence each."""
    with pytest.raises(FatfKitError, match="UTF-8"):
        read(tmp_path, b"unit,rating\nR.1,\xff\xfe\n")
    with pytest.raises(FatfKitError, match=r"^table\.csv is not a CSV table from line 3 on: "):
        read(tmp_path, "unit,rating\nR.2,C\nR.1," + "x" * 200_000)
    with pytest.raises(FatfKitError, match=r"ratings\.csv cannot be read: it is on a network share"):
        read_ratings(Path("//server/share/ratings.csv"), EDITION)
    with pytest.raises(FatfKitError, match="cannot be read"):
        read_ratings(tmp_path / "nowhere.csv", EDITION)


def test_good_units_are_counted_once() -> None:
    """A unit is shown, only claimed or not answered; a decision shows it, an answer without evidence claims it."""
    criteria = next(unit.criteria for unit in EDITION.recommendations if unit.id == "R.9")
    answers = tuple(Answer(requirement=criterion.id, rating=CriterionRating.MET) for criterion in criteria)
    decided = RecordedDecision(
        requirement="R.10", value="LC", reason="Seen.", decided_by="An office", day=date(2026, 5, 3)
    )
    assessment = assess(
        EDITION,
        ResponseSet(edition=EDITION.id, answers=answers),
        load_policy(),
        adjustments=Adjustments(decisions=(decided,)),
    )
    recommendations, outcomes = count_good_units(assessment)
    assert recommendations == LevelCounts(of=40, shown=1, claimed=1, unanswered=38)
    assert outcomes == LevelCounts(of=11, shown=0, claimed=0, unanswered=11)


def test_shortcomings_are_counted_by_requirement() -> None:
    """Twice about one criterion is one; blanks and conflicts are none."""

    def finding(requirement: str, kind: FindingKind) -> Finding:
        unit = requirement.partition("/")[0]
        return Finding(
            id=f"{requirement} {kind}",
            requirement=requirement,
            unit=unit,
            kind=kind,
            severity=None,
            rating=None,
            missing="",
            withheld=False,
            status=EvidenceStatus.SHOWN,
            points_lost=0,
        )

    findings = [
        finding("R.1/1.1", FindingKind.SHORTCOMING),
        finding("R.1/1.1", FindingKind.UNDEMONSTRATED),
        finding("R.1/1.2", FindingKind.UNDEMONSTRATED),
        finding("R.2/2.1", FindingKind.UNANSWERED),
        finding("R.2/2.2", FindingKind.CONFLICT),
    ]
    assert count_open_shortcomings(findings) == {"R.1": 2}


def test_fixes_replace_ratings_and_spans() -> None:
    """A rating that was open before is None."""
    pc, lc = ComplianceRating.PC, ComplianceRating.LC
    ratings, moves = apply_fixes(EDITION, {"R.1": pc, "R.2": Span(worst=pc, best=lc)}, {"r1": "LC", "R.2": "LC"})
    assert ratings == {"R.1": lc, "R.2": lc}
    assert moves == (("R.1", pc, lc), ("R.2", None, lc))


def test_a_unit_twice_is_named_whole(tmp_path: Path) -> None:
    """The message says which one and where it stood first."""
    _, (problem,) = read(tmp_path, "unit,rating\nR.10,LC\nR.10,PC\n")
    assert dict(problem.facts) == {"unit": "R.10", "other": "2"}


def test_a_range_stays_a_range() -> None:
    """A partly answered unit is open between its worst and best case, not from end to end."""
    answers = (Answer(requirement="R.17/17.1", rating=CriterionRating.NOT_MET),)
    found = collect_ratings(assess(EDITION, ResponseSet(edition=EDITION.id, answers=answers), load_policy()))
    assert Span(worst=ComplianceRating.NC, best=ComplianceRating.PC) == found["R.17"]
    assert Span(worst=ComplianceRating.NC, best=ComplianceRating.C) == found["R.18"]
