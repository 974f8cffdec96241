"""The message catalogues are complete, keep their placeholders and have no unused message."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest

import fatf_kit
from fatf_kit.core.languages import LANGUAGES
from fatf_kit.core.messages import Translator
from fatf_kit.core.resources import data_folder
from tools.catalogues import find_fault, list_fuzzy, read_catalogue, write_catalogue
from tools.message_catalogues import find_messages

TRANSLATED = [language for language in LANGUAGES if language != "en"]
WORDS = {language: Translator(language) for language in LANGUAGES}


@pytest.mark.parametrize("language", TRANSLATED)
def test_every_message_is_translated(language: str) -> None:
    """Run `make catalogues` after a new message, then translate it."""
    catalogue = read_catalogue(language)
    for message in find_messages():
        key = message if isinstance(message, str) else message[0]
        entry = catalogue.get(key)
        assert entry is not None, key
        strings = entry.string if isinstance(entry.string, tuple | list) else (entry.string,)
        assert all(strings), key


@pytest.mark.parametrize("language", TRANSLATED)
def test_placeholders_are_kept(language: str) -> None:
    """Each translation has the placeholders of its English message; a plural form may leave out its number."""
    faults = {str(entry.id): find_fault(entry) for entry in read_catalogue(language) if entry.id}
    assert {message: fault for message, fault in faults.items() if fault} == {}


@pytest.mark.parametrize("language", TRANSLATED)
def test_no_translation_is_older_than_its_english(language: str) -> None:
    """Correct what is marked "#, fuzzy" in the catalogue, then run `make confirmed`."""
    older = [{"was": entry.previous_id, "is": entry.id} for entry in list_fuzzy(read_catalogue(language))]
    assert older == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_catalogue_has_no_unused_message(language: str) -> None:
    """A message that is no longer in the code is not in the catalogue; run `make catalogues`."""
    used = {message if isinstance(message, str) else message[0] for message in find_messages()}
    kept = {entry.id[0] if isinstance(entry.id, tuple | list) else entry.id for entry in read_catalogue(language)}
    assert used == kept - {""}


@pytest.mark.parametrize("language", TRANSLATED)
def test_catalogue_is_what_make_catalogues_writes(language: str, tmp_path: Path) -> None:
    """A newer Babel counts plurals otherwise; the forms that are translated stay, and so does everything else."""
    path = data_folder("frameworks") / "locale" / f"{language}.po"
    (tmp_path / path.name).write_bytes(path.read_bytes())
    write_catalogue(language, find_messages(), tmp_path)
    assert path.read_bytes() == (tmp_path / path.name).read_bytes()


@pytest.mark.parametrize(
    ("n", "expected"),
    [(3, "3 أوزان معدّلة"), (11, "11 وزناً معدّلاً"), (99, "99 وزناً معدّلاً"), (100, "100 وزن معدّل")],
)
def test_arabic_counts(n: int, expected: str) -> None:
    """Every Arabic message with a number has the plural forms of its noun, which change at 3, 11 and 100."""
    assert Translator("ar").plural("{n} weight changed", "{n} weights changed", n) == expected
    for entry in read_catalogue("ar"):
        if isinstance(entry.id, tuple | list) and entry.id:
            assert not re.search(r"\{n\} \S+[اء]ً", tuple(entry.string or ())[4]), entry.id


def test_papers_name_no_file_of_the_program() -> None:
    """No text of a report or paper names a file under frameworks/, which an official does not have."""
    places = ("/report/", "/papers/", "report.py")
    used_in_papers = [message for message, where in find_messages().items() if any(place in where for place in places)]
    assert len(used_in_papers) > 500
    assert [message for message in used_in_papers if "frameworks/" in str(message)] == []


def test_braces_in_a_persons_words_are_harmless() -> None:
    """A notice or a policy of the country's own may hold braces."""
    assert Translator("fr")("{n} beside {of}") == "{n} beside {of}"


def test_no_message_is_inside_an_f_string() -> None:
    """No message is inside an f-string, because the catalogues would not have it."""
    hidden = re.compile(r"""\{(?:self\.)?_?t(?:\.plural)?\(["']""")
    code = (Path(fatf_kit.__file__).parent).rglob("*.py")
    assert [f"{path.name}: {line.strip()}" for path in code for line in _lines(path) if hidden.search(line)] == []


def _lines(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").splitlines()


SIGNS = (": ", "; ", " %")
"""Signs that follow a no-break space in French: the catalogue and `Translator` add it."""

IN_ENGLISH = {
    "cli/frameworks.py",
    "cli/main.py",
    "framework/export/oscal_catalog.py",
    "framework/export/oscal_mapping.py",
}
"""Modules whose texts are in English only, or are errors about a file that cannot be used."""

NOT_MESSAGES = {"action_plan/items/periods.py", "framework/export/ciso_assistant.py"}
"""The module of the signs, and modules that write another notation."""


def signs_in(page: Path) -> Iterator[str]:
    """Yield the texts in which the code joins a sign to a value; the texts of errors are left out."""
    tree = ast.parse(page.read_text(encoding="utf-8"))
    raised = {id(part) for node in ast.walk(tree) if isinstance(node, ast.Raise) for part in ast.walk(node)}
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr) and id(node) not in raised:
            for one, other in pairwise(node.values):
                text = other.value if isinstance(other, ast.Constant) else ""
                if isinstance(one, ast.FormattedValue) and str(text).startswith(SIGNS):
                    yield ast.unparse(node)


def test_no_text_is_put_together_without_the_catalogue() -> None:
    """No module joins a colon or a per cent sign to a value, because its space would be missing in French."""
    package = Path(fatf_kit.__file__).parent
    pages = {page.relative_to(package).as_posix(): page for page in package.rglob("*.py")}
    found = {name: list(signs_in(page)) for name, page in pages.items()}
    texts_by_file = {name: texts for name, texts in found.items() if texts}
    assert {name: texts for name, texts in texts_by_file.items() if name not in IN_ENGLISH | NOT_MESSAGES} == {}
    assert texts_by_file.keys() == IN_ENGLISH | NOT_MESSAGES


def test_signs_keep_their_space_in_french_alone() -> None:
    """Colons, semicolons and per cent signs; Arabic and English have none."""
    examples = {
        code: (t.points(("a", "b")), t.percent(5), t("{name}: {text}", name=1, text=2)) for code, t in WORDS.items()
    }
    assert examples["en"] == ("a; b", "5%", "1: 2")
    assert examples["ar"] == ("\u2066a\u2069؛ \u2066b\u2069", "5%", "1: 2")
    assert examples["fr"] == ("a\u00a0; b", "5\u00a0%", "1\u00a0: 2")


def test_arabic_has_one_spelling() -> None:
    """The tanwin follows its alif, and quotations are in the marks of the language, in messages and in data."""
    texts = [page.read_text(encoding="utf-8") for page in (data_folder("frameworks") / "locale" / "ar").rglob("*.json")]
    for entry in read_catalogue("ar"):
        texts += [entry.string] if isinstance(entry.string, str) else list(entry.string or ())
    assert [text for text in texts if "\u064b\u0627" in text] == []
    assert [text for text in texts if re.search(r"(?<!\w)'[^'\n]+'", text)] == []
