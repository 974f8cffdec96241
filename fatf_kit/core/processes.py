"""Files read by several processes at once, and a function that runs in a process of its own.

A parser may end its process on a damaged file. Then one worker ends: its file is lost, and the others are read.

A worker is a copy of this process where that is safe: on Linux, while no other thread runs. Elsewhere it is started
anew, without the caller's script (which may have no `if __name__ == "__main__"`) and without modules of the current
folder (which may have come by mail).
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager, suppress
from multiprocessing.connection import Connection
from multiprocessing.context import BaseContext, SpawnContext, SpawnProcess
from pathlib import Path
from types import ModuleType
from typing import TypeVar

from fatf_kit.core.errors import FatfKitError

WORKERS = "FATF_KIT_WORKERS"
"""The environment variable that says how many processes read workbooks at once; 1 starts none."""

_Result = TypeVar("_Result")

_WORTH_IT = 8  # files; fewer are read by the time that a worker has started
_USUAL_WORKERS = 4  # at most, because each takes memory of its own
_MOST_WORKERS = 32
_AHEAD = 2  # files per worker that are handed out at once, so that none waits and few results pile up
_MAIN, _SAFE_PATH = "__main__", "PYTHONSAFEPATH"

_Numbered = tuple[int, Path]


class WorkerDiedError(Exception):
    """The process that ran a function ended before it had a result."""


def map_files(
    read: Callable[[Path], _Result], paths: Sequence[Path], died: Callable[[Path], _Result]
) -> Iterator[tuple[int, _Result]]:
    """Yield the result of `read` for each file with its place among `paths`, in the order in which they are ready.

    `read` and its results must be picklable. `died` gives the result for a file that ended the process that read it.

    Raises:
        FatfKitError: FATF_KIT_WORKERS is no number of processes.

    >>> list(map_files(len, [], len))
    []
    """
    waiting = deque(enumerate(paths))
    workers = count_workers()
    if len(paths) >= _WORTH_IT and workers > 1 and _can_start():
        yield from _map_in_workers(read, waiting, workers, died)
    while waiting:
        place, path = waiting.popleft()
        yield place, read(path)


def count_workers() -> int:
    """Return how many processes read workbooks at once: as FATF_KIT_WORKERS says, else one for each processor up to 4.

    Raises:
        FatfKitError: the variable is no whole number from 1 to 32.

    >>> 1 <= count_workers() <= 32
    True
    """
    wanted = os.environ.get(WORKERS, "").strip()
    if not wanted:
        return min(os.cpu_count() or 1, _USUAL_WORKERS)
    if wanted not in map(str, range(1, _MOST_WORKERS + 1)):
        raise FatfKitError(
            "{variable} is '{found}'. Set it to a whole number from 1 to {most}, or remove it.",
            variable=WORKERS,
            found=wanted,
            most=_MOST_WORKERS,
        )
    return int(wanted)


def run_isolated(function: Callable[..., _Result], *given: object, memory: int, seconds: float) -> _Result:
    """Return the result of a picklable function that runs in a process of its own, within so many bytes of memory.

    Memory is limited where the system can do it, as Linux can. Where no process can be started, the function runs in
    this one.

    Raises:
        WorkerDiedError: the process ended before it had a result.
        TimeoutError: it took longer than so many seconds.
        Exception: whatever the function raises.
    """
    if not _can_start():
        return function(*given)
    context = _CleanContext()
    receiving, sending = context.Pipe(duplex=False)
    process = context.Process(target=_answer, args=(sending, memory, function, given))
    try:
        process.start()
    except OSError:  # no more may run
        return function(*given)
    sending.close()
    try:
        if not receiving.poll(seconds):
            raise TimeoutError
        result = receiving.recv()
    except EOFError as fault:
        raise WorkerDiedError from fault
    finally:
        process.kill()
        process.join()
        receiving.close()
    if isinstance(result, _WorkerFailure):
        raise result.fault
    return result  # type: ignore[no-any-return]


def _map_in_workers(
    read: Callable[[Path], _Result], waiting: deque[_Numbered], workers: int, died: Callable[[Path], _Result]
) -> Iterator[tuple[int, _Result]]:
    """Yield every file of `waiting`; where no worker can start, those that are left stay in it.

    Of several files that were handed out when a worker died, each is read again alone, so that the one to blame is
    known.
    """
    suspects: deque[_Numbered] = deque()
    while suspects or waiting:
        files, most = (suspects, 1) if suspects else (waiting, workers)
        running: dict[Future[_Result], _Numbered] = {}
        try:
            with _executor(most) as executor:
                started = executor.submit(os.getpid)
                yield from _spread(executor, read, files, running, 1 if suspects else _AHEAD * most)
        except (OSError, ImportError, NotImplementedError, BrokenProcessPool) as fault:
            if not (isinstance(fault, BrokenProcessPool) and running) or started.exception() is not None:
                waiting.extendleft(running.values())
                waiting.extendleft(suspects)
                return
        if len(running) == 1:
            ((place, path),) = running.values()
            yield place, died(path)
        else:
            suspects.extend(running.values())


def _spread(
    executor: ProcessPoolExecutor,
    read: Callable[[Path], _Result],
    files: deque[_Numbered],
    running: dict[Future[_Result], _Numbered],
    most: int,
) -> Iterator[tuple[int, _Result]]:
    """Hand out the files, at most so many at once; those that have no result yet are in `running`."""
    while files or running:
        while files and len(running) < most:
            future = executor.submit(read, files[0][1])
            running[future] = files.popleft()
        for future in wait(running, return_when=FIRST_COMPLETED).done:
            result = future.result()
            place, _ = running.pop(future)
            yield place, result


def _can_start() -> bool:
    """Return whether a process can be started: not from an application that is one file, nor from a daemonic worker."""
    is_python = bool(sys.executable) and not getattr(sys, "frozen", False)
    return is_python and not multiprocessing.current_process().daemon


def _executor(workers: int) -> ProcessPoolExecutor:
    context: BaseContext = multiprocessing.get_context("fork") if _is_alone() else _CleanContext()
    with _clean_start():  # a tracker of what is shared is started here already
        return ProcessPoolExecutor(workers, mp_context=context, initializer=_begin)


def _is_alone() -> bool:
    """Return whether a copy of this process is safe: no other thread, not even one of a library, may hold a lock."""
    try:
        return sys.platform == "linux" and len(os.listdir("/proc/self/task")) == 1  # noqa: PTH208 - only counted
    except OSError:
        return False


class _CleanProcess(SpawnProcess):
    """A process that runs nothing of the caller's: neither the script nor what lies in the current folder."""

    def start(self) -> None:
        with _clean_start():
            super().start()


