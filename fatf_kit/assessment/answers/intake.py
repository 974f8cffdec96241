"""From files and folders to one set of answers: the only place of this room that touches the disk."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from fatf_kit.assessment.answers.collect import collect_responses
from fatf_kit.assessment.answers.folder_files import workbooks_in
from fatf_kit.assessment.answers.model import ResponseSet
from fatf_kit.assessment.answers.parse import agency_of, parse_workbook, registered_ids
from fatf_kit.assessment.folder.model import Agency
from fatf_kit.assessment.workbook.model import RawWorkbook
from fatf_kit.assessment.workbook.reader import read_workbook
from fatf_kit.core.files import shown_name
from fatf_kit.core.problems import CellRef, Problem, fold_repeated, make_problem, quote_found
from fatf_kit.core.progress import ProgressCallback, with_progress
from fatf_kit.core.resources import CURRENT_EDITION
from fatf_kit.framework.loader import list_editions, load_framework
from fatf_kit.framework.model import Framework
from fatf_kit.spreadsheets.formats.limits import UNREADABLE
from fatf_kit.spreadsheets.pool import map_files

Reading = tuple[RawWorkbook | None, tuple[Problem, ...]]
"""What `read_workbook` gives for one file."""


def read_responses(
    paths: Sequence[Path],
    *,
    edition: str | None = None,
    agencies: Mapping[str, Agency] | None = None,
    on_progress: ProgressCallback | None = None,
) -> tuple[Framework, ResponseSet, tuple[Problem, ...]]:
    """Everything the workbooks say, the edition they were made for, and every problem in the order of files and cells.

    Folders are searched for workbooks, whatever they are called, in the order of their names (`workbooks_in`). The
    edition is the one named, else that of the first stamp found, else the current one; workbooks of another edition are
    Problems and are not read further. One bad file never stops the others. `agencies` are those known, by id: a
    workbook without a stamp belongs to the one that its cover names. `told` is told how many files are read.

    Raises:
        UnknownIdError: `edition` names none.
    """
    problems: list[Problem] = []
    files = list(workbooks_in(paths, problems))
    intake = _Intake(edition, agencies or {}, Counter(map(shown_name, files)))
    books = dict(intake.taken(with_progress(map_files(read_workbook, files, _read_died), len(files), on_progress)))
    return intake.put_together([books[number] for number in range(len(files))], problems)


def _read_died(path: Path) -> Reading:
    """What is told of a file that ended the process that read it."""
    return None, (make_problem("file-broken", CellRef(file=shown_name(path)), why=UNREADABLE),)


@dataclass(slots=True)
class _Book:
    """A workbook on its way: as found, whose it is, and what it says as far as that can be known without the others.

    Once it is `parsed` for good, `raw` has no rows any more: no two stages hold everything at once.
    """

    raw: RawWorkbook | None
    found: tuple[Problem, ...]
    agency: str | None = None
    registered: frozenset[str] = frozenset()
    parsed: tuple[ResponseSet, tuple[Problem, ...]] | None = None


class _Intake:
    """Parses each workbook as soon as it is read, while the next ones still are, where that depends on no other."""

    def __init__(self, edition: str | None, agencies: Mapping[str, Agency], names: Mapping[str, int]) -> None:
        self._edition = edition
        self._agencies = agencies
        self._names = names

    def taken(self, readings: Iterable[tuple[int, Reading]]) -> Iterator[tuple[int, _Book]]:
        """Each workbook with its place."""
        for number, (raw, found) in readings:
            book = _Book(raw, fold_repeated(found))
            if raw is not None:
                book.agency = agency_of(raw, self._agencies)
                book.registered = frozenset(registered_ids(raw))
                self._parse_alone(book, raw)
            yield number, book

    def put_together(
        self, books: Sequence[_Book], problems: list[Problem]
    ) -> tuple[Framework, ResponseSet, tuple[Problem, ...]]:
        """Everything that the workbooks say, in their order."""
        for book in books:
            problems += book.found
        framework = self._framework_of(books)
        used = list(_usable(books, framework, problems))
        sources = _sources((raw, book.agency) for book, raw in used)
        registered: dict[str, set[str]] = {}
        for source, (book, _) in zip(sources, used, strict=True):
            registered.setdefault(source, set()).update(book.registered)
        sets = []
        for source, (book, raw) in zip(sources, used, strict=True):
            responses, found = book.parsed or parse_workbook(
                raw, framework, agency=book.agency, source=source, elsewhere=registered[source]
            )
            book.raw = book.parsed = None
            sets.append(responses)
            problems += fold_repeated(found)
        merged, found = collect_responses(framework.id, sets)
        return framework, merged, (*problems, *found)

    def _framework_of(self, books: Iterable[_Book]) -> Framework:
        stamps = (book.raw.stamp for book in books if book.raw and book.raw.stamp)
        stamped = (stamp.edition for stamp in stamps if stamp.edition in list_editions())
        return load_framework(self._edition or next(stamped, CURRENT_EDITION))

    def _parse_alone(self, book: _Book, raw: RawWorkbook) -> None:
        """Parse a workbook, unless its edition, its source or the evidence it names is for the others to tell."""
        made_for = raw.stamp.edition if raw.stamp else None
        if made_for not in list_editions() or self._edition not in (None, made_for):
            return
        if not book.agency and self._names[raw.file] > 1:
            return
        parsed = parse_workbook(raw, load_framework(made_for), agency=book.agency, source=book.agency or raw.file)
        if not any(problem.code == "evidence-unknown" for problem in parsed[1]):
            book.parsed = parsed
            book.raw = replace(raw, rows=(), evidence=())


def _usable(
    books: Iterable[_Book], framework: Framework, problems: list[Problem]
) -> Iterator[tuple[_Book, RawWorkbook]]:
    """Those that are workbooks of this edition, or may be; what is odd about a stamp becomes a Problem."""
    for book in books:
        if book.raw is None:
            continue
        if (fault := _stamp_fault(book.raw, framework)) is not None:
            problems.append(fault)
        if fault is None or fault.code != "edition-other":
            yield book, book.raw


def _sources(raws: Iterable[tuple[RawWorkbook, str | None]]) -> list[str]:
    """The agency of each workbook, else its file's name; two different files of one name are kept apart."""
    named: dict[str, str] = {}
    sources = []
    for raw, agency in raws:
        same = agency or named.setdefault(raw.file, raw.sha256) == raw.sha256
        sources.append(agency or (raw.file if same else f"{raw.file} ({raw.sha256[:8]})"))
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
