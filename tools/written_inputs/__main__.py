"""Write a set of workbooks and folders with the present code, or record what is read from a set again.

    python -m tools.written_inputs write [tests/data/written-by-VERSION] [--anew]
    python -m tools.written_inputs record tests/data/written-by-VERSION

`write` is for a release and for a new kind of workbook: it adds what is missing and changes nothing that is there. It
takes contents from examples/, so run `make content` before. Without a folder it writes the set of the present version;
`--anew` removes that set before, until the version is released. `record` is for a change after which older files are
read differently on purpose: read the changes of the records, and give the reason in the commit.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import warnings
from pathlib import Path

from fatf_kit.core.version import __version__
from tools.written_inputs.sets import DATA, name_set, record_set, write_set

VERBS = {"write": write_set, "record": record_set}


def main(arguments: list[str]) -> int:
    """Run one of the two verbs and print each file that was written."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("verb", choices=VERBS)
    parser.add_argument("folder", type=Path, nargs="?", default=DATA / name_set(__version__))
    parser.add_argument("--anew", action="store_true", help="remove the set of the present version before")
    options = parser.parse_args(arguments)
    if options.verb == "record" and not options.folder.is_dir():
        parser.error(f"{options.folder} is not a folder.")
    if options.anew and (options.verb != "write" or options.folder.name != name_set(__version__)):
        parser.error(f"--anew is for write and the set of the present version, {name_set(__version__)}.")
    if options.anew:
        shutil.rmtree(options.folder, ignore_errors=True)
    warnings.filterwarnings("ignore", module="openpyxl")
    for path in VERBS[options.verb](options.folder):
        print(path)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
