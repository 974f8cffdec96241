"""A problem with a cell, a file or an id, as a value: its place, what was found, what is allowed, what to do next.

Problems are collected and shown together; nothing is raised for them. The codes are in `problem_codes`. Only
short values are quoted (`quote_found`): a cell may contain a confidential text, and messages are passed on to others.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from string import Formatter
from typing import NamedTuple, Protocol

from fatf_kit.core.errors import FatfKitError
from fatf_kit.core.local_names import LocalName
from fatf_kit.core.problem_codes import CODES, ProblemLevel


class MessageTranslator(Protocol):
    """A translator of English messages and of codes such as ratings into its language."""

    language: str

    def __call__(self, message: str, /) -> str:
        """Return the translation of an English text; the text itself if there is none."""

    def plural_form(self, singular: str, plural: str, n: int, /) -> str:
        """Return the form of a message for a number, with its placeholders."""

    def named(self, code: str, /) -> str:
        """Return the label of a code; the code itself if it has none."""

    def listed(self, items: Iterable[str], /) -> str:
        """Return the items with the comma of the language between them."""

    def day(self, day: date, /) -> str:
        """Return a date in words."""


class _English:
    """English, the language of every message, in which codes are their own labels."""

    language = "en"

    def __call__(self, message: str, /) -> str:
        return message

    def plural_form(self, singular: str, plural: str, n: int, /) -> str:
        return singular if n == 1 else plural

    def named(self, code: str, /) -> str:
        return code

    def listed(self, items: Iterable[str], /) -> str:
        return ", ".join(items)

    def day(self, day: date, /) -> str:
        return f"{day.day} {day:%B} {day.year}"


ENGLISH = _English()


class CellRef(NamedTuple):
    r"""An address in a file. `sheet` and `cell` are None for the file as a whole; `cell` is like "E14".

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
    """Return a name on one line and in one direction, because it could imitate another message otherwise."""
    return name if name.isprintable() else _FORGING.sub("\ufffd", name)


