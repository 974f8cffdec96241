"""Two papers for a test before and after a training: as many questions on each outcome in both, all of them different.

Two questions are of equal kind if they are on the same core issue; of those, the ones that most of the same roles
should be able to answer are paired. The choice follows from the bank alone, so it is the same each time.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, zip_longest

from fatf_kit.core.groups import group_pairs
from fatf_kit.core.messages import Translator
from fatf_kit.report.document_tables import keep_ltr, make_table
from fatf_kit.report.model import Document, Paragraph, Section, TableCell
from fatf_kit.report.sections import make_note, make_section


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperQuestion:
    """A question of the bank. `strong` says what a strong answer contains, `roles` who should know the answer."""

    id: str
    outcome: str
    core_issue: str
    text: str
    strong: str
    roles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionPair:
    """Two different questions of equal kind on an outcome, for the paper before and the paper after."""

    before: PaperQuestion
    after: PaperQuestion

    @property
    def outcome(self) -> str:
        """The outcome that both are on."""
        return self.before.outcome


@dataclass(frozen=True, slots=True, kw_only=True)
class TrainingPapers:
    """The pairs of the two papers by outcome, and the outcomes on which the bank has fewer than were wanted."""

    pairs: tuple[QuestionPair, ...]
    wanted: int
    outcomes: tuple[str, ...]

    @property
    def short(self) -> tuple[tuple[str, int], ...]:
        """The outcomes with fewer pairs than wanted, and how many each has."""
        counts = Counter(one.outcome for one in self.pairs)
        return tuple((name, counts[name]) for name in self.outcomes if counts[name] < self.wanted)


def choose_papers(bank: Sequence[PaperQuestion], outcomes: Iterable[str], wanted: int) -> TrainingPapers:
    """Return at most so many pairs of questions on each outcome, spread over its core issues."""
    names = tuple(outcomes)
    chosen = [pair for name in names for pair in list(_pair_outcome(bank, name))[:wanted]]
    return TrainingPapers(pairs=tuple(chosen), wanted=wanted, outcomes=names)


def _pair_outcome(bank: Sequence[PaperQuestion], outcome: str) -> Iterator[QuestionPair]:
    """Yield the pairs on an outcome: first one for each core issue, then a second one.

    Every second pair is turned round, so that neither paper always has the question that the bank asks first.
    """
    issues = group_pairs((one.core_issue, one) for one in bank if one.outcome == outcome)
    different = [{one.id: one for one in own} for own in issues.values()]
    by_issue = [list(_pair_issue(list(own.values()))) for own in different]
    used: set[str] = set()
    number = 0
    for pair in (pair for level in zip_longest(*by_issue) for pair in level if pair):
        ids = {pair.before.id, pair.after.id}
        if used.isdisjoint(ids):  # a question may be asked on two core issues
            used |= ids
            yield QuestionPair(before=pair.after, after=pair.before) if number % 2 else pair
            number += 1


def _pair_issue(questions: list[PaperQuestion]) -> Iterator[QuestionPair]:
    """Yield pairs of questions on one core issue, those with most roles in common first."""
    left = questions

    def count_common(pair: tuple[PaperQuestion, PaperQuestion]) -> int:
        return len({*pair[0].roles} & {*pair[1].roles})

    while len(left) > 1:
        first, second = max(combinations(left, 2), key=count_common)
        yield QuestionPair(before=first, after=second)
        left = [one for one in left if one not in (first, second)]


def build_papers_document(
    papers: TrainingPapers, titles: Sequence[tuple[str, str]], t: Translator, *, country: str, notices: tuple[str, ...]
) -> Document:
    """Return the two papers, and for the trainers what strong answers contain; each part begins a page.

    `titles` are the outcomes with their titles.
    """
    before, after = [one.before for one in papers.pairs], [one.after for one in papers.pairs]
    printing = Paragraph(
        text=t(
            "Print the three parts separately. Participants get paper A before the training and paper B after "
            "it. The last part is for the trainers only."
        )
    )
    equal = Paragraph(
        text=t(
            "Both papers have the same number of questions on each outcome. Each question of paper B is different from "
            "that of paper A, but on the same core issue."
        )
    )
    return Document(
        id="training-test",
        title=t("Test before and after a training"),
        subtitle=country,
        language=t.language,
        facts=tuple(titles),
        notices=notices,
        contents_depth=0,
        summary=make_section("use", t("How to use these papers"), printing, equal),
        sections=(
            _paper("paper-a", t("Paper A: before the training"), before, t),
            _paper("paper-b", t("Paper B: after the training"), after, t),
            _marking(papers, t),
        ),
    )


def _paper(anchor: str, title: str, questions: Sequence[PaperQuestion], t: Translator) -> Section:
    rows = [
        (keep_ltr(number), TableCell(text=one.text, detail=one.outcome), TableCell(text=_SPACE))
        for number, one in enumerate(questions, start=1)
    ]
    return make_section(
        anchor,
        title,
        Paragraph(text=t("Agency: {line}", line="." * 60)),
        make_note(t("Do not write your name. Answer each question in a few words.")),
        make_table(anchor, "", ((t("No."), 1), (t("Question"), 8), (t("Your answer"), 9)), rows),
        break_before=True,
    )


_SPACE = "\n".join("\u00a0" * 4)
"""Room to write by hand."""


def _marking(papers: TrainingPapers, t: Translator) -> Section:
    points = t(
        "Give 2 points for an answer that contains what a strong answer contains, 1 point for a part of it, and 0 "
        "points otherwise. The mean of an outcome in per cent is 100 × points ÷ (2 × questions × people)."
    )
    rows = [
        (name, keep_ltr(one.id), one.strong)
        for number, pair in enumerate(papers.pairs, start=1)
        for name, one in ((t("A{n}", n=number), pair.before), (t("B{n}", n=number), pair.after))
    ]
    heads = ((t("No."), 1), (t("Id"), 3), (t("A strong answer contains"), 14))
    ids = []
    for name in papers.outcomes:
        own = [one for one in papers.pairs if one.outcome == name]
        first, second = [one.before.id for one in own], [one.after.id for one in own]
        facts = {"outcome": name, "before": ", ".join(first), "after": ", ".join(second)}
        ids.append(make_note(t("{outcome}: questions before {before}; questions after {after}", **facts)))
    return make_section(
        "marking",
        t("For the trainers only: marking"),
        Paragraph(text=points),
        make_table("marking", "", heads, rows),
        Paragraph(text=t("Copy these ids into the sheet Tests of the training record:")),
        *ids,
        break_before=True,
    )
