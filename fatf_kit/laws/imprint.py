"""The imprint of the papers on the register of laws: country, notices, and when each paper was made."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from fatf_kit.core.messages import Translator
from fatf_kit.report.model import Document, Section


@dataclass(frozen=True, slots=True, kw_only=True)
class LawImprint:
    """The imprint of every paper on the register of laws, in the language of the reader.

    `languages` are those into which instruments are to be translated, `main` is the language in which they are made.
    `agencies` are names by id. `generated_at` is a date, or a date and time, in ISO 8601.
    """

    country: str
    edition: str
    generated_at: str
    tool: str
    main: str = "en"
    languages: tuple[str, ...] = ()
    notices: tuple[str, ...] = ()
    agencies: Mapping[str, str] = field(default_factory=dict)

    @property
    def today(self) -> date:
        """The day on which the paper is made."""
        return date.fromisoformat(self.generated_at[:10])

    def name_agency(self, agency: str, t: Translator) -> str:
        """Return the name of an agency; a workbook for the whole country has the agency ""."""
        return self.agencies.get(agency, agency) or t("the whole country")

    def make_document(self, name: str, title: str, sections: tuple[Section, ...], t: Translator) -> Document:
        """Return a paper with this imprint."""
        return Document(
            id=name,
            title=title,
            subtitle=self.country,
            language=t.language,
            made_on=self.generated_at,
            facts=(
                (t("Edition"), self.edition),
                (t("Made by"), t("fatf-kit {tool}", tool=self.tool)),
                (t("Made on"), t.moment(self.generated_at)),
            ),
            notices=self.notices,
            sections=sections,
        )
