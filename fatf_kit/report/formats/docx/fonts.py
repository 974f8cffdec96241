"""The font of our documents goes inside each of them, so that pages break alike on every machine."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import NAMESPACE_URL, UUID, uuid5

from fatf_kit.report.charts.style import get_font_family
from fatf_kit.report.formats.docx.xml import make
from fatf_kit.report.formats.letters import FONT

if TYPE_CHECKING:
    from docx.document import Document as File

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
    ours = make(
        "font",
        make("altName", val="Arial"),
        make("panose1", val="020B0503050203000203"),
        make("charset", val="00"),
        make("family", val="swiss"),
        make("pitch", val="variable"),
        *weights,
        name=FONT,
    )
    signs = make(
        "font", make("charset", val="02"), make("family", val="roman"), make("pitch", val="variable"), name="Symbol"
    )
    table._blob = serialize_part_xml(make("fonts", ours, signs))  # noqa: SLF001 - python-docx keeps it as bytes
    settings = file.settings.element
    known = {qn(f"w:{name}") for name in _BEFORE}
    settings.insert(sum(child.tag in known for child in settings), make("embedTrueTypeFonts"))


def make_font_key(path: Path) -> UUID:
    """Return the key that hides a font: the same for the same file, so that a document gives the same bytes."""
    return uuid5(NAMESPACE_URL, f"fatf-kit/{path.name}")


@cache
def _obfuscated(path: Path, key: UUID) -> bytes:
    """Return the font with its first bytes hidden by the bytes of the key from the last to the first, as Word wants."""
    content, mask = path.read_bytes(), key.bytes[::-1] * 2
    return bytes(a ^ b for a, b in zip(content, mask, strict=False)) + content[_HIDDEN:]
