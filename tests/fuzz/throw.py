"""Throw spoilt files at every reader, within a bound of time; what breaks one is kept in tests/data/fuzz.

    python -m tests.fuzz.throw [--seconds 180] [--seed 1] [READER ...]

A reader may refuse (FatfKitError) or tell Problems. Anything else that it raises, more than ten seconds of work for one
small file, two minutes without an end, or more than a gigabyte on top of what it held is a fault. A file that broke a
reader stays in the corpus, and tests/fuzz/test_fuzz.py reads it in every run of the tests.
"""

from __future__ import annotations

import argparse
import hashlib
import resource
import signal
import sys
import time
import traceback
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from types import FrameType

from fatf_kit.core.errors import FatfKitError
from tests.fuzz.readers import READERS, seed_of

CORPUS = Path(__file__).resolve().parents[1] / "data" / "fuzz"
MOST_WORK, MOST_WAITING, MOST_MEGABYTES = 10, 120, 1_000
"""Seconds of the processor, which a busy machine does not use up, and of the clock, for what waits for ever."""


class HangsError(Exception):
    """A reader took too long."""


def fault_of(name: str, data: bytes, *, refusing: bool = True) -> str:
    """Read the bytes with a reader; "" where it did as it should, else what went wrong.

    `refusing` is whether it may refuse them.
    """
    reader = READERS[name]
    with TemporaryDirectory(prefix="fatf-kit-fuzz-") as folder:
        path = Path(folder) / reader.file
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(data)
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        _watch(MOST_WORK, MOST_WAITING)
        try:
            reader.read(path)
        except FatfKitError as refusal:
            if not refusing:
                return f"refused: {refusal}"
        except Exception as fault:  # what is looked for, whatever it is
            return f"{_place(fault)}\n{''.join(traceback.format_exc(limit=-4))}"
        finally:
            _watch(0, 0)
        grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    return f"{grown:.0f} MB more than before" if grown > MOST_MEGABYTES else ""


def _place(fault: Exception) -> str:
    """The kind of a fault: what is raised, and the last line of ours that led there."""
    frames = [frame for frame in traceback.extract_tb(fault.__traceback__) if "fatf_kit" in frame.filename]
    last = f"{Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else "?"
    return f"{type(fault).__name__} at {last}"


def _watch(work: int, waiting: int) -> None:
    signal.signal(signal.SIGPROF, _hangs)
    signal.signal(signal.SIGALRM, _hangs)
    signal.setitimer(signal.ITIMER_PROF, work)
    signal.alarm(waiting)


def _hangs(signum: int, frame: FrameType | None) -> None:
    spent = f"{MOST_WORK} s of work" if signum == signal.SIGPROF else f"{MOST_WAITING} s"
    raise HangsError(f"not done after {spent} (line {frame and frame.f_lineno})")


def throw(name: str, random: Random, until: float) -> tuple[int, dict[str, tuple[str, bytes]]]:
    """How many files were thrown until a moment, and for each kind of fault the first that was told, with its file."""
    found: dict[str, tuple[str, bytes]] = {}
    thrown = 0
    while time.monotonic() < until:
        data = READERS[name].mutate(seed_of(name), random)
        thrown += 1
        if fault := fault_of(name, data):
            found.setdefault(fault.partition("\n")[0], (fault, data))
    return thrown, found


def main() -> None:
    """Throw, keep, say; ends with 1 where a reader broke."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=180)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("readers", nargs="*", default=list(READERS))
    given = parser.parse_args()
    broken = 0
    for name in given.readers:
        seed_of(name)
        until = time.monotonic() + given.seconds / len(given.readers)
        thrown, found = throw(name, Random(f"{given.seed} {name}"), until)  # noqa: S311 - not a secret
        broken += len(found)
        print(f"{name:14} {thrown:6} files, {len(found)} faults", flush=True)  # noqa: T201
        for fault, data in found.values():
            kept = CORPUS / f"{name}-{hashlib.sha256(data).hexdigest()[:10]}"
            kept.write_bytes(data)
            print(f"  kept as {kept.name}\n{fault}", flush=True)  # noqa: T201
    sys.exit(bool(broken))


if __name__ == "__main__":
    main()
