"""From the pages of an edition to one frozen Framework."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from fatf_kit.core.errors import FrameworkError, UnknownIdError
from fatf_kit.core.json_files import fingerprint_files, load_json
from fatf_kit.core.languages import LANGUAGES
from fatf_kit.core.problems import CellRef, Problem, make_problem
from fatf_kit.core.resources import data_folder
from fatf_kit.framework import model as m
from fatf_kit.framework.overlay import find_misfits, overlay, overlay_edition
from fatf_kit.framework.page_rules import check_rules

_FOLDERS = (
    ("recommendations", "recommendation.schema.json"),
    ("outcomes", "outcome.schema.json"),
    ("pending", "pending.schema.json"),
)


def list_editions(folder: Path | None = None) -> tuple[str, ...]:
    """Ids of the editions at hand, oldest first.

    >>> list_editions()[:2]
    ('fatf-2013', 'fatf-2022')
    """
    return _bundled(data_folder("frameworks")) if folder is None else _editions_in(folder)


def _editions_in(folder: Path) -> tuple[str, ...]:
    return tuple(sorted(page.parent.name for page in folder.glob("*/edition.json")))


_bundled = cache(_editions_in)  # asked for with every workbook, and the same as long as the program runs


@cache
def load_framework(edition: str, language: str = "en") -> m.Framework:
    """One bundled edition, whole, its texts in English or in a working translation.

    Ids, weights, order and fingerprint are the same in every language.

    Raises:
        UnknownIdError: no such edition or language; the message names those at hand.
        FrameworkError: its files are at odds with their schema or with each other.

    >>> edition = load_framework("fatf-2022")
    >>> len(edition.recommendations), len(edition.outcomes)
    (40, 11)
    """
    if edition not in list_editions():
        raise UnknownIdError(f"There is no edition {edition!r}. Use one of: {', '.join(list_editions())}.")
    if language not in LANGUAGES:
        raise UnknownIdError(f"There is no language {language!r}. Use one of: {', '.join(LANGUAGES)}.")
    folder = data_folder("frameworks") / edition
    framework, problems = read_framework(folder, language, is_proven=is_recorded(folder))
    if framework is None or problems:
        raise FrameworkError(
            f"The edition {edition!r} has {len(problems)} faults; the first: {problems[0].message} "
            "Run 'fatf-kit frameworks check' for all."
        )
    return framework


def read_framework(
    folder: Path, language: str = "en", *, is_proven: bool = False
) -> tuple[m.Framework | None, tuple[Problem, ...]]:
    """Any edition from a folder, with every fault in it; None where the faults leave nothing to build.

    `proven` pages are known to agree with their schemas, which then need not be asked again.
    """
    texts = folder / "locale" / language
    head, problems = _load(folder / "edition.json", None if is_proven else "edition.schema.json", folder)
    faults = [*problems]
    laid, problems = _load_texts(texts / "edition.json", folder, None if is_proven or problems else head)
    faults += problems
    pages: dict[str, list[dict[str, Any]]] = {}
    for name, schema in _FOLDERS:
        pages[name] = []
        for path in sorted((folder / name).glob("*.json")):
            page, problems = _load(path, None if is_proven else schema, folder)
            faults += problems
            if page is None or problems:
                continue
            translated, unread = _load_texts(texts / name / path.name, folder, None if is_proven else page)
            faults += unread
            if not unread:
                pages[name].append(overlay(page, translated))
    if faults or head is None:
        return None, tuple(faults)
    framework = _framework(overlay_edition(head, laid), pages, fingerprint_files(list_page_files(folder)))
    return framework, check_rules(framework, folder.name)


def is_recorded(folder: Path) -> bool:
    """Whether the pages are, byte for byte, those of a recorded version: the tests have held these to their schemas."""
    record = folder.parent / "versions.json"
    recorded = load_json(record)[0] if record.is_file() else None
    versions = recorded.get(folder.name) if isinstance(recorded, dict) else None
    return isinstance(versions, dict) and fingerprint_files(list_page_files(folder)) in versions.values()


def _load_texts(path: Path, folder: Path, english: dict[str, Any] | None) -> tuple[dict[str, Any], tuple[Problem, ...]]:
    """A page of translations; none is no fault, because the text then stays English.

    Held to its English page where one is given.
    """
    if not path.is_file():
        return {}, ()
    name = f"{folder.name}/{path.relative_to(folder).as_posix()}"
    page, problems = load_json(path, None, name)
    if english is not None and not problems:
        problems = tuple(misfitting(page, english, name))
    return (page if isinstance(page, dict) else {}), problems


def misfitting(texts: Any, english: dict[str, Any], name: str) -> Iterator[Problem]:
    """What in a page of translations, called `name` in messages, does not fit its English page."""
    for key, why in find_misfits(texts, english):
        step = "Correct the key, or remove the text."
        yield make_problem("data-rule", CellRef(file=name, cell=key), why=why, step=step)


def find_schema(page: Path, folder: Path) -> str:
    """The schema of an English page of an edition."""
    return dict(_FOLDERS).get(page.relative_to(folder).parts[0], "edition.schema.json")


def _load(path: Path, schema: str | None, folder: Path) -> tuple[Any, tuple[Problem, ...]]:
    name = f"{folder.name}/{path.relative_to(folder).as_posix()}"
    if not path.is_file():
        return None, (make_problem("file-missing", CellRef(file=name)),)
    return load_json(path, schema, name)


def list_page_files(folder: Path) -> list[Path]:
    """The English pages. Translations are no part of an edition's fingerprint: they do not change what is asked."""
    return [folder / "edition.json", *(page for name, _ in _FOLDERS for page in sorted((folder / name).glob("*.json")))]


