"""Translations are out of date once a later change of the text is in force."""

from __future__ import annotations

from datetime import date

import pytest

from fatf_kit.laws.model import Instrument, InstrumentStatus, LawRegister, Provision, Translation
from fatf_kit.laws.translations import (
    TranslationState,
    find_text_day,
    instrument_translation_state,
    translation_state,
)

TODAY = date(2026, 11, 28)
CURRENT, STALE, ORDERED, MISSING = TranslationState


def _law(name: str, start: date | None, **facts: object) -> Instrument:
    return Instrument(id=name, titles={"en": name}, in_force_from=start, **facts)  # type: ignore[arg-type]


REGISTER = LawRegister(
    instruments=(
        _law("L-001", date(2019, 7, 1)),
        _law("L-002", date(2024, 1, 1), amends=("L-001",)),
        _law("L-003", date(2025, 6, 1), amends=("L-001",), status=InstrumentStatus.REPEALED),
        _law("L-004", None, amends=("L-001",), status=InstrumentStatus.BILL),
        _law("L-005", date(2010, 1, 1)),
        _law("L-006", None),
    ),
    provisions=(
        Provision(instrument="L-005", article="art. 1"),
        Provision(instrument="L-005", article="art. 9", in_force_from=date(2021, 3, 1)),
        Provision(instrument="L-005", article="art. 10", in_force_from=date(2027, 3, 1)),
    ),
    translations=(
        Translation(instrument="L-005", language="fr", article="art. 1", text_as_of=date(2010, 1, 1)),
        Translation(instrument="L-005", language="French", article="arts. 9-10", text_as_of=date(2015, 1, 1)),
        Translation(instrument="L-005", language="ar", article="art. 9", text_as_of=date(2021, 3, 1)),
        Translation(instrument="L-001", language="fr", due=date(2027, 1, 1)),
        Translation(instrument="L-001", language="ar", text_as_of=date(2024, 1, 1)),
        Translation(instrument="L-001", language="ar", text_as_of=date(2019, 7, 1)),
    ),
)


@pytest.mark.parametrize(
    ("instrument", "article", "today", "expected"),
    [
        ("L-001", "", TODAY, date(2024, 1, 1)),  # amended; a repealed amendment and a bill do not count
        ("L-001", "", date(2023, 12, 31), date(2019, 7, 1)),
        ("L-005", "", TODAY, date(2021, 3, 1)),  # article 10 begins later
        ("L-005", "", date(2027, 3, 1), date(2027, 3, 1)),
        ("L-005", "art. 1", TODAY, date(2010, 1, 1)),
        ("L-005", "article 9, paragraph 2", TODAY, date(2021, 3, 1)),
        ("L-006", "", TODAY, None),
        ("L-999", "", TODAY, None),
    ],
)
def test_the_day_of_the_text_is_that_of_its_last_change(
    instrument: str, article: str, today: date, expected: date | None
) -> None:
    """Amendments and provisions in force change the text; bills, later and repealed ones do not."""
    assert find_text_day(REGISTER, instrument, today, article=article) == expected


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({"text_as_of": date(2024, 1, 1)}, CURRENT),
        ({"text_as_of": date(2023, 12, 31), "made_on": date(2024, 5, 1)}, STALE),  # newer, but of an earlier text
        ({"made_on": date(2024, 1, 1)}, CURRENT),
        ({"made_on": date(2020, 1, 1)}, STALE),
        ({"due": date(2027, 1, 1)}, ORDERED),
        ({"text_as_of": date(2024, 1, 1), "made_on": date(2027, 1, 1)}, ORDERED),
    ],
)
def test_the_text_that_was_translated_decides(facts: dict[str, date], expected: TranslationState) -> None:
    """A translation made later than a change can be of an earlier text."""
    one = Translation(instrument="L-001", language="fr", **facts)  # type: ignore[arg-type]
    assert translation_state(REGISTER, one, TODAY) is expected


@pytest.mark.parametrize(
    ("instrument", "language", "today", "expected"),
    [
        ("L-001", "ar", TODAY, CURRENT),  # the best of two
        ("L-001", "fr", TODAY, ORDERED),
        ("L-001", "en", TODAY, MISSING),
        ("L-005", "ar", TODAY, MISSING),  # one article of three
        ("L-005", "fr", date(2020, 1, 1), CURRENT),  # every article
        ("L-005", "fr", TODAY, STALE),
    ],
)
def test_an_instrument_has_the_state_of_its_translations(
    instrument: str, language: str, today: date, expected: TranslationState
) -> None:
    """Translations of single articles count together once they are of every provision."""
    assert instrument_translation_state(REGISTER, instrument, language, today) is expected
