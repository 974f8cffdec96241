"""Styles by which an OpenDocument file strikes words out: of cells, of paragraphs, of some words in them."""

from __future__ import annotations

from collections.abc import Set

_FAMILIES = ("table-cell", "text", "paragraph")
_LINES = ("style:text-line-through-style", "style:text-line-through-type")
_MOST = 65_536  # styles; no office program makes more

Style = tuple[str, str]
"""A style by its family and its name: each family has names of its own."""


class StyleWalk:
    """A walk over styles. Each has the look of its parent where it does not say otherwise."""

    def __init__(self) -> None:
        self._lines: dict[Style, bool] = {}
        self._parents: dict[Style, str] = {}
        self._style: Style | None = None

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Take in the beginning of an element."""
        if name == "style:style":
            style = attributes.get("style:family", ""), attributes.get("style:name", "")
            known = style[0] in _FAMILIES and len(self._parents) < _MOST
            self._style = style if known else None
            if known:
                self._parents[style] = attributes.get("style:parent-style-name", "")
        elif name == "style:text-properties" and self._style:
            lines = [attributes[key] for key in _LINES if key in attributes]
            if lines:
                self._lines[self._style] = "none" not in lines

    def end(self, name: str) -> None:
        """Take in the end of an element."""
        if name == "style:style":
            self._style = None

    def struck(self, *families: str) -> Set[str]:
        """Names of the styles of these families that strike out."""
        if True not in self._lines.values():
            return frozenset()
        return {style[1] for style in self._parents if style[0] in families and self._is_struck(style)}

    def _is_struck(self, style: Style) -> bool:
        passed: set[Style] = set()
        while style not in self._lines and style in self._parents and style not in passed:  # they may go in a circle
            passed.add(style)
            style = style[0], self._parents[style]
        found = self._lines.get(style, False)
        self._lines.update(dict.fromkeys(passed, found))
        return found
