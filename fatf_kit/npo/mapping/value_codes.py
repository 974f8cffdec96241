"""The codes of a field that the words of a heading or of a value name."""

from __future__ import annotations

from fatf_kit.npo.mapping.beneficiary_words import COLUMN, group_of, names_identity
from fatf_kit.npo.mapping.column_map import can_be_scored, says_unscored
from fatf_kit.npo.mapping.headings import load_headings, words_in
from fatf_kit.npo.method.load import Method


def code_of(column: str, text: str, method: Method) -> str | None:
    """Return the code of a value; of a group by faith, descent, origin or opinion "", for it is left out."""
    if column != COLUMN:
        return value_code(column, text, method)
    return "" if names_identity(text, method) else group_of(text, method)


def value_code(column: str, text: str, method: Method) -> str | None:
    """Return the code that the words of a value speak for; None where none does, or several alike.

    >>> from fatf_kit.npo.method.load import load_method
    >>> value_code("purpose", "The advancement of animal welfare", load_method())
    'other_good_works'
    """
    words = words_in(text)
    best: dict[str, int] = {}
    for code, phrases in load_headings().values.get(column, {}).items():
        size = max((len(phrase) for phrase in phrases if phrase <= words), default=0)
        if size:
            best[code] = size
    if not best:
        return None
    most = max(best.values())
    codes = [code for code, size in best.items() if size == most]
    if len(codes) > 1 or says_unscored_value(text, column, codes[0], method):
        return None
    return codes[0]


def says_unscored_value(text: str, column: str, code: str, method: Method) -> bool:
    """Return whether a value speaks of belief, opinion or rights and its code would be scored."""
    return code in can_be_scored(column, method) and says_unscored(text, column, method)


def purpose_in(heading: str, method: Method) -> str | None:
    """Return the purpose that a heading names next to a word such as "advancing"."""
    known, words = load_headings(), words_in(heading)
    if not words & known.purpose_marks:
        return None
    return value_code("purpose", " ".join(sorted(words - known.purpose_marks - known.neutral)), method)
