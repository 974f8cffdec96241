"""Groups of beneficiaries by the words of a heading or of a value, and those by faith, descent, origin or opinion.

Source: fatf-kit's own; the words are in frameworks/npo/headings.json and refused.json.
"""

from __future__ import annotations

from functools import lru_cache

from fatf_kit.npo.mapping.headings import Phrase, extra_words, load_headings, phrase_of, words_in
from fatf_kit.npo.method.load import Method

COLUMN = "beneficiaries"
_IDENTITY = ("faith", "ethnicity", "origin", "politics", "opinion")
"""The lists of refused words that name what people are or think."""

_VAGUE = ("general_public", "organisations", "other")


def names_identity(text: str, method: Method) -> bool:
    """Whether a text speaks of faith, descent, origin or opinion. No such group is counted among the beneficiaries.

    >>> from fatf_kit.npo.method.load import load_method
    >>> names_identity("Ethnic_Groups", load_method()), names_identity("People with disabilities", load_method())
    (True, False)
    """
    lists = (*method.refused["traits"], *method.refused["unscored"])
    words = (word for one in lists if one["id"] in _IDENTITY for texts in one["words"].values() for word in texts)
    return bool(words_in(text) & _stems(tuple(words)))


@lru_cache
def _stems(words: tuple[str, ...]) -> Phrase:
    return frozenset().union(*map(phrase_of, words))


def group_of(text: str, method: Method) -> str | None:
    """Return the code of the group of beneficiaries that a text names and nothing else.

    None where it says more or less.

    >>> from fatf_kit.npo.method.load import load_method
    >>> group_of("Children / young people", load_method()), group_of("Beneficiaries: older people", load_method())
    ('children', 'older_people')
    >>> group_of("Children_under_care_officer", load_method()), group_of("Religious groups", load_method())
    (None, None)
    """
    if names_identity(text, method):
        return None
    known = load_headings()
    words = words_in(text) - known.beneficiary_marks
    sizes: dict[str, int] = {}
    for code, phrases in known.values[COLUMN].items():
        named = frozenset[str]().union(*(phrase for phrase in map(_bare, phrases) if phrase and phrase <= words))
        if named and not extra_words(words, named):
            sizes[code] = len(named)
    most = max(sizes.values(), default=0)
    codes = [code for code, size in sizes.items() if size == most]
    return codes[0] if len(codes) == 1 else None


def group_in_heading(heading: str, method: Method) -> str | None:
    """Return the group that the heading of a column of yes and no names.

    A word such as "other" or "community" may be of another field, so it needs a second word or one for beneficiaries.

    >>> from fatf_kit.npo.method.load import load_method
    >>> [group_in_heading(text, load_method()) for text in ("Youth", "Other", "Other groups", "Number of children")]
    ['children', None, 'other', None]
    """
    known, words = load_headings(), words_in(heading)
    code = group_of(heading, method)
    is_vague = code in _VAGUE and len(words - known.neutral) == 1
    return None if is_vague or words & known.excluded[COLUMN] else code


def _bare(phrase: Phrase) -> Phrase:
    return phrase - load_headings().beneficiary_marks
