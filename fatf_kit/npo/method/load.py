"""The method as data: factors, rules, matrix, scope, columns of a register, and what is never asked or scored.

Every number and list is in `frameworks/npo/`, with its source and confidence.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Any

from fatf_kit.core.errors import FrameworkError
from fatf_kit.core.json_files import fingerprint_files, load_json
from fatf_kit.core.resources import data_folder
from fatf_kit.npo.method.scales import RiskBand, RiskClass

Texts = Mapping[str, str]
"""One text by language: "en", "ar", "fr"."""

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
    """One factor. `weight` is in hundredths; `rules` say how facts of a register become a level 1 to 5.

    `column` is where an assessed level may be entered, and goes before the rules.
    """

    id: str
    dimension: str
    level: str
    name: Texts
    weight: int
    hard_trigger: bool
    anchors: tuple[Texts, ...]
    column: str | None
    rules: tuple[Mapping[str, Any], ...]
    take: str
    less_one_if: str | None
    sources: tuple[str, ...]
    confidence: str

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
class Screening:
    """How bodies are found and asked where a register is too thin to classify.

    `watched` are ISO codes of countries that are asked about first. `asked` are the columns of the questionnaire,
    `scope_asked` those added for bodies that may be outside the definition. Groups above `sample_above` may be asked
    as a random sample with a margin of `sample_margin`.
    """

    watched: frozenset[str]
    features: tuple[ExposureFeature, ...]
    asked: tuple[str, ...]
    scope_asked: tuple[str, ...]
    collect: tuple[str, ...]
    collect_shown: int
    sample_above: int
    sample_margin: float
    seed: int


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
    def weight(self) -> int:
        """Weight of all factors that rate a body."""
        return sum(factor.weight for factor in self.rated)

    def informs(self, column: str) -> tuple[str, ...]:
        """Ids of the factors that a column informs."""
        return tuple(factor.id for factor in self.rated if column in factor.columns)


@cache
def load_method() -> Method:
    """Return the bundled method.

    Raises:
        FrameworkError: a file is at odds with its schema.

    >>> method = load_method()
    >>> len(method.rated), method.informs("payment_channels")
    (44, ('V05', 'V07'))
    """
    folder = data_folder("frameworks") / "npo"
    read: dict[str, Any] = {}
    for name in FILES:
        data, problems = load_json(folder / f"{name}.json", f"npo-{name}.schema.json", f"npo/{name}.json")
        if problems:
            raise FrameworkError(f"The NPO method has {len(problems)} faults; the first: {problems[0].message}")
        read[name] = data
    factors = tuple(_factor(item) for item in read["factors"]["factors"])
    rules, asked = read["method"], read["columns"]
    columns = {item["id"]: _column(item) for item in asked["columns"]}
    for factor in factors:
        if factor.column:
            columns[factor.column] = _level_column(factor, asked["levels_help"])
    return Method(
        id=rules["id"],
        digest=fingerprint_files([folder / f"{name}.json" for name in FILES]),
        factors=factors,
        columns=MappingProxyType(columns),
        groups=MappingProxyType(asked["groups"]),
        levels_help=asked["levels_help"],
        yes=tuple(asked["yes"]),
        no=tuple(asked["no"]),
        blank=tuple(asked["blank"]),
        highest_per_cent=rules["threat"]["highest_per_cent"],
        levels_from=tuple(_hundredths(cut) for cut in rules["levels_from"]),
        matrix=tuple(tuple(RiskBand(cell) for cell in row) for row in rules["matrix"]),
        strong_from=_hundredths(rules["mitigation"]["strong_from"]),
        adequate_from=_hundredths(rules["mitigation"]["adequate_from"]),
        strong_takes_off=rules["mitigation"]["strong_takes_off"],
        hard_trigger_from=rules["hard_trigger_from"],
        hard_trigger_proof=tuple(rules["hard_trigger_proof"]["columns"]),
        provisional_below=rules["provisional_below"],
        classified_from=rules["classified_from"]["value"],
        whole_from=rules["whole_from"]["value"],
        folds=MappingProxyType({
            name: MappingProxyType({RiskBand(band): RiskClass(shown) for band, shown in fold.items()})
            for name, fold in rules["folds"].items()
        }),
        fold=rules["fold"],
        scope=MappingProxyType(rules["scope"]),
        size_parts=rules["sizes"]["parts"],
        review_subset_above=rules["review_subset_above"]["value"],
        reasons=MappingProxyType(rules["reasons"]),
        faults_shown=rules["read_faults_shown"],
        refused=MappingProxyType(read["refused"]),
        screening=_screening(read["screening"]),
        sources=MappingProxyType(read["factors"]["sources"]),
    )  # fmt: skip


def _factor(item: dict[str, Any]) -> Factor:
    return Factor(
        id=item["id"],
        dimension=item["dimension"],
        level=item["level"],
        name=item["name"],
        weight=_hundredths(item.get("weight", 0)),
        hard_trigger=item.get("hard_trigger", False),
        anchors=tuple(item.get("anchors", ())),
        column=item.get("column"),
        rules=tuple(item.get("rules", ())),
        take=item.get("take", "first"),
        less_one_if=item.get("less_one_if"),
        sources=tuple(item["sources"]),
        confidence=item["confidence"],
    )


def _screening(data: dict[str, Any]) -> Screening:
    sample = data["sample"]
    return Screening(
        watched=frozenset(data["watched"]["countries"]),
        features=tuple(
            ExposureFeature(**{**item, "factors": tuple(item.get("factors", ()))})
            for item in ({k: v for k, v in f.items() if k not in ("source", "confidence")} for f in data["features"])
        ),
        asked=tuple(data["asked"]),
        scope_asked=tuple(data["scope_asked"]),
        collect=tuple(data["collect"]["columns"]),
        collect_shown=data["collect"]["shown"],
        sample_above=sample["above"],
        sample_margin=sample["margin"],
        seed=sample["seed"],
    )


def _column(item: dict[str, Any]) -> RegisterColumn:
    codes = tuple(CodeValue(**code) for code in item.get("codes", ()))
    rest = {key: item[key] for key in ("id", "type", "group", "name", "help")}
    flags = {key: item[key] for key in ("open", "required", "never_scored") if key in item}
    return RegisterColumn(**rest, **flags, aliases=tuple(item["aliases"]), codes=codes)


def _level_column(factor: Factor, levels_help: Texts) -> RegisterColumn:
    codes = tuple(CodeValue(code=str(n), name=anchor) for n, anchor in enumerate(factor.anchors, start=1))
    assert factor.column is not None  # noqa: S101 - the caller asked
    return RegisterColumn(
        id=factor.column,
        type="level",
        group="levels",
        name={language: f"{text} (1-5)" for language, text in factor.name.items()},
        help=levels_help,
        aliases=(factor.id.lower(),),
        codes=codes,
    )


def _hundredths(value: float) -> int:
    return round(value * 100)
