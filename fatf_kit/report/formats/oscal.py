"""The result of scoring as OSCAL assessment results, whose findings point to the catalogue of the edition.

OSCAL knows two states. The four levels, the claim and the range are properties in our own namespace. Texts are in
English, like those of assessment.json, so that the file does not depend on the reader.

Source: NIST, OSCAL 1.2.1, assessment results model.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from fatf_kit.core.dates import read_moment
from fatf_kit.core.errors import FatfKitError
from fatf_kit.core.languages import LANGUAGES
from fatf_kit.framework.export import oscal
from fatf_kit.framework.export.editions import load_translated, make_edition_notices
from fatf_kit.framework.export.oscal import drop_empty, make_properties, make_property, make_token, make_uuid
from fatf_kit.report.model import Report

_SCHEMA = "fatf-kit/assessment/"
_BEST = ("met", "very large", "C", "HE")
_WORST = ("not met", "negligible", "NC", "LE")
_NOT_APPLICABLE = ("not applicable", "NA")
_NO_PLAN = "No assessment plan: the answers are a self-assessment, which has no plan in OSCAL."
_INDICATIVE = (
    "Indicative self-assessment by fatf-kit, not a FATF rating. OSCAL has two states and cannot express the four "
    "levels of a criterion or core issue, or the four ratings: read the property level or rating, and range-low and "
    "range-high where it is open."
)


def render_oscal(report: Report) -> bytes:
    """Return the result as OSCAL assessment results, from the same values as assessment.json.

    There is a finding for each criterion and core issue, and one for the rating of each Recommendation and outcome. It
    is `satisfied` only where the level that counts is the best of its scale. What is not applicable or not answered has
    no finding.

    Raises:
        FatfKitError: the report is not about filled workbooks.
    """
    payload: Any = report.payload
    if not str(payload["schema"]).startswith(_SCHEMA):
        raise FatfKitError("OSCAL results are written only for filled workbooks. Choose another format.")
    return oscal.render_document("assessment-results", _build_body(payload))


def _build_body(payload: Any) -> dict[str, Any]:
    origin = payload["provenance"]
    edition = origin["edition"]
    moment = read_moment(origin["generated_at"]).isoformat().replace("+00:00", "Z")
    key = "\n".join((edition, origin["policy_digest"], moment, *(file["sha256"] for file in origin["inputs"])))
    results = [*_list_results(payload)]
    reported = [one for one in results if _has_finding(one)]
    rated = [unit for unit in _list_units(payload) if _has_finding(unit)]
    texts = {one["requirement"]: one["text"] for one in payload["findings"]}
    evidence = {name: make_uuid(key, "evidence", name) for one in reported if (name := one.get("instrument"))}
    plan, catalogue = make_uuid(key, "plan"), make_uuid(key, "catalogue")
    links = [{"href": oscal.name_catalogue(edition)}]
    country = payload["country"]["name"] or "country not named"
    notices = make_edition_notices(load_translated(edition))
    return {
        "metadata": oscal.make_metadata(
            title=" ".join(f"Indicative self-assessment of {country}, {edition}".split()),
            version=origin["tool"],
            modified=moment,
            notices=[notices[language] for language in LANGUAGES],
        ),
        "import-ap": {"href": f"#{plan}"},
        "results": [
            drop_empty(
                {
                    "uuid": make_uuid(key, "result"),
                    "title": "Indicative result",
                    "description": _INDICATIVE,
                    "start": moment,
                    "props": [*_describe_result(payload, results)],
                    "reviewed-controls": {
                        "control-selections": [_select(reported)],
                        "links": [{"href": f"#{catalogue}", "rel": "reference"}],
                    },
                    "observations": [_make_observation(one, key, moment, evidence) for one in reported],
                    "findings": [
                        *(_make_rating(unit, key, origin["policy"]) for unit in rated),
                        *(_make_finding(one, key, origin["policy"], texts) for one in reported),
                    ],
                }
            )
        ],
        "back-matter": {
            "resources": [
                {"uuid": plan, "title": "No assessment plan", "description": _NO_PLAN},
                {"uuid": catalogue, "title": f"Catalogue of {edition}", "rlinks": links},
                *({"uuid": number, "title": " ".join(name.split())} for name, number in evidence.items()),
            ]
        },
    }


def _list_units(payload: Any) -> Iterator[Any]:
    """Yield every Recommendation and outcome of the result."""
    yield from payload["recommendations"]
    yield from payload["outcomes"]


def _list_parts(unit: Any) -> list[Any]:
    """Return the criteria of a Recommendation or the core issues of an outcome."""
    parts: list[Any] = unit["criteria"] if "criteria" in unit else unit["core_issues"]
    return parts


def _list_results(payload: Any) -> Iterator[Any]:
    """Yield every criterion and core issue of the result."""
    for unit in _list_units(payload):
        yield from _list_parts(unit)


def _level(result: Any) -> str | None:
    """Return the level that counts: the decided one, else the one that both ends of the range have."""
    level: str | None = result["decided"] or result["settled"]
    return level


def _is_unanswered(result: Any) -> bool:
    return result["claimed"] is None and result["decided"] is None


def _has_finding(result: Any) -> bool:
    return not _is_unanswered(result) and _level(result) not in _NOT_APPLICABLE


def _select(reported: Iterable[Any]) -> dict[str, Any]:
    controls = [{"control-id": make_token(one["id"])} for one in reported]
    return {"include-controls": controls} if controls else {"include-all": {}}


def _describe_result(payload: Any, results: Iterable[Any]) -> Iterator[dict[str, str]]:
    """Yield what the whole result has: its inputs' rules, counts, and the rating of every unit."""
    origin, coverage = payload["provenance"], payload["coverage"]
    keys = ("edition", "edition_digest", "policy", "policy_digest", "cut_off")
    facts = {key.replace("_", "-"): origin[key] for key in keys}
    counts = {key: coverage[key] for key in ("asked", "answered", "shown")}
    yield from make_properties({**facts, "status": "indicative", **counts})
    for one in (*_list_units(payload), *results):
        if _is_unanswered(one):
            yield make_property("unanswered", one["id"])
        elif _level(one) in _NOT_APPLICABLE:
            yield make_property("not-applicable", one["id"])
    for unit in _list_units(payload):
        token = make_token(unit["id"])
        levels = _describe_levels(unit, "rating").items()
        yield from make_properties({f"{name}.{token}": value for name, value in levels})


