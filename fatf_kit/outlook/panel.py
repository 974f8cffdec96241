"""The panel of a page in which a reader changes ratings and sees which thresholds they meet."""

from __future__ import annotations

from dataclasses import replace

from fatf_kit.core.messages import Translator
from fatf_kit.core.ratings import COMPLIANCE_SCALE, EFFECTIVENESS_SCALE
from fatf_kit.framework.model import Framework
from fatf_kit.framework.page_rules import OUTCOMES
from fatf_kit.outlook.evaluate import list_possible_ratings
from fatf_kit.outlook.model import Line, Ratings
from fatf_kit.outlook.rules import load_rules
from fatf_kit.report.live import Stepper, ThresholdTest, WhatIfPanel
from fatf_kit.report.model import Section


def add_what_if(section: Section, framework: Framework, ratings: Ratings, t: Translator) -> Section:
    """Return the section with the panel at its end, for ratings as `fatf_kit.outlook.evaluate` takes them."""
    return replace(section, blocks=(*section.blocks, build_panel(framework, ratings, t)))


def build_panel(framework: Framework, ratings: Ratings, t: Translator) -> WhatIfPanel:
    """Return the panel of an edition: a stepper for each unit, and every threshold."""
    return WhatIfPanel(
        id="what-if",
        caption=t("What if ratings change?"),
        steppers=tuple(_make_stepper(unit.id, unit.title, ratings) for unit in framework.units),
        thresholds=tuple(_make_threshold(line, t) for line in load_rules(framework.id).lines),
        follow_up={
            "no": t("Regular follow-up."),
            "open": t("Regular follow-up in the best case, enhanced follow-up in the worst case."),
            "yes": t("Enhanced follow-up."),
        },
        referral={
            "no": t("No threshold for referral to the ICRG is met."),
            "open": t("A threshold for referral to the ICRG is met in the worst case only."),
            "yes": t("A threshold for referral to the ICRG is met."),
        },
        met={"no": t("no"), "open": t("in the worst case only"), "yes": t("yes")},
    )


def _make_stepper(unit: str, title: str, ratings: Ratings) -> Stepper:
    possible = list_possible_ratings(unit, ratings.get(unit))
    scale = EFFECTIVENESS_SCALE if unit in OUTCOMES else COMPLIANCE_SCALE
    return Stepper(
        unit=unit,
        title=f"{unit} {title}",
        codes=tuple(str(rating) for rating in scale),
        worst=str(possible[0]),
        best=str(possible[-1]),
    )


def _make_threshold(line: Line, t: Translator) -> ThresholdTest:
    return ThresholdTest(
        kind=str(line.kind),
        test=t(line.test),
        counts=tuple((tuple(sorted(one.ratings)), tuple(sorted(one.units)), one.at_least) for one in line.counts),
    )
