"""The sources that a submission cites: the instruments by kind, and the annex, which numbers all evidence."""

from __future__ import annotations

import copy
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from fatf_kit.assessment.answers.model import EvidenceItem, EvidenceKind
from fatf_kit.assessment.citations.citations import name_instrument, read_citations
from fatf_kit.assessment.citations.text import simplify_text
from fatf_kit.core.languages import label
from fatf_kit.core.messages import Translator
from fatf_kit.framework.catalog import get_unit_id
from fatf_kit.laws.matching import CitationMatcher
from fatf_kit.laws.model import Instrument as Law
from fatf_kit.report.document_tables import keep_ltr, make_day_cell, make_table
from fatf_kit.report.model import Block, Paragraph, Section, TableCell
from fatf_kit.report.sections import make_note, make_section

_NOT_INSTRUMENTS = (EvidenceKind.STATISTICS, EvidenceKind.CASE, EvidenceKind.DOCUMENT)


@dataclass(slots=True)
class _Instrument:
    """One instrument as it is gathered. `names` counts its spellings, `numbers` are its places in the annex.

    `registered` is its title in the register of laws, else of evidence, empty where it is in neither; `law` its number
    in the register of laws, `units` what it is cited for.
    """

    kind: EvidenceKind | None = None
    registered: str = ""
    law: str = ""
    in_force_from: date | None = None
    names: Counter[str] = field(default_factory=Counter)
    numbers: dict[int, None] = field(default_factory=dict)
    units: dict[str, None] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """The title in the register, else the usual spelling."""
        return self.registered or self.names.most_common(1)[0][0]

    def take_in(self, other: _Instrument) -> None:
        """Add what is known of the same instrument under another name."""
        self.kind = self.kind or other.kind
        self.registered = self.registered or other.registered
        self.law = self.law or other.law
        self.in_force_from = self.in_force_from or other.in_force_from
        self.names.update(other.names)
        self.numbers |= other.numbers
        self.units |= other.units

    def is_same(self, other: _Instrument) -> bool:
        """Return whether two names are of one instrument: of no different kind, and one is the beginning of another.

        Two titles of the register stay apart.
        """
        if (self.registered and other.registered) or len({self.kind, other.kind} - {None}) > 1:
            return False
        pairs = ((one, two) for one in map(_key, self.names) for two in map(_key, other.names))
        return any(_begins(one, two) or _begins(two, one) for one, two in pairs)


class InstrumentList:
    """Instruments that a submission cites, each once.

    The kind is that of the register of evidence, else that of the wording of the citation. A kind that rests on an
    entry of the vocabulary which no source confirms is left open.
    """

    def __init__(self, matcher: CitationMatcher, t: Translator) -> None:
        self._matcher = matcher
        self._country = matcher.country
        self._t = t
        self._found: dict[str, _Instrument] = {}

    def add(self, citation: str, requirement: str, items: Mapping[int, EvidenceItem]) -> None:
        """Add what an answer on a requirement cites; `items` are what it names of the annex, by number."""
        typed = []
        for one in read_citations(citation, self._country):
            if one.kind not in _NOT_INSTRUMENTS:
                kind = one.kind if one.has_certain_kind else None
                name = name_instrument(one.label, self._country)
                new = _Instrument(kind=kind, in_force_from=one.in_force_from)
                typed.append(self._add(name, requirement, new))
        listed = {number: item for number, item in items.items() if item.kind not in _NOT_INSTRUMENTS}
        for number, item in listed.items():
            new = _Instrument(kind=item.kind, in_force_from=item.in_force_from, registered=item.title)
            entry = self._add(item.title, requirement, new)
            entry.numbers[number] = None
            if len(typed) == len(listed) == 1 and _is_other_name(typed[0], entry):
                entry.names.update(typed[0].names)

    def list_laws(self, citation: str) -> str:
        """Return the numbers in the register of laws of what a citation names; empty where there is none.

        >>> from fatf_kit.laws.model import LawRegister
        >>> InstrumentList(CitationMatcher(LawRegister(), None), Translator("en")).list_laws("AML Act 2019, art. 5")
        ''
        """
        found = (self._find_law(one.label) for one in read_citations(citation, self._country))
        names = dict.fromkeys(law.id for law in found if law is not None)
        return self._t.joined(names)

    def _find_law(self, text: str) -> Law | None:
        """Return the instrument of the register of laws that a text surely means, if its row is checked."""
        law = self._matcher.match(text).instrument
        return None if law is None or law.is_proposed else law

    def _add(self, name: str, requirement: str, new: _Instrument) -> _Instrument:
        if law := self._find_law(name):
            new = replace(new, kind=law.kind or new.kind, law=law.id, registered=law.title(self._t.language))
            new.in_force_from = law.in_force_from or new.in_force_from
        entry = self._found.setdefault(new.law or _key(name), new)
        if entry is not new:
            entry.take_in(new)
        entry.names[name] += 1
        entry.units[get_unit_id(requirement)] = None
        return entry

    def _merge(self) -> list[_Instrument]:
        """Return the instruments with their names joined, those of the register first, by kind."""
        merged: list[_Instrument] = []
        for entry in sorted(self._found.values(), key=lambda one: not one.registered):
            same = [one for one in merged if one.is_same(entry)]
            if len(same) == 1:
                same[0].take_in(entry)
            else:
                merged.append(copy.deepcopy(entry))
        kinds = list(EvidenceKind)
        return sorted(merged, key=lambda one: kinds.index(one.kind) if one.kind else len(kinds))

    @property
    def without_kind(self) -> tuple[str, ...]:
        """The names of those whose kind is not known."""
        return tuple(one.name for one in self._merge() if one.kind is None)

    def build_sections(self, hints: Iterable[Paragraph]) -> Iterator[Section]:
        """Yield the list as a section, nothing where no instrument is cited. Call it after everything that cites."""
        t = self._t
        rows = self._merge()
        if not rows:
            return
        has_laws = any(one.law for one in rows)
        heads = (
            *(((t("No."), 2),) if has_laws else ()),
            (t("Instrument"), 9),
            (t("Kind"), 4),
            (t("In force from"), 4),
            (t("Annex"), 2),
            (t("Cited for"), 6),
        )
        caption = t.plural("{n} instrument, by kind", "{n} instruments, by kind", len(rows))
        cells = (self._describe(one, has_laws=has_laws) for one in rows)
        table = make_table("instruments-table", caption, heads, cells)
        text = t("The numbers in square brackets are those of the annex, which lists all evidence.")
        blocks: tuple[Block, ...] = (make_note(text), table, *hints)
        yield make_section("instruments", t("Laws and other instruments"), *blocks, break_before=True)

    def _describe(self, one: _Instrument, *, has_laws: bool) -> tuple[object, ...]:
        """Return the row of an instrument; its number in the register of laws comes first where any has one."""
        t = self._t
        return (
            *((keep_ltr(one.law or "–"),) if has_laws else ()),
            _show_name(one),
            label("evidence_kind", one.kind, t.language) if one.kind else "–",
            make_day_cell(one.in_force_from, t),
            keep_ltr(" ".join(f"[{n}]" for n in one.numbers) or "–"),
            keep_ltr(list_units(one.units, t)),
        )


