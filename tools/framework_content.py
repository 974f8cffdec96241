"""Maintain what is derived from the frameworks: fingerprints of versions, marks of translations, blank workbooks.

`record` stores the fingerprint of each edition under its content version; `blanks` writes templates/ again; `reviewed
EDITION/PAGE ...` stores that the translations of a page match its English ("all" for every page).
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


def read_json(path: Path) -> Any:
    """Read a JSON file."""
    return json.loads(path.read_text(encoding="utf-8"))


def write_json(path: Path, data: object) -> None:
    """Write a JSON file in the layout of the framework pages."""
    path.write_text(json.dumps(data, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


def list_pages(edition: str) -> Iterator[Path]:
    """Yield every English page of an edition, its cover first."""
    folder = FRAMEWORKS / edition
    yield folder / "edition.json"
    for name in ("recommendations", "outcomes", "pending"):
        yield from sorted((folder / name).glob("*.json"))


def translation_path(page: Path, language: str) -> Path:
    """Return the path of the translation of a page."""
    edition = FRAMEWORKS / page.relative_to(FRAMEWORKS).parts[0]
    return edition / "locale" / language / page.relative_to(edition)


def record_versions() -> None:
    """Store each edition's fingerprint under its content version; a recorded version is never overwritten."""
    versions = read_json(VERSIONS) if VERSIONS.is_file() else {}
    for edition in list_editions():
        framework = load_framework(edition)
        known = versions.setdefault(edition, {}).setdefault(framework.content_version, framework.digest)
        if known != framework.digest:
            sys.exit(f"{edition} changed: raise content_version above {framework.content_version} in its edition.json.")
    write_json(VERSIONS, versions)


def write_blank_workbooks() -> None:
    """Write one blank whole-country workbook per edition and language."""
    for edition in list_editions():
        for language in LANGUAGES:
            path = data_folder("templates") / f"{edition}-{language}.xlsx"
            template(path, edition=edition, language=language, force=True)


def questions_fingerprint(bank: Any) -> str:
    """Return the fingerprint of the English questions of a mock visit, which their translations store."""
    texts = [{key: text for key, text in question.items() if key != "roles"} for question in bank["questions"]]
    return hashlib.sha256(json.dumps(texts, ensure_ascii=False, sort_keys=True).encode()).hexdigest()[:16]


def mark_reviewed(wanted: list[str]) -> None:
    """Store in the translations of some pages which English text they were made from."""
    for edition in list_editions():
        for page in list_pages(edition):
            number = page.stem.replace(".0", ".")
            if wanted == ["all"] or f"{edition}/{number}" in wanted or f"{edition}/{page.stem}" in wanted:
                mark = source_mark(read_json(page))
                for language in TRANSLATED:
                    path = translation_path(page, language)
                    if path.is_file():
                        write_json(
                            path, {SOURCE_MARK: mark} | {k: v for k, v in read_json(path).items() if k != SOURCE_MARK}
                        )
        bank = FRAMEWORKS / "mock" / f"questions-{edition}.json"
        if wanted == ["all"] or f"{edition}/mock" in wanted:
            for language in TRANSLATED:
                path = bank.parent / "locale" / language / bank.name
                write_json(path, read_json(path) | {SOURCE_MARK: questions_fingerprint(read_json(bank))})


if __name__ == "__main__":
    task, *names = sys.argv[1:]
    if task == "record":
        record_versions()
    elif task == "blanks":
        write_blank_workbooks()
    else:
        mark_reviewed(names)
