"""The verbs on a register: write a template, check, propose a mapping, classify and write the working files."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from fatf_kit.core.errors import FatfKitError
from fatf_kit.core.files import check_target, restrict_to_owner, write_file
from fatf_kit.core.messages import Translator
from fatf_kit.core.problems import Problem
from fatf_kit.core.progress import ProgressCallback, ignore_progress
from fatf_kit.npo.compare import Comparison, compare_years
from fatf_kit.npo.facts import connect
from fatf_kit.npo.map_workbook import MapSheet, map_workbook
from fatf_kit.npo.mapping import ColumnMap
from fatf_kit.npo.mapping_document import mapping_document
from fatf_kit.npo.measures_workbook import write_measures_workbook
from fatf_kit.npo.method import load_method
from fatf_kit.npo.model import SectorResult
from fatf_kit.npo.output import EXCEL_ROWS, classified_lines, write_csv, write_rejected, write_xlsx
from fatf_kit.npo.profile import profile_register
from fatf_kit.npo.propose import propose
from fatf_kit.npo.questionnaire import Selection, select, write_questionnaire
from fatf_kit.npo.register import RegisterRefusedError, open_register
from fatf_kit.npo.screening import ask_first_csv
from fatf_kit.npo.sector import classified, open_mapped
from fatf_kit.npo.settings import Settings, read_day
from fatf_kit.npo.template import write_register_template

FORMATS = ("csv", "xlsx")
REJECTED = "rejected.csv"
ASK_FIRST = "ask-first.csv"


@dataclass(frozen=True, slots=True, kw_only=True)
class NpoClassified:
    """What came out: the result as aggregates, and the working files, which name bodies by their number.

    `unused` are headings of the register that nothing was read from.
    """

    result: SectorResult
    files: tuple[Path, ...]
    unused: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """What was looked at: rows (None where the register is refused before any is read), headings used and not used."""

    rows: int | None
    used: tuple[str, ...]
    unused: tuple[str, ...]
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Mapped:
    """The workbook that was written, the rows and columns of the register, and for how many a field is proposed."""

    path: Path
    rows: int
    columns: int
    proposed: int


def npo_template(folder: str | Path, *, language: str = "en", force: bool = False) -> tuple[Path, ...]:
    """Write the blank register (a workbook, a CSV with its headings, the data dictionary) and that of the measures.

    Files that are there, perhaps filled in by now, are replaced by `force` only.

    Raises:
        UnknownIdError: no such language.
        FatfKitError: the folder cannot be written to, or a file is there already.
    """
    header = Path(folder) / "npo-register.csv"  # the same in every language, so a blank one may stand there already
    blank = not header.is_file() or header.read_bytes().count(b"\n") <= 1
    check_target(header, force=force or blank)
    for name in (f"npo-measures-{language}.xlsx", f"npo-register-{language}.xlsx"):
        check_target(Path(folder) / name, force=force)
    measures = write_measures_workbook(Path(folder) / f"npo-measures-{language}.xlsx", language)
    return (*write_register_template(Path(folder), load_method(), language), measures)


def npo_suggest_mapping(register: str | Path) -> dict[str, Any]:
    """A mapping to start from, as its JSON; a person who knows the register has to look through it.

    Raises:
        FatfKitError: the register cannot be read.
    """
    return mapping_document(_looked_at(Path(register)).proposed)


def npo_map(register: str | Path, output: str | Path, *, language: str = "en", force: bool = False) -> Mapped:
    """Write the workbook on which a regulator says which column of the register holds what, filled in as proposed.

    Raises:
        UnknownIdError: no such language.
        FatfKitError: the register cannot be read, or the workbook cannot be written or is there already.
    """
    check_target(Path(output), inputs=[Path(register)], force=force)
    seen = _looked_at(Path(register))
    path = write_file(Path(output), map_workbook(seen, load_method(), language))
    headings = {proposal.heading for proposal in seen.proposed.proposals}
    return Mapped(path=path, rows=seen.rows, columns=len(seen.profiles), proposed=len(headings))


def _looked_at(register: Path) -> MapSheet:
    """The register's columns with their profiles, and what is proposed for each."""
    method = load_method()
    with TemporaryDirectory(prefix="fatf-kit-npo-") as name:
        opened = open_register(register, Path(name))
        with connect(Path(name)) as engine:
            rows, profiles = profile_register(engine, opened, method)
    sheet = opened.sheets[0] if len(opened.sheets) > 1 else ""
    return MapSheet(name=register.name, rows=rows, profiles=profiles, proposed=propose(profiles, method), sheet=sheet)


def npo_check(
    register: str | Path, *, mapping: str | Path | None = None, settings: str | Path | None = None
) -> tuple[Problem, ...]:
    """Every problem in a register: what is refused, rows kept out, and values that cannot be read.

    Raises:
        FatfKitError: the register, the mapping or the settings cannot be read.
    """
    return look_through(register, mapping=mapping, settings=settings).problems