class Annex:
    """An annex that numbers items in the order in which they are first cited.

    Each agency keeps its own register, so one law has several ids; entries that say the same get one number.
    """

    def __init__(self, t: Translator) -> None:
        self._t = t
        self._items: dict[EvidenceItem, EvidenceItem] = {}
        self._cited: dict[EvidenceItem, dict[str, None]] = {}

    def number(self, item: EvidenceItem, requirement: str) -> int:
        """Return the number of an item, which is cited for a requirement."""
        key = item._replace(id="", source="", holder="", row=None)
        self._items.setdefault(key, item)
        self._cited.setdefault(key, {})[get_unit_id(requirement)] = None
        return list(self._items).index(key) + 1

    def section(self) -> Section:
        """Return the annex as a section. Call it after everything that cites."""
        t = self._t
        heads = ((t("No."), 2), (t("Title"), 9), (t("Kind"), 4), (t("Holder"), 4), (t("Cited for"), 6))
        rows = [
            (
                keep_ltr(f"[{number}]"),
                self._title(item),
                self._kind(item),
                item.holder or "–",
                keep_ltr(list_units(self._cited[key], t)),
            )
            for number, (key, item) in enumerate(self._items.items(), 1)
        ]
        caption = t.plural(
            "{n} item, numbered in order of citation", "{n} items, numbered in order of citation", len(rows)
        )
        table = make_table("annex-table", caption, heads, rows, empty=t("No document is cited."))
        title = t("Annex: laws, documents and cases cited")
        return make_section("annex", title, table, break_before=True)

    def _title(self, item: EvidenceItem) -> TableCell:
        return TableCell(text=item.title, detail=self._t.joined(filter(None, (item.article, item.link))))

    def _kind(self, item: EvidenceItem) -> TableCell:
        t, day = self._t, item.in_force_from
        since = t("in force from {day}", day=t.day(day)) if day else ""
        return TableCell(text=label("evidence_kind", item.kind, t.language), detail=since)


def _show_name(one: _Instrument) -> TableCell:
    """Return the name, and below it a short one that the text uses and that the name does not begin with."""
    cited = max(one.names, key=lambda name: (name != one.name, one.names[name]))
    return TableCell(text=one.name, detail="" if _begins(_key(cited), _key(one.name)) else cited)


def _key(name: str) -> str:
    """Return a name without case, accents and spelling variants, by which spellings of one instrument meet."""
    return " ".join(simplify_text(name).plain.split())


def _begins(start: str, name: str) -> bool:
    return name == start or (name.startswith(start) and not name[len(start)].isalnum())


def _is_other_name(typed: _Instrument, listed: _Instrument) -> bool:
    """Return whether a citation is the short name of the only instrument that its answer names in the register."""
    numbers = {tuple(re.findall(r"\d+", _key(name))) for one in (typed, listed) for name in one.names}
    return typed.kind in (None, listed.kind) and len(numbers) == 1


def list_units(units: Iterable[str], t: Translator) -> str:
    """Return Recommendations and outcomes in their order, three or more in a row as a range.

    >>> list_units(["R.1", "R.3", "R.2", "IO.5"], Translator("en"))
    'IO.5, R.1–R.3'
    """
    spans: list[list[tuple[str, int]]] = []
    parts = (unit.split(".") for unit in units)
    for kind, number in sorted((kind, int(number)) for kind, number in parts):
        if spans and spans[-1][-1] == (kind, number - 1):
            spans[-1].append((kind, number))
        else:
            spans.append([(kind, number)])
    texts: list[str] = []
    for span in spans:
        names = [f"{kind}.{number}" for kind, number in span]
        texts += [f"{names[0]}–{names[-1]}"] if len(names) > 2 else names
    return t.joined(texts)
