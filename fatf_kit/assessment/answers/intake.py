"""Filled workbooks are read from files and folders and become one set of answers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from operator import attrgetter
from pathlib import Path

from fatf_kit.assessment.answers.copies import (
    compare_copies,
    drop_superseded,
    merge_registers,
    order_copies,
    report_copies,
)
from fatf_kit.assessment.answers.folder_files import list_workbooks
from fatf_kit.assessment.answers.model import CopyDecision, ResponseSet
from fatf_kit.assessment.answers.parse import (
    identify_agency,
    list_registered_ids,
    merge_duplicates,
    parse_workbook,
)
from fatf_kit.assessment.folder.model import Agency
from fatf_kit.assessment.workbook.model import RawWorkbook
from fatf_kit.assessment.workbook.reader import read_workbook
from fatf_kit.core.files import list_paths, shown_name
from fatf_kit.core.languages import normalise
from fatf_kit.core.problems import CellRef, Problem, fold_conflicts, fold_repeated, make_problem, quote_found
from fatf_kit.core.processes import map_files
from fatf_kit.core.progress import ProgressCallback, with_progress
from fatf_kit.core.resources import CURRENT_EDITION
from fatf_kit.framework.loader import list_editions, load_framework
from fatf_kit.framework.model import Framework
from fatf_kit.spreadsheets.formats.limits import UNREADABLE
from fatf_kit.spreadsheets.ledger import CellCounts, add_counts, collect_counts


def read_responses(
    paths: str | Path | Iterable[str | Path],
    *,
    edition: str | None = None,
    agencies: Mapping[str, Agency] | None = None,
    copy_decisions: Collection[CopyDecision] = (),
    on_progress: ProgressCallback | None = None,
) -> tuple[Framework, ResponseSet, tuple[Problem, ...]]:
    """Return the answers in the workbooks, their edition, and every problem in the order of files and cells.

    Folders are searched for workbooks, whatever they are called, in the order of their names (`list_workbooks`). The
    edition is the one named, else that of the first stamp found, else the current one; workbooks of another edition are
    Problems and are not read further. One bad file never stops the others. `agencies` are the known agencies by id: a
    workbook without a stamp belongs to the agency on its cover. `copy_decisions` decide which of two files is valid.
    `on_progress` is called as files are read.

    Raises:
        UnknownIdError: `edition` names none.

    >>> framework, answers, problems = read_responses("examples/ruritania/workbook/ruritania-2022.xlsx")
    >>> framework.id, answers.country, len(answers.answers), len(problems)
    ('fatf-2022', 'Ruritania', 387, 2)
    """
    problems: list[Problem] = []
    files = list(list_workbooks(list_paths(paths), problems))
    load_framework(edition or CURRENT_EDITION)  # processes that are copies of this one need not load it again
    repeated = {name for name, count in Counter(map(shown_name, files)).items() if count > 1}
    read = partial(read_file, edition=edition, agencies=agencies or {}, repeated=repeated)
    found = dict(with_progress(map_files(read, files, _lost_file), len(files), on_progress))
    for number in range(len(files)):
        add_counts(found[number].counts)
    return _put_together([found[number] for number in range(len(files))], edition, problems, copy_decisions)


@dataclass(slots=True, kw_only=True)
class FileAnswers:
    """The answers of one file. `raw` is None where it cannot be read; `agency` is the one whose workbook it is.

    It is `parsed` where that depends on no other file, and `raw` then has no rows any more: nothing is kept twice.
    `registered` are the ids of its evidence, `counts` what became of its cells.
    """

    found: tuple[Problem, ...]
    raw: RawWorkbook | None = None
    agency: str | None = None
    registered: frozenset[str] = frozenset()
    parsed: tuple[ResponseSet, tuple[Problem, ...]] | None = None
    counts: tuple[CellCounts, ...] = ()


def read_file(
    path: Path, *, edition: str | None, agencies: Mapping[str, Agency], repeated: Collection[str]
) -> FileAnswers:
    """Read a workbook and parse its answers, unless its edition, its source or its evidence depends on other files.

    `repeated` are the names that several of the files have.
    """
    with collect_counts() as counts:
        raw, problems = read_workbook(path)
    if raw is None:
        return FileAnswers(found=fold_repeated(problems), counts=tuple(counts))
    agency = identify_agency(raw, agencies)
    file = FileAnswers(
        found=fold_repeated(problems),
        raw=raw,
        agency=agency,
        registered=frozenset(list_registered_ids(raw)),
        counts=tuple(counts),
    )
    made_for = raw.stamp.edition if raw.stamp else None
    if made_for not in list_editions() or edition not in (None, made_for) or (not agency and raw.file in repeated):
        return file
    parsed = parse_workbook(raw, load_framework(made_for), agency=agency, source=agency or raw.file)
    if not any(problem.code == "evidence-unknown" for problem in parsed[1]):
        file.parsed, file.raw = parsed, replace(raw, rows=(), evidence=())
    return file


def _lost_file(path: Path) -> FileAnswers:
    """Return the result for a file that ended the process that read it."""
    return FileAnswers(found=(make_problem("file-broken", CellRef(file=shown_name(path)), why=UNREADABLE),))


def _put_together(
    files: Sequence[FileAnswers],
    edition: str | None,
    problems: list[Problem],
    copy_decisions: Collection[CopyDecision],
) -> tuple[Framework, ResponseSet, tuple[Problem, ...]]:
    """Return what all files say together, in their order."""
    problems += (problem for file in files for problem in file.found)
    stamped = (file.raw.stamp.edition for file in files if file.raw and file.raw.stamp)
    first = next((one for one in stamped if one in list_editions()), CURRENT_EDITION)
    framework = load_framework(edition or first)
    used = list(_usable(files, framework, problems))
    sources = _sources(used)
    registered: dict[str, set[str]] = {}
    for source, (file, _) in zip(sources, used, strict=True):
        registered.setdefault(source, set()).update(file.registered)
    sets = []
    for source, (file, raw) in zip(sources, used, strict=True):
        responses, found = file.parsed or parse_workbook(
            raw, framework, agency=file.agency, source=source, elsewhere=registered[source]
        )
        sets.append(responses)
        problems += fold_repeated(found)
    merged, found = collect_responses(framework.id, sets, copy_decisions)
    return framework, merged, (*problems, *found)


def _usable(
    files: Sequence[FileAnswers], framework: Framework, problems: list[Problem]
) -> Iterator[tuple[FileAnswers, RawWorkbook]]:
    """Yield the files that are workbooks of this edition, or may be; what is odd about a stamp becomes a Problem."""
    for file in files:
        if file.raw is None:
            continue
        if (fault := _stamp_fault(file.raw, framework)) is not None:
            problems.append(fault)
        if fault is None or fault.code != "edition-other":
            yield file, file.raw


def _sources(files: Sequence[tuple[FileAnswers, RawWorkbook]]) -> list[str]:
    """Return the agency of each workbook, else its file's name; two different files of one name are kept apart."""
    named: dict[str, str] = {}
    sources = []
    for file, raw in files:
        same = file.agency or named.setdefault(raw.file, raw.sha256) == raw.sha256
        sources.append(file.agency or (raw.file if same else f"{raw.file} ({raw.sha256[:8]})"))
    return sources


