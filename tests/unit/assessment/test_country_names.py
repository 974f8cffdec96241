"""Names of countries as covers write them."""

from __future__ import annotations

import pytest

from fatf_kit.assessment.answers.country_names import find_country


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Iraq", "IRQ"),
        ("Republic of Iraq", "IRQ"),
        ("جمهورية العراق", "IRQ"),
        ("العراق", "IRQ"),
        ("République d’Irak", "IRQ"),
        ("IRQ", "IRQ"),
        ("المملكة العربية السعودية", "SAU"),
        ("Royaume d'Arabie saoudite", "SAU"),
        ("République du Congo", "COG"),
        ("République démocratique du Congo", "COD"),
        ("Democratic Republic of the Congo", "COD"),
        ("CÔTE D'IVOIRE", "CIV"),
        ("the Gambia", "GMB"),
        ("Islamic Republic of Pakistan", "PAK"),
        ("سلطنة عمان", "OMN"),
        ("Grand-Duché de Luxembourg", "LUX"),
        ("Turkey", "TUR"),
        ("Ruritania", None),
        ("Republic of Ruritania", None),
        ("", None),
        (None, None),
    ],
)
def test_names(name: str | None, code: str | None) -> None:
    """Codes, short names, long forms and older names are found in three languages; nothing is guessed."""
    assert find_country(name) == code
