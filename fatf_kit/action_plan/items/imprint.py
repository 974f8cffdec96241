"""The imprint of the papers on plans that others word: country, notices, and when each paper was made."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from fatf_kit.action_plan.items.cycles import list_cycle_days
from fatf_kit.action_plan.items.statuses import CycleProgress
from fatf_kit.action_plan.items.texts import name_plan
from fatf_kit.core.messages import Translator
from fatf_kit.report.model import Document, Section


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemImprint:
    """The imprint of every paper on a plan, in the language of the reader.

    `generated_at` is a date, or a date and time, in ISO 8601.
    """

    country: str
    edition: str
    generated_at: str
    tool: str
    notices: tuple[str, ...] = ()

    @property
    def today(self) -> date:
        """The day on which the paper is made."""
        return date.fromisoformat(self.generated_at[:10])

    def make_document(
        self, name: str, title: str, sections: tuple[Section, ...], plans: Sequence[CycleProgress], t: Translator
    ) -> Document:
        """Return a paper on plans in one cycle with this imprint."""
        cycle = plans[0].cycle
        days = {one.id: one.day for one in list_cycle_days(cycle)}
        due = t.day(days["due"])
        if cycle.duty:
            due = t("{text} ({place})", text=due, place=t(cycle.duty))
        return Document(
            id=name,
            title=title,
            subtitle=self.country,
            language=t.language,
            made_on=self.generated_at,
            facts=(
                (t("Plan"), t.listed(name_plan(one.plan, t) for one in plans)),
                (t("Plenary"), t.day(days["plenary"]) if cycle.plenary else t.month(cycle.id)),
                (t("Report due"), due),
                (t("Made by"), t("fatf-kit {tool}", tool=self.tool)),
                (t("Made on"), t.moment(self.generated_at)),
            ),
            notices=self.notices,
            sections=sections,
        )
