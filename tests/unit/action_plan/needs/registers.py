"""A made-up register with twelve needs, two partners and the state budget, whose sums are worked out by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from fatf_kit.action_plan.items.model import ItemRegister, PlanItem, PlanWork, ReportCycle
from fatf_kit.action_plan.model import ActionStatus
from fatf_kit.action_plan.needs.model import CostLine, CostRange, Need, Rate
from fatf_kit.action_plan.needs.priority import PriorityFacts
from fatf_kit.outlook import load_rules

TODAY = date(2026, 11, 29)
FUND, BANK, STATE = "Northern Fund", "Harbour Bank", "Ministry of Finance"

ITEMS = (
    PlanItem(
        id="PI-01", label="Register of owners", plans=("icrg",), units=("R.24", "IO.5"), deadline="2027-05",
        lead="Companies Registry",
    ),
    PlanItem(id="PI-02", label="More cases", plans=("icrg",), units=("IO.7",), deadline="2027-09"),
    PlanItem(id="PI-02.1", label="Fraud cases", units=("IO.7",)),
    PlanItem(id="PI-03", label="Sanctions", plans=("last-report",), units=("R.6",), deadline="2028-02"),
    PlanItem(id="PI-04", label="Good practice", plans=("last-report",)),
    PlanItem(id="PI-05", label="Nothing entered yet", plans=("last-report",), units=("R.1",)),
)  # fmt: skip
CYCLES = tuple(ReportCycle(id=name) for name in ("2027-02", "2027-06", "2027-10"))
WORK = (
    PlanWork(id="W-01", what="Build the register", items=("PI-01",), owner="Companies Registry"),
    PlanWork(id="W-02", what="Draft the law on owners", items=("PI-01",), owner="Ministry of Justice"),
    PlanWork(id="W-03", what="Train prosecutors", items=("PI-02",), owner="Prosecution"),
    PlanWork(id="W-04", what="Inspect companies", items=("PI-01",), owner="Companies Registry", due=date(2027, 4, 1)),
    PlanWork(id="W-05", what="Appoint a committee", items=("PI-04",), status=ActionStatus.DONE, evidence="decree"),
)
RATES = (
    Rate(grade="Senior expert", amount=500, currency="EUR", base_year=2026, source="quote of an office"),
    Rate(grade="National expert", amount=200, currency="EUR", base_year=2026, source="tariff"),
    Rate(grade="Prosecutor, grade 2", amount=60, currency="EUR", base_year=2025, source="pay scale"),
)


def span(low: float, likely: float, high: float) -> CostRange:
    """A range."""
    return CostRange(low=low, likely=likely, high=high)


def _line(number: int, target: str, kind: str, **rest: object) -> CostLine:
    given: dict[str, object] = {"is_yearly": False, "first": 2027, "currency": "EUR", "source": "quote", **rest}
    return CostLine(id=f"C-{number:02}", target=target, kind=kind, **given)  # type: ignore[arg-type]


COSTS = (
    _line(
        1, "TA-001", "international-experts", days=span(30, 40, 60), rate="Senior expert", funding="partner-agreed",
        payer=FUND,
    ),
    _line(2, "TA-002", "drafting-of-laws", amount=span(12e3, 15e3, 20e3), funding="partner-agreed", payer=BANK),
    _line(
        3, "TA-003", "national-experts", days=span(20, 25, 30), rate="National expert", funding="budget-voted",
        payer=STATE,
    ),
    _line(4, "TA-004", "software", amount=span(60e3, 80e3, 100e3), first=2028, funding="partner-offered", payer=FUND),
    _line(
        5, "TA-004", "software-upkeep", amount=span(12e3, 14e3, 16e3), is_yearly=True, first=2028, last=2030,
        funding="budget-asked", payer=STATE,
    ),
    _line(6, "TA-005", "software", amount=span(300e3, 400e3, 600e3), first=2028, funding="unfunded", what="Build"),
    _line(
        7, "TA-005", "data-clean-up", amount=span(100e3, 200e3, 400e3), first=2028, source="guess",
        assumptions="100,000 records",
    ),
    _line(
        8, "TA-005", "software-upkeep", amount=span(60e3, 75e3, 90e3), is_yearly=True, first=2029, last=2031,
        payer=STATE,
    ),
    _line(9, "TA-006", "courses", amount=span(8e3, 10e3, 12e3), funding="partner-offered", payer=BANK),
    _line(10, "TA-007", "courses", amount=CostRange.of(6000), currency="USD", funding="partner-offered", payer=FUND),
    _line(
        11, "TA-009", "international-experts", days=span(180, 200, 220), rate="Senior expert", first=2028,
        funding="partner-offered", payer=BANK,
    ),
    _line(12, "TA-010", "international-experts", amount=span(20e3, 30e3, 40e3)),
    _line(13, "TA-011", "translation-pages", days=span(40, 50, 60)),
    _line(14, "TA-012", "events", amount=CostRange.of(15e3)),
    _line(15, "W-01", "staff-time", days=CostRange.of(100), rate="Prosecutor, grade 2"),
)  # fmt: skip

NEEDS = (
    Need(
        id="TA-001", serves=("W-02",), need="Drafting of the law on owners", provision="art. 5", kind="law-drafting",
        beneficiary="Ministry of Justice", priority=1, reason="It comes first", wanted_from="2027-01",
        wanted_until="2027-04", delivery="expert-visit", partner=FUND, status="agreed",
        contacted=date(2026, 10, 1), funded=24000, currency="EUR", condition="after the decree", result="Bill",
        note="a note",
    ),
    Need(
        id="TA-002", serves=("PI-03",), need="Drafting of the order on sanctions", kind="law-drafting",
        beneficiary="Ministry of Justice", wanted_until="2027-12", partner=BANK, status="agreed",
    ),
    Need(
        id="TA-003", serves=("PI-04",), need="A national policy", kind="policy", beneficiary="Committee",
        status="under-way",
    ),
    Need(
        id="TA-004", serves=("PI-02.1",), need="A module for reports", kind="information-system", beneficiary="FIU",
        partner=FUND, status="offered", wanted_until="2027-09", delivery="purchase",
    ),
    Need(
        id="TA-005", serves=("W-01",), need="A register of owners", kind="information-system",
        beneficiary="Companies Registry", status="requested", contacted=date(2026, 6, 1), wanted_until="2027-05",
    ),
    Need(
        id="TA-006", serves=("W-03",), need="Courses on asset recovery", kind="training", beneficiary="Prosecution",
        partner=BANK, status="offered", wanted_until="2027-08",
    ),
    Need(
        id="TA-007", serves=("W-03",), need="Courses on tracing", kind="training", beneficiary="Prosecution",
        partner=FUND, status="offered", wanted_until="2027-08",
    ),
    Need(
        id="TA-008", serves=("PI-02",), need="Courses for analysts", kind="training", beneficiary="FIU",
        status="identified", wanted_until="2027-06",
    ),
    Need(
        id="TA-009", serves=("W-03", "PI-02.1"), need="A resident adviser", kind="mentoring",
        beneficiary="Prosecution", partner=BANK, status="offered", is_shareable=True, delivery="resident-adviser",
    ),
    Need(
        id="TA-010", serves=("PI-03",), need="A risk assessment of non-profits", kind="data-research",
        beneficiary="Charities Authority", status="identified",
    ),
    Need(
        id="TA-011", serves=("PI-01",), need="Translation of laws", kind="translation", beneficiary="Committee",
        status="identified",
    ),
    Need(
        id="TA-012", serves=("PI-04",), need="A mock visit, because the answers on IO.7 are weak",
        kind="mock-evaluation", beneficiary="Committee", status="identified", is_confidential=True,
    ),
)  # fmt: skip

REGISTER = ItemRegister(
    items=ITEMS, cycles=CYCLES, work=WORK, rates=RATES, costs=COSTS, needs=NEEDS, file="action-plan.xlsx"
)


def make_facts(register: ItemRegister, **rest: Any) -> PriorityFacts:
    """The facts behind priorities on the day of the register, with the key Recommendations of the fifth round."""
    return PriorityFacts(register=register, today=TODAY, key_units=load_rules("fatf-2022").key_units, **rest)


def change_cost(place: int, **changes: Any) -> ItemRegister:
    """The register with other facts of one line of cost."""
    costs = (*COSTS[:place], replace(COSTS[place], **changes), *COSTS[place + 1 :])
    return replace(REGISTER, costs=costs)


def change_need(place: int, **changes: Any) -> ItemRegister:
    """The register with other facts of one need."""
    needs = (*NEEDS[:place], replace(NEEDS[place], **changes), *NEEDS[place + 1 :])
    return replace(REGISTER, needs=needs)