def look_through(
    register: str | Path, *, mapping: str | Path | None = None, settings: str | Path | None = None
) -> Checked:
    """The same with what was looked at.

    Raises:
        FatfKitError: the register, the mapping or the settings cannot be read.
    """
    with TemporaryDirectory(prefix="fatf-kit-npo-") as name:
        try:
            opened = open_mapped(Path(register), Path(name), _path(mapping), load_method())
        except RegisterRefusedError as fault:
            return Checked(rows=None, used=(), unused=(), problems=fault.problems)
    header = opened.register.header
    unused = opened.mapping.unused(header)
    used = tuple(heading for heading in header if heading not in unused)
    if opened.problems:
        return Checked(rows=None, used=used, unused=unused, problems=opened.problems)
    with classified(Path(register), mapping=_path(mapping), settings=_path(settings), as_of=date.today()) as made:
        result = made.count()
        return Checked(rows=result.register.lines, used=used, unused=unused, problems=result.problems)


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
    told: ProgressCallback | None = None,
) -> NpoClassified:
    """Classify a register and write `classified.csv` or `.xlsx`, and `rejected.csv` where rows were kept out.

    `ask-first.csv` lists the bodies without a class that have a known feature of exposure, in the order of asking.
    Working files name bodies by their number, so only their owner may read them. `answers` are filled questionnaires.
    `as_of` is the day on which ages and lists of places are judged, a date or "2026-03-31", today where it is None.
    `formula_safe` puts an
    apostrophe before register numbers that a spreadsheet would take for a formula. Working files that are there are
    replaced by `force` only, and the files that are read never. With `needs_scope` a register of which no body can be
    in scope, because no column is mapped to a limb of the definition, is refused and nothing is written. `told` is told
    how many stages are done: reading, then each working file.

    Raises:
        UnknownIdError: no such language.
        FatfKitError: something cannot be read or written, or the register holds what is refused.
    """
    t, folder = Translator(language), Path(output)
    if unknown := [name for name in formats if name not in FORMATS]:
        raise FatfKitError(f"{unknown[0]!r} is no format. Use one of: {', '.join(FORMATS)}.")
    given = [Path(path) for path in (register, mapping, settings, *answers) if isinstance(path, str | Path)]
    for name in (*(f"classified.{form}" for form in formats), REJECTED, ASK_FIRST):
        check_target(folder / name, inputs=given, force=force)
    tell, stages = told or ignore_progress, 1 + len(formats)
    tell(0, stages)
    with classified(
        Path(register),
        mapping=_path(mapping),
        settings=settings if isinstance(settings, Settings) else _path(settings),
        answers=[Path(path) for path in answers],
        as_of=read_day(as_of) if isinstance(as_of, str) else as_of or date.today(),
        needs_scope=needs_scope,
    ) as made:
        tell(1, stages)
        lines = classified_lines(made.facts, made.method, made.settings, t, safe=formula_safe)
        files = []
        with ThreadPoolExecutor(max_workers=1) as pool:  # the engine works outside Python's lock
            counting = pool.submit(made.count)
            if "csv" in formats:
                files.append(write_csv(made.facts, lines, folder / "classified.csv", when=counting.result))
            result = counting.result()
        tell(1 + len(files), stages)
        if "xlsx" in formats:
            if result.register.registered >= EXCEL_ROWS:
                raise FatfKitError(f"A sheet holds {EXCEL_ROWS - 1} rows, and the register has more. Use --format csv.")
            files.append(write_xlsx(made.facts, lines, folder / "classified.xlsx"))
        tell(stages, stages)
        if made.out.count:
            files.append(write_rejected(made.facts, folder / REJECTED))
        if group := made.screen():
            files.append(write_file(folder / ASK_FIRST, ask_first_csv(group, made.method, t)))
        for path in files:
            restrict_to_owner(path)
        unused = ColumnMap(fields=made.facts.cells.fields).unused(made.facts.register.header)
        return NpoClassified(result=result, files=tuple(files), unused=unused)


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
) -> tuple[Selection, tuple[Path, ...]]:
    """Write the questions to the bodies to ask first, one workbook for each language; says who is asked.

    Where the group is large, its bodies that no feature puts first are asked as a random sample: `sample` of them, or
    as many as the margin of the method needs; `everybody` asks all. The same `seed` draws the same bodies. Bodies with
    a class, also by earlier `answers`, are not asked again. No file is written where there is nobody to ask.

    Raises:
        UnknownIdError: no such language.
        FatfKitError: something cannot be read or written, or the register holds what is refused.
    """
    folder = Path(output)
    paths = {language: folder / f"npo-questionnaire-{language}.xlsx" for language in dict.fromkeys(languages)}
    for language, path in paths.items():
        Translator(language)
        check_target(path, force=force)
    with classified(
        Path(register),
        mapping=_path(mapping),
        settings=settings if isinstance(settings, Settings) else _path(settings),
        answers=[Path(path) for path in answers],
        as_of=read_day(as_of) if isinstance(as_of, str) else as_of or date.today(),
    ) as made:
        selection = select(made.screen(), made.method, sample=sample, everybody=everybody, seed=seed)
        if not selection.bodies:
            return selection, ()
        written = [write_questionnaire(path, selection, made.method, language) for language, path in paths.items()]
    for path in written:
        restrict_to_owner(path)
    return selection, tuple(written)


def npo_compare(before: str | Path, after: str | Path) -> Comparison:
    """Two `classified.csv` compared, the earlier one first: how many bodies moved between classes, and why.

    Raises:
        FatfKitError: a file cannot be read or is no such file.
    """
    return compare_years(Path(before), Path(after))


def _path(given: str | Path | None) -> Path | None:
    return Path(given) if given is not None else None
