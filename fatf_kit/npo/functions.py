"""The public functions on the non-profit sector: template, check, mapping, classification, questionnaire, report."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from fatf_kit.assessment.answers.country_names import find_country
from fatf_kit.core.errors import FatfKitError
from fatf_kit.core.messages import Translator
from fatf_kit.core.national_words import add_country
from fatf_kit.core.problems import Problem
from fatf_kit.core.progress import ProgressCallback, ignore_progress
from fatf_kit.core.resources import tool_version
from fatf_kit.core.store import check_target, keep_private, protect_inputs, remove_output, undo_on_failure, write_output
from fatf_kit.npo.classification.compare import YearComparison, compare_years
from fatf_kit.npo.classification.output import (
    EXCEL_ROWS,
    classified_sql,
    unproven_sql,
    write_classified,
    write_rejected,
    write_xlsx,
)
from fatf_kit.npo.classification.screening import ASK_FIRST_SQL
from fatf_kit.npo.classification.sector import open_classification, open_mapped
from fatf_kit.npo.mapping.column_map import ColumnMap
from fatf_kit.npo.mapping.draft import MapSheet, map_workbook
from fatf_kit.npo.mapping.matching import propose_mapping
from fatf_kit.npo.mapping.profile import profile_register
from fatf_kit.npo.mapping.proposals import mapping_document
from fatf_kit.npo.measures.plans import load_plan_settings
from fatf_kit.npo.measures.proportionality import check_proportion
from fatf_kit.npo.measures.workbook import read_measures_workbook, write_measures_workbook
from fatf_kit.npo.method.load import load_method
from fatf_kit.npo.method.settings import Settings
from fatf_kit.npo.model import SectorResult
from fatf_kit.npo.questions.questionnaire import QuestionSelection, select_bodies, write_questionnaire
from fatf_kit.npo.register.engine import connect, write_csv
from fatf_kit.npo.register.file import open_register
from fatf_kit.npo.register.refusals import RegisterRefusedError
from fatf_kit.npo.register.settings_file import read_day
from fatf_kit.npo.register.template import write_register_template
from fatf_kit.npo.report import NpoInput, build_npo_report
from fatf_kit.npo.report.names import load_names
from fatf_kit.report.model import Report

FORMATS = ("csv", "xlsx")
REJECTED = "rejected.csv"
ASK_FIRST = "ask-first.csv"
TO_VERIFY = "to-verify.csv"
WORKING_FILES = frozenset({*(f"classified.{form}" for form in FORMATS), REJECTED, ASK_FIRST, TO_VERIFY})
"""The files that name bodies by their number, so only their owner may read them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NpoClassification:
    """A classified register: the result as aggregates, and the working files, which name bodies by their number.

    `unused` are headings of the register that nothing was read from.
    """

    result: SectorResult
    files: tuple[Path, ...]
    unused: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterCheck:
    """A checked register: its rows (None where it is refused before any is read), headings used and not used."""

    rows: int | None
    used: tuple[str, ...]
    unused: tuple[str, ...]
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MappingDraft:
    """A workbook for the mapping, the rows and columns of the register, and for how many a field is proposed."""

    path: Path
    rows: int
    columns: int
    proposed: int


def npo_template(folder: str | Path, *, language: str = "en", force: bool = False) -> tuple[Path, ...]:
    """Write the blank register (a workbook, a CSV with its headings, the data dictionary) and the workbook of measures.

    Existing files, which may be filled in, are replaced only with `force`.

    Raises:
        UnknownIdError: no such language.
        FatfKitError: the folder cannot be written to, or a file is there already.

    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     [path.name for path in npo_template(folder)]
    ['npo-register-en.xlsx', 'npo-register.csv', 'npo-register-dictionary-en.csv', 'npo-measures-en.xlsx']
    """
    header = Path(folder) / "npo-register.csv"  # the same in every language, so a blank one may stand there already
    blank = not header.is_file() or header.read_bytes().count(b"\n") <= 1
    check_target(header, force=force or blank)
    for name in (f"npo-measures-{language}.xlsx", f"npo-register-{language}.xlsx"):
        check_target(Path(folder) / name, force=force)
    with undo_on_failure():
        measures = write_measures_workbook(Path(folder) / f"npo-measures-{language}.xlsx", language)
        return (*write_register_template(Path(folder), load_method(), language), measures)


