"""Offences, penalties, powers, confiscation, assistance and extradition are proved by law, and by nothing below it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from fatf_kit.assessment.answers.evidence import collect_evidence_facts
from fatf_kit.assessment.answers.model import Answer, ResponseSet
from fatf_kit.core.ratings import ComplianceRating, CriterionRating
from fatf_kit.framework import load_framework
from fatf_kit.framework.model import list_requirements
from fatf_kit.scoring import Assessment, assess, load_policy
from fatf_kit.scoring.evidence import EvidenceStatus
from fatf_kit.scoring.model import CriterionResult
from fatf_kit.scoring.span import Span

CUT_OFF, LONG_AGO = date(2027, 3, 19), date(2017, 1, 1)
INSTRUCTION = "Ministerial Instructions No. 4 of 2017, art. 2"
REGULATION = "Central Bank Regulation No. 5 of 2017, art. 2"
GUIDELINE = "Guidelines on CDD, para. 3"
LAW = "Penal Code, art. 9"
COURT_DECISION = "Court of Cassation, judgment No. 12 of 2017"
MET, MOSTLY, NOT_MET = CriterionRating.MET, CriterionRating.MOSTLY_MET, CriterionRating.NOT_MET
OPEN, SHOWN = Span(worst=NOT_MET, best=MET), Span(worst=MET, best=MET)

GROUPS = {
    "the money laundering offence": ("R.3/3.1", "R.3/3.11"),
    "elements that courts decide too": ("R.3/3.8", "R.5/5.5"),
    "penalties": ("R.3/3.9", "R.5/5.7", "R.32/32.5", "R.35/35.1", "R.24/24.14", "R.7/7.3", "R.15/15.8"),
    "liability of legal persons": ("R.3/3.10", "R.5/5.8", "R.25/25.11"),
    "the terrorist financing offence": ("R.5/5.1", "R.5/5.2", "R.5/5.9"),
    "tracing, freezing and confiscation": ("R.4/4.2", "R.4/4.4", "R.4/4.7", "R.4/4.9", "R.32/32.8"),
    "tax information": ("R.4/4.10",),
    "powers behind sanctions lists": ("R.6/6.3",),
    "powers of supervisors": ("R.27/27.2", "R.27/27.3", "R.27/27.4"),
    "powers over ownership information": ("R.24/24.9", "R.25/25.10"),
    "competence and powers of investigators": ("R.30/30.1", "R.30/30.4", "R.31/31.1"),
    "conventions": ("R.36/36.2",),
    "mutual legal assistance": ("R.37/37.1", "R.37/37.3", "R.37/37.8", "R.38/38.2"),
    "extradition": ("R.39/39.2", "R.39/39.4"),
    "other cooperation": ("R.40/40.5", "R.40/40.9", "R.40/40.12", "R.40/40.14", "R.40/40.18"),
}
"""Criteria of the 2022 edition, by what makes each of them a matter of law."""

PARTS = {
    "R.8/8.4": "(b)",
    "R.8/8.5": "(c)",
    "R.15/15.6": "(b)",
    "R.28/28.4": "(c)",
    "R.29/29.3": "(a)",
    "R.29/29.7": "(b)",
    "R.31/31.2": "(b)",
    "R.39/39.1": "(a)",
    "R.40/40.2": "(a)",
    "R.40/40.15": "(c)",
}
"""Criteria of which only some parts need law, each with one such part."""


BINDING_IS_ENOUGH = {
    "return and compensation": ("R.4/4.13",),
    "rights of third parties": ("R.6/6.5(f)", "R.7/7.2(f)"),
    "supervision of designated businesses": ("R.28/28.4(a)",),
    "the FIU": ("R.29/29.1", "R.29/29.7(a)"),
    "asset tracing": ("R.30/30.3",),
    "undercover work and controlled delivery": ("R.31/31.2(a)", "R.31/31.2(d)"),
    "confidential requests": ("R.37/37.5",),
    "cooperation and joint teams": ("R.40/40.1", "R.40/40.22"),
}
"""Criteria and parts of the 2022 edition that any text that binds shows, by what they are about."""

BINDING_ON_EVERYONE = tuple(f"{criterion}({part})" for criterion in ("R.6/6.5", "R.7/7.2") for part in "abc")
"""The freeze, its reach and the ban on making assets available."""


def rate(*answers: Answer, edition: str = "fatf-2022", policy: str = "indicative-3") -> Assessment:
    """The assessment of some answers with what they cite; the Recommendations without an answer are left out."""
    responses = ResponseSet(edition=edition, answers=answers, cut_off=CUT_OFF)
    facts = collect_evidence_facts(responses, core_issues={})
    framework, units = load_framework(edition), {answer.requirement.partition("/")[0] for answer in answers}
    few = tuple(one for one in framework.recommendations if one.id in units)
    return assess(replace(framework, recommendations=few, outcomes=()), responses, load_policy(policy), facts=facts)


def result(requirement: str, *answers: Answer, edition: str = "fatf-2022") -> CriterionResult:
    """The result of one criterion with some answers."""
    (unit,) = rate(*answers, edition=edition).recommendations
    return next(one for one in unit.criteria if one.id == requirement)


def met(requirement: str, citation: str) -> Answer:
    """The answer "met" with a citation that has been in force for long."""
    return Answer(requirement=requirement, rating=MET, citation=citation, in_force_from=LONG_AGO)


def shown(requirement: str, citation: str, edition: str = "fatf-2022") -> Span[CriterionRating]:
    """The range that one citation shows for a criterion or part answered met."""
    found = result(requirement.partition("(")[0], met(requirement, citation), edition=edition)
    shown_by_id = {found.id: found.shown, **{part.id: part.shown for part in found.parts}}
    return shown_by_id[requirement]


@pytest.mark.parametrize("requirement", [key for keys in GROUPS.values() for key in keys])
def test_only_the_law_proves_it(requirement: str) -> None:
    """An instruction, a regulation and a guideline count as nothing cited; the law shows it."""
    assert [shown(requirement, text) for text in (INSTRUCTION, REGULATION, GUIDELINE, LAW)] == [OPEN, OPEN, OPEN, SHOWN]


@pytest.mark.parametrize(("criterion", "part"), PARTS.items())
def test_a_part_asks_for_law(criterion: str, part: str) -> None:
    """By itself, and as what is missing where the criterion is answered as a whole; the other parts need less."""
    name = f"{criterion}{part}"
    for text, expected in ((INSTRUCTION, OPEN), (LAW, SHOWN)):
        parts = result(criterion, met(name, text)).parts
        assert next(one.shown for one in parts if one.id == name) == expected
    assert shown(criterion, INSTRUCTION).worst.is_below(MET)
    assert shown(criterion, LAW) == SHOWN


@pytest.mark.parametrize("requirement", [key for keys in BINDING_IS_ENOUGH.values() for key in keys])
def test_any_text_that_binds_proves_it(requirement: str) -> None:
    """A regulation shows it as a law does; a guideline counts as nothing cited."""
    assert [shown(requirement, text) for text in (REGULATION, GUIDELINE, LAW)] == [SHOWN, OPEN, SHOWN]


@pytest.mark.parametrize("edition", ["fatf-2013", "fatf-2022"])
@pytest.mark.parametrize("part", BINDING_ON_EVERYONE)
def test_a_freeze_by_regulation_alone_counts_one_level_below(edition: str, part: str) -> None:
    """Nothing says whom the regulation binds; with the act that it is made under, the freeze is shown."""
    below = Span(worst=MOSTLY, best=MET)
    ranges = [shown(part, text, edition) for text in (REGULATION, GUIDELINE, LAW, f"{REGULATION}; {LAW}")]
    assert ranges == [below, OPEN, SHOWN, SHOWN]


@pytest.mark.parametrize(
    ("edition", "criterion"), [("fatf-2013", "R.5/5.8"), ("fatf-2022", "R.5/5.9"), ("fatf-2022", "R.3/3.11")]
)
def test_a_court_decision_makes_no_ancillary_offence(edition: str, criterion: str) -> None:
    """An attempt or help is punishable by law, for terrorist financing as for money laundering."""
    assert shown(criterion, COURT_DECISION, edition) == OPEN
    assert shown(criterion, LAW, edition) == SHOWN


def test_a_court_annuls_acts_that_would_defeat_confiscation() -> None:
    """In the 2013 edition one part of 4.2 is about that; the 2022 edition has a criterion for it."""
    for edition, criterion in (("fatf-2013", "R.4/4.2(c)"), ("fatf-2022", "R.4/4.6")):
        ranges = [shown(criterion, text, edition) for text in (COURT_DECISION, REGULATION, LAW)]
        assert ranges == [SHOWN, OPEN, SHOWN], criterion
    assert shown("R.4/4.2(b)", COURT_DECISION, "fatf-2013") == OPEN


def test_supervisors_share_protected_information_by_law_in_both_editions() -> None:
    """Data of a firm, and knowledge of its supervisors, are protected; general data about rules are not."""
    for edition, held, kinds in (("fatf-2013", "R.40/40.13", "R.40/40.14"), ("fatf-2022", "R.40/40.14", "R.40/40.15")):
        for requirement in (held, f"{kinds}(b)", f"{kinds}(c)"):
            assert [shown(requirement, text, edition) for text in (REGULATION, LAW)] == [OPEN, SHOWN], requirement
        assert shown(f"{kinds}(a)", GUIDELINE, edition) == SHOWN


def test_the_whole_is_as_low_as_the_part_that_lacks_the_law() -> None:
    """A guideline shows four of the five parts of 40.2; (a) without its law is not met. 400 of 500 is mostly met."""
    found = result("R.40/40.2", met("R.40/40.2", GUIDELINE))
    assert (found.shown, found.status) == (Span(worst=MOSTLY, best=MET), EvidenceStatus.WRONG_KIND)


@pytest.mark.parametrize("edition", ["fatf-2013", "fatf-2022"])
@pytest.mark.parametrize("unit", ["R.3", "R.5", "R.31", "R.37", "R.40"])
def test_one_instruction_settles_no_recommendation(edition: str, unit: str) -> None:
    """Under the rules before, every one of these was C and settled by one ministerial instruction."""
    (found,) = (one for one in load_framework(edition).recommendations if one.id == unit)

    def describe(citation: str, policy: str) -> str:
        answers = (met(one.id, citation) for one in list_requirements(found))
        return rate(*answers, edition=edition, policy=policy).by_id[unit].shown.describe()

    assert describe(INSTRUCTION, "indicative-2") == "C"
    assert describe(INSTRUCTION, "indicative-3") in ("NC – C", "PC – C")
    assert describe(GUIDELINE, "indicative-3") in ("NC – C", "PC – C")
    assert describe(LAW, "indicative-3") == "C"


def test_a_guideline_alone_is_nothing_cited() -> None:
    """For the offences it gave LC to C: nothing that binds was cited."""
    for unit in ("R.3", "R.5"):
        (found,) = (one for one in load_framework("fatf-2022").recommendations if one.id == unit)
        rated = rate(*(met(one.id, GUIDELINE) for one in list_requirements(found))).by_id[unit]
        bare = rate(*(met(one.id, "") for one in list_requirements(found))).by_id[unit]
        assert rated.shown == bare.shown == Span(worst=ComplianceRating.NC, best=ComplianceRating.C)


def test_a_regulation_counts_one_level_below_for_a_principle_only() -> None:
    """Due diligence, records, reporting and tipping-off; a guideline is nothing there."""
    principles = ("R.10/10.2", "R.11/11.1", "R.20/20.1", "R.21/21.1", "R.21/21.2")
    below = Span(worst=MOSTLY, best=MET)
    assert {shown(key, REGULATION) == below for key in principles} == {True}
    assert {shown(key, GUIDELINE) == OPEN for key in principles} == {True}
    enough = ("R.10/10.3", "R.12/12.1", "R.14/14.1", "R.16/16.8", "R.19/19.2", "R.22/22.1", "R.26/26.1")
    assert {shown(key, REGULATION) == SHOWN for key in enough} == {True}
