"""The register of laws as a workbook: six sheets to work in, with a first sheet that explains them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from fatf_kit.core.messages import Translator
from fatf_kit.laws import schema
from fatf_kit.laws.model import EntryState, InstrumentStatus, LawRegister, SpellingState
from fatf_kit.spreadsheets.kept_books import KeptBook, KeptSheet
from fatf_kit.spreadsheets.spread import fill_spread
from fatf_kit.spreadsheets.writer import Highlight


def render_register(register: LawRegister, t: Translator, *, country: str = "", notices: Sequence[str] = ()) -> bytes:
    """Return the bytes of the workbook; the same register gives the same bytes.

    `country` is its name in the reader's language. `notices` are printed on every page.
    """
    proposed = t(
        "Rows that fatf-kit proposed are marked as proposed and prove nothing. Correct them, then choose '{checked}'.",
        checked=t(EntryState.CHECKED),
    )
    citing = t("An agency can cite the number, like L-003 art. 12, instead of the title of the law.")
    statuses = ((one.id, str(one.status)) for one in register.instruments)
    book = KeptBook(
        schema=schema.LAWS,
        title=t("Register of laws"),
        how=t("How to keep this register"),
        sheets=tuple(_sheets(register, t)),
        lists=schema.LISTS,
        last=((t("Proposed rows"), proposed), (t("Citing"), citing)),
        hidden={"_statuses": ((schema.STATUSES_MARK,), *statuses)},
    )
    return book.render(t, country=country, notices=notices)


def _sheets(register: LawRegister, t: Translator) -> Iterator[KeptSheet[Any]]:
    proposed = Highlight(f'{{entry}}="{t(EntryState.PROPOSED)}"', "state blocked", ("entry",))
    over = f'OR({{status}}="{t(InstrumentStatus.REPEALED)}",{{status}}="{t(InstrumentStatus.SUSPENDED)}")'
    late = Highlight('AND({stage_due}<>"",{stage_due}<TODAY())', "state late", ("stage_due",))
    due = 'AND({due}<>"",{made_on}="",{due}<TODAY())'
    open_ = f'{{state}}="{t(SpellingState.PROPOSED)}"'
    yield KeptSheet(
        t("Instruments"),
        t(
            "One row for each law, regulation, guideline, treaty or court decision, and for each bill. Give each "
            "a number like L-001. The number never changes."
        ),
        schema.INSTRUMENTS,
        register.instruments,
        cells=lambda instrument: fill_spread("title", instrument.titles),
        highlights=(proposed, Highlight(over, "state over"), late),
    )
    yield KeptSheet(
        t("Provisions"),
        t("One row for each article that matters, named by the number of its instrument and the article."),
        schema.PROVISIONS,
        register.provisions,
        cells=lambda one: {"provision": one.id},
        highlights=(proposed,),
    )
    yield KeptSheet(
        t("Links"),
        t("Which provision shows which criterion, and whether it covers all or a part of it."),
        schema.LINKS,
        register.links,
        cells=lambda one: {"provision": f"{one.instrument} {one.article}"},
        highlights=(proposed,),
    )
    yield KeptSheet(
        t("Translations"),
        t("Which text was translated, as in force on which day. A translation is out of date when the text changes."),
        schema.TRANSLATIONS,
        register.translations,
        cells=lambda one: {"source": f"{one.instrument} {one.article}".strip()},
        highlights=(Highlight(due, "state late", ("due",)),),
    )
    yield KeptSheet(
        t("Bills"),
        t("The answer that each clause of a bill would give to a criterion."),
        schema.BILLS,
        register.effects,
        cells=lambda one: {"clause": f"{one.bill} {one.clause}"},
    )
    yield KeptSheet(
        t("Spellings"),
        t(
            "Citations that may mean an instrument. Confirm or reject each one; fatf-kit then knows the same "
            "spelling in every workbook."
        ),
        schema.SPELLINGS,
        register.spellings,
        cells=lambda one: {"spelling": one.text},
        highlights=(Highlight(open_, "state blocked", ("state",)),),
    )
