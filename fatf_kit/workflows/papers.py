"""Papers about an assessment, and files of the country's own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from fatf_kit.assessment.answers.audience import Audience
from fatf_kit.assessment.folder.model import Agency
from fatf_kit.core.messages import Translator
from fatf_kit.papers.fill.filling import FilledFile, fill_file
from fatf_kit.papers.papers import PLANNED_PAPERS, build_paper
from fatf_kit.papers.submission.parts import PartLength, Submission
from fatf_kit.published import find_report
from fatf_kit.report.model import Document
from fatf_kit.workflows.paper_basis import plan_papers
from fatf_kit.workflows.scoring import ScoringResult
from fatf_kit.workflows.templates import find_own_report

_UNSAID = "2000-01-01"
"""A filled file has no place for the day it was made on."""


def paper(
    scored: ScoringResult,
    kind: str,
    *,
    generated_at: str,
    language: str = "en",
    audience: str = Audience.ASSESSORS,
    agency: str | None = None,
    previous: str | None = None,
    draft: bool = False,
    notices: Sequence[str] = (),
) -> Document:
    """One paper about an assessment; `fatf_kit.report.write.write_document` writes it.

    Args:
        scored: What `score` gave.
        kind: "gap" (the report for the coordinator), "brief" (one page for the minister), "slide" (the same
            as one slide), "deck" (eight slides for a first meeting), "roadmap" (key
            recommended actions and the actions of each agency), "compliance" and
            "effectiveness" (the country's submissions to the evaluators) or "agency" (one agency's open work).
        generated_at: Printed as given, ISO 8601.
        language: Language of the paper; answers keep their own words.
        audience: "public", "assessors" or "government": answers above its confidentiality are left out.
        agency: Whose open work, for "agency".
        previous: ISO 3166 code or English name of the jurisdiction whose last evaluation report the submissions quote;
            by default the country of the assessment folder.
        draft: The working version of a submission, with ratings, gaps and hints, marked "not for evaluators".
        notices: Further words for every page.

    Raises:
        UnknownIdError: no such kind, a draft of a paper that has none, audience, agency, language or jurisdiction.
        FatfKitError: `generated_at` is not a date.

    >>> from fatf_kit import score
    >>> paper(score("examples/ruritania/workbook"), "brief", generated_at="2027-01-10").title
    'Ruritania: decisions before the mutual evaluation'
    """
    given = scored.paper_input(generated_at=generated_at, language=language, audience=audience, notices=notices)
    home = scored.workspace
    report = find_own_report(home.settings.country) if home else None
    if previous:
        report = find_report(previous, "MER")
    given = replace(given, agency=agency, previous=report, is_draft=draft)
    if kind in PLANNED_PAPERS and given.plan is None:
        given = replace(given, plan=plan_papers(scored, given.today))  # raises what is wrong with its settings
    return build_paper(given, kind, Translator(scored.national(language)))


def list_agencies_with_paper(scored: ScoringResult) -> tuple[Agency, ...]:
    """Return the agencies of the folder that were asked or have answered, in its order; empty without a folder."""
    if scored.workspace is None:
        return ()
    known = scored.paper_input(generated_at=_UNSAID).known_agencies
    return tuple(agency for agency in scored.workspace.agencies if agency.id in known)


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenStatements:
    """Open points of a submission, which its drafter decides before it is final.

    `unreported` is how many requirements no measure is reported on, `unproven` how many claims are left out because
    they cite nothing, and `long` which parts are longer than is usual.
    """

    unreported: int
    unproven: int
    long: tuple[PartLength, ...]


def find_open_statements(scored: ScoringResult, kind: str, *, audience: str = Audience.ASSESSORS) -> OpenStatements:
    """Return what the drafter of the submission `kind` has to decide before it is final.

    Raises:
        UnknownIdError: no such audience.
    """
    given = scored.paper_input(generated_at=_UNSAID, audience=audience)
    submission = Submission(given, kind, Translator("en"))
    return OpenStatements(
        unreported=len(submission.unreported),
        unproven=len(submission.unproven),
        long=tuple(one for one in submission.measure_lengths().values() if one.is_long),
    )


def fill(
    scored: ScoringResult,
    path: str | Path,
    *,
    language: str = "en",
    audience: str = Audience.ASSESSORS,
) -> FilledFile:
    """Return a country's own Excel or Word file with its placeholders filled, as bytes; the file itself is not touched.

    A placeholder is `{{R.10/10.7 explanation}}` or `{{R.10 rating}}`. In a workbook, empty cells are also filled if one
    column has full ids and others have headings of fatf-kit's templates.

    Raises:
        UnknownIdError: no such audience or language.
        WorkbookError: the file is not an Excel workbook or a Word document, or is not safe to open.

    >>> from fatf_kit import score
    >>> filled = fill(score("examples/ruritania/workbook"), "templates/fatf-2022-en.xlsx")
    >>> filled.places, filled.problems
    (2320, ())
    """
    given = scored.paper_input(generated_at=_UNSAID, language=language, audience=audience)
    return fill_file(Path(path), given, Translator(scored.national(language)))
