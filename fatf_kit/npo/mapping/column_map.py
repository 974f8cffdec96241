"""Which of the register's own columns hold what, and what is refused: personal traits, names, scored belief or opinion.

Without a mapping a column is known by its id or its name in any language. A refusal says why and names the heading.

Source: fatf-kit's own; the refused words are in frameworks/npo/refused.json.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any

from fatf_kit.core.errors import FatfKitError
from fatf_kit.core.json_files import convert_value, load_json
from fatf_kit.core.languages import normalise
from fatf_kit.core.local_names import LocalName
from fatf_kit.core.problems import CellRef, Problem, make_problem
from fatf_kit.npo.mapping.beneficiary_words import COLUMN, group_of, names_identity
from fatf_kit.npo.mapping.headings import has_phrase, load_headings, words_in
from fatf_kit.npo.method.load import Method, RegisterColumn
from fatf_kit.npo.method.settings import CountryChoices
from fatf_kit.npo.register.cell_values import country, strip_accents

_WORD = re.compile(r"[^\W_]+")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
HOME = "home_country"
"""The fact of the whole register that says whose register it is."""
_WITH_KINDS = ("activity", "purpose", "beneficiaries")
"""Fields whose values are names of kinds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldSource:
    """The source of one column: headings (the first that is filled counts) or a constant with its reason.

    `join` are columns of yes and no with the code that a yes means; they count together, with what `headings` give.
    `codes` are the register's own spellings, "" for one that says nothing, a prefix ending in "*"; `unit` a factor for
    money, or "percent" or "fraction" for shares; `dates` whether day or month comes first.
    """

    headings: tuple[str, ...] = ()
    constant: str | None = None
    because: str = ""
    codes: Mapping[str, str] = field(default_factory=dict)
    separator: str | None = None
    unit: float | str | None = None
    dates: str = "dmy"
    join: Mapping[str, str] = field(default_factory=dict)

    @property
    def every_heading(self) -> tuple[str, ...]:
        """All columns that it is taken from."""
        return (*self.headings, *self.join)


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnMap:
    """Fields by column id, and how the file is to be read where it cannot be found out.

    `home_country` is the code of the country whose register it is, and `country` what else is said of the country; the
    settings go before both. `reasons` are those of the home country and of lists that are checked, by fact.
    """

    fields: Mapping[str, FieldSource]
    home_country: str | None = None
    encoding: str | None = None
    delimiter: str | None = None
    sheet: str | None = None
    country: CountryChoices = field(default_factory=CountryChoices)
    reasons: Mapping[str, str] = field(default_factory=dict)

    def unused(self, header: Iterable[str]) -> tuple[str, ...]:
        """Return the headings that no column is taken from."""
        taken = {heading for source in self.fields.values() for heading in source.every_heading}
        return tuple(heading for heading in header if heading not in taken)


def load_mapping(path: Path, method: Method) -> ColumnMap:
    """Return the mapping in a file.

    Raises:
        FatfKitError: the file is at odds with its schema, or names a column that is not known.
    """
    try:
        data, problems = load_json(path, "npo-mapping.schema.json")
    except OSError as fault:
        raise FatfKitError("The mapping {file} cannot be read: {why}.", file=path.name, why=fault.strerror) from fault
    if problems:
        raise FatfKitError(
            "The mapping {file} has errors ({count}). The first: {problem}",
            file=path.name,
            count=len(problems),
            problem=problems[0],
        )
    return parse_mapping(data, method)


def parse_mapping(data: Mapping[str, Any], method: Method) -> ColumnMap:
    """Return a mapping from its JSON.

    Raises:
        FatfKitError: it names a column that is not known.
    """
    fields = {}
    for column, item in data["columns"].items():
        if column not in method.columns:
            near = difflib.get_close_matches(column, method.columns, n=1)
            raise FatfKitError(
                "'{found}' in the mapping is not a column of the NPO register. Allowed: {names}.",
                found=column,
                names=tuple(near or method.columns),
            )
        named = item.get("from", ())
        headings = [named] if isinstance(named, str) else named
        fields[column] = convert_value({**item, "headings": headings}, FieldSource, "mapping")
    how = {key: data[key] for key in ("encoding", "delimiter", "sheet") if key in data}
    home = data.get("home_country")
    reasons = {HOME: home.get("because", "")} if home else {}
    return ColumnMap(fields=MappingProxyType(fields), home_country=_home_country(home), reasons=reasons, **how)


def _home_country(given: Mapping[str, str] | None) -> str | None:
    if given is None:
        return None
    found = country(given["constant"])
    if found is None:
        raise FatfKitError(
            "The mapping names '{found}' as the home country, which is not a country. Write an ISO 3166 code or a "
            "name in English, Arabic or French.",
            found=given["constant"],
        )
    return found


def map_by_name(header: Sequence[str], method: Method) -> ColumnMap:
    """Columns whose heading is their id or their name in one of the languages.

    >>> from fatf_kit.npo.method.load import load_method
    >>> dict(map_by_name(["npo_id", "الحالة", "other"], load_method()).fields)["status"].headings
    ('الحالة',)
    """
    names = {normalise(text): column.id for column in method.columns.values() for text in names_of(column)}
    fields: dict[str, FieldSource] = {}
    for heading in header:
        column = names.get(normalise(heading))
        if column:
            fields.setdefault(column, FieldSource(headings=(heading,)))
    return ColumnMap(fields=MappingProxyType(fields))


