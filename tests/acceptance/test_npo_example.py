"""The made-up register: written as committed, and the same in Arabic."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

from fatf_kit.core.resources import data_folder
from fatf_kit.examples import text_languages, write_sector
from fatf_kit.npo.functions import npo_classify
from fatf_kit.npo.scales import RiskClass
from tests.documents import read_parts

EXAMPLE = data_folder("examples") / "npo"


def test_example_is_as_built(tmp_path: Path) -> None:
    """Building again gives the committed bytes."""
    built = write_sector(tmp_path, ("en", *text_languages()))
    for path in built:
        read = read_parts if path.suffix == ".xlsx" else Path.read_bytes
        assert read(path) == read(EXAMPLE / path.name), path.name
    assert {path.name for path in EXAMPLE.iterdir()} - {path.name for path in built} == {"measures.json"}


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


def test_bodies_with_a_confirmed_link_are_high(tmp_path: Path) -> None:
    """A sham, an open inquiry, a link to a designated entity: before, these came out low or medium."""
    write_sector(tmp_path)
    made = npo_classify(
        tmp_path / "register.csv", tmp_path / "out", settings=tmp_path / "settings.json", as_of=date(2026, 11, 24)
    )
    with (tmp_path / "out" / "classified.csv").open(encoding="utf-8", newline="") as file:
        found = {row["npo_id"]: (row["class"], row["investigate"]) for row in csv.DictReader(file)}
    linked = ("RU-00777", "RU-00957", "RU-00626", "RU-00826", "RU-01031")
    assert {found[npo_id] for npo_id in linked} == {("high", "referred")}
    assert {npo_id for npo_id, (risk, why) in found.items() if why == "referred" and risk} == {*linked}
    assert (made.result.classes.referred, made.result.classes.to_verify, made.result.classes.high) == (5, 0, 17)
