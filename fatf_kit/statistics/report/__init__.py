"""The report on figures and cases, and its pieces for guides, submissions and the gap report."""

from fatf_kit.statistics.report.blocks import build_preparation_blocks, build_statistics_blocks
from fatf_kit.statistics.report.charts import (
    build_effort_chart,
    build_funnel_chart,
    build_statistics_charts,
    build_trend_chart,
)
from fatf_kit.statistics.report.document import StatisticsInput, build_statistics_report

__all__ = [
    "StatisticsInput",
    "build_statistics_report",
    "effort_chart",
    "funnel_chart",
    "preparation_blocks",
    "statistics_blocks",
    "statistics_charts",
    "trend_chart",
]
