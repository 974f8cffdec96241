"""Every document and workbook names the state of the text of its edition and says that it is independent of FATF."""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Callable
from html import unescape
from pathlib import Path

import pytest
from click.testing import CliRunner
from openpyxl import load_workbook

import fatf_kit
from fatf_kit import ScoringResult, paper
from fatf_kit.cli.main import cli
from fatf_kit.core.languages import LANGUAGES, clean
from fatf_kit.core.messages import AFFILIATION, Translator
from fatf_kit.framework import load_framework
from fatf_kit.papers.papers import PAPERS
from fatf_kit.report.formats.typst_data import flatten_document
from fatf_kit.report.formats.xlsx import render_xlsx
from fatf_kit.report.model import Document, Report
from fatf_kit.report.write import DOCUMENT_FORMATS, FORMATS
from fatf_kit.spreadsheets.cell_writer import BookWriter
from tests.examples import score_example

NOW = "2026-11-24"
STATE = "as amended October 2025; R.6 revised June 2026"


@pytest.fixture(scope="module")
def scored() -> ScoringResult:
    """Return the scores of the fictional country."""
    return score_example("ruritania/workbook")


def text_of(data: bytes, ending: str) -> str:
    """Return the words of a rendered document."""
    if ending == ".html":
        return clean(unescape(re.sub(r"<[^>]+>", "", data.decode())))
    parts = zipfile.ZipFile(io.BytesIO(data))
    pages = [parts.read(name).decode() for name in parts.namelist() if name.endswith(".xml")]
    return clean(unescape(re.sub(r"<[^>]+>", "", " ".join(pages))))


def small(language: str) -> Document:
    """Return a document that names an edition and nothing else."""
    t = Translator(language)
    facts = ((t("Edition"), load_framework("fatf-2022", language).full_title),)
    return Document(id="x", title="x", subtitle="", language=language, facts=facts, notices=(), sections=())


@pytest.mark.parametrize("language", ["en", "ar", pytest.param("fr", marks=pytest.mark.full)])
@pytest.mark.parametrize("kind", [kind for kind in PAPERS if kind != "agency"])
def test_every_paper(scored: ScoringResult, kind: str, language: str) -> None:
    """Every paper names the edition, the state of its text and its independence, in the reader's language."""
    document = paper(scored, kind, generated_at=NOW, language=language)
    page = text_of(DOCUMENT_FORMATS[".html"](document), ".html")
    assert clean(Translator(language)(AFFILIATION)) in page
    edition = load_framework("fatf-2022", language)
    assert clean(edition.text_state if kind in ("brief", "slide", "deck") else edition.full_title) in page


