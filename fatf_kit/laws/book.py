"""The workbook of the register of laws, written and read: six sheets, with a first sheet that explains them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from fatf_kit.core.messages import Translator
from fatf_kit.core.problems import Problem, quote_found
from fatf_kit.framework import Framework
from fatf_kit.laws.model import EntryState, InstrumentStatus, LawRegister, SpellingState
from fatf_kit.laws.sheets import BILLS, INSTRUMENTS, LINKS, PROVISIONS, SPELLINGS, TRANSLATIONS
from fatf_kit.spreadsheets.declared_rows import SheetReader
from fatf_kit.spreadsheets.declared_sheets import list_choices
from fatf_kit.spreadsheets.kept_books import KeptBook
from fatf_kit.spreadsheets.reader import FilledBook, read_book
from fatf_kit.spreadsheets.schema import BookSchema
from fatf_kit.spreadsheets.writer import Highlight

SHEETS = (INSTRUMENTS, PROVISIONS, LINKS, TRANSLATIONS, BILLS, SPELLINGS)

STATUSES_MARK = "fatf-kit:law-statuses"
"""Marks the hidden sheet with the status of each instrument when fatf-kit last wrote the workbook."""

LAWS = BookSchema(
    kind="laws",
    what="a register of laws",
    command="fatf-kit laws propose",
    tables=tuple(sheet.table for sheet in SHEETS),
    hidden=(STATUSES_MARK,),
)

_ORDER_OF_LISTS = ("law_kinds", "law_statuses", "law_stages", "law_entries", "law_scopes", "law_spellings")


def render_register(register: LawRegister, t: Translator, *, country: str = "", notices: Sequence[str] = ()) -> bytes:
    """Return the bytes of the workbook; the same register gives the same bytes.

    `country` is its name in the reader's language. `notices` are printed on every page.
    """
    proposed = t(
        "Rows that fatf-kit proposed are marked as proposed and prove nothing. Correct them, then choose '{checked}'.",
        checked=t(EntryState.CHECKED),
    )
    citing = t("An agency can cite the number, like L-003 art. 12, instead of the title of the law.")
    statuses = ((law.id, str(law.status)) for law in register.instruments)
    entry = Highlight(f'{{entry}}="{t(EntryState.PROPOSED)}"', "state blocked", ("entry",))
    over = f'OR({{status}}="{t(InstrumentStatus.REPEALED)}",{{status}}="{t(InstrumentStatus.SUSPENDED)}")'
    late = Highlight('AND({stage_due}<>"",{stage_due}<TODAY())', "state late", ("stage_due",))
    due = Highlight('AND({due}<>"",{made_on}="",{due}<TODAY())', "state late", ("due",))
    undecided = Highlight(f'{{state}}="{t(SpellingState.PROPOSED)}"', "state blocked", ("state",))
    book = KeptBook(
        schema=LAWS,
        title=t("Register of laws"),
        how=t("How to keep this register"),
        sheets=(
            INSTRUMENTS.keep(register.instruments, t, highlights=(entry, Highlight(over, "state over"), late)),
            PROVISIONS.keep(register.provisions, t, highlights=(entry,)),
            LINKS.keep(register.links, t, highlights=(entry,)),
            TRANSLATIONS.keep(register.translations, t, highlights=(due,)),
            BILLS.keep(register.effects, t),
            SPELLINGS.keep(register.spellings, t, highlights=(undecided,)),
        ),
        lists=list_choices(SHEETS, _ORDER_OF_LISTS),
        last=((t("Proposed rows"), proposed), (t("Citing"), citing)),
        hidden={"_statuses": ((STATUSES_MARK,), *statuses)},
    )
    return book.render(t, country=country, notices=notices)


def read_register(path: Path, framework: Framework) -> tuple[LawRegister, tuple[Problem, ...]]:
    """Return the register in a workbook, and every problem in the order of its sheets.

    A workbook that cannot be read gives an empty register and its problems. Requirements are those of `framework`.
    """
    book, problems = read_book(path, LAWS)
    return (LawRegister(), problems) if book is None else interpret_register(book, framework)


def interpret_register(book: FilledBook, framework: Framework) -> tuple[LawRegister, tuple[Problem, ...]]:
    """Return the register that the rows of a workbook give, and every problem in the order of its sheets."""
    reader, hidden = SheetReader(book), book.hidden.get(STATUSES_MARK, ())
    known = [[str(status)] for status in InstrumentStatus]
    register = LawRegister(
        instruments=reader.read(INSTRUMENTS, framework),
        provisions=reader.read(PROVISIONS, framework),
        links=reader.read(LINKS, framework),
        translations=reader.read(TRANSLATIONS, framework),
        effects=reader.read(BILLS, framework),
        spellings=reader.read(SPELLINGS, framework),
        file=book.file,
        sha256=book.sha256,
        earlier={row[0]: InstrumentStatus(row[1]) for row in hidden if row[1:2] in known},
    )
    for law in register.instruments:
        for name in (*law.amends, *law.made_under):
            if not reader.find_place("instruments", name):
                reader.report("law-unknown", law.ref, **quote_found(name))
    return register, (*book.problems, *reader.problems)
