"""Rebuild an old result from its inputs, and name what moved where the rebuilt one differs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from fatf_kit.comparison.earlier_method import EARLIER_SCHEMA
from fatf_kit.core.errors import FatfKitError
from fatf_kit.core.files import list_paths, shown_name
from fatf_kit.core.progress import ProgressCallback
from fatf_kit.core.resources import tool_version
from fatf_kit.published.model import PUBLISHED_SCHEMA
from fatf_kit.report.formats.json import render_json
from fatf_kit.report.model import Report
from fatf_kit.workflows.published import score_published
from fatf_kit.workflows.results import RESULTS, find_report_folder, find_result_file, read_result
from fatf_kit.workflows.scoring import score
from fatf_kit.workflows.verify import (
    FINE,
    MatchState,
    VerifiedFile,
    VerifiedKind,
    choose_places,
    compare_origin,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplayedRating:
    """A rating that differs, worst and best, in the stored and in the rebuilt result; None where it is open."""

    unit: str
    before: tuple[str | None, str | None]
    after: tuple[str | None, str | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplayResult:
    """A stored result compared with the one rebuilt from its inputs.

    `is_same` says that both have the same bytes. `compared` are the inputs and rules as `verify` compares them,
    `versions` those of fatf-kit then and now, `parts` the keys of the JSON whose values differ, `ratings` the ratings
    that differ. `obstacle` says why the result could not be rebuilt, else it is None.
    """

    result: str
    generated_at: str
    is_same: bool
    versions: tuple[str, str]
    compared: tuple[VerifiedFile, ...]
    parts: tuple[str, ...] = ()
    ratings: tuple[ReplayedRating, ...] = ()
    obstacle: FatfKitError | None = None

    @property
    def moved(self) -> tuple[VerifiedFile, ...]:
        """The inputs and rules that are not as they were: changed, missing or new."""
        return tuple(one for one in self.compared if one.standing not in FINE)


def replay(
    result: str | Path,
    inputs: str | Path | Iterable[str | Path] = (),
    *,
    on_progress: ProgressCallback | None = None,
) -> ReplayResult:
    """Rebuild a result of `score` from its inputs and compare the bytes.

    `result` is the JSON, also one from history/, or a folder with it. `inputs` are the workbooks and a policy of the
    country's own, or the assessment folder; without any, the assessment folder around the result is read. The rebuilt
    result has the moment, the audience, the cut-off date and the policy of the stored one; its language changes
    nothing. Nothing is written. Adjustments that a program gave to `score` are not recorded and therefore not rebuilt.

    Raises:
        FatfKitError: the file is not a result of `score`, or one of the earlier method, which is not rebuilt.

    >>> from pathlib import Path
    >>> from tempfile import TemporaryDirectory
    >>> from fatf_kit import score, write_report
    >>> with TemporaryDirectory() as folder:
    ...     report = score("examples/ruritania/workbook").report(generated_at="2027-01-10")
    ...     _ = write_report(report, Path(folder), ["json"])
    ...     result = replay(f"{folder}/assessment.json", "examples/ruritania/workbook")
    >>> result.is_same, result.moved
    (True, ())
    """
    place, given = find_report_folder(Path(result)), list_paths(inputs)
    path = (find_result_file(place) if place.is_dir() else None) or place
    stored = read_result(path)
    if stored is None:
        raise FatfKitError(
            "{file} is not a result of 'fatf-kit score'. Choose a result ({names}), or a folder with one.",
            file=shown_name(place),
            names=RESULTS,
        )
    if stored["schema"] == EARLIER_SCHEMA:
        raise FatfKitError(
            "The result was calculated by the earlier method, which this version does not have. Run 'fatf-kit score' "
            "again and use 'fatf-kit compare'."
        )
    workbooks, home = choose_places(given, path)
    compared = compare_origin(stored, workbooks, home)
    made_from = stored["provenance"]
    facts: dict[str, Any] = {
        "result": shown_name(path),
        "generated_at": made_from["generated_at"],
        "versions": (made_from["tool"], tool_version()),
        "compared": compared,
    }
    try:
        rebuilt = _rebuild(stored, given, home, compared, on_progress)
    except FatfKitError as fault:
        return ReplayResult(is_same=False, obstacle=fault, **facts)
    keys = dict.fromkeys((*stored, *rebuilt.payload))
    return ReplayResult(
        is_same=render_json(rebuilt) == path.read_bytes(),
        parts=tuple(key for key in keys if stored.get(key) != rebuilt.payload.get(key)),
        ratings=tuple(_differing_ratings(stored, rebuilt.payload)),
        **facts,
    )


def _rebuild(
    stored: Mapping[str, Any],
    given: Sequence[Path],
    home: Path | None,
    compared: Sequence[VerifiedFile],
    on_progress: ProgressCallback | None,
) -> Report:
    """Return the report made again as the stored one was.

    Raises:
        FatfKitError: something that it needs is not here.
    """
    made_from = stored["provenance"]
    for one in compared:
        if one.kind is VerifiedKind.EDITION and one.standing is MatchState.MISSING:
            raise FatfKitError("The edition {edition} is not part of this version.", edition=one.name)
    moment = made_from["generated_at"]
    if stored["schema"] == PUBLISHED_SCHEMA:
        return score_published(stored["country"]["iso3"], report=stored["report"]["date"], generated_at=moment)[1]
    is_folder = made_from["folder"] is not None if "folder" in made_from else not given and home is not None
    if is_folder and home is None:
        raise FatfKitError("The assessment folder of the result was not found. Name it after the result.")
    if not is_folder and not given:
        raise FatfKitError("The workbooks of the result were not found. Name them after the result.")
    paths = [home] if is_folder and home else _sort_as_read(given, made_from["inputs"], compared)
    scored = score(
        paths,
        edition=made_from["edition"],
        cut_off=made_from["cut_off"],
        policy=_find_policy(made_from, compared),
        on_progress=on_progress,
    )
    if not scored.responses.inputs:
        raise FatfKitError("No workbook of the result could be read.")
    return scored.report(audience=made_from.get("audience", "assessors"), generated_at=moment)


def _find_policy(made_from: Mapping[str, Any], compared: Sequence[VerifiedFile]) -> str | Path:
    """Return the policy as `score` takes it. No file is opened because the result names it.

    Raises:
        FatfKitError: it was not found.
    """
    (policy,) = (one for one in compared if one.kind is VerifiedKind.POLICY)
    if policy.standing in {MatchState.MISSING, MatchState.UNKNOWN}:
        raise FatfKitError(
            "The scoring rules {policy} were not found. Name their file after the result.",
            policy=made_from.get("policy_file") or policy.name,
        )
    return policy.path or policy.name


def _sort_as_read(
    given: Sequence[Path], read: Sequence[Mapping[str, str]], compared: Sequence[VerifiedFile]
) -> list[Path]:
    """Return the paths without policies, files that are named one by one in the order of the stored result."""
    policies = {one.path for one in compared if one.kind is VerifiedKind.POLICY}
    places = [path for path in given if path not in policies and path.suffix.lower() != ".json"]
    order = {one["name"]: number for number, one in enumerate(read)}
    if all(path.is_file() for path in places):
        places.sort(key=lambda path: order.get(shown_name(path), len(order)))
    return places


def _differing_ratings(stored: Mapping[str, Any], rebuilt: Mapping[str, Any]) -> Iterator[ReplayedRating]:
    before, after = _ratings(stored), _ratings(rebuilt)
    for unit in dict.fromkeys((*before, *after)):
        was, is_now = (found.get(unit, (None, None)) for found in (before, after))
        if was != is_now:
            yield ReplayedRating(unit=unit, before=was, after=is_now)


def _ratings(result: Mapping[str, Any]) -> dict[str, tuple[str | None, str | None]]:
    """Return the ratings that count by unit, worst and best: decided ones before shown, or the published ones."""
    found = {}
    for unit in (*result["recommendations"], *result["outcomes"]):
        if "published" in unit and "shown" not in unit:
            found[unit["id"]] = (unit["published"], unit["published"])
        elif unit["decided"] is not None:
            found[unit["id"]] = (unit["decided"], unit["decided"])
        else:
            found[unit["id"]] = (unit["shown"]["worst"], unit["shown"]["best"])
    return found
