"""The report about workbooks in which nothing is answered says so, and shows no ratings that look like a result."""

from __future__ import annotations

from fatf_kit.core.messages import Translator
from fatf_kit.papers.report_input import PaperInput
from fatf_kit.published.listing_status import make_listing_paragraph
from fatf_kit.report.model import Paragraph, Section, Tone
from fatf_kit.report.sections import make_section


def phrase_blank(requirements: int, t: Translator) -> str:
    """Return the sentence that nothing is answered, and what to do.

    >>> print(phrase_blank(2, Translator("en")))
    No answers yet: 2 criteria and core issues have to be answered. Fill in the workbooks, then run this command again.
    """
    return t.plural(
        "No answers yet: {n} criterion or core issue has to be answered. Fill in the workbooks, then run this "
        "command again.",
        "No answers yet: {n} criteria and core issues have to be answered. Fill in the workbooks, then run this "
        "command again.",
        requirements,
    )


def build_blank_section(paper_input: PaperInput, t: Translator) -> Section:
    """Return the only section: nothing is answered, with the country's listing, which does not depend on answers."""
    text = phrase_blank(paper_input.assessment.coverage.total, t)
    listing = make_listing_paragraph(paper_input.listing, t)
    return make_section("blank", t("No answers yet"), Paragraph(text=text, tone=Tone.LEAD), *listing)
