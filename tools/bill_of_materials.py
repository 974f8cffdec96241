"""The bill of materials of fatf-kit in CycloneDX 1.6: every locked package and the fonts, with licences and hashes.

It is part of the wheel. A user's machine may have other versions within the bounds of pyproject.toml.
"""

from __future__ import annotations

import hashlib
import json
import uuid
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, metadata
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
BILL = ROOT / "fatf-kit.cdx.json"
FONTS = ROOT / "fatf_kit" / "report" / "assets" / "fonts"
_LICENCE = "Apache-2.0 AND OFL-1.1"
_CLASSIFIER = "License :: OSI Approved :: "


@dataclass(frozen=True, slots=True, kw_only=True)
class LockedPackage:
    """One package of the lock: its version, for which systems it is (empty: all), and SHA-256 of its files."""

    name: str
    version: str
    marker: str
    hashes: tuple[str, ...]

    @property
    def purl(self) -> str:
        """The package URL, which names a kind of registry and no address."""
        return f"pkg:pypi/{self.name}@{self.version}"


def render_bill(packages: Iterable[LockedPackage], direct: Collection[str], version: str) -> bytes:
    """Return the bill of materials as JSON; the same lock gives the same bytes.

    `direct` are the names of the packages that fatf-kit requires itself, `version` is that of fatf-kit. A package that
    is not installed here is without its licence.
    """
    known = tuple(packages)
    own = f"pkg:pypi/fatf-kit@{version}"
    body: dict[str, Any] = {
        "metadata": {
            "component": {
                "type": "application",
                "bom-ref": own,
                "name": "fatf-kit",
                "version": version,
                "licenses": [{"expression": _LICENCE}],
                "purl": own,
            }
        },
        "components": [*(_make_component(one) for one in known), *_make_fonts()],
        "dependencies": [{"ref": own, "dependsOn": sorted(one.purl for one in known if one.name in direct)}],
    }
    serial = uuid.uuid5(uuid.NAMESPACE_URL, json.dumps(body, sort_keys=True))
    head = {"bomFormat": "CycloneDX", "specVersion": "1.6", "serialNumber": f"urn:uuid:{serial}", "version": 1}
    return (json.dumps(head | body, ensure_ascii=False, indent=1) + "\n").encode()


def _make_component(package: LockedPackage) -> dict[str, Any]:
    component: dict[str, Any] = {
        "type": "library",
        "bom-ref": package.purl,
        "name": package.name,
        "version": package.version,
        "hashes": [{"alg": "SHA-256", "content": one} for one in sorted(package.hashes)],
        "purl": package.purl,
    }
    if licences := find_licences(package.name):
        component["licenses"] = licences
    if package.marker:
        component["properties"] = [{"name": "fatf-kit:marker", "value": package.marker}]
    return component


def find_licences(name: str) -> list[dict[str, Any]]:
    """Return the licence of an installed package as its metadata names it: an expression, or a name; else nothing."""
    try:
        found = metadata(name).json
    except PackageNotFoundError:
        return []
    if expression := found.get("license_expression"):
        return [{"expression": expression}]
    named = [one.removeprefix(_CLASSIFIER) for one in found.get("classifier", ()) if one.startswith(_CLASSIFIER)]
    text = str(found.get("license", "")).strip()
    if not named and text and "\n" not in text:
        named = [text]
    return [{"license": {"name": one}} for one in named]


def _make_fonts() -> Iterator[dict[str, Any]]:
    """Yield the fonts that the wheel contains."""
    for path in sorted(FONTS.glob("*.ttf")):
        yield {
            "type": "file",
            "bom-ref": f"font:{path.name}",
            "name": path.name,
            "hashes": [{"alg": "SHA-256", "content": hashlib.sha256(path.read_bytes()).hexdigest()}],
            "licenses": [{"expression": "OFL-1.1"}],
        }
