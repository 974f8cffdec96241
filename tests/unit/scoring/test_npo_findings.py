"""Findings from the sector report saved in an assessment folder."""

from __future__ import annotations

from pathlib import Path

from fatf_kit.core.ratings import FindingKind, Severity
from fatf_kit.framework import load_framework
from fatf_kit.npo.measures.catalogue import CountryMeasure, NationalMeasures, Tier
from fatf_kit.npo.measures.findings import SAVED_AS, derive_npo_findings, read_saved_sector, with_npo_findings
from fatf_kit.npo.measures.proportionality import check_proportion
from fatf_kit.npo.report.payload import make_npo_result
from fatf_kit.report.formats.json import render_value
from tests.unit.npo.made_up_sector import AS_OF, group, made_up_sector


def save(folder: Path, *, rated: bool = True) -> None:
    """A sector with a measure on out-of-scope bodies, as the report leaves it behind."""
    sector = made_up_sector() if rated else made_up_sector((group(20),))
    measure = CountryMeasure(name="Return", kind="reporting", tiers=frozenset({Tier.OUT_OF_SCOPE, Tier.HIGH}), hours=1)
    judged = check_proportion(NationalMeasures(measures=(measure,)), sector, as_of=AS_OF)
    target = folder / SAVED_AS
    target.parent.mkdir(parents=True)
    payload = make_npo_result(sector, judged, secret=False, tool="0", generated_at="2026-11-24T10:00+00:00")
    target.write_bytes(render_value(payload))


def test_a_breach_becomes_a_shortcoming(tmp_path: Path) -> None:
    """At the requirement of its check, with the paragraph behind it, numbered on from what there is."""
    save(tmp_path)
    saved, problems = read_saved_sector(tmp_path)
    assert problems == ()
    findings = derive_npo_findings(load_framework("fatf-2022"), saved, first=41)
    first = findings[0]
    assert (
        first.id,
        first.requirement,
        first.unit,
        first.kind,
        first.severity,
        first.affects,
    ) == ("F-041", "R.8/8.1", "R.8", FindingKind.SHORTCOMING, Severity.MAJOR, ("IO.10",))
    assert "INR.8 para 5(e)" in first.missing
    assert "IO.10" in {f.unit for f in findings} | {a for f in findings for a in f.affects}


def test_findings_are_in_the_readers_language(tmp_path: Path) -> None:
    """And in the older edition they stand at its own requirements."""
    save(tmp_path)
    saved, _ = read_saved_sector(tmp_path)
    french = derive_npo_findings(load_framework("fatf-2013"), saved, language="fr")
    assert "motivée par le financement du terrorisme" in french[0].missing
    assert french[0].requirement.startswith("R.8/8.1")


def test_no_assessment_at_all(tmp_path: Path) -> None:
    """Nothing saved, or nothing rated: one finding says so."""
    framework = load_framework("fatf-2022")
    assert read_saved_sector(tmp_path) == (None, ())
    assert [f.requirement for f in derive_npo_findings(framework, None)] == ["R.8/8.1"]
    save(tmp_path, rated=False)
    saved, _ = read_saved_sector(tmp_path)
    assert "not assessed" in derive_npo_findings(framework, saved)[0].missing


def test_added_to_those_of_an_assessment(tmp_path: Path) -> None:
    """Numbered on, and the gap report of an assessment without a sector report stays as it was."""
    framework = load_framework("fatf-2022")
    before = derive_npo_findings(framework, None)
    assert before == with_npo_findings(framework, before, None)
    save(tmp_path)
    saved, problems = read_saved_sector(tmp_path)
    assert problems == ()
    both = with_npo_findings(framework, before, saved)
    assert [finding.id for finding in both[:3]] == ["F-001", "F-002", "F-003"]
    assert before == both[:1]


def test_a_broken_file_is_a_problem(tmp_path: Path) -> None:
    """Not an error, and nothing is derived from it."""
    (tmp_path / "npo").mkdir()
    (tmp_path / SAVED_AS).write_text('{"schema": "fatf-kit/npo/1"}', encoding="utf-8")
    saved, problems = read_saved_sector(tmp_path)
    assert saved is None
    assert {problem.code for problem in problems} == {"data-schema"}


def test_what_such_a_finding_is_without(tmp_path: Path) -> None:
    """No points of its own, and nothing withheld."""
    save(tmp_path)
    framework = load_framework("fatf-2022")
    saved, _ = read_saved_sector(tmp_path)
    made = derive_npo_findings(framework, saved)
    assert {(finding.points_lost, finding.withheld) for finding in made} == {(0, False)}
    assert {finding.points_lost for finding in with_npo_findings(framework, (), saved)} == {0}
