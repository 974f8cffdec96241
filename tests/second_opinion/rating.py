"""The ratings of one assessment, worked out a second time from the method page alone.

Everything follows `docs/method.md`; each function names the heading that it follows. Nothing of fatf-kit is
imported, and every number is the page's, so that this file also checks the policy file. The editions, the sectors and
the tables of statistics are read as JSON.

An assessment is a dictionary:

- `edition`: "fatf-2022"; `cut_off`: a date or None; `courts_make_law`: whether decisions of courts are law,
- `answers`: for each requirement the answers of the agencies: `agency`, `answer` (None where only words were given),
  `explanation`, `date`, `typed` (the instruments of the citation), `items` (those of the evidence register) and
  `linked` (what a register of laws puts on file, see `laws.py`),
- an instrument: `kind` (None: not known), `is_certain`, `article`, `from` and `until`,
- `leads`: the lead agency of a criterion or core issue,
- `core_issues`: `filled` tables, open `contradictions`, `cases` and `documents` of a core issue, where there are any,
- `sectors`: the materiality of a sector; `weights`: the country's own; `decisions`: a list of `id`, `value`, `day`.

The result has `claimed` and `shown` (worst, best), `settled` and `decided` for each criterion, core issue and unit.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

Ends = list[str]
"""The worst and the best claimed value, and the worst and the best shown one."""
Weighed = tuple[str, int, bool]
"""A value, its weight, and whether the criterion is the duty itself."""

FRAMEWORKS = Path(__file__).parents[2] / "frameworks"

ANSWERS = ["met", "mostly met", "partly met", "not met"]
EXTENTS = ["very large", "large", "some", "negligible"]
COMPLIANCE = ["C", "LC", "PC", "NC"]
EFFECTIVENESS = ["HE", "SE", "ME", "LE"]
NOT_APPLICABLE = "not applicable"

CREDITS = {"met": 100, "mostly met": 70, "partly met": 35, "not met": 0}
COUNTS = {"very large": 3, "large": 2, "some": 1, "negligible": 0}
STEPS = {
    "most important": {1: 3, 2: 5, 3: 5, 5: 5},
    "highly important": {1: 2, 2: 3, 3: 5, 5: 5},
    "less important": {1: 1, 2: 1, 3: 2, 5: 3},
}
PART_WEIGHTS = {"most important": 5, "highly important": 3, "less important": 1}
"""A sector that is moderately important changes no weight."""

LAW = {"constitution", "treaty", "law", "supranational law"}
BINDING = LAW | {"regulation", "other enforceable means"}
NEAREST_FIRST = [
    "shown", "date open", "article open", "below law", "kind open", "another kind", "in force later",
    "no longer in force",
]  # fmt: skip


def rate(given: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """Rate every criterion, core issue, Recommendation and outcome."""
    return _RatedAssessment(given).results


def lowest(values: list[str]) -> str:
    """The worst of some values of one order."""
    order = next(o for o in (ANSWERS, EXTENTS, COMPLIANCE, EFFECTIVENESS) if values[0] in o)
    return max(values, key=order.index)


def worse_first(worst: str, best: str) -> list[str]:
    """Conflicts between agencies: ends that a conflict with "not applicable" has turned round are exchanged."""
    if NOT_APPLICABLE in (worst, best) or "NA" in (worst, best):
        return [worst, best]
    return [lowest([worst, best]), best if worst == lowest([worst, best]) else worst]


def one_level_below(value: str) -> str:
    """Return the next lower answer, or the lowest itself."""
    order = ANSWERS if value in ANSWERS else EXTENTS
    return order[min(order.index(value) + 1, 3)]


def status(instrument: dict[str, Any], shown_by: list[str], given: dict[str, Any]) -> str:
    """The range of a criterion: the nine tests of an instrument, in their order."""
    cut_off = given["cut_off"]
    kind, begins, ends = instrument["kind"], instrument["from"], instrument["until"]
    if cut_off and begins and begins > cut_off:
        return "in force later"
    if cut_off and ends and ends < cut_off:
        return "no longer in force"
    if "document" in shown_by and instrument["in_register"]:
        return "shown"
    if kind is None or not instrument["is_certain"]:
        return "kind open"
    if not _is_kind_that_shows(kind, shown_by, given["courts_make_law"]):
        return "below law" if "principle in law" in shown_by and kind in BINDING else "another kind"
    if kind == "document" and not instrument["in_register"]:
        return "another kind"
    if kind not in BINDING:
        return "shown"
    if not instrument["article"]:
        return "article open"
    return "date open" if cut_off and not begins else "shown"


def _is_kind_that_shows(kind: str, shown_by: list[str], courts_make_law: bool) -> bool:
    """The range of a criterion: the table of `shown_by`."""
    is_law = kind in LAW or (courts_make_law and kind == "court decision")
    shows = {
        "law": is_law,
        "principle in law": is_law,
        "instrument": kind in BINDING,
        "court decision": kind == "court decision",
        "guideline": kind == "guidance",
        "document": True,
    }
    return any(shows[named] for named in shown_by)


def worst_by_proof(claim: str, statuses: list[str], is_explained: bool) -> str:
    """The range of a criterion: the table of worst ends."""
    if claim == NOT_APPLICABLE:
        return NOT_APPLICABLE if is_explained else "not met"
    if claim == "not met" or not statuses:
        return "not met"
    nearest = min(statuses, key=NEAREST_FIRST.index)
    if nearest == "shown":
        return claim
    return one_level_below(claim) if nearest in ("date open", "article open", "below law") else "not met"


def instruments(reply: dict[str, Any]) -> list[dict[str, Any]]:
    """The range of a criterion, last paragraphs: what one answer cites, with its dates and articles."""
    article = next((typed["article"] for typed in reply["typed"] if typed["article"]), "")
    items = [
        {**item, "in_register": True, "article": item["article"] or article, "from": item["from"] or reply["date"]}
        for item in reply["items"]
    ]
    typed = [{**typed, "in_register": False, "from": typed["from"] or reply["date"]} for typed in reply["typed"]]
    return items + typed + [{**linked, "in_register": False} for linked in reply.get("linked", [])]


def claim_of(replies: list[dict[str, Any]], lead: str | None) -> str | None:
    """Conflicts between agencies: the lead agency's answer, otherwise the lowest; None without an answer."""
    answered = [reply for reply in replies if reply["answer"]]
    if not answered:
        return None
    of_lead = [reply["answer"] for reply in answered if reply["agency"] == lead]
    ordered = [reply["answer"] for reply in answered if reply["answer"] != NOT_APPLICABLE]
    return of_lead[0] if of_lead else lowest(ordered) if ordered else NOT_APPLICABLE


