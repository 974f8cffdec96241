"""The panel in which a reader of a page changes ratings."""

from __future__ import annotations

from fatf_kit.core.messages import Translator
from fatf_kit.core.ratings import ComplianceRating
from fatf_kit.framework import load_framework
from fatf_kit.outlook import load_rules
from fatf_kit.outlook.panel import build_panel
from fatf_kit.scoring.span import Span

EDITION = load_framework("fatf-2022")


def test_every_unit_has_a_stepper_between_its_ends() -> None:
    """A known rating begins at itself, a range at its ends, and what is unknown at the ends of its scale."""
    span = Span(worst=ComplianceRating.PC, best=ComplianceRating.LC)
    panel = build_panel(EDITION, {"R.1": ComplianceRating.C, "R.2": span}, Translator("en"))
    assert [stepper.unit for stepper in panel.steppers] == [unit.id for unit in EDITION.units]
    ends = {stepper.unit: (stepper.worst, stepper.best) for stepper in panel.steppers}
    assert (ends["R.1"], ends["R.2"], ends["R.3"], ends["IO.1"]) == (
        ("C", "C"),
        ("PC", "LC"),
        ("NC", "C"),
        ("LE", "HE"),
    )


def test_every_threshold_is_tested() -> None:
    """The page counts by the same numbers as the rules."""
    panel = build_panel(EDITION, {}, Translator("en"))
    lines = load_rules(EDITION.id).lines
    assert [(test.kind, test.test) for test in panel.thresholds] == [(str(line.kind), line.test) for line in lines]
    assert [[least for _, _, least in test.counts] for test in panel.thresholds] == [
        [count.at_least for count in line.counts] for line in lines
    ]
