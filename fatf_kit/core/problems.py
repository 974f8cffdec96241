"""A bad cell, file or id as a value: where it is, what was found, what is allowed, what to do next.

Problems are collected and shown together; nothing is raised for them. What may be wrong stands in `problem_codes`. Only
short values are quoted (`quote_found`): a text may have been typed into any cell, and a message may travel further than the
workbook.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from string import Formatter
from typing import NamedTuple, Protocol

from fatf_kit.core.problem_codes import CODES, ProblemLevel


class MessageTranslator(Protocol):
    """A language: English messages in it, and what it calls a code such as a rating."""

    def __call__(self, message: str, /) -> str:
        """The counterpart of an English text; the text itself where there is none."""

    def named(self, code: str, /) -> str:
        """What a code is called; the code itself where it has no name."""

    def listed(self, items: Iterable[str], /) -> str:
        """Items after one another, with the comma of the language."""


class _English:
    """English, in which every message is written and codes are their own names."""

    def __call__(self, message: str, /) -> str:
        return message

    def named(self, code: str, /) -> str:
        return code

    def listed(self, items: Iterable[str], /) -> str:
        return ", ".join(items)


ENGLISH = _English()


class CellRef(NamedTuple):
    r"""An address in a file. `sheet` and `cell` are None for the file as a whole; `cell` is like "E14".

    A tuple, since two of them are made for every row that anybody fills in.

    >>> str(CellRef(file="fiu.xlsx", sheet="R.10", cell="E14"))
    'fiu.xlsx, R.10!E14'
    >>> str(CellRef(file="a\nb.xlsx")) == "a\ufffdb.xlsx"
    True
    """

    file: str
    sheet: str | None = None
    cell: str | None = None

    def __str__(self) -> str:
        place = "!".join(_to_one_line(part) for part in (self.sheet, self.cell) if part)
        return f"{_to_one_line(self.file)}, {place}" if place else _to_one_line(self.file)


def _to_one_line(name: str) -> str:
    """A name as it can stand in a message: what breaks lines or turns text around could forge another message."""
    return name if name.isprintable() else _FORGING.sub("\ufffd", name)


_FORGING = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One problem. `ref` is None where no file is concerned, `requirement` where no single requirement is.

    `facts` fill the code's template, so that the same problem can be told in another language.
    """

    code: str
    facts: tuple[tuple[str, str], ...] = ()
    ref: CellRef | None = None
    requirement: str | None = None

    @property
    def level(self) -> ProblemLevel:
        """How bad it is; belongs to the code."""
        return CODES[self.code].level

    @property
    def text(self) -> str:
        """What was found, what is allowed and one next step, in English."""
        return self.text_in(ENGLISH)

    @property
    def message(self) -> str:
        """The whole line as a person reads it: address, text, code.

        >>> make_problem("cell-error", CellRef(file="a.xlsx", sheet="R.1", cell="C4"), found="#REF!").message
        "a.xlsx, R.1!C4: the cell holds the error '#REF!'. Type the value again.  [cell-error]"
        """
        return self.message_in(ENGLISH)

    def message_in(self, t: MessageTranslator) -> str:
        """The whole line in another language; code and address stay as they are, but "row 2" is words of ours."""
        place = []
        if self.ref:
            told = _translate_phrase(self.ref.cell, t) if self.ref.cell else None
            place.append(str(self.ref._replace(cell=told)))
        if self.requirement:
            place.append(f"({self.requirement})")
        text = f"{self.text_in(t)}  [{self.code}]"
        return t(PLACED).format_map({"name": " ".join(place), "text": text}) if place else text

    def text_in(self, t: MessageTranslator) -> str:
        """The text in another language, with what we say in its facts; what somebody typed stays as it is."""
        kind = CODES[self.code]
        facts = {key: _FACT_TRANSLATORS.get(key, _keep_text)(value, t) for key, value in self.facts}
        if "near" in facts:
            facts["hint"] = t(NEAR).format_map(facts)
        template = t(kind.template)
        if "withheld" in facts:
            facts["found"] = t(WITHHELD).format_map(facts)
            template = _QUOTED_FOUND.sub("{found}", template)
        return f"{template.format_map(facts)} {t(kind.next_step).format_map(facts)}".strip()


