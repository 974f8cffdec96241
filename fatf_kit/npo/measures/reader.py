"""The workbook of a country's measures, read filled.

A cell that cannot be used is a Problem, and the measure then is judged by what is left, or not at all.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from fatf_kit.core.problems import Problem, make_problem, quote_found
from fatf_kit.npo.measures.catalogue import CountryMeasure, NationalMeasures, Tier, load_measures
from fatf_kit.npo.measures.schema import MEASURES, MEASURES_BOOK, QUESTIONS, question_kinds
from fatf_kit.npo.measures.sector_rating import load_parts
from fatf_kit.npo.model import Decision
from fatf_kit.npo.scales import RiskBand, SegmentKind
from fatf_kit.spreadsheets.reader import read_book
from fatf_kit.spreadsheets.values import Record

_DECISION = ("rating", "reason", "office", "decided_on")


def read_measures_workbook(path: Path) -> tuple[NationalMeasures | None, tuple[Problem, ...]]:
    """Return what a country filled in, and every cell that could not be used, in the order of the sheets.

    None where the file cannot be read or is not such a workbook.
    """
    book, found = read_book(path, MEASURES_BOOK)
    if book is None:
        return None, found
    rows, answers = book.records(MEASURES.name), book.records(QUESTIONS.name)
    problems = book.problems
    measures = tuple(_measures(rows, problems))
    answered = _answered(answers, problems)
    kinds = question_kinds()
    parts = {part.id: part.group for part in load_parts()}
    said = {name: row.choice("answer") for name, row in answered.items() if kinds[name] == "yes_no"}
    review = answered.get("last_review")
    texts = {name: text for name, row in answered.items() if name in parts and (text := row.text("answer"))}
    return NationalMeasures(
        measures=measures,
        answers={name: code == "yes" for name, code in said.items() if code},
        last_review=review.date("answer") if review else None,
        written={name: text for name, row in answered.items() if (text := row.text("remark"))},
        described={name: texts[name] for name, group in parts.items() if group != "decision" and name in texts},
        decision=_decision(answered, problems),
    ), tuple(problems)


def _measures(rows: Iterable[Record], problems: list[Problem]) -> Iterator[CountryMeasure]:
    """Yield the measures that say what they are and on whom they fall; a Problem for each other row."""
    audiences, kinds = load_measures().audiences, load_measures().kinds
    for row in rows:
        kind, by, which = row.choice("kind"), row.choice("segment_by"), row.text("segment")
        tiers = frozenset[Tier]().union(*(audiences[code].tiers for code in row.items("audience")))
        missing = [key for key, given in (("kind", kind), ("audience", tiers)) if not given]
        if not missing and bool(by) != bool(which):
            missing = ["segment" if by else "segment_by"]
        if kind is None or missing:
            problems.append(
                make_problem("npo-measure-incomplete", row.ref(missing[0]), missing=MEASURES.list_headings(missing))
            )
            continue
        hours = row.number("hours")
        yield CountryMeasure(
            name=row.id or kinds[kind].name,
            kind=kind,
            tiers=tiers,
            segment=(SegmentKind(by), which) if by else None,
            legal_basis=row.text("legal_basis"),
            because_of_tf=row.choice("because_of_tf") != "no",
            hours=None if hours is None else float(hours),
            bodies=row.count("bodies"),
            ref=row.ref("measure"),
        )


def _answered(rows: Iterable[Record], problems: list[Problem]) -> Mapping[str, Record]:
    """Return the rows by their question; of two to one question the first."""
    found: dict[str, Record] = {}
    for row in rows:
        if row.id not in question_kinds():
            problems.append(make_problem("npo-question", row.row.ref.place, **quote_found(row.id)))
        elif row.id in found:
            other = found[row.id].row.ref.place
            problems.append(make_problem("id-duplicated", row.row.ref.place, other=other))
        else:
            found[row.id] = row
    return found


def _decision(answered: Mapping[str, Record], problems: list[Problem]) -> Decision | None:
    """Return the working group's decision.

    Without a rating or a reason nothing of it is used, and each cell is a Problem.
    """
    parts = {name: row for name in _DECISION if (row := answered.get(name)) and row.has("answer")}
    rating = parts["rating"].choice("answer") if "rating" in parts else None
    if rating and "reason" in parts:
        return Decision(
            rating=RiskBand(rating),
            reason=parts["reason"].text("answer"),
            office=parts["office"].text("answer") if "office" in parts else "",
            on=parts["decided_on"].date("answer") if "decided_on" in parts else None,
        )
    code = "npo-decision-reason" if rating else "npo-decision-rating"
    problems += (make_problem(code, row.ref("answer")) for name, row in parts.items() if rating or name != "rating")
    return None
