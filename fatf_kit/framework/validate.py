"""Every fault in the data that is shipped or handed over: an edition with its translations, and the shared lists."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from fatf_kit.core.json_files import load_json
from fatf_kit.core.problems import CellRef, Problem, make_problem
from fatf_kit.core.resources import data_folder
from fatf_kit.framework.catalog import index_requirements
from fatf_kit.framework.loader import find_schema, list_editions, list_page_files, misfitting, read_framework
from fatf_kit.framework.model import Framework

_BY_FOLDER = {
    "workbook": "workbook-words.schema.json",
    "policies": "policy.schema.json",
    "locale": "vocabulary.schema.json",
}
"""Schemas of files that do not bear the name of theirs."""


def check_edition(folder: Path) -> tuple[Problem, ...]:
    """Every fault in an edition: its pages, their references, its folder, its predecessor and its translations."""
    framework, faults = read_framework(folder)
    found = [*faults, *_check_translations(folder)]
    if framework is not None:
        found += [
            make_problem("data-rule", CellRef(file=folder.name, cell=where), why=why, step=step)
            for where, why, step in (*_check_folder(framework, folder), *_check_predecessor(framework, folder))
        ]
    return tuple(found)


def _check_folder(framework: Framework, folder: Path) -> Iterator[tuple[str, str, str]]:
    name = folder.resolve().name
    if framework.id != name:
        yield "edition.json", f"the id {framework.id!r} is not the name of the folder {name!r}", "Rename one of them."


def _check_predecessor(framework: Framework, folder: Path) -> Iterator[tuple[str, str, str]]:
    """The edition before this one exists, beside it or in the box, and so does each requirement that is named of it."""
    criteria = [criterion for recommendation in framework.recommendations for criterion in recommendation.criteria]
    if framework.predecessor is None:
        for criterion in criteria:
            if criterion.predecessors:
                yield criterion.id, "it has predecessors, but its edition has none", "Name the edition in edition.json."
        return
    homes = [folder.resolve().parent, data_folder("frameworks")]
    home = next((base / framework.predecessor for base in homes if framework.predecessor in list_editions(base)), None)
    if home is None or framework.predecessor == framework.id:
        known = ", ".join(name for name in list_editions() if name != framework.id)
        yield (
            "edition.json",
            f"there is no other edition {framework.predecessor!r} to follow on",
            f"Use one of: {known}.",
        )
        return
    before, _ = read_framework(home)
    known_ids = index_requirements(before) if before else {}
    for criterion in criteria:
        for old in criterion.predecessors:
            if old not in known_ids:
                yield criterion.id, f"{old!r} is no requirement of {framework.predecessor}", "Correct 'predecessors'."


def _check_translations(folder: Path) -> Iterator[Problem]:
    """Pages of translations that cannot be read, have no English page, or speak of what the English does not have."""
    english = {page.relative_to(folder): page for page in list_page_files(folder)}
    for path in sorted((folder / "locale").glob("*/**/*.json")):
        where = path.relative_to(folder)
        name = f"{folder.name}/{where.as_posix()}"
        page = english.get(Path(*where.parts[2:]))
        if page is None:
            step = "Remove it, or give it the name of an English page."
            yield make_problem("data-rule", CellRef(file=name), why="there is no English page of that name", step=step)
            continue
        texts, problems = load_json(path, None, name)
        source, faults = load_json(page, find_schema(page, folder))
        if problems or faults:  # those of the English page have been told
            yield from problems
            continue
        yield from misfitting(texts, source, name)


def list_shared_files(base: Path | None = None) -> tuple[Path, ...]:
    """Every data file that belongs to no edition and is no schema, in order of names."""
    folder = base or data_folder("frameworks")
    apart = {"schema", *list_editions(folder)}
    return tuple(path for path in sorted(folder.rglob("*.json")) if path.relative_to(folder).parts[0] not in apart)


def check_lists(base: Path | None = None) -> tuple[Problem, ...]:
    """Every fault in the lists that all editions share, each held to its schema.

    A file's schema is the one it names, else that of its folder, else the one of its own name.
    """
    folder = base or data_folder("frameworks")
    return tuple(problem for path in list_shared_files(folder) for problem in _check_list(path, folder))


def _check_list(path: Path, folder: Path) -> tuple[Problem, ...]:
    name = path.relative_to(folder).as_posix()
    data, problems = load_json(path, None, name)
    if problems:
        return problems
    whole = json.loads(path.read_text(encoding="utf-8-sig"))
    named = Path(str(whole.get("$schema", ""))).name if isinstance(data, dict) else ""
    schema = named or _BY_FOLDER.get(name.partition("/")[0], f"{path.stem}.schema.json")
    if not (data_folder("frameworks") / "schema" / schema).is_file():
        step = "Write one, and name it in '$schema'."
        return (make_problem("data-rule", CellRef(file=name), why=f"there is no schema {schema}", step=step),)
    return load_json(path, schema, name)[1]
