"""A problem with a cell, a file or an id, as a value: its place, what was found, what is allowed, what to do next.

Problems are collected and shown together; nothing is raised for them. The codes are in `problem_codes`. Only
short values are quoted (`quote_found`): a cell may contain a confidential text, and messages are passed on to others.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
from string import Formatter
from typing import NamedTuple

from fatf_kit.core.languages import find_code, list_named_scales, suggest_code
from fatf_kit.core.message_facts import ENGLISH, DayText, MessageTranslator, Phrase, translate_fact
from fatf_kit.core.problem_codes import CODES
from fatf_kit.core.problem_kinds import ProblemLevel


class CellRef(NamedTuple):
    r"""An address in a file. `sheet` and `cell` are None for the file as a whole.

    `cell` is like "E14", or a Phrase such as "row 5".

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
            cell = self.ref.cell
            place.append(str(self.ref._replace(cell=cell.message_in(t)) if isinstance(cell, Phrase) else self.ref))
        if self.requirement:
            place.append(f"({self.requirement})")
        text = f"{self.text_in(t)}  [{self.code}]"
        return t(PLACED).format_map({"name": " ".join(place), "text": text}) if place else text

    def text_in(self, t: MessageTranslator) -> str:
        """Return the text in another language, with the names and phrases in its facts.

        What a person typed stays as it is.
        """
        kind = CODES[self.code]
        facts = {key: translate_fact(key, value, t) for key, value in self.facts}
        if "near" in facts:
            facts["hint"] = t(NEAR).format_map(facts)
        is_counted = bool(kind.singular)
        template = t.plural_form(kind.singular, kind.template, int(facts["count"])) if is_counted else t(kind.template)
        if "withheld" in facts:
            facts["found"] = t(WITHHELD).format_map(facts)
            template = _QUOTED_FOUND.sub("{found}", template)
        return f"{template.format_map(facts)} {t(kind.next_step).format_map(facts)}".strip()


PLACED = "{name}: {text}"
"""A message after its place."""

WITHHELD = "a text of length {withheld}"
"""The text that a message has instead of a value that it does not quote."""

NEAR = "Did you mean '{near}'?"
"""The hint in a message if a known text is similar."""

_QUOTED_FOUND = re.compile(r"['«“]\s?\{found\}\s?['»”]")
_MOST_QUOTED, _MOST_WORDS = 24, 3  # longer than any mistyped id or date


def quote_found(value: object, *, restricted: bool = False) -> dict[str, str]:
    """Return the facts about what was found: a short value or a rating itself, else only its length.

    A rating is quoted however many words its label has, and a short one also where it is mistyped. Nothing is quoted
    from an answer that is `restricted`.

    >>> quote_found("mostly "), quote_found("mostly", restricted=True), quote_found("The bank of Inspector N. knew it")
    ({'found': 'mostly'}, {'withheld': '6'}, {'withheld': '32'})
    >>> quote_found("إلى حد كبير جداً")
    {'found': 'إلى حد كبير جداً'}
    """
    text = "".join(character for character in " ".join(str(value).split()) if character.isprintable())
    is_short = len(text) <= _MOST_QUOTED and (len(text.split()) <= _MOST_WORDS or _is_like_label(text))
    if restricted or not (is_short or _is_label(text)):
        return {"withheld": str(len(str(value).strip()))}
    return {"found": text}


def _is_label(text: str) -> bool:
    """Return whether a text is the label of a rating in any language."""
    return any(find_code(scale, text) for scale in list_named_scales())


def _is_like_label(text: str) -> bool:
    """Return whether a text is similar to the label of a rating in any language, as a mistyped one is."""
    return any(suggest_code(scale, text) for scale in list_named_scales())


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

    A date is written in ISO 8601, and in words where the text is shown.
    An unknown code or a missing fact is a programming error and raises KeyError.

    >>> make_problem("file-empty", CellRef(file="a.xlsx")).level
    <ProblemLevel.ERROR: 'error'>
    """
    texts = tuple((key, _write_fact(fact)) for key, fact in facts.items())
    made = Problem(code=code, facts=texts, ref=ref, requirement=requirement)
    missing = list_facts(code) - {_INSTEAD.get(name, name) for name in facts}
    if missing:  # it fails here and not in the report
        raise KeyError(*missing)
    return made


def _write_fact(fact: object) -> str:
    if type(fact) is date:
        return DayText(fact.isoformat())
    return fact if isinstance(fact, str) else str(fact)


def make_data_problem(file: str, cell: str | None, why: str, step: str) -> Problem:
    """Return the problem of a data file whose content contradicts other data: where, why, and what to do."""
    return make_problem("data-rule", CellRef(file=file, cell=cell), why=why, step=step)


_INSTEAD = {"withheld": "found", "near": "hint"}
"""Facts from which another fact is made when the text is shown."""


@cache
def list_facts(code: str) -> frozenset[str]:
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
    kept, more = _keep_first(problems, _MAX_OF_ONE_CODE, lambda one: (one.code, one.ref.sheet if one.ref else None))
    for others in more:
        place = next((CellRef(one.ref.file, one.ref.sheet) for one in others if one.ref), None)
        kept.append(make_problem("problems-more", place, count=len(others), same=others[0].code))
    return tuple(kept)


def _keep_first(
    problems: Iterable[Problem], most: int, kind_of: Callable[[Problem], Hashable]
) -> tuple[list[Problem], list[list[Problem]]]:
    """Return the problems with only the first ones of each kind, then the others by kind; those of no kind stay."""
    counts: Counter[Hashable] = Counter()
    kept: list[Problem] = []
    others: dict[Hashable, list[Problem]] = {}
    for problem in problems:
        kind = kind_of(problem)
        counts[kind] += 1
        if kind is None or counts[kind] <= most:
            kept.append(problem)
        else:
            others.setdefault(kind, []).append(problem)
    return kept, [others[kind] for kind in counts if kind in others]


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

    def find_kind(problem: Problem) -> tuple[str, str] | None:
        about = problem.requirement or dict(problem.facts).get("used")
        return (problem.code, about) if problem.code in CONFLICTS and about is not None else None

    kept, more = _keep_first(problems, _MAX_CONFLICTS, find_kind)
    kept += (
        make_problem("conflicts-more", first.ref, first.requirement, count=len(others), same=first.code)
        for first, others in ((others[0], others) for others in more)
    )
    return tuple(kept)


def count_errors(problems: Iterable[Problem]) -> int:
    """Return how many of the problems are errors.

    >>> count_errors([make_problem("file-empty"), make_problem("stamp-missing")])
    1
    """
    return sum(problem.level is ProblemLevel.ERROR for problem in problems)
