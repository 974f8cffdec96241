"""Figures and cases in the gap report: a short view of them, and the contradictions in them."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from fatf_kit.core.messages import Translator
from fatf_kit.papers.report_input import GapInput
from fatf_kit.report.model import Bullets, Figure, KeyFigure, KeyFigures, Paragraph, Section, Tone
from fatf_kit.statistics.checks import check_statistics
from fatf_kit.statistics.indicators import compute_indicators
from fatf_kit.statistics.observation_texts import describe_observation
from fatf_kit.statistics.observations import ObservationWeight
from fatf_kit.statistics.report.charts import build_statistics_charts

_LISTED = 8


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
    wrong, doubtful = weights[ObservationWeight.WRONG], weights[ObservationWeight.ASK]
    cases = len(statistics.cases)
    shown = tuple(
        describe_observation(replace(one, agencies=tuple(map(paper_input.name_agency, one.agencies))), t)
        for one in worst[:_LISTED]
    )
    more = len(found) - len(shown)
    rest = t.plural(
        "{n} more point is in the report on statistics.", "{n} more points are in the report on statistics.", more
    )
    return (
        Section(
            anchor="figures",
            title=t("Findings from the statistics"),
            blocks=(
                KeyFigures(
                    figures=(
                        KeyFigure(
                            value=str(wrong),
                            label=t.plural("figure that cannot be correct", "figures that cannot be correct", wrong),
                        ),
                        KeyFigure(
                            value=str(doubtful),
                            label=t.plural(
                                "point that assessors may ask about", "points that assessors may ask about", doubtful
                            ),
                        ),
                        KeyFigure(value=str(cases), label=t.plural("case on file", "cases on file", cases)),
                    )
                ),
                *(Figure(chart=chart) for chart in charts),
                *([Bullets(items=shown)] if shown else []),
                *([Paragraph(text=rest, tone=Tone.SMALL)] if more > 0 else []),
            ),
        ),
    )
