"""The command line as `python -m fatf_kit`, for machines where the folder of commands is not on the path."""

from __future__ import annotations

from fatf_kit.cli.main import main

if __name__ == "__main__":
    main()
