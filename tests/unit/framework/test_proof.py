"""Which kinds of proof show a criterion, and that the evidence lists ask for nothing that would not count."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from fatf_kit.assessment.answers.model import EvidenceKind
from fatf_kit.framework import index_requirements, load_framework
from fatf_kit.framework.loader import parse_unit_number
from fatf_kit.framework.model import Criterion, Part, ShownBy, walk
from fatf_kit.scoring import load_policy
from fatf_kit.scoring.proof import Proof

DATA = Path(__file__).parents[2] / "data"

EDITIONS = ("fatf-2013", "fatf-2022")

INSTRUMENT = (ShownBy.INSTRUMENT,)
LAW = (ShownBy.LAW,)
COURTS = (ShownBy.LAW, ShownBy.COURT_DECISION)
GUIDELINES = (ShownBy.INSTRUMENT, ShownBy.GUIDELINE)
DOCUMENT = (ShownBy.DOCUMENT,)

WORDS = {
    ShownBy.GUIDELINE: re.compile(r"\b(guidelines?|guidance|guides?|manuals?|handbooks?)\b", re.IGNORECASE),
    ShownBy.COURT_DECISION: re.compile(
        r"\b(judgments?|rulings?|case law|court decisions?|precedents?)\b", re.IGNORECASE
    ),
}
"""Words of an evidence list that name a kind of proof."""

OTHERWISE = re.compile(
    r"\bor (published |leading |court )*(guidance|guideline|manual|judgment|ruling|case law|precedent)\b", re.IGNORECASE
)
"""A kind of proof that an evidence list names as good as an instrument."""

ENFORCEABLE = re.compile(
    r"\b(laws?|provisions?|articles?|regulations?|rules?|decrees?|instruments?|legal|statut(e|es|ory)|code|text of|"
    r"offence text|definitions?|powers?|treaties|ban|confidentiality|mandate|published procedures|"
    r"liability or sanction)\b",
    re.IGNORECASE,
)
"""Words of an evidence list that name a duty or power in an instrument."""

SUPPORTING = {
    "R.1/1.12": "a duty on obliged entities; guidance explains it",
    "R.1/1.10": "the same duty in the edition of 2013",
    "R.1/1.14": "a duty on obliged entities; guidance explains it",
    "R.1/1.15": "a duty on obliged entities; guidance explains it",
    "R.3/3.1": "the offence has to be in an enactment; rulings explain its elements",
    "R.3/3.5": "courts decide what has to be proved; a guideline of the prosecution does not bind them",
    "R.5/5.2": "the offence has to be in an enactment; judgments show its use",
    "R.5/5.2bis": "the offence has to be in an enactment; judgments show its use",
    "R.5/5.3": "the offence has to be in an enactment; judgments show its use",
    "R.7/7.2": "a duty on everyone; a manual cannot impose it",
    "R.7/7.3": "sanctions need a provision; a manual shows only the supervision",
    "R.8/8.4": "sanctions need a provision; guidance shows only how one is chosen",
    "R.21/21.1": "protection from liability needs a provision; a decision explains its scope",
    "R.30/30.4": "functions of an authority need a provision; the list says where to look for it",
    "R.32/32.5": "sanctions need a provision; decisions show their use",
    "R.38/38.1": "assistance needs a provision; guidance shows only the proof of intent",
}
"""Criteria whose evidence lists name proof that supports an instrument without replacing it, with the reason."""


def criteria(edition: str) -> list[Criterion]:
    """Return all criteria of an edition."""
    return [criterion for unit in load_framework(edition).recommendations for criterion in unit.criteria]


def list_uncounted_evidence(criterion: Criterion) -> list[str]:
    """Return the items of the evidence lists of a criterion that name evidence which would not count."""
    if ShownBy.DOCUMENT in criterion.shown_by:
        return []
    found = []
    for node, depth in walk(criterion):
        for place, item in enumerate(node.guidance.evidence):
            named = [kind for kind, words in WORDS.items() if words.search(item)]
            counts = not named or any(kind in criterion.shown_by for kind in named)
            if not counts and (depth == 0 or OTHERWISE.search(item)):
                found.append(item)
            if depth == place == 0 and not named and not ENFORCEABLE.search(item):
                found.append(item)
    return found


def is_preventive(criterion: Criterion) -> bool:
    """Return whether a criterion belongs to R.10 to R.23, whose duties bind only in enforceable means."""
    return 10 <= parse_unit_number(criterion.id.partition("/")[0]) <= 23


@pytest.mark.parametrize("edition", EDITIONS)
def test_listed_evidence_counts(edition: str) -> None:
    """A guideline, manual, judgment or document that an evidence list offers as proof is proof.

    In R.10 to R.23 guidance explains duties and never replaces an enforceable instrument.
    """
    found = {
        criterion.id: [
            item
            for item in list_uncounted_evidence(criterion)
            if not (is_preventive(criterion) and WORDS[ShownBy.GUIDELINE].search(item))
        ]
        for criterion in criteria(edition)
    }
    assert {key: items for key, items in found.items() if items and key not in SUPPORTING} == {}


def test_every_exception_is_needed() -> None:
    """No reason is given for a criterion whose evidence lists need none."""
    needed = {
        criterion.id for edition in EDITIONS for criterion in criteria(edition) if list_uncounted_evidence(criterion)
    }
    assert set(SUPPORTING) - needed == set()


@pytest.mark.parametrize("edition", EDITIONS)
def test_the_principle_alone_must_be_in_law(edition: str) -> None:
    """Due diligence, record keeping and reporting; protection and silence of those who report. No detail of these."""
    in_law = [criterion.id for criterion in criteria(edition) if ShownBy.PRINCIPLE in criterion.shown_by]
    assert in_law == ["R.10/10.2", "R.11/11.1", "R.20/20.1", "R.21/21.1", "R.21/21.2"]


WHOLE_IN_LAW = ("R.3", "R.5", "R.27", "R.35")
"""Recommendations of offences, penalties and powers: each criterion needs law."""


@pytest.mark.parametrize("edition", EDITIONS)
def test_offences_penalties_and_powers_need_law(edition: str) -> None:
    """No preventive measure does, and whole Recommendations about offences, penalties and powers do."""
    for criterion in criteria(edition):
        unit = criterion.id.partition("/")[0]
        values = {value for node, _ in walk(criterion) if isinstance(node, Criterion | Part) for value in node.shown_by}
        if unit in WHOLE_IN_LAW:
            assert ShownBy.LAW in criterion.shown_by, criterion.id
        if 10 <= parse_unit_number(unit) <= 23 and unit not in ("R.15", "R.21"):
            assert ShownBy.LAW not in values, criterion.id


LESSER = re.compile(
    r"\b(law|statute|act)s? or (binding |enforceable )?(order|regulation|rule|instruction|decree|mandate)s?\b",
    re.IGNORECASE,
)
"""An evidence list that offers a text below law as good as law."""


@pytest.mark.parametrize("edition", EDITIONS)
def test_evidence_lists_offer_nothing_below_law_where_law_is_needed(edition: str) -> None:
    """An agency that follows the list finds its answer shown."""
    found = []
    for criterion in criteria(edition):
        values = load_policy().proof.list_values(criterion, edition)
        for node, _ in walk(criterion):
            if values[node.id] == LAW:
                found += [(node.id, item) for item in node.guidance.evidence if LESSER.search(item)]
    assert found == []


@pytest.mark.parametrize("edition", EDITIONS)
def test_the_earlier_rules_read_each_criterion_as_it_was(edition: str) -> None:
    """Under indicative-2 a criterion accepts the kinds of content 1.3, and its parts ask for no more."""
    recorded = json.loads((DATA / "shown-by-1.3.json").read_text(encoding="utf-8"))[edition]
    rules = load_policy("indicative-2").proof
    law, binding = (rules.kinds[ShownBy(value)] for value in ("principle in law", "instrument"))
    kinds = {**rules.kinds, ShownBy.LAW: law, ShownBy.INSTRUMENT: binding}
    for criterion in criteria(edition):
        before = [ShownBy(value) for value in recorded.get(criterion.id, ["instrument"])]
        for node_id, values in rules.list_values(criterion, edition).items():
            proof = Proof(shown_by=values, rules=rules)
            accepted = {kind for kind in EvidenceKind if proof.accepts(kind)}
            assert accepted == {kind for value in before for kind in kinds[value]}, node_id
            assert proof.is_by_document == (ShownBy.DOCUMENT in before), node_id


@pytest.mark.parametrize(
    ("edition", "expected"),
    [
        (
            "fatf-2022",
            {
                "R.1/1.10": DOCUMENT,
                "R.1/1.12": INSTRUMENT,
                "R.3/3.1": LAW,
                "R.3/3.11": LAW,
                "R.4/4.10": LAW,
                "R.4/4.11": DOCUMENT,
                "R.3/3.8": COURTS,
                "R.5/5.5": COURTS,
                "R.5/5.6": COURTS,
                "R.7/7.1": INSTRUMENT,
                "R.7/7.4": GUIDELINES,
                "R.10/10.3": INSTRUMENT,
                "R.26/26.4": DOCUMENT,
                "R.14/14.1": INSTRUMENT,
                "R.14/14.3": INSTRUMENT,
                "R.19/19.2": INSTRUMENT,
                "R.26/26.1": INSTRUMENT,
                "R.27/27.2": LAW,
                "R.31/31.1": LAW,
                "R.34/34.1": DOCUMENT,
                "R.37/37.7": COURTS,
                "R.40/40.2": DOCUMENT,
                "R.40/40.5": LAW,
            },
        ),
        (
            "fatf-2013",
            {
                "R.1/1.9": DOCUMENT,
                "R.3/3.8": COURTS,
                "R.4/4.3": COURTS,
                "R.5/5.4": COURTS,
                "R.5/5.5": COURTS,
                "R.7/7.4": GUIDELINES,
                "R.10/10.3": INSTRUMENT,
                "R.25/25.7": COURTS,
                "R.34/34.1": DOCUMENT,
            },
        ),
    ],
)
def test_kinds_of_proof(edition: str, expected: dict[str, tuple[ShownBy, ...]]) -> None:
    """Courts show what courts decide, guidance shows procedures, manuals show supervision, instruments show duties."""
    index = index_requirements(load_framework(edition))
    found = {key: requirement.shown_by for key in expected if isinstance(requirement := index[key], Criterion)}
    assert found == expected
