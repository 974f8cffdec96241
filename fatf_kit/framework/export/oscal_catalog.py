"""The OSCAL catalogue of an edition: a control for each criterion and core issue, in English, Arabic and French.

OSCAL has no languages: a translation is a part in our own namespace, after the English one, with the property `lang`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from fatf_kit.core.messages import Translator
from fatf_kit.framework.export import oscal
from fatf_kit.framework.export.editions import TranslatedEdition, make_edition_notices
from fatf_kit.framework.export.oscal import drop_empty, make_properties, make_property, make_token
from fatf_kit.framework.model import (
    CoreIssue,
    Criterion,
    Framework,
    ImmediateOutcome,
    Part,
    Recommendation,
    Requirement,
    list_requirements,
)

_EFFECTIVENESS = "Effectiveness"


def render_catalogue(edition: TranslatedEdition, day: str) -> bytes:
    """Return the catalogue of an edition as JSON. `day` is written into it as the date of the content."""
    english = edition.english
    notices = (f"{notice} {_describe_parts(language)}" for language, notice in make_edition_notices(edition).items())
    body = {
        "metadata": oscal.make_metadata(
            title=f"{english.full_title}: summary by fatf-kit",
            version=english.content_version,
            modified=f"{day}T00:00:00Z",
            notices=notices,
        ),
        "groups": [*_make_chapters(edition), _make_effectiveness(edition)],
        "back-matter": {"resources": list(_make_sources(english))},
    }
    return oscal.render_document("catalog", body)


def _describe_parts(language: str) -> str:
    t = Translator(language)
    return t("Translations are parts with the property lang, because OSCAL has no languages.")


def _make_sources(english: Framework) -> Iterator[dict[str, Any]]:
    for source in english.sources:
        yield {"uuid": oscal.make_uuid(english.id, "source", source), "title": "Source", "description": source}


def _make_chapters(edition: TranslatedEdition) -> Iterator[dict[str, Any]]:
    """Yield the lettered groups of Recommendations."""
    for place, group in enumerate(edition.english.groups):
        labels = {language: one.groups[place].label for language, one in edition.languages.items()}
        yield {
            "id": f"chapter-{group.code.lower()}",
            "class": "chapter",
            "title": group.label,
            "props": [make_property("label", group.code, is_own=False), *_make_titles(labels)],
            "groups": [_make_unit(edition, key) for key in group.recommendations],
        }


def _make_effectiveness(edition: TranslatedEdition) -> dict[str, Any]:
    titles = {language: Translator(language)(_EFFECTIVENESS) for language in edition.languages}
    units = [_make_unit(edition, outcome.id) for outcome in edition.english.outcomes]
    about = {"id": _EFFECTIVENESS.lower(), "class": "chapter", "title": titles["en"]}
    return {**about, "props": _make_titles(titles), "groups": units}


def _make_unit(edition: TranslatedEdition, key: str) -> dict[str, Any]:
    """Return the group of a Recommendation or outcome with its controls."""
    units = edition.find_units(key)
    english = units["en"]
    is_outcome = isinstance(english, ImmediateOutcome)
    return drop_empty(
        {
            "id": make_token(key),
            "class": "outcome" if is_outcome else "recommendation",
            "title": english.title,
            "props": [
                make_property("label", key, is_own=False),
                make_property("citation", english.citation),
                *_make_titles({language: unit.title for language, unit in units.items()}),
            ],
            "parts": [*(_make_overviews(key, units) if is_outcome else ()), _make_objective(english)],
            "controls": [_make_control(edition, one) for one in list_requirements(english)],
        }
    )


def _make_objective(unit: Recommendation | ImmediateOutcome) -> dict[str, Any]:
    """Return the part that findings on the rating of the whole unit point to; OSCAL has no name for it in a group."""
    part = {"id": oscal.make_objective_id(unit.id), "name": "objective", "ns": oscal.NAMESPACE}
    return part | {"class": "rated-unit", "title": unit.title}


def _make_titles(titles: Mapping[str, str]) -> list[dict[str, str]]:
    return [make_property(f"title-{language}", title) for language, title in titles.items() if language != "en"]


def _make_overviews(key: str, units: Mapping[str, Recommendation | ImmediateOutcome]) -> Iterator[dict[str, Any]]:
    """Yield the statement of an outcome in every language."""
    for language, unit in units.items():
        if isinstance(unit, ImmediateOutcome):
            yield _make_part(f"{make_token(key)}_ov", "overview", unit.statement, language)


def _make_control(edition: TranslatedEdition, requirement: Criterion | CoreIssue) -> dict[str, Any]:
    token = make_token(requirement.id)
    number = requirement.id.partition("/")[2]
    is_criterion = isinstance(requirement, Criterion)
    texts = edition.find_requirements(requirement.id)
    return drop_empty(
        {
            "id": token,
            "class": "criterion" if is_criterion else "core-issue",
            "title": f"Criterion {number}" if is_criterion else f"Core issue {number}",
            "props": [
                make_property("label", requirement.id, is_own=False),
                *make_properties({"citation": requirement.citation, "weight": requirement.weight.value}),
                *_make_facts(requirement),
            ],
            "parts": [
                *(_make_statement(texts[language], f"{token}_smt", language) for language in texts),
                *(part for language in texts for part in _make_guidance(texts[language], token, language)),
            ],
        }
    )


def _make_facts(requirement: Criterion | CoreIssue) -> Iterator[dict[str, str]]:
    """Yield the properties that a criterion or a core issue alone has."""
    if isinstance(requirement, CoreIssue):
        yield from (make_property("recommendation", key) for key in requirement.recommendations)
        return
    yield from (make_property("addressee", name) for name in requirement.addressees)
    yield from (make_property("outcome", key) for key in requirement.outcomes)
    yield from (make_property("shown-by", proof) for proof in requirement.shown_by)
    yield from (make_property("predecessor", key) for key in requirement.predecessors)
    if requirement.is_duty:
        yield make_property("is-duty", "yes")
    if requirement.parts:
        yield make_property("combine", requirement.combine.how)


def _make_statement(requirement: Requirement, name: str, language: str) -> dict[str, Any]:
    """Return the statement in one language with an item for each part of the requirement."""
    items = [_make_item(part, language) for part in requirement.parts]
    return _make_part(name, "statement", requirement.statement, language, items)


def _make_item(part: Part, language: str) -> dict[str, Any]:
    items = [_make_item(one, language) for one in part.parts]
    item = _make_part(make_token(part.id), "item", part.statement, language, items)
    shown_by = [make_property("shown-by", proof) for proof in part.shown_by]
    return item | {"props": [*item.get("props", ()), *shown_by]} if shown_by else item


def _make_guidance(requirement: Requirement, token: str, language: str) -> Iterator[dict[str, Any]]:
    """Yield the guidance on a requirement in one language, each text of it a part."""
    given = requirement.guidance
    texts = (
        ("question", (given.ask,) if given.ask else ()),
        ("evidence", given.evidence),
        ("shortcoming", given.typical_shortcomings),
        ("strong-sign", given.strong_signs),
        ("weak-sign", given.weak_signs),
        ("action", (given.recommended_action,) if given.recommended_action else ()),
        ("short-action", (given.action,) if given.action else ()),
    )
    for kind, lines in texts:
        for number, line in enumerate(lines, 1):
            yield _make_part(f"{token}_{kind}.{number}", "guidance", line, language, kind=kind)


def _make_part(
    name: str, word: str, prose: str, language: str, parts: list[dict[str, Any]] | None = None, *, kind: str = ""
) -> dict[str, Any]:
    """Return a part; its id ends with its language, and its name is in our namespace, unless it is English."""
    is_english = language == "en"
    return drop_empty(
        {
            "id": name if is_english else f"{name}_{language}",
            "name": word,
            "ns": oscal.NAMESPACE if kind or not is_english else None,
            "class": kind or ("" if is_english else f"lang-{language}"),
            "props": [] if is_english else [make_property("lang", language)],
            "prose": prose,
            "parts": parts,
        }
    )
