"""The lock, the bill of materials and the facts about the project agree with pyproject.toml."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from packaging.utils import canonicalize_name

from fatf_kit.core.version import __version__
from tools.bill_of_materials import BILL, LockedPackage, render_bill
from tools.dependency_lock import LOCK, find_stale, list_dependencies, read_lock, render_requirements, select_packages
from tools.dist_hashes import write_sums
from tools.offline_targets import TARGETS
from tools.platforms import BEGIN, END, PAGE, PLATFORMS, PYTHONS, render_table
from tools.release_version import CHANGELOG, PLACES, SOURCE, find_others, write_heading, write_version

ROOT = Path(__file__).resolve().parents[2]
pytestmark = pytest.mark.skipif(not (ROOT / "REUSE.toml").is_file(), reason="only a checkout has these files")


@pytest.fixture(scope="module")
def bill() -> Any:
    """The bill of materials as it is shipped."""
    return json.loads(BILL.read_text(encoding="utf-8"))


def test_the_lock_has_hashes_and_names_no_address() -> None:
    """Each package has at least a wheel and its hash; no line names a registry."""
    packages = read_lock()
    assert all(len(one.hashes) >= 1 for one in packages)
    assert "://" not in LOCK.read_text(encoding="utf-8")
    assert [*find_stale(packages)] == []


def test_a_lock_that_is_too_old_is_found() -> None:
    """A missing package and a version outside the bounds are both named."""
    packages = [one for one in read_lock() if one.name != "click"]
    old = LockedPackage(name="click", version="8.0.0", marker="", hashes=())
    assert [name[:5] for name in find_stale(packages)] == ["click"]
    assert [name[:5] for name in find_stale([*packages, old])] == ["click"]


@pytest.mark.parametrize("version", ["3.11", "3.12", "3.13", "3.14", "3.15"])
@pytest.mark.parametrize("system", TARGETS)
def test_every_system_gets_each_dependency_once(system: str, version: str) -> None:
    """All that pyproject.toml requires, without typst on Windows with ARM."""
    chosen = [*select_packages(read_lock(), TARGETS[system].describe(version))]
    names = [one.name for one in chosen]
    assert len(names) == len(set(names))
    wanted = {canonicalize_name(one.name) for one in list_dependencies()}
    assert wanted - set(names) == ({"typst"} if system == "win_arm64" else set())
    assert render_requirements(chosen).count("--hash=sha256:") >= len(names)


def test_the_bill_of_materials_is_that_of_the_lock(bill: Any) -> None:
    """Names, versions and hashes; each with a licence. `make lock` writes it again."""
    libraries = [one for one in bill["components"] if one["type"] == "library"]
    found = [(one["name"], one["version"], sorted(h["content"] for h in one["hashes"])) for one in libraries]
    assert found == [(one.name, one.version, sorted(one.hashes)) for one in read_lock()]
    assert [one["name"] for one in bill["components"] if not one.get("licenses")] == []
    assert bill["metadata"]["component"]["version"] == __version__
    fonts = [one["licenses"] for one in bill["components"] if one["type"] == "file"]
    assert fonts == [[{"expression": "OFL-1.1"}]] * 2


@pytest.mark.full
def test_cyclonedx_finds_the_bill_valid(bill: Any) -> None:
    """The foreign validator accepts it, and refuses a component without a name."""
    validation = pytest.importorskip("cyclonedx.validation.json")
    schema = pytest.importorskip("cyclonedx.schema")
    validator = validation.JsonStrictValidator(schema.SchemaVersion.V1_6)
    assert validator.validate_str(json.dumps(bill)) is None
    del bill["components"][0]["name"]
    assert validator.validate_str(json.dumps(bill)) is not None


def test_the_bill_follows_from_the_lock() -> None:
    """The same lock gives the same bytes, and another lock another number."""
    packages = read_lock()
    assert render_bill(packages, {"click"}, "1.0") == render_bill(packages, {"click"}, "1.0")
    assert render_bill(packages, {"click"}, "1.0") != render_bill(packages[1:], {"click"}, "1.0")


@pytest.mark.full
def test_reuse_finds_a_licence_for_every_file() -> None:
    """The foreign validator knows copyright and licence of all files of the checkout."""
    pytest.importorskip("reuse")
    command = [sys.executable, "-m", "reuse", "--root", str(ROOT), "lint", "--json"]
    done = subprocess.run(command, check=False, capture_output=True, text=True, encoding="utf-8", timeout=300)
    report = json.loads(done.stdout)
    assert report["summary"]["compliant"] is True
    assert sorted(report["summary"]["used_licenses"]) == ["Apache-2.0", "OFL-1.1"]


def test_a_new_version_is_written_everywhere(tmp_path: Path) -> None:
    """A file with another number is found, and written with the new one; the rest of it stays."""
    for name in (SOURCE, *PLACES):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text((ROOT / name).read_text(encoding="utf-8"), encoding="utf-8")
    assert {*find_others("9.8.7rc6", tmp_path)} == set(PLACES)
    write_version("9.8.7rc6", tmp_path)
    assert [*find_others("9.8.7rc6", tmp_path)] == []
    for name in (SOURCE, *PLACES):
        text = (tmp_path / name).read_text(encoding="utf-8")
        assert text.replace("9.8.7rc6", __version__) == (ROOT / name).read_text(encoding="utf-8")


def test_a_release_gets_its_heading_once(tmp_path: Path) -> None:
    """Unreleased changes come below the new heading; a longer number is another version; it is written once."""
    page = tmp_path / CHANGELOG
    page.write_text("# Changelog\n\n## Unreleased\n\n- New.\n\n## 1.0.0rc1\n\n- Old.\n", encoding="utf-8")
    for _ in range(2):
        write_heading("1.0.0", date(2026, 12, 1), tmp_path)
    headings = [line for line in page.read_text(encoding="utf-8").splitlines() if line]
    assert headings == ["# Changelog", "## Unreleased", "## 1.0.0 - 2026-12-01", "- New.", "## 1.0.0rc1", "- Old."]
    page.write_text("# Changelog\n", encoding="utf-8")
    with pytest.raises(ValueError, match="Unreleased"):
        write_heading("1.0.1", date(2026, 12, 1), tmp_path)


def test_sums_are_those_that_sha256sum_checks(tmp_path: Path) -> None:
    """Every file has a line; the sums themselves have none, also when they are written again."""
    (tmp_path / "b.whl").write_bytes(b"b")
    (tmp_path / "a.tar.gz").write_bytes(b"a")
    written = write_sums(tmp_path).read_text(encoding="ascii")
    assert write_sums(tmp_path).read_text(encoding="ascii") == written
    assert written.splitlines() == [
        f"{hashlib.sha256(name[:1].encode()).hexdigest()}  {name}" for name in ("a.tar.gz", "b.whl")
    ]
    (tmp_path / "b.whl").write_bytes(b"c")
    assert write_sums(tmp_path).read_text(encoding="ascii") != written


def test_page_of_platforms_has_every_system() -> None:
    """The table that `make platforms` wrote has a row for each target and a cell for each version of Python."""
    assert PLATFORMS.keys() == TARGETS.keys()
    table = PAGE.read_text(encoding="utf-8").split(BEGIN)[1].split(END)[0]
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in table.strip().splitlines()]
    assert rows[0] == ["system", *(f"Python {version}" for version in PYTHONS)]
    assert [row[0] for row in rows[2:]] == [PLATFORMS[name][0] for name in TARGETS]
    wanted = {
        name: [*select_packages(read_lock(), TARGETS[name].describe("3.12"))] for name in ("linux_x86_64", "win_arm64")
    }
    for name, packages in wanted.items():
        (row,) = (row for row in rows if row[0] == PLATFORMS[name][0])
        assert int(row[1 + PYTHONS.index("3.12")]) == len(packages)


def test_table_of_platforms_names_the_library_without_a_file() -> None:
    """A combination that cannot be installed is named, and not counted."""
    found = {(system, version): (38, "") for system in TARGETS for version in PYTHONS}
    table = render_table(found | {("win_arm64", "3.15"): (0, "python-calamine")})
    (line,) = (line for line in table.splitlines() if line.startswith("| Windows, ARM"))
    assert line == "| Windows, ARM | 38 | 38 | 38 | 38 | no: python-calamine has no file |"


def test_facts_about_the_project_agree() -> None:
    """One version everywhere, three languages, and no address until there is a home."""
    assert [*find_others(__version__)] == []
    public = yaml.safe_load((ROOT / "publiccode.yml").read_text(encoding="utf-8"))
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    assert (public["softwareVersion"], citation["version"]) == (__version__, __version__)
    assert citation["authors"] == [{"name": "fatf-kit contributors"}]
    assert sorted(public["description"]) == sorted(public["localisation"]["availableLanguages"]) == ["ar", "en", "fr"]
    for texts in public["description"].values():
        assert len(texts["shortDescription"]) <= 150
        assert 150 <= len(texts["longDescription"]) <= 10_000
    needed = ("name", "platforms", "developmentStatus", "softwareType", "legal", "maintenance", "localisation")
    assert [key for key in needed if key not in public] == []
    for name in ("publiccode.yml", "CITATION.cff"):
        assert "://" not in (ROOT / name).read_text(encoding="utf-8")
