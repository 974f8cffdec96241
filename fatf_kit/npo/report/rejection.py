"""The first thing to know where most rows of a register are rejected: how many, why, and the next step."""

from __future__ import annotations

from collections.abc import Iterator

from fatf_kit.core.messages import Translator
from fatf_kit.npo.classification.faults import REASONS
from fatf_kit.npo.model import RegisterSummary


def list_rejection_lines(register: RegisterSummary, t: Translator) -> Iterator[str]:
    """Yield that most rows are rejected, with the most frequent reason and the next step; nothing elsewhere."""
    if not register.rejected_reasons or register.rejected <= register.registered:
        return
    first = register.rejected_reasons[0]
    yield t(
        "Most rows of the register are rejected: {n} of {total}. All figures describe the other rows alone.",
        n=t.number(register.rejected),
        total=t.number(register.lines),
    )
    yield t("The most frequent reason: {reason}. Rows: {n}.", reason=t(first.code), n=t.number(first.count))
    yield t("{name}: {text}", name=t("Next step"), text=t(REASONS[first.code]))