def lowered_by_conflict(worst: str, replies: list[dict[str, Any]]) -> str:
    """Conflicts between agencies: the worst end is no better than the worst of the answers given."""
    ordered = [reply["answer"] for reply in replies if reply["answer"] and reply["answer"] != NOT_APPLICABLE]
    if not ordered:
        return worst
    return lowest(ordered) if worst == NOT_APPLICABLE else lowest([worst, *ordered])


def combined(how: str, members: list[tuple[str, int, int | None]]) -> str:
    """From parts to a criterion: members are value, weight, and the levels that the group may be above them."""
    members = [member for member in members if member[0] != NOT_APPLICABLE]
    if not members:
        return NOT_APPLICABLE
    if how == "any":
        value = min((value for value, _, _ in members), key=ANSWERS.index)
    else:
        points = sum(CREDITS[value] * weight for value, weight, _ in members)
        total = sum(weight for _, weight, _ in members)
        value = next(answer for answer in ANSWERS if CREDITS[answer] * total <= points)
    limits = [ANSWERS[max(ANSWERS.index(value) - levels, 0)] for value, _, levels in members if levels is not None]
    return lowest([value, *limits])


def recommendation(criteria: list[Weighed]) -> str:
    """From criteria to a Recommendation: criteria are value, weight, and whether one is the duty itself."""
    criteria = [criterion for criterion in criteria if criterion[0] != NOT_APPLICABLE]
    if not criteria:
        return "NA"
    total = sum(weight for _, weight, _ in criteria)
    points = sum(CREDITS[value] * weight for value, weight, _ in criteria)
    partly = sum(weight for value, weight, _ in criteria if value in ("partly met", "not met"))
    not_met = sum(weight for value, weight, _ in criteria if value == "not met")
    if all(value == "met" for value, _, _ in criteria):
        rating = "C"
    elif points >= 65 * total and partly * 100 <= 25 * total and not_met * 100 <= 10 * total:
        rating = "LC"
    elif points >= 30 * total and not_met * 100 <= 60 * total:
        rating = "PC"
    else:
        rating = "NC"
    for value, weight, is_duty in criteria:
        if (weight == 3 and value == "not met") or (weight == 5 and value in ("partly met", "not met")):
            rating = lowest([rating, "PC"])
        if is_duty and value == "not met":
            rating = "NC"
    return rating


