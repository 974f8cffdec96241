"""The commands of the net over outputs: dump, compare and golden."""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from pathlib import Path

import tools.outputs
from tools.outputs.comparing import compare_commit
from tools.outputs.dumping import dump_runs
from tools.outputs.golden import make_golden_files, write_golden_files
from tools.outputs.runs import LANGUAGES, RUNS, load_runs


def main(args: list[str]) -> int:
    """Run one command; return 1 where outputs differ from those of a commit, 3 where it could not run, else 0."""
    parser = argparse.ArgumentParser(prog="python -m tools.outputs", description=tools.outputs.__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    dump = commands.add_parser("dump", help="write every output as a text file into a folder")
    dump.add_argument("folder", type=Path)
    dump.add_argument("--runs", type=Path, default=RUNS, help="file of runs; that of this tool by default")
    dump.add_argument("--golden", action="store_true", help="only the outputs that are golden")
    dump.add_argument("--lang", action="append", choices=LANGUAGES, help="only outputs in this language")
    compare = commands.add_parser("compare", help="show which outputs differ from those of a commit")
    compare.add_argument("revision")
    compare.add_argument("--names", action="store_true", help="only the names of outputs that differ")
    for command in (dump, compare):
        command.add_argument("--only", action="append", default=[], help="names of runs, as 'ruritania/*'")
    commands.add_parser("golden", help="write the golden files of tests/golden/ again")
    asked = parser.parse_args(args)
    if asked.command == "dump":
        runs = load_runs(asked.runs)
        chosen = tuple(run for run in runs if run.golden) if asked.golden else runs
        count, seconds = dump_runs(
            chosen,
            asked.folder,
            only=tuple(asked.only),
            is_golden=asked.golden,
            languages=asked.lang or LANGUAGES,
        )
        print(f"{count} outputs in {asked.folder}, {seconds:.0f} seconds of CPU", file=sys.stderr)
        return 0
    if asked.command == "golden":
        return _accept()
    is_same = True
    try:
        for name, diff in compare_commit(asked.revision, asked.only):
            is_same = False
            print(name if asked.names else diff)
    except subprocess.CalledProcessError as fault:
        print(f"Nothing was compared: {fault}", file=sys.stderr)
        return 3
    return 0 if is_same else 1


def _accept() -> int:
    """Write the golden files and print those that changed."""
    runs = tuple(run for run in load_runs() if run.golden)
    with tempfile.TemporaryDirectory() as place:
        dump_runs(runs, Path(place), is_golden=True)
        changed = write_golden_files(make_golden_files(runs, Path(place)))
    for name in changed:
        print(name)
    print(f"Golden files that changed: {len(changed)}. Read them: git diff tests/golden")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
