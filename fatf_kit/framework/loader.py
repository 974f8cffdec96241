"""Reading of the pages of an edition into one frozen Framework."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from fatf_kit.core.errors import FrameworkError, UnknownIdError
from fatf_kit.core.json_files import convert_value, fingerprint_files, load_json
from fatf_kit.core.languages import LANGUAGES
from fatf_kit.core.national_words import base_language, localise
from fatf_kit.core.overlays import find_translation, overlay
from fatf_kit.core.problems import CellRef, Problem, make_problem
from fatf_kit.core.resources import data_folder
from fatf_kit.framework import model as m
from fatf_kit.framework.page_rules import check_rules
from fatf_kit.framework.translations import check_texts

_FOLDERS = (
    ("recommendations", "recommendation.schema.json"),
    ("outcomes", "outcome.schema.json"),
    ("pending", "pending.schema.json"),
)
_COVER = "edition.schema.json"


def list_editions(folder: str | Path | None = None) -> tuple[str, ...]:
    """Return the ids of the editions in a folder, oldest first; of the bundled ones without a folder.

    >>> list_editions()[:2]
    ('fatf-2013', 'fatf-2022')
    """
    return _bundled(data_folder("frameworks")) if folder is None else _editions_in(Path(folder))


def _editions_in(folder: Path) -> tuple[str, ...]:
    return tuple(sorted(page.parent.name for page in folder.glob("*/edition.json")))


_bundled = cache(_editions_in)  # needed for every workbook, and the same as long as the program runs


@cache
def load_framework(edition: str, language: str = "en") -> m.Framework:
    """Return one bundled edition, its texts in English or in a working translation.

    `language` may have a country, as `add_country` returns it. Ids, weights, order and fingerprint are the same in
    every language.

    Raises:
        UnknownIdError: no such edition or language; the message names the known ones.
        FrameworkError: its files do not conform to their schema or contradict each other.

    >>> edition = load_framework("fatf-2022")
    >>> len(edition.recommendations), len(edition.outcomes)
    (40, 11)
    """
    if edition not in list_editions():
        raise UnknownIdError("'{found}' is not an edition. Allowed: {names}.", found=edition, names=list_editions())
    if base_language(language) not in LANGUAGES:
        raise UnknownIdError(
            "'{found}' is not a language of fatf-kit. Allowed: {names}.", found=language, names=LANGUAGES
        )
    folder = data_folder("frameworks") / edition
    framework, problems = read_framework(folder, language, is_proven=is_recorded(folder))
    if framework is None or problems:
        raise FrameworkError(
            "The edition {edition} has errors ({count}). The first: {problem} Run 'fatf-kit frameworks check' for "
            "all of them.",
            edition=edition,
            count=len(problems),
            problem=problems[0],
        )
    return framework


def read_framework(
    folder: Path, language: str = "en", *, is_proven: bool = False
) -> tuple[m.Framework | None, tuple[Problem, ...]]:
    """Read any edition from a folder, with every fault in it; None if the faults leave nothing to build.

    Translations are in the folder locale/ next to the edition. `proven` pages are known to conform to
    their schemas, which are not applied again.
    """
    folder = folder.resolve()
    faults: list[Problem] = []
    pages: dict[str, list[dict[str, Any]]] = {}
    for path in list_page_files(folder):
        schema = find_schema(path, folder)
        page, problems = _load(path, None if is_proven else schema, folder)
        faults += problems
        if page is None or problems:
            continue
        texts, problems = _load_texts(path, folder, language, None if is_proven else page)
        faults += problems
        if not problems:
            pages.setdefault(schema, []).append(overlay(page, localise(texts, language)))
    if faults:
        return None, tuple(faults)
    framework = _framework(pages, fingerprint_files(list_page_files(folder)))
    return framework, check_rules(framework, folder.name)


def is_recorded(folder: Path) -> bool:
    """Return whether the pages are exactly those of a recorded version, which the tests have checked."""
    record = folder.parent / "versions.json"
    recorded = load_json(record)[0] if record.is_file() else None
    versions = recorded.get(folder.name) if isinstance(recorded, dict) else None
    return isinstance(versions, dict) and fingerprint_files(list_page_files(folder)) in versions.values()


def _load_texts(path: Path, folder: Path, language: str, english: Any) -> tuple[Any, tuple[Problem, ...]]:
    """Return the translation of a page; none is no fault, because its texts then stay English.

    It is compared with its English page if one is given.
    """
    translation = find_translation(path, folder.parent, language)
    if not translation.is_file():
        return {}, ()
    name = translation.relative_to(folder.parent).as_posix()
    texts, problems = load_json(translation, None, name)
    if english is not None and not problems:
        problems = tuple(check_texts(texts, english, path, folder.parent, name))
    return texts, problems


def find_schema(page: Path, folder: Path) -> str:
    """Return the schema of an English page of an edition."""
    return dict(_FOLDERS).get(page.relative_to(folder).parts[0], _COVER)


def _load(path: Path, schema: str | None, folder: Path) -> tuple[Any, tuple[Problem, ...]]:
    name = f"{folder.name}/{path.relative_to(folder).as_posix()}"
    if not path.is_file():
        return None, (make_problem("file-missing", CellRef(file=name)),)
    return load_json(path, schema, name)


def list_page_files(folder: Path) -> list[Path]:
    """Return the English pages. The fingerprint leaves translations out: they do not change what is asked."""
    return [folder / "edition.json", *(page for name, _ in _FOLDERS for page in sorted((folder / name).glob("*.json")))]


def _framework(pages: dict[str, list[dict[str, Any]]], digest: str) -> m.Framework:
    """Return the pages, by schema, as one value; what they write in a short form is written out first."""
    cover = pages[_COVER][0]
    feeding = _load_feeding_tables(cover["id"])
    scales = {name: [{"label": one["code"], **one} for one in points] for name, points in cover["scales"].items()}
    units = {
        name: sorted(
            (_page(page, feeding) for page in pages.get(schema, ())), key=lambda page: parse_unit_number(page["id"])
        )
        for name, schema in _FOLDERS
    }
    return convert_value(
        {**cover, **units, "scales": scales, "digest": digest}, m.Framework, f"{cover['id']}/edition.json"
    )


def parse_unit_number(unit: str) -> int:
    """Return the number in a unit's id.

    >>> parse_unit_number("R.10"), parse_unit_number("IO.6")
    (10, 6)
    """
    return int(unit.partition(".")[2])


@cache
def _load_feeding_tables(edition: str) -> Mapping[str, tuple[str, ...]]:
    """Return the statistics tables that feed each core issue of an edition, in the order of the tables.

    The tables themselves name the core issues that they feed, and nothing else does.
    """
    folder = data_folder("frameworks") / "statistics"
    found: dict[str, tuple[str, ...]] = {}
    for name in load_json(folder.with_suffix(".json"))[0]["tables"]:
        for issue in load_json(folder / "tables" / f"{name}.json")[0]["feeds"].get(edition, ()):
            found[issue] = (*found.get(issue, ()), name)
    return found


def _page(page: dict[str, Any], feeding: Mapping[str, tuple[str, ...]]) -> dict[str, Any]:
    made = page | {key: list(map(_requirement, page[key])) for key in ("criteria", "core_issues") if key in page}
    for issue in made.get("core_issues", ()):
        issue["tables"] = feeding.get(issue["id"], ())
    return made


def _requirement(page: dict[str, Any]) -> dict[str, Any]:
    """Return a criterion, a part or a core issue with the fields of its type."""
    parts = list(map(_requirement, page.get("parts", ())))
    combine = _combination(page.get("combine", "all"), page["id"], [part["id"] for part in parts])
    weight = {"value": page["weight"], "reason": page.get("weight_reason")} if "weight" in page else {}
    return page | {
        "guidance": page,
        "parts": parts,
        "combine": combine,
        "weight": weight,
        "is_duty": page.get("duty", False),
    }


def _combination(written: str | dict[str, list[Any]], node: str, parts: list[str]) -> dict[str, Any]:
    """Return the combination of a node's parts.

    "all" and "any" are short for one level that has every part in order.
    """
    if isinstance(written, str):
        return {"how": written, "members": parts}
    ((how, members),) = written.items()
    tree = [f"{node}{one}" if isinstance(one, str) else _combination(one, node, parts) for one in members]
    return {"how": how, "members": tree}
