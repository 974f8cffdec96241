"""The document as PDF: tagged, with bookmarks and its fonts inside, in the direction of its language.

Typeset by typst, which comes as a wheel with nothing to install beside it. Texts go to it as data and are never read as
its markup; charts are pictures with their description.
"""

from __future__ import annotations

import json
import re
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from itertools import count
from pathlib import Path
from typing import Any

from fatf_kit.locale import clean, direction_of, ltr_runs
from fatf_kit.messages import Words
from fatf_kit.report import palette
from fatf_kit.report.draw import draw_chart
from fatf_kit.report.model import Block, Document, Figure, Report, Section

_ASSETS = Path(__file__).resolve().parent.parent / "assets"
_FONT = "IBM Plex Sans Arabic"
_FIXED = 1_767_225_600  # 2026-01-01: the time inside the file is no fact about the report
_LEFT, _RIGHT, _END = "\u2066", "\u2067", "\u2069"
_CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufffe\uffff]")
_NAMES = ("anchor", "id", "kind", "language", "rating", "scale", "target", "tone")
"""What names things and is not read by a person."""


def render_pdf(report: Report) -> bytes:
    """The document of a report as PDF."""
    return render_document_pdf(report.document)


def render_document_pdf(document: Document) -> bytes:
    """A document as one PDF file after PDF/UA-1; the same document gives the same bytes."""
    import typst

    with tempfile.TemporaryDirectory(prefix="fatf-kit-") as name:
        folder = Path(name)
        for number, chart in enumerate(document.charts()):
            (folder / f"{number}.svg").write_bytes(draw_chart(chart, language=document.language))
        data = json.dumps(_data(document, Words(document.language)), ensure_ascii=False)
        (folder / "data.json").write_text(data, encoding="utf-8")
        (folder / "main.typ").write_bytes((_ASSETS / "document.typ").read_bytes())
        made: bytes = typst.compile(
            str(folder / "main.typ"),
            root=str(folder),
            font_paths=[str(_ASSETS / "fonts")],
            ignore_system_fonts=True,
            format="pdf",
            pdf_standards=["ua-1"],
            timestamp=_FIXED,
        )
        return made


def _data(document: Document, t: Words) -> Mapping[str, object]:
    """What the template reads. Sections keep their order; each chart is named by the file it was drawn to."""
    told = {field: getattr(document, field) for field in ("language", "title", "subtitle", "facts", "notices")}
    figures = count()
    return {
        **_told(told, t.direction),
        "direction": t.direction,
        "contents": t("Contents"),
        "sections": [_section(section, t.direction, figures) for section in document.sections],
        "swatches": {code: [swatch.fill, swatch.ink] for code, swatch in palette.SWATCHES.items()},
        "look": {
            "font": _FONT,
            "ink": palette.INK,
            "quiet": palette.QUIET,
            "line": palette.LINE,
            "accent": palette.ACCENT,
        },
    }


def _section(section: Section, direction: str, figures: Iterator[int]) -> dict[str, object]:
    return {
        **_told({"anchor": section.anchor, "title": section.title}, direction),
        "break_before": section.break_before,
        "badges": [_told(asdict(badge), direction) for badge in section.badges],
        "blocks": [_block(block, direction, figures) for block in section.blocks],
        "sections": [_section(inner, direction, figures) for inner in section.sections],
    }


def _block(block: Block, direction: str, figures: Iterator[int]) -> dict[str, object]:
    told: dict[str, object] = {"kind": type(block).__name__}
    if isinstance(block, Figure):
        return told | {"file": f"{next(figures)}.svg", "alt": clean(f"{block.chart.title}. {block.chart.alt}")}
    return told | _told(asdict(block), direction)


def _told(value: Mapping[str, Any], direction: str) -> dict[str, Any]:
    """The same values, texts that a person reads made ready for their direction; names of things stay as they are."""

    def tell(inner: Any) -> Any:
        if isinstance(inner, Mapping):
            return _told(inner, direction)
        if isinstance(inner, list | tuple):
            return [tell(one) for one in inner]
        return _isolated(inner, direction) if isinstance(inner, str) else inner

    told = {key: inner if key in _NAMES else tell(inner) for key, inner in value.items()}
    if value.get("ltr") and direction == "rtl" and value["text"]:
        told["text"] = f"{_LEFT}{_CONTROL.sub('', value['text'])}{_END}"
    return told


def _isolated(text: str, direction: str) -> str:
    """Text in which nothing turns around: foreign text keeps its direction, ids and figures keep theirs in Arabic."""
    text = _CONTROL.sub("", text)
    if direction == "ltr":
        return f"{_RIGHT}{text}{_END}" if direction_of(text) == "rtl" else text
    runs = ltr_runs(text)
    if len(runs) == 1 and direction_of(text) == "ltr":
        return f"{_LEFT}{text}{_END}"
    return "".join(f"{_LEFT}{run}{_END}" if ltr else run for run, ltr in runs)
