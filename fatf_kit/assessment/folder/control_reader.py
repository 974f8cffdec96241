"""assessment.xlsx read: settings, agencies and assignment, with every fault at its cell."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from fatf_kit.assessment.answers.country_names import find_country
from fatf_kit.assessment.folder.agencies import check_agencies, make_agency_id
from fatf_kit.assessment.folder.assignment import (
    check_place,
    find_meant_place,
    index_agency_names,
    list_open_requirements,
    list_unknown_agencies,
    propose_duties,
)
from fatf_kit.assessment.folder.control_schema import CONTROL_BOOK, ROLE_HOLDERS, SUPPORT
from fatf_kit.assessment.folder.csv_tables import TextRow
from fatf_kit.assessment.folder.model import (
    CONTROL,
    Agency,
    AssessmentSettings,
    Assignment,
    Duty,
    Workspace,
)
from fatf_kit.assessment.folder.proposed_agencies import rename_proposal
from fatf_kit.assessment.folder.settings import check_settings
from fatf_kit.core.groups import group_pairs
from fatf_kit.core.languages import LANGUAGES, find_code, normalise
from fatf_kit.core.problems import CellRef, Problem, make_problem, quote_found
from fatf_kit.framework.catalog import index_requirements
from fatf_kit.framework.loader import load_framework
from fatf_kit.framework.model import Framework
from fatf_kit.framework.weekends import find_weekend
from fatf_kit.spreadsheets.numbers import read_number
from fatf_kit.spreadsheets.reader import FilledBook, read_book
from fatf_kit.spreadsheets.schema import TICK, YES_NO
from fatf_kit.spreadsheets.spread import fill_spread, spread_key
from fatf_kit.spreadsheets.values import Record

_FIELD_OF_PLACE = {"country": "country_name", "edition": "edition_id"}
_WEIGHTS = (1, 2, 3, 5)
_NEEDED = ("agencies", "roles", "assignment", "sectors")


def read_control(path: Path) -> tuple[Workspace | None, tuple[Problem, ...]]:
    """Return what the workbook says, and every fault in it. None where it cannot be read or names no country."""
    book, problems = read_book(path, CONTROL_BOOK)
    if book is None:
        return None, problems
    settings = _read_settings(book)
    if settings is None:
        return None, tuple(book.problems)
    for name in _NEEDED:
        if name not in book.rows:
            book.problems.append(make_problem("control-sheet", CellRef(file=book.file), what=name))
    agencies = _read_agencies(book, settings)
    framework = load_framework(settings.edition)
    assignment = _read_assignment(book, framework, agencies)
    if count := _count_outdated(book, assignment):
        book.problems.append(make_problem("control-outdated", CellRef(file=book.file), count=count))
    workspace = Workspace(path=path.parent, settings=settings, agencies=agencies, assignment=assignment)
    return workspace, tuple(book.problems)


def _read_settings(book: FilledBook) -> AssessmentSettings | None:
    cover = book.cover()
    country = _read_country(book)
    languages = (cover.choice("main_language") or "en", *cover.items("other_languages"))
    places: dict[str, CellRef] = {}
    data: dict[str, object] = {
        "country": country or "",
        "edition": cover.choice("edition_id") or book.stamp.get("edition", ""),
        "names": cover.by_language("name"),
        "languages": tuple(dict.fromkeys(languages)),
        "notice": cover.text("notice"),
        "return_to": cover.lines("return_to"),
        "agency_note": cover.lines("agency_note"),
        "weekend": _read_weekend(cover.items("weekend"), country),
        **{key: str(day) for key in ("on_site_from", "on_site_to", "cut_off") if (day := cover.date(key))},
    }
    data.setdefault("cut_off", data.get("on_site_to"))
    if policy := cover.text("policy"):
        data["policy"] = policy
    data["sectors"], data["weights"] = _read_sectors(book, places), _read_weights(book, places)
    data["facts"], data["dates"], data["holidays"] = _read_facts(book), _read_dates(book), _read_holidays(book)

    def locate(place: str) -> CellRef:
        key = _FIELD_OF_PLACE.get(place, place)
        return places.get(place) or book.field_refs.get(key) or CellRef(file=book.file)

    settings, problems = check_settings(data, locate)
    book.problems += problems
    return settings


def _read_weekend(days: tuple[str, ...], country: str | None) -> tuple[str, ...]:
    """Return the country's own days off; nothing where they are those known of the country, which have a source."""
    return () if set(days) == set(find_weekend(country).names) else days


def _read_country(book: FilledBook) -> str | None:
    """Return the code of the country: that of the stamp unless another country is written on the cover."""
    written, stamped = book.text("country_name"), book.stamp.get("country", "")
    if stamped and written in (stamped, book.stamp.get("country name", "")):
        return stamped
    return find_country(written) or written


