"""Random assessments as dictionaries, in the form that `rating.py` describes; the same number gives the same one."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import date
from random import Random
from typing import Any

from tests.second_opinion.rating import (
    ANSWERS,
    COMPLIANCE,
    EFFECTIVENESS,
    EXTENTS,
    FRAMEWORKS,
    NOT_APPLICABLE,
    tables_of,
)

CUT_OFF = date(2027, 3, 19)
DAYS = (None, date(2019, 6, 1), date(2026, 3, 31), CUT_OFF, date(2027, 3, 20), date(2028, 1, 1))
AGENCIES = ("bank", "fiu", "police")
COUNTRIES = {"FRA": False, "GBR": True}
"""Countries in whose vocabulary citations are read, and whether decisions of courts are law there."""
MATERIALITY = ("most important", "highly important", "moderately important", "less important")
KINDS = (
    "constitution", "treaty", "law", "supranational law", "regulation", "other enforceable means", "court decision",
    "guidance", "statistics", "case", "document",
)  # fmt: skip
ARTICLES = ("", "art. 9", "article premier")
CITATIONS = (
    "AML Law 2018, art. 9", "loi n° 2018-1, article 3", "Constitution, art. 3", "Vienna Convention, art. 5",
    "CDD Regulation 2017, art. 4", "arrêté du 3 mai, art. 1", "Law on AML", "CDD Regulation 2017",
    "AML Law 2018, art. 9; CDD Regulation 2017", "Regulation (EU) 2024/1624, art. 19(1)",
    "Circular 4 of the central bank, s. 2", "ordonnance 2016-1635, art. 2", "Instruction 2 of the supervisor",
    "Supreme Court decision of 4 May 2020", "Guidelines on CDD, para. 3", "annual report 2020", "the usual practice",
)  # fmt: skip
"""Citations of every kind; some kinds are unknown in one of the countries, some unconfirmed."""

CITED = ("L-001", "L-002", "L-003", "L-004", "L-005", "L-006")
ON_FILE = ("L-007", "L-008")
"""Laws of the register: those that answers cite by number, and those that are items of evidence."""
REGISTER_KINDS = KINDS[:8]
STATUSES = ("drafting", "bill", "adopted", "suspended", "repealed")

AT_LIMITS = (
    ((5, "very large"), (5, "very large"), (3, "very large"), (5, "large"), (5, "large"), (2, "large")),
    ((5, "large"), (5, "large"), (5, "some"), (3, "large"), (1, "some"), (1, "some")),
)
"""Weights and extents of six core issues, those of IO.1, whose average is exactly 84 % and exactly 55 %."""

Read = Callable[[str, str], list[dict[str, Any]]]
"""Reads the words of a citation in a country, as [Adapting] says; that is not part of the method."""


def made_up(number: int, *, read: Read, is_typed: bool) -> dict[str, Any]:
    """A random assessment. `is_typed`: all that is cited can be typed into a workbook; otherwise it is drawn freely."""
    return _Maker(number, read, is_typed=is_typed).assessment()


class _Maker:
    def __init__(self, number: int, read: Read, *, is_typed: bool) -> None:
        self.random = Random(number)  # noqa: S311 - test data
        self.read, self.is_typed = read, is_typed
        self.edition = ("fatf-2022", "fatf-2013")[number % 2]
        self.country = self.random.choice(list(COUNTRIES))
        self.care = self.random.random()
        """How good the country is, from 0 to 1: its answers, and its proof."""
        self.is_led = self.random.random() < 0.7
        self.registers = {agency: [self._item(f"E-{n:03}") for n in range(1, 13)] for agency in AGENCIES}
        self.answers: dict[str, list[dict[str, Any]]] = {}
        self.register = self._laws() if is_typed else {"laws": {}, "provisions": [], "links": []}
        if is_typed:
            self._name_laws()

    def assessment(self) -> dict[str, Any]:
        """Return the whole assessment."""
        criteria, issues, units = [], [], []
        for page in _pages(self.edition):
            units.append(page["id"])
            for top in page.get("criteria", []):
                criteria.append(top["id"])
                self._answer(top)
                self._link(top)
            for issue in page.get("core_issues", []):
                issues.append(issue["id"])
                if self._chance(0.9):
                    self.answers[issue["id"]] = self._replies(EXTENTS)
        tops = criteria + issues
        weights = {top: self.random.choice([1, 2, 3, 5]) for top in self.random.sample(tops, 20)}
        for issue, (weight, extent) in zip(issues, self.random.choice([(), *AT_LIMITS]), strict=False):
            weights[issue] = weight
            self.answers[issue] = [{**self._reply("bank"), "answer": extent}]
        return {
            "edition": self.edition,
            "country": self.country,
            "courts_make_law": COUNTRIES[self.country],
            "cut_off": self.random.choice([None, CUT_OFF, CUT_OFF]),
            "answers": self.answers,
            "registers": self.registers,
            "register": self.register,
            "leads": {top: self.random.choice(AGENCIES) for top in tops if self.is_led and self._chance(0.9)},
            "core_issues": {}
            if self.is_typed
            else {issue: self._facts(issue) for issue in issues if self._chance(0.9)},
            "sectors": {s: self.random.choice(MATERIALITY) for s in _sectors() if self._chance(0.7)},
            "weights": weights,
            "decisions": list(self._decisions(tops, units)),
        }

    def _chance(self, share: float) -> bool:
        return self.random.random() < share

    def _answer(self, item: dict[str, Any]) -> None:
        """An answer to a criterion or part, to parts of it, to both, or to neither; now and then words only."""
        parts = item.get("parts", [])
        what = self.random.choices(["own", "parts", "both", "words and parts", "none"], [5, 4 * len(parts), 3, 1, 0.3])[
            0
        ]
        if what in ("own", "both"):
            self.answers[item["id"]] = self._replies(ANSWERS)
        elif what == "words and parts":
            self.answers[item["id"]] = [{**self._reply(self.random.choice(AGENCIES)), "answer": None}]
        if what not in ("own", "none"):
            for part in parts:
                self._answer(part)

    def _replies(self, scale: list[str]) -> list[dict[str, Any]]:
        """Mostly one agency; otherwise two or three, which may agree, or write words without an answer."""
        agencies = self.random.sample(AGENCIES, self.random.choices([1, 2, 3], [16, 3, 1])[0])
        first = self._value(scale)
        values = [first, *(self.random.choice([first, first, self._value(scale), None]) for _ in agencies[1:])]
        return [{**self._reply(agency), "answer": value} for agency, value in zip(agencies, values, strict=True)]

    def _value(self, scale: list[str]) -> str:
        if scale is ANSWERS and self._chance(0.06):
            return NOT_APPLICABLE
        good = self.care
        return self.random.choices(
            scale, [0.2 + 8 * good * good, 0.2 + 3 * good, 0.2 + 1.5 * (1 - good), 0.1 + 1 - good]
        )[0]

    def _reply(self, agency: str) -> dict[str, Any]:
        reply: dict[str, Any] = {"agency": agency, "explanation": self.random.choice(["", "As the law says."])}
        is_proved = self._chance(0.3 + 0.7 * self.care)
        reply["date"] = self._day(is_proved)
        reply["citation"], reply["typed"] = "", []
        is_cited = self._chance(0.8)
        if is_cited and self.is_typed:
            reply["citation"], law = self._citation(is_proved)
            reply["typed"] = [{**one, **law} for one in self.read(reply["citation"], self.country)]
        elif is_cited:
            reply["typed"] = [self._instrument(is_proved) for _ in range(self.random.choice([1, 1, 2]))]
        reply["items"] = self.random.sample(self.registers[agency], self.random.choices([0, 1, 2], [5, 3, 1])[0])
        return reply

    def _citation(self, is_proved: bool) -> tuple[str, dict[str, Any]]:
        """Return a citation in words, or one by the number of a law in the register, with what that means."""
        if self._chance(0.5):
            return self.random.choice(CITATIONS[:6] if is_proved else CITATIONS), {}
        name, articles = (
            self.random.choice(CITED),
            self.random.choice([[], ["1"], ["2"], ["3"], ["1", "2"], ["2", "4"]]),
        )
        text = f"{name} {'arts' if len(articles) > 1 else 'art'}. {' and '.join(articles)}" if articles else name
        return text, {"law": name, "articles": articles}

    def _laws(self) -> dict[str, Any]:
        """A register of laws, some of them made under others."""
        laws: dict[str, Any] = {}
        for name in (*CITED, *ON_FILE):
            laws[name] = {
                "kind": self.random.choice([None, "law", "law", "law", "regulation", *REGISTER_KINDS]),
                "status": self.random.choice(["in force"] * 6 + list(STATUSES)),
                "from": self.random.choice((*DAYS[1:4], *DAYS)),
                "until": self.random.choice([None] * 4 + list(DAYS)),
                "expected": self.random.choice(DAYS),
                "day": self.random.choice(DAYS[:3]),
                "is_checked": self._chance(0.85),
                "under": self.random.sample(list(laws), self.random.choice([0, 0, 1, 2]) if len(laws) > 1 else 0),
            }
        provisions = [
            {
                "law": name,
                "article": article,
                "from": self.random.choice((None, None, *DAYS)),
                "until": self.random.choice([None] * 6 + list(DAYS)),
            }
            for name in laws
            for article in "123"
            if self._chance(0.6)
        ]
        return {"laws": laws, "provisions": provisions, "links": []}

    def _name_laws(self) -> None:
        """Let some items of evidence be laws of the register that no answer cites in words."""
        for items in self.registers.values():
            for item in items:
                if self._chance(0.3):
                    item.update(law=self.random.choice(ON_FILE), articles=[])

    def _link(self, item: dict[str, Any]) -> None:
        """Now and then link a criterion or part with a provision."""
        for part in item.get("parts", []):
            self._link(part)
        if self.is_typed and self._chance(0.15):
            link = {
                "law": self.random.choice(CITED),
                "article": self.random.choice("1234"),
                "requirement": item["id"],
                "covers_all": self._chance(0.7),
                "is_checked": self._chance(0.8),
            }
            self.register["links"].append(link)

    def _day(self, is_proved: bool) -> date | None:
        return self.random.choice(DAYS[1:4] if is_proved else DAYS)

    def _instrument(self, is_proved: bool) -> dict[str, Any]:
        """Return a random instrument, as a typed citation may be read."""
        return {
            "kind": self.random.choice(["law", "law", "regulation"] if is_proved else [None, *KINDS]),
            "is_certain": is_proved or self._chance(0.8),
            "article": "art. 9" if is_proved else self.random.choice(ARTICLES),
            "from": None,
            "until": None if is_proved or self.is_typed else self.random.choice(DAYS),
        }

    def _item(self, key: str) -> dict[str, Any]:
        """An item of the evidence register: its kind is certain."""
        instrument = {
            **self._instrument(self._chance(0.4)),
            "from": self.random.choice(DAYS),
            "id": key,
            "is_certain": True,
        }
        return {**instrument, "kind": instrument["kind"] or "document"}

    def _facts(self, issue: str) -> dict[str, Any]:
        """Return random facts from statistics about a core issue."""
        tables = tables_of(self.edition)[issue]
        return {
            "filled": self.random.choice([[], tables[:1], tables, tables]),
            "contradictions": self.random.choice([[], [], [], ["1"]]),
            "cases": self.random.choice([[], ["case-1"]]),
            "documents": self.random.choice([[], ["E-900"]]),
        }

    def _decisions(self, tops: list[str], units: list[str]) -> Iterator[dict[str, Any]]:
        """Some decisions on requirements and on units, some of them replaced on a later day."""
        chosen = self.random.sample(tops, 12) + self.random.sample(units, 3)
        days = self.random.sample(range(1, 29), len(chosen) + 3)
        for key, day in zip([*chosen, *chosen[:3]], days, strict=True):
            is_technical = key.startswith("R.")
            if "/" in key:
                scale = [*ANSWERS, NOT_APPLICABLE] if is_technical else EXTENTS
            else:
                scale = [*COMPLIANCE, "NA"] if is_technical else EFFECTIVENESS
            yield {"id": key, "value": self.random.choice(scale), "day": date(2027, 2, day)}


def _pages(edition: str) -> Iterator[dict[str, Any]]:
    for folder in ("recommendations", "outcomes"):
        for path in sorted((FRAMEWORKS / edition / folder).glob("*.json")):
            yield json.loads(path.read_text(encoding="utf-8"))


def _sectors() -> list[str]:
    listed = json.loads((FRAMEWORKS / "sectors.json").read_text(encoding="utf-8"))["sectors"]
    return [sector["id"] for sector in listed]
