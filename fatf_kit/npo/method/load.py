"""The method as data: factors, rules, matrix, scope, columns of a register, and what is never asked or scored.

Every number and list is in `frameworks/npo/`, with its source and confidence.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Any, TypeVar

from fatf_kit.core.json_files import convert_value, fingerprint_files, load_value
from fatf_kit.core.languages import list_spellings
from fatf_kit.core.resources import data_folder
from fatf_kit.framework.translations import load_in_every_language
from fatf_kit.npo.method.exposure import UncontrolledExposure, read_exposure_rule
from fatf_kit.npo.scales import RiskBand, RiskClass

Texts = Mapping[str, str]
"""One text by language: "en", "ar", "fr"."""

Value = TypeVar("Value")

FILES = ("factors", "method", "columns", "refused", "screening")


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeValue:
    """One value of a list. `never_scored` marks a value that no factor may rest on."""

    code: str
    name: Texts
    never_scored: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterColumn:
    """One fact about a body. `codes` are the values of lists and of assessed levels ("1" to "5")."""

    id: str
    type: str
    group: str
    name: Texts
    help: Texts
    aliases: tuple[str, ...] = ()
    codes: tuple[CodeValue, ...] = ()
    open: bool = False
    required: bool = False
    never_scored: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Factor:
    """One factor; `rules` say how facts of a register become a level from 1 to 5.

    `column` is where an assessed level may be entered, which is used before the rules.
    """

    id: str
    dimension: str
    level: str
    name: Texts
    sources: tuple[str, ...]
    confidence: str
    weight: float = 0
    hard_trigger: bool = False
    anchors: tuple[Texts, ...] = ()
    column: str | None = None
    rules: tuple[Mapping[str, Any], ...] = ()
    take: str = "first"
    less_one_if: str | None = None

    @property
    def hundredths(self) -> int:
        """The weight in hundredths, so that weighted sums are whole numbers."""
        return _hundredths(self.weight)

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns that inform it, the assessed level first."""
        named = [self.column] if self.column else []
        for rule in self.rules:
            of = rule.get("of", {})
            named += [rule["column"]] if "column" in rule else list(rule.get("columns", ()))
            for value in of.values():
                named += [value] if isinstance(value, str) else value
        return tuple(dict.fromkeys(named))


@dataclass(frozen=True, slots=True, kw_only=True)
class ExposureFeature:
    """A known feature of exposure, by which a body is asked first.

    `test` is "watched_country", "abroad", "level" (a factor at `at_least` or above) or "yes" (a column says yes).
    `alone` is whether the feature suffices; otherwise it is only a further reason. `first` puts the body before others.
    """

    id: str
    test: str
    name: Texts
    factors: tuple[str, ...] = ()
    column: str = ""
    at_least: int = 0
    alone: bool = True
    first: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class WatchedCountries:
    """The ISO codes of countries whose bodies are asked first, and the level that is proposed for each."""

    countries: frozenset[str]
    level: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnsToCollect:
    """The columns to collect next, the most useful first, and how many of them are shown."""

    columns: tuple[str, ...]
    shown: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleRule:
    """Groups above so many bodies may be asked as a random sample with a margin; the seed draws the same bodies."""

    above: int
    margin: float
    seed: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Screening:
    """How bodies are found and asked where a register is too thin to classify.

    `questions` are the columns of the questionnaire, `scope_questions` those added for bodies that may be outside the
    definition.
    """

    watched: WatchedCountries
    features: tuple[ExposureFeature, ...]
    questions: tuple[str, ...]
    scope_questions: tuple[str, ...]
    collect: ColumnsToCollect
    sample: SampleRule