def check_mapping(file: str, header: Sequence[str], mapping: ColumnMap, method: Method) -> tuple[Problem, ...]:
    """Return what is refused, and what the mapping names that the file does not have."""
    found = [*refusals(file, header, method), *_scored(file, mapping, method), *_identity(file, mapping, method)]
    for column, source in mapping.fields.items():
        for heading in source.every_heading:
            if heading not in header:
                found.append(
                    make_problem("npo-heading", CellRef(file=file), heading=heading, column=_name(column, method))
                )
    if any(column.required and column.id not in mapping.fields for column in method.columns.values()):
        found.append(make_problem("npo-no-id", CellRef(file=file)))
    return tuple(found)


def refusals(file: str, header: Iterable[str], method: Method) -> tuple[Problem, ...]:
    """Headings that speak of personal traits or of beneficiaries by name: such a register is not read."""
    rules = method.refused
    people, beneficiaries, identity = (_all(rules[key]) for key in ("people", "beneficiaries", "identity"))
    traits = frozenset().union(*(_all(trait["words"]) for trait in rules["traits"]))
    problems = []
    for heading in header:
        words = words_of(heading)
        if words & beneficiaries and words & identity and not names_a_kind(heading, method):
            problems.append(make_problem("npo-names", CellRef(file=file), heading=heading))
        elif words & people and words & traits and group_of(heading, method) is None:
            problems.append(make_problem("npo-trait", CellRef(file=file), heading=heading))
    return tuple(problems)


def names_a_kind(heading: str, method: Method) -> bool:
    """Return whether a heading is of the names of kinds of work or of beneficiaries, and not of persons.

    >>> from fatf_kit.npo.method.load import load_method
    >>> [names_a_kind(text, load_method()) for text in ("MainSectorName", "Main_contact_name", "Beneficiary name")]
    [True, False, False]
    """
    known, words = load_headings(), words_in(heading)
    phrases = [phrase for field in _WITH_KINDS for phrase in known.fields.get(field, ())]
    is_kind = bool(words_of(heading) & _all(method.refused["kinds"])) and not has_phrase(words, known.personal)
    return is_kind and (
        has_phrase(words, phrases) or has_phrase(words, known.whom) or _names_beneficiaries(words, method)
    )


def _names_beneficiaries(words: frozenset[str], method: Method) -> bool:
    return bool(words & frozenset[str]().union(*map(words_in, _all(method.refused["beneficiaries"]))))


def words_of(text: str) -> frozenset[str]:
    """Return the words of a heading, for comparing with a list.

    >>> sorted(words_of("beneficiaryNames_2024"))
    ['2024', 'beneficiary', 'names']
    """
    return frozenset(_WORD.findall(strip_accents(_CAMEL.sub(" ", text)).replace("_", " ")))


def _scored(file: str, mapping: ColumnMap, method: Method) -> Iterable[Problem]:
    """Mappings that would turn faith, ethnicity, politics, advocacy or rights work into a score."""
    for column, source in mapping.fields.items():
        for heading in source.every_heading:
            if says_unscored(heading, column, method):
                yield make_problem("npo-scored", CellRef(file=file), heading=heading, column=_name(column, method))
        for text, code in source.codes.items():
            if words_of(text) & _unscored(method) and code in can_be_scored(column, method):
                yield make_problem("npo-scored", CellRef(file=file), heading=text, column=_name(column, method))


def _name(column: str, method: Method) -> LocalName:
    """Return what a field of the register is called in each language."""
    return LocalName.of(method.columns[column].name)


def _identity(file: str, mapping: ColumnMap, method: Method) -> Iterable[Problem]:
    """Columns of a group by faith, descent, origin or opinion that would be counted among the beneficiaries."""
    source = mapping.fields.get(COLUMN, FieldSource())
    for heading in source.every_heading:
        if names_identity(heading, method):
            yield make_problem("npo-identity", CellRef(file=file), heading=heading)


def says_unscored(heading: str, column: str, method: Method) -> bool:
    """Return whether a heading speaks of what is never scored.

    The column's own name is ours: "politique" is a policy.
    """
    if normalise(heading) in map(normalise, names_of(method.columns[column])):
        return False
    return bool(words_of(heading) & _unscored(method)) and bool(
        can_be_scored(column, method) or _measured(column, method)
    )


def _measured(column: str, method: Method) -> bool:
    """Return whether a factor rests on the column's value whatever it is, and not on some of its codes only."""
    return bool(method.informs(column)) and not method.columns[column].codes


def can_be_scored(column: str, method: Method) -> frozenset[str]:
    """Codes of a column that some factor rates."""
    if method.columns[column].type == "level":
        return frozenset(code.code for code in method.columns[column].codes)
    rules = [rule for factor in method.rated for rule in factor.rules if rule.get("column") == column]
    return frozenset(code for rule in rules for code in rule.get("levels", ()))


def _unscored(method: Method) -> frozenset[str]:
    return frozenset().union(*(_all(group["words"]) for group in method.refused["unscored"]))


def _all(words: Mapping[str, Sequence[str]]) -> frozenset[str]:
    return frozenset(strip_accents(word) for language in words.values() for word in language)


def names_of(column: RegisterColumn) -> tuple[str, ...]:
    """Return a field's id and its names."""
    return (column.id, *column.name.values())
