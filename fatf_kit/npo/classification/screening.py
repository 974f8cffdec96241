"""The bodies to ask first where a register is too thin to classify: those with a known feature of exposure.

A feature is a reason to ask and never a class. Bodies with a hard trigger are not asked: they are for investigators.

Source: INR.8 para 6; features, their order and the list of countries are data in frameworks/npo/screening.json.
"""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from fatf_kit.core.messages import Translator
from fatf_kit.npo.classification.facts import Facts
from fatf_kit.npo.classification.faults import disarm
from fatf_kit.npo.classification.readings import JOINED
from fatf_kit.npo.method.load import ExposureFeature, Method
from fatf_kit.npo.method.scope import UNDETERMINED
from fatf_kit.npo.method.settings import Settings
from fatf_kit.npo.method.sql import quoted
from fatf_kit.npo.model import CodeCount, Exposure, RegisterSummary, ScreenedBody, ScreenedGroup, SectorVerdict
from fatf_kit.npo.questions.reasons import reason_text
from fatf_kit.npo.scales import Scope

ASK_FIRST = ("place", "npo_id", "line", "scope", "reasons", "countries", "money", "confidentiality")
"""Columns of `ask-first.csv`, which names bodies by their number and is restricted."""


def screen(facts: Facts, method: Method, settings: Settings, as_of: date) -> tuple[ScreenedBody, ...]:
    """The group to ask first: bodies without a class, in scope or undetermined, that have a known feature of exposure.

    Those that a feature puts first come first, within them the largest money, then the register's order.
    """
    watched = method.screening.watched.countries | {
        place.name for place in settings.countries or () if place.holds(as_of) and place.level >= _LISTED_FROM
    }
    home = settings.home_country or _commonest_country(facts)
    tests = {feature.id: _test(feature, facts) for feature in method.screening.features}
    flags = ", ".join(f"coalesce({test}, false)" for test in tests.values())
    has_feature = " OR ".join(["countries <> ''", *tests.values()])
    rows = facts.engine.execute(
        f"SELECT line, id, money, is_in_scope, coalesce(countries, ''), {flags} FROM rated "
        f"WHERE NOT is_trigger AND (reason IN ({quoted(UNDETERMINED)}) OR is_in_scope AND band IS NULL) "
        f"AND ({has_feature})"
    )
    found = []
    known: dict[tuple[str | bool, ...], Exposure | None] = {}  # many bodies have the same features
    while part := rows.fetchmany(10_000):
        for line, npo_id, money, is_in_scope, *alike in part:
            key = tuple(alike)
            if key not in known:
                known[key] = _find_exposure(key[0], dict(zip(tests, key[1:], strict=True)), watched, home, method)
            if exposure := known[key]:
                found.append(
                    ScreenedBody(npo_id=npo_id, line=line, money=money, is_in_scope=is_in_scope, exposure=exposure)
                )
    return tuple(sorted(found, key=lambda body: (not body.exposure.is_first, -(body.money or 0), body.line)))


_LISTED_FROM = 3
"""From which level a country of the settings puts a body first; 1 and 2 are no raised risk."""


def _find_exposure(
    countries: str, known: Mapping[str, bool], watched: frozenset[str], home: str | None, method: Method
) -> Exposure | None:
    """Return the features that follow from the countries of a body and from its facts; None where none suffices."""
    places = tuple(place for place in countries.split(JOINED) if place and place != home)
    listed = watched.intersection(places)
    features = [
        feature
        for feature in method.screening.features
        if (listed if feature.test == "watched_country" else known[feature.id] or (feature.test == "abroad" and places))
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


def describe_group(bodies: Sequence[ScreenedBody], method: Method, mapped: Iterable[str]) -> ScreenedGroup:
    """The group as counts, and the columns to collect next: those of the data that the register does not have."""
    counts = Counter(feature for body in bodies for feature in body.exposure.features)
    has = frozenset(mapped)
    return ScreenedGroup(
        bodies=len(bodies),
        first=sum(body.exposure.is_first for body in bodies),
        money=sum(body.money or 0 for body in bodies),
        features=tuple(CodeCount(code=f.id, count=counts[f.id]) for f in method.screening.features if counts[f.id]),
        collect=tuple(c for c in method.screening.collect.columns if c not in has)[: method.screening.collect.shown],
    )


def verdict_of(register: RegisterSummary, classified: int, method: Method) -> SectorVerdict:
    """Whether the register could be classified: most of the bodies that may be in scope, a part of them, or none."""
    candidates = register.in_scope + register.undetermined
    if not candidates or classified >= method.whole_from * candidates:
        return SectorVerdict.CLASSIFIED
    return SectorVerdict.PARTLY if classified else SectorVerdict.NOT


def ask_first_csv(bodies: Iterable[ScreenedBody], method: Method, t: Translator) -> bytes:
    """Return the list of the group in the order of asking, as the rows of a CSV."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(ASK_FIRST)
    writer.writerows(_rows(bodies, method, t))
    return text.getvalue().encode("utf-8")


def _rows(bodies: Iterable[ScreenedBody], method: Method, t: Translator) -> Iterator[Sequence[object]]:
    texts: dict[int, tuple[str, str]] = {}
    for place, body in enumerate(bodies, start=1):
        exposure = body.exposure
        if id(exposure) not in texts:
            texts[id(exposure)] = reason_text(exposure, method, t), "; ".join(exposure.countries)
        reasons, where = texts[id(exposure)]
        scope = Scope.IN if body.is_in_scope else Scope.UNDETERMINED
        money = "" if body.money is None else body.money
        yield place, disarm(body.npo_id), body.line, scope.value, reasons, where, money, "restricted"