@dataclass(frozen=True, slots=True, kw_only=True)
class Method:
    """Everything a classification rests on. Cut-offs of scores are in hundredths; `matrix[threat][vulnerability]`."""

    id: str
    digest: str
    factors: tuple[Factor, ...]
    columns: Mapping[str, RegisterColumn]
    groups: Mapping[str, Texts]
    levels_help: Texts
    yes: tuple[str, ...]
    no: tuple[str, ...]
    blank: tuple[str, ...]
    highest_per_cent: int
    levels_from: tuple[int, ...]
    matrix: tuple[tuple[RiskBand, ...], ...]
    strong_from: int
    adequate_from: int
    strong_takes_off: int
    hard_trigger_from: int
    hard_trigger_proof: tuple[str, ...]
    uncontrolled: UncontrolledExposure
    provisional_below: float
    classified_from: float
    whole_from: float
    folds: Mapping[str, Mapping[RiskBand, RiskClass]]
    fold: str
    scope: Mapping[str, Any]
    size_parts: int
    review_subset_above: float
    reasons: Mapping[str, Texts]
    faults_shown: int
    refused: Mapping[str, Any]
    screening: Screening
    sources: Mapping[str, Mapping[str, str]]

    @property
    def rated(self) -> tuple[Factor, ...]:
        """Factors that rate a body: threat, vulnerability and mitigation, of the body itself or of its segment."""
        kept = ("threat", "vulnerability", "mitigation")
        return tuple(f for f in self.factors if f.dimension in kept and f.level in ("entity", "segment"))

    @property
    def national(self) -> tuple[Factor, ...]:
        """Factors of the country as a whole."""
        return tuple(f for f in self.factors if f.level == "national")

    @property
    def hundredths(self) -> int:
        """The weight of all factors that rate a body, in hundredths."""
        return sum(factor.hundredths for factor in self.rated)

    def informs(self, column: str) -> tuple[str, ...]:
        """Ids of the factors that a column informs."""
        return tuple(factor.id for factor in self.rated if column in factor.columns)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Factors:
    """The content of factors.json."""

    factors: tuple[Factor, ...]
    sources: Mapping[str, Mapping[str, str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Columns:
    """The content of columns.json; `yes` and `no` are the marks that registers have instead of the words."""

    columns: tuple[RegisterColumn, ...]
    groups: Mapping[str, Texts]
    levels_help: Texts
    yes: tuple[str, ...]
    no: tuple[str, ...]
    blank: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """A limit; its source and its confidence are in the file."""

    value: float


@dataclass(frozen=True, slots=True, kw_only=True)
class _Controls:
    """From which means on controls are strong or adequate, and how many bands strong ones take off."""

    strong_from: float
    adequate_from: float
    strong_takes_off: int


@dataclass(frozen=True, slots=True, kw_only=True)
class _Rules:
    """The content of method.json."""

    id: str
    threat: Mapping[str, int]
    levels_from: tuple[float, ...]
    matrix: tuple[tuple[RiskBand, ...], ...]
    mitigation: _Controls
    hard_trigger_from: int
    hard_trigger_proof: Mapping[str, Any]
    uncontrolled_exposure: Mapping[str, Any]
    provisional_below: float
    classified_from: Limit
    whole_from: Limit
    folds: Mapping[str, Mapping[RiskBand, RiskClass]]
    fold: str
    scope: Mapping[str, Any]
    sizes: Mapping[str, int]
    review_subset_above: Limit
    reasons: Mapping[str, Texts]
    read_faults_shown: int


@cache
def load_method() -> Method:
    """Return the bundled method.

    Raises:
        FrameworkError: a file is at odds with its schema.

    >>> method = load_method()
    >>> len(method.rated), method.informs("payment_channels")
    (44, ('V05', 'V07'))
    """
    factors, page, rules = _load("factors", _Factors), _load("columns", _Columns), _load("method", _Rules)
    columns = {column.id: column for column in page.columns}
    columns |= {column.id: column for column in _level_columns(factors.factors, page.levels_help)}
    folder = data_folder("frameworks") / "npo"
    return Method(
        id=rules.id,
        digest=fingerprint_files([folder / f"{name}.json" for name in FILES]),
        factors=factors.factors,
        columns=MappingProxyType(columns),
        groups=page.groups,
        levels_help=page.levels_help,
        yes=(*list_spellings("yes_no", "yes"), *page.yes),
        no=(*list_spellings("yes_no", "no"), *page.no),
        blank=page.blank,
        highest_per_cent=rules.threat["highest_per_cent"],
        levels_from=tuple(map(_hundredths, rules.levels_from)),
        matrix=rules.matrix,
        strong_from=_hundredths(rules.mitigation.strong_from),
        adequate_from=_hundredths(rules.mitigation.adequate_from),
        strong_takes_off=rules.mitigation.strong_takes_off,
        hard_trigger_from=rules.hard_trigger_from,
        hard_trigger_proof=tuple(rules.hard_trigger_proof["columns"]),
        uncontrolled=read_exposure_rule(rules.uncontrolled_exposure),
        provisional_below=rules.provisional_below,
        classified_from=rules.classified_from.value,
        whole_from=rules.whole_from.value,
        folds=rules.folds,
        fold=rules.fold,
        scope=rules.scope,
        size_parts=rules.sizes["parts"],
        review_subset_above=rules.review_subset_above.value,
        reasons=rules.reasons,
        faults_shown=rules.read_faults_shown,
        refused=load_value(folder / "refused.json", dict, "npo-refused.schema.json"),
        screening=_load_screening(),
        sources=factors.sources,
    )


def _load(name: str, kind: type[Value]) -> Value:
    path = data_folder("frameworks") / "npo" / f"{name}.json"
    return load_in_every_language(path, kind, f"npo-{name}.schema.json")


def _load_screening() -> Screening:
    """Return screening.json, which has the two lists of questions under the keys `asked` and `scope_asked`."""
    names = {"asked": "questions", "scope_asked": "scope_questions"}
    data = _load("screening", dict)
    return convert_value({names.get(key, key): value for key, value in data.items()}, Screening, "screening.json")


def _level_columns(factors: tuple[Factor, ...], levels_help: Texts) -> Iterator[RegisterColumn]:
    """Yield the columns in which an assessed level of a factor may be entered."""
    for factor in factors:
        if factor.column:
            yield RegisterColumn(
                id=factor.column,
                type="level",
                group="levels",
                name={language: f"{text} (1-5)" for language, text in factor.name.items()},
                help=levels_help,
                aliases=(factor.id.lower(),),
                codes=tuple(CodeValue(code=str(n), name=anchor) for n, anchor in enumerate(factor.anchors, start=1)),
            )


def _hundredths(value: float) -> int:
    return round(value * 100)
