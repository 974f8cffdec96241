"""The fonts inside a Word file: whole, with the keys that open them, and the same in every run."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from uuid import UUID

import pytest
from defusedxml import ElementTree
from docx.oxml.ns import qn
from fontTools.ttLib import TTFont  # type: ignore[import-untyped]  # it has no types

from fatf_kit import guide
from fatf_kit.report.charts.style import get_font_family
from fatf_kit.report.formats.docx import render_docx

LANGUAGES = ("en", "ar", "fr")
_NEEDED = "àâçéèêëîïôùûüœæÀÇÉÈÊŒ«»’–ابتثجحخدذرزسشصضطظعغفقكلمنهويءآأإؤئةى،؛؟"
_FONT = "IBM Plex Sans Arabic"
_FONT_TYPE = "application/vnd.openxmlformats-officedocument.obfuscatedFont"
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/font"


def _written(language: str) -> bytes:
    return render_docx(guide("IO.3", edition="fatf-2022", language=language))


@pytest.mark.parametrize("language", LANGUAGES)
def test_both_weights_are_in_the_file(language: str) -> None:
    """Each is named by the table of fonts and, opened with its key as Word opens it, is the font that we ship."""
    with zipfile.ZipFile(io.BytesIO(_written(language))) as package:
        table = ElementTree.fromstring(package.read("word/fontTable.xml"))
        relations = ElementTree.fromstring(package.read("word/_rels/fontTable.xml.rels"))
        types = ElementTree.fromstring(package.read("[Content_Types].xml"))
        places = {r.get("Id"): r.get("Target") for r in relations if r.get("Type") == _RELATION}
        typed = {part.get("PartName") for part in types if part.get("ContentType") == _FONT_TYPE}
        weights = {weight.tag: weight for font in table for weight in font if font.get(qn("w:name")) == _FONT}
        family = get_font_family()
        for tag, path in (("w:embedRegular", family.regular), ("w:embedBold", family.bold)):
            weight = weights[qn(tag)]
            place = f"word/{places[weight.attrib[qn('r:id')]]}"
            assert f"/{place}" in typed
            hidden, key = package.read(place), UUID(weight.attrib[qn("w:fontKey")]).bytes
            opened = bytes(byte ^ key[15 - at % 16] for at, byte in enumerate(hidden[:32])) + hidden[32:]
            assert path.read_bytes() == opened


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_letter_is_set_in_a_font_of_the_file(language: str) -> None:
    """The defaults name it for letters of each direction, and Word is told, in the schema's place, to keep it."""
    with zipfile.ZipFile(io.BytesIO(_written(language))) as package:
        styles = ElementTree.fromstring(package.read("word/styles.xml"))
        settings = ElementTree.fromstring(package.read("word/settings.xml"))
    (named,) = styles.findall(f".//{qn('w:rPrDefault')}//{qn('w:rFonts')}")
    assert {named.get(qn(f"w:{kind}")) for kind in ("ascii", "hAnsi", "eastAsia", "cs")} == {_FONT}
    assert [child.tag for child in settings][:2] == [qn("w:zoom"), qn("w:embedTrueTypeFonts")]


def test_the_same_document_gives_the_same_bytes() -> None:
    """The keys are made from the names of the files, not drawn; and two fonts take less than 250 kB."""
    first = _written("fr")
    assert first == _written("fr")
    assert len(first) < 250_000


def test_the_fonts_may_be_embedded() -> None:
    """Both say so by a zero, installable, and draw what French and Arabic need."""
    family = get_font_family()
    for path in (family.regular, family.bold):
        font = TTFont(path)
        assert font["OS/2"].fsType == 0
        assert set(_NEEDED) <= set(map(chr, font.getBestCmap()))


@pytest.mark.parametrize("compact", [True, False])
def test_pictures_stand_in_whole_lines(compact: bool) -> None:
    """Text takes less than the line that the font asks for; a picture on such a line would be cut at its top."""
    document = replace(guide("IO.3", edition="fatf-2022", language="en"), compact=compact)
    with zipfile.ZipFile(io.BytesIO(render_docx(document))) as package:
        styles = ElementTree.fromstring(package.read("word/styles.xml"))
    lines = {
        style.get(qn("w:styleId")): int(spacing.attrib[qn("w:line")])
        for style in styles.iter(qn("w:style"))
        for spacing in style.iter(qn("w:spacing"))
        if spacing.get(qn("w:lineRule")) == "auto"
    }
    assert lines.pop("Figure") == 240
    assert set(lines.values()) == {210 if compact else 223}
