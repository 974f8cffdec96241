"""Several workbooks of one agency: the newest copy is used until people decide which one is the agency's."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime

from fatf_kit.assessment.answers.model import Answer, CopyDecision, CopyPair, EvidenceItem, InputFile, ResponseSet
from fatf_kit.assessment.answers.parse import compare_items, is_same_answer
from fatf_kit.core.groups import group_pairs
from fatf_kit.core.problems import CellRef, Problem, make_problem

_NEVER = datetime.min.replace(tzinfo=UTC)


def order_copies(sets: Sequence[ResponseSet]) -> list[ResponseSet]:
    """Return the files with those of one agency from the newest to the oldest, in the places that they have.

    Files that were saved at the same moment keep their order.
    """
    places = group_pairs((part.inputs[0].agency, at) for at, part in enumerate(sets))
    found = list(sets)
    for several in places.values():
        newest_first = sorted(
            (sets[at] for at in several), key=lambda part: part.inputs[0].saved or _NEVER, reverse=True
        )
        for at, part in zip(several, newest_first, strict=True):
            found[at] = part
    return found


def drop_superseded(sets: Sequence[ResponseSet], decisions: Iterable[CopyDecision]) -> list[ResponseSet]:
    """Return the files without those of which people decided that another one is the agency's workbook.

    A decision counts where both files are there, are of one agency, and the valid one was not dropped itself.
    """
    agency_of = {part.inputs[0].name: part.inputs[0].agency for part in sets}
    dropped: set[str] = set()
    for one in decisions:
        is_usable = {one.valid, one.other} <= agency_of.keys() and one.valid not in dropped
        if is_usable and agency_of[one.valid] == agency_of[one.other]:
            dropped.add(one.other)
    return [part for part in sets if part.inputs[0].name not in dropped]


def compare_copies(sets: Iterable[ResponseSet]) -> tuple[CopyPair, ...]:
    """Return the pairs of files of one agency whose answers differ; each answer is used from the first file with it."""
    answers: dict[tuple[str, str | None], tuple[Answer, InputFile]] = {}
    differences: defaultdict[tuple[str | None, str, str], list[str]] = defaultdict(list)
    moments = {}
    for part in sets:
        file = part.inputs[0]
        moments[file.name] = file.saved
        for answer in part.answers:
            first, of_file = answers.setdefault((answer.requirement, answer.agency), (answer, file))
            if of_file is not file and not is_same_answer(first, answer):
                differences[file.agency, of_file.name, file.name].append(answer.requirement)
    return tuple(
        CopyPair(
            agency=agency,
            used=used,
            other=other,
            requirements=tuple(requirements),
            used_saved=moments[used],
            other_saved=moments[other],
        )
        for (agency, used, other), requirements in differences.items()
    )


def merge_registers(
    sets: Iterable[ResponseSet], copies: Iterable[CopyPair]
) -> tuple[tuple[EvidenceItem, ...], list[Problem]]:
    """Return the items of all registers, and a Problem for each that another file of its source describes otherwise.

    Two copies that differ are one question already, so that their items are not reported one by one.
    """
    known = {frozenset((pair.used, pair.other)) for pair in copies}
    items: dict[tuple[str, str], tuple[EvidenceItem, str]] = {}
    problems: list[Problem] = []
    for part in sets:
        name = part.inputs[0].name
        for item in part.evidence:
            first, file = items.setdefault((item.source, item.id), (item, name))
            if frozenset((file, name)) not in known:
                problems += compare_items(first, item)
    return tuple(item for item, _ in items.values()), problems


def report_copies(pairs: Iterable[CopyPair]) -> list[Problem]:
    """Return one Problem for each pair."""
    return [
        make_problem(
            "agency-copies",
            CellRef(file=pair.other),
            used=pair.used,
            saved=pair.used_saved.date() if pair.used_saved else "–",
            count=pair.differences,
        )
        for pair in pairs
    ]
