"""From a Report to files in a folder: each whole or not at all, never half a file."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

from fatf_kit.core.errors import FatfKitError
from fatf_kit.core.progress import ProgressCallback, with_progress
from fatf_kit.core.store import check_target, keep_private, protect_inputs, write_files, write_outputs
from fatf_kit.report.charts import Form, draw_chart
from fatf_kit.report.formats.csv import render_csv
from fatf_kit.report.formats.docx import render_docx
from fatf_kit.report.formats.html import render_document, render_html
from fatf_kit.report.formats.json import render_json
from fatf_kit.report.formats.oscal import render_oscal
from fatf_kit.report.formats.pdf import prepare_pdf, render_document_pdf
from fatf_kit.report.formats.pptx import render_pptx
from fatf_kit.report.formats.xlsx import render_xlsx
from fatf_kit.report.model import Document, Report

Renderer = Callable[[Report], bytes]

FORMATS: Mapping[str, tuple[str, Renderer]] = {
    "json": ("assessment.json", render_json),
    "html": ("report.html", render_html),
    "docx": ("report.docx", lambda report: render_docx(report.document)),
    "xlsx": ("report.xlsx", render_xlsx),
    "pdf": ("report.pdf", lambda report: render_document_pdf(report.document)),
}
"""Name of a format, the file it makes, and who renders it."""

_PDF = ".pdf"

_ANNEX_FORMATS: Mapping[str, Callable[[Document], bytes]] = {".docx": render_docx, _PDF: render_document_pdf}
"""Endings of the files whose annex is a file of its own; a page holds its annex."""

TABLE_FORMAT = "csv"
"""The format that makes one file of each flat table, in a folder of that name."""

OSCAL_FORMAT = "oscal"
"""The format that only a report on filled workbooks has."""

DATA_FORMATS = frozenset({"json", OSCAL_FORMAT, TABLE_FORMAT})
"""The formats for programs, which have no charts."""

REPORT_FORMATS = (*FORMATS, TABLE_FORMAT, OSCAL_FORMAT)
"""Names of all formats of a report."""

_PICTURES: tuple[Form, ...] = ("png", "svg")

DOCUMENT_FORMATS: Mapping[str, Callable[[Document], bytes]] = {
    ".html": render_document,
    ".docx": render_docx,
    ".pdf": render_document_pdf,
}
"""Endings of the files that a single document can be written to, and who renders it."""


SLIDES = ".pptx"
"""The ending of the file that a document of slides is written to."""


def name_annex(path: Path) -> Path:
    """Return the name of the file of the annex of a document.

    >>> name_annex(Path("report.pdf")).name
    'report-annex.pdf'
    """
    return path.with_name(f"{path.stem}-annex{path.suffix}")


def list_document_files(document: Document, path: Path) -> tuple[Path, ...]:
    """Return the files that `write_document` writes: the document, and its annex where that is a file of its own."""
    has_file = document.annex is not None and path.suffix.lower() in _ANNEX_FORMATS
    return (path, name_annex(path)) if has_file else (path,)


def render_document_files(document: Document, path: Path) -> Mapping[str, bytes]:
    """Return what `write_document` writes, by the names of the files.

    Raises:
        FatfKitError: no format has that ending.
    """
    ending = path.suffix.lower()
    render = render_pptx if ending == SLIDES else DOCUMENT_FORMATS.get(ending)
    if render is None:
        raise FatfKitError(
            "The name of {file} does not have an allowed ending. Allowed: {names}.",
            file=path.name,
            names=(*DOCUMENT_FORMATS, SLIDES),
        )
    if ending == SLIDES and (document.body != document.sections or document.annex):
        raise FatfKitError(
            "The paper {name} cannot be written as slides. Use the paper slide or deck.", name=document.id
        )
    parts = (document, *([document.annex] if document.annex else []))
    return {file.name: render(part) for file, part in zip(list_document_files(document, path), parts, strict=False)}


def write_document(document: Document, path: str | Path, *, force: bool = True) -> Path:
    """Write one document, and its annex next to it; the ending of the name decides the format; return the document.

    A page holds its annex. Without `force` an existing file is kept.

    ".pptx" makes a slide of each section; the papers "slide" and "deck" are meant for it.

    Raises:
        FatfKitError: no format has that ending, the file is kept, or it cannot be written.

    >>> from pathlib import Path
    >>> from tempfile import TemporaryDirectory
    >>> from fatf_kit import guide
    >>> with TemporaryDirectory() as folder:
    ...     write_document(guide("IO.6"), Path(folder) / "io-6.docx").name
    'io-6.docx'
    """
    path = Path(path)
    for file in list_document_files(document, path):
        check_target(file, force=force)
    contents = render_document_files(document, path)
    with keep_private(is_needed=document.is_restricted):
        return write_outputs(path.parent, contents, force=force)[0]


def write_report(
    report: Report,
    folder: str | Path,
    formats: Iterable[str] = tuple(FORMATS),
    *,
    inputs: Iterable[str | Path] = (),
    force: bool = False,
    on_progress: ProgressCallback | None = None,
) -> tuple[Path, ...]:
    """Write the files of a report, as `render_report` makes them, into a folder; return the files written.

    Everything is rendered first. An earlier report in the folder is replaced. A file that a person wrote or changed is
    replaced only with `force`, and `inputs`, the files and folders that were read, never.

    Raises:
        FatfKitError: a format is unknown, a file would be lost, or the folder cannot be written to.

    >>> from pathlib import Path
    >>> from tempfile import TemporaryDirectory
    >>> from fatf_kit import peers, peers_report
    >>> with TemporaryDirectory() as folder:
    ...     report = peers_report(peers("IRQ"), generated_at="2026-11-24")
    ...     [path.name for path in write_report(report, Path(folder), ["json", "xlsx"])][:2]
    ['peers.json', 'report.xlsx']
    """
    rendered = render_report(report, formats, on_progress=on_progress)
    with protect_inputs(inputs), keep_private(is_needed=report.document.is_restricted):
        return write_files(Path(folder), rendered, force=force)


def render_report(
    report: Report, formats: Iterable[str] = tuple(FORMATS), *, on_progress: ProgressCallback | None = None
) -> Mapping[str, bytes]:
    """Return the files of a report by their names, with its charts as PNG and SVG in charts/.

    The annex of the document is a file of its own, report-annex.docx and report-annex.pdf. "csv" makes one file of each
    flat table in csv/. No charts are drawn where only formats for programs are wanted. The JSON file has the name
    of its format. `on_progress` is called with the number of files made and their total.

    Raises:
        FatfKitError: a format is unknown, or the report does not have it.
    """
    wanted = tuple(formats)
    if unknown := [name for name in wanted if name not in REPORT_FORMATS]:
        raise FatfKitError("'{found}' is not a format. Allowed: {names}.", found=unknown[0], names=REPORT_FORMATS)
    made: dict[str, bytes] = {}
    with ThreadPoolExecutor(1) as typesetter:  # one, because typesetting holds the most memory of all
        makers = _list_makers(report, wanted, typesetter)
        for name in with_progress(sorted(makers, key=_is_pdf), len(makers), on_progress):
            made[name] = makers[name]()
    return {name: made[name] for name in makers}


def _list_makers(
    report: Report, wanted: Iterable[str], typesetter: ThreadPoolExecutor
) -> Mapping[str, Callable[[], bytes]]:
    """Return what makes each file of a report; the typesetter begins with PDF files at once, beside all others."""
    makers: dict[str, Callable[[], bytes]] = {}
    for name in wanted:
        if name == TABLE_FORMAT:
            makers |= {f"csv/{table.key}.csv": partial(render_csv, table) for table in report.tables}
        elif name == OSCAL_FORMAT:
            makers["assessment.oscal.json"] = partial(render_oscal, report)
        else:
            file, render = FORMATS[name]
            annex, suffix = report.document.annex, Path(file).suffix
            if suffix == _PDF:
                makers[file] = typesetter.submit(prepare_pdf(report.document)).result
                if annex:
                    makers[name_annex(Path(file)).name] = typesetter.submit(prepare_pdf(annex)).result
                continue
            makers[name_json_file(report) if name == "json" else file] = partial(render, report)
            if annex and suffix in _ANNEX_FORMATS:
                makers[name_annex(Path(file)).name] = partial(_ANNEX_FORMATS[suffix], annex)
    for chart in report.document.page_charts() if set(wanted) - DATA_FORMATS else ():
        for form in _PICTURES:
            drawn = partial(draw_chart, chart, language=report.document.language, form=form)
            makers[f"charts/{chart.id}.{form}"] = drawn
    return makers


def name_json_file(report: Report) -> str:
    """Return the name of the JSON file of a report, after its format: "assessment.json", "peers.json"."""
    return f"{str(report.payload['schema']).split('/')[1]}.json"


def _is_pdf(name: str) -> bool:
    """Return whether a file is typeset, beside the others."""
    return name.endswith(".pdf")
