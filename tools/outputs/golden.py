"""The golden files: outputs that are text in the repository, so that each change of them is read as a diff."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from tools.outputs.dumping import name_output
from tools.outputs.runs import LANGUAGES, Run

ROOT = Path(__file__).resolve().parents[2]
GOLDEN = ROOT / "tests" / "golden"
DIGESTS = "digests.json"
"""The file with the digests of long papers in other languages than English."""

ACCEPT = "make golden"
"""The command that accepts the present outputs."""

_ENGLISH = "en"


def make_golden_files(runs: Iterable[Run], dumped: Path, languages: Sequence[str] = LANGUAGES) -> Mapping[str, str]:
    """Read outputs that were dumped, and give the golden files of some languages by their names in tests/golden/.

    Raises:
        FileNotFoundError: a run does not make an output that is golden.
    """
    files: dict[str, str] = {}
    digests: dict[str, str] = {}
    for run in runs:
        for output in run.golden:
            for language in languages:
                name = name_output(run.name, output, language)
                text = (dumped / name).read_text(encoding="utf-8")
                if output in run.short or language == _ENGLISH:
                    files[name] = text
                else:
                    digests[name] = hashlib.sha256(text.encode()).hexdigest()
    files[DIGESTS] = f"{json.dumps(digests, indent=1, sort_keys=True)}\n"
    return files


def read_golden_files() -> Mapping[str, str]:
    """Return the golden files of the repository by their names."""
    paths = (path for path in sorted(GOLDEN.rglob("*")) if path.is_file())
    return {path.relative_to(GOLDEN).as_posix(): path.read_text(encoding="utf-8") for path in paths}


def read_digests(files: Mapping[str, str]) -> Mapping[str, str]:
    """Return the digests among golden files by the names of their outputs."""
    digests: dict[str, str] = json.loads(files.get(DIGESTS, "{}"))
    return digests


def write_golden_files(files: Mapping[str, str]) -> tuple[str, ...]:
    """Write the golden files, remove those that no run makes, and return the names of all that changed."""
    before = read_golden_files()
    changed = sorted(name for name in {*before, *files} if before.get(name) != files.get(name))
    for name in changed:
        path = GOLDEN / name
        if name in files:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(files[name], encoding="utf-8", newline="\n")
        else:
            path.unlink()
    return tuple(changed)
