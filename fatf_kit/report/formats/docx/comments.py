"""Hints to the author as Word comments on the heading of their section."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from fatf_kit.report.formats.docx.runs import RunWriter
from fatf_kit.report.formats.docx.xml import Element, make

if TYPE_CHECKING:
    from docx.document import Document as File

_AUTHOR = "fatf-kit"
_INITIALS = "fk"


class CommentWriter:
    """Writes the comments of one document. The part of the file for them is made with the first comment."""

    def __init__(self, file: File, pen: RunWriter) -> None:
        self._file = file
        self._pen = pen

    def around(self, content: Sequence[Element], hints: Iterable[str]) -> list[Element]:
        """The content of a paragraph with a comment on it for each hint; unchanged where there are none."""
        numbers = [self._write(hint) for hint in hints]
        starts = [make("commentRangeStart", id=number) for number in numbers]
        ends = [make("commentRangeEnd", id=number) for number in numbers]
        signs = [make("r", make("commentReference", id=number)) for number in numbers]
        return [*starts, *content, *ends, *signs]

    def _write(self, hint: str) -> int:
        """Add a comment without the moment of writing, so that the same document gives the same bytes."""
        from docx.oxml.ns import qn

        comment = self._file.comments.add_comment(author=_AUTHOR, initials=_INITIALS)
        element = comment.part.element[-1]  # its paragraph is replaced by one in the direction of the document
        element.attrib.pop(qn("w:date"), None)
        for child in list(element):
            element.remove(child)
        element.append(self._pen.plain("annotation text", hint))
        return comment.comment_id
