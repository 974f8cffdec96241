"""Answers to an older edition moved under the requirements of a newer one; no word of them is dropped.

The newer edition's criteria name those they grew out of. Its core issues name none: they go by their number, and
always to be reviewed. The rules are fatf-kit's own, DECISIONS.md.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from fatf_kit.assessment.answers.model import Answer, Confidentiality, ResponseSet, find_strictest
from fatf_kit.assessment.workbook.carried_sheets import LEFT, CarriedRequirement, CarryStatus, KeptAnswer, KeptBecause
from fatf_kit.core.errors import FatfKitError
from fatf_kit.core.languages import label
from fatf_kit.core.messages import Translator
from fatf_kit.core.ratings import Achievement, find_lowest
from fatf_kit.framework.catalog import get_unit_id, index_requirements
from fatf_kit.framework.model import CoreIssue, Criterion, Framework, Requirement, list_requirements, walk
from fatf_kit.spreadsheets.formats.limits import MAX_TEXT, count_units
from fatf_kit.spreadsheets.words import format_ids, load_words

_OTHER_OUTCOMES = ("IO.3", "IO.4")
"""Outcomes whose numbers mean a function in the fourth round and a sector in the fifth."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CarryForwardResult:
    """The state of every requirement of the newer edition, and the older answers that none of them takes."""

    old: str
    new: str
    requirements: tuple[CarriedRequirement, ...]
    kept: tuple[KeptAnswer, ...]

    @property
    def counts(self) -> Mapping[CarryStatus, int]:
        """Return criteria and core issues by what became of them, every status named."""
        found = Counter(one.status for one in self.requirements)
        return {status: found[status] for status in CarryStatus}

    @property
    def left(self) -> int:
        """Return requirements that still need work: to review, new, or never answered."""
        return sum(self.counts[status] for status in LEFT)


def carry_forward(old: Framework, new: Framework, responses: ResponseSet, language: str = "en") -> CarryForwardResult:
    """Move answers by the ids that the newer edition's criteria grew out of.

    An unchanged or renumbered criterion takes its answer as it is, and those to its parts where the parts correspond.
    A changed one takes every earlier answer, the rating too, and is to be reviewed. `language` is that of the words
    put around earlier answers; `what_changed` is in the language of `new`.

    Raises:
        FatfKitError: `new` does not follow on `old`.

    >>> from fatf_kit.framework import load_framework
    >>> blank = ResponseSet(edition="fatf-2013", answers=())
    >>> carried = carry_forward(load_framework("fatf-2013"), load_framework("fatf-2022"), blank)
    >>> carried.left == len(carried.requirements), carried.kept
    (True, ())
    """
    known = index_requirements(old)
    follows = any(name in known for unit in new.recommendations for c in unit.criteria for name in c.predecessors)
    if old.id == new.id or not follows:
        raise FatfKitError(
            "{new} does not list which of its requirements replace those of {old}. Choose a later edition.",
            new=new.id,
            old=old.id,
        )
    return _Carrier(old, new, {answer.requirement: answer for answer in responses.answers}, language).carry()


class _Carrier:
    def __init__(self, old: Framework, new: Framework, answers: Mapping[str, Answer], language: str) -> None:
        self._old, self._new, self._language = old, new, language
        self._known = index_requirements(old)
        self._above = _above(old)
        self._answers = answers
        self._words = load_words(language)
        self._taken: set[str] = set()
        self._too_long: dict[str, Answer] = {}

    def carry(self) -> CarryForwardResult:
        found = tuple(self._criterion(criterion) for unit in self._new.recommendations for criterion in unit.criteria)
        found += tuple(
            self._core_issue(issue, unit.change or "") for unit in self._new.outcomes for issue in unit.core_issues
        )
        return CarryForwardResult(old=self._old.id, new=self._new.id, requirements=found, kept=tuple(self._kept()))

    def _criterion(self, top: Criterion) -> CarriedRequirement:
        sources = tuple(name for name in top.predecessors if name in self._known)
        what = top.change or ""
        if not sources:
            return CarriedRequirement(top.id, CarryStatus.NEW, sources, what)
        given = self._given(sources)
        if not given:
            return CarriedRequirement(top.id, CarryStatus.UNANSWERED, sources, what)
        if len(sources) == 1 and not top.change:
            if moved := self._moved(top, self._known[sources[0]], given):
                self._taken.update(given)
                status = CarryStatus.UNCHANGED if sources == (top.id,) else CarryStatus.RENUMBERED
                return CarriedRequirement(top.id, status, sources, what, moved)
            what = self._words["carried.parts"]
        return self._reviewed(top, sources, what, given)

    def _core_issue(self, top: CoreIssue, change: str) -> CarriedRequirement:
        other = get_unit_id(top.id) in _OTHER_OUTCOMES and self._old.round != self._new.round
        if other or not isinstance(self._known.get(top.id), CoreIssue):
            return CarriedRequirement(top.id, CarryStatus.NEW, (), change)
        what = self._words["carried.core_issue"].format(change=change).strip()
        given = self._given((top.id,))
        if not given:
            return CarriedRequirement(top.id, CarryStatus.UNANSWERED, (top.id,), what)
        return self._reviewed(top, (top.id,), what, given)

    def _given(self, sources: Iterable[str]) -> dict[str, Answer]:
        """Return answers to the sources, to all below them and to what they are parts of, in the older order."""
        wanted = {below.id for name in sources for below, _ in walk(self._known[name])}
        wanted.update(above for name in sources for above in self._above[name])
        return {name: self._answers[name] for name in self._known if name in wanted and name in self._answers}

    def _moved(self, top: Criterion, source: Requirement, given: Mapping[str, Answer]) -> tuple[Answer, ...]:
        """Return the answers under their newer ids; nothing where one of them would not find its part."""
        if _shape(top) == _shape(source):
            places = {was.id: now.id for (was, _), (now, _) in zip(walk(source), walk(top), strict=True)}
        else:
            places = {source.id: top.id}
        if not set(given) <= set(places):
            return ()
        return tuple(answer._replace(requirement=places[name], row=None) for name, answer in given.items())

    def _reviewed(
        self, top: Requirement, sources: tuple[str, ...], what: str, given: Mapping[str, Answer]
    ) -> CarriedRequirement:
        rated = [given[name] for name in sources if name in given and given[name].rating is not None]
        if not rated:  # a part that was not rated counts as what it is a part of
            rated = [given[above] for name in sources for above in self._above[name] if above in given]
        if tuple(given) == sources and len(sources) == 1:
            answer = given[sources[0]]._replace(requirement=top.id, row=None)
        else:
            answer = merge_answers(top.id, tuple(given.values()), rated, self._language)
            if not fits_into_cells(answer):
                self._too_long.update(given)
                bare = [one._replace(explanation="", citation="", missing="", action="") for one in given.values()]
                text = self._words["carried.too_long"].format(ids=format_ids(given, self._language))
                answer = merge_answers(top.id, bare, rated, self._language)._replace(explanation=text)
        if len(rated) > 1:
            what = f"{what} {self._words['carried.merged']}".strip()
        self._taken.update(given)
        return CarriedRequirement(top.id, CarryStatus.TO_REVIEW, sources, what, (answer,))

    def _kept(self) -> Iterator[KeptAnswer]:
        for name in self._known:
            if name not in self._answers:
                continue
            if name in self._too_long or name not in self._taken:
                other = KeptBecause.OUTCOME if get_unit_id(name) in _OTHER_OUTCOMES else KeptBecause.GONE
                because = KeptBecause.TOO_LONG if name in self._too_long else other
                yield KeptAnswer(self._answers[name], because, self._known[name].statement)


