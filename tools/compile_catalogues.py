"""Compile the message catalogues: each frameworks/locale/<language>.po becomes a .mo file, which gettext reads.

The build of the wheel and the installation of a checkout run this as a hook; `make catalogues` runs it after it has
brought the .po files up to date.
"""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

FOLDER = Path(__file__).resolve().parents[1] / "frameworks" / "locale"


def compile_catalogue(source: Path) -> bytes:
    """Return the compiled form of one catalogue, without fuzzy translations: English is shown for those."""
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    with source.open(encoding="utf-8") as text:
        catalogue = read_po(text, locale=source.stem)
    compiled = io.BytesIO()
    write_mo(compiled, catalogue)
    return compiled.getvalue()


def compile_all() -> None:
    """Write the compiled form of every catalogue beside it."""
    for source in sorted(FOLDER.glob("*.po")):
        source.with_suffix(".mo").write_bytes(compile_catalogue(source))


class CatalogueHook(BuildHookInterface[Any]):
    """A build step that compiles the catalogues before files are collected."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002 - hatchling's signature
        """Compile, and let the wheel take files that git ignores."""
        compile_all()
        build_data["artifacts"].append("frameworks/locale/*.mo")


if __name__ == "__main__":
    compile_all()
