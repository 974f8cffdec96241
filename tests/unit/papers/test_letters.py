"""Letters name the agency, the dates and what is missing, in the language of the agency."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from fatf_kit import folder_letters, init_assessment, write_letters
from fatf_kit.core.errors import UnknownIdError
from fatf_kit.core.messages import Translator
from fatf_kit.papers.letters import AGENCY_LETTERS, MODELS, LetterFacts, build_letter, load_letters
from fatf_kit.report.model import Bullets, Document, Paragraph, walk_sections
from fatf_kit.workflows.assessment_folder import write_control
from tests.examples import score_example

FACTS = LetterFacts(
    country="Examplia",
    agency="The Bank",
    visit=(date(2027, 10, 3), date(2027, 10, 19)),
    cut_off=date(2027, 10, 19),
    due=date(2027, 1, 31),
    leads=7,
    supports=3,
    requested=10,
    answered=4,
    missing=("R.1/1.1", "R.10/10.2"),
    coordinator="The office",
)


def text_of(document: Document) -> str:
    """All words of a letter."""
    words = [document.title]
    for section in walk_sections(document.sections):
        words.append(section.title)
        for block in section.blocks:
            words += [block.text] if isinstance(block, Paragraph) else []
            words += block.items if isinstance(block, Bullets) else []
    return "\n".join(words)


@pytest.mark.parametrize("language", ["en", "ar", "fr"])
@pytest.mark.parametrize("kind", [*AGENCY_LETTERS, *MODELS])
def test_every_fact_of_the_english_text_is_in_each_language(kind: str, language: str) -> None:
    """A translation fills in the same facts, and leaves no brace."""

    def facts_in(tongue: str) -> set[str]:
        letter = load_letters(tongue)[kind]
        texts = [
            letter.title,
            *letter.paragraphs,
            *(t for one in letter.sections for t in (one.heading, *one.paragraphs)),
        ]
        return set(re.findall(r"\{(\w+)\}", " ".join(texts)))

    assert facts_in(language) | {"country"} == facts_in("en") | {"country"}
    assert "{" not in text_of(build_letter(kind, FACTS, Translator(language)))


def test_a_reminder_lists_what_is_missing() -> None:
    """With the counts and the day."""
    text = text_of(build_letter("reminder", FACTS, Translator("en")))
    assert "4 of 10 requirements are answered" in text
    assert "31 January 2027" in text
    assert "R.10/10.2" in text


def test_what_is_not_known_is_left_to_be_filled_in() -> None:
    """Dots in place of dates and names."""
    text = text_of(build_letter("cover", LetterFacts(country="Examplia"), Translator("en")))
    assert text.count("…………") >= 4


def test_an_unknown_letter_is_refused() -> None:
    """With the names of those that there are."""
    with pytest.raises(UnknownIdError, match="cover"):
        build_letter("love", FACTS, Translator("en"))


def test_each_agency_gets_its_letters_in_its_language(tmp_path: Path) -> None:
    """A reminder only after the due day of what was sent; models in the main language."""
    made = init_assessment(tmp_path / "home", country="IRQ", languages=("ar", "en"), today=date(2026, 11, 28))
    sent = date(2026, 12, 1)
    late = {
        "fiu": {"due": date(2027, 1, 31), "sent": sent, "language": "en"},
        "police": {"due": date(2027, 3, 1), "sent": sent},
    }
    agencies = tuple(replace(one, **late.get(one.id, {})) for one in made.agencies)  # type: ignore[arg-type]
    write_control(replace(made, agencies=agencies), today=date(2026, 11, 28))
    letters = dict(folder_letters(made.path, today=date(2027, 2, 1)))
    assert [name for name in letters if name.endswith("reminder")] == ["fiu-reminder"]
    assert (letters["fiu-cover"].language, letters["police-cover"].language) == ("en", "ar-IQ")
    assert letters["decree"].language == "ar-IQ"


@pytest.mark.full
def test_a_letter_that_a_person_changed_stays(tmp_path: Path) -> None:
    """The others are written again; force replaces it too."""
    scored = score_example()
    target, today = tmp_path / "letters", date(2027, 2, 1)
    first = write_letters(scored, target, today=today)
    assert first.kept == ()
    (target / "fiu-cover.docx").write_bytes(b"Finished by hand")
    again = write_letters(scored, target, today=today)
    assert [path.name for path in again.kept] == ["fiu-cover.docx"]
    assert len(again.written) == len(first.written) - 1
    assert (target / "fiu-cover.docx").read_bytes() == b"Finished by hand"
    assert write_letters(scored, target, today=today, force=True).kept == ()
