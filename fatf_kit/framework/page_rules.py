"""Rules on how the pages of an edition fit together, which a schema cannot express."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from fatf_kit.core.problems import Problem, make_data_problem
from fatf_kit.framework import model as m

RECOMMENDATIONS = tuple(f"R.{n}" for n in range(1, 41))
OUTCOMES = tuple(f"IO.{n}" for n in range(1, 12))


def check_rules(framework: m.Framework, name: str) -> tuple[Problem, ...]:
    """Return every fault in how the pages fit together: ids, order, groups, chapters, references, alternatives.

    `name` is the name of the edition in messages.
    """
    return tuple(make_data_problem(name, *fault) for fault in _find_faults(framework))


def _find_faults(f: m.Framework) -> Iterator[tuple[str, str, str]]:
    units = [unit.id for unit in f.units]
    if tuple(units) != RECOMMENDATIONS + OUTCOMES:
        odd = sorted(set(units) ^ set(RECOMMENDATIONS + OUTCOMES))
        why = f"Recommendations and outcomes are not R.1-R.40 and IO.1-IO.11 ({', '.join(odd)})"
        yield "edition.json", why, "Add or remove pages."
    grouped = [r for group in f.groups for r in group.recommendations]
    if grouped != list(RECOMMENDATIONS):
        why = "the groups do not contain each of R.1 to R.40 once, in order"
        yield "edition.json", why, "Correct 'groups'."
    letters = {group.code: set(group.recommendations) for group in f.groups}
    for r in f.recommendations:
        if r.id not in letters.get(r.group, set()):
            why = f"its group {r.group!r} does not list it"
            yield r.id, why, "Correct 'group' or the edition's 'groups'."
        yield from _check_references(r.id, r.related)
    for chapter in f.chapters:
        yield from _check_references(f"chapter {chapter.number}", (*chapter.outcomes, *chapter.recommendations))
    seen: set[str] = set()
    for unit in f.units:
        yield from _check_numbering(unit)
        for top in m.list_requirements(unit):
            for requirement, _ in m.walk(top):
                if requirement.id in seen:
                    why = "the id is used twice"
                    yield requirement.id, why, "Give each requirement its own id."
                seen.add(requirement.id)
                if not isinstance(requirement, m.CoreIssue):
                    yield from _check_combination(requirement)
            if isinstance(top, m.Criterion):
                yield from _check_proof(top, ())
            links = top.outcomes if isinstance(top, m.Criterion) else top.recommendations
            yield from _check_references(top.id, links)


def _check_references(where: str, links: tuple[str, ...]) -> Iterator[tuple[str, str, str]]:
    for link in links:
        if link not in RECOMMENDATIONS + OUTCOMES:
            why = f"{link!r} is not a Recommendation or Immediate Outcome"
            yield where, why, "Correct the reference."


def _check_combination(node: m.Criterion | m.Part) -> Iterator[tuple[str, str, str]]:
    """Yield a combination names every part exactly once and nothing else."""
    leaves = Counter(node.combine.leaves)
    parts = {part.id for part in node.parts}
    step = "Name every part exactly once in 'combine'."
    for leaf in leaves:
        if leaf not in parts:
            yield node.id, f"its combination names {leaf!r}, which is not one of its parts", step
        elif leaves[leaf] > 1:
            yield node.id, f"its combination names {leaf!r} {leaves[leaf]} times", step
    for part in node.parts:
        if part.id not in leaves:
            yield node.id, f"its combination does not name {part.id!r}", step


_COMBINED_WITH = {
    m.ShownBy.LAW: {m.ShownBy.COURT_DECISION},
    m.ShownBy.PRINCIPLE: set(),
    m.ShownBy.DOCUMENT: set(),
}
"""Kinds of proof beside which only these others make sense: what accepts more would make them void."""


def _check_proof(node: m.Criterion | m.Part, above: tuple[m.ShownBy, ...]) -> Iterator[tuple[str, str, str]]:
    """Yield kinds of proof that exclude each other, and those of a part that repeat what contains it.

    `above` are the kinds of what contains the node.
    """
    kinds = set(node.shown_by)
    for kind in node.shown_by:
        if kind in _COMBINED_WITH and kinds - _COMBINED_WITH[kind] - {kind}:
            why = f"{str(kind)!r} allows no such other kind in 'shown_by'"
            yield node.id, why, "Keep one of the kinds."
    if kinds == set(above) and kinds:
        yield node.id, "its 'shown_by' is that of what contains it", "Leave it out."
    for part in node.parts:
        yield from _check_proof(part, node.shown_by or above)


_NUMBER = re.compile(r"(\d+)\.(\d+)((?:bis|ter)?)")


def _check_numbering(unit: m.Recommendation | m.ImmediateOutcome) -> Iterator[tuple[str, str, str]]:
    """Criteria count upwards from 1; 5.2bis follows 5.2; a part's id begins with its parent's."""
    number = unit.id.partition(".")[2]
    last = 0
    for top in m.list_requirements(unit):
        head, _, tail = top.id.partition("/")
        match = _NUMBER.fullmatch(tail)
        if head != unit.id or match is None or match[1] != number:
            why = f"the id does not belong to {unit.id}"
            yield top.id, why, f"Write it as {unit.id}/{number}.N."
            continue
        if int(match[2]) != last + (not match[3]):
            why = "its number does not follow the one before it"
            yield top.id, why, "Number the criteria in order."
        last = int(match[2])
        for requirement, _depth in m.walk(top):
            for part in requirement.parts:
                if not part.id.startswith(requirement.id):
                    why = f"the id does not begin with {requirement.id}"
                    yield part.id, why, "Correct the part's id."
        if top.parts and len(top.parts) == 1:
            yield top.id, "it has a single part", "Merge the part into the criterion."
