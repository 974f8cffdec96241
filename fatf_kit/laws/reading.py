"""laws.xlsx is read into a register: every filled cell is used, or a Problem says that it is not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from fatf_kit.assessment.answers.model import EvidenceKind
from fatf_kit.core.languages import LANGUAGES
from fatf_kit.core.problems import CellRef, Problem, make_problem, quote_found
from fatf_kit.core.ratings import CriterionRating
from fatf_kit.framework import Framework
from fatf_kit.framework.catalog import index_requirements, make_id_hint, match_requirement
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
from fatf_kit.laws.schema import LAWS, STATUSES_MARK, find_instrument_id
from fatf_kit.spreadsheets.reader import FilledBook, read_book
from fatf_kit.spreadsheets.values import Record


def read_register(path: Path, framework: Framework) -> tuple[LawRegister, tuple[Problem, ...]]:
    """Return the register in a workbook, and every problem in the order of its sheets.

    A workbook that cannot be read gives an empty register and its problems. Requirements are those of `framework`.
    """
    book, problems = read_book(path, LAWS)
    if book is None:
        return LawRegister(), problems
    return _RegisterReader(book, framework).read()


class _RegisterReader:
    def __init__(self, book: FilledBook, framework: Framework) -> None:
        self._book, self._framework = book, framework
        self._problems: list[Problem] = []
        self._known: dict[str, CellRef] = {}

    def read(self) -> tuple[LawRegister, tuple[Problem, ...]]:
        instruments = tuple(self._instruments(self._book.records("instruments")))
        provisions = tuple(self._provisions(self._book.records("provisions")))
        links = tuple(self._links(self._book.records("links")))
        translations = tuple(self._translations(self._book.records("translations")))
        effects = tuple(self._effects(self._book.records("bills")))
        spellings = tuple(self._spellings(self._book.records("spellings")))
        self._check_amends(instruments)
        register = LawRegister(
            instruments=instruments,
            provisions=provisions,
            links=links,
            translations=translations,
            effects=effects,
            spellings=spellings,
            file=self._book.file,
            sha256=self._book.sha256,
            earlier={
                row[0]: InstrumentStatus(row[1])
                for row in self._book.hidden.get(STATUSES_MARK, ())
                if len(row) > 1 and row[1] in list(InstrumentStatus)
            },
        )
        return register, (*self._book.problems, *self._problems)

    def _report(self, code: str, ref: CellRef | None, **facts: object) -> None:
        self._problems.append(make_problem(code, ref, None, **facts))

    def _instruments(self, rows: Sequence[Record]) -> Iterator[Instrument]:
        for row in rows:
            titles = {name: title for name in LANGUAGES if (title := row.text(f"title_{name}"))}
            name = find_instrument_id(row.id)
            if not name:
                self._report("law-unnumbered", row.row.ref.place, **quote_found(row.id or "–"))
            elif name in self._known:
                self._report("law-twice", row.ref("id"), found=name, other=str(self._known[name]))
            elif not titles:
                self._report("law-untitled", row.ref("id"), found=name)
            else:
                self._known[name] = row.ref("id")
                yield self._instrument(name, titles, row)

    def _instrument(self, name: str, titles: dict[str, str], row: Record) -> Instrument:
        kind, stage = row.choice("kind"), row.choice("stage")
        start, end = row.date("in_force_from"), row.date("in_force_until")
        if start and end and end < start:
            self._report("law-dates", row.ref("in_force_until"), start=start, end=end)
        return Instrument(
            id=name,
            titles=titles,
            kind=EvidenceKind(kind) if kind else None,
            kind_word=row.text("kind_word"),
            number=row.text("number"),
            year=row.count("year"),
            day=row.date("day"),
            issuer=row.text("issuer"),
            status=InstrumentStatus(row.choice("status") or InstrumentStatus.IN_FORCE),
            in_force_from=start,
            in_force_until=end,
            expected=row.date("expected"),
            stage=BillStage(stage) if stage else None,
            stage_due=row.date("stage_due"),
            amends=tuple(one.upper() for one in row.items("amends")),
            link=row.text("link"),
            file=row.text("file"),
            entry=_entry(row),
            note=row.lines("note"),
            cited_in=row.lines("cited_in"),
            ref=row.ref("id"),
        )

    def _check_amends(self, instruments: Sequence[Instrument]) -> None:
        for one in instruments:
            for name in one.amends:
                if name not in self._known:
                    self._report("law-unknown", one.ref, **quote_found(name))

    def _provision_id(self, row: Record, key: str, *, needs_article: bool = True) -> tuple[str, str] | None:
        """Return the instrument and the article that a cell names; None where it names none of the register."""
        text = row.id if key == "provision" and not row.has(key) else row.text(key)
        name = find_instrument_id(text)
        article = text[len(name) :].strip(" ,،")
        if not name or name not in self._known:
            self._report("law-unknown", row.ref(key), **quote_found(text or "–"))
            return None
        if needs_article and not article:
            self._report("law-article-missing", row.ref(key), **quote_found(text))
            return None
        return name, article

    def _provisions(self, rows: Sequence[Record]) -> Iterator[Provision]:
        seen: dict[tuple[str, str], CellRef] = {}
        for row in rows:
            named = self._provision_id(row, "provision")
            if named is None:
                continue
            if named in seen:
                self._report("provision-twice", row.ref("provision"), other=str(seen[named]))
                continue
            seen[named] = row.ref("provision")
            yield Provision(
                instrument=named[0],
                article=named[1],
                heading=row.text("heading"),
                summary=row.lines("summary"),
                in_force_from=row.date("in_force_from"),
                in_force_until=row.date("in_force_until"),
                entry=_entry(row),
                ref=row.ref("provision"),
            )

    def _requirement(self, row: Record) -> str | None:
        """Return the criterion or part that a row names; None, with a problem, where there is none of that id."""
        found = row.text("requirement")
        known = match_requirement(self._framework, found)
        if known is not None and not known.id.startswith("IO."):
            return known.id
        facts = {**quote_found(found or "–"), "edition": self._framework.id}
        ids = (name for name in index_requirements(self._framework) if name.startswith("R."))
        self._report("id-unknown", row.ref("requirement"), **facts, **make_id_hint(found, ids))
        return None

    def _links(self, rows: Sequence[Record]) -> Iterator[ProvisionLink]:
        for row in rows:
            named, requirement = self._provision_id(row, "provision"), self._requirement(row)
            if named is None or requirement is None:
                continue
            yield ProvisionLink(
                instrument=named[0],
                article=named[1],
                requirement=requirement,
                scope=LinkScope(row.choice("scope") or LinkScope.ALL),
                note=row.lines("note"),
                entry=_entry(row),
                ref=row.ref("provision"),
            )

    def _translations(self, rows: Sequence[Record]) -> Iterator[Translation]:
        for row in rows:
            named = self._provision_id(row, "source", needs_article=False)
            if named is None:
                continue
            yield Translation(
                instrument=named[0],
                article=named[1],
                language=row.text("language"),
                translator=row.text("translator"),
                text_as_of=row.date("text_as_of"),
                made_on=row.date("made_on"),
                due=row.date("due"),
                checked_by=row.text("checked_by"),
                file=row.text("file"),
                ref=row.ref("source"),
            )

    def _effects(self, rows: Sequence[Record]) -> Iterator[ClauseEffect]:
        for row in rows:
            named, requirement = self._provision_id(row, "clause"), self._requirement(row)
            rating = row.choice("rating")
            if rating is None:
                self._report("bill-unrated", row.ref("rating"))
            if named is None or requirement is None or rating is None:
                continue
            yield ClauseEffect(
                bill=named[0],
                clause=named[1],
                requirement=requirement,
                rating=CriterionRating(rating),
                note=row.lines("note"),
                ref=row.ref("clause"),
            )

    def _spellings(self, rows: Sequence[Record]) -> Iterator[Spelling]:
        for row in rows:
            name = find_instrument_id(row.text("instrument"))
            if name not in self._known:
                self._report("law-unknown", row.ref("instrument"), **quote_found(row.text("instrument") or "–"))
                continue
            yield Spelling(
                text=row.text("spelling"),
                instrument=name,
                state=SpellingState(row.choice("state") or SpellingState.PROPOSED),
                cited_in=row.lines("cited_in"),
                ref=row.ref("spelling"),
            )


def _entry(row: Record) -> EntryState:
    """Return the state of a row; one that a person typed without choosing a state counts as checked."""
    return EntryState(row.choice("entry") or EntryState.CHECKED)
