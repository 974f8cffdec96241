"""The sheets of the mapping on which a country names countries and areas of risk, and its national factors.

They are filled in with what fatf-kit proposes. A list of countries or areas counts only once the sheet of the whole
register says that it is checked, because a country that a checked list leaves out has a lower risk.

Source: countries proposed are those of frameworks/npo/screening.json.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace

from fatf_kit.core.languages import LANGUAGE_TAGS, normalise
from fatf_kit.core.local_names import LocalName, local_name
from fatf_kit.core.messages import Translator
from fatf_kit.core.national_words import base_language
from fatf_kit.core.problems import CellRef, Problem, make_problem
from fatf_kit.npo.mapping.column_map import HOME, ColumnMap
from fatf_kit.npo.method.load import Method
from fatf_kit.npo.method.settings import CountryChoices, ListedPlace, Settings
from fatf_kit.npo.model import NationalFactor
from fatf_kit.npo.register.cell_values import country
from fatf_kit.npo.register.settings_file import merge_national, report_overruled
from fatf_kit.npo.register.template import describe_factor
from fatf_kit.npo.register.template_schema import LEVELS, NATIONAL
from fatf_kit.spreadsheets.cell_writer import BookWriter
from fatf_kit.spreadsheets.reader import FilledBook
from fatf_kit.spreadsheets.schema import CellKind, Choices, SheetColumn, SheetTable, make_numbered_table
from fatf_kit.spreadsheets.values import Record
from fatf_kit.spreadsheets.writer import RowValues, write_table

CHECKS = COUNTRIES_CHECKED, AREAS_CHECKED = "countries_checked", "areas_checked"
"""Facts of the whole register: whether a list is checked and complete."""


def _country_names(language: str) -> Mapping[str, str]:
    from babel import Locale

    names = Locale.parse(LANGUAGE_TAGS[base_language(language)], sep="-").territories
    known = {code: str(name) for code, name in names.items() if len(code) == 2 and country(name) == code}
    return dict(sorted(known.items(), key=lambda pair: pair[1]))


COUNTRIES = Choices("npo_countries", _country_names)

_PLACE = (
    SheetColumn("level", "Level", kind=CellKind.CHOICE, choices=LEVELS, width=14, style="rating"),
    SheetColumn("source", "Source", width=60),
    SheetColumn("since", "Listed from", kind=CellKind.DATE, width=16),
    SheetColumn("until", "Listed until", kind=CellKind.DATE, width=16),
)
RISK_COUNTRIES = make_numbered_table(
    "countries", SheetColumn("country", "Country", list_from=COUNTRIES.name, width=34, style="short text"), *_PLACE
)
RISK_AREAS = make_numbered_table("areas", SheetColumn("area", "Area", width=34, style="short text"), *_PLACE)
COUNTRY_TABLES = (RISK_COUNTRIES, RISK_AREAS, NATIONAL)
PLACES = (RISK_COUNTRIES.name, RISK_AREAS.name)
"""The names of the two lists of places, which are also facts of the whole register."""


def name_of_list(name: str) -> LocalName:
    """Return what a list, "countries" or "areas", is called in each language.

    >>> name_of_list("areas")
    'areas of risk'
    """
    return local_name(lambda language: _name_of_list(name, Translator(language)))


def _name_of_list(name: str, t: Translator) -> str:
    return t("countries of risk") if name == RISK_COUNTRIES.name else t("areas of risk")


def name_of_sheet(name: str) -> LocalName:
    """Return the title of the sheet of a list, "countries" or "areas", in each language.

    >>> name_of_sheet("areas")
    'Areas of risk'
    """
    return local_name(lambda language: _name_of_sheet(name, Translator(language)))


def _name_of_sheet(name: str, t: Translator) -> str:
    return t("Countries of risk") if name == RISK_COUNTRIES.name else t("Areas of risk")


def name_of_check(fact: str) -> LocalName:
    """Return what the check of a list is called in each language.

    >>> name_of_check(AREAS_CHECKED)
    'The list of areas of risk is checked and complete'
    """
    return local_name(lambda language: _name_of_check(fact, Translator(language)))


def _name_of_check(fact: str, t: Translator) -> str:
    if fact == COUNTRIES_CHECKED:
        return t("The list of countries of risk is checked and complete")
    return t("The list of areas of risk is checked and complete")


def read_country_sheets(
    book: FilledBook, checked: Iterable[str], method: Method
) -> tuple[CountryChoices, tuple[Problem, ...]]:
    """Return what the sheets of a workbook say, and every cell that cannot be used. `checked` are the lists checked."""
    problems: list[Problem] = []
    lists: dict[str, tuple[ListedPlace, ...] | None] = {}
    unchecked: dict[str, tuple[ListedPlace, ...]] = {}
    for table, read, fact in (
        (RISK_COUNTRIES, country, COUNTRIES_CHECKED),
        (RISK_AREAS, normalise, AREAS_CHECKED),
    ):
        places = _read_places(book, table, read, problems)
        lists[table.name] = places if fact in checked else None
        if places and fact not in checked:
            unchecked[table.name] = places
    national = _read_national(book, method, problems)
    return CountryChoices(**lists, national=national, unchecked=unchecked), tuple(problems)


def _read_places(
    book: FilledBook, table: SheetTable, read: Callable[[str], str | None], problems: list[Problem]
) -> tuple[ListedPlace, ...]:
    """Return the places on a sheet; a row that is not complete is a Problem."""
    _, key, *_ = table.by_key
    found = []
    for filled in book.rows.get(table.name, ()):
        row = Record(filled, table)
        if not any(map(row.has, table.value_keys)):
            continue
        problems += row.problems
        if missing := [name for name in (key, "level", "source") if not row.text(name)]:
            problems.append(
                make_problem("npo-place-incomplete", row.row.ref.place, missing=table.list_headings(missing))
            )
            continue
        place, level = read(row.text(key)), row.choice("level")
        since, until = row.date("since"), row.date("until")
        if place is None:
            problems.append(make_problem("npo-place-country", row.ref(key), found=row.text(key)))
        if since and until and until < since:
            problems.append(make_problem("npo-place-dates", row.ref("until"), start=since, end=until))
        if place and level:
            found.append(ListedPlace(name=place, level=int(level), source=row.text("source"), since=since, until=until))
    return tuple(found)


def _read_national(book: FilledBook, method: Method, problems: list[Problem]) -> tuple[NationalFactor, ...]:
    """Return the national factors with a value."""
    known = {factor.id: LocalName.of(factor.name) for factor in method.national}
    found = []
    for filled in book.rows.get(NATIONAL.name, ()):
        row = Record(filled, NATIONAL)
        value, reason = row.text("value"), row.text("reason")
        if not value and not reason:
            continue
        if row.id not in known:
            problems.append(make_problem("id-missing", row.row.ref.place))
        elif not value:
            problems.append(make_problem("npo-national-reason", row.ref("reason"), factor=known[row.id]))
        elif (level := LEVELS.code_of(value)) is None:
            problems.append(make_problem("npo-national", row.ref("value"), found=value, factor=known[row.id]))
        else:
            found.append(NationalFactor(id=row.id, value=int(level), reason=reason, ref=row.ref("value")))
    return tuple(found)


def merge_mapping(settings: Settings, mapping: ColumnMap, file: str) -> Settings:
    """Return the settings with what the mapping says of the country; what the settings name goes before it.

    Lists that are overruled or not checked are Problems of the file.
    """
    given, where = mapping.country, CellRef(file=file)
    problems = [
        make_problem("npo-place-overruled", where, what=name_of_list(name))
        for name in ("countries", "areas")
        if getattr(settings, name) is not None and getattr(given, name) is not None
    ]
    problems += report_overruled(given.national, settings.national)
    problems += [
        make_problem("npo-place-unchecked", where, what=name_of_list(name), check=name_of_check(f"{name}_checked"))
        for name in given.unchecked
        if getattr(settings, name) is None
    ]
    return replace(
        settings,
        home_country=settings.home_country or mapping.home_country,
        countries=given.countries if settings.countries is None else settings.countries,
        areas=given.areas if settings.areas is None else settings.areas,
        national=merge_national(given.national, settings.national),
        problems=(*settings.problems, *problems),
        stated=tuple(_list_stated(settings, mapping)),
    )


def _list_stated(settings: Settings, mapping: ColumnMap) -> Iterator[tuple[str, str, str]]:
    """Yield each fact of the whole register that counts as the mapping states it, with its value and reason.

    A place of a list is a fact too, and its source is the reason.
    """
    if mapping.home_country and not settings.home_country:
        yield HOME, mapping.home_country, mapping.reasons.get(HOME, "")
    for fact, table in ((COUNTRIES_CHECKED, RISK_COUNTRIES), (AREAS_CHECKED, RISK_AREAS)):
        if fact in mapping.reasons and getattr(settings, table.name) is None:
            yield fact, "yes", mapping.reasons[fact]
            places: tuple[ListedPlace, ...] = getattr(mapping.country, table.name) or ()
            yield from ((table.name, place.name, place.source) for place in places)
    for column, source in mapping.fields.items():
        if source.constant is not None:
            yield column, source.constant, source.because


def list_checks(t: Translator) -> list[RowValues]:
    """Return the rows of the whole register by which the lists are checked."""
    return [{"fact": fact, "name": _name_of_check(fact, t)} for fact in (COUNTRIES_CHECKED, AREAS_CHECKED)]


def write_country_sheets(cell_writer: BookWriter, method: Method, t: Translator) -> None:
    """Write the sheets, filled in with the countries that fatf-kit proposes and the names of the national factors."""
    watched = method.screening.watched
    source = t(
        "Proposed by fatf-kit: groups that the Security Council has designated controlled territory or raised money "
        "there. To be confirmed."
    )
    proposed: list[RowValues] = [
        {"country": COUNTRIES.label(code, t.language), "level": str(watched.level), "source": source}
        for code in sorted(watched.countries)
    ]
    note = t(
        "Level 5 is a conflict zone or an ungoverned area, 4 a raised risk, 3 the border of a conflict; 1 and 2 are "
        "no raised risk. Correct the rows, clear those that do not apply, and add what is missing. The list is used "
        "once it is marked as checked on the sheet 'Whole register'. A country that it leaves out then counts as "
        "lower risk."
    )
    title = _name_of_sheet(RISK_COUNTRIES.name, t)
    rows: list[RowValues] = [{"row": number, **row} for number, row in enumerate(proposed, start=1)]
    write_table(cell_writer, title, RISK_COUNTRIES, rows, tab="#8C4A2F", heading=title, above=(title, note), freeze=2)
    title = _name_of_sheet(RISK_AREAS.name, t)
    note = t(
        "Areas inside the country. Write each name as the register writes it. Level 5 is an area where a group is "
        "active, 4 a listed area, 2 an area next to one. The list is used once it is marked as checked on the sheet "
        "'Whole register'."
    )
    write_table(cell_writer, title, RISK_AREAS, (), tab="#8C4A2F", heading=title, above=(title, note), freeze=2)
    factors = [describe_factor(factor, t) for factor in method.national]
    write_table(cell_writer, t("National factors"), NATIONAL, factors, tab="#5B6B79", freeze=2, spare=0)
