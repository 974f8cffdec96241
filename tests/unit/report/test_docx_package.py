"""The Word file as a package: the same bytes, nothing of the template, and elements where the schema has them."""

from __future__ import annotations

import io
import zipfile

import pytest
from docx.oxml.ns import qn
from docx.oxml.parser import parse_xml

from fatf_kit import guide, score_published
from fatf_kit.report.formats.docx import render_docx
from fatf_kit.report.model import Document

SCHEMA_ORDER = {
    "pPr": "pStyle keepNext keepLines pageBreakBefore numPr pBdr shd tabs bidi spacing ind jc outlineLvl",
    "rPr": "rStyle rFonts b bCs color sz szCs u bdr shd rtl lang",
    "tblPr": "tblStyle bidiVisual tblW tblInd tblBorders tblLayout tblCellMar tblLook",
    "tcPr": "tcW tcBorders shd vAlign",
    "style": "name basedOn next uiPriority semiHidden unhideWhenUsed qFormat pPr rPr tblPr tblStylePr",
    "sectPr": "headerReference footerReference pgSz pgMar cols titlePg bidi docGrid",
    "lvl": "start numFmt pStyle lvlText lvlJc pPr",
}
"""ISO/IEC 29500-1, Annex A: the elements that we write, in the order the schema has them."""


@pytest.fixture(scope="module", params=["report", "guide"])
def document(request: pytest.FixtureRequest) -> Document:
    """A report with charts and ratings in English, a guide with lists and a checklist in Arabic."""
    if request.param == "guide":
        return guide("IO.6", language="ar")
    return score_published("IRQ", report="MER", generated_at="2026-11-24")[1].document


@pytest.fixture(scope="module")
def content(document: Document) -> bytes:
    """Its Word file."""
    return render_docx(document)


def test_same_document_same_bytes(document: Document, content: bytes) -> None:
    """Two renderings are equal, and no entry of the zip file carries a time."""
    assert content == render_docx(document)
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        assert {entry.date_time for entry in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_nothing_of_the_template_is_left(content: bytes) -> None:
    """No thumbnail, no counts, no second set of styles; and Word does not call it the file of an older Word."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        names = {name for name in package.namelist() if not name.startswith("word/media/")}
        settings = parse_xml(package.read("word/settings.xml"))
    assert not {name for name in names if "thumbnail" in name or "custom" in name or "Effects" in name or "app" in name}
    modes = {s.get(qn("w:name")): s.get(qn("w:val")) for s in settings.iter(qn("w:compatSetting"))}
    assert modes["compatibilityMode"] == "15"


def test_properties_stand_in_schema_order(content: bytes) -> None:
    """Word may drop what stands in the wrong place."""
    seen = set()
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        for name in package.namelist():
            if name.startswith("word/") and name.endswith(".xml") and "theme" not in name:
                root = parse_xml(package.read(name))
                for tag, allowed in SCHEMA_ORDER.items():
                    for element in root.iter(qn(f"w:{tag}")):
                        places = [allowed.split().index(child.tag.rpartition("}")[2]) for child in element]
                        assert sorted(places) == places, (name, tag)
                        seen.add(tag)
    assert seen == set(SCHEMA_ORDER)


def test_properties_have_the_date_of_the_document(document: Document, content: bytes) -> None:
    """The properties give the day on which the report was made; a guide, which has none, gives none."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        core = parse_xml(package.read("docProps/core.xml"))
    dates = [core.findtext(qn(f"dcterms:{name}")) for name in ("created", "modified")]
    assert dates == (["2026-11-24T12:00:00Z"] * 2 if document.id == "published" else [None, None])


def test_every_style_used_is_there(content: bytes) -> None:
    """No paragraph, run or table asks for a style that the file does not have."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        parts = [parse_xml(package.read(n)) for n in package.namelist() if n.startswith("word/") and n.endswith(".xml")]
    known = {style.get(qn("w:styleId")) for part in parts for style in part.iter(qn("w:style"))}
    tags = ("w:pStyle", "w:rStyle", "w:tblStyle", "w:basedOn", "w:next")
    used = {element.get(qn("w:val")) for part in parts for element in part.iter(*map(qn, tags))}
    assert used
    assert used <= known