_FORGING = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One problem. `ref` is None where no file is concerned, `requirement` where no single requirement is.

    `facts` fill the code's template, so that the same problem can be shown in another language.
    """

    code: str
    facts: tuple[tuple[str, str], ...] = ()
    ref: CellRef | None = None
    requirement: str | None = None

    @property
    def level(self) -> ProblemLevel:
        """The level of the code."""
        return CODES[self.code].level

    @property
    def text(self) -> str:
        """The finding, what is allowed and one next step, in English."""
        return self.text_in(ENGLISH)

    @property
    def message(self) -> str:
        """The whole message: address, text, code.

        >>> make_problem("cell-error", CellRef(file="a.xlsx", sheet="R.1", cell="C4"), found="#REF!").message
        "a.xlsx, R.1!C4: the cell contains the error '#REF!'. Enter the value again.  [cell-error]"
        """
        return self.message_in(ENGLISH)

    def message_in(self, t: MessageTranslator) -> str:
        """Return the whole message in another language; of code and address only words such as "row 2" change."""
        place = []
        if self.ref:
            cell = _translate_phrase(self.ref.cell, t) if self.ref.cell else None
            place.append(str(self.ref._replace(cell=cell)))
        if self.requirement:
            place.append(f"({self.requirement})")
        text = f"{self.text_in(t)}  [{self.code}]"
        return t(PLACED).format_map({"name": " ".join(place), "text": text}) if place else text

    def text_in(self, t: MessageTranslator) -> str:
        """Return the text in another language, with the names and phrases in its facts.

        What a person typed stays as it is.
        """
        kind = CODES[self.code]
        facts = {key: _translate_fact(key, value, t) for key, value in self.facts}
        if "near" in facts:
            facts["hint"] = t(NEAR).format_map(facts)
        is_counted = bool(kind.singular)
        template = t.plural_form(kind.singular, kind.template, int(facts["count"])) if is_counted else t(kind.template)
        if "withheld" in facts:
            facts["found"] = t(WITHHELD).format_map(facts)
            template = _QUOTED_FOUND.sub("{found}", template)
        return f"{template.format_map(facts)} {t(kind.next_step).format_map(facts)}".strip()


def fill_message(message: str, facts: Mapping[str, object], t: MessageTranslator) -> str:
    """Return an English message in a language with its facts; without facts, braces in it stay.

    A fact may be a problem or an error, and a sequence of them or of texts.

    >>> fill_message("{n} rows: {problems}", {"n": 2, "problems": ("a", "b")}, ENGLISH)
    '2 rows: a, b'
    """
    shown = {key: _show_fact(key, fact, t) for key, fact in facts.items()}
    return t(message).format_map(shown).rstrip() if facts else t(message)


def _show_fact(key: str, fact: object, t: MessageTranslator) -> object:
    if isinstance(fact, str):
        return _translate_fact(key, fact, t)
    if isinstance(fact, tuple | list):
        parts = [str(_show_fact(key, one, t)) for one in fact]
        return t.listed(parts) if all(isinstance(one, str) for one in fact) else " ".join(parts)
    return fact.message_in(t) if isinstance(fact, Problem | FatfKitError) else fact


def _translate_fact(key: str, value: str, t: MessageTranslator) -> str:
    """Return a fact in a language: a name as it is called there, a phrase or code by its key, other texts unchanged."""
    if isinstance(value, LocalName):
        return value.in_language(t.language)
    return _FACT_TRANSLATORS[key](value, t) if key in _FACT_TRANSLATORS else value


def _translate_phrase(value: str, t: MessageTranslator) -> str:
    """Return a phrase of fatf-kit in a language; its numbers and quotations are kept.

    >>> _translate_phrase("a value in row 70000", ENGLISH)
    'a value in row 70000'
    """
    if (whole := t(value)) != value:
        return whole
    message, kept = split_template(value)
    translated = t(message)
    return value if translated == message else translated.format(*kept)


def split_template(words: str) -> tuple[str, list[str]]:
    """Return the message behind a phrase, with a numbered field for each number and quoted text, and their values.

    >>> split_template("a value in row 70000"), split_template("Did you mean 'R.10'?")
    (('a value in row {0}', ['70000']), ("Did you mean '{0}'?", ['R.10']))
    """
    kept: list[str] = []

    def place(found: re.Match[str]) -> str:
        is_quoted = found[1] is not None
        kept.append(found[1] if is_quoted else found[0])
        field = f"{{{len(kept) - 1}}}"
        return f"'{field}'" if is_quoted else field

    return _PLACES.sub(place, words), kept


def _name_code(value: str, t: MessageTranslator) -> str:
    return t.named(value)


def _name_codes(value: str, t: MessageTranslator) -> str:
    """Labels of codes; a code without one may be a phrase of fatf-kit, like the status of an action.

    Items that contain commas have semicolons between them.
    """
    names = ((one, t.named(one)) for one in value.split("; " if "; " in value else ", "))
    return t.listed(t(one) if name == one else name for one, name in names)


def _name_day(value: str, t: MessageTranslator) -> str:
    """Return a date in words; a dash, which is no date, as it is."""
    return t.day(date.fromisoformat(value)) if value[:1].isdigit() else value


_PLACES = re.compile(r"'([^']*)'|\d+(?:,\d{3})*")
_FACT_TRANSLATORS = {
    **dict.fromkeys(("why", "what", "limit", "hint", "scale", "other", "kind", "by", "basis"), _translate_phrase),
    **dict.fromkeys(("answer", "chosen", "parts", "evidence_kind"), _name_code),
    **dict.fromkeys(("allowed", "near", "before", "after", "status", "difference"), _name_codes),
    "saved": _name_day,
}
"""The facts that are translated: phrases by the catalogue, ratings and the like by their labels.

