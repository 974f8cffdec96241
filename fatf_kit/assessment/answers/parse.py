"""Rows of cells become typed answers, with a Problem for everything that cannot be used.

Nothing is lost: a filled cell either becomes part of an Answer or is named in a Problem. Nothing is guessed: an
unknown rating leaves its row unanswered.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import date
from operator import attrgetter
from typing import TypeVar

from fatf_kit.assessment.answers.model import (
    Answer,
    AnswerRating,
    Confidentiality,
    EvidenceItem,
    EvidenceKind,
    InputFile,
    ResponseSet,
    find_strictest,
)
from fatf_kit.assessment.folder.model import Agency
from fatf_kit.assessment.workbook.model import RawWorkbook
from fatf_kit.assessment.workbook.schema import ANSWERS, CONTRIBUTIONS, REGISTER, REQUIREMENTS
from fatf_kit.core.languages import find_code, list_labels, normalise, suggest_code
from fatf_kit.core.problems import UNDER_A_REQUIREMENT, Problem, hint, make_problem, quote_found
from fatf_kit.core.ratings import Achievement, CriterionRating
from fatf_kit.framework.catalog import index_requirements, list_ids_by_top, match_requirement, suggest
from fatf_kit.framework.model import Framework, Part, Requirement
from fatf_kit.spreadsheets.dates import find_date_problem, find_dates, read_date
from fatf_kit.spreadsheets.rows import FilledRow
from fatf_kit.spreadsheets.schema import TICK
from fatf_kit.spreadsheets.sheet import CellValue
from fatf_kit.spreadsheets.values import Record

_SCALES = {"criterion": "criterion rating", "achievement": "core issue rating"}
_Key = TypeVar("_Key")

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
    """Return the answers and evidence of one filled workbook, and everything about it that needs a look.

    Answers whose id the edition does not know are Problems, not answers. Two rows for one requirement are a Problem
    where they differ; the first one is used, with the stricter confidentiality. `agency` is whose workbook it is where
    its stamp does not say (`identify_agency`); `source` names its register, by default the agency or the file;
    `elsewhere` are ids that other workbooks of that source have registered.
    """
    problems: list[Problem] = []
    agency = identify_agency(raw, {}) or agency
    source = source or agency or raw.file
    evidence = _evidence(raw.evidence, source, problems)
    known = {*elsewhere, *(item.id for item in evidence)}
    reader = _RowReader(framework, agency, source, known, problems)
    answers, found = merge_duplicates(
        filter(None, map(reader.read, raw.rows)), attrgetter("requirement"), "id-duplicated"
    )
    problems += found
    led = {name: answer for name, answer in answers.items() if name not in reader.contributed}
    problems += _words_without_rating(framework, led, reader.unusable)
    country, cut_off = _text(raw.cover.get("country")) or None, _cover_date(raw, problems)
    contact = _text(raw.cover.get("contact")) or None
    responses = ResponseSet(
        edition=framework.id,
        answers=tuple(answers[key] for key in index_requirements(framework) if key in answers),
        evidence=evidence,
        inputs=(
            InputFile(
                name=raw.file,
                sha256=raw.sha256,
                agency=agency,
                country=country,
                cut_off=cut_off,
                agency_on_cover=_text(raw.cover.get("agency")) or None,
                contact=contact,
                answers=len(answers),
                saved=raw.saved,
            ),
        ),
        country=country,
        cut_off=cut_off,
        contact=contact,
        cover_refs=raw.cover_refs,
        notices=(raw.stamp.notice,) if raw.stamp and raw.stamp.notice else (),
    )
    return responses, tuple(problems)


def identify_agency(raw: RawWorkbook, known: Mapping[str, Agency]) -> str | None:
    """Return the agency of a workbook: by its stamp, else by the id or any name of a known one on the cover, else None.

    >>> from fatf_kit.assessment.folder.model import Agency
    >>> raw = RawWorkbook(file="a.xlsx", sha256="", stamp=None, rows=(), evidence=(), cover={"agency": " the fiu"})
    >>> identify_agency(raw, {"fiu": Agency(id="fiu", names={"en": "The FIU"})}), identify_agency(raw, {})
    ('fiu', None)
    """
    if raw.stamp and raw.stamp.agency:
        return raw.stamp.agency
    named = normalise(_text(raw.cover.get("agency")))
    spelt = ((agency, normalise(name)) for agency in known.values() for name in (agency.id, *agency.names.values()))
    return next((agency.id for agency, name in spelt if name and name == named), None)


def list_registered_ids(raw: RawWorkbook) -> set[str]:
    """Return the ids of evidence that a workbook registers, as answers refer to them."""
    return {key for row in raw.evidence if (key := _key(row.id))}


class _RowReader:
    """Reads rows of answers; `unusable` has the requirements whose rating is there but cannot be used.

    `contributed` are those in rows of supporting agencies, which need no rating.
    """

    def __init__(
        self,
        framework: Framework,
        agency: str | None,
        source: str,
        evidence: Collection[str],
        problems: list[Problem],
    ) -> None:
        self.unusable: set[str] = set()
        self.contributed: set[str] = set()
        self._framework = framework
        self._index = index_requirements(framework)
        self._agency, self._source = agency, source
        self._evidence = evidence
        self._problems = problems
        self._unknown_ids = 0

    def read(self, row: FilledRow) -> Answer | None:
        """Return the row as an Answer; None where it is blank or its id is unknown."""
        requirement = self._index.get(row.id) or match_requirement(self._framework, row.id)
        if requirement is None:
            self._unknown_ids += 1
            found = _quoted(row, row.id)
            near = suggest(row.id, self._index) if "found" in found and self._unknown_ids < _MOST_HINTS else None
            facts = {**found, "edition": self._framework.id, **hint(near, UNDER_A_REQUIREMENT)}
            self._problems.append(make_problem("id-unknown", row.ref.place, **facts))
            return None
        if row.keys == CONTRIBUTIONS.value_keys:
            self.contributed.add(requirement.id)
        values = row.values
        return Answer(
            requirement=requirement.id,
            rating=self._rating(row, requirement, values["rating"]) if "rating" in values else None,
            explanation=_text(values.get("explanation")),
            citation=_text(values.get("citation")),
            in_force_from=self._date(row, "in_force_from", values),
            evidence=self._evidence_ids(row, _text(values.get("evidence"))),
            missing=_text(values.get("missing")),
            action=_text(values.get("action")),
            action_due=self._date(row, "action_due", values),
            confidentiality=self._confidentiality(row, values.get("confidentiality", "")),
            agency=self._agency,
            source=self._source,
            row=row.ref,
            has_nothing_to_add=self._is_ticked(row, values.get("nothing_to_add", "")),
        )

    def _rating(self, row: FilledRow, requirement: Requirement, found: CellValue) -> AnswerRating | None:
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
            is_na = scale == "criterion" and find_code("compliance", str(found)) == "NA"
            near = str(CriterionRating.NOT_APPLICABLE) if is_na and "found" in facts else None
            self._say("rating-wrong-scale", row, "rating", **facts, other=other, **hint(near))
            return None
        near = suggest_code(scale, str(found)) if "found" in facts else None
        self._say("rating-unknown", row, "rating", **facts, scale=_SCALES[scale], **hint(near))
        return None

    def _is_ticked(self, row: FilledRow, found: CellValue) -> bool:
        if found in ("", False):
            return False
        code = TICK.code_of(str(found))
        if code is None:
            facts = {**_quoted(row, found), "allowed": ", ".join(TICK.labels("en").values())}
            self._say("choice-unknown", row, "nothing_to_add", **facts)
        return code == "yes"

    def _date(self, row: FilledRow, key: str, values: Mapping[str, CellValue]) -> date | None:
        if (value := values.get(key)) is None:
            return None
        read = read_date(value)
        if found := find_date_problem(
            value, row.ref.at(key), row.id, column=REQUIREMENTS.by_key[key].local_name, restricted=_is_restricted(row)
        ):
            self._problems.append(found)
        return read.day if read else None

    def _confidentiality(self, row: FilledRow, found: CellValue) -> Confidentiality:
        level = _level_from(str(found))
        if level is None:
            self._say("confidentiality-unknown", row, "confidentiality", **_quoted(row, found))
        return level or Confidentiality.RESTRICTED

    def _evidence_ids(self, row: FilledRow, found: str) -> tuple[str, ...]:
        ids = _ids_in(found)
        for key in ids:
            if key not in self._evidence:
                self._say("evidence-unknown", row, "evidence", **_quoted(row, key))
        return ids

    def _say(self, code: str, row: FilledRow, key: str, **facts: object) -> None:
        self._problems.append(make_problem(code, row.ref.at(key), row.id, **facts))


_OTHER_SCALES = {
    "criterion": "ratings of criteria",
    "achievement": "ratings of core issues",
    "compliance": "ratings of whole Recommendations",
    "effectiveness": "ratings of whole outcomes",
}


SCALE_NAMES = (*_SCALES.values(), *_OTHER_SCALES.values())
"""The names of the scales in messages."""


def _rating_from(scale: str, text: str) -> AnswerRating | None:
    code = find_code(scale, text)
    if code is None:
        return None
    return CriterionRating(code) if scale == "criterion" else Achievement(code)


def _ids_in(text: str) -> tuple[str, ...]:
    """Return the ids of evidence in a cell, each once."""
    return tuple(dict.fromkeys(filter(None, map(_key, _ID_SEPARATORS.split(text)))))


def _level_from(text: str) -> Confidentiality | None:
    """Return who may read a row, by default the government; None where what was typed is no level."""
    if not text:
        return Confidentiality.GOVERNMENT
    code = find_code("confidentiality", text)
    return None if code is None else Confidentiality(code)


def _quoted(row: FilledRow, value: object) -> dict[str, str]:
    """Return what a message may quote of a value in a row: nothing of rows that are or may be meant as restricted."""
    return quote_found(value, restricted=_is_restricted(row))


def _is_restricted(row: FilledRow) -> bool:
    return _level_from(str(row.values.get("confidentiality", ""))) in (None, Confidentiality.RESTRICTED)


def _words_without_rating(
    framework: Framework, answers: Mapping[str, Answer], unusable: Collection[str]
) -> Iterable[Problem]:
    """Return words without a rating, where neither the requirement nor any row above or below it is rated.

    Where one of them has an `unusable` rating, that has been reported already.
    """
    rated = {name for name, answer in answers.items() if answer.rating is not None} | set(unusable)
    for top, below in list_ids_by_top(framework).items():
        if rated.isdisjoint(below) and (first := next(filter(None, map(answers.get, below)), None)):
            yield make_problem("rating-missing", first.ref, top)


def _evidence(rows: Iterable[FilledRow], source: str, problems: list[Problem]) -> tuple[EvidenceItem, ...]:
    items: dict[str, EvidenceItem] = {}
    for record in (Record(row, REGISTER) for row in rows):
        key = _key(record.id)
        if not key:
            problems.append(make_problem("id-missing", record.row.ref.place))
            continue
        problems += record.problems
        item = EvidenceItem(
            id=key,
            kind=EvidenceKind(record.choice("kind") or EvidenceKind.DOCUMENT),
            title=record.lines("title"),
            article=record.lines("article"),
            in_force_from=record.date("in_force_from"),
            link=record.lines("link"),
            holder=record.lines("holder"),
            source=source,
            row=record.row.ref,
        )
        problems += compare_items(items.setdefault(key, item), item)
    return tuple(items.values())


def _cover_date(raw: RawWorkbook, problems: list[Problem]) -> date | None:
    value = raw.cover.get("cut_off")
    if value is None:
        return None
    read, ref = read_date(value), raw.cover_refs.get("cut_off")
    if read is None:
        dates = find_dates(value)
        problems.append(make_problem("cut-off-unknown", ref, **({"found": dates} if dates else quote_found(value))))
        return None
    if found := find_date_problem(value, ref, column=ANSWERS.fields_by_key["cut_off"].local_name):
        problems.append(found)
    return read.day


def _text(value: CellValue | None) -> str:
    return value.strip() if isinstance(value, str) else "" if value is None else str(value).strip()


def _key(text: str) -> str:
    """Return an evidence id as ids are compared, without spaces and case: "e-01 " is "E-01"."""
    return "".join(normalise(text).split()).upper()


def merge_duplicates(
    given: Iterable[Answer], about: Callable[[Answer], _Key], code: str
) -> tuple[dict[_Key, Answer], list[Problem]]:
    """Return one answer for each thing that answers are `about`, and how those differ that are about the same.

    `code` is that of the Problem where they say different things.
    """
    found: dict[_Key, Answer] = {}
    more: dict[_Key, list[Answer]] = {}  # nearly always empty
    problems: list[Problem] = []
    for answer in given:
        first = found.setdefault(about(answer), answer)
        if first is not answer:
            more.setdefault(about(answer), [first]).append(answer)
    for key, several in more.items():
        found[key], differing = _resolve_repeated(several, code)
        problems += differing
    return found, problems


def _resolve_repeated(given: Sequence[Answer], code: str) -> tuple[Answer, list[Problem]]:
    """Return the first of several answers with the strictest confidentiality, and a Problem for each other row."""
    first = given[0]
    found: list[Problem] = []
    there = first.ref or "another row"
    for other in given[1:]:
        if not is_same_answer(first, other):
            found.append(make_problem(code, other.place, other.requirement, other=there))
    level = find_strictest(*(answer.confidentiality for answer in given))
    used = next(answer for answer in given if answer.confidentiality is level)
    for answer in given:
        if answer.confidentiality is not level:
            facts = {"other": str(used.ref or "another row")}
            where = answer.place
            found.append(make_problem("confidentiality-differs", where, answer.requirement, **facts))
    return first._replace(confidentiality=level), found


def is_same_answer(one: Answer, other: Answer) -> bool:
    """Return whether two answers have the same content, regardless of their place and confidentiality."""
    return bool(_said(one) == _said(other))


_NOT_SAID = ("agency", "source", "confidentiality", "row")
_said = attrgetter(*(name for name in Answer._fields if name not in _NOT_SAID))


def compare_items(first: EvidenceItem, other: EvidenceItem) -> list[Problem]:
    """Return a Problem where two rows of a register with one id say different things."""
    if first is other or first._replace(row=None) == other._replace(row=None):
        return []
    there = first.ref or "another row"
    return [make_problem("evidence-duplicated", other.place, **quote_found(other.id), other=there)]