class _CleanContext(SpawnContext):
    Process = _CleanProcess


@contextmanager
def _clean_start() -> Iterator[None]:
    """Start processes without a script to load and without modules of the current folder."""
    main, safe_path = sys.modules[_MAIN], os.environ.get(_SAFE_PATH)
    sys.modules[_MAIN] = ModuleType(_MAIN)
    os.environ[_SAFE_PATH] = "1"
    try:
        yield
    finally:
        sys.modules[_MAIN] = main
        if safe_path is None:
            del os.environ[_SAFE_PATH]
        else:
            os.environ[_SAFE_PATH] = safe_path


def _begin() -> None:
    """Leave it to the process that started this one what is done when the person interrupts it, and what is said.

    A parser that ends its process writes pages about it, which may quote the file.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    nothing = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nothing, 2)
    os.close(nothing)


class _WorkerFailure:
    """The exception that a function raised in its process."""

    def __init__(self, fault: Exception) -> None:
        self.fault = fault


def _answer(sending: Connection, memory: int, function: Callable[..., object], given: tuple[object, ...]) -> None:
    """Run a function within so many bytes of memory, and send what it gives or raises."""
    _begin()
    try:
        import resource
    except ImportError:  # Windows has no such limit
        pass
    else:
        with suppress(ValueError, OSError):  # macOS may not want to hear of it
            resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
            resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    try:
        result = function(*given)
    except Exception as fault:  # raised again where it was asked for
        sending.send(_WorkerFailure(fault))
    else:
        sending.send(result)
