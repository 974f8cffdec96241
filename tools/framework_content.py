"""Maintain what is derived from the frameworks: fingerprints of versions, marks of translations, blank workbooks.

`record` stores the fingerprint of each edition under its content version; `blanks` writes templates/ again; `reviewed
EDITION/PAGE ...` stores that the translations of a page match its English ("all" for every page), and without a page
lists the translations that are older than their English.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from fatf_kit import template
from fatf_kit.core.languages import LANGUAGES
from fatf_kit.core.overlays import SOURCE_MARK, compute_source_mark, find_translation
from fatf_kit.core.resources import data_folder
from fatf_kit.framework import list_editions, load_framework
from fatf_kit.framework.translations import collect_english_texts, find_rule

FRAMEWORKS = data_folder("frameworks")
VERSIONS = FRAMEWORKS / "versions.json"
TRANSLATED = tuple(language for language in LANGUAGES if language != "en")


def read_json(path: Path) -> Any:
    """Return a JSON file."""
    return json.loads(path.read_text(encoding="utf-8"))


def write_json(path: Path, data: object) -> None:
    """A JSON file in the form in which pages are kept."""
    path.write_text(json.dumps(data, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


def list_translated_files() -> Iterator[Path]:
    """Yield every English file that has texts to translate."""
    for path in sorted(FRAMEWORKS.rglob("*.json")):
        apart = path.relative_to(FRAMEWORKS).parts[0] in ("locale", "schema")
        if not apart and find_rule(path, FRAMEWORKS):
            yield path


def read_texts(path: Path) -> Any:
    """Return the English texts of a file that are translated."""
    return collect_english_texts(read_json(path), path, FRAMEWORKS)


def translation_path(page: Path, language: str) -> Path:
    """Return the path of the translation of a file."""
    return find_translation(page, FRAMEWORKS, language)


def record_versions() -> None:
    """Note each edition's fingerprint under its content version; a version that is noted already is not overwritten."""
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


def name_page(page: Path) -> str:
    """Name an English file as `make reviewed` accepts it: "fatf-2022/R.10", or its path below frameworks/."""
    name = page.relative_to(FRAMEWORKS).with_suffix("").as_posix()
    return re.sub(r"/(?:recommendations|outcomes|pending)/(R|IO)\.0?", r"/\1.", name)


def list_outdated(*languages: str) -> Iterator[str]:
    """Yield each translation of a file that was made from another English text, with what to do."""
    for page in list_translated_files():
        mark = compute_source_mark(read_texts(page))
        old = [
            language
            for language in languages or TRANSLATED
            if (path := translation_path(page, language)).is_file() and read_json(path).get(SOURCE_MARK) != mark
        ]
        if old:
            name = name_page(page)
            yield f'{name} is older than its English: {", ".join(old)}. Correct it, then: make reviewed PAGES="{name}"'


def mark_reviewed(wanted: list[str]) -> None:
    """Note in the translations of some files which English they were made from.

    Raises:
        SystemExit: a wanted file has no texts to translate.
    """
    pages = {
        page: {name_page(page), page.relative_to(FRAMEWORKS).with_suffix("").as_posix()}
        for page in list_translated_files()
    }
    if unknown := set(wanted).difference(["all"], *pages.values()):
        sys.exit(f"No file with texts to translate: {', '.join(sorted(unknown))}.")
    for page, names in pages.items():
        if "all" in wanted or names & set(wanted):
            mark = compute_source_mark(read_texts(page))
            for language in TRANSLATED:
                path = translation_path(page, language)
                if path.is_file():
                    write_json(
                        path, {SOURCE_MARK: mark} | {k: v for k, v in read_json(path).items() if k != SOURCE_MARK}
                    )


if __name__ == "__main__":
    task, *names = sys.argv[1:]
    if task == "record":
        record_versions()
    elif task == "blanks":
        write_blank_workbooks()
    elif names:
        mark_reviewed(names)
    else:
        print("\n".join(list_outdated()) or "No translation is older than its English.")
