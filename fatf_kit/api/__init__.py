"""The verbs as functions: what the command line calls, and what an analyst calls from a notebook."""

from fatf_kit.api.ahead import Rated, RatingSource, outlook_of, rated, what_if
from fatf_kit.api.asking import LONGEST_NAME, carry_forward, guide, template
from fatf_kit.api.beside import patterns, patterns_report, peers, peers_report
from fatf_kit.api.moments import parse_day
from fatf_kit.api.npo import NpoClassified, npo_check, npo_classify, npo_report, npo_suggest_mapping, npo_template
from fatf_kit.api.papers import fill, paper
from fatf_kit.api.scored import Scored, explain, score, score_published
from fatf_kit.api.statistics import agency_statistics_templates, statistics_report, statistics_template

__all__ = [
    "LONGEST_NAME",
    "NpoClassified",
    "Rated",
    "RatingSource",
    "Scored",
    "agency_statistics_templates",
    "carry_forward",
    "explain",
    "fill",
    "guide",
    "npo_check",
    "npo_classify",
    "npo_report",
    "npo_suggest_mapping",
    "npo_template",
    "outlook_of",
    "paper",
    "parse_day",
    "patterns",
    "patterns_report",
    "peers",
    "peers_report",
    "rated",
    "score",
    "score_published",
    "statistics_report",
    "statistics_template",
    "template",
    "what_if",
]