def outcome(core_issues: list[Weighed]) -> str:
    """From core issues to an outcome: core issues are extent and weight; none is a duty."""
    points = 100 * sum(COUNTS[extent] * weight for extent, weight, _ in core_issues)
    possible = 3 * sum(weight for _, weight, _ in core_issues)
    extents = [extent for extent, _, _ in core_issues]
    if points >= 84 * possible and not {"some", "negligible"} & set(extents):
        rating = "HE"
    elif points >= 55 * possible and extents.count("negligible") <= 1:
        rating = "SE"
    else:
        rating = "ME" if points >= 20 * possible else "LE"
    if ("negligible", 5, False) in core_issues:
        rating = lowest([rating, "ME"])
    if ("some", 5, False) in core_issues:
        rating = lowest([rating, "SE"])
    return rating


class _RatedAssessment:
    """One assessment with the data of its edition."""

    def __init__(self, given: dict[str, Any]) -> None:
        self.given = given
        self.concerns: dict[str, list[str]] = _json(FRAMEWORKS / "materiality.json")["concerns"]
        self.decided = {d["id"]: d["value"] for d in sorted(given["decisions"], key=lambda d: d["day"])}
        self.results: dict[str, dict[str, Any]] = {}
        self.tables = tables_of(given["edition"])
        self.with_cases = with_cases(given["edition"])
        for folder in ("recommendations", "outcomes"):
            for path in sorted((FRAMEWORKS / given["edition"] / folder).glob("*.json")):
                self._unit(_json(path))

    def _unit(self, page: dict[str, Any]) -> None:
        """One principle: the ends of a Recommendation or outcome are the roll-ups of the ends of what is answered."""
        is_recommendation = "criteria" in page
        rows = []
        for asked in page["criteria" if is_recommendation else "core_issues"]:
            if is_recommendation:
                ends = self._criterion(asked, asked.get("shown_by", ["instrument"]), [])
            else:
                ends = self._core_issue(asked["id"])
            rows.append((self._enter(asked["id"], ends), self._weight(asked), asked.get("duty", False)))
        roll_up = recommendation if is_recommendation else outcome
        rated = [roll_up([(ends[n], weight, duty) for ends, weight, duty in rows]) for n in range(4)]
        self._enter(page["id"], rated[:2] + worse_first(*rated[2:]))

    def _enter(self, key: str, ends: Ends) -> Ends:
        """One principle, and Decisions: note a result, and return what counts from here on."""
        claimed, shown, decided = ends[:2], ends[2:], self.decided.get(key)
        counts = [decided, decided] if decided else shown
        settled = counts[0] if counts[0] == counts[1] else None
        self.results[key] = {
            "claimed": tuple(claimed), "shown": tuple(shown), "settled": settled, "decided": decided,
        }  # fmt: skip
        return claimed + counts

    def _weight(self, requirement: dict[str, Any]) -> int:
        """From criteria to a Recommendation: the country's own weight, otherwise the edition's, moved by sectors."""
        key, weight = requirement["id"], requirement.get("weight", 2)
        importance = self._importance({key, key.split("/")[0]})
        return int(self.given["weights"].get(key) or (STEPS[importance][weight] if importance else weight))

    def _importance(self, ids: set[str]) -> str | None:
        """From parts to a criterion: of several sectors, the most important; less important only if all of them are."""
        sectors = [sector for sector, concerned in self.concerns.items() if ids & set(concerned)]
        found = [self.given["sectors"].get(sector) for sector in sectors]
        for importance in ("most important", "highly important"):
            if importance in found:
                return importance
        return "less important" if found and set(found) == {"less important"} else None

    def _criterion(self, item: dict[str, Any], shown_by: list[str], above: list[dict[str, Any]]) -> Ends:
        """The range of a criterion, and Answers to parts; `above` are the answers to what contains this part."""
        replies = self.given["answers"].get(item["id"], [])
        claim = claim_of(replies, self.given["leads"].get(item["id"].split("(")[0]))
        used = above + [reply for reply in replies if reply["answer"] in (claim, None)]
        of_parts = self._parts(item, shown_by, used)
        if claim is None:
            return of_parts or ["not met", "met", "not met", "met"]
        worst = self._worst(item, shown_by, claim, used)
        if of_parts and NOT_APPLICABLE not in (claim, worst, of_parts[2]):
            worst = min(worst, lowest([of_parts[2], claim]), key=ANSWERS.index)
        return [claim, claim, lowered_by_conflict(worst, replies), claim]

    def _worst(self, item: dict[str, Any], shown_by: list[str], claim: str, used: list[dict[str, Any]]) -> str:
        """The range of a criterion, and Parts with proof of their own: the worst end of a claim by what is cited."""
        if claim == NOT_APPLICABLE or not any(_has_own_proof(part) for part in item.get("parts", [])):
            statuses = [status(i, shown_by, self.given) for reply in used for i in instruments(reply)]
            return worst_by_proof(claim, statuses, any(reply["explanation"] for reply in used))
        tested = {
            part["id"][len(item["id"]) :]: self._worst(part, part.get("shown_by", shown_by), claim, used)
            for part in item["parts"]
        }
        return self._combine(item, tested)

    def _parts(self, item: dict[str, Any], shown_by: list[str], above: list[dict[str, Any]]) -> Ends | None:
        """From parts to a criterion: the claim and the range of all parts together; None where none is answered."""
        parts = item.get("parts", [])
        said = [reply for part in parts for key in _ids(part) for reply in self.given["answers"].get(key, [])]
        if not any(reply["answer"] for reply in said):
            return None
        ranges = {
            part["id"][len(item["id"]) :]: self._criterion(part, part.get("shown_by", shown_by), above)
            for part in parts
        }
        ends = [self._combine(item, {name: ranges[name][n] for name in ranges}) for n in range(4)]
        return ends[:2] + worse_first(*ends[2:])

    def _combine(self, item: dict[str, Any], values: dict[str, str]) -> str:
        """From parts to a criterion: the value of the whole."""
        weights = {name: self._part_weight(item["id"] + name) for name in values}
        how = item.get("combine", "all")
        return _of_group({how: list(values)} if isinstance(how, str) else how, values, weights)[0]

    def _part_weight(self, key: str) -> tuple[int, int | None]:
        """From parts to a criterion: the weight of a part, and the levels that its group may be above it."""
        importance = self._importance({key})
        levels = 1 if importance in ("most important", "highly important") else None
        return PART_WEIGHTS.get(importance or "", 2), levels

    def _core_issue(self, key: str) -> Ends:
        """The range of a core issue."""
        replies = self.given["answers"].get(key, [])
        claim = claim_of(replies, self.given["leads"].get(key))
        if claim is None:
            return ["negligible", "very large", "negligible", "very large"]
        facts = self.given["core_issues"].get(key, {})
        items = [item for reply in replies if reply["answer"] in (claim, None) for item in reply["items"]]
        filled, documents = facts.get("filled", []), facts.get("documents", [])
        cases = facts.get("cases", []) + [item for item in items if item["kind"] == "case"]
        is_filled = set(self.tables[key]) <= set(filled)
        has_cases = bool(cases) or key not in self.with_cases
        if not (filled or cases or documents or items):
            worst = "negligible"
        elif is_filled and has_cases and not facts.get("contradictions"):
            worst = claim
        else:
            worst = one_level_below(claim)
        return [claim, claim, lowered_by_conflict(worst, replies), claim]


