"""The file around the document: its properties, its font, and what python-docx's template brings along.

The font of our documents goes inside each of them, so that pages break alike on every machine.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import NAMESPACE_URL, UUID, uuid5

from fatf_kit.core.dates import read_moment
from fatf_kit.core.languages import LANGUAGE_TAGS, remove_unreadable
from fatf_kit.report.charts.style import get_font_family
from fatf_kit.report.formats.docx.xml import Element, make
from fatf_kit.report.formats.letters import FONT
from fatf_kit.report.model import Document

if TYPE_CHECKING:
    from docx.document import Document as File


_TITLE_LIMIT = 255
_LEFTOVERS = ("/thumbnail", "/extended-properties", "/stylesWithEffects", "/customXml")


def drop_leftovers(file: File) -> None:
    """Leave out the picture, the counts and the second set of styles of a template that is not ours."""
    for relations in (file.part.package.rels, file.part.rels):
        for key in [key for key, relation in relations.items() if relation.reltype.endswith(_LEFTOVERS)]:
            del relations[key]


def mark_as_current(file: File) -> None:
    """Say that it is made for Word 2013 and later, or Word opens it as the file of an older one."""
    from docx.oxml.ns import qn

    for setting in file.settings.element.iter(qn("w:compatSetting")):
        if setting.get(qn("w:name")) == "compatibilityMode":
            setting.set(qn("w:val"), "15")


def write_properties(file: File, document: Document) -> None:
    """Write author, title and the date of the document; a document without a date has none in its properties."""
    about = file.core_properties
    about.author = about.last_modified_by = "fatf-kit"
    about.title = remove_unreadable(document.title)[:_TITLE_LIMIT]
    about.subject = remove_unreadable(document.subtitle)[:_TITLE_LIMIT]
    about.language = LANGUAGE_TAGS.get(document.language, document.language)
    about.comments = about.keywords = ""
    _drop_dates(file)
    if document.made_on:
        about.created = about.modified = read_moment(document.made_on)
    about.revision = 1


def _drop_dates(file: File) -> None:
    """Remove the dates of python-docx's template."""
    from docx.oxml.ns import qn

    properties = file.core_properties._element  # noqa: SLF001 - there is no other way
    for name in ("dcterms:created", "dcterms:modified"):
        for date in properties.findall(qn(name)):
            properties.remove(date)


_CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.obfuscatedFont"
_HIDDEN = 32
"""So many bytes at the start of a font are hidden by its key, ECMA-376 part 1, 17.8.1."""

_BEFORE = ("writeProtection", "view", "zoom", "removePersonalInformation", "removeDateAndTime")
"""The settings of the template that the schema has before the one that keeps fonts in the file."""


def embed_fonts(file: File) -> None:
    """Put both weights of our font into the document and name Arial for programs that read no fonts from a file.

    The font is unmodified, and its licence (SIL OFL 1.1) lets any document carry it. It stays when Word saves the file.
    """
    from docx.opc.constants import RELATIONSHIP_TYPE
    from docx.opc.oxml import serialize_part_xml
    from docx.opc.packuri import PackURI
    from docx.opc.part import Part
    from docx.oxml import OxmlElement
    from docx.oxml.ns import nsmap, qn

    table = file.part.part_related_by(RELATIONSHIP_TYPE.FONT_TABLE)
    family = get_font_family()
    weights = []
    for number, (tag, path) in enumerate((("embedRegular", family.regular), ("embedBold", family.bold)), 1):
        key = make_font_key(path)
        place = PackURI(f"/word/fonts/font{number}.odttf")
        part = Part(place, _CONTENT_TYPE, _obfuscated(path, key), file.part.package)
        names = {name: nsmap[name] for name in ("w", "r")}  # given, because another library may name them otherwise
        weight = OxmlElement(f"w:{tag}", nsdecls=names)
        weight.set(qn("w:fontKey"), f"{{{key}}}".upper())
        weight.set(qn("r:id"), table.relate_to(part, RELATIONSHIP_TYPE.FONT))
        weights.append(weight)
    about = {"altName": "Arial", "panose1": "020B0503050203000203", "charset": "00", "family": "swiss"}
    ours = _describe_font(FONT, about, *weights)
    signs = _describe_font("Symbol", {"charset": "02", "family": "roman"})
    table._blob = serialize_part_xml(make("fonts", ours, signs))  # noqa: SLF001 - python-docx keeps it as bytes
    settings = file.settings.element
    known = {qn(f"w:{name}") for name in _BEFORE}
    settings.insert(sum(child.tag in known for child in settings), make("embedTrueTypeFonts"))


def _describe_font(name: str, about: Mapping[str, str], *weights: Element) -> Element:
    facts = (make(tag, val=value) for tag, value in {**about, "pitch": "variable"}.items())
    return make("font", *facts, *weights, name=name)


def make_font_key(path: Path) -> UUID:
    """Return the key that hides a font: the same for the same file, so that a document gives the same bytes."""
    return uuid5(NAMESPACE_URL, f"fatf-kit/{path.name}")


@cache
def _obfuscated(path: Path, key: UUID) -> bytes:
    """Return the font with its first bytes hidden by the bytes of the key from the last to the first, as Word wants."""
    content, mask = path.read_bytes(), key.bytes[::-1] * 2
    return bytes(a ^ b for a, b in zip(content, mask, strict=False)) + content[_HIDDEN:]
