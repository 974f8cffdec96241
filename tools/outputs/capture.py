"""The package as the net runs it: documents are written as text, each folder is scored once, the version is hidden.

`prepare_package` has to be called before a module of fatf-kit is imported, because modules keep the functions that they
import. Nothing is put back: the process ends after the dump.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from functools import partial
from hashlib import blake2b
from importlib import import_module
from pathlib import Path
from typing import Any

from tools.outputs.documents import write_document, write_tables

_PACKAGE = "fatf_kit"


def _write_whole(report: Any) -> bytes:
    return write_document(report.document).encode()


def _write_alone(document: Any) -> bytes:
    return write_document(document).encode()


def _prepare_alone(document: Any) -> Callable[[], bytes]:
    return partial(_write_alone, document)


def _write_report_tables(report: Any) -> bytes:
    return write_tables(report.tables).encode()


def _write_no_picture(chart: Any, **form: object) -> bytes:  # noqa: ARG001 - the document has its data
    return b""


RENDERERS: dict[str, dict[str, Callable[..., Any]]] = {
    "fatf_kit.report.charts": {"draw_chart": _write_no_picture},
    "fatf_kit.report.formats.docx": {"render_docx": _write_alone},
    "fatf_kit.report.formats.html": {"render_html": _write_whole, "render_document": _write_alone},
    "fatf_kit.report.formats.pdf": {"prepare_pdf": _prepare_alone, "render_document_pdf": _write_alone},
    "fatf_kit.report.formats.pptx": {"render_pptx": _write_alone},
    "fatf_kit.report.formats.xlsx": {"render_xlsx": _write_report_tables},
}
"""Functions that make a file of a document or report, and what is written in its place."""

SCORERS = {
    "fatf_kit.workflows.folder_scoring": "score_folder",
    "fatf_kit.workflows.scoring": "score",
}
"""Functions that score a folder, in the order in which they are imported."""

_VERSION = "0"


def prepare_package() -> tuple[str, ...]:
    """Replace the renderers, scorers and version of the package; return the names that it does not have.

    Raises:
        RuntimeError: a module that keeps a renderer is imported already.
    """
    if early := [name for name in sys.modules if name.startswith(f"{_PACKAGE}.")]:
        raise RuntimeError(f"{early[0]} was imported before the renderers were replaced.")
    values: dict[tuple[str, str], Callable[[Any], Any]] = {("fatf_kit.core.version", "__version__"): lambda _: _VERSION}
    for module, functions in RENDERERS.items():
        values |= {(module, name): partial(_take_place, write) for name, write in functions.items()}
    values |= dict.fromkeys(SCORERS.items(), remember_results)
    missing: list[str] = []
    for (module, name), make in values.items():
        try:
            place = import_module(module)
            setattr(place, name, make(getattr(place, name)))
        except (ImportError, AttributeError):
            missing.append(f"{module}.{name}")
    return tuple(missing)


def _take_place(write: Callable[..., bytes], renderer: object) -> Callable[..., bytes]:  # noqa: ARG001 - it is replaced
    return write


def remember_results(score: Callable[..., Any]) -> Callable[..., Any]:
    """Return a function that scores the same files with the same arguments only once."""
    results: dict[str, Any] = {}

    def recall(paths: Any, *, on_progress: object = None, **how: Any) -> Any:  # noqa: ARG001 - no terminal shows it
        places = [Path(path) for path in ([paths] if isinstance(paths, str | Path) else paths)]
        named = sorted((name, str(value)) for name, value in how.items() if value is not None)
        key = f"{named} {list(_list_fingerprints(places))}"
        if key not in results:
            results[key] = score(paths, **how)
        return results[key]

    return recall


def _list_fingerprints(places: list[Path]) -> Iterator[str]:
    """Yield the names of files and the fingerprints of their content."""
    for place in places:
        yield str(place)
        for path in sorted(place.rglob("*")) if place.is_dir() else [place]:
            if path.is_file():
                yield f"{path} {blake2b(path.read_bytes()).hexdigest()}"
