"""Check by fingerprint that a folder of reports and the files it was made from still match."""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from fatf_kit.assessment.answers.folder_files import WORKBOOK_SUFFIXES
from fatf_kit.assessment.folder.folder import find_workspace, is_workspace
from fatf_kit.assessment.folder.model import DECISIONS, LAWS, RESPONSES
from fatf_kit.comparison.compare import ASSESSMENT_SCHEMA
from fatf_kit.core.errors import FatfKitError, FrameworkError, UnknownIdError
from fatf_kit.core.files import is_litter, list_paths, shown_name
from fatf_kit.core.json_files import check_json, fingerprint_files, load_json
from fatf_kit.core.store import compute_fingerprint, read_written_files
from fatf_kit.framework.loader import load_framework
from fatf_kit.published.catalog import find_reports
from fatf_kit.published.history import complete_outcomes
from fatf_kit.published.model import PUBLISHED_SCHEMA, PublishedReport
from fatf_kit.scoring import load_policy, shipped_policies
from fatf_kit.workflows.origin import fingerprint_rules, read_fingerprints
from fatf_kit.workflows.results import PAGES, RESULTS, find_report_folder, find_result_file


class VerifiedKind(StrEnum):
    """The kind of thing compared.

    A file of the report, a workbook that was read, another file of the assessment folder, its decisions, the edition,
    the policy, or a file of rules of fatf-kit. A report on published ratings has no policy; its ratings are compared
    with the table of published ratings.
    """

    REPORT = "report"
    INPUT = "input"
    FOLDER = "folder"
    DECISIONS = "decisions"
    EDITION = "edition"
    POLICY = "policy"
    RULE = "rule"
    PUBLISHED = "published"


class MatchState(StrEnum):
    """The state of a compared thing.

    `renamed` is the same content under another name; `new` is a workbook next to the others that the report has not
    read; `unfinished` a report whose writing was interrupted; `unknown` what there is nothing to compare with.
    """

    SAME = "same"
    RENAMED = "renamed"
    CHANGED = "changed"
    MISSING = "missing"
    NEW = "new"
    UNFINISHED = "unfinished"
    UNKNOWN = "unknown"


FINE = frozenset({MatchState.SAME, MatchState.RENAMED})


@dataclass(frozen=True, slots=True)
class VerifiedFile:
    """One thing and what became of it. `fingerprint` is that of the report's day; empty where it had none.

    Published ratings have none: they are compared one by one. `path` is where the content was found, else None.
    """

    kind: VerifiedKind
    name: str
    standing: MatchState
    fingerprint: str = ""
    path: Path | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class VerificationResult:
    """Everything compared: report, inputs, assessment folder, edition, policy or published ratings, rules."""

    generated_at: str
    compared: tuple[VerifiedFile, ...]

    @property
    def holds(self) -> bool:
        """Whether the report and its inputs belong together: nothing changed, missing, new, unfinished or unknown."""
        return all(one.standing in FINE for one in self.compared)


def verify(folder: str | Path, inputs: str | Path | Iterable[str | Path] = ()) -> VerificationResult:
    """Compare a folder of reports with the fingerprints it was written with.

    `folder` holds the report, or is an assessment folder, whose reports/ is meant. `inputs` are the workbooks, or
    folders of them, or the assessment folder; without any, that around the report is taken. A country's own policy is
    searched for among them and in that folder, whose settings, figures and decisions are compared too. A report on
    published ratings was made from no workbook: its ratings are compared with the table of published ratings, and only
    workbooks that are given are listed, as new.

    Raises:
        FatfKitError: there is no report with an assessment.json, or it cannot be read.

    >>> from pathlib import Path
    >>> from tempfile import TemporaryDirectory
    >>> from fatf_kit import score, write_report
    >>> with TemporaryDirectory() as folder:
    ...     report = score("examples/ruritania/workbook").report(generated_at="2027-01-10")
    ...     _ = write_report(report, Path(folder), ["json"])
    ...     result = verify(folder, "examples/ruritania/workbook")
    >>> result.holds
    True
    """
    place = find_report_folder(Path(folder))
    result = _result(place)
    return VerificationResult(
        generated_at=result["provenance"]["generated_at"],
        compared=(*_report(place), *compare_origin(result, *choose_places(inputs, place))),
    )


