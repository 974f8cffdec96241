"""Parts of a submission that are longer than is usual, for the drafter."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from fatf_kit.framework.catalog import get_unit_id
from fatf_kit.framework.submission_shape import load_submission_shape
from fatf_kit.papers.submission.parts import COMPLIANCE, Submission
from fatf_kit.report.model import Paragraph


@dataclass(frozen=True, slots=True, kw_only=True)
class PartLength:
    """The length of what a submission says on one subject: a Recommendation or core issue, "" for the whole."""

    subject: str
    words: int
    usual: int

    @property
    def is_long(self) -> bool:
        """Whether it is longer than is usual."""
        return self.words > self.usual


def measure_lengths(submission: Submission) -> dict[str, PartLength]:
    """Return the lengths of the printed statements and citations by subject, of the whole under ""."""
    usual = load_submission_shape(submission.paper_input.framework.id).lengths
    is_compliance = submission.kind == COMPLIANCE
    whole = usual.words_in_compliance if is_compliance else usual.words_in_effectiveness
    each = usual.words_for_criterion if is_compliance else usual.words_for_core_issue
    words: Counter[str] = Counter()
    guide: Counter[str] = Counter()
    for top in submission.tops:
        subject = get_unit_id(top.id) if is_compliance else top.id
        printed = [answer for one in submission.choices[top.id].chosen for answer in one.printed]
        words[subject] += sum(len(text.split()) for one in printed for text in (one.explanation, one.citation))
        guide[subject] += each.value
    lengths = {one: PartLength(subject=one, words=words[one], usual=guide[one]) for one in guide}
    return {"": PartLength(subject="", words=words.total(), usual=whole.value), **lengths}


def hint_length(subject: str, submission: Submission) -> tuple[Paragraph, ...]:
    """Return a hint to the drafter where the text on a Recommendation or core issue is longer than is usual."""
    length = measure_lengths(submission)[subject]
    if not length.is_long:
        return ()
    words = submission.t.plural(
        "Length: {n} word; about {usual} are usual here. Shorten it.",
        "Length: {n} words; about {usual} are usual here. Shorten it.",
        length.words,
        usual=length.usual,
    )
    return submission.hint(words)
