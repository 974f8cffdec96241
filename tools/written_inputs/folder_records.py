"""Assessment folders read and scored, for their records."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from fatf_kit import folder_status, score
from fatf_kit.action_plan.items.folder_part import find_items
from fatf_kit.core.problems import Problem
from fatf_kit.core.ratings import FindingKind
from fatf_kit.laws.folder_part import find_laws
from fatf_kit.laws.matching import CitationMatch
from fatf_kit.mock_visit.model import Debrief
from fatf_kit.papers.status import AgencyStatus
from fatf_kit.statistics.figures import Statistics
from fatf_kit.workflows.background import collect_background

TODAY = date(2027, 1, 12)
"""The day on which the folders are read: that of their second update."""

_RATINGS = ("claimed", "shown", "settled", "decided", "decision")


def read_written_folder(home: Path) -> tuple[object, tuple[Problem, ...]]:
    """Read and score a folder as it was after its updates; return what its record has, and every problem.

    The record has settings, answers, ratings, findings, decisions and questions, the state of each agency on the day of
    the second update, and the ratings of the earlier result in its history. Published ratings and lists are left out,
    because they change with their own source.
    """
    scored = score(home)
    assert scored.folder is not None
    payload: Mapping[str, Any] = scored.report(generated_at=TODAY.isoformat()).payload
    units = (*payload["recommendations"], *payload["outcomes"])
    background = collect_background(scored.framework.id, scored.iso3, scored.workspace, TODAY)
    folder = scored.folder
    laws, figures, rehearsal = find_laws(folder), folder[Statistics], folder[Debrief]
    result = {
        "settings": folder.workspace.settings,
        "named_agencies": folder.workspace.agencies,
        "duties": {name: duty for name, duty in folder.workspace.assignment.duties.items() if duty.agencies},
        "answers": scored.responses,
        "coverage": folder.coverage,
        "ratings": {unit["id"]: {key: _name_rating(unit[key]) for key in _RATINGS} for unit in units},
        "findings": {
            finding.id: " ".join(filter(None, (finding.requirement, finding.kind, finding.severity, finding.status)))
            for finding in scored.findings
            if finding.kind is not FindingKind.UNANSWERED
        },
        "finding_counts": Counter(finding.kind for finding in scored.findings),
        "decisions": folder.decisions,
        "questions": {question.requirement: question.why for question in folder.questions},
        "laws": [law.id for law in laws.register.instruments],
        "citations": Counter(f"{citation.requirement}: {_name_law(citation.match)}" for citation in laws.citations),
        "figures": len(figures.values) if figures else 0,
        "cases": [case.id for case in figures.cases] if figures else [],
        "items": [item.id for item in find_items(folder).items],
        "rehearsal": [finding.id for finding in rehearsal.findings] if rehearsal else [],
        "plan_dues": background.plan_dues,
        "earlier": background.earlier,
        "agencies": [_record_agency(agency) for agency in folder_status(scored, today=TODAY).agencies],
        "problems": Counter(problem.code for problem in scored.problems),
    }
    return result, scored.problems


def _record_agency(agency: AgencyStatus) -> Mapping[str, object]:
    """Return the state of an agency under names that do not follow those of the code."""
    fact = agency.fact
    return {
        "agency": fact.agency,
        "name": agency.name,
        "requested": fact.requested,
        "has_template": agency.has_template,
        "sent": agency.sent,
        "due": fact.due,
        "returned": agency.returned,
        "answered": fact.answered,
        "shown": fact.shown,
        "to_correct": fact.to_correct,
        "undecided": fact.questions,
        "is_late": fact.is_overdue,
    }


def _name_rating(rating: object) -> object:
    """Return a rating, or a range as one text."""
    return f"{rating['worst']} to {rating['best']}" if isinstance(rating, Mapping) and "worst" in rating else rating


def _name_law(match: CitationMatch) -> str:
    """Return the law that a citation surely means and how many of its provisions, else those that it may mean."""
    if match.instrument is not None:
        return f"{match.instrument.id}, provisions: {len(match.provisions)}"
    return " or ".join(law.id for law in match.candidates) or "no law of the register"
