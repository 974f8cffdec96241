"""From raw cells to typed answers, with a Problem for everything that cannot be used.

Nothing is lost: a filled cell either becomes part of an Answer or is named in a Problem. Nothing is guessed: an
unknown rating leaves its row unanswered.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date

from fatf_kit.framework.catalog import index_of, suggest
from fatf_kit.framework.model import Framework, Part, Requirement, requirements_of, walk
from fatf_kit.locale import all_labels, code_for, normalise
from fatf_kit.problems import CellRef, Problem, make_problem
from fatf_kit.ratings import Achievement, CriterionRating
from fatf_kit.responses.dates import read_date
from fatf_kit.responses.model import (
    Answer,
    Confidentiality,
    EvidenceItem,
    EvidenceKind,
    Input,
    Rating,
    ResponseSet,
)
from fatf_kit.workbook.model import CellValue, RawRow, RawWorkbook
from fatf_kit.workspace.model import Agency

_SCALES = {"criterion": "criterion rating", "achievement": "extent of achievement"}
_ID_SEPARATORS = re.compile(r"[,;،؛\n|]+")


def agency_of(raw: RawWorkbook, agencies: Mapping[str, Agency]) -> str | None:
    """Whose workbook it is: as the stamp says, else the known agency that the cover names."""
    if raw.stamp and raw.stamp.agency:
        return raw.stamp.agency
    typed = normalise(_text(raw.cover.get("agency")))
    named = (key for key, one in agencies.items() if typed in {normalise(n) for n in (key, *one.names.values())})
    return next(named, None) if typed else None


def parse_workbook(
    raw: RawWorkbook, framework: Framework, *, agency: str | None = None
) -> tuple[ResponseSet, tuple[Problem, ...]]:
    """The answers and evidence of one filled workbook, and everything about it that needs a look.

    Answers whose id the edition does not know are Problems, not answers. Two rows for one requirement are a Problem
    where they differ; the first one stands.
    """
    problems: list[Problem] = []
    agency = agency or agency_of(raw, {})
    evidence = _evidence(raw.evidence, problems)
    known = {item.id for item in evidence}
    reader = _RowReader(framework, agency, known, problems)
    answers: dict[str, Answer] = {}
    for row in raw.rows:
        answer = reader.read(row)
        if answer is None:
            continue
        first = answers.setdefault(answer.requirement, answer)
        if first is not answer and not same_answer(first, answer):
            where = answer.place or answer.ref
            problems.append(make_problem("id-duplicated", where, answer.requirement, other=first.ref or "another row"))
    problems += _words_without_rating(framework, answers)
    country, cut_off = _text(raw.cover.get("country")) or None, _cover_date(raw, problems)
    responses = ResponseSet(
        edition=framework.id,
        answers=tuple(answers[key] for key in index_of(framework) if key in answers),
        evidence=evidence,
        inputs=(Input(name=raw.file, sha256=raw.sha256, agency=agency, country=country, cut_off=cut_off),),
        country=country,
        cut_off=cut_off,
        contact=_text(raw.cover.get("contact")) or None,
        cover_refs=raw.cover_refs,
        notices=(raw.stamp.notice,) if raw.stamp and raw.stamp.notice else (),
    )
    return responses, tuple(problems)


class _RowReader:
    def __init__(self, framework: Framework, agency: str | None, evidence: set[str], problems: list[Problem]) -> None:
        self._framework = framework
        self._index = index_of(framework)
        self._agency = agency
        self._evidence = evidence
        self._problems = problems

    def read(self, row: RawRow) -> Answer | None:
        """The row as an Answer; None where it is blank or its id is unknown."""
        if not row.values:
            return None
        requirement = self._index.get(row.requirement)
        if requirement is None:
            near = suggest(row.requirement, self._index)
            hint = f"Did you mean '{near}'?" if near else "Put the row under a requirement of this edition."
            facts = {"found": row.requirement[:40], "edition": self._framework.id, "hint": hint}
            self._problems.append(make_problem("id-unknown", row.place or _ref(row, "id"), **facts))
            return None
        value = row.values.get
        return Answer(
            requirement=requirement.id,
            rating=self._rating(row, requirement),
            explanation=_text(value("explanation")),
            citation=_text(value("citation")),
            in_force_from=self._date(row, "in_force_from"),
            evidence=self._evidence_ids(row),
            missing=_text(value("missing")),
            action=_text(value("action")),
            action_due=self._date(row, "action_due"),
            confidentiality=self._confidentiality(row),
            agency=self._agency,
            ref=row.refs.get("rating") or row.refs.get("id"),
            place=row.place,
        )

    def _rating(self, row: RawRow, requirement: Requirement) -> Rating | None:
        found = row.values.get("rating")
        if found is None:
            return None
        if isinstance(requirement, Part) and requirement.id.startswith("IO."):
            self._say("rating-not-asked", row, "rating", found=str(found)[:60])
            return None
        scale = "criterion" if requirement.id.startswith("R.") else "achievement"
        code = code_for(scale, str(found))
        if code is not None:
            return CriterionRating(code) if scale == "criterion" else Achievement(code)
        allowed = all_labels(scale, "en")
        text = str(found)[:60]
        other = next((name for key, name in _OTHER_SCALES.items() if key != scale and code_for(key, text)), None)
        if other:
            self._say("rating-wrong-scale", row, "rating", found=text, other=other, allowed=", ".join(allowed))
            return None
        near = suggest(normalise(text), allowed)
        hint = f" Did you mean '{near}'?" if near else ""
        self._say(
            "rating-unknown", row, "rating", found=text, scale=_SCALES[scale], allowed=", ".join(allowed), hint=hint
        )
        return None

    def _date(self, row: RawRow, key: str) -> date | None:
        return _date(row, key, self._problems, row.requirement)

    def _confidentiality(self, row: RawRow) -> Confidentiality:
        found = row.values.get("confidentiality")
        if found is None:
            return Confidentiality.GOVERNMENT
        code = code_for("confidentiality", str(found))
        if code is None:
            self._say("confidentiality-unknown", row, "confidentiality", found=str(found)[:40])
            return Confidentiality.RESTRICTED
        return Confidentiality(code)

    def _evidence_ids(self, row: RawRow) -> tuple[str, ...]:
        ids = tuple(
            dict.fromkeys(
                _key(piece) for piece in _ID_SEPARATORS.split(_text(row.values.get("evidence"))) if _key(piece)
            )
        )
        for key in ids:
            if key not in self._evidence:
                self._say("evidence-unknown", row, "evidence", found=key[:40])
        return ids

    def _say(self, code: str, row: RawRow, key: str, **facts: object) -> None:
        self._problems.append(make_problem(code, _ref(row, key), row.requirement, **facts))


_OTHER_SCALES = {
    "criterion": "scale for criteria",
    "achievement": "scale for core issues",
    "compliance": "ratings of whole Recommendations",
    "effectiveness": "ratings of whole outcomes",
}


SCALE_NAMES = (*_SCALES.values(), *_OTHER_SCALES.values())
"""What messages call the scales."""


def _words_without_rating(framework: Framework, answers: Mapping[str, Answer]) -> Iterable[Problem]:
    """Words without a rating, where neither the requirement nor any row above or below it is rated."""
    for unit in framework.units:
        for top in requirements_of(unit):
            rows = [answers[r.id] for r, _ in walk(top) if r.id in answers]
            if rows and all(answer.rating is None for answer in rows):
                yield make_problem("rating-missing", rows[0].ref, top.id)


def _evidence(rows: Iterable[RawRow], problems: list[Problem]) -> tuple[EvidenceItem, ...]:
    items: dict[str, EvidenceItem] = {}
    for row in rows:
        value = row.values.get
        key = _key(_text(value("id")) or row.requirement)
        if not key:
            problems.append(make_problem("id-missing", row.place or _ref(row, "id")))
            continue
        item = EvidenceItem(
            id=key,
            kind=_evidence_kind(row, problems),
            title=_text(value("title")),
            article=_text(value("article")),
            in_force_from=_date(row, "in_force_from", problems),
            link=_text(value("link")),
            holder=_text(value("holder")),
            ref=row.refs.get("id"),
            place=row.place,
        )
        if not same_item(items.setdefault(key, item), item):
            problems.append(make_problem("evidence-duplicated", item.place or item.ref, found=key[:40]))
    return tuple(items.values())


def _evidence_kind(row: RawRow, problems: list[Problem]) -> EvidenceKind:
    found = row.values.get("kind")
    if found is None:
        return EvidenceKind.DOCUMENT
    code = code_for("evidence_kind", str(found))
    if code is None:
        allowed = ", ".join(all_labels("evidence_kind", "en"))
        problems.append(
            make_problem("evidence-kind-unknown", row.refs.get("kind"), found=str(found)[:40], allowed=allowed)
        )
        return EvidenceKind.DOCUMENT
    return EvidenceKind(code)


def _date(row: RawRow, key: str, problems: list[Problem], requirement: str | None = None) -> date | None:
    value = row.values.get(key)
    if value is None:
        return None
    read, facts = read_date(value), {"found": str(value)[:40], "column": key}
    if read is None:
        problems.append(make_problem("date-unknown", _ref(row, key), requirement, **facts))
        return None
    if read.ambiguous:
        problems.append(make_problem("date-ambiguous", _ref(row, key), requirement, **facts, read=read.day.isoformat()))
    return read.day


def _cover_date(raw: RawWorkbook, problems: list[Problem]) -> date | None:
    value = raw.cover.get("cut_off")
    if value is None:
        return None
    read, ref = read_date(value), raw.cover_refs.get("cut_off")
    if read is None:
        problems.append(make_problem("cut-off-unknown", ref))
        return None
    if read.ambiguous:
        facts = {"found": str(value)[:40], "column": "cut_off", "read": read.day.isoformat()}
        problems.append(make_problem("date-ambiguous", ref, **facts))
    return read.day


def _ref(row: RawRow, key: str) -> CellRef | None:
    """The cell of a column, or the row's first one where the sheet has no such column."""
    return row.refs.get(key) or next(iter(row.refs.values()), None)


def _text(value: CellValue | None) -> str:
    return "" if value is None else str(value).strip()


def _key(text: str) -> str:
    """Evidence ids are compared without spaces and case: "e-01 " is "E-01"."""
    return "".join(normalise(text).split()).upper()


def same_answer(one: Answer, other: Answer) -> bool:
    """Whether two answers say the same, wherever they stand."""
    return replace(one, agency=None, ref=None, place=None) == replace(other, agency=None, ref=None, place=None)


def same_item(one: EvidenceItem, other: EvidenceItem) -> bool:
    """Whether two rows of the register say the same, wherever they stand."""
    return replace(one, ref=None, place=None) == replace(other, ref=None, place=None)
