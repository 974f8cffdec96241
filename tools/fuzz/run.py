"""Give damaged files to every reader for a limited time; files that break a reader are stored in tests/data/fuzz.

    python -m tools.fuzz.run [--seconds 180] [--seed 1] [TARGET ...]

A reader may refuse a file (FatfKitError) or report problems. Any other exception, more than ten seconds of computing
for one small file, two minutes by the clock, or more than a gigabyte of additional memory is a fault. A file that broke
a reader stays in the corpus, and tests/fuzz/test_fuzz.py reads it in every run of the tests.
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
from tools.fuzz.targets import TARGETS, good_input

CORPUS = Path(__file__).resolve().parents[2] / "tests" / "data" / "fuzz"
MAX_CPU_SECONDS, MAX_SECONDS, MAX_MEGABYTES = 10, 120, 1_000
"""Limits for one file; the clock catches a reader that waits without computing."""


class TooSlowError(Exception):
    """A reader exceeds one of its limits of time."""


def find_fault(name: str, data: bytes, *, may_refuse: bool = True) -> str:
    """Read the bytes with a reader and return the fault; an empty text if there is none.

    `may_refuse` allows the reader to refuse the file.
    """
    target = TARGETS[name]
    with TemporaryDirectory(prefix="fatf-kit-fuzz-") as folder:
        path = Path(folder) / target.file
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(data)
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        _set_limits(MAX_CPU_SECONDS, MAX_SECONDS)
        try:
            target.read(path)
        except FatfKitError as refusal:
            if not may_refuse:
                return f"refused: {refusal}"
        except Exception as fault:  # any exception is a fault
            return f"{_describe_place(fault)}\n{''.join(traceback.format_exc(limit=-4))}"
        finally:
            _set_limits(0, 0)
        grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    return f"{grown:.0f} MB more than before" if grown > MAX_MEGABYTES else ""


def _describe_place(fault: Exception) -> str:
    """Return the kind of a fault: the exception and the last line of fatf_kit before it."""
    frames = [frame for frame in traceback.extract_tb(fault.__traceback__) if "fatf_kit" in frame.filename]
    last = f"{Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else "?"
    return f"{type(fault).__name__} at {last}"


def _set_limits(cpu_seconds: int, seconds: int) -> None:
    signal.signal(signal.SIGPROF, _raise_too_slow)
    signal.signal(signal.SIGALRM, _raise_too_slow)
    signal.setitimer(signal.ITIMER_PROF, cpu_seconds)
    signal.alarm(seconds)


def _raise_too_slow(signum: int, frame: FrameType | None) -> None:
    spent = f"{MAX_CPU_SECONDS} s of computing" if signum == signal.SIGPROF else f"{MAX_SECONDS} s"
    raise TooSlowError(f"not done after {spent} (line {frame and frame.f_lineno})")


def fuzz_target(name: str, random: Random, until: float) -> tuple[int, dict[str, tuple[str, bytes]]]:
    """Read damaged files until a moment; return their number and the first fault of each kind with its file."""
    found: dict[str, tuple[str, bytes]] = {}
    count = 0
    while time.monotonic() < until:
        data = TARGETS[name].damage(good_input(name), random)
        count += 1
        if fault := find_fault(name, data):
            found.setdefault(fault.partition("\n")[0], (fault, data))
    return count, found


def main() -> None:
    """Run every target, store the files that break a reader and exit with 1 if there are any."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=180)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("targets", nargs="*", default=list(TARGETS))
    options = parser.parse_args()
    faults = 0
    for name in options.targets:
        good_input(name)
        until = time.monotonic() + options.seconds / len(options.targets)
        count, found = fuzz_target(name, Random(f"{options.seed} {name}"), until)  # noqa: S311 - not a secret
        faults += len(found)
        print(f"{name:14} {count:6} files, {len(found)} faults", flush=True)
        for fault, data in found.values():
            stored = CORPUS / f"{name}-{hashlib.sha256(data).hexdigest()[:10]}"
            stored.write_bytes(data)
            print(f"  stored as {stored.name}\n{fault}", flush=True)
    sys.exit(bool(faults))


if __name__ == "__main__":
    main()
