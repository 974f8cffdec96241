"""What is written about workbooks in which nothing is answered: that, and no ratings that look like a result."""

from __future__ import annotations

from fatf_kit.core.messages import Translator
from fatf_kit.papers.report_input import GapInput
from fatf_kit.published.listing_status import find_listing_on, make_listing_paragraph
from fatf_kit.report.model import Block, Paragraph, Section, Tone


def is_blank(given: GapInput) -> bool:
    """Whether no criterion and no core issue has an answer or a decision."""
    return not given.assessment.coverage.answered and not given.assessment.adjustments.decisions


def phrase_blank(asked: int, t: Translator) -> str:
    """That nothing is answered, and what to do.

    >>> print(blank_sentence(2, Words("en")))
    Nothing is answered yet: 2 criteria and core issues wait for an answer. Fill in the workbooks, then run this again.
    """
    return t.plural(
        "Nothing is answered yet: {n} criterion or core issue waits for an answer. Fill in the workbooks, then run "
        "this again.",
        "Nothing is answered yet: {n} criteria and core issues wait for an answer. Fill in the workbooks, then run "
        "this again.",
        asked,
    )


def build_blank_section(given: GapInput, t: Translator) -> Section:
    """The one section that says so, with the country's listing, which does not depend on answers."""
    blocks: list[Block] = [Paragraph(text=phrase_blank(given.assessment.coverage.asked, t), tone=Tone.LEAD)]
    blocks += make_listing_paragraph(find_listing_on(given.iso3, given.generated_at), t)
    return Section(anchor="blank", title=t("Nothing is answered yet"), blocks=tuple(blocks))
