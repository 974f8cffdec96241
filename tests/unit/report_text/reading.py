"""Short ways to read a piece of a made-up report."""

from __future__ import annotations

from fatf_kit.core.ratings import CriterionRating
from fatf_kit.framework import load_framework
from fatf_kit.report_text.model import ParsedReport
from fatf_kit.report_text.parsing import parse_report
from fatf_kit.report_text.words import report_rules
from fatf_kit.texts.cleaning import clean_pages
from fatf_kit.texts.model import FileText
from fatf_kit.texts.plain_file import read_plain

FOURTH = load_framework("fatf-2013")


def clean(*pages: str) -> FileText:
    """Return the clean text of pages that are given as texts."""
    raw = read_plain("\f".join(page.strip("\n") for page in pages).encode(), "report.txt")
    return clean_pages("report.txt", raw, report_rules(), are_real=True)


def parse(*pages: str) -> ParsedReport:
    """Return the parts of pages that are given as texts."""
    return parse_report(clean(*pages), FOURTH)


def rated(parsed: ParsedReport) -> dict[str, CriterionRating | None]:
    """Return the ratings of criteria by requirement, without its Recommendation."""
    return {one.requirement.partition("/")[2]: one.rating for one in parsed.criteria}
