"""The data on measures, checks, plans and the report: whole, in three languages, and fitting together."""

from __future__ import annotations

from pathlib import Path

import pytest

from fatf_kit.core.json_files import load_json
from fatf_kit.core.languages import LANGUAGES
from fatf_kit.core.resources import data_folder
from fatf_kit.framework import load_framework
from fatf_kit.framework.catalog import index_requirements
from fatf_kit.npo.measures.catalogue import Tier, load_measures
from fatf_kit.npo.measures.plans import load_plan_settings
from fatf_kit.npo.measures.proportionality import load_checks
from fatf_kit.npo.report.rules import load_report_rules

FOLDER = data_folder("frameworks") / "npo"


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.json")), ids=lambda path: path.stem)
def test_every_file_keeps_to_its_schema(path: Path) -> None:
    """A file without a schema of its name would fail too."""
    assert load_json(path, f"npo-{path.stem}.schema.json")[1] == ()


def test_requirements_exist() -> None:
    """Every requirement named in the data is one of the 2022 edition."""
    requirements = index_requirements(load_framework("fatf-2022"))
    named = {r for check in load_checks().checks for r in check.requirements}
    named |= {r for tier in load_measures().tiers for r in tier.requirements}
    named |= {question.requirement for question in load_report_rules().questions}
    assert named - set(requirements) == set()


def test_the_ten_checks() -> None:
    """The checks are O1 to O10, in order; every question belongs to checks that exist."""
    checks = [check.id for check in load_checks().checks]
    assert [f"O{n}" for n in range(1, 11)] == checks
    assert {c for question in load_checks().questions for c in question.checks} - set(checks) == set()


def test_tiers_and_kinds_fit() -> None:
    """A kind never both suits a tier and is discouraged for it; all kinds exist; none suits out-of-scope bodies."""
    catalogue = load_measures()
    for entry in catalogue.tiers:
        assert entry.suits & entry.discouraged == frozenset()
        assert (entry.suits | entry.discouraged) - set(catalogue.kinds) == set()
    assert catalogue.tier(Tier.OUT_OF_SCOPE).suits == frozenset()
    assert catalogue.tier(Tier.LOW).suits == {"outreach"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_plans_never_reach_the_wrong_tier(language: str) -> None:
    """A plan has no visit below medium and no outreach outside the definition; every form has a name."""
    settings = load_plan_settings(language)
    assert {rule.tier for rule in settings.inspection.order} == {Tier.HIGH, Tier.MEDIUM}
    assert {rule.tier for rule in settings.outreach} == {Tier.HIGH, Tier.MEDIUM, Tier.LOW}
    assert {rule.form for rule in settings.outreach} - set(settings.forms) == set()
    assert {rule.action for rule in settings.inspection.order} - set(load_measures(language).kinds) == set()