def choose_places(inputs: str | Path | Iterable[str | Path], result: Path) -> tuple[list[Path], Path | None]:
    """Return the workbooks that are named, and the assessment folder: the one that is named, else that around a result.

    An assessment folder that is named alone is not a folder of workbooks, so that no workbooks are named then.
    """
    places = list_paths(inputs)
    if len(places) == 1 and is_workspace(places[0]):
        return [], places[0]
    return places, find_workspace(result)


def compare_origin(result: Mapping[str, Any], inputs: Sequence[Path], home: Path | None) -> tuple[VerifiedFile, ...]:
    """Compare a result with what it was made from: workbooks, assessment folder, edition, policy and rules.

    `inputs` are files or folders, `home` is the assessment folder around the result or None; then its files are not
    compared. A result of an earlier version has no fingerprints of the folder and the rules, so these are left out.
    """
    made_from, places = result["provenance"], list(inputs)
    edition = _edition(made_from)
    if result["schema"] == PUBLISHED_SCHEMA:
        return (*_inputs((), list(_workbooks(places))), edition, _published(result))
    if not places and home:
        places = [one for one in (home / RESPONSES, home / LAWS) if one.exists()]
    is_known = edition.standing is not MatchState.MISSING
    return (
        *_inputs(made_from["inputs"], list(_workbooks(places))),
        *(_folder(made_from, home) if home and is_known else ()),
        edition,
        _policy(made_from, list_own_policies([*places, *([home] if home else [])])),
        *(_rules(made_from) if is_known else ()),
    )


def _result(place: Path) -> Mapping[str, Any]:
    path = find_result_file(place) or place / RESULTS[0]
    try:
        found, problems = load_json(path)
    except OSError as fault:
        raise FatfKitError(
            "{folder} does not contain a readable {file}. Choose a folder that 'fatf-kit score' wrote with json "
            "among its formats.",
            folder=shown_name(place),
            file=path.name,
        ) from fault
    if not problems:
        schema = str(found.get("schema")) if isinstance(found, dict) else ""
        page = PAGES.get(schema, PAGES[ASSESSMENT_SCHEMA])
        problems = check_json(found, page, path.name)
    if problems:
        raise FatfKitError(
            "{file} in {folder} was not written by 'fatf-kit score': {problem}",
            file=path.name,
            folder=shown_name(place),
            problem=problems[0],
        )
    return dict(found)


def _report(place: Path) -> Iterator[VerifiedFile]:
    written = read_written_files(place)
    result = find_result_file(place)
    if result is not None and result.name not in written:
        yield VerifiedFile(VerifiedKind.REPORT, result.name, MatchState.UNKNOWN)
    for name, seals in sorted(written.items()):
        standing = _standing(place / name, seals)
        yield VerifiedFile(VerifiedKind.REPORT, name, standing, seals[-1] if seals else "")


def _standing(path: Path, seals: Sequence[str]) -> MatchState:
    try:
        if path.exists() and not path.is_file():  # a pipe or device, which might never end
            return MatchState.CHANGED
        found = compute_fingerprint(path.read_bytes())
    except OSError:
        return MatchState.MISSING
    if found not in seals:
        return MatchState.CHANGED
    return MatchState.SAME if len(seals) == 1 else MatchState.UNFINISHED


def _workbooks(places: Iterable[Path]) -> Iterator[tuple[str, str]]:
    """Names and fingerprints of the workbooks there are."""
    for place in places:
        inside = sorted(p for p in place.rglob("*") if p.is_file()) if place.is_dir() else [place]
        for path in inside:
            if path.suffix.lower() in WORKBOOK_SUFFIXES and not is_litter(path):
                with contextlib.suppress(OSError):
                    yield shown_name(path), hashlib.sha256(path.read_bytes()).hexdigest()


def _inputs(read: Sequence[Mapping[str, str]], there: Sequence[tuple[str, str]]) -> Iterator[VerifiedFile]:
    """Yield each workbook that was read, then those that have come since."""
    names = {name for name, _ in there}
    contents = {content for _, content in there}
    for one in read:
        name, content = one["name"], one["sha256"]
        if (name, content) in there:
            standing = MatchState.SAME
        elif content in contents:
            standing = MatchState.RENAMED
        else:
            standing = MatchState.CHANGED if name in names else MatchState.MISSING
        yield VerifiedFile(VerifiedKind.INPUT, name, standing, f"sha256:{content}")
    known = {one["sha256"] for one in read}
    listed = {one["name"] for one in read}
    for name, content in there:
        if content not in known and name not in listed:
            yield VerifiedFile(VerifiedKind.INPUT, name, MatchState.NEW, f"sha256:{content}")


