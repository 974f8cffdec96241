"""Validate pages with the Nu Html Checker (vnu), markup and styles: `python -m tools.vnu FILE.html...`.

The checker is a Java program inside the npm package `vnu-jar`. `make .venv/vnu` installs it and needs `apt-get install
npm default-jre-headless`; `FATF_KIT_VNU=FILE` names a vnu.jar that is somewhere else. Packages of Python have one of
2020, which does not know the styles of today.
"""

from __future__ import annotations

import base64
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import unquote

_ROOT = Path(__file__).resolve().parents[1]
_JAR = _ROOT / ".venv" / "vnu" / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"
_MISSING = 3
_INLINE = re.compile(r"<(?P<name>style|script)(?P<attributes>[^>]*)>(?P<text>.*?)</(?P=name)>", re.DOTALL)
_UNKNOWN_HASH = re.compile(r"Inline (style|script) violates Content Security Policy")


def find_missing() -> str:
    """Return what is not installed and how to install it; empty where the checker can run."""
    if not _find_jar().is_file():
        return "vnu.jar is not installed: make .venv/vnu"
    if shutil.which("java") is None:
        return "Java is not installed: apt-get install default-jre-headless"
    return ""


def find_faults(paths: Sequence[Path]) -> list[str]:
    """Return the errors and warnings of the pages, each with its page and line.

    The checker calculates no hash, so it warns of every inline style and script that a policy allows by its hash. Such
    a warning is left out if the hashes of the page are those of its policy.
    """
    command = ["java", "-Xss8m", "-jar", str(_find_jar()), "--format", "json", *map(str, paths)]
    done = subprocess.run(command, check=False, capture_output=True, timeout=600)
    messages = json.loads(done.stderr)["messages"]
    allowed = {path.resolve() for path in paths if has_allowed_parts(path)}
    faults = []
    for one in messages:
        page = Path(unquote(one.get("url", "")).removeprefix("file:"))
        if not (_UNKNOWN_HASH.match(one["message"]) and page in allowed):
            faults.append(f"{page.name}:{one.get('lastLine', '')}: {one['type']}: {one['message']}")
    return faults


def has_allowed_parts(path: Path) -> bool:
    """Return whether the policy of a page names the hash of each inline style and script; data is no script."""
    page = path.read_text(encoding="utf-8")
    policy = re.search(r'<meta http-equiv="Content-Security-Policy" content="([^"]*)"', page)
    directives = dict(one.split(None, 1) for one in policy[1].split(";")) if policy else {}
    return all(
        f"'sha256-{base64.b64encode(hashlib.sha256(part['text'].encode()).digest()).decode()}'"
        in directives.get(f"{part['name']}-src", "")
        for part in _INLINE.finditer(page)
        if "application/json" not in part["attributes"]
    )


def main(paths: list[str]) -> int:
    """Print what is found and a line with its number; return 1 where anything is, 3 where the checker cannot run."""
    if missing := find_missing():
        print(missing)
        return _MISSING
    faults = find_faults([Path(path) for path in paths])
    print("\n".join((*faults, f"{len(paths)} pages, {len(faults)} faults")))
    return 1 if faults else 0


def _find_jar() -> Path:
    return Path(os.environ.get("FATF_KIT_VNU") or _JAR)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
