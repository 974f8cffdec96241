"""Pages of a Word document: its paragraphs and the cells of its tables.

Word knows no pages, but saves where they broke last. Only the part with the text is unpacked, counted while it is.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
import zlib
from dataclasses import dataclass, field
from typing import Any

from fatf_kit.core.errors import FatfKitError
from fatf_kit.core.file_limits import MEGABYTE
from fatf_kit.texts.limits import LETTERS, LINE_LENGTH, LINES, MOST_UNPACKED, PAGES, check_limit
from fatf_kit.texts.model import RawLine, RawPage, TextCell

_MARKERS = "•▪●◦‣"
"""Marks for the lists of a Word document, whose numbers and bullets are not in its text; a list keeps its mark."""

_CFB = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PASSWORD = "EncryptedPackage".encode("utf-16-le")
_MAIN = "word/document.xml"
_MOST_RELATIONS = MEGABYTE
_DEEPEST, _LONGEST_NODE = 256, 10
"""Levels of elements inside each other, and megabytes of one text, at which the parser of XML stops."""

_PIECE = 64 * 1024
_PARAGRAPH = re.compile(rb"<(?:\w+:)?(?:p|br)[\s/>]")
_MAIN_PART = re.compile(rb"<Relationship\s[^<>]*?/officeDocument\"[^<>]*>")
_TARGET = re.compile(rb"\sTarget=\"([^\"]{1,200})\"")


def read_word(content: bytes, name: str) -> tuple[RawPage, ...]:
    """Return the pages of a Word document, each of its paragraphs with the cell that it is in.

    Raises:
        FatfKitError: the document is damaged, protected by a password, of an old kind, or beyond the limits.
    """
    from lxml import etree

    if content.startswith(_CFB):
        _refuse_old(content, name)
    try:
        part = _unpack(content, name)
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
        tree = etree.parse(io.BytesIO(part), parser)
        if tree.docinfo.doctype:
            raise _make_type_fault(name)
        body = tree.getroot().find("{*}body")
    except FatfKitError:
        raise
    except etree.XMLSyntaxError as fault:
        raise _explain_stop(fault, name) from fault
    except NotImplementedError as fault:  # a kind of packing that Word does not use
        raise _make_fault(name) from fault
    except RuntimeError as fault:  # the only reason is that a part of the package is encrypted
        raise _make_password_fault(name) from fault
    except (KeyError, ValueError, zipfile.BadZipFile, zlib.error, EOFError, OSError) as fault:
        raise _make_fault(name) from fault
    if body is None:
        raise _make_fault(name)
    pages = _WordReader(body, name).read()
    check_limit(PAGES, len(pages), name)
    check_limit(LETTERS, sum(len(line.text) for page in pages for line in page.lines), name)
    return pages


def _make_fault(name: str) -> FatfKitError:
    return FatfKitError(
        "{file} is damaged or is not a Word document (.docx). Save it again and name the copy.", file=name
    )


def _explain_stop(fault: Any, name: str) -> FatfKitError | MemoryError:
    """Return why the parser of XML stopped: it has limits of its own, beyond which a document is no report."""
    from lxml.etree import ErrorTypes

    if fault.code == ErrorTypes.ERR_NO_MEMORY:
        return MemoryError()
    is_limit = fault.code in (ErrorTypes.ERR_RESOURCE_LIMIT, ErrorTypes.ERR_COMMENT_NOT_FINISHED)
    if is_limit and "depth" in fault.msg:
        return FatfKitError(
            "{file} nests tables or other elements more than {most} levels deep, which Word never does, so that it is "
            "not read. Ask its publisher for another copy.",
            file=name,
            most=_DEEPEST,
        )
    if is_limit and ("too" in fault.msg or "limit" in fault.msg):
        return FatfKitError(
            "{file} has a single text of more than {most} MB, which no report has, so that it is not read. Ask its "
            "publisher for another copy.",
            file=name,
            most=_LONGEST_NODE,
        )
    return _make_fault(name)


def _make_password_fault(name: str) -> FatfKitError:
    return FatfKitError("{file} is protected by a password. Save a copy without it.", file=name)


def _make_type_fault(name: str) -> FatfKitError:
    return FatfKitError(
        "{file} declares a document type or entities, as attacks do and Word never does, so that it is not read. Ask "
        "its publisher for another copy.",
        file=name,
    )


def _refuse_old(content: bytes, name: str) -> None:
    if _PASSWORD in content:
        raise _make_password_fault(name)
    raise FatfKitError(
        "{file} is a document of an old version of Word, whatever its name is. Open it in Word, save it as .docx, "
        "and name that copy.",
        file=name,
    )


def _unpack(content: bytes, name: str) -> bytes:
    """Return the part with the text, counted while it is unpacked: a directory may lie about sizes."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        with package.open("_rels/.rels") as relations:
            main = _find_main(relations.read(_MOST_RELATIONS))
        pieces, size, paragraphs = [], 0, 0
        with package.open(main) as part:
            while piece := part.read(_PIECE):
                size += len(piece)
                paragraphs += len(_PARAGRAPH.findall(piece))
                if size > MOST_UNPACKED:
                    raise FatfKitError(
                        "{file} unpacks to more than {most} MB, which no report does, so that it is not read. Ask its "
                        "publisher for the PDF.",
                        file=name,
                        most=MOST_UNPACKED // MEGABYTE,
                    )
                check_limit(LINES, paragraphs, name)
                if b"<!DOCTYPE" in piece or b"<!ENTITY" in piece:
                    raise _make_type_fault(name)
                pieces.append(piece)
    return b"".join(pieces)