def _above(framework: Framework) -> dict[str, tuple[str, ...]]:
    """Return for every requirement the ids that it is a part of, the criterion first."""
    found: dict[str, tuple[str, ...]] = {}
    for unit in framework.units:
        for top in list_requirements(unit):
            path: list[str] = []
            for requirement, depth in walk(top):
                del path[depth:]
                found[requirement.id] = tuple(path)
                path.append(requirement.id)
    return found


def _shape(requirement: Requirement) -> list[int]:
    """Return depths in reading order: equal for both where parts correspond one to one, however they are lettered."""
    return [depth for _, depth in walk(requirement)]


def merge_answers(requirement: str, given: Sequence[Answer], rated: Iterable[Answer], language: str) -> Answer:
    """Return one answer that holds all the others.

    The rating is the lowest of `rated`; "not applicable" only where all of them are. Dates are the latest, the
    confidentiality the strictest; what each answer said itself stands before its words. Citations have no id before
    them: its brackets would pass for the number of an article.
    """
    return Answer(
        requirement=requirement,
        rating=find_lowest(answer.rating for answer in rated),
        explanation="\n".join(_compose_explanation(answer, language) for answer in given),
        citation="; ".join(dict.fromkeys(answer.citation for answer in given if answer.citation)),
        in_force_from=_latest(answer.in_force_from for answer in given),
        evidence=tuple(dict.fromkeys(name for answer in given for name in answer.evidence)),
        missing="\n".join(_named(answer, answer.missing, language) for answer in given if answer.missing),
        action="\n".join(_named(answer, answer.action, language) for answer in given if answer.action),
        action_due=_latest(answer.action_due for answer in given),
        confidentiality=find_strictest(*(answer.confidentiality for answer in given)),
        agency=given[0].agency,
        source=given[0].source,
    )


def fits_into_cells(answer: Answer) -> bool:
    """Return whether every text of an answer fits into a cell."""
    texts = (answer.explanation, answer.citation, answer.missing, answer.action, ", ".join(answer.evidence))
    return all(count_units(text) < MAX_TEXT for text in texts)


def _compose_explanation(answer: Answer, language: str) -> str:
    """Return an explanation behind its id, its rating and its dates."""
    text, t = load_words(language), Translator(language)
    scale = "achievement" if isinstance(answer.rating, Achievement) else "criterion"
    facts = [label(scale, answer.rating, language)] if answer.rating is not None else []
    for name in ("in_force_from", "action_due"):
        if day := getattr(answer, name):
            day_text = format_ids([day.isoformat()], language)
            facts.append(t("{name}: {text}", name=text[f"column.{name}"], text=day_text))
    if answer.confidentiality is not Confidentiality.GOVERNMENT:
        facts.append(label("confidentiality", answer.confidentiality, language))
    behind = f"[{t.points(facts)}] {answer.explanation}" if facts else answer.explanation
    return _named(answer, behind, language)


def _named(answer: Answer, text: str, language: str) -> str:
    name = format_ids([answer.requirement], language)
    return Translator(language)("{name}: {text}", name=name, text=text).strip()


def _latest(days: Iterable[date | None]) -> date | None:
    return max((day for day in days if day is not None), default=None)
