"""The file around the document: its properties, and what python-docx's template brings along."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fatf_kit.core.dates import read_moment
from fatf_kit.core.languages import LANGUAGE_TAGS, remove_unreadable
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
