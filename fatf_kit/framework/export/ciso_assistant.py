"""Libraries of CISO Assistant: one for technical compliance and one for effectiveness, because their scales differ.

The URN of a requirement never changes, because answers in the other program refer to it. They are written in the small
part of YAML that no reader takes for something else: every text is in double quotes, as in JSON, so that "no", "10.10"
and "1.0" stay texts, and there are no anchors.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from enum import StrEnum
from typing import Any

from fatf_kit.core.isolation import remove_isolation
from fatf_kit.core.languages import label
from fatf_kit.core.messages import Translator
from fatf_kit.framework.export.editions import AUTHORS, LICENCE_NAME, TranslatedEdition, make_edition_notices
from fatf_kit.framework.export.oscal import drop_empty
from fatf_kit.framework.model import CoreIssue, Criterion, Framework, Requirement, ScalePoint, list_requirements, walk

_PROVIDER = "fatf-kit"
_NOT_APPLICABLE = "not applicable"

Texts = Mapping[str, Mapping[str, str]]
"""The texts of one object by language, and in each by field."""


class RatedSide(StrEnum):
    """The two sides of an evaluation, each with a scale of its own."""

    COMPLIANCE = "compliance"
    EFFECTIVENESS = "effectiveness"


_TITLES = {RatedSide.COMPLIANCE: "Technical compliance", RatedSide.EFFECTIVENESS: "Effectiveness"}

_SCALES = {RatedSide.COMPLIANCE: "criterion", RatedSide.EFFECTIVENESS: "achievement"}


def name_library(edition: str, side: RatedSide) -> str:
    """Return the name of the file of a library."""
    return f"{edition}-{side}.yaml"


def render_library(edition: TranslatedEdition, side: RatedSide, day: date) -> bytes:
    """Return the library of one side of an edition as YAML, published on `day`.

    Scores are 0 to 3. "Not applicable" is a result of the other program and no score.
    """
    return render_yaml(build_library(edition, side, day))


def build_library(edition: TranslatedEdition, side: RatedSide, day: date) -> dict[str, Any]:
    """Return the content of a library as plain values; see `render_library`."""
    english = edition.english
    name = f"{english.id}-{side}"
    notices = make_edition_notices(edition)
    texts = {language: _describe(english.id, side, notice, language) for language, notice in notices.items()}
    return {
        "urn": _make_urn("library", name),
        "locale": "en",
        "ref_id": name,
        **_place(texts, "name", "description"),
        "copyright": f"{AUTHORS}. {LICENCE_NAME}. {notices['en']}",
        "version": number_version(english.content_version),
        "publication_date": day,
        "provider": _PROVIDER,
        "packager": _PROVIDER,
        **_translate(texts),
        "objects": {
            "framework": {
                "urn": _make_urn("framework", name),
                "ref_id": name,
                **_place(texts, "name", "description"),
                "min_score": 0,
                "max_score": 3,
                "scores_definition": list(_make_scores(edition, side)),
                **_translate(texts),
                "requirement_nodes": list(_make_nodes(edition, side, name)),
            }
        },
    }


def number_version(content_version: str) -> int:
    """Return the version of the texts as the whole number that CISO Assistant compares.

    >>> number_version("1.3.0")
    10300
    """
    major, minor, patch = map(int, content_version.split("."))
    return major * 10_000 + minor * 100 + patch


def _describe(edition: str, side: RatedSide, notice: str, language: str) -> dict[str, str]:
    """Return the name and the description of a library in one language."""
    t = Translator(language)
    name = t("{edition}, {side}: summary by fatf-kit", edition=edition, side=t(_TITLES[side]))
    note = t(
        "CISO Assistant shows an average of the scores. It is not a rating: FATF's ratings are judgements, and "
        "fatf-kit calculates indicative ratings by another method."
    )
    return {"name": remove_isolation(name), "description": f"{notice} {note}"}


def _make_urn(kind: str, name: str) -> str:
    """Return a URN: in lower case, because CISO Assistant makes it so, and without a slash."""
    return f"urn:fatf-kit:risk:{kind}:{name}".lower()


def _make_node_urn(library: str, key: str) -> str:
    return _make_urn("req_node", f"{library}:{key.replace('/', '-')}")


def _make_scores(edition: TranslatedEdition, side: RatedSide) -> Iterator[dict[str, Any]]:
    """Yield the four levels, the worst first, under the names that workbooks and reports have for them."""
    scale = _SCALES[side]
    points = {language: _list_levels(one, side) for language, one in edition.languages.items()}
    for score in range(len(points["en"])):
        levels = {language: one[score] for language, one in points.items()}
        texts = {
            language: {"name": label(scale, one.code, language), "description": one.meaning}
            for language, one in levels.items()
        }
        yield {"score": score, **_place(texts, "name", "description"), **_translate(texts)}


def _list_levels(edition: Framework, side: RatedSide) -> list[ScalePoint]:
    scale = edition.scales.criterion if side is RatedSide.COMPLIANCE else edition.scales.achievement
    return [point for point in reversed(scale) if point.code != _NOT_APPLICABLE]


def _make_nodes(edition: TranslatedEdition, side: RatedSide, library: str) -> Iterator[dict[str, Any]]:
    """Yield each Recommendation or outcome and then its requirements, parents before children."""
    english = edition.english
    for unit in english.recommendations if side is RatedSide.COMPLIANCE else english.outcomes:
        units = edition.find_units(unit.id)
        titles = {language: {"name": one.title} for language, one in units.items()}
        parent = _make_node_urn(library, unit.id)
        place = {"urn": parent, "assessable": False, "depth": 1, "ref_id": unit.id}
        yield {**place, **_place(titles, "name"), **_translate(titles)}
        for requirement in list_requirements(unit):
            yield _make_requirement(edition, requirement, library, parent, titles)


def _make_requirement(
    edition: TranslatedEdition, requirement: Criterion | CoreIssue, library: str, parent: str, titles: Texts
) -> dict[str, Any]:
    texts = {
        language: {
            "name": titles[language]["name"],
            "description": _write_statement(one),
            "annotation": one.guidance.ask,
            "typical_evidence": "\n".join(one.guidance.evidence),
        }
        for language, one in edition.find_requirements(requirement.id).items()
    }
    return {
        "urn": _make_node_urn(library, requirement.id),
        "assessable": True,
        "depth": 2,
        "parent_urn": parent,
        "ref_id": requirement.id,
        **_place(texts, "name", "description", "annotation", "typical_evidence"),
        "weight": requirement.weight.value,
        **_translate(texts),
    }


def _write_statement(requirement: Requirement) -> str:
    """Return the statement with a line for each part, which is no node of its own because it would change averages."""
    (_, *parts) = [one for one, _ in walk(requirement)]
    lines = (f"{one.id.removeprefix(requirement.id)} {one.statement}" for one in parts)
    return "\n".join((requirement.statement, *lines))


def _place(texts: Texts, *fields: str) -> dict[str, str]:
    """Return the English texts of the fields that have one."""
    return drop_empty({field: texts["en"][field] for field in fields})


def _translate(texts: Texts) -> dict[str, Any]:
    """Return the texts of the other languages, without fields that are empty."""
    others = {language: drop_empty(fields) for language, fields in texts.items() if language != "en"}
    return {"translations": others}


def render_yaml(data: Mapping[str, Any]) -> bytes:
    """Return nested mappings and lists of texts, whole numbers, truth values and dates as YAML, in their order.

    Keys are our own plain words. Empty mappings and lists are not expected.

    >>> print(render_yaml({"name": "no", "nodes": [{"depth": 2, "labels": ["10.10"]}]}).decode(), end="")
    name: "no"
    nodes:
    - depth: 2
      labels:
      - "10.10"
    """
    return ("\n".join(_write_mapping(data, "")) + "\n").encode()


def _write_mapping(data: Mapping[str, Any], indent: str) -> Iterator[str]:
    for key, value in data.items():
        if isinstance(value, Mapping):
            yield f"{indent}{key}:"
            yield from _write_mapping(value, f"{indent}  ")
        elif isinstance(value, Sequence) and not isinstance(value, str):
            yield f"{indent}{key}:"
            yield from _write_list(value, indent)
        else:
            yield f"{indent}{key}: {_write_scalar(value)}"


def _write_list(values: Sequence[Any], indent: str) -> Iterator[str]:
    for value in values:
        if isinstance(value, Mapping):
            first, *others = _write_mapping(value, f"{indent}  ")
            yield f"{indent}- {first[len(indent) + 2 :]}"
            yield from others
        else:
            yield f"{indent}- {_write_scalar(value)}"


def _write_scalar(value: str | int | date) -> str:
    return value.isoformat() if isinstance(value, date) else json.dumps(value, ensure_ascii=False)
