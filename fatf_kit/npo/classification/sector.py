"""From a register to the sector's result: counts only, no names."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from fatf_kit.core.local_names import LocalName, list_names
from fatf_kit.core.messages import Translator
from fatf_kit.core.problems import CellRef, Problem, make_problem
from fatf_kit.npo.classification import faults
from fatf_kit.npo.classification.completeness import measure_completeness
from fatf_kit.npo.classification.facts import Facts, read_facts
from fatf_kit.npo.classification.rated import can_show_subset, count_with_countries, make_view
from fatf_kit.npo.classification.screening import Exposures, describe_group, list_screened, screen, verdict_of
from fatf_kit.npo.classification.segments import count_beneficiaries, count_matrix, count_segments
from fatf_kit.npo.mapping.column_map import ColumnMap, check_mapping, load_mapping, map_by_name
from fatf_kit.npo.mapping.country_sheets import merge_mapping
from fatf_kit.npo.mapping.workbook import is_workbook, read_map_workbook
from fatf_kit.npo.measures.sector_rating import propose_rating
from fatf_kit.npo.method.load import Method, load_method
from fatf_kit.npo.method.scope import REASONS, limbs_without_column, scope_of
from fatf_kit.npo.method.settings import Settings
from fatf_kit.npo.model import (
    CodeCount,
    NationalFactor,
    OverrideCounts,
    QuestionRound,
    Reconciliation,
    RegisterSummary,
    ScreenedBody,
    SectorRating,
    SectorResult,
)
from fatf_kit.npo.questions.answers import Answers, merge_answers, read_answers
from fatf_kit.npo.register.engine import connect
from fatf_kit.npo.register.file import Register, open_register
from fatf_kit.npo.register.refusals import RegisterRefusedError, place_of
from fatf_kit.npo.register.settings_file import load_settings, national_titles, with_national_sheet
from fatf_kit.npo.scales import RiskClass, Scope, Status


@dataclass(frozen=True, slots=True, kw_only=True)
class MappedRegister:
    """A register with its mapping and what is wrong with them; nothing of its rows is read yet."""

    register: Register
    mapping: ColumnMap
    problems: tuple[Problem, ...]


class RegisteredBodies(NamedTuple):
    """How many registered bodies have one reason of scope and one status, and their hard triggers, proven or not."""

    reason: str
    status: str
    bodies: int
    triggers: int
    to_verify: int


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenClassification:
    """One classified register while its engine is open: the views that counts and working files come from.

    `exposures` are those of the bodies to ask first.
    """

    facts: Facts
    method: Method
    settings: Settings
    registered: tuple[RegisteredBodies, ...]
    rejected: tuple[CodeCount, ...]
    as_of: date
    exposures: Exposures
    question_rounds: tuple[QuestionRound, ...] = ()
    problems: tuple[Problem, ...] = ()

    def list_screened(self) -> tuple[ScreenedBody, ...]:
        """Return the bodies to ask first, in the order of asking."""
        return list_screened(self.facts, self.exposures)

    def count(self) -> SectorResult:
        """Return the sector as counts."""
        return _result(self)


def open_mapped(
    path: Path, folder: Path, mapping: Path | ColumnMap | None, method: Method, answers: Answers | None = None
) -> MappedRegister:
    """Open a register and match its columns; without a mapping by their names. Answers go before what it says.

    Raises:
        FatfKitError: the register or the mapping cannot be read.
    """
    flawed: tuple[Problem, ...] = ()
    if isinstance(mapping, Path) and is_workbook(mapping):
        given, flawed = read_map_workbook(mapping, method)
        if given is None:
            raise RegisterRefusedError(flawed)
    else:
        given = load_mapping(mapping, method) if isinstance(mapping, Path) else mapping
    how = given or ColumnMap(fields={})
    register = open_register(path, folder, encoding=how.encoding, delimiter=how.delimiter, sheet=how.sheet)
    chosen = given or map_by_name(register.header, method)
    checked = check_mapping(register.name, register.header, chosen, method)
    found = (*flawed, *checked)
    repeated = tuple(faults.problems_of_headings(register)) if found else ()
    if answers and not found:
        register, chosen = merge_answers(register, chosen, answers, method, folder)
    return MappedRegister(register=register, mapping=chosen, problems=(*repeated, *found))


def missing_fields(opened: MappedRegister, method: Method) -> tuple[str, ...]:
    """Return the fields without which no body of the register can be in scope: its number, and one for each limb."""
    header = opened.register.header
    has = frozenset(
        column
        for column, source in opened.mapping.fields.items()
        if source.constant is not None or any(heading in header for heading in source.every_heading)
    )
    required = [column.id for column in method.columns.values() if column.required and column.id not in has]
    return (*required, *limbs_without_column(method, has))


@contextmanager
def open_classification(
    path: Path,
    *,
    mapping: Path | ColumnMap | None = None,
    settings: Path | Settings | None = None,
    answers: Iterable[Path] = (),
    as_of: date,
    needs_scope: bool = False,
    language: str = "en",
) -> Iterator[OpenClassification]:
    """Classify a register; the working files can be written, in one language, while the context is open.

    `answers` are filled questionnaires: what they say of a body goes before what the register says. With `needs_scope`
    a register is refused in which no body can be in scope, because a limb has no column.

    Raises:
        RegisterRefusedError: it holds what is refused; the message says which column and why.
        FatfKitError: it cannot be read.
    """
    method = load_method()
    choices = settings if isinstance(settings, Settings) else load_settings(settings, method)
    with TemporaryDirectory(prefix="fatf-kit-npo-") as name:
        folder = Path(name)
        given = read_answers(answers, method)
        opened = open_mapped(path, folder, mapping, method, given)
        missing = missing_fields(opened, method) if needs_scope else ()
        if missing:
            where = CellRef(file=path.name)
            others = [problem for problem in opened.problems if problem.code != "npo-no-id"]
            unmapped = make_problem(
                "npo-unmapped",
                where,
                columns=list_names(LocalName.of(method.columns[column].name) for column in missing),
                register=path.name,
            )
            raise RegisterRefusedError((*others, unmapped))
        if opened.problems:
            raise RegisterRefusedError(opened.problems)
        choices = merge_mapping(choices, opened.mapping, mapping.name if isinstance(mapping, Path) else path.name)
        if set(national_titles()) & set(opened.register.sheets):
            choices = with_national_sheet(choices, path, method)
        engine = connect(folder)
        try:
            t = Translator(language)
            facts = read_facts(engine, opened.register, opened.mapping, method, choices, as_of, folder)
            make_view(facts, method, choices, t)
            registered = _count_registered(facts)
            rejected = faults.count_rejected(facts, sum(part.bodies for part in registered))
            yield OpenClassification(
                facts=facts,
                method=method,
                settings=choices,
                registered=registered,
                rejected=rejected,
                as_of=as_of,
                exposures=screen(facts, method, choices, as_of, t),
                question_rounds=given.question_rounds,
                problems=(*given.problems, *_unmatched_answers(facts, given)),
            )
        finally:
            engine.close()


def _result(run: OpenClassification) -> SectorResult:
    facts, method, settings, as_of = run.facts, run.method, run.settings, run.as_of
    classes, money, segments, groups = count_segments(facts)
    summary = _summary(facts, run.registered, run.rejected)
    overrides = _overrides(facts, settings)
    totals = reconcile(settings, summary.registered)
    matrix, weak = count_matrix(facts)
    group = describe_group(facts, run.exposures, method)
    # A proven trigger gives a class without any other fact, so it does not show that the register can be classified.
    verdict = verdict_of(summary, sum(map(sum, matrix)), method)
    share = classes.at_risk / classes.with_class if classes.with_class else None
    shows_subset = can_show_subset(facts, method)
    with_countries = count_with_countries(facts, method, settings)
    entered = {factor.id: factor for factor in settings.national}
    national = tuple(entered.get(f.id, NationalFactor(id=f.id, value=None)) for f in method.national)
    return SectorResult(
        register=summary,
        classes=classes,
        money=money,
        matrix=matrix,
        segments=segments,
        groups=groups,
        beneficiaries=count_beneficiaries(facts, method),
        completeness=measure_completeness(facts, method),
        national=national,
        sector=SectorRating(
            proposal=propose_rating(
                national,
                classes,
                money,
                verdict=verdict,
                group=group,
                candidates=summary.in_scope + summary.undetermined,
                method=method,
                shows_subset=shows_subset,
            ),
            decision=settings.decision,
            at_risk_prompt=share is not None and share > method.review_subset_above,
        ),
        investigate_outside=sum(part.triggers for part in run.registered if part.reason != "in"),
        weak_controls=weak,
        overrides=overrides,
        reconciliations=totals,
        problems=(
            *settings.problems,
            *faults.problems_of_rows(facts, summary.rejected, method),
            *faults.problems_of_cells(facts, method),
            *_not_given(facts, method, settings, summary, as_of),
            *_unnamed_countries(facts, summary, with_countries),
            *_unproven(facts, sum(part.to_verify for part in run.registered), method.faults_shown),
            *_unmatched(facts.register.name, overrides, totals),
            *run.problems,
        ),
        currency=settings.currency,
        as_of=as_of,
        method_id=method.id,
        method_digest=method.digest,
        notices=settings.notices,
        surveys=settings.surveys,
        verdict=verdict,
        group=group,
        question_rounds=run.question_rounds,
        shows_subset=shows_subset,
        with_countries=with_countries,
        stated=settings.stated,
    )


def _count_registered(facts: Facts) -> tuple[RegisteredBodies, ...]:
    rows = facts.engine.execute(
        "SELECT reason, coalesce(status, 'unknown'), count(*), count_if(is_trigger), count_if(is_to_verify) "
        "FROM rated GROUP BY ALL"
    ).fetchall()
    return tuple(RegisteredBodies(*row) for row in rows)


def _unnamed_countries(facts: Facts, summary: RegisterSummary, count: int | None) -> Iterator[Problem]:
    """That no countries of risk are named, where that is why bodies have no class."""
    if count is not None:
        where = CellRef(file=facts.register.name)
        yield make_problem("npo-countries-unnamed", where, count=count, total=summary.in_scope)


def _unproven(facts: Facts, count: int, shown: int) -> Iterator[Problem]:
    """Hard triggers without source, office and date: the first of them by line, and how many more."""
    lines = facts.engine.execute(f"SELECT line FROM rated WHERE is_to_verify ORDER BY line LIMIT {shown}").fetchall()
    for (line,) in lines:
        yield make_problem("npo-trigger-unproven", CellRef(file=facts.register.name, cell=place_of(line)))
    if count > shown:
        yield make_problem("npo-triggers-more", CellRef(file=facts.register.name), count=count - shown)


def _unmatched_answers(facts: Facts, answers: Answers) -> Iterator[Problem]:
    """Answers whose number no body of the register has."""
    if not answers.bodies:
        return
    ((found,),) = facts.engine.execute(
        "SELECT count(*) FROM rated WHERE id IN (SELECT unnest($ids::VARCHAR[]))", {"ids": list(answers.bodies)}
    ).fetchall()
    if unknown := len(answers.bodies) - found:
        yield make_problem("npo-answer-unmatched", CellRef(file=facts.register.name), count=unknown)


def _unmatched(register: str, overrides: OverrideCounts, totals: Iterable[Reconciliation]) -> Iterator[Problem]:
    """Classes set by hand that reach no body, and stated totals that differ from the sum of their parts."""
    where = CellRef(file=register)
    if overrides.unused:
        yield make_problem("npo-override-unused", where, count=overrides.unused)
    if overrides.on_triggers:
        yield make_problem("npo-override-trigger", where, count=overrides.on_triggers)
    for total in totals:
        if total.difference:
            yield make_problem("npo-total", where, what=total.what, stated=total.stated, summed=total.summed)


def reconcile(settings: Settings, registered: int) -> tuple[Reconciliation, ...]:
    """Return stated totals with the sums of their parts, or with the registered count.

    >>> from fatf_kit.npo.method.settings import StatedTotal
    >>> algeria = StatedTotal(what="Algeria 2025", stated=41807, parts=(20034, 9619, 8199, 3615, 335, 6))
    >>> reconcile(Settings(stated_totals=(algeria,)), 0)[0].difference
    1
    """
    return tuple(
        Reconciliation(what=total.what, stated=total.stated, summed=sum(total.parts) if total.parts else registered)
        for total in settings.stated_totals
    )


def _summary(
    facts: Facts, parts: Iterable[RegisteredBodies], rejected_reasons: tuple[CodeCount, ...]
) -> RegisterSummary:
    reasons, statuses = Counter[str](), Counter[str]()
    for part in parts:
        reasons[part.reason] += part.bodies
        statuses[part.status] += part.bodies
    registered = reasons.total()
    rejected = sum(part.count for part in rejected_reasons)
    known = set(statuses) - {Status.UNKNOWN}

    def counted(scope: Scope) -> tuple[CodeCount, ...]:
        return tuple(CodeCount(code=r, count=reasons[r]) for r in REASONS if r in reasons and scope_of(r) is scope)

    return RegisterSummary(
        name=facts.register.name,
        sha256=facts.register.sha256,
        lines=registered + rejected,
        rejected=rejected,
        blank=facts.register.rows.blank,
        rejected_reasons=rejected_reasons,
        registered=registered,
        active=statuses[Status.ACTIVE] if known else None,
        statuses=tuple(CodeCount(code=status, count=statuses[status]) for status in Status if status in statuses),
        in_scope=reasons["in"],
        out_of_scope=sum(item.count for item in counted(Scope.OUT)),
        undetermined=sum(item.count for item in counted(Scope.UNDETERMINED)),
        out_reasons=counted(Scope.OUT),
        undetermined_reasons=counted(Scope.UNDETERMINED),
    )


def _not_given(
    facts: Facts, method: Method, settings: Settings, summary: RegisterSummary, as_of: date
) -> Iterator[Problem]:
    """Yield a limb of the definition that no column tells, and places of the settings that no row names."""
    where = CellRef(file=facts.register.name)
    for column, reasons in limbs_without_column(method, frozenset(facts.columns)).items():
        count = sum(item.count for item in summary.undetermined_reasons if item.code in reasons)
        if count:
            yield make_problem("npo-scope-open", where, count=count, column=LocalName.of(method.columns[column].name))
    for place in settings.places_not_in(facts.fields.places_met, as_of)[: method.faults_shown]:
        yield make_problem("npo-place-unmet", where, found=place)


def _overrides(facts: Facts, settings: Settings) -> OverrideCounts:
    rows = facts.engine.execute(
        "SELECT own_class, override_class, is_trigger FROM rated WHERE is_in_scope AND override_class IS NOT NULL"
    ).fetchall()
    moves = [RiskClass(now).rank - RiskClass(own).rank if own else 0 for own, now, is_trigger in rows if not is_trigger]
    return OverrideCounts(
        up=sum(move > 0 for move in moves),
        down=sum(move < 0 for move in moves),
        same=sum(move == 0 for move in moves),
        unused=len({override.npo_id for override in settings.overrides}) - len(rows),
        on_triggers=sum(is_trigger for *_, is_trigger in rows),
    )
