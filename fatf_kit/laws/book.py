"""The register of laws as a workbook: six sheets to work in, with a first sheet that explains them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from fatf_kit.core.languages import LANGUAGES
from fatf_kit.core.messages import Translator
from fatf_kit.laws.model import EntryState, InstrumentStatus, LawRegister, SpellingState
from fatf_kit.laws.schema import (
    BILLS,
    INSTRUMENTS,
    LAWS,
    LINKS,
    LISTS,
    PROVISIONS,
    SPELLINGS,
    STATUSES_MARK,
    TRANSLATIONS,
)
from fatf_kit.spreadsheets.cell_writer import BookWriter
from fatf_kit.spreadsheets.covers import write_cover
from fatf_kit.spreadsheets.schema import SheetTable
from fatf_kit.spreadsheets.sheet import CellValue
from fatf_kit.spreadsheets.stamp import write_stamp
from fatf_kit.spreadsheets.writer import Highlight, write_hidden, write_lists, write_table

_Row = Mapping[str, CellValue | None]


def render_register(register: LawRegister, t: Translator, *, country: str = "", notices: Sequence[str] = ()) -> bytes:
    """Return the bytes of the workbook; the same register gives the same bytes.

    `country` is its name in the reader's language. `notices` are printed on every page.
    """
    cell_writer = BookWriter(t.language, t.points(map(t, notices)))
    heading = " – ".join(filter(None, (t("Register of laws"), country)))
    _write_cover(cell_writer, t, country)
    for title, table, rows, highlights in _sheets(register, t):
        write_table(
            cell_writer, t(title), table, list(rows), tab="#1F3A52", heading=heading, freeze=2, highlights=highlights
        )
    write_lists(cell_writer, LISTS)
    statuses = [(one.id, str(one.status)) for one in register.instruments]
    write_hidden(cell_writer, "_statuses", STATUSES_MARK, statuses)
    facts = {"language": t.language, "notices": "\n".join(notices)}
    write_stamp(cell_writer, LAWS, t("Register of laws"), facts)
    return cell_writer.finish()


def _sheets(
    register: LawRegister, t: Translator
) -> Iterator[tuple[str, SheetTable, Iterable[_Row], tuple[Highlight, ...]]]:
    proposed = Highlight(f'{{entry}}="{t(EntryState.PROPOSED)}"', "state blocked", ("entry",))
    over = f'OR({{status}}="{t(InstrumentStatus.REPEALED)}",{{status}}="{t(InstrumentStatus.SUSPENDED)}")'
    late = 'AND({stage_due}<>"",{stage_due}<TODAY())'
    open_ = Highlight(f'{{state}}="{t(SpellingState.PROPOSED)}"', "state blocked", ("state",))
    due = 'AND({due}<>"",{made_on}="",{due}<TODAY())'
    yield (
        "Instruments",
        INSTRUMENTS,
        _instrument_rows(register),
        (proposed, Highlight(over, "state over"), Highlight(late, "state late", ("stage_due",))),
    )
    yield "Provisions", PROVISIONS, _provision_rows(register), (proposed,)
    yield "Links", LINKS, _link_rows(register), (proposed,)
    yield (
        "Translations",
        TRANSLATIONS,
        _translation_rows(register),
        (Highlight(due, "state late", ("due",)),),
    )
    yield "Bills", BILLS, _bill_rows(register), ()
    yield "Spellings", SPELLINGS, _spelling_rows(register), (open_,)


def _instrument_rows(register: LawRegister) -> Iterator[_Row]:
    for one in register.instruments:
        yield {
            "id": one.id,
            **{f"title_{name}": one.titles.get(name, "") for name in LANGUAGES},
            "kind": one.kind and str(one.kind),
            "kind_word": one.kind_word,
            "number": one.number,
            "year": one.year,
            "day": one.day,
            "issuer": one.issuer,
            "status": str(one.status),
            "in_force_from": one.in_force_from,
            "in_force_until": one.in_force_until,
            "expected": one.expected,
            "stage": one.stage and str(one.stage),
            "stage_due": one.stage_due,
            "amends": ", ".join(one.amends),
            "link": one.link,
            "file": one.file,
            "entry": str(one.entry),
            "note": one.note,
            "cited_in": one.cited_in,
        }


def _provision_rows(register: LawRegister) -> Iterator[_Row]:
    for one in register.provisions:
        yield {
            "provision": one.id,
            "heading": one.heading,
            "summary": one.summary,
            "in_force_from": one.in_force_from,
            "in_force_until": one.in_force_until,
            "entry": str(one.entry),
        }


def _link_rows(register: LawRegister) -> Iterator[_Row]:
    for number, one in enumerate(register.links, start=1):
        yield {
            "row": str(number),
            "provision": f"{one.instrument} {one.article}",
            "requirement": one.requirement,
            "scope": str(one.scope),
            "note": one.note,
            "entry": str(one.entry),
        }


def _translation_rows(register: LawRegister) -> Iterator[_Row]:
    for number, one in enumerate(register.translations, start=1):
        yield {
            "row": str(number),
            "source": f"{one.instrument} {one.article}".strip(),
            "language": one.language,
            "translator": one.translator,
            "text_as_of": one.text_as_of,
            "made_on": one.made_on,
            "due": one.due,
            "checked_by": one.checked_by,
            "file": one.file,
        }


def _bill_rows(register: LawRegister) -> Iterator[_Row]:
    for number, one in enumerate(register.effects, start=1):
        yield {
            "row": str(number),
            "clause": f"{one.bill} {one.clause}",
            "requirement": one.requirement,
            "rating": str(one.rating),
            "note": one.note,
        }


def _spelling_rows(register: LawRegister) -> Iterator[_Row]:
    for number, one in enumerate(register.spellings, start=1):
        yield {
            "row": str(number),
            "spelling": one.text,
            "instrument": one.instrument,
            "state": str(one.state),
            "cited_in": one.cited_in,
        }


def _write_cover(cell_writer: BookWriter, t: Translator, country: str) -> None:
    how = (
        (
            t("Instruments"),
            t(
                "One row for each law, regulation, guideline, treaty or court decision, and for each bill. Give each "
                "a number like L-001. The number never changes."
            ),
        ),
        (
            t("Provisions"),
            t("One row for each article that matters, named by the number of its instrument and the article."),
        ),
        (t("Links"), t("Which provision shows which criterion, and whether it covers all or a part of it.")),
        (
            t("Translations"),
            t(
                "Which text was translated, as in force on which day. A translation is out of date when the text "
                "changes."
            ),
        ),
        (t("Bills"), t("The answer that each clause of a bill would give to a criterion.")),
        (
            t("Spellings"),
            t(
                "Citations that may mean an instrument. Confirm or reject each one; fatf-kit then knows the same "
                "spelling in every workbook."
            ),
        ),
        (
            t("Proposed rows"),
            t(
                "Rows that fatf-kit proposed are marked as proposed and prove nothing. Correct them, then choose "
                "'{checked}'.",
                checked=t(EntryState.CHECKED),
            ),
        ),
        (
            t("Citing"),
            t("An agency can cite the number, like L-003 art. 12, instead of the title of the law."),
        ),
    )
    write_cover(cell_writer, t("Register of laws"), country, ((t("How to keep this register"), how),))
