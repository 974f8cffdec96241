"""The verbs as functions: what the command line calls, and what an analyst calls from a notebook."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fatf_kit.lazy import lazily

if TYPE_CHECKING:
    from fatf_kit.api.after import FollowUp, compare, compare_report, follow_up
    from fatf_kit.api.ahead import Rated, RatingSource, outlook_of, rated, what_if
    from fatf_kit.api.asking import LONGEST_NAME, carry_forward, guide, template
    from fatf_kit.api.beside import compare_own, own_assessment, patterns, patterns_report, peers, peers_report
    from fatf_kit.api.mock_visit import mock_debrief, mock_template
    from fatf_kit.api.moments import parse_day
    from fatf_kit.api.npo import (
        NpoClassified,
        npo_check,
        npo_classify,
        npo_map,
        npo_report,
        npo_suggest_mapping,
        npo_template,
    )
    from fatf_kit.api.papers import fill, left_open, paper
    from fatf_kit.api.plans import Dates, Planned, calendar, plan_of, progress, progress_report, published_plan
    from fatf_kit.api.published import score_published
    from fatf_kit.api.scored import Scored, explain, score
    from fatf_kit.api.statistics import agency_statistics_templates, statistics_report, statistics_template

__all__ = [
    "LONGEST_NAME",
    "Dates",
    "FollowUp",
    "NpoClassified",
    "Planned",
    "Rated",
    "RatingSource",
    "Scored",
    "agency_statistics_templates",
    "calendar",
    "carry_forward",
    "compare",
    "compare_own",
    "compare_report",
    "explain",
    "fill",
    "follow_up",
    "guide",
    "left_open",
    "mock_debrief",
    "mock_template",
    "npo_check",
    "npo_classify",
    "npo_map",
    "npo_report",
    "npo_suggest_mapping",
    "npo_template",
    "outlook_of",
    "own_assessment",
    "paper",
    "parse_day",
    "patterns",
    "patterns_report",
    "peers",
    "peers_report",
    "plan_of",
    "progress",
    "progress_report",
    "published_plan",
    "rated",
    "score",
    "score_published",
    "statistics_report",
    "statistics_template",
    "template",
    "what_if",
]

_HOMES = {
    "fatf_kit.api.after": (
        "FollowUp",
        "compare",
        "compare_report",
        "follow_up",
    ),
    "fatf_kit.api.ahead": (
        "Rated",
        "RatingSource",
        "outlook_of",
        "rated",
        "what_if",
    ),
    "fatf_kit.api.asking": (
        "LONGEST_NAME",
        "carry_forward",
        "guide",
        "template",
    ),
    "fatf_kit.api.beside": (
        "compare_own",
        "own_assessment",
        "patterns",
        "patterns_report",
        "peers",
        "peers_report",
    ),
    "fatf_kit.api.mock_visit": (
        "mock_debrief",
        "mock_template",
    ),
    "fatf_kit.api.moments": ("parse_day",),
    "fatf_kit.api.npo": (
        "NpoClassified",
        "npo_check",
        "npo_classify",
        "npo_map",
        "npo_report",
        "npo_suggest_mapping",
        "npo_template",
    ),
    "fatf_kit.api.papers": (
        "fill",
        "left_open",
        "paper",
    ),
    "fatf_kit.api.plans": (
        "Dates",
        "Planned",
        "calendar",
        "plan_of",
        "progress",
        "progress_report",
        "published_plan",
    ),
    "fatf_kit.api.published": ("score_published",),
    "fatf_kit.api.scored": (
        "Scored",
        "explain",
        "score",
    ),
    "fatf_kit.api.statistics": (
        "agency_statistics_templates",
        "statistics_report",
        "statistics_template",
    ),
}
__getattr__ = lazily(__name__, _HOMES)  # so that a command loads no room of another one
