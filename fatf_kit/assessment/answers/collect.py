"""Several filled workbooks become one set of answers; nothing of any of them is dropped without a word."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from operator import attrgetter

from fatf_kit.assessment.answers.model import EvidenceItem, ResponseSet
from fatf_kit.assessment.answers.parse import other_item, settled
from fatf_kit.core.languages import normalise
from fatf_kit.core.problems import CellRef, Problem, fold_conflicts, make_problem


def collect_responses(edition: str, parts: Iterable[ResponseSet]) -> tuple[ResponseSet, tuple[Problem, ...]]:
    """One ResponseSet out of many, in the order given, and what does not fit together.

    A file sent twice is read once. Where two files answer one requirement differently the first one stands and the
    other is named; the stricter confidentiality of both is kept. Files of one source share a register. Country,
    cut-off date and contact come from the first cover that has them; `inputs` keep the contact of each file.
    """
    problems: list[Problem] = []
    evidence: dict[tuple[str, str], EvidenceItem] = {}
    seen: dict[str, str] = {}
    sets: list[ResponseSet] = []
    for part in parts:
        if twin := next((seen[i.sha256] for i in part.inputs if i.sha256 in seen), None):
            problems.append(make_problem("copy-same", CellRef(file=part.inputs[0].name), other=twin))
            continue
        seen |= {i.sha256: i.name for i in part.inputs}
        sets.append(part)
        for item in part.evidence:
            problems += other_item(evidence.setdefault((item.source, item.id), item), item)
    given = (answer for part in sets for answer in part.answers)
    merged, found = settled(given, attrgetter("requirement", "agency"), "copies-differ")
    problems += fold_conflicts(found)
    problems += _covers_differ(sets)
    return (
        ResponseSet(
            edition=edition,
            answers=tuple(merged.values()),
            evidence=tuple(evidence.values()),
            inputs=tuple(i for part in sets for i in part.inputs),
            country=next((part.country for part in sets if part.country), None),
            cut_off=next((part.cut_off for part in sets if part.cut_off), None),
            contact=next((part.contact for part in sets if part.contact), None),
            notices=tuple(dict.fromkeys(notice for part in sets for notice in part.notices)),
        ),
        tuple(problems),
    )


def _covers_differ(sets: Sequence[ResponseSet]) -> Iterator[Problem]:
    """Covers that name another country or cut-off date than the first one that has them, or another contact.

    Each agency has a contact of its own, so contacts are compared among the covers of one agency.
    """
    for key, code in (("country", "cover-differs"), ("cut_off", "cover-differs"), ("contact", "contact-differs")):
        first: dict[str | None, ResponseSet] = {}
        for part in sets:
            if not getattr(part, key):
                continue
            other = first.setdefault(_agency(part) if key == "contact" else None, part)
            if normalise(str(getattr(part, key))) != normalise(str(getattr(other, key))):
                yield make_problem(code, _cover_ref(part, key), other=_cover_ref(other, key))


def _agency(part: ResponseSet) -> str | None:
    """The agency of a file, by its cover where it is not a known one; None for a file of the whole country."""
    given = part.inputs[0]
    return given.agency or normalise(given.agency_on_cover or "") or None


def _cover_ref(part: ResponseSet, key: str) -> CellRef:
    return part.cover_refs.get(key) or CellRef(file=part.inputs[0].name)
