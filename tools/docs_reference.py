"""Write docs/reference.md from the docstrings of the library: `make docs-update`.

The docstrings are Google style. Doctests in them are run with all others, so the examples on the page are correct.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator
from pathlib import Path

import fatf_kit
from fatf_kit import frames

PAGE = Path(__file__).resolve().parents[1] / "docs" / "reference.md"
_SECTION = re.compile(r"^(Args|Returns|Raises|Attributes|Yields):$")
_HEAD = """# Library reference

Everything below is imported from `fatf_kit`. The verbs have the names of the commands. Values are frozen: nothing that
is handed out can be changed. `None` means that something is not known; it never stands for a rating.

A call that cannot continue raises `fatf_kit.core.errors.FatfKitError` or a child of it. A bad cell in a workbook raises
nothing; it is returned as a problem with the result.

This page is written from the docstrings by `make docs-update`.
"""


def render_page() -> str:
    """Return the whole page as Markdown."""
    parts = [_HEAD]
    names = [name for name in fatf_kit.__all__ if not name.startswith("_")]
    parts += [_render_entry(name, getattr(fatf_kit, name)) for name in sorted(names, key=str.lower)]
    parts.append(f"## fatf_kit.frames\n\n{_render_docstring(inspect.getdoc(frames) or '')}")
    parts += [
        _render_entry(f"frames.{name}", getattr(frames, name)) for name in frames.__all__ if name != "report_frames"
    ]
    return "\n".join(part.rstrip("\n") + "\n" for part in parts)


def _render_entry(name: str, thing: object) -> str:
    if inspect.isclass(thing):
        types = {key: kind for base in reversed(thing.__mro__) for key, kind in inspect.get_annotations(base).items()}
        shown = {key: kind for key, kind in types.items() if not key.startswith("_")}
        fields = "\n".join(f"    {key}: {_shorten_types(kind)}" for key, kind in shown.items())
        lines = [
            f"## {name}\n",
            f"```text\nclass {name}\n{fields}\n```\n" if fields else f"```text\nclass {name}\n```\n",
        ]
        lines.append(_render_docstring(inspect.getdoc(thing) or ""))
        lines += [
            f"\n`.{key}{_render_signature(value)}`: {_render_docstring(inspect.getdoc(value) or '')}"
            for key, value in vars(thing).items()
            if inspect.isfunction(value) and not key.startswith("_")
        ]
        return "\n".join(lines)
    assert callable(thing)
    text = _render_docstring(inspect.getdoc(thing) or "")
    return f"## {name}\n\n```text\n{name}{_render_signature(thing)}\n```\n\n{text}"


def _render_signature(thing: object) -> str:
    assert callable(thing)
    signature = inspect.signature(thing)
    text = _shorten_types(str(signature))
    if len(text) <= 90:
        return text
    parts = [_shorten_types(str(param)) for param in signature.parameters.values()]
    kinds = [param.kind for param in signature.parameters.values()]
    if inspect.Parameter.KEYWORD_ONLY in kinds:
        parts.insert(kinds.index(inspect.Parameter.KEYWORD_ONLY), "*")
    inner = "".join(f"    {part},\n" for part in parts)
    return f"(\n{inner}) -> {_shorten_types(signature.return_annotation)}"


def _shorten_types(text: object) -> str:
    bare = re.sub(r"(: |-> )'([^']*)'", r"\1\2", str(text))
    return re.sub(r"\b(?:fatf_kit|pathlib|datetime|collections)\.(?:\w+\.)*(?=[A-Z])", "", bare)


def _render_docstring(docstring: str) -> str:
    return "\n".join(_render_lines(docstring))


def _render_lines(docstring: str) -> Iterator[str]:
    """Yield the Markdown lines of a docstring: sections become lists, doctests become blocks."""
    inside = block = False
    for line in docstring.split("\n"):
        if line.startswith(">>> ") and not block:
            block = True
            yield "```python"
        elif block and not line.strip():
            block = False
            yield "```"
        if block:
            yield line
        elif found := _SECTION.match(line):
            inside = True
            yield f"**{found[1]}**\n"
        elif inside and (item := re.match(r"^    (\*{0,2}\w+)(?: \(.*?\))?: (.*)$", line)):
            yield f"- `{item[1]}`: {item[2]}"
        else:
            inside = inside and (not line.strip() or line.startswith("    "))
            yield f"  {line.strip()}" if inside and line.strip() else line
    if block:
        yield "```"


if __name__ == "__main__":
    PAGE.write_text(render_page(), encoding="utf-8", newline="\n")