def _find_main(relations: bytes) -> str:
    """Return the name of the part with the text, as the package says; by default the usual one."""
    relation = _MAIN_PART.search(relations)
    target = _TARGET.search(relation[0]) if relation else None
    return posixpath.normpath(target[1].decode("utf-8", "replace")).lstrip("/") if target else _MAIN


@dataclass(slots=True)
class _WordReader:
    """Reads the body of a document from its first element to its last."""

    body: Any
    name: str
    pages: list[RawPage] = field(default_factory=list)
    lines: list[RawLine] = field(default_factory=list)
    tables: int = 0
    is_saved: bool = False

    def read(self) -> tuple[RawPage, ...]:
        self.is_saved = any(True for _ in self.body.iter("{*}lastRenderedPageBreak"))
        self._read_blocks(self.body)
        self._end_page()
        return tuple(self.pages)

    def _end_page(self) -> None:
        self.pages.append(RawPage(lines=tuple(self.lines), has_paragraphs=True))
        self.lines = []

    def _read_blocks(self, parent: Any) -> None:
        """Read paragraphs and tables, also those inside other elements, as controls and accepted changes."""
        for block in parent:
            match _name_of(block):
                case "p":
                    for lines, is_new_page in self._split_paragraph(block, None):
                        if is_new_page:
                            self._end_page()
                        self.lines += lines
                case "tbl":
                    self._read_table(block)
                case "sectPr" | "del" | "moveFrom":
                    pass
                case _:
                    self._read_blocks(block)

    def _read_table(self, table: Any) -> None:
        """Read a table cell by cell; a table inside a cell is text of that cell.

        A row belongs to the page on which it begins, because each of its cells may say that the page ends in it.
        """
        number = self.tables
        self.tables += 1
        for row, element in enumerate(table.iterchildren("{*}tr")):
            column, passed = 0, 0
            for cell in element.iter("{*}tc"):
                if next(cell.iterancestors("{*}tr")) is not element:
                    continue
                paragraphs = (
                    self._split_paragraph(paragraph, TextCell(number, row, column)) for paragraph in cell.iter("{*}p")
                )
                parts = [part for paragraph in paragraphs for part in paragraph]
                if parts and parts[0][1] and not column:  # the row begins on a new page
                    self._end_page()
                    parts[0] = (parts[0][0], False)
                self.lines += (line for lines, _ in parts for line in lines)
                passed = max(passed, sum(is_new_page for _, is_new_page in parts))
                span = cell.find("{*}tcPr/{*}gridSpan")
                width = next(iter(span.attrib.values()), "1") if span is not None else "1"
                column += int(width) if width.isdigit() and len(width) < 4 else 1
            if self.is_saved:
                for _ in range(passed):
                    self._end_page()

    def _split_paragraph(self, paragraph: Any, cell: TextCell | None) -> list[tuple[list[RawLine], bool]]:
        """Return the lines of a paragraph by page, each part with whether a new page begins before it."""
        parts: list[tuple[str, bool]] = []
        text, is_new_page = _find_marker(paragraph), False
        for node in paragraph.iter():
            match _name_of(node):
                case "t":
                    text += node.text or ""
                    check_limit(LINE_LENGTH, len(text), self.name)
                case "tab":
                    text += " "
                case "noBreakHyphen":
                    text += "-"
                case "lastRenderedPageBreak" | "br" if self._is_page_break(node):
                    if text.strip() or parts:
                        parts.append((text, is_new_page))
                    text, is_new_page = "", True
                case "br":
                    text += "\n"
        parts.append((text, is_new_page))
        return [
            ([RawLine(text=line, cell=cell, is_start=place == 0 or at > 0) for at, line in enumerate(part.splitlines())
              if line.strip()], is_new)
            for place, (part, is_new) in enumerate(parts)
        ]  # fmt: skip

    def _is_page_break(self, node: Any) -> bool:
        if _name_of(node) == "lastRenderedPageBreak":
            return True
        types = (value for key, value in node.attrib.items() if str(key).endswith("}type"))
        return not self.is_saved and "page" in types


def _name_of(element: Any) -> str:
    return str(element.tag).rpartition("}")[2]


def _find_marker(paragraph: Any) -> str:
    """Return the mark of a paragraph in a list: one for each list and level."""
    for node in paragraph.iter("{*}numId", "{*}pStyle"):
        value = next(iter(node.attrib.values()), "")
        if _name_of(node) == "numId" and value.isdigit() and value != "0":
            return f"{_MARKERS[int(value[-6:]) % len(_MARKERS)]} "
        if "list" in value.lower():
            return f"{_MARKERS[0]} "
    return ""
