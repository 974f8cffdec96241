"""Observations as sentences, in the reader's language. Every sentence ends where an assessor's question begins."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from fatf_kit.core.messages import Translator
from fatf_kit.statistics.figures import Number
from fatf_kit.statistics.model import Definitions
from fatf_kit.statistics.observations import Observation, ObservationKind


def format_number(value: Number | None, t: Translator) -> str:
    """A number with the separators of the language; an en dash where there is none.

    >>> number_text(1234567, Words("en")), number_text(None, Words("en")), number_text(12.345, Words("en"))
    ('1,234,567', '–', '12.35')
    """
    if value is None:
        return "–"
    from babel.numbers import format_decimal

    whole = round(value, 0 if abs(value) >= 1000 else 2)
    plain = int(whole) if float(whole).is_integer() else whole
    return str(format_decimal(plain, locale={"en": "en_GB", "fr": "fr_FR"}.get(t.language, t.language)))


def format_years(years: tuple[int, ...]) -> str:
    """Years as a span where they follow on each other, else one by one.

    >>> years_text((2021, 2022, 2023)), years_text((2021, 2023)), years_text((2022,))
    ('2021–2023', '2021, 2023', '2022')
    """
    if len(years) > 1 and years == tuple(range(years[0], years[-1] + 1)):
        return f"{years[0]}–{years[-1]}"
    return ", ".join(map(str, years))


def describe_observation(one: Observation, definitions: Definitions, t: Translator) -> str:
    """What strikes, in one or two sentences; `definitions` in the language of `t`."""
    facts: dict[str, str] = {name: format_number(value, t) for name, value in one.numbers.items()}
    facts |= {
        "line": _line(one.line, definitions),
        "other": _line(one.other, definitions) if "/" in one.other else name_subject(one.other, definitions),
        "subject": name_subject(one.subject, definitions),
        "years": format_years(one.years),
        "first": str(one.years[0]) if one.years else "",
        "last": str(one.years[-1]) if one.years else "",
        "agencies": t.listed(one.agencies),
    }
    if one.comparison:
        comparison = next(c for c in definitions.comparisons if c.id == one.comparison)
        facts |= {"title": comparison.title, "why": comparison.why, "asks": comparison.asks}
        facts["title"] += f" ({definitions.find(one.other)[1].label})" if one.by_row else ""
    return _SENTENCES[one.kind](t).format_map(facts)


def name_subject(name: str, definitions: Definitions) -> str:
    """A predicate, sector, recipient or outcome by its label; its own name where it has none."""
    if not name:
        return ""
    rows = (*definitions.predicates, *definitions.sectors, *(r for x in definitions.tables.values() for r in x.rows))
    return next((row.label for row in rows if row.id == name), name)


def _line(line: str, definitions: Definitions) -> str:
    return definitions.label(line) if line else ""


_SENTENCES: Mapping[ObservationKind, Callable[[Translator], str]] = {
    ObservationKind.STOCK: lambda t: t(
        "{agencies}, {years}: “{line}” should be {expected} from what was open, came in and went out, and is {found}."
    ),
    ObservationKind.CONTINUITY: lambda t: t(
        "{agencies}: {closing} stood open at the end of {first}, but {opening} at the start of {last} (“{line}”)."
    ),
    ObservationKind.SUM: lambda t: t(
        "{agencies}, {years}: the parts of “{line}” make {expected}, the figure given is {found}."
    ),
    ObservationKind.ROWS: lambda t: t(
        "{agencies}, {years}: the rows above “{line}” make {expected}, the total given is {found}."
    ),
    ObservationKind.ROW_ABOVE_TOTAL: lambda t: t(
        "{agencies}, {years}: “{other}” is {expected}, more than the total {found} (“{line}”)."
    ),
    ObservationKind.UNPLACED: lambda t: t(
        "{agencies}, {years}: the rows make {expected} of {found} in “{line}”; the rest stands under no row."
    ),
    ObservationKind.AT_MOST: lambda t: t(
        "{agencies}, {years}: “{other}” is {expected}, more than the {found} of “{line}”."
    ),
    ObservationKind.BETWEEN: lambda t: t(
        "{title}, {years}: {left} against {right} ({agencies}); over all years {left_total} against {right_total}. "
        "{why}"
    ),
    ObservationKind.EXPLAINED: lambda t: t(
        "{title}, {years}: {left} against {right}, but over all years {left_total} against {right_total}. The years of "
        "{agencies} begin in different months, so single years are not compared and no alarm is raised."
    ),
    ObservationKind.JUMP: lambda t: t("{agencies}: “{line}” went from {before} in {first} to {after} in {last}."),
    ObservationKind.UNIT: lambda t: t(
        "{agencies}: “{line}” went from {before} in {first} to {after} in {last}; that looks like another unit."
    ),
    ObservationKind.GAP: lambda t: t(
        "{agencies}, {years}: {blank} of {lines} lines that have figures in other years are blank, the first “{line}”."
    ),
    ObservationKind.CALENDARS: lambda t: t(
        "Most agencies count by the same kind of years; others do not: {agencies}. Single years may not be comparable."
    ),
    ObservationKind.FEW_CASES: lambda t: t(
        "{subject}: rated high as a threat, but {cases} laundering investigations in {years}; at least {least} would "
        "be expected."
    ),
    ObservationKind.NO_CONVICTION: lambda t: t(
        "{subject}: rated high as a threat; {cases} laundering investigations in {years} and no conviction."
    ),
    ObservationKind.EFFORT: lambda t: t(
        "{subject}: rated low as a threat, but {cases} laundering investigations in {years}; “{other}”, rated high, "
        "has {weakest}."
    ),
    ObservationKind.INSPECTIONS: lambda t: t(
        "{subject}: {rate} inspections a year for every 100 entities in the high risk class, {other_rate} in the low "
        "one."
    ),
    ObservationKind.SECTOR: lambda t: t(
        "{subject}: rated high, with {rate} inspections a year for every 100 entities; “{other}”, rated low, has "
        "{other_rate}."
    ),
    ObservationKind.NO_CASE: lambda t: t("{subject}: no case in the register shows it."),
    ObservationKind.THREAT_WITHOUT_CASE: lambda t: t(
        "{subject}: rated high as a threat; no case of laundering or asset recovery in the register shows it."
    ),
}


def phrase_question(one: Observation, definitions: Definitions, t: Translator) -> str:
    """What an assessor would ask next."""
    if one.comparison:
        return next(c for c in definitions.comparisons if c.id == one.comparison).asks
    return _QUESTIONS[one.kind](t)


def _counting(t: Translator) -> str:
    return t("Which figure is right, and from which register does it come?")


_QUESTIONS: Mapping[ObservationKind, Callable[[Translator], str]] = {
    **dict.fromkeys(
        (
            ObservationKind.STOCK,
            ObservationKind.CONTINUITY,
            ObservationKind.SUM,
            ObservationKind.ROWS,
            ObservationKind.ROW_ABOVE_TOTAL,
            ObservationKind.AT_MOST,
        ),
        _counting,
    ),
    ObservationKind.UNPLACED: lambda t: t("Which offence stands behind the cases without a row?"),
    ObservationKind.BETWEEN: _counting,
    ObservationKind.EXPLAINED: _counting,
    ObservationKind.JUMP: lambda t: t("What changed: the work, or the way of counting?"),
    ObservationKind.UNIT: lambda t: t("Are both years in the same unit and currency?"),
    ObservationKind.GAP: lambda t: t("Is the year not known yet, or is it zero?"),
    ObservationKind.CALENDARS: lambda t: t("Can figures by calendar year be given as well?"),
    ObservationKind.FEW_CASES: lambda t: t("Why does the money of this offence lead to so few cases?"),
    ObservationKind.NO_CONVICTION: lambda t: t("What became of these investigations?"),
    ObservationKind.EFFORT: lambda t: t("How are cases chosen, and does the risk assessment play a part in it?"),
    ObservationKind.INSPECTIONS: lambda t: t("How does the risk class steer the plan of inspections?"),
    ObservationKind.SECTOR: lambda t: t("How does the risk of the sector steer the plan of inspections?"),
    ObservationKind.NO_CASE: lambda t: t("Which two or three cases show this outcome best?"),
    ObservationKind.THREAT_WITHOUT_CASE: lambda t: t(
        "Is there a case that shows how the money of this offence was pursued?"
    ),
}
