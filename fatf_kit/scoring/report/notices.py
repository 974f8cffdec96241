"""The notice on every page with ratings."""

from __future__ import annotations

from fatf_kit.core.messages import Translator


def phrase_indicative_notice(t: Translator) -> str:
    """Return the notice on every page of every report."""
    return t(
        "Indicative result, calculated by fatf-kit from the answers under stated scoring rules. Only the "
        "assessors and the Plenary decide on ratings."
    )