A fact that is a `LocalName`, such as an agency or a heading, has its names with it and needs no entry here.
"""

TRANSLATED_FACTS = tuple(key for key, how in _FACT_TRANSLATORS.items() if how is _translate_phrase)

PLACED = "{name}: {text}"
"""A message after its place."""

WITHHELD = "a text of length {withheld}"
"""The text that a message has instead of a value that it does not quote."""

NEAR = "Did you mean '{near}'?"
"""The hint in a message if a known text is similar."""

_QUOTED_FOUND = re.compile(r"['«“]\s?\{found\}\s?['»”]")
_MOST_QUOTED, _MOST_WORDS = 24, 3  # longer than any mistyped label, id or date


def quote_found(value: object, *, restricted: bool = False) -> dict[str, str]:
    """Return the facts about what was found: a short value itself, else only its length.

    Nothing is quoted from an answer that is `restricted`.

    >>> quote_found("mostly "), quote_found("mostly", restricted=True), quote_found("The bank of Inspector N. knew it")
    ({'found': 'mostly'}, {'withheld': '6'}, {'withheld': '32'})
    """
    text = "".join(character for character in " ".join(str(value).split()) if character.isprintable())
    if restricted or len(text) > _MOST_QUOTED or len(text.split()) > _MOST_WORDS:
        return {"withheld": str(len(str(value).strip()))}
    return {"found": text}


HINTS = (
    WHOLE_IDS := "Write whole ids, like R.10/10.7.",
    UNDER_A_REQUIREMENT := "Move the row under a requirement of this edition.",
    PART_WITHOUT_WEIGHT := "A part has no weight. Set the weight of its criterion.",
    PART_NOT_DECIDED := "A part is not decided separately. Decide its criterion or core issue.",
    LINE_OF_TEMPLATE := "Write the figures in a line of the template.",
)
"""The advice in a message if no known text is similar."""


def hint(near: str | None, otherwise: str = "") -> dict[str, str]:
    """Return the facts of a hint: a similar text, else one of HINTS.

    >>> make_problem("id-unknown", found="R.10/10.77", edition="fatf-2022", **hint("R.10/10.7")).text
    "'R.10/10.77' is not a requirement of fatf-2022. Did you mean 'R.10/10.7'?"
    """
    return {"near": near} if near else {"hint": otherwise}


def make_problem(code: str, ref: CellRef | None = None, requirement: str | None = None, **facts: object) -> Problem:
    """Return a Problem of a known code, its text filled with `facts`.

    An unknown code or a missing fact is a programming error and raises KeyError.

    >>> make_problem("file-empty", CellRef(file="a.xlsx")).level
    <ProblemLevel.ERROR: 'error'>
    """
    texts = tuple((key, fact if isinstance(fact, str) else str(fact)) for key, fact in facts.items())
    made = Problem(code=code, facts=texts, ref=ref, requirement=requirement)
    missing = _list_facts(code) - {_INSTEAD.get(name, name) for name in facts}
    if missing:  # it fails here and not in the report
        raise KeyError(*missing)
    return made


def make_data_problem(file: str, cell: str | None, why: str, step: str) -> Problem:
    """Return the problem of a data file whose content contradicts other data: where, why, and what to do."""
    return make_problem("data-rule", CellRef(file=file, cell=cell), why=why, step=step)


_INSTEAD = {"withheld": "found", "near": "hint"}
"""Facts from which another fact is made when the text is shown."""


@cache
def _list_facts(code: str) -> frozenset[str]:
    """Return the facts that the text of a code needs."""
    kind = CODES[code]
    text = kind.singular + kind.template + kind.next_step
    return frozenset(name for _, name, _, _ in Formatter().parse(text) if name)


_MAX_OF_ONE_CODE = 200


def fold_repeated(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Return the problems of a file: of those with one code on one sheet the first 200, then the number of the others.

    Without that a column in the wrong place would give a message for each of its thousands of rows.

    >>> cells = [make_problem("id-missing", CellRef("a.xlsx", "R.1", f"C{row}")) for row in range(1, 1_001)]
    >>> len(fold_repeated(cells)), fold_repeated(cells)[-1].text.partition(".")[0]
    (201, '800 more cells of this sheet have the problem [id-missing]')
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


CONFLICTS = frozenset({"answers-conflict", "agency-copies", "copies-differ", "answer-unassigned"})
"""Codes of which there is one for each answer to a requirement, or each copy of a file, that differs from another."""

_MAX_CONFLICTS = 5


def fold_conflicts(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Return the problems: of one code of CONFLICTS and one requirement or file the first five, then how many more.

    If dozens of workbooks contradict one another, a reader needs the requirement and the first of them, not all.

    >>> at = [CellRef("a.xlsx", "R.1", f"C{row}") for row in range(1, 41)]
    >>> many = [make_problem("copies-differ", one, "R.1/1.1", other="b.xlsx, R.1!C3") for one in at]
    >>> [problem.code for problem in fold_conflicts(many)], dict(fold_conflicts(many)[-1].facts)["count"]
    (['copies-differ', 'copies-differ', 'copies-differ', 'copies-differ', 'copies-differ', 'conflicts-more'], '35')
    """
    kept: list[Problem] = []
    more: dict[tuple[str, str], list[Problem]] = {}
    for problem in problems:
        about = problem.requirement or dict(problem.facts).get("used")
        if problem.code not in CONFLICTS or about is None:
            kept.append(problem)
            continue
        seen = more.setdefault((problem.code, about), [])
        seen.append(problem)
        if len(seen) <= _MAX_CONFLICTS:
            kept.append(problem)
    for (code, _), seen in more.items():
        requirement = seen[0].requirement
        if (count := len(seen) - _MAX_CONFLICTS) > 0:
            kept.append(make_problem("conflicts-more", seen[_MAX_CONFLICTS].ref, requirement, count=count, same=code))
    return tuple(kept)


def count_errors(problems: Iterable[Problem]) -> int:
    """Return how many of the problems are errors.

    >>> count_errors([make_problem("file-empty"), make_problem("stamp-missing")])
    1
    """
    return sum(problem.level is ProblemLevel.ERROR for problem in problems)
