"""Change the rules one token at a time: a change that no test notices is a rule that no test holds.

    python -m tests.upkeep.mutants [--minutes 40] [--jobs 2] [ROOM or MODULE ...]

Comparisons, "and" and "or", "not", whole numbers, plus and minus, min and max, and early exits are changed, one at a
time. The tests are collected once; each change runs in a process split off from there, against only the tests that call
the changed function, the quickest and those that noticed others first. What survives is printed with its line; changes
known to make no difference are listed in tests/data/mutants.json with the reason. At the end it says which modules were
judged wholly. Ends with 1 where another change survives, or where a listed one no longer exists; with 2 where the time
given ended before everything was judged; with 0 otherwise.

A run that was broken off is taken up where it ended, as long as nothing is different since: see upkeep/verdicts.py.
"""

from __future__ import annotations

import argparse
import contextlib
import gc
import io
import json
import math
import os
import resource
import signal
import sys
import threading
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from functools import _lru_cache_wrapper
from importlib import import_module
from itertools import zip_longest
from pathlib import Path
from types import CodeType, FrameType, FunctionType

import pytest

from tests.upkeep.mutating import Change, changes, place_of, put_in
from tests.upkeep.verdicts import Verdicts, state_of

ROOT = Path(__file__).resolve().parents[2]
LISTED = ROOT / "tests" / "data" / "mutants.json"
KEPT = ROOT / ".mutants.jsonl"
ROOMS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "scoring": (
        ("adjust", "assess", "checks", "compliance", "consistency", "effectiveness", "margin", "materiality", "model",
         "open_judgements", "policy", "quality", "reading", "sensitivity", "shown"),
        ("tests/unit/scoring", "tests/property/test_margin.py", "tests/property/test_scoring_properties.py",
         "tests/property/test_assessment_properties.py", "fatf_kit/scoring"),
    ),
    "findings": (("cascades", "derive", "model", "npo"), ("tests/unit/scoring", "fatf_kit/findings")),
    "outlook": (
        ("actions", "evaluate", "listing", "model", "referral", "rules", "search", "sources", "what_if"),
        ("tests/unit/outlook", "tests/property/test_what_if.py", "tests/unit/spreadsheets/test_ordinary.py",
         "fatf_kit/outlook"),
    ),
    "npo": (
        ("classification.compare", "classification.completeness", "classification.readings", "classification.sector",
         "classification.segments", "measures.plans", "measures.proportionality", "method.factors",
         "method.risk_matrix", "method.scope", "method.settings", "questions.survey", "report.disclosure"),
        ("tests/unit/npo", "tests/acceptance/test_npo_example.py", "fatf_kit/npo"),  # its properties take too long
    ),
    "report.build": (("priorities",), ("tests/unit/report/test_gap.py", "tests/unit/report/test_priorities.py")),
}  # fmt: skip
"""The rooms with rules: their modules, and the tests that have to notice."""

MOST_SECONDS = 15
"""Of computing for one change, beside three times what its tests need; a test that never ends has noticed."""

MOST_WAITING = 900
"""Seconds by the clock, after which a change is tried once more and then counts as not noticed: a process split off may
wait for what only the other can give, and that says nothing of the rules."""

MOST_ALTOGETHER = 600
"""Seconds of computing in any one process."""

_Place = tuple[str, str, int]


def listed() -> dict[tuple[str, str, str, str], str]:
    """Changes that make no difference, with the reason."""
    found = json.loads(LISTED.read_text(encoding="utf-8"))
    return {(one["module"], one["in"], one["before"], one["after"]): one["why"] for one in found["alike"]}


def _apart(work: Callable[[], object]) -> tuple[int, int]:
    """Run in a process of its own: its id, and where its answer is read."""
    reading, writing = os.pipe()
    child = os.fork()
    if child:
        os.close(writing)
        return child, reading
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_ALTOGETHER, MOST_ALTOGETHER))
    try:
        answer = json.dumps(work()).encode()
        with os.fdopen(writing, "wb") as out:
            out.write(answer)
    finally:  # whatever happens, what stands behind belongs to the other process
        os._exit(0)


def _answer(reading: int) -> object:
    with os.fdopen(reading, "rb") as found:
        content = found.read()
    return json.loads(content) if content else "ended by itself"


