"""Labels of ratings in every language, and texts made comparable."""

from __future__ import annotations

import pytest

from fatf_kit.core.errors import UnknownIdError
from fatf_kit.core.languages import (
    LANGUAGES,
    _labels,
    clean,
    detect_direction,
    direction,
    find_code,
    label,
    list_labels,
    normalise,
    split_ltr_runs,
)
from fatf_kit.core.ratings import (
    ACHIEVEMENT_SCALE,
    COMPLIANCE_SCALE,
    CRITERION_SCALE,
    EFFECTIVENESS_SCALE,
    ComplianceRating,
    CriterionRating,
)

SCALES = ("criterion", "compliance", "achievement", "effectiveness", "confidentiality", "evidence_kind")


@pytest.mark.parametrize("scale", SCALES)
def test_no_label_means_two_codes(scale: str) -> None:
    """A label in any language and spelling belongs to one code of its scale."""
    owners: dict[str, set[str]] = {}
    for language in LANGUAGES:
        for code, spellings in _labels(language)[scale].items():
            for spelling in (code, *spellings):
                owners.setdefault(normalise(spelling), set()).add(code)
    assert {text: codes for text, codes in owners.items() if len(codes) > 1} == {}


@pytest.mark.parametrize("scale", SCALES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_label_reads_back(scale: str, language: str) -> None:
    """Every label of a drop-down list is read in its language, whatever its case and the spaces around it."""
    labels = list_labels(scale, language)
    assert list(labels) == [find_code(scale, f"\u200f {text.upper()}\u00a0") for text in labels.values()]
    assert len(labels) == len(set(labels.values()))


def test_scales_have_the_codes_of_the_vocabularies() -> None:
    """The codes are ordered from best to worst, with "not applicable" last, as in the ratings module."""
    assert list(list_labels("criterion", "en")) == [*reversed(CRITERION_SCALE), CriterionRating.NOT_APPLICABLE]
    assert list(list_labels("compliance", "en")) == [*reversed(COMPLIANCE_SCALE), ComplianceRating.NA]
    assert list(reversed(ACHIEVEMENT_SCALE)) == list(list_labels("achievement", "en"))
    assert list(reversed(EFFECTIVENESS_SCALE)) == list(list_labels("effectiveness", "en"))


@pytest.mark.parametrize(
    ("scale", "text", "code"),
    [
        ("criterion", "MOSTLY MET ", "mostly met"),
        ("criterion", "non remplie", "not met"),
        ("criterion", "مستوفى جزئيا", "partly met"),
        ("criterion", "مُسْتَوْفَى الى حد كبيـر", "mostly met"),
        ("achievement", "to a large extent", "large"),
        ("achievement", "Dans une tre\u0300s large mesure", "very large"),
        ("effectiveness", "efficacité modérée", "ME"),
        ("compliance", "n/a", "NA"),
    ],
)
def test_spellings_that_are_accepted(scale: str, text: str, code: str) -> None:
    """Case, spaces, invisible marks, Arabic spellings and composed accents do not matter."""
    assert find_code(scale, text) == code


@pytest.mark.parametrize("text", ["", "mostly", "yes", "4", "LC", "large", "n/a", "met?"])
def test_text_outside_the_scale_has_no_code(text: str) -> None:
    """A text that is neither a code nor a label of the scale has no code."""
    assert find_code("criterion", text) is None


def test_clean_keeps_letters_and_case() -> None:
    """Invisible marks and foreign digits are replaced; letters and case are kept, because ids are cleaned."""
    assert clean("\u2066R.١٠/١٠.۷(b)\u2069\ufeff") == "R.10/10.7(b)"


def test_an_unknown_scale_or_code_is_named() -> None:
    """An unknown scale or code raises an error that lists the allowed ones."""
    with pytest.raises(UnknownIdError, match="Allowed: criterion"):
        label("size", "met", "en")
    with pytest.raises(UnknownIdError, match="mostly met"):
        label("criterion", "large", "en")


def test_direction_and_unknown_languages() -> None:
    """Arabic runs right to left; a language without labels gets English ones."""
    assert (direction("ar"), direction("fr"), direction("xx")) == ("rtl", "ltr", "ltr")
    assert label("criterion", "met", "de") == "met"


def test_a_text_runs_as_most_of_its_letters_do() -> None:
    """The direction of a text is that of most of its letters, even if it begins with a foreign name or an id."""
    assert detect_direction("هيئة الأوراق المالية: amounts went from 250 in 2023 to 250,000 in 2024") == "ltr"
    assert detect_direction("R.10 مستوفى إلى حد كبير") == "rtl"
    assert None is detect_direction("12 / 40")


def test_a_date_in_brackets_is_no_part_of_the_name_before_it() -> None:
    """A bracket that closes behind Arabic letters stays outside, and so does the day."""
    assert split_ltr_runs("المخطط له: Run a supplementary assessment (30 نوفمبر 2026)") == [
        ("المخطط له: ", False),
        ("Run a supplementary assessment", True),
        (" (", False),
        ("30", True),
        (" نوفمبر ", False),
        ("2026", True),
        (")", False),
    ]


def test_a_quoted_sentence_keeps_its_full_stop() -> None:
    """After a colon and in brackets; a name at the end of an Arabic sentence leaves it to the sentence."""
    assert split_ltr_runs("ناقص: Nothing is in force yet.")[-1] == ("Nothing is in force yet.", True)
    assert split_ltr_runs("السبب (Three borders are open.)")[1] == ("Three borders are open.", True)
    assert split_ltr_runs("أُعد وفق مصرف Bank of Ruritania.")[-1] == (".", False)
