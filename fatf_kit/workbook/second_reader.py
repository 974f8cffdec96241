"""Many workbooks read on two cores: this process takes them from the front, a second one from the end.

The second one is a copy of this process where that is safe: on Linux, while nothing else runs in it. Elsewhere it is a
Python started by its name: what `multiprocessing` starts on Windows and macOS runs the caller's script or notebook
again, and threads would not do, as reading holds the interpreter's lock most of the time.
"""

from __future__ import annotations

import gc
import os
import pickle
import signal
import subprocess
import sys
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Thread
from typing import IO, NamedTuple, cast

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
_BLOCK = 16 * 1024 * 1024  # bytes, which nobody writes to, so that they cost no memory
_LENGTH = 8  # bytes that say how many more come
_FOLDER = Path(__file__).parents[2]


def read_workbooks(paths: Sequence[Path]) -> Iterator[tuple[int, Reading]]:
    """Every file as `read_workbook` reads it, with its place among `paths`, as soon as it is read.

    While the caller works on one, the second process reads on.

    >>> [(place, problems[0].code) for place, (_, problems) in read_workbooks([Path("no-such-file.xlsx")])]
    [(0, 'file-missing')]
    """
    waiting: _Waiting = deque(enumerate(paths))
    if len(paths) >= _WORTH_IT:
        _keep_memory()
        if (os.cpu_count() or 1) > 1:
            yield from _read_by_two(waiting)
    while waiting:  # few, or what the second one gave back when it ended
        yield from _read_here(waiting)


def _keep_memory() -> None:
    """Let the C library keep what one file gives back for the next: the larger the blocks it saw, the more it keeps.

    Else it returns pages to the system and asks for them again with every file. Source: mallopt(3), M_MMAP_THRESHOLD.
    """
    bytes(_BLOCK)


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
    """A second process that reads from the end of `waiting` until nothing is left; without one where none can start."""
    try:
        second = _copied() if _may_be_copied() else _started()
    except OSError:
        arrived.put(None)
        yield
        return
    handing = Thread(target=_hand_over, args=(second, waiting, arrived), daemon=True)
    handing.start()
    try:
        yield
    finally:
        second.stop()
        handing.join()
        for pipe in (second.asked, second.told):
            with suppress(OSError):  # what it was last asked for may still lie in it
                pipe.close()


def _packed(reading: Reading) -> bytes:
    return pickle.dumps(reading, protocol=pickle.HIGHEST_PROTOCOL)


def _unpacked(packed: bytes) -> Reading:
    reading: Reading = pickle.loads(packed)  # noqa: S301 - from a process of our own
    return reading


class _Second(NamedTuple):
    """A second process: it is `asked` for files and has `told` what is in them; `stop` waits until it has ended."""

    asked: IO[bytes]
    told: IO[bytes]
    stop: Callable[[], object]


def _may_be_copied() -> bool:
    """Whether a copy of this process can do all it can: no other thread may hold a lock here, not even a library's."""
    try:
        return sys.platform == "linux" and len(list(Path("/proc/self/task").iterdir())) == 1
    except OSError:
        return False


def _copied() -> _Second:
    """A copy of this process, which has loaded all that reading takes."""
    import fcntl

    (taken, asked), (told, handed) = os.pipe(), os.pipe()
    try:
        process = os.fork()
    except OSError:  # no more may run
        for end in (taken, asked, told, handed):
            os.close(end)
        raise
    if process == 0:
        try:
            os.close(asked)
            os.close(told)
            _read_on(os.fdopen(taken, "rb"), os.fdopen(handed, "wb"))
        finally:  # whatever happens, nothing else of what this process was about to do is done twice
            os._exit(0)
    os.close(taken)
    os.close(handed)
    with suppress(OSError):  # somebody may have as many wide pipes as they are granted
        fcntl.fcntl(told, fcntl.F_SETPIPE_SZ, _PIPE)

    def stop() -> None:
        with suppress(OSError):  # somebody may not want to hear of processes that end
            os.kill(process, signal.SIGKILL)
            os.waitpid(process, 0)

    return _Second(os.fdopen(asked, "wb"), os.fdopen(told, "rb"), stop)


def _started() -> _Second:
    """Another Python, which loads what reading takes, and never anything from the current folder."""
    if not sys.executable or getattr(sys, "frozen", False):
        raise FileNotFoundError
    found = os.pathsep.join(filter(None, (str(_FOLDER), os.environ.get("PYTHONPATH"))))
    process = subprocess.Popen(
        [sys.executable, "-P", "-m", "fatf_kit.workbook.second_reader"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        pipesize=_PIPE,
        env={**os.environ, "PYTHONPATH": found},
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    )

    def stop() -> None:
        process.kill()
        process.wait()

    return _Second(cast("IO[bytes]", process.stdin), cast("IO[bytes]", process.stdout), stop)


def _hand_over(second: _Second, waiting: _Waiting, arrived: _Arrived) -> None:
    """Give the second reader one file after another, and take what it read; where it ends too soon, give them back."""
    given: _Waiting = deque()
    try:
        while True:
            while waiting and len(given) < _AHEAD:
                try:
                    given.append(waiting.pop())
                except IndexError:
                    break
                pickle.dump(given[-1][1], second.asked)
                second.asked.flush()
            if not given:
                break
            length = int.from_bytes(second.told.read(_LENGTH), "little")
            reading = _unpacked(second.told.read(length))
            arrived.put((given.popleft()[0], reading))
    except Exception:  # it was stopped, or what came was none of its words
        waiting.extend(given)
    arrived.put(None)


def _read_on(taken: IO[bytes], handed: IO[bytes]) -> None:
    """Read the files whose paths come in, until no more come, and hand out what is in them."""
    gc.disable()  # what is read has no cycles
    _keep_memory()
    while True:
        try:
            path = pickle.load(taken)  # noqa: S301 - from the process that started this one
        except EOFError:
            return
        reading = _packed(read_workbook(path))
        handed.write(len(reading).to_bytes(_LENGTH, "little"))
        handed.write(reading)
        handed.flush()


if __name__ == "__main__":
    _read_on(sys.stdin.buffer, sys.stdout.buffer)
