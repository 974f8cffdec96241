"""The wheel contains the data, and the console command works from the wheel alone."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
pytestmark = pytest.mark.full


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from the checkout without a network."""
    return build_wheel(ROOT, tmp_path_factory.mktemp("dist"))


def build_wheel(root: Path, folder: Path, **environment: str) -> Path:
    """Build the wheel of a checkout into a folder and return it."""
    code = "import os, sys, hatchling.build; os.chdir(sys.argv[1]); print(hatchling.build.build_wheel(sys.argv[2]))"
    done = subprocess.run(
        [sys.executable, "-c", code, str(root), str(folder)],
        capture_output=True,
        text=True,
        check=True,
        env=os.environ | environment,
    )
    return folder / done.stdout.strip().splitlines()[-1]


def test_two_builds_have_one_hash(wheel: Path, tmp_path: Path) -> None:
    """A copy of the checkout elsewhere, with other times of its files, gives the same bytes."""
    copy = tmp_path / "elsewhere"
    kept = {"fatf_kit", "frameworks", "templates", "examples", "docs", "tools", "LICENSES", ".gitignore"}
    kept |= {path.name for path in ROOT.iterdir() if path.is_file()}
    for name in sorted(kept, reverse=True):
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, copy / name, copy_function=shutil.copyfile)
        elif (ROOT / name).is_file():
            copy.mkdir(exist_ok=True)
            shutil.copyfile(ROOT / name, copy / name)
    again = build_wheel(copy, tmp_path, TZ="Asia/Baghdad", PYTHONHASHSEED="7")
    assert again.name == wheel.name
    assert hashlib.sha256(again.read_bytes()).hexdigest() == hashlib.sha256(wheel.read_bytes()).hexdigest()


@pytest.mark.sample
def test_wheel_holds_licences_and_the_bill_of_materials(wheel: Path) -> None:
    """Installers and scanners look for them there; the metadata names both licences."""
    content = zipfile.ZipFile(wheel)
    names = [name.partition(".dist-info/")[2] for name in content.namelist() if ".dist-info/" in name]
    licences = {"licenses/LICENSE", "licenses/LICENSES/Apache-2.0.txt", "licenses/LICENSES/OFL-1.1.txt"}
    assert licences | {"sboms/fatf-kit.cdx.json"} <= set(names)
    (page,) = (name for name in content.namelist() if name.endswith(".dist-info/METADATA"))
    assert "License-Expression: Apache-2.0 AND OFL-1.1" in content.read(page).decode()


@pytest.mark.sample
def test_wheel_holds_the_data(wheel: Path) -> None:
    """Editions, translations, policies, published ratings, blank workbooks, the example, types and page assets."""
    names = set(zipfile.ZipFile(wheel).namelist())
    data = "fatf_kit/_data"
    for wanted in (
        f"{data}/frameworks/fatf-2013/recommendations/R.01.json",
        f"{data}/frameworks/fatf-2022/outcomes/IO.11.json",
        f"{data}/frameworks/locale/ar/fatf-2022/recommendations/R.10.json",
        f"{data}/frameworks/locale/fr.po",
        f"{data}/frameworks/policies/indicative-2.json",
        f"{data}/frameworks/published/ratings.csv",
        f"{data}/frameworks/locale/ar/workbook-words.json",
        f"{data}/templates/fatf-2022-en.xlsx",
        f"{data}/examples/ruritania/answers.json",
        f"{data}/examples/ruritania/texts/ar.json",
        f"{data}/examples/last-report/ruritania-2019.txt",
        f"{data}/docs/guides/coordinator.md",
        f"{data}/docs/guides/npo.md",
        f"{data}/docs/ar/agency.md",
        f"{data}/docs/fr/coordinator.md",
        "fatf_kit/report/assets/document.css",
        "fatf_kit/py.typed",
    ):
        assert wanted in names
    pages = {
        str(page.relative_to(ROOT)) for folder in ("guides", "ar", "fr") for page in (ROOT / "docs" / folder).iterdir()
    }
    assert {name.removeprefix(f"{data}/") for name in names if "/_data/docs/" in name} == pages
    assert not [name for name in names if name.startswith("tests/")]
    written = re.compile(r"examples/(.+/(history|reports|templates)/|[^/]+/(ar|fr)/|.+\.(xlsx|docx)$)")
    assert [name for name in names if written.search(name)] == []


@pytest.mark.sample
def test_wheel_is_light(wheel: Path) -> None:
    """At most 10 MB: it goes into every archive and into the mail of small offices."""
    assert wheel.stat().st_size <= 10_000_000


def test_doctor_compares_every_file(wheel: Path, tmp_path: Path) -> None:
    """`doctor` names every file that is missing or changed since the wheel was built."""
    site = tmp_path / "site"
    zipfile.ZipFile(wheel).extractall(site)
    assert re.search(r"^ok +files +\d{3,}, all unchanged$", _doctor(site), re.M)
    (site / "fatf_kit" / "_data" / "frameworks" / "locale" / "ar.po").unlink()
    (site / "fatf_kit" / "report" / "assets" / "document.css").write_text("body {}", encoding="utf-8")
    output = _doctor(site)
    (line,) = re.findall(r"^MISSING +files +missing or changed: 2 \((.*)\)$", output, re.M)
    assert set(line.split(", ")) == {"fatf_kit/_data/frameworks/locale/ar.po", "fatf_kit/report/assets/document.css"}
    assert re.search(r"^MISSING +messages, ar +no catalogue$", output, re.M)


def _doctor(site: Path) -> str:
    code = "import sys; sys.path.insert(0, sys.argv.pop(1)); from fatf_kit.cli.main import main; main()"
    command = [sys.executable, "-c", code, str(site), "doctor"]
    return subprocess.run(command, capture_output=True, text=True, check=False, cwd=site.parent).stdout


def test_command_works_from_the_wheel_alone(wheel: Path, tmp_path: Path) -> None:
    """Unpacked somewhere else, with nothing of the checkout on the path, it scores the example."""
    zipfile.ZipFile(wheel).extractall(tmp_path / "site")
    code = (
        "import sys; sys.path.insert(0, sys.argv.pop(1)); import fatf_kit; from fatf_kit.cli.main import main; "
        "print(fatf_kit.__file__); main()"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path / "site"), "demo", "--all", "-o", str(tmp_path / "demo")],
        capture_output=True,
        text=True,
        check=True,
        cwd=tmp_path,
    )
    assert str(tmp_path / "site") in done.stdout
    assert (tmp_path / "demo" / "ruritania" / "report.html").is_file()
    assert (tmp_path / "demo" / "irq-2024-05" / "report.html").is_file()
    guide = tmp_path / "agency.html"
    command = [sys.executable, "-c", code, str(tmp_path / "site"), "guide", "agency", "--lang", "ar", "-o", str(guide)]
    subprocess.run(command, capture_output=True, check=True, cwd=tmp_path)
    assert "دليل" in guide.read_text(encoding="utf-8")
