"""Files for the reader of texts, made by hand: small ones of each kind, and hostile ones."""

from __future__ import annotations

import io
import os
import re
import time
import zipfile
import zlib
from collections.abc import Sequence
from pathlib import Path

from fatf_kit.texts.model import LineRules

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
SENTENCE = "Keepers count the boats of the harbour at night."
PRINTED = f"BT /F 10 Tf 40 700 Td ({SENTENCE}) Tj ET\n".encode()


def plain_rules() -> LineRules:
    """Return the rules of a text of which nothing is known but that rows begin with a number and a full stop."""
    row = re.compile(r"\d{1,2}\. ")
    return LineRules(
        begins_part=lambda line: line.startswith("Part "),
        is_row=lambda line: row.match(line) is not None,
        begins_row=lambda line: row.match(line) is not None,
        page_number=re.compile(r"\W*(\d{1,4})\W*"),
    )


def make_paragraph(text: str) -> str:
    """Return a paragraph of a Word document."""
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def make_word(body: str) -> bytes:
    """Return a Word document of nothing but its text."""
    return pack(f'<w:document xmlns:w="{WORD}"><w:body>{body}</w:body></w:document>'.encode())


def pack(part: bytes, *, is_locked: bool = False) -> bytes:
    """Return a Word document with a part as its text; `is_locked` marks its parts as encrypted."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("_rels/.rels", "<Relationships/>")
        package.writestr("word/document.xml", part)
    content = bytearray(target.getvalue())
    for signature, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        for start in (found.start() for found in re.finditer(re.escape(signature), content)):
            content[start + place] |= is_locked
    return bytes(content)


def make_pdf(content: bytes, *, pages: int = 1, packed: int = 1, forms: Sequence[bytes] = ()) -> bytes:
    """Return a PDF whose pages all have one content, which is compressed `packed` times.

    `forms` are contents that pages may call by name: X0, X1 …, each of which may call the others.
    """
    names = b" ".join(b"/X%d %d 0 R" % (number, number + 6) for number in range(len(forms)))
    resources = b"<< /Font << /F 4 0 R >> /XObject << " + names + b" >> >>"
    for _ in range(packed):
        content = zlib.compress(content, 9)
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Count %d /Kids [%s] >>" % (pages, b"3 0 R " * pages),
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Resources " + resources + b" /Contents 5 0 R >>",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        b"<< /Length %d /Filter [%s] >>\nstream\n%s\nendstream" % (len(content), b"/FlateDecode " * packed, content),
        *(
            b"<< /Type /XObject /Subtype /Form /BBox [0 0 600 800] /Resources %s /Length %d >>\nstream\n%s\nendstream"
            % (resources, len(form), form)
            for form in forms
        ),
    ]
    file, places = b"%PDF-1.7\n", []
    for number, text in enumerate(objects, start=1):
        places.append(len(file))
        file += b"%d 0 obj\n%s\nendobj\n" % (number, text)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    start = len(file)
    count = len(objects) + 1
    file += b"xref\n0 %d\n0000000000 65535 f \n%strailer << /Size %d /Root 1 0 R >>\n" % (count, table, count)
    return file + b"startxref\n%d\n%%%%EOF" % start


def abort(path: Path, name: str) -> None:
    """End the process, as a parser may on a damaged file."""
    del path, name
    os.abort()


def never_end(path: Path, name: str) -> None:
    """Take longer than any report needs."""
    del path, name
    time.sleep(600)
