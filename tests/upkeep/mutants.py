"""Change the rules of rating one token at a time: a change that no test notices is a rule that no test holds.

    python -m tests.upkeep.mutants [--minutes 15] [MODULE ...]

Comparisons, "and" and "or", "not", whole numbers, plus and minus, min and max, and early exits are changed, one at a
time, and the tests of the module's room run against each in a process of its own. Survivors are printed with their
line; those known to change nothing are listed in `ALIKE` with the reason. Ends with 1 where another one survives.
"""

from __future__ import annotations

import argparse
import ast
import contextlib
import copy
import io
import os
import signal
import sys
import time
from collections.abc import Iterator
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from importlib.util import spec_from_loader
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[2]
ROOMS = {
    "fatf_kit.scoring.compliance": ("tests/unit/scoring",),
    "fatf_kit.scoring.effectiveness": ("tests/unit/scoring",),
    "fatf_kit.scoring.margin": ("tests/unit/scoring", "tests/property/test_margin.py"),
    "fatf_kit.outlook.evaluate": ("tests/unit/outlook",),
    "fatf_kit.outlook.search": ("tests/unit/outlook", "tests/property/test_what_if.py"),
    "fatf_kit.npo.classify": ("tests/unit/npo/test_classify.py",),
}
"""What is changed, and the tests that have to notice."""

ALIKE: dict[tuple[str, str], str] = {}
"""Changes that make no difference, by module and change, with the reason."""

LONGEST = 120
_COMPARISONS: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
    ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Is: ast.IsNot, ast.IsNot: ast.Is,
}  # fmt: skip
_ARITHMETIC: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.FloorDiv, ast.FloorDiv: ast.Mult,
}  # fmt: skip
_NAMES = {"min": "max", "max": "min", "any": "all", "all": "any"}


def mutants(tree: ast.Module) -> Iterator[tuple[str, ast.Module]]:
    """Each change with its line and what it did, on a tree of its own."""
    for number, node in enumerate(ast.walk(tree)):
        for changed in _changes(node):
            whole = copy.deepcopy(tree)
            place = next(other for at, other in enumerate(ast.walk(whole)) if at == number)
            before = ast.unparse(node)
            place.__dict__.update(changed)
            after = ast.unparse(place)
            if before != after:
                line = getattr(node, "lineno", 0)
                yield f"{line}: {before[:100]}  ->  {after[:100]}", ast.fix_missing_locations(whole)


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


class _Changed(MetaPathFinder, Loader):
    """Gives the changed module to whoever imports it."""

    def __init__(self, module: str, tree: ast.Module, path: Path) -> None:
        self.module, self.tree, self.path = module, tree, path

    def find_spec(self, fullname: str, path: object, target: object = None) -> ModuleSpec | None:  # noqa: ARG002
        """The changed module only."""
        return spec_from_loader(fullname, self, origin=str(self.path)) if fullname == self.module else None

    def exec_module(self, module: ModuleType) -> None:
        """Run the changed code."""
        module.__file__ = str(self.path)
        exec(compile(self.tree, str(self.path), "exec"), module.__dict__)  # noqa: S102 - our own code, changed


def survives(module: str, tree: ast.Module, path: Path, tests: tuple[str, ...]) -> bool:
    """Whether every test passes with the changed module; one that never ends is noticed too."""
    child = os.fork()
    if child == 0:
        signal.alarm(LONGEST)
        sys.meta_path.insert(0, _Changed(module, tree, path))
        with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
            code = pytest.main(["-x", "-q", "-p", "no:cacheprovider", "--no-header", *tests])
        os._exit(int(code))
    _, status = os.waitpid(child, 0)
    return os.waitstatus_to_exitcode(status) == 0


def main() -> None:
    """Change, test, say who survived."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=15)
    parser.add_argument("modules", nargs="*", default=list(ROOMS))
    given = parser.parse_args()
    os.chdir(ROOT)
    until = time.monotonic() + 60 * given.minutes
    unknown = 0
    for module in given.modules:
        path = ROOT / f"{module.replace('.', '/')}.py"
        made = list(mutants(ast.parse(path.read_text(encoding="utf-8"))))
        tried, alive = 0, []
        for change, tree in made:
            if time.monotonic() > until:
                break
            tried += 1
            if survives(module, tree, path, ROOMS[module]):
                alive.append(change)
        new = [change for change in alive if (module, change.partition(": ")[2]) not in ALIKE]
        unknown += len(new)
        print(f"{module}: {tried} of {len(made)} changes tried, {len(alive)} survived, {len(new)} of them unexplained")  # noqa: T201
        for change in new:
            print(f"  {change}", flush=True)  # noqa: T201
    sys.exit(bool(unknown))


if __name__ == "__main__":
    main()
