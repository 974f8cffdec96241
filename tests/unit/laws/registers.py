"""A small register of laws for the tests of this folder."""

from __future__ import annotations

from datetime import date

from fatf_kit.assessment.answers.model import EvidenceKind
from fatf_kit.laws.model import Instrument, InstrumentStatus, LawRegister, Provision

AML = Instrument(
    id="L-001",
    titles={
        "en": "Anti-Money Laundering and Counter-Terrorist Financing Law",
        "ar": "قانون مكافحة غسل الأموال وتمويل الإرهاب",
    },
    kind=EvidenceKind.LAW,
    number="39",
    year=2015,
    in_force_from=date(2015, 11, 16),
)
CODE = Instrument(
    id="L-002",
    titles={"en": "Criminal Procedure Code 2013"},
    kind=EvidenceKind.LAW,
    in_force_from=date(2014, 1, 1),
)
RULES = Instrument(
    id="L-003",
    titles={"en": "Bank Regulation 7/2021 on customer due diligence"},
    kind=EvidenceKind.REGULATION,
    issuer="Bank of Ruritania",
    in_force_from=date(2021, 4, 1),
)
BILL = Instrument(
    id="L-004",
    titles={"en": "Bearer Shares Bill 2026"},
    kind=EvidenceKind.LAW,
    status=InstrumentStatus.BILL,
    expected=date(2027, 1, 1),
)

REGISTER = LawRegister(
    instruments=(AML, CODE, RULES, BILL),
    provisions=(
        Provision(instrument="L-001", article="art. 12"),
        Provision(instrument="L-001", article="arts. 20-25", in_force_until=date(2026, 6, 30)),
        Provision(instrument="L-001", article="art. 30(2)"),
    ),
)
