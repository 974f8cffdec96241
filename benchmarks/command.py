"""What a whole command takes: processor seconds, seconds of the clock, and the most memory it held."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parents[1]
KIT = (sys.executable, "-c", "from fatf_kit.cli.main import main; main()")
"""The command line, as the installed script starts it."""

Command = Sequence[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """One run, or the medians of several. `times` is how often the processor time of the peer in the same round."""

    cpu: float
    wall: float
    megabytes: float
    times: float = 1.0


def run(command: Command, **variables: str) -> Sample:
    """Run a command whose output is thrown away; it may end with 1, which says that problems were found.

    Raises:
        RuntimeError: it ended otherwise.
    """
    settings = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    began = time.perf_counter()
    with tempfile.TemporaryFile() as said:
        child = subprocess.Popen(command, cwd=ROOT, env=settings | variables, stdout=subprocess.DEVNULL, stderr=said)
        _, status, used = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
        said.seek(0)
        last = said.read()[-4_000:]
    if child.returncode not in {0, 1} or b"Traceback" in last:
        raise RuntimeError(f"{' '.join(command)} ended with {child.returncode}: {last.decode(errors='replace')}")
    wall = time.perf_counter() - began
    return Sample(cpu=used.ru_utime + used.ru_stime, wall=wall, megabytes=used.ru_maxrss / 1024)


def rounds(commands: Mapping[str, Command], runs: int) -> dict[str, Sample]:
    """Medians for each command; the first is the peer of all. They take turns, so that noise hits them alike."""
    return medians([{name: run(command) for name, command in commands.items()} for _ in range(runs)])


def medians(taken: Sequence[Mapping[str, Sample]]) -> dict[str, Sample]:
    """Medians for each name over rounds that were measured; the first name is the peer of all."""
    peer = next(iter(taken[0]))
    return {
        name: Sample(
            cpu=median(round_[name].cpu for round_ in taken),
            wall=median(round_[name].wall for round_ in taken),
            megabytes=median(round_[name].megabytes for round_ in taken),
            times=median(round_[name].cpu / round_[peer].cpu for round_ in taken),
        )
        for name in taken[0]
    }
