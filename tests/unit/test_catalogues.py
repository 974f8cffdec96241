"""A catalogue keeps its translations when the English of a message is corrected."""

from __future__ import annotations

import io
from gettext import GNUTranslations
from pathlib import Path

import pytest

from tools.catalogues import Message, confirm_catalogues, list_fuzzy, read_catalogue, write_catalogue
from tools.compile_catalogues import compile_catalogue

HEAD = """msgid ""
msgstr ""
"Content-Type: text/plain; charset=utf-8\\n"
"Plural-Forms: nplurals=2; plural=(n > 1);\\n"
"""
COSTS = "Costs: the assessment has no figures on them."
COSTS_AFTER = "The assessment has no cost figures."
COSTS_FR = "Coûts : l’évaluation n’a pas de chiffres."
ROWS: Message = ("one row of {sheet}", "{count} rows of {sheet}")
LONG = " ".join(
    f"Sentence {number} of a long text explains what a reader of this page needs to know." for number in range(9)
)


def write(folder: Path, **entries: str) -> None:
    """Write a catalogue; each entry is a text and its translation."""
    parts = [f'msgid "{text}"\nmsgstr "{translation}"\n' for text, translation in entries.items()]
    (folder / "fr.po").write_text("\n".join((HEAD, *parts)), encoding="utf-8")


def text_of(folder: Path) -> str:
    """Return the text of the catalogue."""
    return (folder / "fr.po").read_text(encoding="utf-8")


def shown(folder: Path, message: str) -> str:
    """Return what a reader of the compiled catalogue sees for a message."""
    return GNUTranslations(io.BytesIO(compile_catalogue(folder / "fr.po"))).gettext(message)


def reword(folder: Path, *messages: Message) -> None:
    """Write the catalogue again after the English became these messages."""
    write_catalogue("fr", messages, folder)


