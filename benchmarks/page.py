"""What was measured as a page of Markdown, with the machine it was measured on."""

from __future__ import annotations

import os
import platform
import re
from dataclasses import dataclass, field
from importlib import metadata
from pathlib import Path

from benchmarks.command import Sample

HEAD = """# Benchmarks

Written by `make bench`; read the ratios, the seconds depend on the machine. Each figure is the median of at least five
runs, every run a process of its own, taking turns with its peer. *CPU* is processor time including start and imports,
*clock* the time a person waits, *times* the processor time in ratio to the peer named above each table, *MB* the most
memory that the process held.
"""


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a table."""

    name: str
    sample: Sample


@dataclass(slots=True, kw_only=True)
class Page:
    """Grows while the measurements go on, and prints each table as it comes."""

    quick: bool
    parts: list[str] = field(default_factory=list)
    targets: list[str] = field(default_factory=list)
    missed: int = 0

    def heading(self, title: str) -> None:
        """A section."""
        self.parts.append(f"\n## {title}\n")

    def say(self, text: str) -> None:
        """A paragraph."""
        print(text, flush=True)
        self.parts.append(f"\n{text}\n")

    def table(self, title: str, peer: str, rows: list[Row]) -> None:
        """A section with one table."""
        self.heading(title)
        lines = [f"Peer: {peer}.\n", "| job | CPU s | clock s | times | MB |", "| --- | ---: | ---: | ---: | ---: |"]
        for row in rows:
            took = row.sample
            lines.append(f"| {row.name} | {took.cpu:.3g} | {took.wall:.3g} | {took.times:.1f} | {took.megabytes:.0f} |")
        print(title, *lines[3:], sep="\n", flush=True)
        self.parts.append("\n".join(lines) + "\n")

    def target(self, what: str, found: float, limit: float) -> None:
        """A target, and whether it was met."""
        met = found <= limit
        self.missed |= not met
        self.targets.append(f"- {'Met' if met else '**Missed**'}: {what}: {found:.2f}.")
        print(self.targets[-1], flush=True)

    def text(self, where: str) -> str:
        """The whole page."""
        short = "\nThis was a short run with small inputs (`make bench QUICK=1`).\n" if self.quick else ""
        return f"{HEAD}{short}\n{where}\n\n## Targets\n\n" + "\n".join(self.targets) + "\n" + "".join(self.parts)


def machine() -> str:
    """The processor, the system and Python, and not a word more about the machine."""
    found = Path("/proc/cpuinfo")
    model = re.search(r"model name\s*:\s*(.+)", found.read_text()) if found.exists() else None
    pages = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") / 2**30 if hasattr(os, "sysconf") else 0
    return (
        f"Measured with Python {platform.python_version()} on {model[1] if model else platform.machine()}, "
        f"{os.cpu_count()} cores, {pages:.0f} GB of memory, {platform.system()}."
    )


def weight() -> str:
    """What an installation weighs."""
    return f"fatf-kit with all it needs takes {installed_megabytes():.0f} MB on disk, Python itself not counted."


def installed_megabytes() -> float:
    """What the package and all it depends on take on disk, without compiled copies."""
    wanted, seen = list(metadata.requires("fatf-kit") or ()), set[str]()
    total = 0
    while wanted:
        name = re.split(r"[^\w.-]", wanted.pop())[0].lower()
        if name in seen:
            continue
        seen.add(name)
        try:
            found = metadata.distribution(name)
        except metadata.PackageNotFoundError:  # needed on other systems only
            continue
        files = [Path(str(found.locate_file(file))) for file in found.files or () if file.suffix != ".pyc"]
        total += sum(path.stat().st_size for path in files if path.is_file())
        wanted += [need for need in found.requires or () if "extra ==" not in need]
    root = Path(__file__).resolve().parents[1]
    own = [root / "fatf_kit", root / "frameworks", root / "templates", root / "examples"]
    total += sum(p.stat().st_size for base in own for p in base.rglob("*") if p.is_file() and p.suffix != ".pyc")
    return total / 1e6
