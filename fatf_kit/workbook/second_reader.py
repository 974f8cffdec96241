"""Many workbooks read on two cores: this process takes them from the front, a second Python from the end.

The second one is started by its name. What `multiprocessing` starts on Windows and macOS runs the caller's script or
notebook again, and threads would not do: reading holds the interpreter's lock most of the time.
"""

from __future__ import annotations

import gc
import os
import pickle
import subprocess
import sys
from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from threading import Thread

from fatf_kit.problems import Problem
from fatf_kit.workbook.model import RawWorkbook
from fatf_kit.workbook.reader import read_workbook

Reading = tuple[RawWorkbook | None, tuple[Problem, ...]]
"""What `read_workbook` gives for one file."""

_WORTH_IT = 8  # files; fewer are read by the time that a second Python has started
_AHEAD = 2  # files that it is given at once, so that it never waits for this process to look up
_FOLDER = Path(__file__).parents[2]


def read_workbooks(paths: Sequence[Path]) -> Iterator[Reading]:
    """Every file as `read_workbook` reads it, in the order given.

    >>> [problems[0].code for _, problems in read_workbooks([Path("no-such-file.xlsx")])]
    ['file-missing']
    """
    if len(paths) < _WORTH_IT or (os.cpu_count() or 1) < 2 or not sys.executable or getattr(sys, "frozen", False):
        yield from map(read_workbook, paths)
        return
    waiting = deque(enumerate(paths))
    read: dict[int, Reading] = {}
    with _second_reader(waiting, read):
        _read_here(waiting, read)
    _read_here(waiting, read)  # what the second one gave back when it ended
    for number in range(len(paths)):
        yield read.pop(number)


def _read_here(waiting: deque[tuple[int, Path]], read: dict[int, Reading]) -> None:
    while waiting:
        try:
            number, path = waiting.popleft()
        except IndexError:  # the other took the last one in between
            return
        read[number] = read_workbook(path)


@contextmanager
def _second_reader(waiting: deque[tuple[int, Path]], read: dict[int, Reading]) -> Iterator[None]:
    """A second Python that reads from the end of `waiting` until nothing is left; without one where none can start."""
    command = [sys.executable, "-P", "-m", "fatf_kit.workbook.second_reader"]  # never what lies in the current folder
    found = os.pathsep.join(filter(None, (str(_FOLDER), os.environ.get("PYTHONPATH"))))
    try:
        second = subprocess.Popen(  # noqa: S603 - this very Python and module
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "PYTHONPATH": found},
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
    except OSError:
        yield
        return
    handing = Thread(target=_hand_over, args=(second, waiting, read), daemon=True)
    handing.start()
    try:
        yield
        handing.join()
    finally:
        second.kill()
        second.communicate()


def _hand_over(second: subprocess.Popen[bytes], waiting: deque[tuple[int, Path]], read: dict[int, Reading]) -> None:
    """Give the second reader one file after another, and take what it read; where it ends too soon, give them back."""
    given: deque[tuple[int, Path]] = deque()
    asked, told = second.stdin, second.stdout
    if asked is None or told is None:  # never: both are pipes
        return
    try:
        while True:
            while waiting and len(given) < _AHEAD:
                try:
                    given.append(waiting.pop())
                except IndexError:
                    break
                pickle.dump(given[-1][1], asked)
                asked.flush()
            if not given:
                return
            read[given[0][0]] = pickle.load(told)  # noqa: S301 - from a process of our own
            given.popleft()
    except Exception:  # it was stopped, or what came was none of its words
        waiting.extend(given)


def main() -> None:
    """Read the files whose paths come in, until no more come, and hand out what is in them."""
    gc.disable()  # what is read has no cycles
    taken, handed = sys.stdin.buffer, sys.stdout.buffer
    while True:
        try:
            path = pickle.load(taken)  # noqa: S301 - from the process that started this one
        except EOFError:
            return
        pickle.dump(read_workbook(path), handed, protocol=pickle.HIGHEST_PROTOCOL)
        handed.flush()


if __name__ == "__main__":
    main()
