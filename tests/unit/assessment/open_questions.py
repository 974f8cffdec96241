"""An assessment folder and the questions that its answers leave, of which decisions.xlsx is made."""

from __future__ import annotations

from pathlib import Path

from fatf_kit.assessment.folder.model import (
    Agency,
    AgencyRating,
    AssessmentSettings,
    OpenQuestion,
    QuestionReason,
    Workspace,
)

HOME = Workspace(
    path=Path("home"),
    settings=AssessmentSettings(country="IRQ", edition="fatf-2022"),
    agencies=(Agency(id="fiu", names={"en": "The Unit", "ar": "الوحدة"}), Agency(id="bank", names={"en": "Bank"})),
)
QUESTIONS = (
    OpenQuestion(
        requirement="R.10/10.7",
        why=(QuestionReason.CONFLICT, QuestionReason.ABOVE_PARTS),
        agency_ratings=(
            AgencyRating(
                agency="fiu",
                requirement="R.10/10.7",
                rating="met",
                is_lead=True,
                explanation="Banks check.",
                citation="AML Act, art. 5",
            ),
            AgencyRating(agency="bank", requirement="R.10/10.7(b)", rating="not met", is_restricted=True),
        ),
        indicative=("partly met", "partly met"),
        lead="fiu",
    ),
    OpenQuestion(requirement="IO.6/6.1", why=(QuestionReason.CONFLICT,), indicative=("some", "large")),
    OpenQuestion(requirement="R.1", why=(QuestionReason.RANGE,), indicative=("PC", "LC")),
)
