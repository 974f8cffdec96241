"""Changes of one token of a module: where, what, and the code that comes out.

A change is named by what anybody can read in the source: the function, the line as it is and the line as it becomes. So
its name outlives changes elsewhere in the file.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from types import CodeType, FunctionType

_COMPARISONS: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
    ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Is: ast.IsNot, ast.IsNot: ast.Is,
}  # fmt: skip
_ARITHMETIC: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.FloorDiv, ast.FloorDiv: ast.Mult,
}  # fmt: skip
_NAMES = {"min": "max", "max": "min", "any": "all", "all": "any"}
_GUARDS = ("strict",)
"""Arguments that only make the program stop earlier where it is wrong."""

Named = ast.FunctionDef | ast.ClassDef | ast.Lambda


@dataclass(frozen=True, slots=True)
class Change:
    """A change of one token: the module, the function ("" at the top), its line before and after, the whole code.

    `first` is the line where the outermost function begins, by which the living function is found; 0 at the top.
    """

    module: str
    place: str
    before: str
    after: str
    line: int
    first: int
    code: CodeType

    @property
    def key(self) -> tuple[str, str, str, str]:
        """What it is known by."""
        return self.module, self.place, self.before, self.after


def changes(module: str, source: str, path: str) -> Iterator[Change]:
    """Every change of a module, one by one."""
    tree = ast.parse(source)
    seen: set[tuple[str, ...]] = set()
    for node, place, outer in _walk(tree, "", None):
        seen_from = tree if outer is None else outer
        was: list[str] = []
        for changed in _changes(node):
            was = was or _lines(seen_from)
            kept = dict(node.__dict__)
            node.__dict__.update(changed)
            differ = [(a, b) for a, b in zip(was, _lines(seen_from), strict=True) if a != b]
            key = (place, *map(str, differ))
            fresh = bool(differ) and key not in seen
            code = compile(ast.fix_missing_locations(tree), path, "exec", dont_inherit=True) if fresh else None
            node.__dict__.clear()
            node.__dict__.update(kept)
            if code is None:
                continue
            seen.add(key)
            before, after = differ[0]
            yield Change(module, place, before.strip(), after.strip(), getattr(node, "lineno", 0), _first(outer), code)


def _lines(tree: ast.AST) -> list[str]:
    return ast.unparse(tree).splitlines()


def _first(outer: ast.AST | None) -> int:
    if not isinstance(outer, ast.FunctionDef):
        return 0
    return min([outer.lineno, *(one.lineno for one in outer.decorator_list)])


def _walk(node: ast.AST, place: str, outer: ast.AST | None) -> Iterator[tuple[ast.AST, str, ast.AST | None]]:
    """Each node whose change can matter, with the name of its function and the function itself."""
    yield node, place, outer
    for field, value in ast.iter_fields(node):
        if field in ("decorator_list", "annotation", "returns", "type_params"):
            continue
        for child in value if isinstance(value, list) else [value]:
            if not isinstance(child, ast.AST) or (isinstance(child, ast.keyword) and child.arg in _GUARDS):
                continue
            if isinstance(child, ast.FunctionDef | ast.ClassDef):
                name = f"{place}.{child.name}" if place else child.name
                inner = child if outer is None and isinstance(child, ast.FunctionDef) else outer
                yield from _walk(child, name, inner)
            elif field == "args" and isinstance(node, ast.FunctionDef) and node is outer:
                yield from _walk(child, place, None)
            else:
                yield from _walk(child, place, outer)


def _changes(node: ast.AST) -> Iterator[dict[str, object]]:
    match node:
        case ast.Compare(ops=ops):
            for at, one in enumerate(ops):
                if type(one) in _COMPARISONS:
                    yield {"ops": [*ops[:at], _COMPARISONS[type(one)](), *ops[at + 1 :]]}
        case ast.BoolOp(op=op):
            yield {"op": ast.Or() if isinstance(op, ast.And) else ast.And()}
        case ast.BinOp(op=op) | ast.AugAssign(op=op) if type(op) in _ARITHMETIC:
            yield {"op": _ARITHMETIC[type(op)]()}
        case ast.UnaryOp(op=ast.Not()):
            yield {"op": ast.UAdd(), "operand": ast.Call(ast.Name("bool", ast.Load()), [node.operand], [])}
        case ast.Constant(value=bool(value)):
            yield {"value": not value}
        case ast.Constant(value=int(value)):
            yield {"value": value + 1}
        case ast.Call(func=ast.Name(id=name)) if name in _NAMES:
            yield {"func": ast.Name(_NAMES[name], ast.Load())}
        case ast.If():
            yield {"test": ast.Constant(value=False)}


def codes(code: CodeType) -> Iterator[CodeType]:
    """A piece of code and all that lie in it."""
    yield code
    for one in code.co_consts:
        if isinstance(one, CodeType):
            yield from codes(one)


def place_of(code: CodeType) -> tuple[str, int]:
    """What a function is found by within its module: its name and its first line."""
    return code.co_qualname, code.co_firstlineno


def put_in(change: Change, living: dict[tuple[str, int], list[FunctionType]]) -> None:
    """Give living functions of the module the changed code; whoever imported them runs it."""
    for code in codes(change.code):
        for function in living.get(place_of(code), ()):
            function.__code__ = code
