"""Filled sheets of a rehearsal read back: every filled cell is used, or a Problem says that it is not.

Sheets are known by what is on them. Rows may be sorted, columns moved, files saved by any office program.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from fatf_kit.assessment.answers.folder_files import list_workbooks
from fatf_kit.core.problems import CellRef, Problem, make_problem
from fatf_kit.core.resources import CURRENT_EDITION
from fatf_kit.framework.loader import list_editions
from fatf_kit.mock_visit.filled import FilledFile, read_file
from fatf_kit.mock_visit.model import MockAnswer, MockSheets
from fatf_kit.spreadsheets.formats.guard import check_file


def read_sheets(paths: Iterable[Path]) -> tuple[MockSheets, tuple[Problem, ...]]:
    """Everything that was scored, and every problem in the order of files and cells.

    Folders are searched for workbooks. The edition is that of the first stamp; files of another edition are Problems
    and are left aside. Where two files score one question differently the first one stands.
    """
    problems: list[Problem] = []
    files = _read_files(paths, problems)
    edition = next((file.edition for file in files if file.edition in list_editions()), None)
    answers: dict[tuple[str, str], MockAnswer] = {}
    kept: list[FilledFile] = []
    for file in files:
        if file.edition and edition and file.edition != edition:
            facts = {"found": file.edition, "wanted": edition}
            problems.append(make_problem("edition-other", CellRef(file=file.book.file), **facts))
            continue
        kept.append(file)
        problems += _take(file.answers, answers)
    return (
        MockSheets(
            edition=edition or CURRENT_EDITION,
            answers=tuple(answers.values()),
            files=tuple((file.book.file, file.book.sha256) for file in kept),
            names={agency: names for file in reversed(kept) for agency, names in file.names.items()},
            officials={outcome: file.officials for file in kept if file.officials for outcome in file.outcomes},
            country=next((name for file in kept if (name := file.book.text("country"))), ""),
            notices=tuple(dict.fromkeys(notice for file in kept for notice in file.notices)),
        ),
        tuple(problems),
    )


def _read_files(paths: Iterable[Path], problems: list[Problem]) -> list[FilledFile]:
    """Files that are sheets of a rehearsal, each once."""
    seen: dict[str, str] = {}
    files: list[FilledFile] = []
    for path in list_workbooks(paths, problems):
        checked = check_file(path)
        if isinstance(checked, Problem):
            problems.append(checked)
        elif checked.sha256 in seen:
            problems.append(make_problem("copy-same", CellRef(file=checked.name), other=seen[checked.sha256]))
        else:
            seen[checked.sha256] = checked.name
            read = read_file(checked)
            if isinstance(read, Problem):
                problems.append(read)
            else:
                problems += read.problems
                files.append(read)
    return files


def _take(found: Iterable[MockAnswer], answers: dict[tuple[str, str], MockAnswer]) -> Iterator[Problem]:
    """Add the answers of one file; a scored one goes before a blank one, and before another only where it was first."""
    for answer in found:
        key = answer.id, answer.agency
        first = answers.get(key)
        if first is None or (first.score is None and not first.note):
            answers[key] = answer
        elif (answer.score, answer.note) not in ((first.score, first.note), (None, "")):
            same = first.ref is not None and answer.ref is not None and first.ref.file == answer.ref.file
            code = "id-duplicated" if same else "copies-differ"
            yield make_problem(code, answer.ref, answer.core_issue, other=str(first.ref))
