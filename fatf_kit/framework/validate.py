"""Checks of data: an edition with its translations, and the lists that editions share."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path
from typing import Any

from fatf_kit.core.json_files import load_json
from fatf_kit.core.message_facts import Phrase
from fatf_kit.core.overlays import find_translation
from fatf_kit.core.problems import CellRef, Problem, make_data_problem, make_problem
from fatf_kit.core.resources import data_folder
from fatf_kit.framework.catalog import index_requirements
from fatf_kit.framework.loader import list_editions, list_page_files, read_framework
from fatf_kit.framework.model import Framework
from fatf_kit.framework.translations import check_texts

_BY_FOLDER = {"policies": "policy.schema.json"}
"""Schemas of files that neither have the name of their schema nor name it."""


def check_edition(folder: str | Path) -> tuple[Problem, ...]:
    """Return every fault in an edition: pages, references, folder, predecessor and translations.

    >>> from fatf_kit.core.resources import data_folder
    >>> check_edition(data_folder("frameworks") / "fatf-2022")
    ()
    """
    folder = Path(folder).resolve()
    framework, faults = read_framework(folder)
    pages = [page for page in list_page_files(folder) if page.is_file()]
    names = {problem.ref.file for problem in faults if problem.ref}
    sound = (page for page in pages if page.relative_to(folder.parent).as_posix() not in names)
    found = [
        *faults,
        *_check_translations(folder.parent, sound),
        *_find_orphans(folder.parent, f"{folder.name}/**/", pages),
    ]
    if framework is not None:
        found += [
            make_data_problem(folder.name, *fault)
            for fault in (*_check_folder(framework, folder), *_check_predecessor(framework, folder))
        ]
    return tuple(found)


def _check_folder(framework: Framework, folder: Path) -> Iterator[tuple[str, str, str]]:
    name = folder.name
    if framework.id != name:
        why = f"the id {framework.id!r} is not the name of the folder {name!r}"
        yield "edition.json", why, "Rename one of them."


def _check_predecessor(framework: Framework, folder: Path) -> Iterator[tuple[str, str, str]]:
    """The edition before this one exists, next to it or bundled, and so does each requirement that is named of it."""
    criteria = [criterion for recommendation in framework.recommendations for criterion in recommendation.criteria]
    if framework.predecessor is None:
        for criterion in criteria:
            if criterion.predecessors:
                why = "it has predecessors, but its edition has none"
                yield criterion.id, why, "Name the edition in edition.json."
        return
    bases = folder.parent, data_folder("frameworks")
    homes = [base for base in bases if framework.predecessor in list_editions(base)]
    if not homes or framework.predecessor == framework.id:
        known = ", ".join(name for name in list_editions() if name != framework.id)
        why = f"there is no other edition {framework.predecessor!r} that comes before it"
        yield "edition.json", why, f"Use one of: {known}."
        return
    before, _ = read_framework(homes[0] / framework.predecessor)
    known_ids = index_requirements(before) if before else {}
    for criterion in criteria:
        for old in criterion.predecessors:
            if old not in known_ids:
                why = f"{old!r} is not a requirement of {framework.predecessor}"
                yield criterion.id, why, "Correct 'predecessors'."


def _check_translations(base: Path, pages: Iterable[Path]) -> Iterator[Problem]:
    """Yield the faults in the translations of some English pages below `base`."""
    for page in pages:
        data: Any = None
        for folder in sorted((base / "locale").glob("*/")):
            path = find_translation(page, base, folder.name)
            if not path.is_file():
                continue
            name = path.relative_to(base).as_posix()
            texts, problems = load_json(path, None, name)
            data = data or load_json(page)[0]
            yield from problems or check_texts(texts, data, page, base, name)


def _find_orphans(base: Path, part: str, pages: Collection[Path]) -> Iterator[Problem]:
    """Yield translations in a part of the folders of languages that have no English page."""
    for path in sorted((base / "locale").glob(f"*/{part}*.json")):
        if base / Path(*path.relative_to(base).parts[2:]) not in pages:
            step = "Remove it, or give it the name of an English page."
            ref = CellRef(file=path.relative_to(base).as_posix())
            yield make_problem("data-rule", ref, why="no English page has this name", step=step)


def list_shared_files(base: Path | None = None) -> tuple[Path, ...]:
    """Return every English data file that belongs to no edition and is no schema, in order of names."""
    folder = base or data_folder("frameworks")
    apart = {"schema", "locale", *list_editions(folder)}
    return tuple(path for path in sorted(folder.rglob("*.json")) if path.relative_to(folder).parts[0] not in apart)


def check_lists(base: Path | None = None) -> tuple[Problem, ...]:
    """Return every fault in the lists that all editions share, and in their translations.

    A file's schema is the one it names, else that of its folder, else the one of its own name.
    """
    folder = base or data_folder("frameworks")
    found: list[Problem] = []
    files = list_shared_files(folder)
    for path in files:
        faults = _check_list(path, folder)
        found += faults or _check_translations(folder, [path])
    editions = list_editions(folder)
    orphans = (p for p in _find_orphans(folder, "**/", files) if p.ref and p.ref.file.split("/")[2] not in editions)
    return (*found, *orphans)


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
        return (
            make_problem(
                "data-rule",
                CellRef(file=name),
                why=Phrase("the schema {schema} does not exist", schema=schema),
                step=step,
            ),
        )
    return load_json(path, schema, name)[1]
