"""Every list that goes by language has every language that is shipped, and texts keep its typography."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from fatf_kit.assessment.answers.model import EvidenceKind
from fatf_kit.cli.main import cli
from fatf_kit.core.languages import LANGUAGES
from fatf_kit.core.resources import data_folder
from fatf_kit.framework import translations
from fatf_kit.framework.vocabulary import load_vocabulary
from tools.catalogues import read_catalogue
from tools.framework_content import TRANSLATED, read_json

FRAMEWORKS = data_folder("frameworks")


@pytest.mark.parametrize("language", LANGUAGES)
def test_instruments_have_the_language(language: str) -> None:
    """Every kind of instrument is recognised, and so is an article."""
    words = read_json(FRAMEWORKS / "countries" / "words.json")["words"]
    languages = {kind: {one["language"] for one in words if one["kind"] == kind} for kind in _kinds_named_by_words()}
    assert [kind for kind, named in languages.items() if language not in named] == []
    assert language in read_json(FRAMEWORKS / "countries" / "articles.json")["words"]


def _kinds_named_by_words() -> set[str]:
    """Kinds of evidence whose name the wording of a citation gives; others are for the register, or for one country."""
    others = {"supranational law", "other enforceable means", "statistics", "case"}
    return {kind.value for kind in EvidenceKind} - others


@pytest.mark.parametrize("language", TRANSLATED)
def test_vocabulary_is_translated(language: str) -> None:
    """Every role, root cause and table has a name of its own in the language."""
    ours, theirs = load_vocabulary("en"), load_vocabulary(language)
    assert not [r for r in ours.roles if ours.roles[r].name == theirs.roles[r].name]
    assert not [c for c in ours.root_causes if ours.root_causes[c].meaning == theirs.root_causes[c].meaning]
    assert not [t for t in ours.tables if ours.tables[t] == theirs.tables[t]]


def test_french_signs_keep_to_their_words() -> None:
    """No colon, semicolon, per cent sign or guillemet begins or ends a line alone; apostrophes are curved."""
    said = list(_french())
    assert len(said) > 10_000
    astray = re.compile(r"(?<=[^\s:]) [:;?!»%](?=[\s.,)»…]|$)|« |[a-zéèà]'[a-zéèêàœ]|'\{\w+\}'")
    assert [text for text in said if astray.search(text)] == []


def _french() -> Iterator[str]:
    """Every French text of the program, of its data and of its pages; what is only recognised is not said."""
    for entry in read_catalogue("fr"):
        yield from entry.string if isinstance(entry.string, tuple | list) else (str(entry.string),)
    for path in sorted(FRAMEWORKS.rglob("*.json")):
        if path.name not in ("labels.json", "glossary.json", "words.json", "articles.json", "report-words.json"):
            yield from _texts(read_json(path), french="fr" in path.relative_to(FRAMEWORKS).parts)


def _texts(value: object, *, french: bool) -> Iterator[str]:
    if isinstance(value, str) and french:
        yield value
    elif isinstance(value, dict):
        for key, one in value.items():
            yield from _texts(one, french=french or key == "fr")
    elif isinstance(value, list):
        for one in value:
            yield from _texts(one, french=french)


def check(*options: str) -> tuple[int, str]:
    """Return the exit code and the output of `frameworks check`."""
    result = CliRunner().invoke(cli, ["frameworks", "check", *options], standalone_mode=False)
    return result.return_value, f"{result.stdout}{result.exception or ''}"


@pytest.mark.parametrize("language", TRANSLATED)
def test_shipped_languages_have_every_text(language: str) -> None:
    """The count says so, in words and as JSON."""
    code, line = check("--translation", language)
    assert code == 0
    assert re.fullmatch(rf"{language}: messages: ([\d,]+) of \1; texts of data: ([\d,]+) of \2\n", line)
    code, document = check("--translation", language, "--json")
    assert (code, json.loads(document)["missing"]) == (0, [])


def test_missing_texts_are_counted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A missing file, a blank text and a text that is in English only in a file of all languages are counted."""
    copy = Path(shutil.copytree(FRAMEWORKS, tmp_path / "frameworks"))
    monkeypatch.setattr(translations, "data_folder", lambda name: tmp_path / name)
    (copy / "locale" / "fr" / "roles.json").unlink()
    words = copy / "locale" / "fr" / "workbook-words.json"
    words.write_text(json.dumps(read_json(words) | {"column.rating": " "}), encoding="utf-8")
    code, line = check("--translation", "fr")
    roles = 2 * len(read_json(copy / "roles.json")["roles"])
    assert code == 1
    assert line.endswith(f"; missing in roles.json ({roles}); workbook-words.json (1)\n")
    assert "messages: " in check("--translation", "ar")[1]


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("--translation", "xx"), "'xx' is not a language of the translations. Allowed: ar, fr."),
        (("--translation", "ar", "."), "Leave out the folder"),
    ],
)
def test_count_that_cannot_be_made(options: tuple[str, ...], words: str) -> None:
    """A language without any file, and a folder of an edition."""
    assert words in check(*options)[1]
