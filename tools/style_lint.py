"""Check names and docstrings against the glossary of the project; run by `make limits`.

Prints one line for each breach and exits with 1 if there is any.

The rules are: a class name has one meaning in the whole repository; names use no word of FORBIDDEN_WORDS; a class is
not named by a participle alone; a docstring does not begin with a question word; a callback is not called `told`.
"""

from __future__ import annotations

import ast
import re
import sys
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PACKAGES = ("fatf_kit", "tools", "tests")

FORBIDDEN_WORDS = {
    "told": "on_progress for a callback, else reported, known or text",
    "tell": "report",
    "tells": "reports",
    "telling": "a noun for what is reported",
    "said": "text, reported or answered",
    "asked": "requested, or the noun for what is requested",
    "beside": "the relation: peers, unread_cells, next_to",
    "somebody": "the role of the person",
    "nobody": "ignore, or no with a noun",
    "whoever": "the role of the person",
    "whose": "owner, or the noun that is meant",
    "stranger": "misdirected, foreign or unknown",
    "strangers": "misdirected, foreign or unknown",
    "voice": "agency_answer",
    "voices": "agency_answers",
    "homeless": "unplaced",
    "speak": "set_language",
    "speaks": "has_language",
    "spoken": "translator or translated",
    "amiss": "faulty, or the noun for the fault",
    "pen": "writer",
    "sieve": "filter",
    "ladder": "rating_scale",
    "room": "package or area",
    "rooms": "packages or areas",
    "house": "project",
    "drawers": "module names",
    "sibling": "copy or neighbour",
    "siblings": "copies or neighbours",
    "stray": "unplaced",
    "strays": "cells_outside_table",
    "flaw": "error",
    "flaws": "errors",
    "settle": "resolve",
    "settled": "resolved",
    "climber": "upgrade",
    "unfit": "refused",
    "swallowing": "unclosed",
    "lazily": "lazy",
}
"""Words that names must not contain, with the advice for a better one."""

IRREGULAR_PARTICIPLES = {
    "Born", "Brought", "Built", "Chosen", "Done", "Drawn", "Felt", "Found", "Given", "Gone", "Grown", "Heard", "Held",
    "Kept", "Known", "Left", "Made", "Meant", "Met", "Said", "Seen", "Sent", "Shown", "Spent", "Spoken", "Taken",
    "Told", "Written",
}  # fmt: skip
QUESTION_WORDS = {"What", "Whose", "Whoever", "Where", "Who"}

_CAMEL = re.compile(r"[A-Z]+(?=[A-Z][a-z])|[A-Z]?[a-z]+|[A-Z]+|\d+")
Definition = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef


@dataclass(frozen=True, slots=True, order=True)
class Breach:
    """One breach of a rule."""

    path: str
    rule: str
    name: str
    line: int
    advice: str


def split_name(name: str) -> list[str]:
    """Split a name into its words in lower case.

    >>> split_name("_write_toldParts")
    ['write', 'told', 'parts']
    """
    return [word.lower() for word in _CAMEL.findall(name)]


_RESULTS = ("payload.py", "results.py")
"""Modules whose classes are results as JSON: their fields are keys on which other programs rely."""


def check_source(path: str, source: str) -> Iterator[Breach]:
    """Yield every breach inside one module; class names that occur in several modules are found elsewhere."""
    for name in path.removesuffix(".py").split("/")[1:]:
        yield from _check_words(path, name, f"module {name}", 1)
    tree = ast.parse(source)
    yield from _check_docstrings(path, "module", tree)
    yield from _check_body(path, tree, "")


def _check_body(path: str, parent: ast.AST, place: str) -> Iterator[Breach]:
    for node in ast.iter_child_nodes(parent):
        name = place
        if isinstance(node, Definition):
            name = f"{place}.{node.name}" if place else node.name
            yield from _check_words(path, node.name, name, node.lineno)
            yield from _check_docstrings(path, name, node)
        if isinstance(node, ast.ClassDef):
            yield from _check_class(path, node, name)
        elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            arguments = node.args
            for argument in (*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs):
                yield from _check_words(path, argument.arg, f"{name}({argument.arg})", argument.lineno)
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "told":
            yield Breach(path, "callback", f"{place or 'module'} calls told", node.lineno, "on_progress")
        yield from _check_body(path, node, name)


def _check_class(path: str, node: ast.ClassDef, name: str) -> Iterator[Breach]:
    bare = node.name.lstrip("_")
    words = split_name(bare)
    is_regular = len(words) == 1 and bare.endswith("ed") and not bare.endswith("eed")
    if is_regular or bare in IRREGULAR_PARTICIPLES:
        yield Breach(path, "participle", name, node.lineno, "a noun, such as ScoredAssessment")
    if path.endswith(_RESULTS):
        return
    for field in node.body:
        if isinstance(field, ast.AnnAssign) and isinstance(field.target, ast.Name):
            yield from _check_words(path, field.target.id, f"{name}.{field.target.id}", field.lineno)


def _check_words(path: str, name: str, place: str, line: int) -> Iterator[Breach]:
    for word in sorted(set(split_name(name)) & FORBIDDEN_WORDS.keys()):
        yield Breach(path, "word", f"{place} uses {word}", line, FORBIDDEN_WORDS[word])


def _check_docstrings(path: str, place: str, node: ast.Module | Definition) -> Iterator[Breach]:
    """Yield the docstrings of a definition and of the constants in its body that begin with a question word."""
    for before, statement in zip([None, *node.body], node.body, strict=False):
        if not (isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant)):
            continue
        text = statement.value.value
        first = re.match(r"\w*", text.lstrip()) if isinstance(text, str) else None
        if first and first[0] in QUESTION_WORDS:
            owner = place if before is None else f"{place} constant {_name_of(before)}"
            advice = f"a sentence that does not begin with {first[0]}"
            yield Breach(path, "docstring", owner, statement.lineno, advice)


def _name_of(statement: ast.stmt) -> str:
    targets = statement.targets if isinstance(statement, ast.Assign) else [getattr(statement, "target", statement)]
    return ast.unparse(targets[0])[:60]


def find_clashes(classes: dict[str, list[tuple[str, int]]]) -> Iterator[Breach]:
    """Yield each place of a public class name that several modules define."""
    for name, places in classes.items():
        modules = sorted({path for path, _ in places})
        if len(modules) > 1 and not name.startswith("_"):
            for path, line in places:
                others = ", ".join(other for other in modules if other != path)
                yield Breach(path, "clash", name, line, f"one meaning for each class name; also in {others}")


def find_breaches(root: Path) -> list[Breach]:
    """Return every breach in the packages of a checkout, those of fatf_kit first."""
    found: list[Breach] = []
    classes: dict[str, list[tuple[str, int]]] = defaultdict(list)
    for package in PACKAGES:
        for file in sorted((root / package).rglob("*.py")):
            path, source = file.relative_to(root).as_posix(), file.read_text(encoding="utf-8")
            found += check_source(path, source)
            for node in ast.parse(source).body:
                if isinstance(node, ast.ClassDef):
                    classes[node.name].append((path, node.lineno))
    found += find_clashes(classes)
    return sorted(found, key=lambda breach: (PACKAGES.index(breach.path.split("/")[0]), breach))


def main() -> None:
    """Print every breach in the checkout."""
    breaches = find_breaches(ROOT)
    for one in breaches:
        print(f"{one.path}:{one.line}: {one.rule}: {one.name}. Use {one.advice}.")
    sys.exit(bool(breaches))


if __name__ == "__main__":
    main()
