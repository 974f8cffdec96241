"""The guides for readers: each page of the documentation in each format, in the direction of its language."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from fatf_kit import reader_guide
from fatf_kit.cli.main import cli
from fatf_kit.core.errors import UnknownIdError
from fatf_kit.papers import reader_guide as guides
from fatf_kit.papers.reader_guide import list_reader_guides
from fatf_kit.report.formats.docx import render_docx
from fatf_kit.report.formats.html import render_document
from fatf_kit.report.model import walk_sections

DOCS = Path(__file__).resolve().parents[3] / "docs"
GUIDES = list_reader_guides()
WRITTEN = [(reader, language) for reader, languages in GUIDES.items() for language in languages]


def invoke(*args: object) -> Result:
    """Run the command line in this process."""
    return CliRunner().invoke(cli, [str(arg) for arg in args])


@pytest.mark.full(keep_every=4)
@pytest.mark.parametrize(("reader", "language"), WRITTEN)
def test_every_page_becomes_a_document(reader: str, language: str) -> None:
    """Each heading of the page is a section, in the order of the page."""
    page = DOCS / ("guides" if language == "en" else language) / f"{reader}.md"
    headings, fenced = [], False
    for line in page.read_text(encoding="utf-8").splitlines():
        fenced ^= line.startswith("```")
        if line.startswith("#") and not fenced:
            headings.append(line.lstrip("#").strip().replace("`", "").replace("*", ""))
    made = reader_guide(reader, language=language)
    titles = [section.title for section in walk_sections(made.sections)]
    assert [made.title, *titles[1:]] == headings
    assert render_document(made)


def test_the_readers_of_the_command_have_a_guide() -> None:
    """Those that --help names, and the others; English and French have all those that agencies and regulators need."""
    assert set(GUIDES) == {"coordinator", "agency", "npo", "analyst", "laws", "administrator", "whats-new"}
    assert GUIDES["whats-new"] == ("en", "ar", "fr")
    assert all({"en", "fr"} <= set(GUIDES[reader]) for reader in ("coordinator", "agency", "npo"))


def test_arabic_opens_from_right_to_left() -> None:
    """Paragraphs, tables and styles do; a command keeps its own direction."""
    packed = zipfile.ZipFile(io.BytesIO(render_docx(reader_guide("coordinator", language="ar"))))
    body, styles = (packed.read(f"word/{name}.xml").decode() for name in ("document", "styles"))
    assert "<w:bidi/>" in styles
    assert "<w:bidiVisual/>" in body
    assert '<w:pStyle w:val="Heading1"/><w:bidi/>' in body
    assert '<w:pStyle w:val="Code"/><w:bidi w:val="0"/>' in body


def test_a_guide_that_is_not_translated_names_its_languages(monkeypatch: pytest.MonkeyPatch) -> None:
    """The reader can choose one of them at once."""
    real = guides._find_page

    def find(reader: str, language: str) -> Path:
        return real("none" if language == "ar" else reader, language)

    monkeypatch.setattr(guides, "_find_page", find)
    with pytest.raises(UnknownIdError, match=r"'npo' is not written in the language 'ar'.*: en, fr\."):
        reader_guide("npo", language="ar")


def test_a_country_writes_its_own_words() -> None:
    """The page is a text of ours, in which national words are replaced."""
    assert reader_guide("agency", language="ar-IQ").language == "ar-IQ"


def test_the_command_writes_each_format(tmp_path: Path) -> None:
    """The ending decides; without a name the file is named after reader and language."""
    for ending in ("docx", "html", "pdf"):
        path = tmp_path / f"guide.{ending}"
        assert invoke("guide", "Agency", "--lang", "fr", "-o", path).exit_code == 0
    assert {path.suffix for path in tmp_path.glob("[!.]*")} == {".docx", ".html", ".pdf"}


def test_an_unknown_reader_gets_the_list() -> None:
    """A word without a figure is no id of an outcome."""
    with pytest.raises(UnknownIdError, match="Guides: administrator, agency, analyst, coordinator, laws, npo"):
        raise invoke("guide", "agncy").exception or AssertionError
