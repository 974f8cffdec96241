"""The first update after an upgrade offers the page on what is new, in one line, and the next one does not."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest

from fatf_kit.core.version import __version__
from fatf_kit.workflows import upgrade
from fatf_kit.workflows.rule_change import find_last_result
from tests.unit.cli.commands import invoke

OLD = Path(__file__).resolve().parents[2] / "data" / "written-by-1.0.0rc1"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder of Graustark that was last updated by an older version, as if that was 0.9."""
    home = tmp_path / "graustark"
    zipfile.ZipFile(OLD / "folder-graustark.zip").extractall(home)
    for file in (home / "history").glob("* assessment.json"):
        result = json.loads(file.read_text(encoding="utf-8"))
        result["provenance"]["tool"] = "0.9"
        file.write_text(json.dumps(result), encoding="utf-8")
    return home


@pytest.mark.full
def test_an_upgrade_is_offered_once(folder: Path) -> None:
    """One line names the page, which is in the folder; the next update has the present version in its history."""
    first = invoke("update", folder, "--no-open")
    assert first.exit_code == 0, first.output
    (line,) = (line for line in first.output.splitlines() if "What is new for you" in line)
    page = folder / "reports" / "whats-new-en.html"
    assert line == (f"This folder was last updated by fatf-kit 0.9; this is {__version__}. What is new for you: {page}")
    assert "What is new for you" in page.read_text(encoding="utf-8")
    last = find_last_result(folder)
    assert last is not None
    assert last["provenance"]["tool"] == __version__
    page.unlink()
    assert "What is new for you" not in invoke("update", folder, "--no-open").output
    assert not page.exists()


@pytest.mark.parametrize(
    ("version", "earlier"),
    [("1.0.0rc1", "1.0.0rc1"), ("1.0.0rc2", None), ("1.0.0", None), ("of my own", None), ("0.1.0", "0.1.0")],
)
def test_only_an_older_version_is_an_upgrade(
    version: str, earlier: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A candidate is older than the next one; a folder of a newer version is no upgrade."""
    monkeypatch.setattr(upgrade, "tool_version", lambda: "1.0.0rc2")
    assert upgrade.find_earlier_version({"provenance": {"tool": version}}) == earlier


def test_the_page_is_in_the_language_of_the_folder() -> None:
    """A variant of a language has its page, another language the English one."""
    titles = {language: upgrade.build_news(language).title for language in ("en", "fr", "ar-IQ", "sw")}
    assert titles == {
        "en": "What is new for you",
        "fr": "Ce qui change pour vous",
        "ar-IQ": "الجديد الذي يعنيكم",
        "sw": "What is new for you",
    }
