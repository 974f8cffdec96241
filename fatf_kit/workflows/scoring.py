"""Read and score workbooks: ratings, their report and their explanation.

The modules that build reports are imported when a report is made, because `check` only reads and scores.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from fatf_kit.assessment.answers.audience import Audience, parse_audience
from fatf_kit.assessment.answers.conflicts import resolve_conflicts
from fatf_kit.assessment.answers.evidence import collect_evidence_facts
from fatf_kit.assessment.answers.evidence_facts import EvidenceFacts
from fatf_kit.assessment.answers.intake import read_responses
from fatf_kit.assessment.answers.model import ResponseSet
from fatf_kit.assessment.citations.checks import check_citations
from fatf_kit.assessment.folder.assignment import agencies_by_role, leads_of, requirements_by_agency
from fatf_kit.assessment.folder.folder import is_workspace, name_country
from fatf_kit.assessment.folder.model import RESPONSES, Assignment, Workspace
from fatf_kit.core.dates import check_moment, parse_day
from fatf_kit.core.errors import FatfKitError
from fatf_kit.core.files import list_paths, require_existing, shown_name
from fatf_kit.core.messages import Translator
from fatf_kit.core.national_words import add_country
from fatf_kit.core.problems import Problem
from fatf_kit.core.progress import ProgressCallback
from fatf_kit.core.resources import tool_version
from fatf_kit.evaluation_calendar.folder_settings import find_folder_schedule, read_plan_settings
from fatf_kit.evaluation_calendar.timetable import Schedule, schedule_assessment
from fatf_kit.folder.loops import add_findings
from fatf_kit.framework import Framework, find_unit, load_framework
from fatf_kit.framework.catalog import find_requirement, get_enclosing_id, get_unit_id
from fatf_kit.laws.folder_part import find_laws
from fatf_kit.laws.model import LawRegister
from fatf_kit.scoring import Assessment, assess, load_policy
from fatf_kit.scoring.checks import check_assessment, check_quality, consistency_notes
from fatf_kit.scoring.finding import Finding
from fatf_kit.scoring.findings import derive_findings
from fatf_kit.scoring.model import Adjustments
from fatf_kit.scoring.policy import DEFAULT_POLICY, Policy
from fatf_kit.scoring.sensitivity import OtherPolicy, compare_policies
from fatf_kit.spreadsheets.misdirected_workbooks import name_misdirected
from fatf_kit.statistics.core_issues import build_core_issue_facts
from fatf_kit.statistics.figures import Statistics
from fatf_kit.statistics.merge import rename_agencies
from fatf_kit.workflows.folder_scoring import FolderScore, score_folder
from fatf_kit.workflows.origin import describe_origin
from fatf_kit.workflows.secret_citations import remove_secret_citations

if TYPE_CHECKING:
    from fatf_kit.assessed.facts import FolderFacts
    from fatf_kit.outlook.referral import Facts
    from fatf_kit.papers.report_input import PaperInput
    from fatf_kit.report.model import Report
    from fatf_kit.scoring.report.explain import Explanation
    from fatf_kit.workflows.paper_basis import PaperBasis

UNADJUSTED = Adjustments()


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoringResult:
    """The result of reading and scoring workbooks.

    `findings` include those of features, such as the NPO sector, `answer_findings` do not; both are for assessors.
    `country_facts` are about the country, for the outlook; `proof` is the evidence on file that scoring used; `folder`
    is None unless an assessment folder was scored.
    """

    framework: Framework
    responses: ResponseSet
    policy: Policy
    assessment: Assessment
    findings: tuple[Finding, ...]
    answer_findings: tuple[Finding, ...]
    problems: tuple[Problem, ...]
    country_facts: Facts = field(default_factory=dict)
    proof: EvidenceFacts = field(default_factory=EvidenceFacts)
    folder: FolderScore | None = None
    sensitivity: tuple[OtherPolicy, ...] = ()
    _bases: dict[date, PaperBasis] = field(default_factory=dict, init=False, repr=False, compare=False)
    _read: dict[tuple[str, Audience], PaperInput] = field(default_factory=dict, init=False, repr=False, compare=False)

    def country(self, language: str = "en") -> str:
        """Return the country's name in the language: from the folder's settings, else from a cover; "" if unknown."""
        if self.workspace:
            return name_country(self.workspace.settings, language)
        return self.assessment.country or ""

    @property
    def iso3(self) -> str:
        """The country's ISO 3166 code: as the folder's settings give it, else by the English name on a cover."""
        if self.workspace:
            return self.workspace.settings.country
        from fatf_kit.published.jurisdiction_names import find_code

        return find_code(self.assessment.country or "") or ""

    @property
    def workspace(self) -> Workspace | None:
        """The assessment folder that was scored; None where workbooks were scored without one."""
        return self.folder.workspace if self.folder else None

    @property
    def schedule(self) -> Schedule | None:
        """The dates of the evaluation; None where they are not known or contradict each other."""
        cut_off = self.assessment.cut_off
        try:
            if self.workspace:
                return find_folder_schedule(self.workspace, cut_off)
            own = read_plan_settings([], None, self.iso3 or self.assessment.country)
            return schedule_assessment(self.framework.id, own, None, cut_off)
        except FatfKitError:
            return None

    def national(self, language: str) -> str:
        """Return the language as the country uses it."""
        return add_country(language, self.iso3)

    def report(
        self,
        *,
        generated_at: str,
        language: str = "en",
        audience: str = Audience.ASSESSORS,
        notices: Sequence[str] = (),
    ) -> Report:
        """Return the report in one language.

        `generated_at`, a date or a date and time in ISO 8601, is printed as given.

        Words of answers above the audience's confidentiality are left out. For the public, the list of cells is left
        out too.

        Raises:
            UnknownIdError: no such language or audience.
            FatfKitError: `generated_at` is not a date, or no workbook could be read.
        """
        from fatf_kit.papers.gap_report import build_report

        if not self.responses.inputs and self.folder is None:
            raise FatfKitError("No workbook could be read. {problems}", problems=self.problems)

        given = self.paper_input(generated_at=generated_at, language=language, audience=audience, notices=notices)
        fingerprints = self.folder.fingerprints if self.folder else None
        origin = describe_origin(self.framework.id, fingerprints, audience=given.audience)
        t, english = Translator(self.national(language)), self._list_findings(given.audience, "en")
        return build_report(given, self.framework, english, t, tool=tool_version(), origin=origin)

    def paper_input(
        self,
        *,
        generated_at: str,
        language: str = "en",
        audience: str = Audience.ASSESSORS,
        notices: Sequence[str] = (),
    ) -> PaperInput:
        """Return what an audience may read, in one language; every paper is built from it.

        Raises:
            UnknownIdError: no such language or audience.
            FatfKitError: `generated_at` is not a date.
        """
        bare = self._read_for(language, audience, generated_at=generated_at, notices=notices)
        basis = self._collect_basis(bare.today)
        return replace(bare, background=basis.background, plan=basis.plan, known_facts=basis.facts)

    def facts(self, day: date) -> FolderFacts:
        """Return every count, date and gap of the assessment on a day, from which all papers print.

        >>> score("examples/ruritania").facts(date(2026, 12, 1)).answers.answered
        309
        """
        return self._collect_basis(day).facts

    def _collect_basis(self, day: date) -> PaperBasis:
        """Collect what all papers of a day share; it is counted once for a day."""
        from fatf_kit.workflows.paper_basis import collect_basis

        if day not in self._bases:
            complete = self._read_for("en", Audience.ASSESSORS, generated_at=day.isoformat())
            self._bases[day] = collect_basis(self, complete)
        return self._bases[day]

    def _read_for(self, language: str, audience: str, *, generated_at: str, notices: Sequence[str] = ()) -> PaperInput:
        """Return the same without what all papers of a day share; it is collected once for a reader and language."""
        language, reader = self.national(language), parse_audience(audience)
        if (language, reader) not in self._read:
            self._read[language, reader] = self._collect_for(language, reader)
        shared = self._read[language, reader]
        return replace(shared, generated_at=check_moment(generated_at), notices=(*shared.notices, *notices))

    def _collect_for(self, language: str, reader: Audience) -> PaperInput:
        """Collect what a reader may read in a language of the country, for no day yet."""
        from fatf_kit.assessment.folder.agency_templates import get_return_terms
        from fatf_kit.mock_visit.model import Debrief
        from fatf_kit.papers.report_input import PaperInput

        folder, home = self.folder, self.workspace
        agencies, assignment = (home.agencies, home.assignment) if home else ((), Assignment())
        figures = folder[Statistics] if folder else None
        return PaperInput(
            framework=load_framework(self.framework.id, language),
            assessment=remove_secret_citations(self.assessment, self.responses, reader),
            findings=self._list_findings(reader, language),
            problems=self.problems if reader is not Audience.PUBLIC else (),
            policy=self.policy,
            generated_at="",
            notices=tuple(map(Translator(language), self.responses.notices)),
            sensitivity=self.sensitivity,
            country_facts=self.country_facts,
            statistics=figures and rename_agencies(figures, agencies, language),
            country=self.country(language),
            iso3=self.iso3,
            rehearsal=folder[Debrief] if folder else None,
            responses=self.responses,
            audience=reader,
            agencies={agency.id: agency.name(language) for agency in agencies},
            aliases={name: one.name(language) for one in agencies for name in one.names.values()},
            assigned=requirements_by_agency(self.framework, assignment),
            returns={one.id: get_return_terms(home, one) for one in agencies} if home else {},
            leads=leads_of(self.framework, assignment),
            bodies=agencies_by_role(agencies),
            laws=find_laws(folder).register if folder else LawRegister(),
            schedule=self.schedule,
        )

    def _list_findings(self, reader: Audience, language: str) -> tuple[Finding, ...]:
        """Return what an audience may read of the findings, those of the NPO sector with texts in a language."""
        found, framework = self.answer_findings, self.framework
        if reader is not Audience.ASSESSORS:
            found = derive_findings(framework, self.responses, self.assessment, self.policy, audience=reader)
        return add_findings(found, framework, self.folder, language=language)

    def explain(self, unit: str, *, language: str = "en") -> Explanation:
        """Return the trace of one rating in words: a Recommendation, an outcome, or one requirement within it.

        Raises:
            UnknownIdError: no such unit or requirement.
        """
        from fatf_kit.scoring.report.explain import explain_unit

        language = self.national(language)
        only = get_enclosing_id(find_requirement(self.framework, unit).id) if "/" in unit else ""
        key = get_unit_id(only) if only else find_unit(self.framework, unit).id
        return explain_unit(
            self.assessment.by_id[key],
            load_framework(self.framework.id, language),
            self.policy,
            consistency_notes(self.framework, self.assessment),
            Translator(language),
            only=only,
        )


def score(
    paths: str | Path | Iterable[str | Path],
    *,
    edition: str | None = None,
    cut_off: date | str | None = None,
    policy: str | Path | None = None,
    adjustments: Adjustments = UNADJUSTED,
    must_exist: bool = True,
    on_progress: ProgressCallback | None = None,
) -> ScoringResult:
    """Read filled workbooks, or folders of them, and calculate the indicative ratings.

    An assessment folder given alone is read by its settings: edition, cut-off date, policy, assignment, weights,
    sectors and decisions. Arguments have priority over them. Elsewhere no agency leads, so the lowest of several
    answers is used, and a Problem names each agency with another answer.

    `cut_off` is the last day on which a measure counts, as a date or as "2027-03-19"; None: as the settings or the
    covers say. `policy` is the id of a bundled policy or a file; `adjustments` are the weights, decisions and sectors
    a country has set. Without `must_exist` a path that does not exist is a Problem. `on_progress` is called with the
    number of workbooks read and their total.

    Raises:
        UnknownIdError: no such edition or policy.
        FatfKitError: a path does not exist, the policy does not conform to its schema or contradicts itself, an
            adjustment is not possible, or `cut_off` is not a date.

    >>> scored = score("examples/ruritania/workbook", cut_off="2027-03-19")
    >>> unit = scored.assessment.by_id["R.10"]
    >>> str(unit.claimed.worst), str(unit.shown.worst)
    ('LC', 'LC')
    """
    last_day = parse_day(cut_off) if isinstance(cut_off, str) else cut_off
    places = list_paths(paths)
    for place in places if must_exist else ():
        require_existing(place)
    if len(places) == 1 and is_workspace(places[0]):
        read = score_folder(
            places[0],
            edition=edition,
            cut_off=last_day,
            policy=policy,
            adjustments=adjustments if adjustments != UNADJUSTED else None,
            on_progress=on_progress,
        )
        problems = name_misdirected(read.problems, [read.workspace.path / RESPONSES])
        basis = (read.framework, read.responses, read.policy, read.assessment, read.proof)
        return _complete(*basis, read.adjustments, problems, read)
    rules = load_policy(policy or DEFAULT_POLICY)
    framework, responses, problems = read_responses(places, edition=edition, on_progress=on_progress)
    problems = name_misdirected(problems, places)
    agreement = resolve_conflicts(framework, responses.answers, Assignment())
    responses = replace(responses, answers=agreement.answers)
    figures = build_core_issue_facts(None, framework.id)
    proof = collect_evidence_facts(responses, core_issues=figures)
    assessment = assess(framework, responses, rules, facts=proof, cut_off=last_day, adjustments=adjustments)
    basis = (framework, responses, rules, assessment, proof)
    return _complete(*basis, adjustments, (*problems, *agreement.problems))


def score_answers(path: Path, on_progress: ProgressCallback | None = None) -> ScoringResult:
    """Return the same for one path, for those who cannot go on without a workbook.

    Raises:
        FatfKitError: no workbook could be read.
    """
    scored = score(path, on_progress=on_progress)
    if not scored.responses.inputs:
        raise FatfKitError(
            "No workbook could be read in {folder}. {problems}", folder=shown_name(path), problems=scored.problems
        )
    return scored


def _complete(
    framework: Framework,
    responses: ResponseSet,
    policy: Policy,
    assessment: Assessment,
    proof: EvidenceFacts,
    adjustments: Adjustments,
    problems: Iterable[Problem],
    folder: FolderScore | None = None,
) -> ScoringResult:
    """Return an assessment with its findings, its problems and the ratings under other policies."""
    found = derive_findings(framework, responses, assessment, policy)
    settings = folder.workspace.settings if folder else None
    parts = folder.parts.values() if folder else ()
    return ScoringResult(
        framework=framework,
        responses=responses,
        policy=policy,
        assessment=assessment,
        findings=add_findings(found, framework, folder),
        answer_findings=found,
        problems=(
            *problems,
            *check_assessment(assessment),
            *check_quality(responses, assessment),
            *check_citations(responses, settings.country if settings else None),
            *(problem for part in parts for problem in part.check(assessment)),
        ),
        sensitivity=compare_policies(
            framework,
            responses,
            assessment,
            proof=policy.proof,
            facts=proof,
            cut_off=assessment.cut_off,
            adjustments=adjustments,
        ),
        country_facts=settings.facts if settings else {},
        proof=proof,
        folder=folder,
    )


def explain(
    source: ScoringResult | str | Path,
    unit: str,
    *,
    edition: str | None = None,
    cut_off: date | str | None = None,
    policy: str | Path = DEFAULT_POLICY,
    language: str = "en",
) -> Explanation:
    """Return the trace of one rating in words that a person can follow and repeat by hand.

    `source` is the result of `score`, or a filled workbook or folder that is scored first with the other arguments;
    `unit` is like "R.10", "IO.3" or "R.10/10.7".

    Raises:
        UnknownIdError: no such unit, edition or policy.
        FatfKitError: the policy does not conform to its schema or contradicts itself, or `cut_off` is not a date.

    >>> explanation = explain("examples/ruritania/workbook", "R.36")
    >>> print(explanation.text.splitlines()[0])
    R.36 International instruments
    """
    if not isinstance(source, ScoringResult):
        source = score(source, edition=edition, cut_off=cut_off, policy=policy)
    return source.explain(unit, language=language)
