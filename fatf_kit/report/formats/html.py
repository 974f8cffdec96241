"""The report as one offline page: no network, strict content security policy, complete without its script."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from fatf_kit.core.isolation import split_isolated
from fatf_kit.core.languages import detect_direction, remove_unreadable, split_ltr_runs
from fatf_kit.core.messages import AFFILIATION, Translator
from fatf_kit.report.charts.values import list_values
from fatf_kit.report.formats.facets import find_chapters, find_facets, find_order, find_rating_order, make_anchor
from fatf_kit.report.formats.live_charts import ChartEmbedder
from fatf_kit.report.live import WhatIfPanel
from fatf_kit.report.model import Document, DocumentTable, Figure, Report, walk_sections
from fatf_kit.report.palette import get_worst_end, is_range

if TYPE_CHECKING:
    from jinja2 import Environment
    from markupsafe import Markup

_ASSETS = Path(__file__).resolve().parent.parent / "assets"


def render_html(report: Report) -> bytes:
    """Return the document of a report as HTML."""
    return render_document(report.document)


def render_document(document: Document) -> bytes:
    """Return a document as one HTML file. Text is escaped: a narrative with markup in it stays text."""
    t = Translator(document.language)
    style = (_ASSETS / "document.css").read_text(encoding="utf-8") + _column_widths(document) + _running(document)
    facets = find_facets(document, t)
    script = "".join((_ASSETS / name).read_text(encoding="utf-8") for name in _list_scripts(document, bool(facets)))
    charts = ChartEmbedder(document, t)
    page = (
        _environment()
        .get_template("document.html.j2")
        .render(
            document=document,
            affiliation=t(AFFILIATION),
            direction=t.direction,
            t=t,
            facets=facets,
            chapters=find_chapters(document) if facets else (),
            embed=lambda chart: _safe(charts.embed(chart)),
            values_of=lambda chart: list_values(chart, t),
            units={make_anchor(unit) for unit in document.units},
            style=_safe(style),
            style_hash=_hash(style),
            script=_safe(script),
            script_hash=_hash(script),
        )
    )
    return page.encode()


def _list_scripts(document: Document, has_facets: bool) -> Iterator[str]:
    """Yield the names of the scripts that the parts of a page need."""
    blocks = [block for section in walk_sections(document.page) for block in section.blocks]
    if has_facets:
        yield "filters.js"
    if any(isinstance(block, DocumentTable) and len(block.rows) > 1 for block in blocks):
        yield "sorting.js"
    if any(isinstance(block, Figure) for block in blocks):
        yield "charts.js"
    if any(isinstance(block, WhatIfPanel) for block in blocks):
        yield "what-if.js"


def _hash(text: str) -> str:
    """Return the hash that the policy of the page names, so that no other style or script is obeyed."""
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def _column_widths(document: Document) -> str:
    """Return widths as classes, because the policy of the page forbids style attributes."""
    rules = []
    for section in walk_sections(document.page):
        for block in section.blocks:
            if isinstance(block, DocumentTable) and block.rows:
                whole = sum(column.width for column in block.columns)
                rules += [
                    f"#{make_anchor(block.id)} col:nth-child({n}){{width:{100 * column.width / whole:.1f}%}}"
                    for n, column in enumerate(block.columns, 1)
                ]
    return "\n".join(rules) + "\n"


def _running(document: Document) -> str:
    """Return the style of the foot of every printed page: notices, because an example must say so, and page numbers."""
    words = _quotable(" ".join(document.notices))
    direction = Translator(document.language).direction
    near, far = ("right", "left") if direction == "rtl" else ("left", "right")
    look = "font-size:7pt;color:#444;vertical-align:top;padding-top:2mm"
    banner = (
        f'@page{{@top-center{{content:"{_quotable(document.banner)}";direction:{direction};'
        "font-size:9pt;font-weight:700;color:#8c2318}}\n"
        if document.banner
        else ""
    )
    return banner + (
        f'@page{{@bottom-{near}{{content:"{words}";width:88%;text-align:{near};direction:{direction};{look}}}'
        f"@bottom-{far}{{content:counter(page) ' / ' counter(pages);width:12%;text-align:{far};{look}}}}}\n"
    )


def _quotable(text: str) -> str:
    """Return text as it may stand between quotation marks in a style sheet."""
    words = remove_unreadable(text)
    for sign, written in (("\\", "\\\\"), ('"', '\\"'), ("\n", " "), ("<", "\\3c ")):
        words = words.replace(sign, written)
    return words


@cache
def _environment() -> Environment:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(_ASSETS),
        autoescape=True,
        finalize=_readable,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {
        "anchor": make_anchor,
        "isolate": _isolate,
        "link_files": _link_files,
        "kind": lambda block: type(block).__name__,
        "order": find_order,
        "panel": _list_panel,
        "prose": _prose,
        "rating_order": find_rating_order,
        "script_data": _write_data,
        "slug": _slug,
    }
    return environment


def _readable(value: object) -> object:
    """Return a value of the page as it can be shown; what is markup stays markup."""
    return type(value)(remove_unreadable(value)) if isinstance(value, str) else value


def _slug(rating: str) -> str:
    """Return the classes behind a rating: "very large" is r-very-large, a range that of its worst end with a hatch."""
    worst = get_worst_end(rating)
    name = re.sub(r"\s+", "-", worst) if re.fullmatch(r"[A-Za-z ]+", worst) else "open"
    return f"{name} hatch" if is_range(rating) else name


def _isolate(text: str, ltr: bool, direction: str) -> Markup:
    """Return an id, date or address in its own direction; everything else as prose."""
    from markupsafe import Markup

    return Markup('<bdi dir="ltr">{}</bdi>').format(text) if ltr and text else _prose(text, direction)


def _prose(text: str, direction: str) -> Markup:
    """Return escaped text in which foreign text keeps its direction, and ids keep theirs in Arabic."""
    from markupsafe import Markup, escape

    pieces = split_isolated(text)
    if len(pieces) > 1 or pieces[0][1]:
        made = [(_prose(piece, own or direction), own) for piece, own in pieces]
        return Markup("").join(Markup('<bdi dir="{}">{}</bdi>').format(own, one) if own else one for one, own in made)
    text = pieces[0][0]
    if direction == "ltr":
        return Markup('<bdi dir="rtl">{}</bdi>').format(text) if detect_direction(text) == "rtl" else escape(text)
    runs = split_ltr_runs(text)
    if len(runs) == 1 and detect_direction(text) == "ltr":
        return Markup('<bdi dir="ltr">{}</bdi>').format(text)
    return Markup("").join(Markup('<bdi dir="ltr">{}</bdi>').format(run) if ltr else escape(run) for run, ltr in runs)


def _link_files(text: Markup, files: Iterable[tuple[str, str]]) -> Markup:
    """Return a text with a link on each file that it names."""
    from markupsafe import Markup, escape

    addresses = {str(escape(name)): quote(address) for name, address in files}
    if not addresses:
        return text
    names = "|".join(re.escape(name) for name in sorted(addresses, key=len, reverse=True))
    return Markup(re.sub(names, lambda name: f'<a href="{addresses[name[0]]}">{name[0]}</a>', text))  # noqa: S704 - escaped


def _list_panel(panel: WhatIfPanel) -> dict[str, object]:
    """Return what the script of a panel needs in addition to its markup."""
    return {
        "codes": {stepper.unit: stepper.codes for stepper in panel.steppers},
        "thresholds": [{"kind": line.kind, "counts": line.counts} for line in panel.thresholds],
        "followUp": panel.follow_up,
        "referral": panel.referral,
        "met": panel.met,
    }


def _write_data(value: object) -> Markup:
    """Return values as JSON that cannot end the script element it is in."""
    return _safe(json.dumps(value, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c"))


def _safe(text: str) -> Markup:
    """Return our own style sheet, script, data or picture, which must not be escaped."""
    from markupsafe import Markup

    return Markup(text)  # noqa: S704 - they are ours
