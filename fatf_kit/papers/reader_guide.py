"""The guides of the documentation, one for each reader, as documents to send to people."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from fatf_kit.core.errors import UnknownIdError
from fatf_kit.core.languages import LANGUAGES
from fatf_kit.core.messages import Translator
from fatf_kit.core.national_words import apply_vocabulary, base_language
from fatf_kit.core.resources import data_folder, tool_version
from fatf_kit.report.markdown_pages import MarkdownPage, read_page, read_title
from fatf_kit.report.model import Document

_ENGLISH = "guides"


def list_reader_guides() -> Mapping[str, tuple[str, ...]]:
    """Return the readers that have a guide, each with the languages in which it is written.

    >>> list_reader_guides()["agency"]
    ('en', 'ar', 'fr')
    """
    readers = sorted(path.stem for path in (data_folder("docs") / _ENGLISH).glob("*.md"))
    return {
        reader: tuple(language for language in LANGUAGES if _find_page(reader, language).is_file())
        for reader in readers
    }


def build_reader_guide(reader: str, language: str = "en") -> Document:
    """Return the guide for "coordinator", "agency", "npo" or "analyst", as the documentation has it.

    Raises:
        UnknownIdError: no such guide, or none in this language.
    """
    known, t = list_reader_guides(), Translator(language)
    if reader not in known:
        raise UnknownIdError("'{reader}' is not a guide. Guides: {guides}.", reader=reader, guides=tuple(known))
    if t.base not in known[reader]:
        raise UnknownIdError(
            "The guide '{reader}' is not written in the language '{language}'. Languages of this guide: {languages}. "
            "Choose one of them with --lang.",
            reader=reader,
            language=t.base,
            languages=known[reader],
        )
    page = MarkdownPage(_name_page(reader, t.base), _read_text(reader, language), language, _list_titles(language))
    version = t("fatf-kit {tool}", tool=tool_version())
    notices = (version, *([t("Working translation.")] if t.base != "en" else []))
    frame = Document(id="", title="", subtitle="", language=language, facts=(), notices=notices, sections=())
    return read_page(page, name=f"guide-{reader}", introduction=t("About this guide"), document=frame)


def _list_titles(language: str) -> Mapping[str, str]:
    """Return the title of each guide in each language by the path of its page."""
    return {
        _name_page(reader, written): read_title(
            _read_text(reader, language if base_language(language) == written else written)
        )
        for reader, languages in list_reader_guides().items()
        for written in languages
    }


def _read_text(reader: str, language: str) -> str:
    text = _find_page(reader, base_language(language)).read_text(encoding="utf-8")
    return apply_vocabulary(text, language)


def _name_page(reader: str, language: str) -> str:
    return f"docs/{_ENGLISH if language == 'en' else language}/{reader}.md"


def _find_page(reader: str, language: str) -> Path:
    return data_folder("docs").parent / _name_page(reader, language)
