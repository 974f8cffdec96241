"""The audience of a paper, and the answers that it may read.

Source: fatf-kit's own, DECISIONS.md.
"""

from __future__ import annotations

from enum import StrEnum

from fatf_kit.assessment.answers.model import Confidentiality
from fatf_kit.core.errors import UnknownIdError


class Audience(StrEnum):
    """The readers of a paper. Assessors get what the government shares; restricted answers stay inside."""

    PUBLIC = "public"
    ASSESSORS = "assessors"
    GOVERNMENT = "government"


def parse_audience(name: str) -> Audience:
    """Return the audience of that name.

    Raises:
        UnknownIdError: there is none.
    """
    if name not in list(Audience):
        raise UnknownIdError("'{found}' is not an audience. Allowed: {names}.", found=name, names=tuple(Audience))
    return Audience(name)


_READS = {
    Audience.PUBLIC: frozenset({Confidentiality.PUBLIC}),
    Audience.ASSESSORS: frozenset({Confidentiality.PUBLIC, Confidentiality.GOVERNMENT}),
    Audience.GOVERNMENT: frozenset(Confidentiality),
}


def may_read(audience: Audience, level: Confidentiality) -> bool:
    """Return whether an answer of this confidentiality may be shown to this audience.

    >>> may_read(Audience.PUBLIC, Confidentiality.GOVERNMENT), may_read(Audience.ASSESSORS, Confidentiality.GOVERNMENT)
    (False, True)
    """
    return level in _READS[audience]