def _of_group(
    group: dict[str, Any], values: dict[str, str], weights: dict[str, tuple[int, int | None]]
) -> tuple[str, int, int | None]:
    """From parts to a criterion: the value of a group and its weight, that of the heaviest part in it."""
    ((how, names),) = group.items()
    members = [
        (values[name], *weights[name]) if isinstance(name, str) else _of_group(name, values, weights) for name in names
    ]
    return combined(how, members), max(weight for _, weight, _ in members), None


def tables_of(edition: str) -> dict[str, list[str]]:
    """The range of a core issue: which tables of statistics feed which core issue."""
    found: dict[str, list[str]] = {}
    for path in sorted((FRAMEWORKS / "statistics" / "tables").glob("*.json")):
        for key in _json(path)["feeds"].get(edition, []):
            found.setdefault(key, []).append(path.stem)
    return found


def with_cases(edition: str) -> set[str]:
    """The range of a core issue: the core issues that expect cases."""
    entries = _json(FRAMEWORKS / "statistics" / "evidence.json")["editions"][edition]
    return {issue for issue, shown_by in entries.items() if "cases" in shown_by}


def _has_own_proof(part: dict[str, Any]) -> bool:
    """Parts with proof of their own: whether this part or one in it is one."""
    return "shown_by" in part or any(map(_has_own_proof, part.get("parts", [])))


def _ids(part: dict[str, Any]) -> list[str]:
    """The ids of a part and of all parts in it."""
    return [part["id"], *(key for inner in part.get("parts", []) for key in _ids(inner))]


def _json(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))
