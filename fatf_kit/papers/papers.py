"""Every paper that is written about an assessment, by name."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from fatf_kit.core.errors import UnknownIdError
from fatf_kit.core.messages import Translator
from fatf_kit.papers.agency_paper import build_agency_page
from fatf_kit.papers.brief import build_brief
from fatf_kit.papers.gap_report import build_gap_document
from fatf_kit.papers.report_input import PaperInput
from fatf_kit.papers.roadmap import build_roadmap
from fatf_kit.papers.slides import build_deck, build_slide
from fatf_kit.papers.submission.compliance import build_compliance_submission
from fatf_kit.papers.submission.effectiveness import build_effectiveness_submission
from fatf_kit.papers.submission.parts import SUBMISSIONS
from fatf_kit.report.model import Document


def build_paper(paper_input: PaperInput, kind: str, t: Translator) -> Document:
    """Return the paper of that name.

    Raises:
        UnknownIdError: no such paper, no draft of it, or no such agency for the paper of one.
    """
    if kind not in PAPERS:
        raise UnknownIdError("'{found}' is not a paper. Allowed: {names}.", found=kind, names=tuple(PAPERS))
    if paper_input.is_draft and kind not in SUBMISSIONS:
        raise UnknownIdError("'{found}' does not have a draft. Allowed: {names}.", found=kind, names=SUBMISSIONS)
    if kind == "agency" and paper_input.agency not in paper_input.known_agencies:
        names = ", ".join(sorted(paper_input.known_agencies)) or "none has answered"
        raise UnknownIdError(
            "'{found}' is not an agency of this assessment. Allowed: {names}.", found=paper_input.agency, names=names
        )
    made = PAPERS[kind](paper_input, t)
    return replace(made, made_on=paper_input.generated_at, is_restricted=paper_input.is_restricted)


PLANNED_PAPERS = ("brief", "slide", "deck", "roadmap")
"""Papers whose decisions or dates come from the action plan."""

PAPERS: Mapping[str, Callable[[PaperInput, Translator], Document]] = {
    "gap": build_gap_document,
    "brief": build_brief,
    "slide": build_slide,
    "deck": build_deck,
    "roadmap": build_roadmap,
    "compliance": build_compliance_submission,
    "effectiveness": build_effectiveness_submission,
    "agency": build_agency_page,
}
"""Name of a paper and who builds it."""