def _describe_levels(result: Any, name: str) -> dict[str, str | None]:
    """Return the level that counts under `name`, the claim, what is shown, and the two ends of the range."""
    low, high = result["shown"]["worst"], result["shown"]["best"]
    return {
        name: _level(result),
        "claimed": result["claimed"],
        "shown": low if low == high else None,
        "range-low": low,
        "range-high": high,
    }


def _make_observation(result: Any, key: str, moment: str, evidence: Mapping[str, str]) -> dict[str, Any]:
    name = result.get("instrument")
    cited = [{"href": f"#{evidence[name]}", "description": oscal.escape_markup(name)}] if name else []
    return drop_empty(
        {
            "uuid": make_uuid(key, "observation", result["id"]),
            "title": f"Answer to {result['id']}",
            "description": f"Evidence: {result['status']}.",
            "props": make_properties({"source": "self-assessment", "evidence-status": result["status"]}),
            "methods": ["EXAMINE"],
            "types": ["control-objective"],
            "collected": moment,
            "relevant-evidence": cited,
        }
    )


def _make_rating(unit: Any, key: str, policy: str) -> dict[str, Any]:
    """Return the finding on a Recommendation or outcome as a whole, with the observations on its requirements."""
    levels = _describe_levels(unit, "rating")
    rating, low, high = levels["rating"], levels["range-low"], levels["range-high"]
    reads = f"Indicative rating: {rating}." if rating else f"Indicative rating open between {low} and {high}."
    answered = [part for part in _list_parts(unit) if _has_finding(part)]
    observed = [{"observation-uuid": make_uuid(key, "observation", part["id"])} for part in answered]
    return drop_empty(
        {
            "uuid": make_uuid(key, "finding", unit["id"]),
            "title": unit["id"],
            "description": reads,
            "props": make_properties(levels | {"policy": policy}),
            "target": {
                "type": "objective-id",
                "target-id": oscal.make_objective_id(unit["id"]),
                "status": _make_status(rating, reads),
            },
            "related-observations": observed,
        }
    )


def _make_finding(result: Any, key: str, policy: str, texts: Mapping[str, str]) -> dict[str, Any]:
    levels = _describe_levels(result, "level")
    low, high = levels["range-low"], levels["range-high"]
    level = levels["level"]
    reads = f"Level: {level}." if level else f"Level open between {low} and {high}."
    more = texts.get(result["id"], "")
    facts = levels | {"weight": str(result["weight"]), "policy": policy}
    return {
        "uuid": make_uuid(key, "finding", result["id"]),
        "title": result["id"],
        "description": f"{reads}\n\n{oscal.escape_markup(more)}" if more else reads,
        "props": make_properties(facts),
        "target": {
            "type": "statement-id",
            "target-id": oscal.make_statement_id(result["id"]),
            "status": _make_status(level, reads),
        },
        "related-observations": [{"observation-uuid": make_uuid(key, "observation", result["id"])}],
    }


def _make_status(level: str | None, remarks: str) -> dict[str, str]:
    """Return OSCAL's state; an open range is not satisfied yet, with the reason `other`."""
    if level in _BEST:
        return {"state": "satisfied", "reason": "pass"}
    return {"state": "not-satisfied", "reason": "fail" if level in _WORST else "other", "remarks": remarks}
