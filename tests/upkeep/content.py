"""Upkeep of the frameworks: fingerprints of versions, marks of translations, blank workbooks.

`record` notes the fingerprint of each edition under its content version; `blanks` writes templates/ again; `reviewed
EDITION/PAGE ...` notes that the translations of a page match its English ("all" for every page).
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from fatf_kit import template
from fatf_kit.core.languages import LANGUAGES
from fatf_kit.core.resources import data_folder
from fatf_kit.framework import list_editions, load_framework
from fatf_kit.framework.overlay import SOURCE_MARK, source_mark

FRAMEWORKS = data_folder("frameworks")
VERSIONS = FRAMEWORKS / "versions.json"
TRANSLATED = tuple(language for language in LANGUAGES if language != "en")


def read(path: Path) -> Any:
    """A JSON file."""
    return json.loads(path.read_text(encoding="utf-8"))


def write(path: Path, data: object) -> None:
    """A JSON file in the form in which pages are kept."""
    path.write_text(json.dumps(data, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


def pages(edition: str) -> Iterator[Path]:
    """Every English page of an edition, its cover first."""
    folder = FRAMEWORKS / edition
    yield folder / "edition.json"
    for name in ("recommendations", "outcomes", "pending"):
        yield from sorted((folder / name).glob("*.json"))


def translation_of(page: Path, language: str) -> Path:
    """Where the translation of a page lies."""
    edition = FRAMEWORKS / page.relative_to(FRAMEWORKS).parts[0]
    return edition / "locale" / language / page.relative_to(edition)


def record() -> None:
    """Note each edition's fingerprint under its content version; a version that is noted already is not overwritten."""
    versions = read(VERSIONS) if VERSIONS.is_file() else {}
    for edition in list_editions():
        framework = load_framework(edition)
        known = versions.setdefault(edition, {}).setdefault(framework.content_version, framework.digest)
        if known != framework.digest:
            sys.exit(f"{edition} changed: raise content_version above {framework.content_version} in its edition.json.")
    write(VERSIONS, versions)


def blanks() -> None:
    """Write one blank whole-country workbook per edition and language."""
    for edition in list_editions():
        for language in LANGUAGES:
            path = data_folder("templates") / f"{edition}-{language}.xlsx"
            template(path, edition=edition, language=language, force=True)


def question_mark(bank: Any) -> str:
    """The fingerprint of the English questions of a rehearsal, kept in their translations."""
    texts = [{key: text for key, text in question.items() if key != "roles"} for question in bank["questions"]]
    return hashlib.sha256(json.dumps(texts, ensure_ascii=False, sort_keys=True).encode()).hexdigest()[:16]


def reviewed(wanted: list[str]) -> None:
    """Note in the translations of some pages which English they were made from."""
    for edition in list_editions():
        for page in pages(edition):
            number = page.stem.replace(".0", ".")
            if wanted == ["all"] or f"{edition}/{number}" in wanted or f"{edition}/{page.stem}" in wanted:
                mark = source_mark(read(page))
                for language in TRANSLATED:
                    path = translation_of(page, language)
                    if path.is_file():
                        write(path, {SOURCE_MARK: mark} | {k: v for k, v in read(path).items() if k != SOURCE_MARK})
        bank = FRAMEWORKS / "mock" / f"questions-{edition}.json"
        if wanted == ["all"] or f"{edition}/mock" in wanted:
            for language in TRANSLATED:
                path = bank.parent / "locale" / language / bank.name
                write(path, read(path) | {SOURCE_MARK: question_mark(read(bank))})


if __name__ == "__main__":
    task, *names = sys.argv[1:]
    if task == "record":
        record()
    elif task == "blanks":
        blanks()
    else:
        reviewed(names)
