"""Figures and cases in the gap report: what they show at a glance, and what does not fit."""

from __future__ import annotations

from collections import Counter

from fatf_kit.core.messages import Translator
from fatf_kit.papers.report_input import GapInput
from fatf_kit.report.model import Bullets, Figure, KeyFigure, KeyFigures, Paragraph, Section, Tone
from fatf_kit.statistics.checks import check_statistics
from fatf_kit.statistics.indicators import compute_indicators
from fatf_kit.statistics.observation_texts import describe_observation
from fatf_kit.statistics.observations import ObservationWeight
from fatf_kit.statistics.report.charts import build_statistics_charts

_TOLD = 8


def build_figures_sections(paper_input: GapInput, t: Translator) -> tuple[Section, ...]:
    """Return one section where figures were collected, else none. No figure becomes a rating."""
    statistics = paper_input.statistics
    if statistics is None:
        return ()
    found = check_statistics(statistics)
    weights = Counter(one.weight for one in found)
    charts = build_statistics_charts(statistics, compute_indicators(statistics, t.language), t)
    worst = [one for one in found if one.weight is ObservationWeight.WRONG] + [
        one for one in found if one.weight is ObservationWeight.ASK
    ]
    shown = tuple(describe_observation(one, t) for one in worst[:_TOLD])
    more = len(found) - len(shown)
    rest = t.plural(
        "{n} more point is in the report on figures.", "{n} more points are in the report on figures.", more
    )
    return (
        Section(
            anchor="figures",
            title=t("What the figures say"),
            blocks=(
                KeyFigures(
                    figures=(
                        KeyFigure(value=str(weights[ObservationWeight.WRONG]), label=t("figures that cannot be right")),
                        KeyFigure(
                            value=str(weights[ObservationWeight.ASK]), label=t("points assessors would ask about")
                        ),
                        KeyFigure(value=str(len(statistics.cases)), label=t("cases")),
                    )
                ),
                *(Figure(chart=chart) for chart in charts),
                *([Bullets(items=shown)] if shown else []),
                *([Paragraph(text=rest, tone=Tone.SMALL)] if more > 0 else []),
            ),
        ),
    )
