"""The made-up register: written as committed, and the same in Arabic."""

from __future__ import annotations

import csv
import importlib.util
from datetime import date
from pathlib import Path
from types import ModuleType

import pytest

from fatf_kit.core.resources import data_folder
from fatf_kit.npo.functions import npo_classify
from fatf_kit.npo.scales import RiskClass

EXAMPLE = data_folder("examples") / "npo"


@pytest.fixture
def build() -> ModuleType:
    """The script that makes the example."""
    spec = importlib.util.spec_from_file_location("npo_example_build", EXAMPLE / "build.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_example_is_as_built(build: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Building again gives the committed bytes."""
    committed = [(EXAMPLE / name).read_bytes() for name in ("register.csv", "register-ar.csv")]
    monkeypatch.setattr(build, "HERE", tmp_path)
    for path in EXAMPLE.glob("*.json"):
        (tmp_path / path.name).write_bytes(path.read_bytes())
    built = [path.read_bytes() for path in build.build() if path.suffix == ".csv"]
    assert committed == built


def test_arabic_register_gives_the_same_classes(tmp_path: Path) -> None:
    """Headings, words, places and digits in Arabic change nothing; the example has every class, and no faults."""
    written = []
    for end in ("", "-ar"):
        name, settings = f"register{end}", EXAMPLE / f"settings{end}.json"
        made = npo_classify(EXAMPLE / f"{name}.csv", tmp_path / name, settings=settings, as_of=date(2026, 11, 24))
        assert made.result.problems == ()
        assert all(made.result.classes.of(risk_class) for risk_class in RiskClass)
        written.append((tmp_path / name / "classified.csv").read_bytes())
    assert written[0] == written[1]


def test_bodies_with_a_confirmed_link_are_high(
    build: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A sham, an open inquiry, a link to a designated entity: before, these came out low or medium."""
    monkeypatch.setattr(build, "HERE", tmp_path)
    for path in EXAMPLE.glob("*.json"):
        (tmp_path / path.name).write_bytes(path.read_bytes())
    build.build()
    made = npo_classify(
        tmp_path / "register.csv", tmp_path / "out", settings=tmp_path / "settings.json", as_of=date(2026, 11, 24)
    )
    with (tmp_path / "out" / "classified.csv").open(encoding="utf-8", newline="") as file:
        found = {row["npo_id"]: (row["class"], row["investigate"]) for row in csv.DictReader(file)}
    linked = ("RU-00777", "RU-00957", "RU-00626", "RU-00826", "RU-01031")
    assert {found[npo_id] for npo_id in linked} == {("high", "referred")}
    assert {npo_id for npo_id, (risk, why) in found.items() if why == "referred" and risk} == {*linked}
    assert (made.result.classes.referred, made.result.classes.to_verify, made.result.classes.high) == (5, 0, 17)
