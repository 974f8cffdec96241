"""A document as plain values for a typesetter that reads JSON: every text ready to be set, nothing to be decided."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from itertools import count
from typing import Any

from fatf_kit.core.isolation import isolate_runs, wrap_text
from fatf_kit.core.languages import clean
from fatf_kit.core.messages import AFFILIATION, Translator
from fatf_kit.report import palette
from fatf_kit.report.charts import describe_chart
from fatf_kit.report.formats.letters import FONT, FURTHER_FONT, make_settable
from fatf_kit.report.live import WhatIfPanel
from fatf_kit.report.model import Block, CodeBlock, Document, Figure, Section, walk_sections

_READ = ("language", "title", "subtitle", "facts", "notices", "banner")
_NAMES = ("anchor", "id", "kind", "language", "rating", "scale", "tone")
"""The fields that name things and are not read by a person."""


def flatten_document(document: Document, t: Translator) -> Mapping[str, object]:
    """Return the document in words, numbers, lists and objects. Each chart is named by its number in reading order."""
    plain = _Plain(document, t.direction)
    head = {field: getattr(document, field) for field in _READ}
    head |= {"language": t.base, "affiliation": t(AFFILIATION), "hint": t("Note to the author:")}
    return {
        **plain.convert(head),
        "direction": t.direction,
        "compact": document.compact,
        "contents_depth": document.contents_depth,
        "has_contents": document.has_contents,
        "has_date": bool(document.made_on),
        "contents": t("Contents"),
        "summary": plain.section(document.summary) if document.summary else None,
        "sections": [plain.section(section) for section in document.sections],
        "swatches": {
            code: [swatch.fill, swatch.ink, palette.find_hatch_colour(f"{code}{palette.RANGE}")]
            for code, swatch in palette.SWATCHES.items()
        },
        "look": {
            "fonts": [FONT, FURTHER_FONT],
            "ink": palette.INK,
            "quiet": palette.QUIET,
            "line": palette.LINE,
            "accent": palette.ACCENT,
        },
    }


class _Plain:
    """A converter that knows the direction, the number of the next figure and the anchors there are."""

    def __init__(self, document: Document, direction: str) -> None:
        self._direction = direction
        self._figures: Iterator[int] = count()
        self._anchors = {section.anchor for section in walk_sections(document.body)}

    def section(self, section: Section) -> dict[str, object]:
        return {
            **self.convert({"anchor": section.anchor, "title": section.title}),
            "break_before": section.break_before,
            "badges": self._convert(section.badges),
            "blocks": [self._block(block) for block in section.blocks if not isinstance(block, WhatIfPanel)],
            "sections": [self.section(inner) for inner in section.sections],
        }

    def _block(self, block: Block) -> dict[str, object]:
        kind: dict[str, object] = {"kind": type(block).__name__}
        if isinstance(block, Figure):
            alt = clean(describe_chart(block.chart))
            return kind | {"file": f"{next(self._figures)}.svg", "alt": alt, "width": block.width}
        if isinstance(block, CodeBlock):
            return kind | {"lines": [[isolate_runs(line, own, make_settable), own] for line, own in block.lines]}
        return kind | self.convert(_fields(block))

    def convert(self, value: Mapping[str, Any]) -> dict[str, Any]:
        """Return the same values, with texts that a person reads made ready for their direction."""
        found = {key: inner if key in _NAMES else self._convert(inner) for key, inner in value.items()}
        if value.get("ltr") and self._direction == "rtl" and value["text"]:
            found["text"] = wrap_text(make_settable(value["text"]), "ltr")
        if "target" in value:  # a document that is cut to some sections has links that lead nowhere
            found["target"] = value["target"] if value["target"] in self._anchors else None
        return found

    def _convert(self, inner: Any) -> Any:
        if isinstance(inner, Mapping):
            return self.convert(inner)
        if isinstance(inner, list | tuple):
            return [self._convert(one) for one in inner]
        if isinstance(inner, str):
            return isolate_runs(inner, self._direction, make_settable)
        return self.convert(_fields(inner)) if is_dataclass(inner) else inner


def _fields(value: Any) -> dict[str, Any]:
    """Return the fields of a frozen value as they are, without a copy of each."""
    return {field.name: getattr(value, field.name) for field in fields(value)}
