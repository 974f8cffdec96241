"""A small register of items for the tests of this folder."""

from __future__ import annotations

from datetime import date

from fatf_kit.action_plan.items.choices import Direction, ItemEvidenceKind, ReportDuty
from fatf_kit.action_plan.items.model import CycleRecord, ItemEvidence, ItemRegister, PlanItem, PlanWork, ReportCycle
from fatf_kit.action_plan.items.periods import FigurePeriod
from fatf_kit.action_plan.model import ActionStatus

FIRST, SECOND, THIRD = "2027-02", "2027-06", "2027-10"


def years(**figures: float) -> tuple[FigurePeriod, ...]:
    """Figures by year, like `years(y2025=4)`."""
    return tuple(
        FigurePeriod(name=name[1:], last=date(int(name[1:]), 12, 31), value=value) for name, value in figures.items()
    )


LAW = PlanItem(
    id="PI-01", wording="Set up a register of owners of companies.", label="Register of owners",
    plans=("observation", "icrg"), report="MER 2025", place="p. 12", origin="RA-004", asks="law-or-system",
    units=("IO.5", "R.24"), deadline="2027-05", lead="Companies Registry", supporting="Ministry of Justice",
    baseline="No register exists.", sustained="A yearly budget line.", note="a note",
)  # fmt: skip
RESULTS = PlanItem(id="PI-02", label="More cases", plans=("icrg",), units=("IO.7",), deadline="2027-09")
FRAUD = PlanItem(id="PI-02.1", label="Fraud cases", asks="demonstrated-results", units=("IO.7",))
ABROAD = PlanItem(id="PI-02.2", label="Foreign offences", asks="demonstrated-results", units=("IO.7",))

EVIDENCE = (
    ItemEvidence(
        id="1", item="PI-01", kind=ItemEvidenceKind.LAW, what="L-001 art. 12", cycle=FIRST, annex=1, file="l.pdf"
    ),
    ItemEvidence(
        id="2", item="PI-02.1", kind=ItemEvidenceKind.FIGURES, what="t/r/m", title="Convictions for fraud",
        series=years(y2024=3, y2025=5, y2026=9), direction=Direction.RISE, cycle=FIRST, annex=2,
        risk="Fraud", note="final judgments",
    ),
    ItemEvidence(id="3", item="PI-02.1", kind=ItemEvidenceKind.CASE, what="ML-1", cycle=FIRST),
    ItemEvidence(id="4", item="PI-02.1", kind=ItemEvidenceKind.DOCUMENT, what="Policy", cycle=SECOND),
)  # fmt: skip
RECORDS = (
    CycleRecord(
        id="1", item="PI-01", cycle=FIRST, plan="icrg", done="The law is in force.", open="The rest follows in May.",
        claimed="addressed", decided="largely addressed", reason="The register is not full yet.",
    ),
    CycleRecord(
        id="2", item="PI-02", cycle=FIRST, plan="icrg", claimed="partly addressed", confirmed="Coordinator, 10 Nov."
    ),
    CycleRecord(id="3", item="PI-01", cycle=SECOND, plan="icrg", claimed="addressed"),
)  # fmt: skip
CYCLES = (
    ReportCycle(
        id=FIRST, plenary=date(2027, 2, 15), due=date(2026, 11, 16), meeting=date(2027, 1, 5), place="Paris",
        duty=ReportDuty.COMPULSORY, note="first report",
    ),
    ReportCycle(id=SECOND, duty=ReportDuty.VOLUNTARY),
    ReportCycle(id=THIRD, is_visit=True),
)  # fmt: skip
WORK = (
    PlanWork(
        id="W-01", what="Train prosecutors", items=("PI-01", "PI-02"), own=("A-003",), owner="Prosecution",
        status=ActionStatus.DONE, start=date(2026, 9, 1), due=date(2026, 12, 31), done_on=date(2026, 12, 1),
        evidence="List of courses", note="two courses",
    ),
)  # fmt: skip
REGISTER = ItemRegister(
    items=(LAW, RESULTS, FRAUD, ABROAD), evidence=EVIDENCE, records=RECORDS, cycles=CYCLES, work=WORK
)