def test_the_brief_stays_one_page(scored: ScoringResult) -> None:
    """The brief names edition and independence and is still one page long."""
    data = DOCUMENT_FORMATS[".pdf"](paper(scored, "brief", generated_at=NOW))
    assert len(re.findall(rb"/Type\s*/Page\b(?!s)", data)) == 1


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("ending", [".html", ".docx"])
def test_every_format_of_a_document(ending: str, language: str) -> None:
    """HTML and Word documents have one text on independence, which the renderer prints for every document."""
    text = text_of(DOCUMENT_FORMATS[ending](small(language)), ending)
    assert clean(Translator(language)(AFFILIATION)) in text
    assert clean(load_framework("fatf-2022", language).text_state) in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_pdf_has_the_text_on_independence(language: str) -> None:
    """The data for the typesetter has the text on independence, and the template prints it."""
    plain = flatten_document(small(language), Translator(language))
    assert clean(Translator(language)(AFFILIATION)) == clean(str(plain["affiliation"]))
    assert "doc.affiliation" in (Path(fatf_kit.__file__).parent / "report" / "assets" / "document.typ").read_text()
    assert DOCUMENT_FORMATS.keys() == {".html", ".docx", ".pdf"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_xlsx_has_the_text_on_independence(language: str) -> None:
    """The sheet about the report has the text on independence."""
    data = render_xlsx(Report(document=small(language), tables=(), payload={}))
    sheet = load_workbook(io.BytesIO(data)).worksheets[0]
    words = {clean(str(cell.value)) for row in sheet.iter_rows() for cell in row if cell.value}
    assert clean(Translator(language)(AFFILIATION)) in words
    assert FORMATS.keys() == {"json", "html", "docx", "xlsx", "pdf"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_documents_on_published_ratings(language: str) -> None:
    """The report on published ratings, the follow-up report and the guide name their edition in the same way."""
    documents: list[tuple[str, Document]] = [
        ("fatf-2013", fatf_kit.score_published("IRQ", generated_at=NOW, language=language)[1].document),
        ("fatf-2013", fatf_kit.follow_up("IRQ").document(today=NOW, language=language)),
        ("fatf-2022", fatf_kit.follow_up("MYS").document(today=NOW, language=language)),
    ]
    for edition, document in documents:
        assert load_framework(edition, document.language).full_title in dict(document.facts).values(), document.id


def first_sheet(data: bytes) -> str:
    """Return the words of the cover."""
    sheet = load_workbook(io.BytesIO(data), read_only=True).worksheets[0]
    return "\n".join(clean(str(cell.value)) for row in sheet.iter_rows() for cell in row if cell.value)


def template(folder: Path, language: str) -> bytes:
    """Write a blank workbook of one Recommendation and return its bytes."""
    path = folder / "template.xlsx"
    words = ["template", "--only", "R.6", "--lang", language, "-o", str(path)]
    assert CliRunner().invoke(cli, words).exit_code == 0
    return path.read_bytes()


def follow_up_book(folder: Path, language: str) -> bytes:  # noqa: ARG001 - called like the others
    """The workbook of a follow-up."""
    return fatf_kit.follow_up("IRQ").workbook(language)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("make", [template, follow_up_book])
def test_covers_of_workbooks(make: Callable[[Path, str], bytes], language: str, tmp_path: Path) -> None:
    """The cover has the text on independence, and the state of the text of the edition where it names one."""
    words = first_sheet(make(tmp_path, language))
    assert clean(Translator(language)(AFFILIATION)) in words
    if make is template:
        assert clean(load_framework("fatf-2022", language).full_title) in words


@pytest.mark.parametrize("language", LANGUAGES)
def test_properties_of_every_workbook_name_independence(language: str) -> None:
    """Every workbook that the cell writer writes has it, with or without a cover, and other properties stay."""
    cell_writer = BookWriter(language)
    cell_writer.book.set_properties({"title": "x", "author": "fatf-kit"})
    cell_writer.sheet("x")
    properties = load_workbook(io.BytesIO(cell_writer.finish())).properties
    assert (Translator(language)(AFFILIATION), "x") == (properties.description, properties.title)


@pytest.mark.parametrize("language", LANGUAGES)
def test_printed_text_is_not_reported_as_typed(language: str, tmp_path: Path) -> None:
    """A blank workbook that is returned gives no problem about a cell."""
    template(tmp_path, language)
    result = CliRunner().invoke(cli, ["check", str(tmp_path / "template.xlsx"), "--json"])
    assert [one for one in json.loads(result.stdout)["problems"] if one["code"].startswith("cell-")] == []


def test_the_command_line_and_the_readme() -> None:
    """`--version`, the README and the first page of the docs."""
    assert AFFILIATION in CliRunner().invoke(cli, ["--version"]).stdout
    assert STATE in CliRunner().invoke(cli, ["frameworks", "list"]).stdout
    root = Path(__file__).parents[2]
    for page in ("README.md", "docs/index.md"):
        text = " ".join((root / page).read_text(encoding="utf-8").split())
        assert (
            "is not affiliated with or endorsed by FATF, its regional bodies, the United Nations or the World Bank"
            in text
        )