def _keep_text(value: str, t: MessageTranslator) -> str:  # noqa: ARG001 - one of several ways to tell
    return value


def _translate_phrase(value: str, t: MessageTranslator) -> str:
    """Words of ours; numbers in them and what stands in quotation marks are places of the message.

    >>> _in_our_words("a value in row 70000", ENGLISH)
    'a value in row 70000'
    """
    if (whole := t(value)) != value:
        return whole
    message, kept = split_template(value)
    told = t(message)
    return value if told == message else told.format(*kept)


def split_template(words: str) -> tuple[str, list[str]]:
    """The message behind words of ours, with a numbered place for each number and quotation, and what stood there.

    >>> template_of("a value in row 70000"), template_of("Did you mean 'R.10'?")
    (('a value in row {0}', ['70000']), ('Did you mean {0}?', ["'R.10'"]))
    """
    kept: list[str] = []

    def place(found: re.Match[str]) -> str:
        kept.append(found[0])
        return f"{{{len(kept) - 1}}}"

    return _PLACES.sub(place, words), kept


def _name_code(value: str, t: MessageTranslator) -> str:
    return t.named(value)


def _name_codes(value: str, t: MessageTranslator) -> str:
    """Codes by their names; what has none may be a word of ours, like the status of an action.

    Items that hold commas themselves come with semicolons between them.
    """
    names = ((one, t.named(one)) for one in value.split("; " if "; " in value else ", "))
    return t.listed(t(one) if name == one else name for one, name in names)


_PLACES = re.compile(r"'[^']*'|\d+(?:,\d{3})*")
_FACT_TRANSLATORS = {
    **dict.fromkeys(("why", "what", "limit", "hint", "scale", "other", "kind", "by"), _translate_phrase),
    **dict.fromkeys(("answer", "stands", "parts", "evidence_kind"), _name_code),
    **dict.fromkeys(("allowed", "near"), _name_codes),
}
"""How facts are told that are words of ours: phrases by the catalogue, ratings and the like by their names."""

TRANSLATED_FACTS = tuple(key for key, how in _FACT_TRANSLATORS.items() if how is _translate_phrase)

PLACED = "{name}: {text}"
"""How a message stands behind its place."""

WITHHELD = "a text of length {withheld}"
"""What a message says instead of a value that it does not quote."""

NEAR = "Did you mean '{near}'?"
"""What a message says where something known is near."""

_QUOTED_FOUND = re.compile(r"['«“]\s?\{found\}\s?['»”]")
_MOST_QUOTED, _MOST_WORDS = 24, 3  # no label, id or date that somebody mistypes is longer


def quote_found(value: object, *, restricted: bool = False) -> dict[str, str]:
    """The facts that tell what was found: the value itself where it is short, else its length only.

    Nothing is quoted from an answer that is `restricted`.

    >>> quoted("mostly "), quoted("mostly", restricted=True), quoted("Inspector N. told us that the bank knew")
    ({'found': 'mostly'}, {'withheld': '6'}, {'withheld': '39'})
    """
    text = "".join(character for character in " ".join(str(value).split()) if character.isprintable())
    if restricted or len(text) > _MOST_QUOTED or len(text.split()) > _MOST_WORDS:
        return {"withheld": str(len(str(value).strip()))}
    return {"found": text}


HINTS = (
    WHOLE_IDS := "Write whole ids, like R.10/10.7.",
    UNDER_A_REQUIREMENT := "Put the row under a requirement of this edition.",
    PART_WITHOUT_WEIGHT := "A part has no weight; weigh its criterion.",
    PART_NOT_DECIDED := "A part is not decided by itself; decide its criterion or core issue.",
    LINE_OF_TEMPLATE := "Put the figures into a line of the template.",
)
"""What a message says to do where nothing known is near."""


def hint(near: str | None, otherwise: str = "") -> dict[str, str]:
    """The facts of a hint: what is near, else one of HINTS.

    >>> make_problem("id-unknown", found="R.10/10.77", edition="fatf-2022", **hint("R.10/10.7")).text
    "'R.10/10.77' is no requirement of fatf-2022. Did you mean 'R.10/10.7'?"
    """
    return {"near": near} if near else {"hint": otherwise}