def test_a_reworded_message_keeps_its_translation_until_it_is_confirmed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The old words stay as fuzzy, English is shown, and one command confirms them."""
    write(tmp_path, **{COSTS: COSTS_FR, "Gaps": "Lacunes"})
    reword(tmp_path, COSTS_AFTER, "Gaps")
    assert f'#, fuzzy\n#| msgid "{COSTS}"\nmsgid "{COSTS_AFTER}"\nmsgstr "{COSTS_FR}"\n' in text_of(tmp_path)
    assert f"was: {COSTS}\n  is:  {COSTS_AFTER}\n" in capsys.readouterr().out
    assert (shown(tmp_path, COSTS_AFTER), shown(tmp_path, "Gaps")) == (COSTS_AFTER, "Lacunes")
    before = text_of(tmp_path)
    reword(tmp_path, COSTS_AFTER, "Gaps")
    assert text_of(tmp_path) == before
    assert confirm_catalogues((), tmp_path) == 0
    assert f"is:  {COSTS_AFTER}\n  now: {COSTS_FR}\n" in capsys.readouterr().out
    assert "#" not in text_of(tmp_path).partition("msgid")[2]
    assert shown(tmp_path, COSTS_AFTER) == COSTS_FR


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Not answered", "Not answered."),
        (LONG, LONG.replace("Sentence 4", "The fourth sentence")),
        ("{n} gaps in {unit}", "{n} gaps in {name}"),
        ('"Quoted" and a \\\\ sign', '"Quoted", and a \\\\ sign'),
    ],
)  # fmt: skip
def test_every_correction_takes_the_same_path(before: str, after: str, tmp_path: Path) -> None:
    """A full stop, one word of a long text, a placeholder; each is stored and read back whole."""
    write(tmp_path, **{before.replace('"', '\\"'): "ancien"})
    reword(tmp_path, after.replace("\\\\", "\\"))
    (entry,) = list_fuzzy(read_catalogue("fr", tmp_path))
    assert (entry.string, entry.previous_id) == ("ancien", [before.replace("\\\\", "\\")])


def test_plurals_keep_their_forms(tmp_path: Path) -> None:
    """A message may change its plural alone, become one with plural forms, or lose them."""
    write(tmp_path, **{"one row of {sheet}": "une ligne de {sheet}"})
    reword(tmp_path, ROWS)
    (entry,) = list_fuzzy(read_catalogue("fr", tmp_path))
    assert (entry.id, entry.string) == (ROWS, ("", "une ligne de {sheet}"))
    text = text_of(tmp_path).replace('msgstr[0] ""', 'msgstr[0] "ligne de {sheet}"')
    (tmp_path / "fr.po").write_text(text, encoding="utf-8")
    assert confirm_catalogues(["fr"], tmp_path) == 0
    rows: Message = ("one row of {sheet}", "{count} rows in {sheet}")
    reword(tmp_path, rows)
    (entry,) = list_fuzzy(read_catalogue("fr", tmp_path))
    assert (entry.id, entry.previous_id) == (rows, list(ROWS))
    assert entry.string == ("ligne de {sheet}", "une ligne de {sheet}")
    reword(tmp_path, "rows of {sheet}")
    (entry,) = list_fuzzy(read_catalogue("fr", tmp_path))
    assert (entry.string, entry.previous_id) == ("une ligne de {sheet}", list(ROWS))


def test_the_english_of_a_translation_stays_known_when_it_changes_twice(tmp_path: Path) -> None:
    """The words were made from the first English; a correction that is undone leaves them to be confirmed."""
    write(tmp_path, **{COSTS: COSTS_FR})
    for english in (COSTS_AFTER, "The assessment has no figures of costs."):
        reword(tmp_path, english)
        (entry,) = list_fuzzy(read_catalogue("fr", tmp_path))
        assert (entry.id, entry.previous_id) == (english, [COSTS])
    reword(tmp_path, COSTS)
    (entry,) = list_fuzzy(read_catalogue("fr", tmp_path))
    assert (entry.id, entry.string) == (COSTS, COSTS_FR)


def test_a_translation_without_a_message_waits_for_the_new_one(tmp_path: Path) -> None:
    """The former words of a message that is reworded entirely stay in the file until it is translated."""
    write(tmp_path, **{COSTS: COSTS_FR})
    reword(tmp_path, "Nothing is known.")
    assert f'#~ msgid "{COSTS}"\n#~ msgstr "{COSTS_FR}"\n' in text_of(tmp_path)
    text = text_of(tmp_path).replace('known."\nmsgstr ""', 'known."\nmsgstr "Rien."')
    (tmp_path / "fr.po").write_text(text, encoding="utf-8")
    reword(tmp_path, "Nothing is known.")
    assert "#~" not in text_of(tmp_path)
    assert shown(tmp_path, "Nothing is known.") == "Rien."


def test_a_message_that_is_in_use_lends_its_translation_to_no_other(tmp_path: Path) -> None:
    """A new message that is like another begins without a translation, and one that has none was not reworded."""
    write(tmp_path, **{"one gap more": "une lacune de plus"})
    reword(tmp_path, "one gap more", "one gap less")
    assert [*list_fuzzy(read_catalogue("fr", tmp_path))] == []
    reword(tmp_path, "one gap less", "one gap fewer")
    catalogue = read_catalogue("fr", tmp_path)
    assert [(entry.id, entry.previous_id) for entry in list_fuzzy(catalogue)] == [("one gap fewer", ["one gap more"])]
    entry = catalogue.get("one gap less")
    assert entry is not None
    assert entry.string == ""


def test_a_translation_without_its_placeholders_is_not_confirmed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """It would stop a command, so it stays fuzzy and is named; a wrong code of a language too."""
    write(tmp_path, **{"{n} gaps in {unit}": "{n} lacunes dans {unit}"})
    reword(tmp_path, "{n} gaps in {name}")
    assert confirm_catalogues(["fr"], tmp_path) == 1
    assert "its placeholders are {n} {unit}, those of the English {n} {name}" in capsys.readouterr().out
    assert len(list(list_fuzzy(read_catalogue("fr", tmp_path)))) == 1
    assert confirm_catalogues(["xx"], tmp_path) == 1


@pytest.mark.parametrize("language", ["ar", "fr"])
def test_renewed_catalogues_keep_their_plural_forms(language: str, tmp_path: Path) -> None:
    """A newer Babel counts the forms of Arabic in another order; the translations stand in the order of the file."""
    odd = HEAD.replace("(n > 1)", "(n > 7)")
    forms = 'msgid "{n} workbook"\nmsgid_plural "{n} workbooks"\nmsgstr[0] "a"\nmsgstr[1] "b"\n'
    (tmp_path / f"{language}.po").write_text(f"{odd}\n{forms}", encoding="utf-8")
    write_catalogue(language, [("{n} workbook", "{n} workbooks")], tmp_path)
    text = (tmp_path / f"{language}.po").read_text(encoding="utf-8")
    assert "nplurals=2; plural=(n > 7)" in text
    assert read_catalogue(language).plural_forms not in text
    assert 'msgstr[1] "b"' in text