class Judge:
    """Takes the place of pytest's loop: which tests call what, then one process for each change."""

    def __init__(self, made: list[Change], jobs: int, until: float, verdicts: Verdicts) -> None:
        self.jobs, self.until, self.verdicts = jobs, until, verdicts
        self.made = [change for change in made if change.key not in verdicts.now]
        judged = [change for change in made if change.key in verdicts.now]
        self.alive = [change for change in judged if verdicts.now[change.key] is None]
        self.tried = Counter(change.module for change in judged)
        self.noticed: Counter[str] = Counter()

    def pytest_sessionstart(self) -> None:
        """The same made-up examples in every run, and no search for the smallest."""
        from hypothesis import Phase, settings

        phases = (Phase.explicit, Phase.generate)
        settings.register_profile("mutants", derandomize=True, database=None, deadline=None, phases=phases)
        settings.load_profile("mutants")

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Everything happens here, while the collected tests are at hand."""
        modules = {change.module for change in self.made}
        for name in modules:
            import_module(name)
        items = {item.nodeid: item for item in session.items}
        _, reading = _apart(lambda: _called(session, modules))
        callers, seconds = _callers(_answer(reading))
        living: dict[str, dict[tuple[str, int], list[FunctionType]]] = {name: defaultdict(list) for name in modules}
        for one in gc.get_objects():
            if isinstance(one, FunctionType) and one.__module__ in modules:
                living[one.__module__][place_of(one.__code__)].append(one)
        kept = _caches()
        gc.freeze()  # what was collected is never looked at again, in no process
        waiting = list(self.made)
        hung: list[Change] = []
        running: dict[int, tuple[int, Change]] = {}
        while running or (waiting and time.monotonic() < self.until):
            while waiting and len(running) < self.jobs and time.monotonic() < self.until:
                change = waiting.pop(0)
                tests = self._ordered(change, _tests(change, callers), seconds)
                chosen = [items[one] for one in tests]
                most = min(MOST_ALTOGETHER, MOST_SECONDS + 3 * math.ceil(sum(seconds[one] for one in tests)))

                def judge(change: Change = change, chosen: list[pytest.Item] = chosen, most: int = most) -> object:
                    signal.alarm(MOST_WAITING)
                    put_in(change, living[change.module])
                    for one in kept[change.module]:
                        one.cache_clear()
                    resource.setrlimit(resource.RLIMIT_CPU, (most, most))
                    return _run(session, chosen)

                child, reading = _apart(judge)
                running[child] = reading, change
            child, status = os.wait()
            if child not in running:
                continue
            reading, change = running.pop(child)
            told, waited = _answer(reading), os.waitstatus_to_exitcode(status) == -signal.SIGALRM
            if waited and change not in hung:
                hung.append(change)
                waiting.append(change)
            else:
                self._note(change, None if waited else told)
        return True

    def _ordered(self, change: Change, tests: Iterable[str], seconds: Mapping[str, float]) -> list[str]:
        """First the test that noticed this change in an earlier run, then those that notice much, then the quickest."""
        first = self.verdicts.earlier.get(change.key)
        return sorted(tests, key=lambda one: (one != first, -self.noticed[one], seconds[one]))

    def _note(self, change: Change, told: object) -> None:
        self.verdicts.keep(change.key, None if told is None else str(told))
        self.tried[change.module] += 1
        if told is None:
            self.alive.append(change)
            print(f"survives: {change.module} {change.line}", file=sys.stderr, flush=True)  # noqa: T201
        else:
            self.noticed[str(told)] += 1


def _caches() -> dict[str, list[_lru_cache_wrapper[object]]]:
    """Functions that keep what they gave, by module."""
    found: dict[str, list[_lru_cache_wrapper[object]]] = defaultdict(list)
    for one in gc.get_objects():
        if isinstance(one, _lru_cache_wrapper):
            found[one.__module__].append(one)
    return found


def _quiet() -> contextlib.ExitStack:
    stack = contextlib.ExitStack()
    stack.enter_context(contextlib.redirect_stdout(io.StringIO()))
    stack.enter_context(contextlib.redirect_stderr(io.StringIO()))
    return stack


def _run(session: pytest.Session, items: list[pytest.Item]) -> str | None:
    """The first test that notices; None where none does."""
    with _quiet():
        for item, following in zip_longest(items, items[1:]):
            item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
            if session.testsfailed:
                return item.nodeid
    return None


def _called(session: pytest.Session, modules: set[str]) -> list[tuple[str, float, list[_Place]]]:
    """Each test with its seconds and the functions of the modules that it calls; a test that fails stops all.

    What a fixture of a whole module calls counts for the first test only, so tests of rules should do without.
    """
    found = []
    files = {str(sys.modules[name].__file__): name for name in modules}
    here: set[CodeType] = set()

    def watch(frame: FrameType, event: str, arg: object) -> None:  # noqa: ARG001
        if frame.f_code.co_filename in files:
            here.add(frame.f_code)

    kept = [one for name, found in _caches().items() if name in modules for one in found]
    for at, item in enumerate(session.items):
        for one in kept:  # what was worked out once is called again, and seen
            one.cache_clear()
        following = session.items[at + 1] if at + 1 < len(session.items) else None
        here.clear()
        start = time.process_time()
        threading.settrace(watch)  # some rules run beside the writing of files
        sys.settrace(watch)
        with _quiet():
            item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
        sys.settrace(None)
        threading.settrace(None)
        if session.testsfailed:
            sys.stderr.write(f"{item.nodeid} fails without any change\n")
            os._exit(3)
        places = [(files[code.co_filename], *place_of(code)) for code in here]
        found.append((item.nodeid, time.process_time() - start, places))
    return found


def _callers(answer: object) -> tuple[dict[_Place, set[str]], dict[str, float]]:
    if not isinstance(answer, list):
        sys.exit("the tests fail without any change")
    callers: dict[_Place, set[str]] = defaultdict(set)
    for test, _, places in answer:
        for module, name, first in places:
            callers[module, name, first].add(test)
    return callers, {test: seconds for test, seconds, _ in answer}


def _tests(change: Change, callers: dict[_Place, set[str]]) -> Iterable[str]:
    """The tests that call the function, or code that lies in it, as a whole."""
    outer = change.place.split(".<locals>")[0]
    return {
        test
        for (module, name, first), tests in callers.items()
        if module == change.module and (first == change.first or name == outer)
        for test in tests
    }


def judge(modules: list[str], jobs: int, until: float, made: list[Change]) -> Judge:
    """Collect the tests of the rooms concerned and judge the changes that are not judged yet."""
    tests = sorted({test for name in modules for test in _room(name)[1] if (ROOT / test).exists()})
    told = Judge(made, jobs, until, Verdicts(KEPT, state_of(ROOT, LISTED)))
    if not told.made:
        return told
    plain = ["-p", "no:cacheprovider", "-p", "no:terminal", "-o", "addopts=--doctest-modules --import-mode=importlib"]
    code = pytest.main([*plain, "--assert=plain", *tests], plugins=[told])
    if code:
        sys.exit(f"the tests could not be collected ({code})")
    return told


def _room(module: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    return ROOMS[module.removeprefix("fatf_kit.").rpartition(".")[0]]


def main() -> None:
    """Change, test, say who survived."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, help="without it, until everything is judged")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("names", nargs="*", help="a room, as npo, or a module, as npo.scope; without any, all rooms")
    given = parser.parse_args()
    modules = named(given.names)
    os.chdir(ROOT)
    made = [change for name in modules for change in _inside(name)]
    until = time.monotonic() + 60 * given.minutes if given.minutes else math.inf
    told = judge(modules, given.jobs, until, made)
    lines, code = account(modules, made, told.tried, told.alive, listed())
    print("\n".join(lines), flush=True)  # noqa: T201
    sys.exit(code)


