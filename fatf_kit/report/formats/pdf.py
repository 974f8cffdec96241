"""The document as PDF: tagged, with bookmarks and its fonts inside, in the direction of its language.

Typeset by typst, which comes as a wheel and needs no other program. Texts go to it as data and are never read as its
markup; charts are pictures with their description.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Literal

from fatf_kit.core.dates import read_moment
from fatf_kit.core.errors import FatfKitError
from fatf_kit.core.messages import Translator
from fatf_kit.report.charts import draw_chart
from fatf_kit.report.charts.style import list_font_folders
from fatf_kit.report.formats.typst_data import flatten_document
from fatf_kit.report.model import Document

_ASSETS = Path(__file__).resolve().parent.parent / "assets"
_NO_MOMENT = 0
_ACCESSIBLE: Literal["ua-1"] = "ua-1"
_ARCHIVAL: Literal["a-2a"] = "a-2a"


def render_document_pdf(document: Document) -> bytes:
    """Return a document as one PDF file after PDF/UA-1; the same document gives the same bytes.

    A document with a date is also PDF/A-2a, which archives require; that standard asks for a date in the file.

    Raises:
        FatfKitError: typst is not installed.
    """
    return prepare_pdf(document)()


def prepare_pdf(document: Document) -> Callable[[], bytes]:
    """Draw the charts of a document, and return the function that typesets it, which may run in another thread.

    Matplotlib draws in one thread only. Typst needs no Python while it works, so the other formats are made meanwhile.

    Raises:
        FatfKitError: typst is not installed.
    """
    try:
        import typst
    except ImportError:
        raise FatfKitError(
            "PDF files need typst, which is not installed or does not exist for this system. Choose another format, "
            "such as html or docx."
        ) from None
    moment = int(read_moment(document.made_on).timestamp()) if document.made_on else _NO_MOMENT
    files = {
        f"{number}.svg": draw_chart(chart, language=document.language, form="outlines")
        for number, chart in enumerate(document.charts())
    }
    data = json.dumps(flatten_document(document, Translator(document.language)), ensure_ascii=False)
    files |= {"data.json": data.encode(), "main.typ": (_ASSETS / "document.typ").read_bytes()}

    def typeset() -> bytes:
        with tempfile.TemporaryDirectory(prefix="fatf-kit-") as name:
            folder = Path(name)
            for file, content in files.items():
                (folder / file).write_bytes(content)
            made: bytes = typst.compile(
                str(folder / "main.typ"),
                root=str(folder),
                font_paths=[str(path) for path in list_font_folders()],
                ignore_system_fonts=True,
                format="pdf",
                pdf_standards=[_ACCESSIBLE, _ARCHIVAL] if document.made_on else [_ACCESSIBLE],
                timestamp=moment,
            )
            return made

    return typeset
