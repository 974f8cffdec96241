"""A result compared with what it was made from, as JSON that others may rely on: of `verify` and of `replay`."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Annotated, Literal

from msgspec import Meta

from fatf_kit.core.json_shapes import Text
from fatf_kit.workflows.replay import ReplayResult
from fatf_kit.workflows.verify import MatchState, VerificationResult, VerifiedFile, VerifiedKind


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparedFile:
    """One thing that a result was made from. Its fingerprint is that of the result; null where it had none."""

    kind: VerifiedKind
    name: Text
    standing: MatchState
    fingerprint: Annotated[str, Meta(pattern="^sha256:[0-9a-f]{64}$")] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class VerdictResult:
    """The inputs and rules of a report, compared with those that are there now."""

    schema: Literal["fatf-kit/verdict/1"]
    generated_at: Text
    holds: bool
    compared: tuple[ComparedFile, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionPair:
    """The version of fatf-kit that wrote the result, and the one that rebuilt it."""

    then: str
    now: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RatingEnds:
    """A rating from the worst to the best case; null where it is open."""

    worst: str | None
    best: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RebuiltRating:
    """A rating that differs in the stored and in the rebuilt result."""

    id: Text
    then: RatingEnds
    now: RatingEnds


@dataclass(frozen=True, slots=True, kw_only=True)
class RebuiltResult:
    """A stored result, rebuilt from its inputs. `obstacle` says why it could not be; null if it was.

    `parts` are the keys of the result whose values differ.
    """

    schema: Literal["fatf-kit/replay/1"]
    result: Text
    generated_at: Text
    same_bytes: bool
    obstacle: str | None
    versions: VersionPair
    compared: tuple[ComparedFile, ...]
    parts: tuple[str, ...]
    ratings: tuple[RebuiltRating, ...]


def make_verdict_result(verdict: VerificationResult) -> VerdictResult:
    """Make the JSON value of a verdict."""
    return VerdictResult(
        schema="fatf-kit/verdict/1",
        generated_at=verdict.generated_at,
        holds=verdict.holds,
        compared=_list_compared(verdict.compared),
    )


def make_rebuilt_result(replayed: ReplayResult) -> RebuiltResult:
    """Make the JSON value of a stored result compared with the rebuilt one."""
    then, now = replayed.versions
    return RebuiltResult(
        schema="fatf-kit/replay/1",
        result=replayed.result,
        generated_at=replayed.generated_at,
        same_bytes=replayed.is_same,
        obstacle=str(replayed.obstacle) if replayed.obstacle else None,
        versions=VersionPair(then=then, now=now),
        compared=_list_compared(replayed.compared),
        parts=replayed.parts,
        ratings=tuple(
            RebuiltRating(id=rating.unit, then=_make_ends(rating.before), now=_make_ends(rating.after))
            for rating in replayed.ratings
        ),
    )


def _make_ends(ends: tuple[str | None, str | None]) -> RatingEnds:
    worst, best = ends
    return RatingEnds(worst=worst, best=best)


def _list_compared(compared: Iterable[VerifiedFile]) -> tuple[ComparedFile, ...]:
    return tuple(
        ComparedFile(kind=file.kind, name=file.name, standing=file.standing, fingerprint=file.fingerprint or None)
        for file in compared
    )
