"""Write docs/reference.md from the docstrings of the library: `make docs-update`.

The docstrings are Google style. Doctests in them are run with all others, so what the page shows is true.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator
from pathlib import Path

import fatf_kit
from fatf_kit import frames

PAGE = Path(__file__).resolve().parents[2] / "docs" / "reference.md"
_SECTION = re.compile(r"^(Args|Returns|Raises|Attributes|Yields):$")
_HEAD = """# Library reference

Everything below is imported from `fatf_kit`. The verbs have the names of the commands. Values are frozen: nothing that
is handed out can be changed. `None` means that something is not known; it never stands for a rating.

A call that cannot go on raises `fatf_kit.core.errors.FatfKitError` or a child of it. A bad cell in a workbook raises
nothing; it is returned as a problem with the result.

This page is written from the docstrings by `make docs-update`.
"""


def written() -> str:
    """The whole page."""
    parts = [_HEAD]
    names = [name for name in fatf_kit.__all__ if not name.startswith("_")]
    parts += [_entry(name, getattr(fatf_kit, name)) for name in sorted(names, key=str.lower)]
    parts.append(f"## fatf_kit.frames\n\n{_prose(inspect.getdoc(frames) or '')}")
    parts += [_entry(f"frames.{name}", getattr(frames, name)) for name in frames.__all__ if name != "report_frames"]
    return "\n".join(part.rstrip("\n") + "\n" for part in parts)


def _entry(name: str, thing: object) -> str:
    if inspect.isclass(thing):
        fields = "\n".join(f"    {key}: {_plain(kind)}" for key, kind in inspect.get_annotations(thing).items())
        lines = [
            f"## {name}\n",
            f"```text\nclass {name}\n{fields}\n```\n" if fields else f"```text\nclass {name}\n```\n",
        ]
        lines.append(_prose(inspect.getdoc(thing) or ""))
        lines += [
            f"\n`.{key}{_signature(value)}`: {_prose(inspect.getdoc(value) or '')}"
            for key, value in vars(thing).items()
            if inspect.isfunction(value) and not key.startswith("_")
        ]
        return "\n".join(lines)
    assert callable(thing)
    return f"## {name}\n\n```text\n{name}{_signature(thing)}\n```\n\n{_prose(inspect.getdoc(thing) or '')}"


def _signature(thing: object) -> str:
    assert callable(thing)
    signature = inspect.signature(thing)
    text = _plain(str(signature))
    if len(text) <= 90:
        return text
    parts = [_plain(str(param)) for param in signature.parameters.values()]
    kinds = [param.kind for param in signature.parameters.values()]
    if inspect.Parameter.KEYWORD_ONLY in kinds:
        parts.insert(kinds.index(inspect.Parameter.KEYWORD_ONLY), "*")
    inner = "".join(f"    {part},\n" for part in parts)
    return f"(\n{inner}) -> {_plain(signature.return_annotation)}"


def _plain(text: object) -> str:
    bare = re.sub(r"(: |-> )'([^']*)'", r"\1\2", str(text))
    return re.sub(r"\b(?:fatf_kit|pathlib|datetime|collections)\.(?:\w+\.)*(?=[A-Z])", "", bare)


def _prose(docstring: str) -> str:
    return "\n".join(_lines(docstring))


def _lines(docstring: str) -> Iterator[str]:
    """Markdown of a docstring: sections become lists, doctests become blocks."""
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
    PAGE.write_text(written(), encoding="utf-8", newline="\n")
