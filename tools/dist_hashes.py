"""Write the SHA-256 sums of everything in a folder of packages, as `sha256sum --check` reads them.

python -m tools.dist_hashes [dist]
"""

from __future__ import annotations

import hashlib
import sys
from pathlib import Path

SUMS = "SHA256SUMS"


def write_sums(folder: Path) -> Path:
    """Write the sums of all files of a folder into its SHA256SUMS, in the order of their names; return that file."""
    files = sorted(path for path in folder.iterdir() if path.is_file() and path.name != SUMS and path.name[0] != ".")
    lines = [f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.name}\n" for path in files]
    target = folder / SUMS
    target.write_text("".join(lines), encoding="utf-8", newline="\n")
    return target


if __name__ == "__main__":
    print(write_sums(Path(sys.argv[1] if len(sys.argv) > 1 else "dist")).read_text(encoding="utf-8"), end="")