def npo_suggest_mapping(register: str | Path) -> dict[str, Any]:
    """Return a mapping to start from, as its JSON; a person who knows the register has to check it.

    Raises:
        FatfKitError: the register cannot be read.

    >>> sorted(npo_suggest_mapping("examples/npo/register.csv"))
    ['columns', 'ignored', 'schema']
    """
    return mapping_document(_looked_at(Path(register)).proposed)


def npo_map(register: str | Path, output: str | Path, *, language: str = "en", force: bool = False) -> MappingDraft:
    """Write the workbook that assigns the columns of a register to fields, filled in with a proposal.

    Raises:
        UnknownIdError: no such language.
        FatfKitError: the register cannot be read, or the workbook exists or cannot be written.

    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     draft = npo_map("examples/npo/register.csv", f"{folder}/map.xlsx")
    >>> draft.proposed, draft.columns
    (32, 32)
    """
    with protect_inputs([register]):
        check_target(Path(output), force=force)
    seen = _looked_at(Path(register))
    path = write_output(Path(output), map_workbook(seen, load_method(), language), force=force)
    headings = {proposal.heading for proposal in seen.proposed.proposals}
    return MappingDraft(path=path, rows=seen.rows, columns=len(seen.profiles), proposed=len(headings))


def _looked_at(register: Path) -> MapSheet:
    """Return the register's columns with their profiles, and what is proposed for each."""
    method = load_method()
    with TemporaryDirectory(prefix="fatf-kit-npo-") as name:
        opened = open_register(register, Path(name))
        with connect(Path(name)) as engine:
            rows, profiles = profile_register(engine, opened, method)
    sheet = opened.sheets[0] if len(opened.sheets) > 1 else ""
    return MapSheet(
        name=register.name, rows=rows, profiles=profiles, proposed=propose_mapping(profiles, method), sheet=sheet
    )


def npo_check(
    register: str | Path, *, mapping: str | Path | None = None, settings: str | Path | None = None
) -> tuple[Problem, ...]:
    """Return every problem in a register: refused columns, rejected rows, and values that cannot be read.

    Raises:
        FatfKitError: the register, the mapping or the settings cannot be read.

    >>> [problem.code for problem in npo_check("examples/npo/register.csv")][:2]
    []
    """
    return check_register(register, mapping=mapping, settings=settings).problems


def check_register(
    register: str | Path, *, mapping: str | Path | None = None, settings: str | Path | None = None
) -> RegisterCheck:
    """Check a register and return its problems with its rows and headings.

    Raises:
        FatfKitError: the register, the mapping or the settings cannot be read.
    """
    map_file, settings_file = (Path(file) if file else None for file in (mapping, settings))
    with TemporaryDirectory(prefix="fatf-kit-npo-") as name:
        try:
            opened = open_mapped(Path(register), Path(name), map_file, load_method())
        except RegisterRefusedError as fault:
            return RegisterCheck(rows=None, used=(), unused=(), problems=fault.problems)
    header = opened.register.header
    unused = opened.mapping.unused(header)
    used = tuple(heading for heading in header if heading not in unused)
    if opened.problems:
        return RegisterCheck(rows=None, used=used, unused=unused, problems=opened.problems)
    with open_classification(Path(register), mapping=map_file, settings=settings_file, as_of=date.today()) as made:
        result = made.count()
        return RegisterCheck(rows=result.register.lines, used=used, unused=unused, problems=result.problems)