def named(names: Collection[str]) -> list[str]:
    """The modules meant by names of rooms and modules, with or without the package's; all where there are none."""
    everything = [f"fatf_kit.{room}.{name}" for room, (names, _) in ROOMS.items() for name in names]
    wanted = [f"fatf_kit.{name.removeprefix('fatf_kit.')}" for name in names]
    for one in wanted:
        if not any(f"{name}.".startswith(f"{one}.") for name in everything):
            sys.exit(f"{one} is no room with rules and no module of one: {', '.join(ROOMS)}")
    return [name for name in everything if not wanted or any(f"{name}.".startswith(f"{one}.") for one in wanted)]


def account(
    modules: list[str],
    made: list[Change],
    tried: Mapping[str, int],
    alive: list[Change],
    known: Collection[tuple[str, str, str, str]],
) -> tuple[list[str], int]:
    """What to print, and how to end: 1 with a survivor or a listed change to look at, 2 where time ended first."""
    lines: list[str] = []
    judged: list[str] = []
    left: list[str] = []
    faults = False
    for name in modules:
        own = [change for change in made if change.module == name]
        lived = [change for change in alive if change.module == name]
        fresh = sorted((one for one in lived if one.key not in known), key=lambda one: one.line)
        gone = [key for key in known if key[0] == name and key not in {change.key for change in own}]
        counts = f"{tried.get(name, 0)} of {len(own)} changes tried, {len(lived)} survived, {len(fresh)} unexplained"
        lines.append(f"{name}: {counts}")
        lines += [f"  {one.line} {one.place}: {_short(one.before, one.after)}" for one in fresh]
        lines += [f"  listed in {LISTED.name} and no longer there: {' | '.join(key[1:])}" for key in gone]
        faults = faults or bool(fresh or gone)
        (judged if tried.get(name, 0) == len(own) else left).append(name)
    lines.append(f"Judged wholly, {len(judged)} of {len(modules)}: {', '.join(judged) or 'none'}.")
    if left:
        lines.append(f"Time ended before all of these was judged: {', '.join(left)}.")
    return lines, 1 if faults else 2 if left else 0


def _short(before: str, after: str) -> str:
    """What differs between two lines, with a little around it."""
    same = next((n for n, (a, b) in enumerate(zip(before, after, strict=False)) if a != b), 0)
    backwards = zip(before[same:][::-1], after[same:][::-1], strict=False)
    end = next((n for n, (a, b) in enumerate(backwards) if a != b), 0)
    start = max(0, same - 45)
    return f"{before[start : len(before) - end + 25]}  ->  {after[start : len(after) - end + 10]}"


def _inside(name: str) -> list[Change]:
    """The changes within functions: what stands at the top of a module is names, types and patterns, not rules."""
    path = ROOT / f"{name.replace('.', '/')}.py"
    found = changes(name, path.read_text(encoding="utf-8"), str(path))
    return [change for change in found if change.first]


if __name__ == "__main__":
    main()
