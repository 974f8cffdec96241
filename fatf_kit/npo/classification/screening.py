"""The bodies to ask first where a register is too thin to classify: those with a known feature of exposure.

A feature is a reason to ask and never a class. Bodies with a hard trigger are not asked: they are for investigators.

Source: INR.8 para 6; features, their order and the list of countries are data in frameworks/npo/screening.json.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date

from fatf_kit.core.messages import Translator
from fatf_kit.npo.classification.facts import Facts
from fatf_kit.npo.classification.output import disarmed
from fatf_kit.npo.classification.readings import JOINED
from fatf_kit.npo.method.load import ExposureFeature, Method
from fatf_kit.npo.method.scope import SCOPE_SQL, UNDETERMINED
from fatf_kit.npo.method.settings import Settings
from fatf_kit.npo.method.sql import quoted
from fatf_kit.npo.model import CodeCount, Exposure, RegisterSummary, ScreenedBody, ScreenedGroup, SectorVerdict
from fatf_kit.npo.questions.questionnaire import reason_text
from fatf_kit.npo.register.engine import make_table

_ORDER = "is_first DESC, coalesce(money, 0) DESC, line"
"""Bodies that a feature puts first come first, within them the largest money, then the register's order."""
ASK_FIRST_SQL = f"""
SELECT row_number() OVER () AS place, {disarmed("id")} AS npo_id, line, {SCOPE_SQL} AS scope,
    reasons, places AS countries, money, 'restricted' AS confidentiality
FROM (SELECT * FROM screened ORDER BY {_ORDER})
"""
"""The rows of `ask-first.csv`, which names bodies by their number and is restricted."""
_EXPOSURE = {"exposure": "INTEGER", "is_first": "BOOLEAN", "reasons": "VARCHAR", "places": "VARCHAR"}
_LISTED_FROM = 3
"""From which level a country of the settings puts a body first; 1 and 2 are no raised risk."""
Exposures = tuple[tuple[Exposure, int, int], ...]
"""Each exposure with how many bodies have it, and their money."""


def screen(facts: Facts, method: Method, settings: Settings, as_of: date, t: Translator) -> Exposures:
    """Make the view `screened`: bodies without a class, in scope or undetermined, with a known feature of exposure.

    Many bodies have the same features and countries. Each such combination is an exposure: these are returned with
    their counts, and `exposure` is the place in them. The texts of an exposure are in the language of `t`.
    """
    watched = method.screening.watched.countries | {
        place.name for place in settings.countries or () if place.holds(as_of) and place.level >= _LISTED_FROM
    }
    home = settings.home_country or _commonest_country(facts)
    tests = {f"is_{feature.id}": f"coalesce({_test(feature, facts)}, false)" for feature in method.screening.features}
    shared = ", ".join(("named", *tests))
    facts.engine.execute(
        "CREATE OR REPLACE TABLE exposed AS "
        f"SELECT line, id, money, reason, coalesce(countries, '') AS named, "
        f"{', '.join(f'{test} AS {name}' for name, test in tests.items())} "
        f"FROM rated WHERE NOT is_trigger AND (reason IN ({quoted(UNDETERMINED)}) OR is_in_scope AND band IS NULL) "
        f"AND (countries <> '' OR {' OR '.join(tests.values())})"
    )
    alike = facts.engine.execute(
        f"SELECT {shared}, count(*), coalesce(sum(money), 0)::HUGEINT FROM exposed GROUP BY ALL ORDER BY ALL"
    ).fetchall()
    exposures: list[tuple[Exposure, int, int]] = []
    rows = []
    for named, *known, bodies, money in alike:
        if exposure := _find_exposure(named, known, watched, home, method):
            texts = reason_text(exposure, method, t), "; ".join(exposure.countries) or None
            rows.append((named, *known, len(exposures), exposure.is_first, *texts))
            exposures.append((exposure, bodies, int(money)))
    columns = {"named": "VARCHAR", **dict.fromkeys(tests, "BOOLEAN"), **_EXPOSURE}
    make_table(facts.engine, "exposures", columns, rows)
    facts.engine.execute(f"CREATE OR REPLACE VIEW screened AS SELECT * FROM exposed JOIN exposures USING ({shared})")
    return tuple(exposures)


