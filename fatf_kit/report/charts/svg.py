"""SVG fit to stand inside a page: no prolog, no comments, no style sheet, and ids that are the chart's own."""

from __future__ import annotations

import re
from html import escape

_STYLE_SHEET = re.compile(r"<defs>\s*<style\b.*?</style>\s*</defs>\s*", re.DOTALL)
_COMMENT = re.compile(r"\s*<!--.*?-->", re.DOTALL)
_BETWEEN_TAGS = re.compile(r">\s+<")
_USED = re.compile(r"(href=\"#|url\(#)([^\")]+)")
_ID = re.compile(r' id="([^"]*)"')


def make_embeddable(svg: str, *, name: str, alt: str) -> str:
    """The picture without what would disturb a page around it, and with its description.

    matplotlib writes a style sheet that reaches every other picture on the page, and the same ids into each picture.
    """
    svg = svg[svg.index("<svg") :]
    svg = _BETWEEN_TAGS.sub("><", _COMMENT.sub("", _STYLE_SHEET.sub("", svg)))
    names = {old: f"{name}-{n}" for n, old in enumerate(dict.fromkeys(use[2] for use in _USED.finditer(svg)))}
    svg = _ID.sub(lambda found: f' id="{names[found[1]]}"' if found[1] in names else "", svg)
    svg = _USED.sub(lambda use: use[1] + names[use[2]], svg)
    root = f'<svg role="img" aria-label="{escape(alt)}" stroke-linejoin="round" stroke-linecap="butt"'
    return svg.replace("<svg", root, 1)
