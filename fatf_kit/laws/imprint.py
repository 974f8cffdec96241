"""The imprint of the papers on the register of laws, with the languages of instruments and the names of agencies."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from fatf_kit.core.messages import Translator
from fatf_kit.report.imprint import Imprint


@dataclass(frozen=True, slots=True, kw_only=True)
class LawImprint(Imprint):
    """The imprint of every paper on the register of laws, in the language of the reader.

    `languages` are those into which instruments are to be translated, `main` is the language in which they are made.
    `agencies` are names by id.
    """

    main: str = "en"
    languages: tuple[str, ...] = ()
    agencies: Mapping[str, str] = field(default_factory=dict)

    def name_agency(self, agency: str, t: Translator) -> str:
        """Return the name of an agency; a workbook for the whole country has the agency ""."""
        return self.agencies.get(agency, agency) or t("the whole country")
