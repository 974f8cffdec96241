"""Rows proposed for the register of laws as JSON: frameworks/schema/laws-proposals-1."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from fatf_kit.assessment.answers.model import EvidenceKind
from fatf_kit.core.json_shapes import Count
from fatf_kit.core.problem_results import ProblemResult, list_problem_results
from fatf_kit.core.problems import Problem
from fatf_kit.laws.lists_payload import InstrumentId
from fatf_kit.laws.model import EntryState, SpellingState
from fatf_kit.laws.proposals import Proposals


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposalCounts:
    """The number of rows of each kind that were proposed."""

    instruments: Count
    provisions: Count
    links: Count
    spellings: Count


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposedInstrument:
    """An instrument that waits to be checked, and where it is cited."""

    id: InstrumentId
    titles: Mapping[str, str]
    kind: EvidenceKind | None
    cited_in: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposedSpelling:
    """Another way in which answers cite an instrument."""

    text: str
    instrument: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposalsResult:
    """Rows proposed for the register of laws: those of this run as counts, and all that wait to be checked."""

    schema: Literal["fatf-kit/laws-proposals/1"]
    written: bool
    counts: ProposalCounts
    instruments: tuple[ProposedInstrument, ...]
    provisions: tuple[str, ...]
    spellings: tuple[ProposedSpelling, ...]
    problems: tuple[ProblemResult, ...]


def make_proposals_result(proposed: Proposals, is_written: bool, problems: Sequence[Problem]) -> ProposalsResult:
    """Make the JSON value of what was proposed."""
    register = proposed.register
    return ProposalsResult(
        schema="fatf-kit/laws-proposals/1",
        written=is_written,
        counts=ProposalCounts(
            instruments=proposed.instruments,
            provisions=proposed.provisions,
            links=proposed.links,
            spellings=proposed.spellings,
        ),
        instruments=tuple(
            ProposedInstrument(
                id=instrument.id,
                titles=dict(instrument.titles),
                kind=instrument.kind,
                cited_in=instrument.cited_in,
            )
            for instrument in register.instruments
            if instrument.is_proposed
        ),
        provisions=tuple(provision.id for provision in register.provisions if provision.entry is EntryState.PROPOSED),
        spellings=tuple(
            ProposedSpelling(text=spelling.text, instrument=spelling.instrument)
            for spelling in register.spellings
            if spelling.state is SpellingState.PROPOSED
        ),
        problems=list_problem_results(problems),
    )