def _stamp_fault(raw: RawWorkbook, framework: Framework) -> Problem | None:
    ref = CellRef(file=raw.file)
    if raw.stamp is None:
        return make_problem("stamp-missing", ref)
    if raw.stamp.edition != framework.id:
        return make_problem("edition-other", ref, **quote_found(raw.stamp.edition), wanted=framework.id)
    if raw.stamp.edition_digest != framework.digest:
        return make_problem("edition-digest", ref)
    return None


def collect_responses(
    edition: str, parts: Iterable[ResponseSet], copy_decisions: Collection[CopyDecision] = ()
) -> tuple[ResponseSet, tuple[Problem, ...]]:
    """Return one ResponseSet out of many, in the order given, and what does not fit together.

    A file sent twice is read once. Of two files of one agency that differ, the answers of the one that was saved last
    are used, and a Problem names the other; the stricter confidentiality of both is kept. A file that is not the
    agency's by `copy_decisions` is not used at all. Files of one source share a register. Country, cut-off date and
    contact come from the first cover that has them; `inputs` keep the contact of each file.
    """
    problems: list[Problem] = []
    seen: dict[str, str] = {}
    sets: list[ResponseSet] = []
    for part in parts:
        if twin := next((seen[i.sha256] for i in part.inputs if i.sha256 in seen), None):
            problems.append(make_problem("copy-same", CellRef(file=part.inputs[0].name), other=twin))
            continue
        seen |= {i.sha256: i.name for i in part.inputs}
        sets.append(part)
    inputs = tuple(given for part in sets for given in part.inputs)
    sets = order_copies(drop_superseded(sets, copy_decisions))
    copies = compare_copies(sets)
    evidence, found = merge_registers(sets, copies)
    problems += found
    answers = (answer for part in sets for answer in part.answers)
    merged, differing = merge_duplicates(answers, attrgetter("requirement", "agency"), "copies-differ")
    problems += fold_conflicts(report_copies(copies))
    problems += (problem for problem in differing if problem.code != "copies-differ")
    problems += _covers_differ(sets)
    return (
        ResponseSet(
            edition=edition,
            answers=tuple(merged.values()),
            evidence=evidence,
            inputs=inputs,
            country=next((part.country for part in sets if part.country), None),
            cut_off=next((part.cut_off for part in sets if part.cut_off), None),
            contact=next((part.contact for part in sets if part.contact), None),
            notices=tuple(dict.fromkeys(notice for part in sets for notice in part.notices)),
            copies=copies,
        ),
        tuple(problems),
    )


def _covers_differ(sets: Sequence[ResponseSet]) -> Iterator[Problem]:
    """Yield covers that name another country or cut-off date than the first one that has them, or another contact.

    Each agency has a contact of its own, so contacts are compared among the covers of one agency.
    """
    for key, code in (("country", "cover-differs"), ("cut_off", "cover-differs"), ("contact", "contact-differs")):
        first: dict[str | None, ResponseSet] = {}
        for part in sets:
            if not getattr(part, key):
                continue
            other = first.setdefault(_agency(part) if key == "contact" else None, part)
            if normalise(str(getattr(part, key))) != normalise(str(getattr(other, key))):
                yield make_problem(code, _cover_ref(part, key), other=_cover_ref(other, key))


def _agency(part: ResponseSet) -> str | None:
    """Return the agency of a file, by its cover where it is not a known one; None for a file of the whole country."""
    given = part.inputs[0]
    return given.agency or normalise(given.agency_on_cover or "") or None


def _cover_ref(part: ResponseSet, key: str) -> CellRef:
    return part.cover_refs.get(key) or CellRef(file=part.inputs[0].name)
