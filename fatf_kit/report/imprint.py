"""The imprint of a paper: the country, notices, and when and by what the paper was made."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from fatf_kit.core.messages import Translator
from fatf_kit.report.model import Document, Section


@dataclass(frozen=True, slots=True, kw_only=True)
class Imprint:
    """The imprint of every paper on one subject, in the language of the reader.

    `generated_at` is a date, or a date and time, in ISO 8601; `tool` is the version of fatf-kit.
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
        self, name: str, title: str, sections: tuple[Section, ...], facts: Sequence[tuple[str, str]], t: Translator
    ) -> Document:
        """Return a paper with this imprint, which names `facts` first."""
        return Document(
            id=name,
            title=title,
            subtitle=self.country,
            language=t.language,
            made_on=self.generated_at,
            facts=(
                *facts,
                (t("Made by"), t("fatf-kit {tool}", tool=self.tool)),
                (t("Made on"), t.moment(self.generated_at)),
            ),
            notices=self.notices,
            sections=sections,
        )
