"""The public functions on the register of laws of an assessment folder, and its papers: concordance, annex and list."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import compress
from pathlib import Path

from fatf_kit.assessment.answers.audience import Audience, may_read, parse_audience
from fatf_kit.assessment.folder.folder import check_workspace, name_country
from fatf_kit.assessment.folder.kept_files import Draft, list_problems_of, rewrite_book
from fatf_kit.assessment.folder.model import LAWS, Workspace
from fatf_kit.core.dates import check_moment
from fatf_kit.core.errors import FatfKitError
from fatf_kit.core.json_files import make_json_value
from fatf_kit.core.messages import Translator
from fatf_kit.core.problems import Problem
from fatf_kit.core.progress import ProgressCallback
from fatf_kit.core.resources import tool_version
from fatf_kit.framework import load_framework
from fatf_kit.laws.book import render_register
from fatf_kit.laws.citations import ResolvedCitation
from fatf_kit.laws.concordance import build_concordance
from fatf_kit.laws.concordance_report import build_concordance_report
from fatf_kit.laws.folder_part import FolderLaws, find_laws
from fatf_kit.laws.instrument_list import LawImprint, build_annex
from fatf_kit.laws.lists_payload import make_instrument_list
from fatf_kit.laws.matching import CitationMatcher
from fatf_kit.laws.model import Instrument, LawRegister
from fatf_kit.laws.proposals import Proposals, propose_rows
from fatf_kit.laws.translations import list_wanted_languages
from fatf_kit.report.model import Report
from fatf_kit.scoring.report.notices import phrase_indicative_notice
from fatf_kit.workflows.folder_scoring import FolderScore
from fatf_kit.workflows.scoring import ScoringResult, score


@dataclass(frozen=True, slots=True, kw_only=True)
class LawReview:
    """An assessment folder scored, with its register of laws and every citation of its answers matched with that."""

    scored: ScoringResult
    folder: FolderScore
    laws: FolderLaws

    @property
    def register(self) -> LawRegister:
        """The register of laws; empty where the folder has no laws.xlsx."""
        return self.laws.register

    @property
    def matcher(self) -> CitationMatcher:
        """The matcher of citations with the register."""
        return self.laws.matcher

    @property
    def citations(self) -> tuple[ResolvedCitation, ...]:
        """Every citation in the answers, matched with the register."""
        return self.laws.citations


def review_laws(path: str | Path, *, on_progress: ProgressCallback | None = None) -> LawReview:
    """Read and score an assessment folder, and match what its answers cite with its register of laws.

    `on_progress` is called with the number of workbooks read and their total.

    Raises:
        FatfKitError: the folder is not an assessment folder, or cannot be used.

    >>> review = review_laws("examples/ruritania")
    >>> len(review.register.instruments), len(review.citations)
    (42, 633)
    """
    check_workspace(path)
    return review_scored_laws(score(path, on_progress=on_progress))


def review_scored_laws(scored: ScoringResult) -> LawReview:
    """Return the same for an assessment folder that was scored already.

    Raises:
        FatfKitError: workbooks without an assessment folder were scored.
    """
    if scored.folder is None:
        raise FatfKitError("A register of laws belongs to an assessment folder. Name the folder with assessment.xlsx.")
    return LawReview(scored=scored, folder=scored.folder, laws=find_laws(scored.folder))


@dataclass(frozen=True, slots=True, kw_only=True)
class LawProposals:
    """The rows proposed for the register of laws, and the workbook that was written.

    `path` is None where nothing was written: there was nothing new, or laws.xlsx has `problems` that would lose cells.
    """

    review: LawReview
    proposed: Proposals
    path: Path | None
    problems: tuple[Problem, ...]


def propose_laws(
    path: str | Path,
    *,
    today: date | None = None,
    moment: str = "",
    on_progress: ProgressCallback | None = None,
) -> LawProposals:
    """Add to laws.xlsx what the answers cite and the workbook lacks; every row is marked as proposed.

    Rows that are there stay, and the earlier file is kept in history/ under `moment`, a time in ISO 8601; by default
    the present one. `today` decides whether a new instrument is in force already. A workbook of which a cell cannot be
    read is not written. `on_progress` is called with the number of workbooks read and their total.

    Raises:
        FatfKitError: the folder is not an assessment folder, or a file cannot be written.

    >>> from datetime import date
    >>> from shutil import copytree
    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     proposals = propose_laws(copytree("examples/graustark", f"{folder}/graustark"), today=date(2027, 1, 10))
    >>> [(one.id, one.titles["en"]) for one in proposals.proposed.register.instruments]
    [('L-001', 'Financial Intelligence Act 2016')]
    """
    check_workspace(path)
    day = today or date.today()

    def read() -> Draft[tuple[LawReview, Proposals]]:
        review = review_laws(path, on_progress=on_progress)
        workspace = review.folder.workspace
        proposed = propose_rows(review.register, review.citations, workspace.settings.country, today=day)
        is_new = proposed.count > 0 or not (workspace.path / LAWS).is_file()
        content = render_laws(proposed.register, workspace) if is_new else None
        return Draft((review, proposed), content, list_problems_of(LAWS, review.scored.problems))

    written, draft, kept = rewrite_book(Path(path) / LAWS, read, "laws-kept", moment)
    review, proposed = draft.made
    return LawProposals(review=review, proposed=proposed, path=written, problems=(*draft.problems, *kept))


def render_laws(register: LawRegister, workspace: Workspace) -> bytes:
    """Return the workbook of a register in the language of an assessment folder."""
    settings = workspace.settings
    t = Translator(settings.main_language)
    return render_register(register, t, country=name_country(settings, t.language), notices=settings.notices)


def check_laws(
    path: str | Path, *, on_progress: ProgressCallback | None = None
) -> tuple[LawReview, tuple[Problem, ...]]:
    """Return the review of a folder's register of laws, and the problems that concern the register.

    Questions about citations in answers are among them, since they are decided in the register.

    Raises:
        FatfKitError: the folder is not an assessment folder, or cannot be used.

    >>> review, problems = check_laws("examples/ruritania")
    >>> len(review.register.instruments), sorted({str(problem.code) for problem in problems})[:2]
    (42, ['bills-overlap', 'law-date-differs'])
    """
    review = review_laws(path, on_progress=on_progress)
    problems = review.scored.problems
    codes = ("law-near", "law-date-differs")
    return review, tuple(one for one in problems if one.code in codes or list_problems_of(LAWS, [one]))


def law_concordance(
    review: LawReview, *, generated_at: str, language: str = "en", audience: str = Audience.ASSESSORS
) -> Report:
    """Return the concordance of the register with the Recommendations: page, sheets, CSV and JSON.

    It lists criteria without an article, provisions that serve nothing, what is to be translated first, and citations
    that are unclear or in conflict. `generated_at`, a date or a date and time in ISO 8601, is printed as given.
    Citations in answers above the audience's confidentiality are left out.

    Raises:
        UnknownIdError: no such language or audience.
        FatfKitError: `generated_at` is not a date.

    >>> from fatf_kit.workflows.laws import review_laws
    >>> review = review_laws("examples/ruritania")
    >>> law_concordance(review, generated_at="2026-11-28").document.title
    'Laws and Recommendations: concordance'
    """
    given = review.scored.paper_input(generated_at=generated_at, language=language, audience=audience)
    t, reader = Translator(review.scored.national(language)), parse_audience(audience)
    secret = {
        (answer.requirement, answer.agency)
        for one in review.scored.responses.answers
        for answer in (one.agency_answers or (one,))
        if not may_read(reader, answer.confidentiality)
    }
    is_secret = [(one.requirement, one.agency) in secret for one in review.citations]
    imprint = make_imprint(review, generated_at=generated_at, language=language)
    found = build_concordance(
        review.register,
        [one for one, hidden in zip(review.citations, is_secret, strict=True) if not hidden],
        given.framework,
        given.assessment,
        country=review.matcher.country,
        languages=imprint.languages,
        today=imprint.today,
        withheld=list(compress(review.citations, is_secret)),
    )
    imprint = replace(imprint, notices=(*imprint.notices, phrase_indicative_notice(t)))
    report = build_concordance_report(found, given.framework, imprint, t)
    return replace(report, document=replace(report.document, is_restricted=given.is_restricted))


def law_annex(review: LawReview, *, generated_at: str, language: str = "en") -> Report:
    """Return the numbered list of instruments for a submission, with the state of their translations.

    Only instruments that a person has checked are in it, and nothing of the self-assessment. Bills are listed apart.

    Raises:
        UnknownIdError: no such language.
        FatfKitError: `generated_at` is not a date.

    >>> from fatf_kit.workflows.laws import review_laws
    >>> review = review_laws("examples/ruritania")
    >>> law_annex(review, generated_at="2026-11-28").document.title
    'List of laws and other instruments'
    """
    imprint = make_imprint(review, generated_at=generated_at, language=language)
    return build_annex(review.register, imprint, Translator(review.scored.national(language)))


def law_list(
    review: LawReview, *, generated_at: str, kinds: Collection[str] = (), statuses: Collection[str] = ()
) -> Mapping[str, object]:
    """Return the instruments of some kinds and statuses as JSON (frameworks/schema/laws-list-1); of all without them.

    Raises:
        FatfKitError: `generated_at` is not a date.

    >>> from fatf_kit.workflows.laws import review_laws
    >>> review = review_laws("examples/ruritania")
    >>> law_list(review, generated_at="2026-11-28", statuses=["repealed"])["schema"]
    'fatf-kit/laws-list/1'
    """
    imprint = make_imprint(review, generated_at=generated_at)
    listed = select_instruments(review.register, kinds, statuses)
    document: dict[str, object] = make_json_value(
        make_instrument_list(review.register, listed, imprint.languages, imprint.today)
    )
    return document


def select_instruments(
    register: LawRegister, kinds: Collection[str] = (), statuses: Collection[str] = ()
) -> Sequence[Instrument]:
    """Return the instruments of a register that have one of some kinds and one of some statuses."""
    return [
        one
        for one in register.instruments
        if (not kinds or one.kind in kinds) and (not statuses or one.status in statuses)
    ]


def make_imprint(review: LawReview, *, generated_at: str, language: str = "en") -> LawImprint:
    """Return what every paper on the register of laws prints, in a language.

    Raises:
        UnknownIdError: no such language.
        FatfKitError: `generated_at` is not a date.
    """
    scored, workspace = review.scored, review.folder.workspace
    national = scored.national(language)
    languages = workspace.settings.languages
    return LawImprint(
        country=scored.country(national),
        edition=load_framework(scored.framework.id, national).full_title,
        generated_at=check_moment(generated_at),
        tool=tool_version(),
        main=languages[0],
        languages=list_wanted_languages(review.register, languages),
        notices=tuple(map(Translator(national), scored.responses.notices)),
        agencies={agency.id: agency.name(national) for agency in workspace.agencies},
    )