def _read_sectors(book: FilledBook, places: dict[str, CellRef]) -> list[Mapping[str, object]]:
    found: list[Mapping[str, object]] = []
    for record in book.records("sectors"):
        if materiality := record.choice("materiality"):
            places[f"sectors[{len(found)}]"] = record.ref("materiality")
            reason = record.text("materiality_reason")
            found.append({"id": record.id, "materiality": materiality, "reason": reason})
    return found


def _read_weights(book: FilledBook, places: dict[str, CellRef]) -> list[Mapping[str, object]]:
    found: list[Mapping[str, object]] = []
    for record in book.records("weights"):
        weight = record.count("weight")
        if weight in _WEIGHTS:
            places[f"weights[{len(found)}]"] = record.ref("weighted")
            found.append({"requirement": record.id, "weight": weight, "reason": record.text("weight_reason")})
        elif weight is not None:
            book.problems.append(make_problem("weight-unknown", record.ref("weight"), found=weight))
    return found


def _read_facts(book: FilledBook) -> Mapping[str, str | int | float | bool]:
    found: dict[str, str | int | float | bool] = {}
    for record in book.records("facts"):
        value = record.values.get("fact_answer")
        if value is None:
            continue
        answer = find_code(YES_NO, str(value))
        number = None if answer else read_number(value).value
        if answer is None and number is None:
            facts = quote_found(value)
            book.problems.append(make_problem("fact-unknown", record.ref("fact_answer"), **facts))
        else:
            found[record.id] = answer == "yes" if answer else number or 0
    return found


def _read_dates(book: FilledBook) -> Mapping[str, object]:
    return {record.id: day for record in book.records("calendar") if (day := record.date("own_day"))}


def _read_holidays(book: FilledBook) -> Mapping[object, str]:
    names: dict[object, dict[str, None]] = {}
    for record in book.records("holidays"):
        if day := record.date("holiday_day"):
            names.setdefault(day, {}).setdefault(record.id)
    return {day: "; ".join(filter(None, named)) for day, named in names.items()}


def _make_agency_row(record: Record, name: str, own_names: Mapping[str, str], fallback: str) -> TextRow:
    """Return a row of the sheet of agencies, as `check_agencies` reads rows."""
    names = fill_spread("name", {**dict.fromkeys(LANGUAGES, ""), **own_names})
    values = {"id": name, "language": record.choice("answers_in") or fallback, **names}
    return TextRow(
        record.row.ref.line, values, lambda column: record.ref("answers_in" if column == "language" else column)
    )


def _read_agencies(book: FilledBook, settings: AssessmentSettings) -> tuple[Agency, ...]:
    """Return the agencies, each with an id and the roles that the sheet of roles gives it."""
    language = settings.languages[0]
    records = [record for record in book.records("agencies") if record.id or record.by_language("name")]
    taken = {record.id.casefold() for record in records if record.id}
    rows: list[TextRow] = []
    renamed: list[Record] = []
    sources: dict[str, str] = {}
    for record in records:
        name, source = record.id, record.text("source")
        names: Mapping[str, str] = record.by_language("name")
        if not name:
            name = make_agency_id(names, taken)
            taken.add(name)
        if not _has_written_name(record, language):
            source = ""
            if record.text("written_name") and language in names:
                rest = rename_proposal(name.casefold(), names, settings.country, language)
                names, source = rest.names, rest.source
                renamed += [record] if set(rest.left_out) & set(settings.languages) else []
        sources[name.casefold()] = source
        rows.append(_make_agency_row(record, name, names, language))
    if renamed:
        found = ", ".join(record.text(spread_key("name", language)) for record in renamed)
        book.problems.append(
            make_problem(
                "agency-renamed", renamed[0].ref(spread_key("name", language)), count=len(renamed), found=found
            )
        )
    agencies, problems = check_agencies(rows, language)
    book.problems += problems
    details = {row["id"].casefold(): record for row, record in zip(rows, records, strict=True)}
    roles = _read_roles(book, _index_names(book, agencies))
    return tuple(
        replace(
            one,
            roles=roles.get(one.id, ()),
            contact=details[one.id].lines("contact"),
            sent=details[one.id].date("sent"),
            due=details[one.id].date("due"),
            source=sources[one.id],
        )
        for one in agencies
    )


def _has_written_name(record: Record, language: str) -> bool:
    """Return whether an agency still has the name whose source was printed."""
    return normalise(record.text("written_name")) == normalise(record.text(spread_key("name", language)))


def _index_names(book: FilledBook, agencies: Iterable[Agency]) -> Mapping[str, str]:
    """Return ids by every name of an agency, and by the name under which the other sheets were written."""
    known = index_agency_names(agencies)
    ids = set(known.values())
    rows = book.rows.get("agencies", ())
    written = {normalise(str(row.values.get("written_name", ""))): row.id.casefold() for row in rows}
    return {name: one for name, one in written.items() if name and one in ids} | dict(known)


