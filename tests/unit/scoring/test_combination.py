"""Nested alternatives: a mechanism chosen instead of another costs nothing, and an interim step is no solution."""

from __future__ import annotations

import pytest

from fatf_kit.assessment.answers.model import Answer, ResponseSet
from fatf_kit.core.ratings import ComplianceRating, CriterionRating
from fatf_kit.framework import load_framework
from fatf_kit.framework.model import Combination, CombinationRule, Part, walk
from fatf_kit.scoring import assess, load_policy
from fatf_kit.scoring.model import RecommendationResult

EDITION = load_framework("fatf-2022")
R24 = next(unit for unit in EDITION.recommendations if unit.id == "R.24")
MET, NOT_MET, NA = CriterionRating.MET, CriterionRating.NOT_MET, CriterionRating.NOT_APPLICABLE


def rated(**other: CriterionRating) -> RecommendationResult:
    """R.24 with every requirement without parts met, but for some by the end of their ids."""
    answers = tuple(
        Answer(requirement=node.id, rating=other.get(node.id.partition("/")[2], MET))
        for criterion in R24.criteria
        for node, _ in walk(criterion)
        if not node.parts
    )
    found = assess(EDITION, ResponseSet(edition=EDITION.id, answers=answers), load_policy()).by_id["R.24"]
    assert isinstance(found, RecommendationResult)
    return found


def claimed(unit: RecommendationResult, criterion: str) -> CriterionRating | None:
    """Return the claim for one of its criteria."""
    return next(one.claimed.rating for one in unit.criteria if one.id == criterion)


@pytest.mark.parametrize("other", ["24.6(b)(i)", "24.6(b)(ii)"])
def test_one_mechanism_for_beneficial_ownership_is_enough(other: str) -> None:
    """A registry without an alternative mechanism, or the reverse, leaves R.24 at C."""
    unit = rated(**{other: NOT_MET})
    assert (claimed(unit, "R.24/24.6"), unit.claimed.rating) == (MET, ComplianceRating.C)


def test_neither_mechanism_is_not_met_by_further_sources() -> None:
    """Further sources come on top of a registry or an alternative mechanism and replace neither."""
    unit = rated(**{"24.6(b)(i)": NOT_MET, "24.6(b)(ii)": NOT_MET})
    assert MET is not claimed(unit, "R.24/24.6")
    assert ComplianceRating.C is not unit.claimed.rating


def test_notification_alone_is_never_met() -> None:
    """Existing bearer shares neither converted nor immobilised, only notified: 24.12 is not met in full."""
    unit = rated(**{"24.12(b)(i)": NOT_MET, "24.12(b)(ii)": NOT_MET})
    assert MET is not claimed(unit, "R.24/24.12")
    assert ComplianceRating.C is not unit.claimed.rating


def test_a_finished_conversion_needs_no_notification() -> None:
    """Conversion is complete, so that immobilisation and the interim duty do not apply."""
    unit = rated(**{"24.12(b)(ii)": NA, "24.12(b)(iii)": NA})
    assert (claimed(unit, "R.24/24.12"), unit.claimed.rating) == (MET, ComplianceRating.C)


def test_both_groups_are_combined_in_the_same_way() -> None:
    """Either of the first two, and the third."""
    nodes = {node.id: node for criterion in R24.criteria for node, _ in walk(criterion)}
    for group in ("R.24/24.6(b)", "R.24/24.12(b)"):
        first, second, third = (f"{group}({number})" for number in ("i", "ii", "iii"))
        node = nodes[group]
        assert isinstance(node, Part)
        assert (
            Combination(members=(Combination(how=CombinationRule.ANY, members=(first, second)), third)) == node.combine
        )
