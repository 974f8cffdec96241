"""Observations become sentences in the reader's language, each with the question that an assessor would ask."""

from __future__ import annotations

from collections.abc import Sequence

from fatf_kit.core.messages import Translator
from fatf_kit.statistics.definitions import load_definitions
from fatf_kit.statistics.figures import Number
from fatf_kit.statistics.observations import Observation, load_observation_rules


def format_number(value: Number | None, t: Translator) -> str:
    """Return a number with the separators of the language, an en dash for None.

    >>> t = Translator("en")
    >>> format_number(1234567, t), format_number(None, t), format_number(12.345, t)
    ('1,234,567', '–', '12.35')
    """
    return "–" if value is None else t.number(round(value, 0 if abs(value) >= 1000 else 2))


def format_years(years: Sequence[int], t: Translator) -> str:
    """Return years in a sentence: those in a row as a span, and the spans as a list.

    >>> t = Translator("en")
    >>> format_years((2021, 2022, 2023), t), format_years((2021, 2023), t), format_years((2022,), t)
    ('2021–2023', '2021 and 2023', '2022')
    >>> format_years((2019, 2020, 2021, 2023, 2024), Translator("fr"))
    '2019–2021 et 2023–2024'
    """
    spans: list[list[int]] = []
    for year in sorted(years):
        if spans and spans[-1][-1] == year - 1:
            spans[-1].append(year)
        else:
            spans.append([year])
    return t.listed(f"{span[0]}–{span[-1]}" if len(span) > 1 else str(span[0]) for span in spans)


def describe_observation(one: Observation, t: Translator) -> str:
    """Return what was observed, in one or two sentences."""
    definitions = load_definitions(t.language)
    facts = {name: format_number(value, t) for name, value in one.numbers.items()}
    facts |= {
        "line": definitions.label(one.line) if one.line else "",
        "other": definitions.label(one.other) if "/" in one.other else name_subject(one.other, t),
        "subject": name_subject(one.subject, t),
        "years": format_years(one.years, t),
        "first": str(one.years[0]) if one.years else "",
        "last": str(one.years[-1]) if one.years else "",
        "agencies": t.listed(one.agencies),
    }
    if one.comparison:
        comparison = definitions.comparisons[one.comparison]
        years = facts["years"]
        total = t("total of {years}", years=years)
        head = t.joined((definitions.lines[one.other][1].label, total)) if one.is_by_row else total
        numbers = {end: facts[end] for end in ("left", "right")}
        facts |= {"head": head, "statement": comparison.statement.format(**numbers), "why": comparison.why}
    rule = load_observation_rules()[one.kind]
    if not rule.singular:
        return t(rule.text, **facts)
    count = int(one.numbers[rule.counted] or 0)
    if count == 0 and rule.none:
        return t(rule.none, **facts)
    return t.plural(rule.singular, rule.text, count, **facts)


def name_subject(name: str, t: Translator) -> str:
    """Return the label of a predicate, sector or recipient; the name itself where it has none."""
    definitions = load_definitions(t.language)
    of_lines = (row for _, row, _ in definitions.lines.values())
    rows = (*definitions.predicates, *definitions.sectors, *of_lines)
    return next((row.label for row in rows if row.id == name), name)


def phrase_question(one: Observation, t: Translator) -> str:
    """Return the question that an assessor would ask next."""
    if one.comparison:
        return load_definitions(t.language).comparisons[one.comparison].asks
    return t(load_observation_rules()[one.kind].question)