def make_problem(code: str, ref: CellRef | None = None, requirement: str | None = None, **facts: object) -> Problem:
    """A Problem of a known code, its text filled with `facts`.

    An unknown code or a missing fact is a mistake of ours and raises KeyError.

    >>> make_problem("file-empty", CellRef(file="a.xlsx")).level
    <Level.ERROR: 'error'>
    """
    made = Problem(code=code, facts=tuple((k, str(v)) for k, v in facts.items()), ref=ref, requirement=requirement)
    missing = _list_facts(code) - {_INSTEAD.get(name, name) for name in facts}
    if missing:  # it must fail here, where it is made, not in the report
        raise KeyError(*missing)
    return made


_INSTEAD = {"withheld": "found", "near": "hint"}
"""Facts from which another one is made when the text is told."""


@cache
def _list_facts(code: str) -> frozenset[str]:
    """The facts that the text of a code needs."""
    text = CODES[code].template + CODES[code].next_step
    return frozenset(name for _, name, _, _ in Formatter().parse(text) if name)


_MAX_OF_ONE_CODE = 200


def fold_repeated(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """The problems of a file; of those with one code on one sheet the first 200, and then how many more there are.

    A column pasted into the wrong place would otherwise give a message for each of its thousands of rows.

    >>> cells = [make_problem("id-missing", CellRef("a.xlsx", "R.1", f"C{row}")) for row in range(1, 1_001)]
    >>> len(folded(cells)), folded(cells)[-1].text.partition(";")[0]
    (201, 'more cells of this sheet have the problem [id-missing]: 800')
    """
    counts: dict[tuple[str, str | None], int] = {}
    kept: list[Problem] = []
    places: dict[tuple[str, str | None], CellRef] = {}
    for problem in problems:
        kind = problem.code, problem.ref.sheet if problem.ref else None
        counts[kind] = counts.get(kind, 0) + 1
        if counts[kind] <= _MAX_OF_ONE_CODE:
            kept.append(problem)
        elif problem.ref:
            places.setdefault(kind, CellRef(problem.ref.file, problem.ref.sheet))
    more = ((kind, count - _MAX_OF_ONE_CODE) for kind, count in counts.items() if count > _MAX_OF_ONE_CODE)
    kept += (make_problem("problems-more", places.get(kind), count=count, same=kind[0]) for kind, count in more)
    return tuple(kept)


CONFLICTS = frozenset({"answers-conflict", "copies-differ", "answer-unassigned"})
"""Codes of which there is one for each answer that differs from another to the same requirement."""

_MAX_CONFLICTS = 5


def fold_conflicts(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """The same problems; of those with one code of CONFLICTS and requirement the first five, and how many more follow.

    Where dozens of workbooks contradict one another, a reader needs the requirement and who began, not a list of all.

    >>> at = [CellRef("a.xlsx", "R.1", f"C{row}") for row in range(1, 41)]
    >>> many = [make_problem("copies-differ", one, "R.1/1.1", other="b.xlsx, R.1!C3") for one in at]
    >>> [problem.code for problem in folded_conflicts(many)], dict(folded_conflicts(many)[-1].facts)["count"]
    (['copies-differ', 'copies-differ', 'copies-differ', 'copies-differ', 'copies-differ', 'conflicts-more'], '35')
    """
    kept: list[Problem] = []
    more: dict[tuple[str, str], list[Problem]] = {}
    for problem in problems:
        if problem.code not in CONFLICTS or problem.requirement is None:
            kept.append(problem)
            continue
        seen = more.setdefault((problem.code, problem.requirement), [])
        seen.append(problem)
        if len(seen) <= _MAX_CONFLICTS:
            kept.append(problem)
    for (code, requirement), seen in more.items():
        if (count := len(seen) - _MAX_CONFLICTS) > 0:
            kept.append(make_problem("conflicts-more", seen[_MAX_CONFLICTS].ref, requirement, count=count, same=code))
    return tuple(kept)


def count_errors(problems: Iterable[Problem]) -> int:
    """How many of the problems are errors.

    >>> errors_in([make_problem("file-empty"), make_problem("stamp-missing")])
    1
    """
    return sum(problem.level is ProblemLevel.ERROR for problem in problems)
