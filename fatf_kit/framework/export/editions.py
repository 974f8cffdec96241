"""An edition in every language, and the notices that every exported file contains."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from fatf_kit.core.isolation import remove_isolation
from fatf_kit.core.languages import LANGUAGES
from fatf_kit.core.messages import AFFILIATION, Translator
from fatf_kit.framework.catalog import find_unit, index_requirements
from fatf_kit.framework.loader import load_framework
from fatf_kit.framework.model import Framework, ImmediateOutcome, Recommendation, Requirement

LICENCE = "Apache-2.0"
"""SPDX id of the licence of everything that is exported."""

LICENCE_NAME = "Apache License 2.0"
LICENCE_PAGE = "https://www.apache.org/licenses/LICENSE-2.0"
AUTHORS = "fatf-kit contributors"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class TranslatedEdition:
    """One edition in every language of fatf-kit. Ids, weights and order are the same in each."""

    languages: Mapping[str, Framework]

    @property
    def english(self) -> Framework:
        """The edition in English, from which the others are translated."""
        return self.languages["en"]

    def find_requirements(self, key: str) -> Mapping[str, Requirement]:
        """Return a criterion, part or core issue in every language, by language."""
        return {language: index_requirements(edition)[key] for language, edition in self.languages.items()}

    def find_units(self, key: str) -> Mapping[str, Recommendation | ImmediateOutcome]:
        """Return a Recommendation or outcome in every language, by language."""
        return {language: find_unit(edition, key) for language, edition in self.languages.items()}


def load_translated(edition: str) -> TranslatedEdition:
    """Return a bundled edition in every language.

    Raises:
        UnknownIdError: no such edition.

    >>> list(load_translated("fatf-2022").languages)
    ['en', 'ar', 'fr']
    """
    return TranslatedEdition(languages={language: load_framework(edition, language) for language in LANGUAGES})


def make_notice(wording: str, language: str) -> str:
    """Return the notice of an exported file in one language: what it is not, who wrote it, and its licence.

    `wording` is the notice of the edition, or of other data, in that language.
    """
    t = Translator(language)
    licence = t("Licence: {name}.", name=LICENCE)
    lines = (t("This file is not the FATF Methodology."), wording, t(AFFILIATION), licence)
    return remove_isolation(" ".join(lines))


def make_edition_notices(edition: TranslatedEdition) -> Mapping[str, str]:
    """Return the notice of a file about an edition in every language, by language."""
    return {language: make_notice(one.wording, language) for language, one in edition.languages.items()}
