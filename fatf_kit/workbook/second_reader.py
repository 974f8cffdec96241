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
from queue import Empty, SimpleQueue
from threading import Thread

from fatf_kit.problems import Problem
from fatf_kit.workbook.model import RawWorkbook
from fatf_kit.workbook.reader import read_workbook

Reading = tuple[RawWorkbook | None, tuple[Problem, ...]]
"""What `read_workbook` gives for one file."""

_Waiting = deque[tuple[int, Path]]
_Arrived = SimpleQueue[tuple[int, Reading] | None]
"""What the second reader has read, and None when nothing more will come."""

_WORTH_IT = 8  # files; fewer are read by the time that a second Python has started
_AHEAD = 2  # files that it is given at once, so that it never waits for this process to look up
_PIPE = 1024 * 1024  # bytes, where a pipe can be so wide: what is read of a file fits in, so that it need not wait
_LENGTH = 8  # bytes that say how many more come
_FOLDER = Path(__file__).parents[2]


def read_workbooks(paths: Sequence[Path]) -> Iterator[tuple[int, Reading]]:
    """Every file as `read_workbook` reads it, with its place among `paths`, as soon as it is read.

    While the caller works on one, the second Python reads on.

    >>> [(place, problems[0].code) for place, (_, problems) in read_workbooks([Path("no-such-file.xlsx")])]
    [(0, 'file-missing')]
    """
    waiting: _Waiting = deque(enumerate(paths))
    if len(paths) >= _WORTH_IT and (os.cpu_count() or 1) > 1 and sys.executable and not getattr(sys, "frozen", False):
        yield from _read_by_two(waiting)
    while waiting:  # few, or what the second one gave back when it ended
        yield from _read_here(waiting)


def _read_by_two(waiting: _Waiting) -> Iterator[tuple[int, Reading]]:
    arrived: _Arrived = SimpleQueue()
    with _second_reader(waiting, arrived):
        while True:
            try:
                read = arrived.get(block=not waiting)  # what has arrived first: it takes up memory
            except Empty:
                yield from _read_here(waiting)
                continue
            if read is None:
                return
            yield read


def _read_here(waiting: _Waiting) -> Iterator[tuple[int, Reading]]:
    """The next file."""
    try:
        number, path = waiting.popleft()
    except IndexError:  # the other took the last one in between
        return
    yield number, read_workbook(path)


@contextmanager
def _second_reader(waiting: _Waiting, arrived: _Arrived) -> Iterator[None]:
    """A second Python that reads from the end of `waiting` until nothing is left; without one where none can start."""
    command = [sys.executable, "-P", "-m", "fatf_kit.workbook.second_reader"]  # never what lies in the current folder
    found = os.pathsep.join(filter(None, (str(_FOLDER), os.environ.get("PYTHONPATH"))))
    try:
        second = subprocess.Popen(  # noqa: S603 - this very Python and module
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            pipesize=_PIPE,
            env={**os.environ, "PYTHONPATH": found},
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
    except OSError:
        arrived.put(None)
        yield
        return
    handing = Thread(target=_hand_over, args=(second, waiting, arrived), daemon=True)
    handing.start()
    try:
        yield
    finally:
        second.kill()
        handing.join()
        second.communicate()


def _hand_over(second: subprocess.Popen[bytes], waiting: _Waiting, arrived: _Arrived) -> None:
    """Give the second reader one file after another, and take what it read; where it ends too soon, give them back."""
    given: _Waiting = deque()
    asked, told = second.stdin, second.stdout
    try:
        if asked is None or told is None:
            raise ValueError  # never: both are pipes
        while True:
            while waiting and len(given) < _AHEAD:
                try:
                    given.append(waiting.pop())
                except IndexError:
                    break
                pickle.dump(given[-1][1], asked)
                asked.flush()
            if not given:
                break
            length = int.from_bytes(told.read(_LENGTH), "little")
            reading = pickle.loads(told.read(length))  # noqa: S301 - from a process of our own
            arrived.put((given.popleft()[0], reading))
    except Exception:  # it was stopped, or what came was none of its words
        waiting.extend(given)
    arrived.put(None)


def main() -> None:
    """Read the files whose paths come in, until no more come, and hand out what is in them."""
    gc.disable()  # what is read has no cycles
    taken, handed = sys.stdin.buffer, sys.stdout.buffer
    while True:
        try:
            path = pickle.load(taken)  # noqa: S301 - from the process that started this one
        except EOFError:
            return
        reading = pickle.dumps(read_workbook(path), protocol=pickle.HIGHEST_PROTOCOL)
        handed.write(len(reading).to_bytes(_LENGTH, "little"))
        handed.write(reading)
        handed.flush()


if __name__ == "__main__":
    main()