def _framework(head: dict[str, Any], pages: dict[str, list[dict[str, Any]]], digest: str) -> m.Framework:
    return m.Framework(
        id=head["id"],
        title=head["title"],
        round=head["round"],
        as_amended=head["as_amended"],
        content_version=head["content_version"],
        language=head["language"],
        wording=head["wording"],
        digest=digest,
        groups=tuple(m.Group(**_tuples(g)) for g in head["groups"]),
        chapters=tuple(m.Chapter(**_tuples(c)) for c in head["chapters"]),
        chapters_note=head["chapters_note"],
        rating_table=m.RatingTable(**head["rating_table"]),
        scales=m.Scales(**{name: tuple(map(_scale_point, points)) for name, points in head["scales"].items()}),
        rating_rules=tuple(head["rating_rules"]),
        amendments=tuple(m.Amendment(**a) for a in head["amendments"]),
        sources=tuple(head["sources"]),
        recommendations=tuple(
            sorted(map(_recommendation, pages["recommendations"]), key=lambda r: parse_unit_number(r.id))
        ),
        outcomes=tuple(sorted(map(_outcome, pages["outcomes"]), key=lambda o: parse_unit_number(o.id))),
        pending=tuple(map(_pending, pages["pending"])),
        later_amendments=head.get("later_amendments"),
        predecessor=head.get("predecessor"),
        text_state=head.get("text_state", ""),
    )


def parse_unit_number(unit: str) -> int:
    """The number in a unit's id.

    >>> number_of("R.10"), number_of("IO.6")
    (10, 6)
    """
    return int(unit.partition(".")[2])


def _tuples(page: dict[str, Any]) -> dict[str, Any]:
    return {key: tuple(value) if isinstance(value, list) else value for key, value in page.items()}


def _scale_point(point: dict[str, str]) -> m.ScalePoint:
    return m.ScalePoint(code=point["code"], label=point.get("label", point["code"]), meaning=point["meaning"])


_RENAMED = ("combine", "duty", "shown_by", "weight", "weight_reason")
_GUIDANCE = ("ask", "evidence", "typical_shortcomings", "strong_signs", "weak_signs", "recommended_action")


def _shared(page: dict[str, Any]) -> dict[str, Any]:
    """The fields of a criterion, a part or a core issue, without those that only some of them have."""
    fields = _tuples(
        {key: value for key, value in page.items() if key not in (*_GUIDANCE, *_RENAMED, "changed", "parts")}
    )
    fields["guidance"] = m.Guidance(**_tuples({key: page[key] for key in _GUIDANCE if key in page}))
    fields["parts"] = tuple(_part(part) for part in page.get("parts", ()))
    if "weight" in page:
        fields["weight"] = m.Weight(value=page["weight"], reason=page.get("weight_reason"))
    return fields


def _part(page: dict[str, Any]) -> m.Part:
    fields = _shared(page)
    return m.Part(**fields, combine=_combination(page.get("combine", "all"), page["id"], fields["parts"]))


def _criterion(page: dict[str, Any]) -> m.Criterion:
    fields = _shared(page)
    if "shown_by" in page:
        fields["shown_by"] = tuple(map(m.ShownBy, page["shown_by"]))
    return m.Criterion(
        **fields,
        is_duty=page.get("duty", False),
        combine=_combination(page.get("combine", "all"), page["id"], fields["parts"]),
    )


def _combination(written: str | dict[str, list[Any]], node: str, parts: tuple[m.Part, ...]) -> m.Combination:
    """The combination of a node's parts; "all" and "any" are short for one level that holds every part in order."""
    if isinstance(written, str):
        return m.Combination(how=m.CombinationRule(written), members=tuple(part.id for part in parts))
    ((how, members),) = written.items()
    return m.Combination(
        how=m.CombinationRule(how),
        members=tuple(
            f"{node}{member}" if isinstance(member, str) else _combination(member, node, parts) for member in members
        ),
    )


def _recommendation(page: dict[str, Any]) -> m.Recommendation:
    fields = _tuples({**page, "criteria": list(map(_criterion, page["criteria"]))})
    if "legal_basis" in page:
        fields["legal_basis"] = m.LegalBasis(**page["legal_basis"])
    return m.Recommendation(**fields)


def _outcome(page: dict[str, Any]) -> m.ImmediateOutcome:
    fields = _tuples({**page, "core_issues": [m.CoreIssue(**_shared(c)) for c in page["core_issues"]]})
    if "guide" in page:
        guide = page["guide"]
        contributors = tuple(m.Contributor(**c) for c in guide["contributors"])
        fields["guide"] = m.OutcomeGuide(**{**_tuples(guide), "contributors": contributors})
    return m.ImmediateOutcome(**fields)


def _pending(page: dict[str, Any]) -> m.PendingRevision:
    return m.PendingRevision(**_tuples({**page, "criteria": list(map(_criterion, page["criteria"]))}))
