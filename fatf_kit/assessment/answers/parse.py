"""From raw cells to typed answers, with a Problem for everything that cannot be used.

Nothing is lost: a filled cell either becomes part of an Answer or is named in a Problem. Nothing is guessed: an
unknown rating leaves its row unanswered.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import date
from functools import lru_cache
from operator import attrgetter
from typing import TypeVar

from fatf_kit.assessment.answers.model import (
    Answer,
    Confidentiality,
    EvidenceItem,
    EvidenceKind,
    Input,
    Rating,
    ResponseSet,
    strictest,
)
from fatf_kit.assessment.folder.model import Agency
from fatf_kit.assessment.workbook.model import RawWorkbook
from fatf_kit.assessment.workbook.schema import REQUIREMENTS
from fatf_kit.core.languages import find_code, list_labels, normalise, suggest_code
from fatf_kit.core.problems import UNDER_A_REQUIREMENT, Problem, hint, make_problem, quote_found
from fatf_kit.core.ratings import Achievement, CriterionRating
from fatf_kit.framework.catalog import index_requirements, list_ids_by_top, match_requirement, suggest
from fatf_kit.framework.model import Framework, Part, Requirement
from fatf_kit.spreadsheets.dates import date_problem, dates_within, read_date
from fatf_kit.spreadsheets.rows import Row
from fatf_kit.spreadsheets.sheet import CellValue

_SCALES = {"criterion": "criterion rating", "achievement": "extent of achievement"}
_LEVEL = REQUIREMENTS.asked.index("confidentiality")
Key = TypeVar("Key")

_MOST_HINTS = 100  # looking for what is near takes a hundredth of a second each time
_ID_SEPARATORS = re.compile(r"[,;،؛\n|]+")


def parse_workbook(
    raw: RawWorkbook,
    framework: Framework,
    *,
    agency: str | None = None,
    source: str = "",
    elsewhere: Collection[str] = (),
) -> tuple[ResponseSet, tuple[Problem, ...]]:
    """The answers and evidence of one filled workbook, and everything about it that needs a look.

    Answers whose id the edition does not know are Problems, not answers. Two rows for one requirement are a Problem
    where they differ; the first one stands, with the stricter confidentiality. `agency` is whose workbook it is where
    its stamp does not say (`agency_of`); `source` names its register, by default the agency or the file; `elsewhere`
    are ids that other workbooks of that source have registered.
    """
    problems: list[Problem] = []
    agency = agency_of(raw, {}) or agency
    source = source or agency or raw.file
    evidence = _evidence(raw.evidence, source, problems)
    known = {*elsewhere, *(item.id for item in evidence)}
    reader = _RowReader(framework, agency, source, known, problems)
    answers, found = settled(filter(None, map(reader.read, raw.rows)), attrgetter("requirement"), "id-duplicated")
    problems += found
    problems += _words_without_rating(framework, answers, reader.unusable)
    country, cut_off = _text(raw.cover.get("country")) or None, _cover_date(raw, problems)
    contact = _text(raw.cover.get("contact")) or None
    responses = ResponseSet(
        edition=framework.id,
        answers=tuple(answers[key] for key in index_requirements(framework) if key in answers),
        evidence=evidence,
        inputs=(
            Input(
                name=raw.file,
                sha256=raw.sha256,
                agency=agency,
                country=country,
                cut_off=cut_off,
                agency_on_cover=_text(raw.cover.get("agency")) or None,
                contact=contact,
                answers=len(answers),
            ),
        ),
        country=country,
        cut_off=cut_off,
        contact=contact,
        cover_refs=raw.cover_refs,
        notices=(raw.stamp.notice,) if raw.stamp and raw.stamp.notice else (),
    )
    return responses, tuple(problems)


def agency_of(raw: RawWorkbook, known: Mapping[str, Agency]) -> str | None:
    """Whose workbook it is: by its stamp, else by the id or any name of a known agency on the cover; None otherwise.

    >>> from fatf_kit.assessment.folder.model import Agency
    >>> raw = RawWorkbook(file="a.xlsx", sha256="", stamp=None, rows=(), evidence=(), cover={"agency": " the fiu"})
    >>> agency_of(raw, {"fiu": Agency(id="fiu", names={"en": "The FIU"})}), agency_of(raw, {})
    ('fiu', None)
    """
    if raw.stamp and raw.stamp.agency:
        return raw.stamp.agency
    named = normalise(_text(raw.cover.get("agency")))
    spelt = ((agency, normalise(name)) for agency in known.values() for name in (agency.id, *agency.names.values()))
    return next((agency.id for agency, name in spelt if name and name == named), None)


def registered_ids(raw: RawWorkbook) -> set[str]:
    """The ids of evidence that a workbook registers, as answers refer to them."""
    return {key for row in raw.evidence if (key := _key(row.id))}


class _RowReader:
    """Reads rows of answers; `unusable` has the requirements whose rating is there but cannot be used."""

    def __init__(
        self,
        framework: Framework,
        agency: str | None,
        source: str,
        evidence: Collection[str],
        problems: list[Problem],
    ) -> None:
        self.unusable: set[str] = set()
        self._framework = framework
        self._index = index_requirements(framework)
        self._agency, self._source = agency, source
        self._evidence = evidence
        self._problems = problems
        self._strangers = 0

    def read(self, row: Row) -> Answer | None:
        """The row as an Answer; None where it is blank or its id is unknown."""
        requirement = self._index.get(row.id) or match_requirement(self._framework, row.id)
        if requirement is None:
            self._strangers += 1
            found = _quoted(row, row.id)
            near = suggest(row.id, self._index) if "found" in found and self._strangers < _MOST_HINTS else None
            facts = {**found, "edition": self._framework.id, **hint(near, UNDER_A_REQUIREMENT)}
            self._problems.append(make_problem("id-unknown", row.ref.place, **facts))
            return None
        rating, explanation, citation, in_force, evidence, missing, action, due, level = row.cells
        return Answer(  # in the order of its fields: by their names it takes more than twice as long
            requirement.id,
            None if rating == "" else self._rating(row, requirement, rating),
            _text(explanation),
            _text(citation),
            None if in_force == "" else self._date(row, "in_force_from", in_force),
            () if evidence == "" else self._evidence_ids(row, _text(evidence)),
            _text(missing),
            _text(action),
            None if due == "" else self._date(row, "action_due", due),
            self._confidentiality(row, level),
            self._agency,
            self._source,
            row.ref,
        )

    def _rating(self, row: Row, requirement: Requirement, found: CellValue) -> Rating | None:
        if isinstance(requirement, Part) and requirement.id.startswith("IO."):
            self._say("rating-not-asked", row, "rating", **_quoted(row, found))
            return None
        scale = "criterion" if requirement.id.startswith("R.") else "achievement"
        rating = _rating_from(scale, str(found))
        if rating is not None:
            return rating
        self.unusable.add(requirement.id)
        allowed = list_labels(scale, "en")
        facts = {**_quoted(row, found), "allowed": ", ".join(allowed)}
        other = next((name for key, name in _OTHER_SCALES.items() if key != scale and find_code(key, str(found))), None)
        if other:
            self._say("rating-wrong-scale", row, "rating", **facts, other=other)
            return None
        near = suggest_code(scale, str(found)) if "found" in facts else None
        self._say("rating-unknown", row, "rating", **facts, scale=_SCALES[scale], **hint(near))
        return None

    def _date(self, row: Row, key: str, found: CellValue) -> date | None:
        return _date(row, key, found, self._problems, row.id)

    def _confidentiality(self, row: Row, found: CellValue) -> Confidentiality:
        level = _level_from(str(found))
        if level is None:
            self._say("confidentiality-unknown", row, "confidentiality", **_quoted(row, found))
        return level or Confidentiality.RESTRICTED

    def _evidence_ids(self, row: Row, found: str) -> tuple[str, ...]:
        ids = _ids_in(found)
        for key in ids:
            if key not in self._evidence:
                self._say("evidence-unknown", row, "evidence", **_quoted(row, key))
        return ids

    def _say(self, code: str, row: Row, key: str, **facts: object) -> None:
        self._problems.append(make_problem(code, row.ref.at(key), row.id, **facts))


_OTHER_SCALES = {
    "criterion": "scale for criteria",
    "achievement": "scale for core issues",
    "compliance": "ratings of whole Recommendations",
    "effectiveness": "ratings of whole outcomes",
}


SCALE_NAMES = (*_SCALES.values(), *_OTHER_SCALES.values())
"""What messages call the scales."""


@lru_cache(maxsize=4_096)  # here and below: the same few spellings, dates and ids stand in most rows
def _rating_from(scale: str, text: str) -> Rating | None:
    code = find_code(scale, text)
    if code is None:
        return None
    return CriterionRating(code) if scale == "criterion" else Achievement(code)


@lru_cache(maxsize=4_096)
def _ids_in(text: str) -> tuple[str, ...]:
    """The ids of evidence in a cell, each once."""
    return tuple(dict.fromkeys(filter(None, map(_key, _ID_SEPARATORS.split(text)))))


@lru_cache(maxsize=4_096)
def _level_from(text: str) -> Confidentiality | None:
    """Who may read a row, by default the government; None where what was typed is no level."""
    if not text:
        return Confidentiality.GOVERNMENT
    code = find_code("confidentiality", text)
    return None if code is None else Confidentiality(code)


def _quoted(row: Row, value: object) -> dict[str, str]:
    """What a message may say of a value in a row; nothing of rows that are restricted, or may be meant to be.

    The register has no levels.
    """
    return quote_found(value, restricted=_is_restricted(row))


def _is_restricted(row: Row) -> bool:
    level = str(row.cells[_LEVEL]) if len(row.cells) > _LEVEL else ""
    return _level_from(level) in (None, Confidentiality.RESTRICTED)


def _words_without_rating(
    framework: Framework, answers: Mapping[str, Answer], unusable: Collection[str]
) -> Iterable[Problem]:
    """Words without a rating, where neither the requirement nor any row above or below it is rated.

    Where one of them has an `unusable` rating, that has been told already.
    """
    rated = {name for name, answer in answers.items() if answer.rating is not None} | set(unusable)
    for top, below in list_ids_by_top(framework).items():
        if rated.isdisjoint(below) and (first := next(filter(None, map(answers.get, below)), None)):
            yield make_problem("rating-missing", first.ref, top)


def _evidence(rows: Iterable[Row], source: str, problems: list[Problem]) -> tuple[EvidenceItem, ...]:
    items: dict[str, EvidenceItem] = {}
    for row in rows:
        kind, title, article, in_force, link, holder = row.cells
        key = _key(row.id)
        if not key:
            problems.append(make_problem("id-missing", row.ref.place))
            continue
        item = EvidenceItem(
            id=key,
            kind=EvidenceKind.DOCUMENT if kind == "" else _evidence_kind(row, kind, problems),
            title=_text(title),
            article=_text(article),
            in_force_from=None if in_force == "" else _date(row, "in_force_from", in_force, problems),
            link=_text(link),
            holder=_text(holder),
            source=source,
            row=row.ref,
        )
        problems += other_item(items.setdefault(key, item), item)
    return tuple(items.values())


def _evidence_kind(row: Row, found: CellValue, problems: list[Problem]) -> EvidenceKind:
    code = find_code("evidence_kind", str(found))
    if code is None:
        allowed = ", ".join(list_labels("evidence_kind", "en"))
        problems.append(
            make_problem("evidence-kind-unknown", row.ref.at("kind"), **quote_found(found), allowed=allowed)
        )
        return EvidenceKind.DOCUMENT
    return EvidenceKind(code)


def _date(row: Row, key: str, value: CellValue, problems: list[Problem], requirement: str | None = None) -> date | None:
    read = read_date(value)
    if read is not None and not read.ambiguous:
        return read.day
    found = date_problem(value, row.ref.at(key), requirement, column=key, restricted=_is_restricted(row))
    problems += [found] if found else []
    return read.day if read else None


def _cover_date(raw: RawWorkbook, problems: list[Problem]) -> date | None:
    value = raw.cover.get("cut_off")
    if value is None:
        return None
    read, ref = read_date(value), raw.cover_refs.get("cut_off")
    if read is None:
        dates = dates_within(value)
        problems.append(make_problem("cut-off-unknown", ref, **({"found": dates} if dates else quote_found(value))))
        return None
    if found := date_problem(value, ref, column="cut_off"):
        problems.append(found)
    return read.day


def _text(value: CellValue | None) -> str:
    return value.strip() if isinstance(value, str) else "" if value is None else str(value).strip()


def _key(text: str) -> str:
    """Evidence ids are compared without spaces and case: "e-01 " is "E-01"."""
    return "".join(normalise(text).split()).upper()


def settled(
    given: Iterable[Answer], about: Callable[[Answer], Key], code: str
) -> tuple[dict[Key, Answer], list[Problem]]:
    """One answer for each thing that answers are `about`, and how those differ that are about the same.

    `code` is that of the Problem where they say different things.
    """
    found: dict[Key, Answer] = {}
    more: dict[Key, list[Answer]] = {}  # nearly always empty
    problems: list[Problem] = []
    for answer in given:
        first = found.setdefault(about(answer), answer)
        if first is not answer:
            more.setdefault(about(answer), [first]).append(answer)
    for key, several in more.items():
        found[key], differing = _settle(several, code)
        problems += differing
    return found, problems


def _settle(given: Sequence[Answer], code: str) -> tuple[Answer, list[Problem]]:
    """Of several answers the first, with the strictest confidentiality; every row that is less strict is named."""
    first = given[0]
    found: list[Problem] = []
    there = first.ref or "another row"
    for other in given[1:]:
        if not same_answer(first, other):
            found.append(make_problem(code, other.place, other.requirement, other=there))
    level = strictest(*(answer.confidentiality for answer in given))
    used = next(answer for answer in given if answer.confidentiality is level)
    for answer in given:
        if answer.confidentiality is not level:
            facts = {"other": str(used.ref or "another row")}
            where = answer.place
            found.append(make_problem("confidentiality-differs", where, answer.requirement, **facts))
    return first._replace(confidentiality=level), found


def same_answer(one: Answer, other: Answer) -> bool:
    """Whether two answers say the same, wherever they stand and whoever may read them."""
    return bool(_said(one) == _said(other))


_NOT_SAID = ("agency", "source", "confidentiality", "row")
_said = attrgetter(*(name for name in Answer._fields if name not in _NOT_SAID))


def other_item(first: EvidenceItem, other: EvidenceItem) -> list[Problem]:
    """A Problem where two rows of a register with one id say different things."""
    if first is other or first._replace(row=None) == other._replace(row=None):
        return []
    there = first.ref or "another row"
    return [make_problem("evidence-duplicated", other.place, **quote_found(other.id), other=there)]
