"""The register of laws listed, read both ways, and written as an annex, from the folder of the example."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

import pytest

from fatf_kit.assessment.answers.model import EvidenceKind
from fatf_kit.core.json_files import check_json
from fatf_kit.core.messages import Translator
from fatf_kit.laws.book import render_register
from fatf_kit.laws.model import EntryState, Instrument, InstrumentStatus, LawRegister, Provision
from tests.samples import take_sample
from tests.unit.cli.commands import copy_small_country, invoke, json_of

LAW, RULE = EvidenceKind.LAW, EvidenceKind.REGULATION
AML = "Anti-Money Laundering and Counter-Terrorist Financing Act 2019"
REGISTER = LawRegister(
    instruments=(
        Instrument(
            id="L-001", titles={"en": AML, "ar": "قانون"}, kind=LAW, year=2019, in_force_from=date(2019, 7, 1)
        ),
        Instrument(id="L-002", titles={"en": "Casinos Bill 2026"}, kind=LAW, status=InstrumentStatus.BILL),
        Instrument(id="L-003", titles={"en": "Rules 3/2020"}, kind=RULE, entry=EntryState.PROPOSED),
    ),
    provisions=(Provision(instrument="L-001", article="art. 21"), Provision(instrument="L-001", article="art. 999")),
)  # fmt: skip


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example with a register of three instruments."""
    home = copy_small_country(tmp_path_factory.mktemp("laws") / "ruritania")
    (home / "laws.xlsx").write_bytes(render_register(REGISTER, Translator("en")))
    return home


@pytest.mark.full
def test_the_list_is_filtered_by_kind_and_status(folder: Path) -> None:
    """A table for people, one JSON document for programs; a proposed row is marked."""
    shown = invoke("laws", "list", folder).stdout
    assert [line.split()[0] for line in shown.splitlines()] == ["No.", "L-001", "L-002", "L-003"]
    assert "in force, proposed" in shown.splitlines()[3]
    found = json_of("laws", "list", folder, "--kind", "law", "--status", "bill,drafting")
    assert [one["id"] for one in found["instruments"]] == ["L-002"]
    assert check_json(found, "laws-list-1.schema.json", "stdout") == ()
    whole = json_of("laws", "list", folder)
    assert whole["instruments"][0]["translations"] == {"ar": "not translated"}


def test_the_concordance_keeps_its_schema(folder: Path) -> None:
    """Article 21 is cited by answers of the example, article 999 by none; restricted answers are counted only."""
    found = json_of("laws", "concordance", folder, "--lang", "fr")
    assert check_json(found, "laws-concordance-1.schema.json", "stdout") == ()
    assert found["unused"] == ["L-001 art. 999"]
    assert "L-001" in {one["instrument"] for one in found["uses"]}
    inside = json_of("laws", "concordance", folder, "--audience", "government")
    assert found["withheld"] > inside["withheld"] == 0
    assert len(inside["unclear"]) > len(found["unclear"])


@pytest.mark.parametrize("ending", take_sample(["html", "xlsx", "csv"], ["csv"]))
def test_the_concordance_is_written_in_every_format(folder: Path, tmp_path: Path, ending: str) -> None:
    """The CSV file has a line for each article and requirement; an existing file is kept without --force."""
    target = tmp_path / f"concordance.{ending}"
    assert invoke("laws", "concordance", folder, "-o", target).return_value == 0
    assert target.stat().st_size > 1000
    if ending == "csv":
        rows = list(csv.DictReader(target.read_text(encoding="utf-8-sig").splitlines()))
        assert {"requirement", "instrument", "article"} <= rows[0].keys()
        assert any(row["article"] == "art. 21" for row in rows)
        target.write_bytes(b"changed by a person")
        assert invoke("laws", "concordance", folder, "-o", target).exception
    if ending == "html":
        assert "Made-up example" in target.read_text(encoding="utf-8")


def test_the_annex_leaves_out_proposed_rows(folder: Path, tmp_path: Path) -> None:
    """The number of rows left out is reported."""
    target = tmp_path / "annex.html"
    result = invoke("laws", "annex", folder, "-o", target)
    page = target.read_text(encoding="utf-8")
    assert "1 proposed instrument is left out" in result.stderr
    assert "Casinos Bill 2026" in page
    assert "Rules 3/2020" not in page


@pytest.mark.full
def test_without_a_register_the_next_step_is_named(tmp_path: Path) -> None:
    """An empty register is no error."""
    home = copy_small_country(tmp_path / "ruritania")
    (home / "laws.xlsx").unlink(missing_ok=True)
    result = invoke("laws", "list", home)
    assert result.return_value == 0
    assert "fatf-kit laws propose" in result.stderr