def npo_classify(
    register: str | Path,
    output: str | Path,
    *,
    mapping: str | Path | None = None,
    settings: str | Path | Settings | None = None,
    formats: Sequence[str] = ("csv",),
    language: str = "en",
    answers: Sequence[str | Path] = (),
    as_of: date | str | None = None,
    formula_safe: bool = True,
    force: bool = False,
    needs_scope: bool = False,
    on_progress: ProgressCallback | None = None,
) -> NpoClassification:
    """Classify a register and write `classified.csv` or `.xlsx`, and `rejected.csv` if rows were rejected.

    `ask-first.csv` lists the bodies without a class that have a known feature of exposure, in the order of asking.
    `to-verify.csv` lists the bodies with a claimed link to terrorism without source, office or date.
    Working files name bodies by their number, so only their owner may read them. `answers` are filled questionnaires.
    `as_of` is the day for which ages and lists of places are evaluated, a date or "2026-03-31"; None: today.
    `formula_safe` writes an apostrophe before register numbers that a spreadsheet would read as a formula. Working
    files of an earlier run are replaced, or removed if this one has none; files that a person wrote or changed are
    replaced only with `force`, and input files never. With `needs_scope` a register is refused, and
    nothing is written, if no body can be in scope because no column is mapped to a limb of the definition.
    `on_progress` receives how many stages are done: reading, then each working file.

    Raises:
        UnknownIdError: no such language.
        FatfKitError: something cannot be read or written, or the register holds what is refused.

    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     classified = npo_classify("examples/npo/register.csv", folder, as_of="2026-11-01")
    >>> classified.result.register.lines, classified.result.register.in_scope
    (2000, 1070)
    """
    t, folder = Translator(language), Path(output)
    if unknown := [name for name in formats if name not in FORMATS]:
        raise FatfKitError("'{found}' is not a format. Allowed: {names}.", found=unknown[0], names=FORMATS)
    with protect_inputs(path for path in (register, mapping, settings, *answers) if isinstance(path, str | Path)):
        for name in (*(f"classified.{form}" for form in formats), REJECTED, ASK_FIRST, TO_VERIFY):
            check_target(folder / name, force=force)
    tell, stages = on_progress or ignore_progress, 1 + len(formats)
    tell(0, stages)
    with open_classification(
        Path(register),
        mapping=Path(mapping) if mapping else None,
        settings=Path(settings) if isinstance(settings, str) else settings,
        answers=[Path(path) for path in answers],
        as_of=read_day(as_of) if isinstance(as_of, str) else as_of or date.today(),
        needs_scope=needs_scope,
        language=language,
    ) as made:
        tell(1, stages)
        query = classified_sql(made.facts, made.method, t, safe=formula_safe)
        result = made.count()
        if "xlsx" in formats and result.register.registered >= EXCEL_ROWS:
            raise FatfKitError(
                "A sheet contains at most {limit} rows, and the register has more. Use --format csv.",
                limit=f"{EXCEL_ROWS - 1:,}",
            )
        writers: dict[str, Callable[[Path], Path]] = {}
        if "csv" in formats:
            writers["classified.csv"] = partial(write_classified, made.facts, query)
        if "xlsx" in formats:
            writers["classified.xlsx"] = partial(write_xlsx, made.facts, query)
        if result.register.rejected:
            writers[REJECTED] = partial(write_rejected, made.facts)
        if result.group.bodies:
            writers[ASK_FIRST] = partial(write_csv, made.facts.engine, ASK_FIRST_SQL)
        if any(part.to_verify for part in made.registered):
            unproven = unproven_sql(made.facts, made.method, safe=formula_safe)
            writers[TO_VERIFY] = partial(write_csv, made.facts.engine, unproven)
        files = []
        with keep_private(), undo_on_failure():
            for name, write in writers.items():
                files.append(write(folder / name))
                tell(min(1 + len(files), stages), stages)
        tell(stages, stages)
        for name in {REJECTED, ASK_FIRST, TO_VERIFY} - set(writers):  # of an earlier run, perhaps of another register
            remove_output(folder / name)
        unused = ColumnMap(fields=made.facts.fields.fields).unused(made.facts.register.header)
        return NpoClassification(result=result, files=tuple(files), unused=unused)


