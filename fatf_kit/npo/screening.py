"""Whom to ask first where a register is too thin to classify: bodies with a known feature of exposure, and why.

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
from fatf_kit.npo.cells import YES
from fatf_kit.npo.convert import country, parts_of
from fatf_kit.npo.facts import Facts
from fatf_kit.npo.faults import disarmed
from fatf_kit.npo.method import Feature, Method
from fatf_kit.npo.model import Counted, RegisterSummary, ScreenedGroup, Verdict
from fatf_kit.npo.scales import Scope
from fatf_kit.npo.scope import REASONS, scope_of
from fatf_kit.npo.settings import Settings

ASK_FIRST = ("place", "npo_id", "line", "scope", "reasons", "countries", "money", "confidentiality")
"""Columns of `ask-first.csv`, which names bodies by their number and is restricted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Screened:
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


def screen(facts: Facts, method: Method, settings: Settings, as_of: date) -> tuple[Screened, ...]:
    """The group to ask first: bodies without a class, in scope or undetermined, that have a known feature of exposure.

    Those that a feature puts first come first, within them the largest money, then the register's order.
    """
    watched = method.screening.watched | {
        place.name for place in settings.countries or () if place.holds(as_of) and place.level >= _LISTED_FROM
    }
    abroad = _Abroad(facts, settings)
    tests = {feature.id: _test(feature, facts) for feature in method.screening.features}
    flags = ", ".join(f"coalesce({test}, false)" for test in tests.values())
    undetermined = ", ".join(str(n) for n, r in enumerate(REASONS) if scope_of(r) is Scope.UNDETERMINED)
    rows = facts.engine.execute(
        f"SELECT line, id, money, countries, reason, {flags} FROM rated "
        f"WHERE NOT hard AND (reason IN ({undetermined}) OR reason = 0 AND cell IS NULL)"
    )
    found = []
    while part := rows.fetchmany(10_000):
        for line, npo_id, money, text, reason, *said in part:
            places = abroad.countries(text)
            known = dict(zip(tests, said, strict=True))
            features = [f for f in method.screening.features
                        if (watched & set(places) if f.test == "watched_country"
                            else known[f.id] or (f.test == "abroad" and places))]  # fmt: skip
            if any(feature.alone for feature in features):
                body = Screened(
                    npo_id=npo_id,
                    line=line,
                    features=tuple(feature.id for feature in features),
                    countries=tuple(sorted(places, key=lambda place: (place not in watched, place))),
                    watched=tuple(sorted(watched & set(places))),
                    money=money,
                    is_first=any(feature.first for feature in features),
                    is_in_scope=reason == 0,
                )
                found.append(body)
    return tuple(sorted(found, key=lambda body: (not body.is_first, -(body.money or 0), body.line)))


_PLACES = 5
"""Countries named in a reason."""
_LISTED_FROM = 3
"""From which level a country of the settings puts a body first; 1 and 2 are no raised risk."""


class _Abroad:
    """The countries abroad behind the texts of a register.

    Where the settings name no home country, one that most bodies with countries name is taken for it.
    """

    def __init__(self, facts: Facts, settings: Settings) -> None:
        self._texts = facts.cells.texts["operating_countries"].all
        self._source = facts.cells.fields.get("operating_countries")
        self._named: dict[int, tuple[str, ...]] = {0: ()}
        self._home = settings.home_country or self._commonest(facts)

    def countries(self, text: int) -> tuple[str, ...]:
        """All countries named but the home country."""
        return tuple(place for place in self._all(text) if place != self._home)

    def _all(self, text: int) -> tuple[str, ...]:
        if text not in self._named:
            assert self._source is not None  # noqa: S101 - a text has a column
            own = self._source.codes
            named = [country(own.get(part, part)) for part in parts_of(self._texts[text], self._source.separator)]
            self._named[text] = tuple(dict.fromkeys(place for place in named if place))
        return self._named[text]

    def _commonest(self, facts: Facts) -> str | None:
        rows = facts.engine.execute("SELECT countries, count(*) FROM rated WHERE countries > 0 GROUP BY 1").fetchall()
        counts: Counter[str] = Counter()
        for text, count in rows:
            counts.update(dict.fromkeys(self._all(text), count))
        total = sum(count for text, count in rows if self._all(text))
        return next((place for place, count in counts.most_common(1) if 2 * count > total > 1), None)


def _test(feature: Feature, facts: Facts) -> str:
    if feature.test == "abroad":
        return f"abroad = {YES}"
    if feature.test == "yes":
        return f"said_{feature.column}"
    levels = [
        f"{group.level(factor)} >= {feature.at_least}"
        for group in facts.groups
        for factor in group.factors
        if feature.test == "level" and factor in feature.factors
    ]
    return " OR ".join(levels) or "false"


def describe_group(bodies: Sequence[Screened], method: Method, mapped: Iterable[str]) -> ScreenedGroup:
    """The group as counts, and the columns to collect next: those of the data that the register does not have."""
    counts = Counter(feature for body in bodies for feature in body.features)
    has = frozenset(mapped)
    return ScreenedGroup(
        bodies=len(bodies),
        first=sum(body.is_first for body in bodies),
        money=sum(body.money or 0 for body in bodies),
        features=tuple(Counted(code=f.id, count=counts[f.id]) for f in method.screening.features if counts[f.id]),
        collect=tuple(c for c in method.screening.collect if c not in has)[: method.screening.collect_shown],
    )


def verdict_of(register: RegisterSummary, classified: int, method: Method) -> Verdict:
    """Whether the register could be classified: most of the bodies that may be in scope, a part of them, or none."""
    candidates = register.in_scope + register.undetermined
    if not candidates or classified >= method.whole_from * candidates:
        return Verdict.CLASSIFIED
    return Verdict.PARTLY if classified else Verdict.NOT


def feature_names(method: Method, t: Translator) -> Mapping[str, str]:
    """What the features are called, by id."""
    return {feature.id: feature.name[t.language] for feature in method.screening.features}


def reason_text(body: Screened, method: Method, t: Translator) -> str:
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
    """The first countries by name, and how many more there are."""
    from babel import Locale

    names = Locale.parse(t.language).territories
    shown = [names.get(code, code) for code in codes[:_PLACES]]
    more = len(codes) - len(shown)
    return t("{places} and {n} more", places=t.listed(shown), n=t.number(more)) if more else t.listed(shown)


def ask_first_csv(bodies: Iterable[Screened], method: Method, t: Translator) -> bytes:
    """The list of the group in the order of asking, as the rows of a CSV."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(ASK_FIRST)
    writer.writerows(_rows(bodies, method, t))
    return text.getvalue().encode("utf-8")


def _rows(bodies: Iterable[Screened], method: Method, t: Translator) -> Iterator[Sequence[object]]:
    texts: dict[tuple[tuple[str, ...], ...], str] = {}  # many bodies have the same reasons
    for place, body in enumerate(bodies, start=1):
        alike = (body.features, body.watched, body.countries)
        if alike not in texts:
            texts[alike] = reason_text(body, method, t)
        scope = Scope.IN if body.is_in_scope else Scope.UNDETERMINED
        money = "" if body.money is None else body.money
        where = "; ".join(body.countries)
        yield place, disarmed(body.npo_id), body.line, scope.value, texts[alike], where, money, "restricted"
