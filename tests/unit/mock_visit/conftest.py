"""A small rehearsal: two outcomes, three agencies, something of everything."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest

from fatf_kit.assessment.folder.model import Assignment, Duty
from fatf_kit.core.messages import Translator
from fatf_kit.core.ratings import FindingKind, Severity
from fatf_kit.framework import Framework, load_framework
from fatf_kit.framework.question_bank import load_bank
from fatf_kit.mock_visit.data import load_schedule
from fatf_kit.mock_visit.model import AgencyReport, Contradiction, Disagreement, MockAgency, Rehearsal
from fatf_kit.mock_visit.plan import VisitOptions, find_duties, make_rehearsal
from fatf_kit.mock_visit.questions import QuestionSources
from fatf_kit.mock_visit.sheets import render_sheets
from fatf_kit.scoring.evidence import EvidenceStatus
from fatf_kit.scoring.finding import Finding

EDITION = "fatf-2022"
BODIES = (
    MockAgency(id="fiu", name="The FIU", roles=("fiu",), names={"en": "The FIU", "ar": "الوحدة"}),
    MockAgency(id="police", name="Police", roles=("police", "prosecution"), names={"en": "Police", "ar": "الشرطة"}),
    MockAgency(id="bank", name="Bank", roles=("central_bank",), names={"en": "Bank", "ar": "المصرف"}),
)
ASSIGNMENT = Assignment(
    duties={
        "IO.6": Duty(requirement="IO.6", lead="fiu", supporting=("police",)),
        "IO.3": Duty(requirement="IO.3", lead="bank"),
    }
)


def finding(requirement: str, kind: FindingKind, **more: object) -> Finding:
    """A finding with what the questions look at."""
    base = Finding(
        id="F-001",
        requirement=requirement,
        unit=requirement.partition("/")[0],
        kind=kind,
        severity=Severity.MAJOR,
        rating="some",
        missing="",
        withheld=False,
        status=EvidenceStatus.SHOWN,
        points_lost=10,
    )
    return replace(base, **more)  # type: ignore[arg-type]


FINDINGS = (
    finding("IO.6/6.1", FindingKind.SHORTCOMING, missing="Data on companies."),
    finding("IO.6/6.2", FindingKind.UNDEMONSTRATED, rating="large"),
    finding("IO.6/6.3", FindingKind.UNANSWERED, rating=None, severity=None),
    finding("R.29/29.3", FindingKind.SHORTCOMING, rating="partly met", points_lost=70),
    finding("R.29/29.4", FindingKind.SHORTCOMING, rating="not met", points_lost=200),
)
DISAGREEMENTS = (Disagreement(requirement="IO.6/6.4", ratings=(("fiu", "large"), ("police", "some"))),)
REPORTS = (AgencyReport(agency="fiu", value="412"), AgencyReport(agency="police", value="190"))
CONTRADICTIONS = (Contradiction(core_issue="IO.6/6.2", measure="Disseminations in 2025", reports=REPORTS),)


def make_sources(language: str) -> QuestionSources:
    """The sources of the questions, in a language."""
    framework = load_framework(EDITION, language)
    bodies = tuple(replace(body, name=body.names.get(language, body.name)) for body in BODIES)
    return QuestionSources(
        framework=framework,
        bank=load_bank(EDITION, language),
        bodies=bodies,
        duties=find_duties(framework, bodies, ASSIGNMENT),
        findings=FINDINGS,
        disagreements=DISAGREEMENTS,
        contradictions=CONTRADICTIONS,
    )


@pytest.fixture(scope="session")
def sources() -> QuestionSources:
    """The sources of the questions, in English."""
    return make_sources("en")


def rehearse(language: str = "en", only: tuple[str, ...] = ("IO.6", "IO.3")) -> tuple[Rehearsal, Framework]:
    """The plan and the edition it is in."""
    sources, rules = make_sources(language), load_schedule(EDITION, language)
    given = sources, rules, VisitOptions(only=only), (), Translator(language)
    rehearsal, _ = make_rehearsal(*given, country="Examplia", notices=("Made up",))
    return rehearsal, sources.framework


@pytest.fixture(scope="session")
def rehearsal() -> Rehearsal:
    """The plan in English."""
    return rehearse()[0]


Change = Callable[[openpyxl.Workbook], object]


@pytest.fixture
def blank(tmp_path: Path) -> Path:
    """The workbook of IO.6 as it is sent out, in English."""
    return write(tmp_path)


def write(folder: Path, language: str = "en") -> Path:
    """The workbook of IO.6."""
    rehearsal, framework = rehearse(language, ("IO.6",))
    (name, content), *_ = render_sheets(rehearsal, framework).items()
    path = folder / name
    path.write_bytes(content)
    return path


@pytest.fixture
def changed(blank: Path, tmp_path: Path) -> Callable[[Change], Path]:
    """A copy of the workbook with a change made to it."""

    def make(change: Change) -> Path:
        book = openpyxl.load_workbook(blank)
        change(book)
        path = tmp_path / "changed.xlsx"
        book.save(path)
        return path

    return make
