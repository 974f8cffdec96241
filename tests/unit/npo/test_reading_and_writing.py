"""The order of rows, lines of CSV, packed registers and days."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from fatf_kit.core.errors import FatfKitError
from fatf_kit.core.messages import Translator
from fatf_kit.core.problems import CellRef, make_problem
from fatf_kit.npo.functions import check_register, npo_classify
from fatf_kit.npo.mapping.column_map import check_mapping, map_by_name
from fatf_kit.npo.method.load import load_method
from fatf_kit.npo.register import file as register
from tests.unit.npo.small_register import AS_OF, body, classify, read, write

ROWS = 300_000
METHOD = load_method()


@pytest.mark.full
def test_rows_stand_in_the_order_of_the_register(tmp_path: Path) -> None:
    """So does every row of a register that is larger than the engine's portions."""
    path = tmp_path / "r.csv"
    path.write_text("npo_id,purpose\n" + "".join(f"{n},charitable\n" for n in range(ROWS)))
    npo_classify(path, tmp_path / "out", as_of=AS_OF)
    with (tmp_path / "out" / "classified.csv").open(encoding="utf-8") as file:
        next(file)
        assert [(str(n), str(n + 2)) for n in range(ROWS)] == [tuple(line.split(",", 2)[:2]) for line in file]


def test_numbers_with_marks_of_csv_survive(tmp_path: Path) -> None:
    """A register number may hold separators, quotation marks and line breaks; a formula is disarmed."""
    numbers = ["a,b", 'c"d', "e\nf", "=g,h", "#i"]
    _, lines = classify(tmp_path, [body(number) for number in numbers])
    assert [line["npo_id"] for line in lines] == ["a,b", 'c"d', "e\nf", "'=g,h", "#i"]


def test_packed_register_is_read(tmp_path: Path) -> None:
    """A register packed by gzip gives what it gives unpacked, under its own name and fingerprint."""
    plain = write(tmp_path / "r.csv", [body("a", cash_income_share="0.5")])
    packed = tmp_path / "r.csv.gz"
    packed.write_bytes(gzip.compress(plain.read_bytes()))
    one, other = (npo_classify(p, tmp_path / p.name.replace(".", "-"), as_of=AS_OF) for p in (plain, packed))
    assert one.files[0].read_bytes() == other.files[0].read_bytes()
    assert other.result.register.name == "r.csv.gz"
    assert one.result.register.sha256 != other.result.register.sha256


def test_packed_register_is_bounded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One that unpacks to too much, that is damaged or packed twice is refused."""
    packed = tmp_path / "r.csv.gz"
    once = gzip.compress(b"npo_id\n" + b"a" * 5000)
    monkeypatch.setattr(register, "MAX_SIZE", 4096)
    for content, message in ((once, "MB when unpacked"), (once[:-12], "damaged"), (gzip.compress(once), "once")):
        packed.write_bytes(content)
        with pytest.raises(FatfKitError, match=message):
            register.open_register(packed, tmp_path)


def test_day_as_text(tmp_path: Path) -> None:
    """A day may be given as text; a text that is no day is refused in words."""
    path = write(tmp_path / "r.csv", [body("a", registration_date="2025-12-01")])
    npo_classify(path, tmp_path / "out", as_of="2026-01-01")
    assert [line["V13"] for line in read(tmp_path / "out" / "classified.csv")] == ["4"]
    with pytest.raises(FatfKitError, match="is not a date"):
        npo_classify(path, tmp_path / "out2", as_of="soon")


def test_check_counts_rows_and_lists_unused_headings(tmp_path: Path) -> None:
    """The check returns the number of rows and the headings that are not used."""
    checked = check_register(write(tmp_path / "r.csv", [body("a", colour="red"), body("b")]))
    assert (checked.rows, checked.unused, checked.problems) == (2, ("colour",), ())


@pytest.mark.parametrize("language", ["en", "ar", "fr"])
def test_own_names_are_never_taken_for_opinions(language: str) -> None:
    """The headings of our own register are accepted in every language; "politique" means a policy there."""
    header = [column.name[language] for column in METHOD.columns.values()]
    assert check_mapping("r.xlsx", header, map_by_name(header, METHOD), METHOD) == ()


def test_kinds_and_reasons_in_the_readers_language() -> None:
    """The kind of an expected value and the reason for a rejected row are in French too."""
    where = CellRef(file="r.csv", cell="row 4")
    value = make_problem("npo-value", where, found="x", column="status", kind="known code", count=1)
    assert "code connu" in value.message_in(Translator("fr"))
    why = make_problem("npo-row", where, why="it has no register number")
    assert "elle n’a pas de numéro de registre" in why.message_in(Translator("fr"))
