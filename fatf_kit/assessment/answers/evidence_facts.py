"""Facts about the proof on file for each answer, as plain values that scoring tests.

Scoring does not read citations, registers or statistics. It uses these facts, from any source.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from fatf_kit.assessment.answers.model import EvidenceKind


@dataclass(frozen=True, slots=True, kw_only=True)
class CitedInstrument:
    """One instrument or document that an answer cites.

    `label` is the citation as it was typed, or the id in the evidence register. `kind` is None where neither the
    register nor the wording gives it. `has_certain_kind` is False where the kind rests on an entry of the country
    vocabulary that is not confirmed: such a kind leads to a question and proves nothing. `article` is empty where no
    article is named. A date is None where it is not known; `in_force_until` is the last day on which it applies.
    `law` is the id of the instrument or provision in the register of laws ("L-003 art. 12"); empty where there is none.
    `is_fallen` says that it falls in a case that is worked out: then a claim that rests on it alone falls with it.
    """

    label: str
    kind: EvidenceKind | None
    has_certain_kind: bool = True
    article: str = ""
    in_force_from: date | None = None
    in_force_until: date | None = None
    is_in_register: bool = False
    law: str = ""
    is_fallen: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class CoreIssueFacts:
    """Facts from figures, cases and documents about one core issue.

    `tables_requested` are the statistics tables that feed it, `tables_filled` those of them that are filled for every
    year asked. `contradictions` are ids of comparisons of figures that are still open. `cases` are ids of cases that
    show it; `are_cases_expected` says whether the core issue is one that cases show. `documents` are ids of evidence
    that the answer names.
    """

    tables_requested: tuple[str, ...] = ()
    tables_filled: tuple[str, ...] = ()
    contradictions: tuple[str, ...] = ()
    cases: tuple[str, ...] = ()
    are_cases_expected: bool = False
    documents: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceFacts:
    """The proof on file: instruments by the id of the criterion or part, facts by the id of the core issue.

    An id that is absent has no proof on file. `do_courts_make_law` says whether a court decision is law in the country.

    >>> EvidenceFacts().instruments.get("R.10/10.2", ())
    ()
    """

    instruments: Mapping[str, tuple[CitedInstrument, ...]] = field(default_factory=dict)
    core_issues: Mapping[str, CoreIssueFacts] = field(default_factory=dict)
    do_courts_make_law: bool = False
