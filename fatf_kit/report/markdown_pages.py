"""Pages of Markdown as documents, so that a page of the documentation is printed like any report.

markdown-it-py parses; this module turns its tokens into blocks. Text is plain in the document model: emphasis is
dropped, code of several words is put between quotation marks, and a link is its words and the page it leads to.
"""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import count
from typing import TYPE_CHECKING

from fatf_kit.core.isolation import isolate_text, wrap_text
from fatf_kit.core.languages import direction
from fatf_kit.core.national_words import base_language
from fatf_kit.report.document_tables import make_table
from fatf_kit.report.model import Block, Bullets, CodeBlock, Document, Paragraph, Section, Tone
from fatf_kit.report.sections import make_section

if TYPE_CHECKING:
    from markdown_it.tree import SyntaxTreeNode

_QUOTES = {"ar": ("«", "»"), "fr": ("«\u00a0", "\u00a0»")}
_IGNORED = {"html_block", "hr"}
"""Marks of the web site, such as the direction of a page, which a document has of its own."""
_SLIMMEST, _WIDEST = 8, 60
"""The letters that a column of a table is at least and at most counted as, when the width is shared out."""


@dataclass(frozen=True, slots=True)
class MarkdownPage:
    """A page: its path in the repository, such as "docs/ar/agency.md", and its text.

    `titles` names pages by their path, for links that lead to them; a page that is not in it is named by its path.
    """

    path: str
    text: str
    language: str
    titles: Mapping[str, str]


def read_title(text: str) -> str:
    r"""Return the first heading of a page.

    >>> read_title("# Guide *for* all\n\nText")
    'Guide for all'
    """
    page = _PageReader(MarkdownPage("", text, "en", {}))
    return next((title for level, title, _ in page.list_parts() if level), "")


def read_page(page: MarkdownPage, *, name: str, introduction: str, document: Document) -> Document:
    """Return a document with the title and the sections of a page; all else is taken from `document`.

    The text before the first heading below the title becomes a section that has `introduction` as its heading.

    Raises:
        ValueError: the page contains a kind of block that no document can show.
    """
    title, parts = "", []
    for level, heading, blocks in _PageReader(page).list_parts():
        if level <= 1:
            title = title or heading
            if blocks:
                parts.append((2, introduction, blocks))
        else:
            parts.append((level, heading, blocks))
    return replace(document, id=name, title=title, language=page.language, sections=_nest(parts, count(1)))


_Part = tuple[int, str, tuple[Block, ...]]
"""The level of a heading, the heading, and the blocks up to the next one."""


def _nest(parts: Sequence[_Part], numbers: Iterator[int]) -> tuple[Section, ...]:
    """Return sections, those of a deeper heading inside the one before it."""
    made: list[Section] = []
    at = 0
    while at < len(parts):
        level, title, blocks = parts[at]
        end = next((n for n in range(at + 1, len(parts)) if parts[n][0] <= level), len(parts))
        anchor = f"part-{next(numbers)}"
        inner = _nest(parts[at + 1 : end], numbers)
        made.append(make_section(anchor, title, *blocks, sections=inner))
        at = end
    return tuple(made)


class _PageReader:
    """A reader of one page."""

    def __init__(self, page: MarkdownPage) -> None:
        self._page = page
        self._direction = direction(page.language)
        self._quotes = _QUOTES.get(base_language(page.language), ("'", "'"))
        self._tables = count(1)

    def list_parts(self) -> Iterator[_Part]:
        """Yield the headings with the blocks under them; blocks before any heading have level 0."""
        from markdown_it import MarkdownIt
        from markdown_it.tree import SyntaxTreeNode

        tree = SyntaxTreeNode(MarkdownIt("commonmark").enable("table").parse(self._page.text))
        level, title, blocks = 0, "", list[Block]()
        for node in tree.children:
            if node.type == "heading":
                if level or blocks:
                    yield level, title, tuple(blocks)
                level, title, blocks = int(node.tag[1:]), self._words(node), []
            else:
                blocks += self._blocks(node)
        if level or blocks:
            yield level, title, tuple(blocks)

    def _blocks(self, node: SyntaxTreeNode) -> Iterator[Block]:
        match node.type:
            case "paragraph":
                if words := self._words(node):
                    yield Paragraph(text=words)
            case "fence" | "code_block":
                yield CodeBlock(text=node.content.rstrip("\n"))
            case "bullet_list" | "ordered_list":
                items = tuple("\n".join(self._lines(item)) for item in node.children)
                yield Bullets(items=items, numbered=node.type == "ordered_list")
            case "table":
                yield self._table(node)
            case "blockquote":
                yield Paragraph(text="\n".join(self._lines(node)), tone=Tone.NOTICE)
            case kind if kind not in _IGNORED:
                raise ValueError(f"{self._page.path}: no document shows {kind!r}")

    def _lines(self, node: SyntaxTreeNode) -> Iterator[str]:
        """Yield what is inside an item of a list, one line for each paragraph, line of code and inner item."""
        for inner in node.children:
            for block in self._blocks(inner):
                match block:
                    case Paragraph() | CodeBlock():
                        yield block.text
                    case Bullets():
                        for number, item in enumerate(block.items, 1):
                            yield f"{f'{number}.' if block.numbered else '–'} {item}"
                    case _:
                        raise ValueError(f"{self._page.path}: no list shows a table")

    def _table(self, node: SyntaxTreeNode) -> Block:
        head, *bodies = node.children
        titles = [self._words(cell) for cell in head.children[0].children]
        rows = [[self._words(cell) for cell in row.children] for body in bodies for row in body.children]
        longest = [max(len(line[place]) for line in (titles, *rows)) for place in range(len(titles))]
        widths = [min(max(length, _SLIMMEST), _WIDEST) for length in longest]
        return make_table(f"table-{next(self._tables)}", "", list(zip(titles, widths, strict=True)), rows)

    def _words(self, node: SyntaxTreeNode) -> str:
        """Return the text of a heading, a paragraph or a cell."""
        return "".join(map(self._inline, node.children)).strip()

    def _inline(self, node: SyntaxTreeNode) -> str:
        kinds: Mapping[str, Callable[[], str]] = {
            "text": lambda: node.content,
            "softbreak": lambda: " ",
            "hardbreak": lambda: "\n",
            "code_inline": lambda: self._code(node.content),
            "link": lambda: self._link(self._words(node), str(node.attrs.get("href", ""))),
            "image": lambda: "",
            "html_inline": lambda: "",
        }
        return kinds[node.type]() if node.type in kinds else self._words(node)

    def _code(self, text: str) -> str:
        """Return code in its own direction; a name of one word is plain to see and needs no quotation marks."""
        own = wrap_text(text, "ltr") if self._direction == "rtl" else text
        before, after = self._quotes if " " in text else ("", "")
        return f"{before}{own}{after}"

    def _link(self, words: str, target: str) -> str:
        """Return the words of a link and, where they do not say it, the page or address that it leads to."""
        place = target.partition("#")[0]
        if not place:
            return words
        if "://" not in place:
            path = posixpath.normpath(posixpath.join(posixpath.dirname(self._page.path), place))
            place = self._page.titles.get(path, path)
        if place.casefold() in words.casefold():
            return words
        return f"{words} ({isolate_text(place, self._direction)})"
