"""A small register of laws for the tests of this folder."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from fatf_kit.assessment.answers.model import EvidenceKind
from fatf_kit.core.ratings import CriterionRating
from fatf_kit.laws.model import (
    BillStage,
    ClauseEffect,
    EntryState,
    Instrument,
    InstrumentStatus,
    LawRegister,
    LinkScope,
    Provision,
    ProvisionLink,
    Spelling,
    SpellingState,
    Translation,
)

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

LINK = ProvisionLink(
    instrument="L-001",
    article="art. 12",
    requirement="R.10/10.2",
    scope=LinkScope.PART,
    note="a note",
    entry=EntryState.PROPOSED,
)
EFFECT = ClauseEffect(bill="L-004", clause="clause 3", requirement="R.24/24.12", rating=CriterionRating.MET, note="x")
SPELLING = Spelling(text="the code", instrument="L-002", state=SpellingState.CONFIRMED, cited_in="a.xlsx, R.5!E3")
FULL = replace(
    REGISTER,
    instruments=(
        replace(
            AML, titles={**AML.titles, "fr": "Loi"}, kind_word="act", day=date(2015, 11, 1), link="https://x.example"
        ),
        replace(CODE, in_force_until=date(2030, 1, 1), file="code.pdf", note="a note", cited_in="a.xlsx, R.5!E3"),
        replace(RULES, made_under=("L-001", "L-002")),
        replace(BILL, stage=BillStage.PARLIAMENT, stage_due=date(2026, 11, 1), amends=("L-001",)),
    ),
    provisions=(
        replace(REGISTER.provisions[0], heading="Duties", summary="In short.", in_force_from=date(2016, 1, 1)),
        *REGISTER.provisions[1:],
    ),
    links=(LINK,),
    translations=(
        Translation(
            instrument="L-001",
            article="art. 12",
            language="English",
            translator="Ministry",
            text_as_of=date(2020, 1, 2),
            made_on=date(2020, 3, 4),
            due=date(2020, 2, 1),
            checked_by="A lawyer",
            file="l-001-en.docx",
        ),
    ),
    effects=(EFFECT,),
    spellings=(SPELLING,),
)
"""The same register with a row on every sheet."""
