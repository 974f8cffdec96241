"""A changed edition has a new version, which the changelog describes."""

from __future__ import annotations

import pytest

from fatf_kit.core.resources import data_folder
from fatf_kit.framework import list_editions, load_framework
from tools.framework_content import VERSIONS, read_json


@pytest.mark.parametrize("edition", list_editions())
def test_fingerprint_is_recorded_under_its_version(edition: str) -> None:
    """Pages that changed without a higher content_version are refused; run `make content` after raising it."""
    framework = load_framework(edition)
    assert read_json(VERSIONS)[edition].get(framework.content_version) == framework.digest


@pytest.mark.parametrize("edition", list_editions())
def test_changelog_has_a_heading_for_the_version(edition: str) -> None:
    """The changelog has a heading for the present version of each edition."""
    text = (data_folder("frameworks") / "CHANGELOG.md").read_text(encoding="utf-8")
    assert f"## {edition} {load_framework(edition).content_version}" in text


def test_versions_only_rise() -> None:
    """The version in force is the highest that was ever recorded."""
    for edition, versions in read_json(VERSIONS).items():
        highest = max(versions, key=lambda version: tuple(map(int, version.split("."))))
        assert highest == load_framework(edition).content_version
