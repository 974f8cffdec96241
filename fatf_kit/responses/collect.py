"""Several filled workbooks become one set of answers; nothing of any of them is dropped without a word."""

from __future__ import annotations

from collections.abc import Iterable

from fatf_kit.problems import CellRef, Problem, make_problem
from fatf_kit.responses.model import Answer, EvidenceItem, ResponseSet
from fatf_kit.responses.parse import same_answer


def collect_responses(edition: str, parts: Iterable[ResponseSet]) -> tuple[ResponseSet, tuple[Problem, ...]]:
    """One ResponseSet out of many, in the order given, and what does not fit together.

    A file sent twice is read once. Where two files answer one requirement differently the first one stands and the
    other is named. Country, cut-off date and contact come from the first cover that has them.
    """
    problems: list[Problem] = []
    answers: dict[str, Answer] = {}
    evidence: dict[str, EvidenceItem] = {}
    seen: dict[str, str] = {}
    sets: list[ResponseSet] = []
    for part in parts:
        if twin := next((seen[i.sha256] for i in part.inputs if i.sha256 in seen), None):
            problems.append(make_problem("copy-same", CellRef(file=part.inputs[0].name), other=twin))
            continue
        seen |= {i.sha256: i.name for i in part.inputs}
        sets.append(part)
        for answer in part.answers:
            first = answers.setdefault(answer.requirement, answer)
            if first is not answer and not same_answer(first, answer):
                problems.append(make_problem("copies-differ", answer.ref, answer.requirement, other=first.ref))
        for item in part.evidence:
            kept = evidence.setdefault(item.id, item)
            if kept is not item and (kept.kind, kept.title, kept.article) != (item.kind, item.title, item.article):
                problems.append(make_problem("evidence-duplicated", item.ref, found=item.id[:40]))
    return (
        ResponseSet(
            edition=edition,
            answers=tuple(answers.values()),
            evidence=tuple(evidence.values()),
            inputs=tuple(i for part in sets for i in part.inputs),
            country=next((part.country for part in sets if part.country), None),
            cut_off=next((part.cut_off for part in sets if part.cut_off), None),
            contact=next((part.contact for part in sets if part.contact), None),
            notices=tuple(dict.fromkeys(notice for part in sets for notice in part.notices)),
        ),
        tuple(problems),
    )
