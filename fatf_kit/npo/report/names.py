"""Names of a register's codes in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache

from fatf_kit.core.messages import Translator
from fatf_kit.core.national_words import choose_text
from fatf_kit.npo.method.load import load_method
from fatf_kit.npo.scales import SegmentKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Names:
    """Names by code. A country's own codes and texts have no name here and stand as they are."""

    t: Translator
    segments: Mapping[tuple[SegmentKind, str], str] = field(default_factory=dict)
    columns: Mapping[str, str] = field(default_factory=dict)
    factors: Mapping[str, str] = field(default_factory=dict)
    reasons: Mapping[str, str] = field(default_factory=dict)

    def segment(self, kind: SegmentKind, code: str) -> str:
        """Return a segment; said to be not known where the register tells none."""
        return self.segments.get((kind, code), code) if code else self.t("not stated")

    def may_stand(self, kind: SegmentKind, code: str, total: int | None) -> bool:
        """Return whether a segment may be shown by name: words that few bodies share may be those of one body."""
        return total is not None or not code or (kind, code) in self.segments or kind is SegmentKind.SIZE

    def column(self, code: str) -> str:
        """Return a column of the register."""
        return self.columns.get(code, code)

    def factor(self, code: str) -> str:
        """Return a factor with its id before it."""
        return f"{code} {self.factors[code]}" if code in self.factors else code

    def reason(self, code: str) -> str:
        """Why a body is outside the definition, or undetermined."""
        return self.reasons.get(code, code)


@cache
def load_names(language: str) -> Names:
    """Names of the shipped columns, codes and factors in one language.

    >>> load_names("fr").column("legal_form")
    'Forme juridique'
    """
    method = load_method()
    columns = method.columns
    kinds = {kind.value: kind for kind in SegmentKind}
    t = Translator(language)
    sizes = {"1": t("1 (smallest fifth)"), "5": t("5 (largest fifth)")}
    return Names(
        t=t,
        segments={
            (kinds[column.id], entry.code): choose_text(entry.name, language)
            for column in columns.values()
            if column.id in kinds
            for entry in column.codes
        }
        | {(SegmentKind.SIZE, code): name for code, name in sizes.items()},
        columns={column.id: choose_text(column.name, language) for column in columns.values()},
        factors={factor.id: choose_text(factor.name, language) for factor in method.factors},
        reasons={code: choose_text(text, language) for code, text in method.reasons.items()},
    )
