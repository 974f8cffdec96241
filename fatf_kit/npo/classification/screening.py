"""The bodies to ask first where a register is too thin to classify: those with a known feature of exposure.

A feature is a reason to ask and never a class. Bodies with a hard trigger are not asked: they are for investigators.

Source: INR.8 para 6; features, their order and the list of countries are data in frameworks/npo/screening.json.
"""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from fatf_kit.core.messages import Translator
from fatf_kit.core.national_words import choose_text
from fatf_kit.npo.classification.facts import Facts
from fatf_kit.npo.classification.faults import disarm
from fatf_kit.npo.classification.readings import JOINED
from fatf_kit.npo.classification.sql import quoted
from fatf_kit.npo.method.load import ExposureFeature, Method
from fatf_kit.npo.method.scales import Scope
from fatf_kit.npo.method.scope import UNDETERMINED
from fatf_kit.npo.method.settings import Settings
from fatf_kit.npo.model import CodeCount, RegisterSummary, ScreenedGroup, SectorVerdict

ASK_FIRST = ("place", "npo_id", "line", "scope", "reasons", "countries", "money", "confidentiality")
"""Columns of `ask-first.csv`, which names bodies by their number and is restricted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ScreenedBody:
    """One body of the group to ask first. `money` is None where the register does not say it.

    `features` are ids in the order of the data, `countries` the ISO codes of the countries abroad that it names,
    `watched` those of them that are on a list, the shipped one or the country's own.
    `is_first` is whether one of its features puts it before others; `is_in_scope` is False where scope is open.
    """

    npo_id: str
    line: int
    features: tuple[str, ...]
    countries: tuple[str, ...]
    watched: tuple[str, ...]
    money: int | None
    is_first: bool
    is_in_scope: bool


def screen(facts: Facts, method: Method, settings: Settings, as_of: date) -> tuple[ScreenedBody, ...]:
    """The group to ask first: bodies without a class, in scope or undetermined, that have a known feature of exposure.

    Those that a feature puts first come first, within them the largest money, then the register's order.
    """
    watched = method.screening.watched | {
        place.name for place in settings.countries or () if place.holds(as_of) and place.level >= _LISTED_FROM
    }
    home = settings.home_country or _commonest_country(facts)
    tests = {feature.id: _test(feature, facts) for feature in method.screening.features}
    flags = ", ".join(f"coalesce({test}, false)" for test in tests.values())
    has_feature = " OR ".join(["countries <> ''", *tests.values()])
    rows = facts.engine.execute(
        f"SELECT line, id, money, coalesce(countries, ''), is_in_scope, {flags} FROM rated "
        f"WHERE NOT is_trigger AND (reason IN ({quoted(UNDETERMINED)}) OR is_in_scope AND band IS NULL) "
        f"AND ({has_feature})"
    )
    found = []
    while part := rows.fetchmany(10_000):
        for line, npo_id, money, countries, is_in_scope, *flagged in part:
            places = tuple(place for place in countries.split(JOINED) if place and place != home)
            known = dict(zip(tests, flagged, strict=True))
            features = [f for f in method.screening.features
                        if (watched & set(places) if f.test == "watched_country"
                            else known[f.id] or (f.test == "abroad" and places))]  # fmt: skip
            if any(feature.alone for feature in features):
                body = ScreenedBody(
                    npo_id=npo_id,
                    line=line,
                    features=tuple(feature.id for feature in features),
                    countries=tuple(sorted(places, key=lambda place: (place not in watched, place))),
                    watched=tuple(sorted(watched & set(places))),
                    money=money,
                    is_first=any(feature.first for feature in features),
                    is_in_scope=is_in_scope,
                )
                found.append(body)
    return tuple(sorted(found, key=lambda body: (not body.is_first, -(body.money or 0), body.line)))


_PLACES = 5
"""Countries named in a reason."""
_LISTED_FROM = 3
"""From which level a country of the settings puts a body first; 1 and 2 are no raised risk."""


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
    counts = Counter(feature for body in bodies for feature in body.features)
    has = frozenset(mapped)
    return ScreenedGroup(
        bodies=len(bodies),
        first=sum(body.is_first for body in bodies),
        money=sum(body.money or 0 for body in bodies),
        features=tuple(CodeCount(code=f.id, count=counts[f.id]) for f in method.screening.features if counts[f.id]),
        collect=tuple(c for c in method.screening.collect if c not in has)[: method.screening.collect_shown],
    )


def verdict_of(register: RegisterSummary, classified: int, method: Method) -> SectorVerdict:
    """Whether the register could be classified: most of the bodies that may be in scope, a part of them, or none."""
    candidates = register.in_scope + register.undetermined
    if not candidates or classified >= method.whole_from * candidates:
        return SectorVerdict.CLASSIFIED
    return SectorVerdict.PARTLY if classified else SectorVerdict.NOT


def feature_names(method: Method, t: Translator) -> Mapping[str, str]:
    """Return what the features are called, by id."""
    return {feature.id: choose_text(feature.name, t.language) for feature in method.screening.features}


def reason_text(body: ScreenedBody, method: Method, t: Translator) -> str:
    """Why a body is asked, with the countries where it works."""
    names = feature_names(method, t)
    texts = [names[feature] for feature in body.features]
    if "watched_country" in body.features and "abroad" in body.features:
        texts.remove(names["abroad"])  # the same once more
    if body.watched:
        texts[0] = t("{name}: {text}", name=texts[0], text=_places(body.watched, t))
    elif body.countries and names["abroad"] in texts:
        at = texts.index(names["abroad"])
        texts[at] = t("{name}: {text}", name=texts[at], text=_places(body.countries, t))
    return t.points(texts)


def _places(codes: Sequence[str], t: Translator) -> str:
    """Return the first countries by name, and how many more there are."""
    from babel import Locale

    names = Locale.parse(t.base).territories
    shown = [names.get(code, code) for code in codes[:_PLACES]]
    more = len(codes) - len(shown)
    return t("{places} and {n} more", places=t.listed(shown), n=t.number(more)) if more else t.listed(shown)


def ask_first_csv(bodies: Iterable[ScreenedBody], method: Method, t: Translator) -> bytes:
    """Return the list of the group in the order of asking, as the rows of a CSV."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(ASK_FIRST)
    writer.writerows(_rows(bodies, method, t))
    return text.getvalue().encode("utf-8")


def _rows(bodies: Iterable[ScreenedBody], method: Method, t: Translator) -> Iterator[Sequence[object]]:
    texts: dict[tuple[tuple[str, ...], ...], str] = {}  # many bodies have the same reasons
    for place, body in enumerate(bodies, start=1):
        alike = (body.features, body.watched, body.countries)
        if alike not in texts:
            texts[alike] = reason_text(body, method, t)
        scope = Scope.IN if body.is_in_scope else Scope.UNDETERMINED
        money = "" if body.money is None else body.money
        where = "; ".join(body.countries)
        yield place, disarm(body.npo_id), body.line, scope.value, texts[alike], where, money, "restricted"
