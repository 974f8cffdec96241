"""laws.xlsx is read into a register: every filled cell is used, or a Problem says that it is not."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from fatf_kit.core.problems import CellRef, Problem, quote_found
from fatf_kit.core.ratings import CriterionRating
from fatf_kit.framework import Framework
from fatf_kit.framework.catalog import index_requirements, make_id_hint, match_requirement
from fatf_kit.laws import model
from fatf_kit.laws.model import Instrument, InstrumentStatus, LawRegister
from fatf_kit.laws.schema import LAWS, STATUSES_MARK, find_instrument_id
from fatf_kit.spreadsheets.kept_books import RowReader
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


class _RegisterReader(RowReader):
    def __init__(self, book: FilledBook, framework: Framework) -> None:
        super().__init__(book)
        self._framework = framework
        self._known: dict[str, CellRef] = {}

    def read(self) -> tuple[LawRegister, tuple[Problem, ...]]:
        records, hidden = self.book.records, self.book.hidden.get(STATUSES_MARK, ())
        known = [[str(one)] for one in InstrumentStatus]
        register = LawRegister(
            instruments=tuple(self._instruments(records("instruments"))),
            provisions=tuple(self._provisions(records("provisions"))),
            links=tuple(self._links(records("links"))),
            translations=tuple(self._translations(records("translations"))),
            effects=tuple(self._effects(records("bills"))),
            spellings=tuple(self._spellings(records("spellings"))),
            file=self.book.file,
            sha256=self.book.sha256,
            earlier={row[0]: InstrumentStatus(row[1]) for row in hidden if row[1:2] in known},
        )
        for one in register.instruments:
            for name in (*one.amends, *one.made_under):
                if name not in self._known:
                    self.report("law-unknown", one.ref, **quote_found(name))
        return register, (*self.book.problems, *self.problems)

    def _instruments(self, rows: Iterable[Record]) -> Iterator[Instrument]:
        for row in rows:
            titles = row.by_language("title")
            name = find_instrument_id(row.id)
            if not name:
                self.report("law-unnumbered", row.row.ref.place, **quote_found(row.id or "–"))
            elif name in self._known:
                self.report("law-twice", row.ref("id"), found=name, other=str(self._known[name]))
            elif not titles:
                self.report("law-untitled", row.ref("id"), found=name)
            else:
                self._known[name] = row.ref("id")
                one = row.make(Instrument, id=name, titles=titles, ref=row.ref("id"))
                start, end = one.in_force_from, one.in_force_until
                if start and end and end < start:
                    self.report("law-dates", row.ref("in_force_until"), start=start, end=end)
                amends, acts = (tuple(name.upper() for name in names) for names in (one.amends, one.made_under))
                yield replace(one, amends=amends, made_under=acts)

    def _provision_id(self, row: Record, key: str, *, needs_article: bool = True) -> tuple[str, str] | None:
        """Return the instrument and the article that a cell names; None where it names none of the register."""
        text = row.id if key == "provision" and not row.has(key) else row.text(key)
        name = find_instrument_id(text)
        article = text[len(name) :].strip(" ,،")
        if not name or name not in self._known:
            self.report("law-unknown", row.ref(key), **quote_found(text or "–"))
            return None
        if needs_article and not article:
            self.report("law-article-missing", row.ref(key), **quote_found(text))
            return None
        return name, article

    def _provisions(self, rows: Iterable[Record]) -> Iterator[model.Provision]:
        seen: dict[tuple[str, str] | None, CellRef] = {}
        for row in rows:
            named, ref = self._provision_id(row, "provision"), row.ref("provision")
            if named in seen:
                self.report("provision-twice", ref, other=str(seen[named]))
            elif named is not None:
                seen[named] = ref
                yield row.make(model.Provision, instrument=named[0], article=named[1], ref=ref)

    def _requirement(self, row: Record) -> str | None:
        """Return the criterion or part that a row names; None, with a problem, where there is none of that id."""
        found = row.text("requirement")
        known = match_requirement(self._framework, found)
        if known is not None and not known.id.startswith("IO."):
            return known.id
        facts = {**quote_found(found or "–"), "edition": self._framework.id}
        ids = (name for name in index_requirements(self._framework) if name.startswith("R."))
        self.report("id-unknown", row.ref("requirement"), **facts, **make_id_hint(found, ids))
        return None

    def _links(self, rows: Iterable[Record]) -> Iterator[model.ProvisionLink]:
        for row in rows:
            named, requirement = self._provision_id(row, "provision"), self._requirement(row)
            if named is not None and requirement is not None:
                given = {"instrument": named[0], "article": named[1], "requirement": requirement}
                yield row.make(model.ProvisionLink, **given, ref=row.ref("provision"))

    def _translations(self, rows: Iterable[Record]) -> Iterator[model.Translation]:
        for row in rows:
            named, ref = self._provision_id(row, "source", needs_article=False), row.ref("source")
            if named is not None:
                yield row.make(model.Translation, instrument=named[0], article=named[1], ref=ref)

    def _effects(self, rows: Iterable[Record]) -> Iterator[model.ClauseEffect]:
        for row in rows:
            named, requirement = self._provision_id(row, "clause"), self._requirement(row)
            rating = row.choice("rating")
            if rating is None:
                self.report("bill-unrated", row.ref("rating"))
            elif named is not None and requirement is not None:
                given = {"bill": named[0], "clause": named[1], "requirement": requirement}
                answer = CriterionRating(rating)
                yield row.make(model.ClauseEffect, **given, rating=answer, ref=row.ref("clause"))

    def _spellings(self, rows: Iterable[Record]) -> Iterator[model.Spelling]:
        for row in rows:
            text, typed = row.text("instrument"), row.text("spelling")
            name = find_instrument_id(text)
            if name in self._known:
                yield row.make(model.Spelling, text=typed, instrument=name, ref=row.ref("spelling"))
            else:
                self.report("law-unknown", row.ref("instrument"), **quote_found(text or "–"))
