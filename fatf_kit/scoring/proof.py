"""The rules of proof of a policy: which kinds of text show a criterion, and what an open question costs.

An edition says for each criterion, and where needed for a part of it, by what it is shown (`shown_by`). The rules say
which kinds of text each of these values accepts. They are data: those of a policy are in its file. Policies that were
written before rules of proof were part of a policy have the earlier ones, in `frameworks/earlier-proof.json`.

Source: FATF Methodology (2022), paras 42 and 43, and the glossary on law and enforceable means; the rules themselves
are fatf-kit's own.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache

from fatf_kit.assessment.answers.model import EvidenceKind
from fatf_kit.core.json_files import load_value
from fatf_kit.core.resources import data_folder
from fatf_kit.framework.model import Criterion, Part, ShownBy, walk
from fatf_kit.scoring.evidence import NEAREST_FIRST, EvidenceStatus


@dataclass(frozen=True, slots=True, kw_only=True)
class ProofRules:
    """The rules of proof of a policy.

    `kinds` are the kinds of text that each value of `shown_by` accepts, `lower_kinds` those that count one level below
    the claim. `one_level_below` are the statuses in which the worst case is one level below the claim; in all others
    it is not met. The values of `where_courts_make_law` accept a court decision too, in countries where courts make
    law. `are_parts_tested` says whether a part that names its own kinds of proof is tested by them. `exceptions` are by
    edition the criteria that are shown by other values than those of the edition.
    """

    kinds: Mapping[ShownBy, frozenset[EvidenceKind]]
    one_level_below: frozenset[EvidenceStatus]
    lower_kinds: Mapping[ShownBy, frozenset[EvidenceKind]] = field(default_factory=dict)
    where_courts_make_law: frozenset[ShownBy] = frozenset()
    are_parts_tested: bool = True
    exceptions: Mapping[str, Mapping[str, tuple[ShownBy, ...]]] = field(default_factory=dict)

    def list_reversed_statuses(self) -> tuple[EvidenceStatus, ...]:
        """Return the statuses that are nearer to shown than one of `one_level_below`, and are not among these.

        With any, a better citation could lower the worst case.
        """
        nearer = NEAREST_FIRST[1:]
        last = max((nearer.index(status) for status in self.one_level_below), default=-1)
        return tuple(status for status in nearer[: last + 1] if status not in self.one_level_below)

    def find_values(self, criterion: Criterion, edition: str) -> tuple[ShownBy, ...]:
        """Return by what a criterion of an edition is shown under these rules."""
        return self.exceptions.get(edition, {}).get(criterion.id, criterion.shown_by)

    def list_values(self, criterion: Criterion, edition: str) -> Mapping[str, tuple[ShownBy, ...]]:
        """Return by what a criterion and each of its parts is shown, by id."""
        found = {criterion.id: self.find_values(criterion, edition)}

        def add(node: Criterion | Part) -> None:
            for part in node.parts:
                found[part.id] = self.find_part_values(part, found[node.id])
                add(part)

        add(criterion)
        return found

    def find_part_values(self, part: Part, above: tuple[ShownBy, ...]) -> tuple[ShownBy, ...]:
        """Return by what a part is shown: by its own values, else by those of what contains it."""
        return part.shown_by if part.shown_by and self.are_parts_tested else above

    def has_part_values(self, node: Criterion | Part) -> bool:
        """Return whether a part of a criterion or part is tested by kinds of proof of its own."""
        return self.are_parts_tested and any(
            isinstance(part, Part) and part.shown_by for inner in node.parts for part, _ in walk(inner)
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """The proof that a criterion or part needs: values of `shown_by`, of which one is enough, under some rules.

    With DOCUMENT, any item of the evidence register shows it. `do_courts_make_law` is a fact about the country.
    """

    shown_by: tuple[ShownBy, ...]
    rules: ProofRules
    do_courts_make_law: bool = False

    def accepts(self, kind: EvidenceKind) -> bool:
        """Return whether evidence of a kind shows it."""
        if any(kind in self.rules.kinds[value] for value in self.shown_by):
            return True
        is_law_of_courts = self.do_courts_make_law and kind is EvidenceKind.COURT_DECISION
        return is_law_of_courts and not self.rules.where_courts_make_law.isdisjoint(self.shown_by)

    def counts_as_lower(self, kind: EvidenceKind) -> bool:
        """Return whether a kind that does not show it counts one level below the claim."""
        return any(kind in self.rules.lower_kinds.get(value, ()) for value in self.shown_by)

    @property
    def is_by_document(self) -> bool:
        """Whether any document does."""
        return ShownBy.DOCUMENT in self.shown_by


@cache
def load_earlier_rules() -> ProofRules:
    """Return the rules of proof of policies that have none of their own, because they are older.

    >>> load_earlier_rules().are_parts_tested
    False
    """
    return load_value(data_folder("frameworks") / "earlier-proof.json", ProofRules, "proof.schema.json")