def npo_questionnaire(
    register: str | Path,
    output: str | Path,
    *,
    mapping: str | Path | None = None,
    settings: str | Path | Settings | None = None,
    answers: Sequence[str | Path] = (),
    languages: Sequence[str] = ("en",),
    sample: int | None = None,
    everybody: bool = False,
    seed: int | None = None,
    as_of: date | str | None = None,
    force: bool = False,
) -> tuple[QuestionSelection, tuple[Path, ...]]:
    """Write the questions to the bodies to ask first, a workbook for each language, and return those bodies.

    If the group is large, the bodies without a feature of priority are asked as a random sample: `sample` is its size,
    by default what the margin of the method needs; `everybody` asks all. The same `seed` draws the same bodies. Bodies
    with a class, also by earlier `answers`, are not asked again. No file is written if no body is to be asked.

    Raises:
        UnknownIdError: no such language.
        FatfKitError: something cannot be read or written, or the register holds what is refused.

    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     target = f"{folder}/questions.xlsx"
    ...     selection, paths = npo_questionnaire("examples/npo/register.csv", target, sample=20, seed=1)
    >>> selection.drawn, [path.name for path in paths]
    (20, ['npo-questionnaire-en.xlsx'])
    """
    folder = Path(output)
    paths = {language: folder / f"npo-questionnaire-{language}.xlsx" for language in dict.fromkeys(languages)}
    for language, path in paths.items():
        Translator(language)
        check_target(path, force=force)
    with open_classification(
        Path(register),
        mapping=Path(mapping) if mapping else None,
        settings=Path(settings) if isinstance(settings, str) else settings,
        answers=[Path(path) for path in answers],
        as_of=read_day(as_of) if isinstance(as_of, str) else as_of or date.today(),
    ) as made:
        selection = select_bodies(made.list_screened(), made.method, sample=sample, everybody=everybody, seed=seed)
        if not selection.bodies:
            return selection, ()
        with keep_private(), undo_on_failure():
            written = [write_questionnaire(path, selection, made.method, language) for language, path in paths.items()]
    return selection, tuple(written)


def npo_report(
    sector: SectorResult,
    *,
    measures: str | Path | None = None,
    capacity: float | None = None,
    country: str = "",
    generated_at: str,
    language: str = "en",
    notices: Sequence[str] = (),
    public: bool = False,
) -> tuple[Report, tuple[Problem, ...]]:
    """Return the report on the NPO sector, aggregates only, and the problems in the workbook of the country's measures.

    `capacity` is the number of inspection days a year; by default that of the bundled settings. `public` hides small
    counts and figures that would reveal them; without it the report is internal and shows every count. A decision on
    the sector's rating in the settings has priority over one in the workbook.

    Raises:
        UnknownIdError: no such language.

    >>> from tempfile import TemporaryDirectory
    >>> from fatf_kit import npo_classify
    >>> with TemporaryDirectory() as folder:
    ...     sector = npo_classify("examples/npo/register.csv", folder, as_of="2026-11-01").result
    >>> report, problems = npo_report(sector, generated_at="2026-11-01", public=True)
    >>> report.document.title, problems
    ('The non-profit sector and terrorist financing', ())
    """
    language = add_country(language, find_country(country))
    national, problems = read_measures_workbook(Path(measures)) if measures is not None else (None, ())
    if national is not None and national.decision is not None and sector.sector.decision is None:
        sector = replace(sector, sector=replace(sector.sector, decision=national.decision))
    judged = check_proportion(national, sector, as_of=sector.as_of)
    given = NpoInput(
        sector=sector,
        judged=judged,
        national=national,
        settings=load_plan_settings(language).with_capacity(capacity),
        country=country,
        generated_at=generated_at,
        notices=(*sector.notices, *notices),
        public=public,
    )
    made = build_npo_report(given, load_names(language), Translator(language), tool=tool_version())
    return made, (*problems, *judged.problems)


def npo_compare(before: str | Path, after: str | Path) -> YearComparison:
    """Compare two `classified.csv`, the earlier one first: how many bodies moved between classes, and why.

    Raises:
        FatfKitError: a file cannot be read or is not a classified.csv.

    >>> from tempfile import TemporaryDirectory
    >>> from fatf_kit import npo_classify
    >>> with TemporaryDirectory() as folder:
    ...     for year in ("2025", "2026"):
    ...         _ = npo_classify("examples/npo/register.csv", f"{folder}/{year}", as_of=f"{year}-11-01")
    ...     found = npo_compare(f"{folder}/2025/classified.csv", f"{folder}/2026/classified.csv")
    >>> found.both, found.came, found.moves["unrated", "high"]
    (2000, 0, 5)
    """
    return compare_years(Path(before), Path(after))