def _edition(made_from: Mapping[str, str]) -> VerifiedFile:
    name, digest = made_from["edition"], made_from["edition_digest"]
    try:
        standing = MatchState.SAME if load_framework(name).digest == digest else MatchState.CHANGED
    except (UnknownIdError, FrameworkError):
        standing = MatchState.MISSING
    return VerifiedFile(VerifiedKind.EDITION, name, standing, digest)


def _folder(made_from: Mapping[str, Any], home: Path) -> Iterator[VerifiedFile]:
    """Yield the files of the assessment folder besides its workbooks, and its decisions."""
    if (known := made_from.get("folder")) is None:
        return
    now = read_fingerprints(home, made_from["edition"])
    yield from _named(VerifiedKind.FOLDER, known["files"], now.files)
    standing = MatchState.SAME if now.decisions == known["decisions"] else MatchState.CHANGED
    yield VerifiedFile(VerifiedKind.DECISIONS, DECISIONS, standing, known["decisions"])


def _rules(made_from: Mapping[str, Any]) -> Iterator[VerifiedFile]:
    """Yield each file of rules that is another one now; one line for all of them where none is."""
    if (known := made_from.get("rules")) is None:
        return
    files = _named(VerifiedKind.RULE, known, fingerprint_rules(made_from["edition"]))
    moved = [one for one in files if one.standing is not MatchState.SAME]
    yield from moved or (VerifiedFile(VerifiedKind.RULE, "frameworks/", MatchState.SAME),)


def _named(kind: VerifiedKind, known: Mapping[str, str], now: Mapping[str, str]) -> Iterator[VerifiedFile]:
    """Compare files by their names: first those of the report's day, then those that have come since."""
    for name, fingerprint in known.items():
        standing = MatchState.SAME if now.get(name) == fingerprint else MatchState.CHANGED
        yield VerifiedFile(kind, name, standing if name in now else MatchState.MISSING, fingerprint)
    for name in now:
        if name not in known:
            yield VerifiedFile(kind, name, MatchState.NEW, now[name])


def list_own_policies(places: Iterable[Path]) -> Iterator[tuple[Path, str]]:
    """Yield what may be a country's own policy, with its fingerprint: JSON files given, or in the folders given."""
    for place in places:
        for path in sorted(place.glob("*.json")) if place.is_dir() else [place]:
            if path.suffix.lower() == ".json" and path.is_file():
                yield path, fingerprint_files([path])


def _policy(made_from: Mapping[str, Any], own: Iterable[tuple[Path, str]]) -> VerifiedFile:
    """Compare the policy; one of the country's own is a file that has to be found by name or content."""
    name, digest = made_from["policy"], made_from["policy_digest"]
    path: Path | None = None
    if made_from["policy_own"]:
        there = list(own)
        path = next((file for file, content in there if content == digest), None)
        standing = MatchState.SAME if path else MatchState.UNKNOWN
        if path is None:
            path = next((file for file, _ in there if file.name == made_from.get("policy_file")), None)
            standing = MatchState.CHANGED if path else standing
    else:
        standing = MatchState.MISSING
        if name in shipped_policies():  # a result from elsewhere may name any file, and none is opened for it
            standing = MatchState.SAME if load_policy(name).digest == digest else MatchState.CHANGED
    return VerifiedFile(VerifiedKind.POLICY, name, standing, digest, path)


def _published(result: Mapping[str, Any]) -> VerifiedFile:
    """Return the ratings of a report on published ratings with those that the table now gives for the same report."""
    report, code = result["report"], result["country"]["iso3"]
    units = (*result["recommendations"], *result["outcomes"])
    printed = {unit["id"]: unit["published"] for unit in units}
    known = _in_table(code, report, result["provenance"]["edition"])
    there = [{unit: one.ratings.get(unit) for unit in printed} for one in known]
    standing = MatchState.SAME if printed in there else MatchState.CHANGED if there else MatchState.MISSING
    return VerifiedFile(VerifiedKind.PUBLISHED, f"{code} {report['type']} {report['date']}", standing)


def _in_table(code: str, report: Mapping[str, str], edition: str) -> Iterator[PublishedReport]:
    with contextlib.suppress(UnknownIdError):  # the jurisdiction may be gone from the table
        known, wanted = find_reports(code), (report["type"], report["date"], edition)
        for one in known:
            if (one.report_type, one.date, one.edition) == wanted:
                yield complete_outcomes(one, known)
