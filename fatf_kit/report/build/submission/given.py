"""The pieces that both submissions share: answers, evidence, the earlier rating."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from fatf_kit.locale import label
from fatf_kit.messages import Words
from fatf_kit.report.build.given import PaperInput
from fatf_kit.report.model import Block, Bullets, Paragraph, Section, Tone
from fatf_kit.responses.audience import may_read
from fatf_kit.responses.model import Answer, EvidenceItem, EvidenceKind
from fatf_kit.responses.registers import items_cited, register_of


class Told:
    """What of an assessment may be told to an audience, requirement by requirement."""

    def __init__(self, given: PaperInput, t: Words) -> None:
        self._given = given
        self._t = t
        self._answers: dict[str, list[Answer]] = {}
        for answer in given.responses.answers:
            self._answers.setdefault(answer.requirement, []).extend(answer.voices or (answer,))
        self._register = register_of(given.responses.evidence)

    def answers(self, requirement: str) -> tuple[Answer, ...]:
        """The answers that may be read, in the order of agencies."""
        given = self._answers.get(requirement, [])
        return tuple(answer for answer in given if may_read(self._given.audience, answer.confidentiality))

    def is_cut(self, requirement: str) -> bool:
        """Whether anything was left out."""
        return len(self.answers(requirement)) < len(self._answers.get(requirement, []))

    def evidence(self, answer: Answer) -> tuple[EvidenceItem, ...]:
        """The items of its own source's register that an answer names."""
        return items_cited(answer, self._register)

    def blocks(self, requirement: str) -> Iterator[Block]:
        """What is said of a requirement: each agency's words, then the law and evidence behind them."""
        t = self._t
        answers = self.answers(requirement)
        for answer in answers:
            if answer.explanation:
                yield Paragraph(text=self._signed(answer, answers))
        sources = [line for answer in answers for line in self._sources(answer)]
        if sources:
            yield Bullets(items=tuple(dict.fromkeys(sources)))
        for answer in answers:
            if answer.missing:
                yield Paragraph(text=t("Still missing: {what}", what=answer.missing))
            if answer.action:
                yield Paragraph(text=t("Planned: {action}", action=answer.action) + self._due(answer))
        if self.is_cut(requirement):
            yield Paragraph(text=t("An answer is left out here: it is not for this audience."), tone=Tone.SMALL)

    def cases(self, requirements: Sequence[str]) -> tuple[EvidenceItem, ...]:
        """Cases that the answers name, each once."""
        found = (item for r in requirements for answer in self.answers(r) for item in self.evidence(answer))
        return tuple({(i.source, i.id): i for i in found if i.kind is EvidenceKind.CASE}.values())

    def _signed(self, answer: Answer, among: Sequence[Answer]) -> str:
        if answer.agency is None or len(among) < 2:
            return answer.explanation
        name = self._given.agencies.get(answer.agency, answer.agency)
        return self._t("{name}: {text}", name=name, text=answer.explanation)

    def _sources(self, answer: Answer) -> Iterator[str]:
        t = self._t
        if answer.citation:
            since = answer.in_force_from
            told = t("in force since {day}", day=t.day(since)) if since else ""
            yield f"{answer.citation} ({told})" if told else answer.citation
        for item in self.evidence(answer):
            parts = [item.title, item.article, t.day(item.in_force_from) if item.in_force_from else "", item.link]
            told = f"{t.listed(filter(None, parts))} ({kind_name(item, t)})"
            yield t("{name}: {text}", name=item.id, text=told)

    def _due(self, answer: Answer) -> str:
        return f" ({self._t.day(answer.action_due)})" if answer.action_due else ""


def kind_name(item: EvidenceItem, t: Words) -> str:
    """What kind of evidence an item is, in the reader's language."""
    return label("evidence_kind", item.kind, t.language)


def previous_rating(given: PaperInput, unit: str, t: Words) -> str:
    """What the last evaluation said of a unit; that nothing is on record where it is not known."""
    report = given.previous
    rating = report.ratings.get(unit) if report else None
    if report is None or rating is None:
        return t("No earlier rating is on record here.")
    words = t("The report of {month} rated it {rating}.", month=t.month(report.date), rating=rating)
    if report.edition != given.framework.id:
        words += " " + t("That report followed another edition of the Methodology.")
    return words


def first_facts(given: PaperInput, t: Words) -> tuple[tuple[str, str], ...]:
    """What stands under the title."""
    a = given.assessment
    return (
        (t("Edition"), given.framework.full_title),
        (t("Cut-off date"), t.day(a.cut_off) if a.cut_off else t("not given")),
        (t("Scoring policy"), a.policy),
        (t("For whom"), t(given.audience)),
        (t("Made on"), t.moment(given.generated_at)),
    )


def words_in(section: Section) -> int:
    """How many words of the country's own stand in a section."""
    own = (b.text for b in section.blocks if isinstance(b, Paragraph) and b.tone is Tone.NORMAL)
    return sum(len(text.split()) for text in own)