def _read_roles(book: FilledBook, known: Mapping[str, str]) -> Mapping[str, tuple[str, ...]]:
    names = _Names(known)
    cells = ((record, key) for record in book.records("roles") for key in ROLE_HOLDERS)
    holders = ((names.find(record.text(key), record.ref(key)), record.id) for record, key in cells)
    found = group_pairs((agency, role) for agency, role in holders if agency)
    book.problems += names.list_problems()
    return {agency: tuple(dict.fromkeys(roles)) for agency, roles in found.items()}


def _read_assignment(book: FilledBook, framework: Framework, agencies: tuple[Agency, ...]) -> Assignment:
    """Return who leads and supports: as a person has chosen, elsewhere by the roles."""
    names = _Names(_index_names(book, agencies))
    places = {*index_requirements(framework), *(unit.id for unit in framework.units)}
    chosen: dict[str, Duty] = {}
    for record in book.records("assignment"):
        name = find_meant_place(record.id, framework, places)
        if name in chosen:
            facts = {"other": str(record.row.ref.line)}
            book.problems.append(make_problem("assignment-twice", record.ref("requirement"), name, **facts))
        elif fault := check_place(name, framework, places, record.ref("requirement")):
            book.problems.append(fault)
        else:
            chosen[name] = _read_duty(record, name, names)
    book.problems += names.list_problems()
    duties = propose_duties(framework, agencies, chosen)
    assignment = Assignment(duties=duties)
    if agencies:
        book.problems += list_open_requirements(framework, assignment, CellRef(file=CONTROL))
    return assignment


def _count_outdated(book: FilledBook, assignment: Assignment) -> int:
    """Return how many rows do not show what follows from the workbook: agencies without an id, other agencies."""
    nameless = sum(not row.id and bool(row.values) for row in book.rows.get("agencies", ()))
    shown = {row.id: row.values for row in book.rows.get("assignment", ())}
    other = 0
    for name, duty in assignment.duties.items():
        values = shown.get(name, {})
        written = set(str(values.get("written_supporting", "")).split())
        other += (duty.lead or "") != values.get("written_lead", "") or set(duty.supporting) != written
    return nameless + other


class _Names:
    """The agencies by every name that a cell may have, and the names and ids that a person typed and no agency has.

    An agency that was taken off the sheet of agencies is in cells that still are as written: those follow the roles.
    `ids` follow the order of the sheet of agencies. `unclear` are the problems of cells that say neither yes nor no.
    """

    def __init__(self, known: Mapping[str, str]) -> None:
        self.known, self.ids = known, tuple(dict.fromkeys(known.values()))
        self.unknown: dict[str, list[CellRef]] = {}
        self.removed: dict[str, list[CellRef]] = {}
        self.unclear: list[Problem] = []

    def find(self, typed: str, ref: CellRef, *, is_as_written: bool = False) -> str | None:
        """Return the agency that is named; None, and the cell is kept, where there is none."""
        found = self.known.get(normalise(typed))
        if found is None and typed:
            (self.removed if is_as_written else self.unknown).setdefault(typed, []).append(ref)
        return found

    def list_problems(self) -> Iterator[Problem]:
        """Yield a Problem for each unclear tick and unknown name, and one note on all agencies that were taken off."""
        yield from self.unclear
        yield from list_unknown_agencies(self.unknown, self.known)
        if self.removed:
            first = next(iter(self.removed.values()))[0]
            names = ", ".join(self.removed)
            yield make_problem("agency-removed", first, count=len(self.removed), found=names)


def _quote_tick(typed: str) -> dict[str, str]:
    """Return the facts about a text that says neither yes nor no."""
    return {**quote_found(typed), "allowed": ", ".join(TICK.labels("en").values())}


def _read_duty(record: Record, name: str, names: _Names) -> Duty:
    """Return what a person has chosen in a row: a cell that is as it was written is chosen only if it was before."""
    typed = record.text("lead")
    is_as_written = typed == record.text("written_lead_name")
    lead = names.find(typed, record.ref("lead"), is_as_written=is_as_written)
    before = record.text("written_supporting").split()
    ticked = []
    for key in record.values:
        if key.startswith(SUPPORT) and record.text(key):
            named = key.removeprefix(SUPPORT).removeprefix("?")
            agency = names.find(named, record.ref(key), is_as_written=named in before)
            code = TICK.code_of(record.text(key))
            if agency and code is None:
                names.unclear.append(
                    make_problem("choice-unknown", record.ref(key), name, **_quote_tick(record.text(key)))
                )
            if agency and (code == "yes" or (code is None and agency in before)):
                ticked.append(agency)
    is_new_lead = lead != record.text("written_lead")
    is_new_support = set(ticked) != {one for one in before if one in names.known.values()}
    return Duty(
        requirement=name,
        lead=lead,
        supporting=tuple(agency for agency in names.ids if agency in ticked and agency != lead),
        is_lead_chosen=lead is not None and (is_new_lead or record.text("is_lead_chosen") == "yes"),
        is_supporting_chosen=is_new_support or record.text("is_supporting_chosen") == "yes",
    )
