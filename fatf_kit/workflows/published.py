"""A report from published ratings."""

from __future__ import annotations

from collections.abc import Sequence

from fatf_kit.core.dates import check_moment
from fatf_kit.core.messages import Translator
from fatf_kit.core.national_words import add_country
from fatf_kit.core.resources import tool_version
from fatf_kit.framework import load_framework
from fatf_kit.papers.published_report import build_published_report
from fatf_kit.published import find_report
from fatf_kit.published.model import PublishedReport
from fatf_kit.report.model import Report


def score_published(
    jurisdiction: str,
    *,
    report: str = "latest",
    generated_at: str,
    language: str = "en",
    notices: Sequence[str] = (),
) -> tuple[PublishedReport, Report]:
    """Return the same kind of report from published ratings: an ISO 3166 code or English name, and which report.

    Raises:
        UnknownIdError: no such jurisdiction or report.
        FatfKitError: `generated_at` is not a date.

    >>> published, report = score_published("IRQ", report="MER", generated_at="2026-11-24")
    >>> published.date, report.document.title
    ('2024-05', 'Iraq: published ratings')
    """
    check_moment(generated_at)
    published = find_report(jurisdiction, report)
    language = add_country(language, published.iso3)
    framework = load_framework(published.edition, language)
    t = Translator(language)
    made = build_published_report(
        framework, published, t, tool=tool_version(), generated_at=generated_at, notices=notices
    )
    return published, made