def list_screened(facts: Facts, exposures: Exposures) -> tuple[ScreenedBody, ...]:
    """Return the bodies to ask first, in the order of asking."""
    rows = facts.engine.execute(f"SELECT id, line, money, reason, exposure FROM screened ORDER BY {_ORDER}").fetchall()
    return tuple(
        ScreenedBody(npo_id=npo_id, line=line, money=money, is_in_scope=reason == "in", exposure=exposures[place][0])
        for npo_id, line, money, reason, place in rows
    )


def _find_exposure(
    countries: str, known: Sequence[bool], watched: frozenset[str], home: str | None, method: Method
) -> Exposure | None:
    """Return the features that follow from the countries of a body and from its facts; None where none suffices."""
    places = tuple(place for place in countries.split(JOINED) if place and place != home)
    listed = watched.intersection(places)
    features = [
        feature
        for feature, is_known in zip(method.screening.features, known, strict=True)
        if (listed if feature.test == "watched_country" else is_known or (feature.test == "abroad" and places))
    ]
    if not any(feature.alone for feature in features):
        return None
    return Exposure(
        features=tuple(feature.id for feature in features),
        countries=tuple(sorted(places, key=lambda place: (place not in watched, place))),
        watched=tuple(sorted(listed)),
        is_first=any(feature.first for feature in features),
    )


def _commonest_country(facts: Facts) -> str | None:
    """The country that most bodies with countries name: taken for the home country where the settings name none."""
    rows = facts.engine.execute("SELECT countries, count(*) FROM rated WHERE countries <> '' GROUP BY 1").fetchall()
    counts: Counter[str] = Counter()
    for countries, count in rows:
        counts.update(dict.fromkeys(countries.split(JOINED), count))
    total = sum(count for _, count in rows)
    return next((place for place, count in counts.most_common(1) if 2 * count > total > 1), None)


def _test(feature: ExposureFeature, facts: Facts) -> str:
    """Return a feature as SQL over a classified row."""
    if feature.test == "abroad":
        return "abroad"
    if feature.test == "yes":
        return f"says_{feature.column}" if facts.fields.has(feature.column) else "false"
    factors = feature.factors if feature.test == "level" else ()
    return " OR ".join(f"{factor} >= {feature.at_least}" for factor in factors if factor in facts.levels) or "false"


def describe_group(facts: Facts, exposures: Exposures, method: Method) -> ScreenedGroup:
    """The group as counts, and the columns to collect next: those of the data that the register does not have."""
    counts: Counter[str] = Counter()
    for exposure, bodies, _ in exposures:
        counts.update(dict.fromkeys(exposure.features, bodies))
    missing = [column for column in method.screening.collect.columns if column not in facts.columns]
    return ScreenedGroup(
        bodies=sum(bodies for _, bodies, _ in exposures),
        first=sum(bodies for exposure, bodies, _ in exposures if exposure.is_first),
        money=sum(money for *_, money in exposures),
        features=tuple(CodeCount(code=f.id, count=counts[f.id]) for f in method.screening.features if counts[f.id]),
        collect=tuple(missing[: method.screening.collect.shown]),
    )


def verdict_of(register: RegisterSummary, classified: int, method: Method) -> SectorVerdict:
    """Whether the register could be classified: most of the bodies that may be in scope, a part of them, or none."""
    candidates = register.in_scope + register.undetermined
    if not candidates or classified >= method.whole_from * candidates:
        return SectorVerdict.CLASSIFIED
    return SectorVerdict.PARTLY if classified else SectorVerdict.NOT
