"""Answers to an older edition moved under the requirements of a newer one; no word of them is dropped.

The newer edition's criteria name those they grew out of. Its core issues name none: they go by their number, and
always to be reviewed. The rules are fatf-kit's own, DECISIONS.md.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from fatf_kit.assessment.answers.merge import fits, merge_answers
from fatf_kit.assessment.answers.model import Answer, ResponseSet
from fatf_kit.assessment.workbook.carried_sheets import LEFT, CarryStatus, KeptBecause
from fatf_kit.core.errors import FatfKitError
from fatf_kit.framework.catalog import get_unit_id, index_requirements
from fatf_kit.framework.model import CoreIssue, Criterion, Framework, Requirement, list_requirements, walk
from fatf_kit.spreadsheets.words import in_sentence, words

_OTHER_OUTCOMES = ("IO.3", "IO.4")
"""Outcomes whose numbers mean a function in the fourth round and a sector in the fifth."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CarriedRequirement:
    """One criterion or core issue of the newer edition.

    `sources` are the older ids that it grew out of, `answers` what was carried to it and to its parts, by newer id.
    """

    requirement: str
    status: CarryStatus
    sources: tuple[str, ...]
    what_changed: str
    answers: tuple[Answer, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """An older answer that stands in no row of the newer workbook, whole and under its older id."""

    answer: Answer
    because: KeptBecause


@dataclass(frozen=True, slots=True, kw_only=True)
class Carried:
    """What became of every requirement of the newer edition, and the older answers that none of them takes."""

    old: str
    new: str
    requirements: tuple[CarriedRequirement, ...]
    kept: tuple[Kept, ...]

    @property
    def counts(self) -> Mapping[CarryStatus, int]:
        """Criteria and core issues by what became of them, every status named."""
        found = Counter(one.status for one in self.requirements)
        return {status: found[status] for status in CarryStatus}

    @property
    def left(self) -> int:
        """Requirements that still need somebody's work: to review, new, or never answered."""
        return sum(self.counts[status] for status in LEFT)


def carry_forward(old: Framework, new: Framework, responses: ResponseSet, language: str = "en") -> Carried:
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
            f"{new.id} does not say what became of the requirements of {old.id}. Carry forward to a later edition."
        )
    return _Carrier(old, new, {answer.requirement: answer for answer in responses.answers}, language).carry()


class _Carrier:
    def __init__(self, old: Framework, new: Framework, answers: Mapping[str, Answer], language: str) -> None:
        self._old, self._new, self._language = old, new, language
        self._known = index_requirements(old)
        self._above = _above(old)
        self._answers = answers
        self._words = words(language)
        self._taken: set[str] = set()
        self._too_long: dict[str, Answer] = {}

    def carry(self) -> Carried:
        found = tuple(self._criterion(criterion) for unit in self._new.recommendations for criterion in unit.criteria)
        found += tuple(
            self._core_issue(issue, unit.change or "") for unit in self._new.outcomes for issue in unit.core_issues
        )
        return Carried(old=self._old.id, new=self._new.id, requirements=found, kept=tuple(self._kept()))

    def _criterion(self, top: Criterion) -> CarriedRequirement:
        sources = tuple(name for name in top.predecessors if name in self._known)
        what = top.change or ""
        if not sources:
            return self._made(top, CarryStatus.NEW, sources, what)
        given = self._given(sources)
        if not given:
            return self._made(top, CarryStatus.UNANSWERED, sources, what)
        if len(sources) == 1 and not top.change:
            if moved := self._moved(top, self._known[sources[0]], given):
                self._taken.update(given)
                status = CarryStatus.UNCHANGED if sources == (top.id,) else CarryStatus.RENUMBERED
                return self._made(top, status, sources, what, moved)
            what = self._words["carried.parts"]
        return self._reviewed(top, sources, what, given)

    def _core_issue(self, top: CoreIssue, change: str) -> CarriedRequirement:
        other = get_unit_id(top.id) in _OTHER_OUTCOMES and self._old.round != self._new.round
        if other or not isinstance(self._known.get(top.id), CoreIssue):
            return self._made(top, CarryStatus.NEW, (), change)
        what = self._words["carried.core_issue"].format(change=change).strip()
        given = self._given((top.id,))
        if not given:
            return self._made(top, CarryStatus.UNANSWERED, (top.id,), what)
        return self._reviewed(top, (top.id,), what, given)

    def _given(self, sources: Iterable[str]) -> dict[str, Answer]:
        """Answers to the sources, to everything below them, and to what they are parts of, in the older order."""
        wanted = {below.id for name in sources for below, _ in walk(self._known[name])}
        wanted.update(above for name in sources for above in self._above[name])
        return {name: self._answers[name] for name in self._known if name in wanted and name in self._answers}

    def _moved(self, top: Criterion, source: Requirement, given: Mapping[str, Answer]) -> tuple[Answer, ...]:
        """The answers under their newer ids; nothing where one of them would not find its part."""
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
            if not fits(answer):
                self._too_long.update(given)
                bare = [one._replace(explanation="", citation="", missing="", action="") for one in given.values()]
                text = self._words["carried.too_long"].format(ids=in_sentence(given, self._language))
                answer = merge_answers(top.id, bare, rated, self._language)._replace(explanation=text)
        if len(rated) > 1:
            what = f"{what} {self._words['carried.merged']}".strip()
        self._taken.update(given)
        return self._made(top, CarryStatus.TO_REVIEW, sources, what, (answer,))

    def _made(
        self,
        top: Requirement,
        status: CarryStatus,
        sources: tuple[str, ...],
        what: str,
        answers: tuple[Answer, ...] = (),
    ) -> CarriedRequirement:
        return CarriedRequirement(
            requirement=top.id, status=status, sources=sources, what_changed=what, answers=answers
        )

    def _kept(self) -> Iterator[Kept]:
        for name in self._known:
            if name not in self._answers:
                continue
            if name in self._too_long:
                yield Kept(answer=self._answers[name], because=KeptBecause.TOO_LONG)
            elif name not in self._taken:
                other = get_unit_id(name) in _OTHER_OUTCOMES
                because = KeptBecause.OUTCOME if other else KeptBecause.GONE
                yield Kept(answer=self._answers[name], because=because)


def _above(framework: Framework) -> dict[str, tuple[str, ...]]:
    """For every requirement the ids that it is a part of, the criterion first."""
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
    """Depths in reading order: the same for both where parts correspond one to one, however they are lettered."""
    return [depth for _, depth in walk(requirement)]
