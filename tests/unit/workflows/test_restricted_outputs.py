"""Files written from Python for the government, or with small counts of organisations, are for their owner only."""

from __future__ import annotations

import inspect
import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import fatf_kit
from fatf_kit.core.resources import data_folder
from fatf_kit.report.model import Document, Report
from fatf_kit.report.write import write_document, write_report
from tests.examples import NOW, score_example

pytestmark = pytest.mark.skipif(os.name != "posix", reason="other systems have no such rights")
FOLDER = data_folder("examples") / "graustark"

MADE: dict[str, Callable[[str], Report | Document]] = {
    "ScoringResult.report": lambda audience: score_example("graustark").report(generated_at=NOW, audience=audience),
    "paper": lambda audience: fatf_kit.paper(score_example("graustark"), "brief", generated_at=NOW, audience=audience),
    "law_concordance": lambda audience: fatf_kit.law_concordance(
        fatf_kit.review_laws(FOLDER), generated_at=NOW, audience=audience
    ),
    "training_report": lambda audience: (
        fatf_kit.training_report(FOLDER, generated_at=NOW, audience=audience.replace("assessors", "partner")).report
    ),
}
"""The document that each public function with an audience makes."""

BARE = {"ScoringResult.paper_input", "fill"}
"""Public functions with an audience that return no document: the caller writes what they return."""


def list_functions() -> Iterator[tuple[str, Callable[..., object]]]:
    """Yield each public function and method with its name."""
    for name in fatf_kit.__all__:
        thing = getattr(fatf_kit, name)
        if inspect.isfunction(thing):
            yield name, thing
        elif inspect.isclass(thing):
            yield from ((f"{name}.{key}", one) for key, one in vars(thing).items() if inspect.isfunction(one))


def test_every_public_function_with_an_audience_is_tried() -> None:
    """A new one needs a line in one of the lists."""
    found = {name for name, one in list_functions() if "audience" in inspect.signature(one).parameters}
    assert {name for name in found if "._" not in name} == {*MADE, *BARE}


def list_open_files(made: Report | Document, folder: Path) -> list[str]:
    """Write it into a folder that everybody may look into, and return the files that others can read."""
    folder.mkdir(mode=0o755)
    if isinstance(made, Report):
        write_report(made, folder, ["html", "json"])
    else:
        write_document(made, folder / "paper.html")
    written = [path for path in folder.rglob("*") if path.is_file()]
    assert written
    return [path.name for path in written if path.stat().st_mode & 0o077]


@pytest.mark.full(keep_every=4)
@pytest.mark.parametrize("name", MADE)
def test_only_its_owner_reads_what_is_for_the_government(tmp_path: Path, name: str) -> None:
    """Each file, with the charts and the note beside them; those for assessors are as open as their folder."""
    assert list_open_files(MADE[name]("government"), tmp_path / "government") == []
    assert list_open_files(MADE[name]("assessors"), tmp_path / "assessors")


@pytest.mark.full
def test_only_its_owner_reads_the_internal_report_on_organisations(tmp_path: Path) -> None:
    """It shows small counts; the report for publication does not."""
    sector = fatf_kit.npo_classify(
        data_folder("examples") / "npo" / "register.csv", tmp_path / "work", as_of="2026-11-01"
    ).result
    internal, _ = fatf_kit.npo_report(sector, generated_at=NOW)
    public, _ = fatf_kit.npo_report(sector, generated_at=NOW, public=True)
    assert list_open_files(internal, tmp_path / "internal") == []
    assert list_open_files(public, tmp_path / "public")
