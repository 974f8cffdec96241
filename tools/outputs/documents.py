"""The text of a document and of its flat tables, one line for each paragraph, item and cell.

A line begins with what a reader sees; what differs from the default of its field follows in braces. No field is left
out, because the fields are read from the values: a new field of the model is in the text by itself, and documents of
other commits are written as well.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from enum import Enum
from typing import Any

_LINES: Mapping[str, tuple[str, str]] = {
    "Document": ("document", "id"),
    "Paragraph": ("", "text"),
    "Bullets": ("list", ""),
    "CodeBlock": ("code", ""),
    "DocumentTable": ("table", "id"),
    "TableColumn": ("column", "title"),
    "TableRow": ("row", ""),
    "TableCell": ("|", "text"),
    "RatingGrid": ("grid", "id"),
    "RatingMark": ("|", "unit"),
    "KeyFigures": ("figures", ""),
    "KeyFigure": ("|", "value"),
    "Figure": ("figure", ""),
    "Chart": ("chart", "id"),
    "Series": ("|", "label"),
    "WhatIfPanel": ("panel", "id"),
    "Stepper": ("|", "unit"),
    "ThresholdTest": ("threshold", "test"),
    "UnitNote": ("note", "title"),
}
"""Class of a value: the word at the beginning of its line, and the field that follows it."""

_OWN_LINES = {"alt", "banner", "caption", "detail", "empty", "label", "message", "subtitle", "text", "title"}
"""Fields whose text has a line of its own."""

_ITEMS = {"items", "lines", "notices"}
"""Fields whose texts have a line each."""

_PAIRS = {"facts", "key"}
"""Fields of pairs of texts, name and value."""

_LAST = ("summary", "blocks", "sections", "annex")
"""Fields that come after all others, so that a document is read in the order of its pages."""

_PAGE = {"Document", "Section"}
"""Classes whose parts are not indented."""

_LINE_BREAK = "\\n"


def write_document(document: object) -> str:
    """Return the text of a document, with its annex."""
    return "".join(f"{line}\n" for line in _describe(document, 0))


def write_tables(tables: tuple[Any, ...]) -> str:
    """Return the text of flat tables: their columns, then each row with a line for each value that is not missing."""
    lines: list[str] = []
    for table in tables:
        lines += _describe_table(table)
    return "".join(f"{line}\n" for line in lines)


def flatten(text: str) -> str:
    r"""Return a text on one line.

    >>> print(flatten("two\nlines"))
    two\nlines
    """
    return text.replace("\\", "\\\\").replace("\r", "\\r").replace("\n", _LINE_BREAK)


def _describe_table(table: Any) -> Iterator[str]:
    yield f"table {table.key}: {flatten(table.title)}"
    for column in table.columns:
        yield f"  column {column.key}: {flatten(column.title)} {{{column.kind} width={column.width}}}"
    for row in table.rows:
        yield "  row"
        for column, value in zip(table.columns, row, strict=True):
            if value is not None:
                yield f"    {column.key}: {flatten(value) if isinstance(value, str) else f'= {value!r}'}"


def _describe(value: Any, level: int) -> Iterator[str]:
    """Yield the lines of a value of the model and of all that is in it; `level` is that of a section in the document.

    The head line is first, then texts, lists of texts and other values in the order of the fields.
    """
    name = type(value).__name__
    word, main = ("#" * level, "title") if name == "Section" else _LINES.get(name, (name, ""))
    braces: list[str] = []
    texts: list[str] = []
    parts: list[str] = []
    for field in sorted(fields(value), key=_order_field):
        content = getattr(value, field.name)
        if field.name == main or _is_default(field, content):
            continue
        if field.name in _OWN_LINES and isinstance(content, str):
            texts += _mark_lines(f"{field.name}: ", content)
        elif field.name in _ITEMS:
            texts += [line for item in content for line in _mark_lines("- ", item)]
        elif _is_flat(content):
            braces.append(_describe_flat(field.name, content))
        else:
            parts += _describe_parts(field.name, content, level)
    head = [word] if word else []
    if main:
        head.append(flatten(getattr(value, main)))
    if braces:
        head.append(f"{{{' '.join(braces)}}}")
    if name == "Section":
        yield ""
    yield " ".join(head)
    indent = "" if name in _PAGE else "  "
    yield from (f"{indent}{line}" if line else "" for line in (*texts, *parts))


def _mark_lines(mark: str, text: str) -> Iterator[str]:
    """Yield a text line by line, with a mark before the first one."""
    first, *others = text.split("\n")
    yield f"{mark}{flatten(first)}"
    yield from (f"  {flatten(line)}" for line in others)


def _describe_parts(name: str, content: Any, level: int) -> Iterator[str]:
    """Yield the lines of a field that holds values of the model, pairs of texts, or texts by key."""
    if is_dataclass(content):
        yield from _describe(content, level + (name == "summary"))
        return
    if isinstance(content, Mapping):
        for key, part in content.items():
            if is_dataclass(part):
                yield f"{name} {key}"
                yield from (f"  {line}" for line in _describe(part, level))
            else:
                yield f"{name} {key}: {flatten(part) if isinstance(part, str) else _quote(part)}"
        return
    for part in content:
        if is_dataclass(part):
            if name == "badges":
                yield "badge"
            yield from _describe(part, level + (name == "sections"))
        elif name in _PAIRS:
            yield f"{name} {': '.join(map(flatten, part))}"
        else:
            yield f"{name}: {_quote(part)}"


def _order_field(field: Field[Any]) -> int:
    return _LAST.index(field.name) + 1 if field.name in _LAST else 0


def _is_default(field: Field[Any], content: Any) -> bool:
    """Return whether a field says nothing: it has its default, or it needs a value and that is empty."""
    if field.default is not MISSING:
        return bool(content == field.default) and type(content) is type(field.default)
    return content is None or content in ("", (), {})


def _is_flat(content: Any) -> bool:
    if isinstance(content, tuple):
        return all(item is None or isinstance(item, str | int | float) for item in content)
    return not isinstance(content, Mapping) and not is_dataclass(content)


def _describe_flat(name: str, content: Any) -> str:
    if isinstance(content, Enum):
        return f"{name}={content.value}"
    if content is True:
        return name
    return f"{name}={_quote(content)}"


def _quote(content: Any) -> str:
    """Return a value as JSON; a word as it is."""
    if isinstance(content, str) and content and " " not in content:
        return flatten(content)
    return json.dumps(content, ensure_ascii=False, default=list)
