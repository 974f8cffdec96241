"""The list of instruments: in a terminal, as JSON, and as the annex of a submission."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from fatf_kit.assessment.answers.model import EvidenceKind
from fatf_kit.core.groups import group_pairs
from fatf_kit.core.json_files import make_json_value
from fatf_kit.core.languages import label
from fatf_kit.core.messages import Translator
from fatf_kit.laws.lists_payload import make_instrument_list
from fatf_kit.laws.model import REGISTER_KINDS, Instrument, InstrumentStatus, LawRegister
from fatf_kit.laws.translations import TranslationState, list_states, name_language
from fatf_kit.report.document_tables import make_day_cell
from fatf_kit.report.imprint import Imprint
from fatf_kit.report.model import Paragraph, Report, Section, TableCell
from fatf_kit.report.results_table import COUNT, DATE, ID, ResultColumn, ResultsTable
from fatf_kit.report.sections import make_section


@dataclass(frozen=True, slots=True, kw_only=True)
class LawImprint(Imprint):
    """The imprint of every paper on the register of laws, in the language of the reader.

    `languages` are those into which instruments are to be translated, `main` is the language in which they are made.
    `agencies` are names by id.
    """

    main: str = "en"
    languages: tuple[str, ...] = ()
    agencies: Mapping[str, str] = field(default_factory=dict)

    def name_agency(self, agency: str, t: Translator) -> str:
        """Return the name of an agency; a workbook for the whole country has the agency ""."""
        return self.agencies.get(agency, agency) or t("the whole country")


def build_annex(register: LawRegister, imprint: LawImprint, t: Translator) -> Report:
    """Return the numbered list of instruments for a submission; it has nothing of the country's self-assessment."""
    listed = select_checked(register)
    title, facts = t("List of laws and other instruments"), ((t("Edition"), imprint.edition),)
    sections = tuple(_list_sections(register, imprint, t))
    return Report(
        document=imprint.make_document("laws-annex", title, sections, facts, t),
        tables=(_make_table(register, imprint, t).in_sheet(listed),),
        payload=make_json_value(make_instrument_list(register, listed, imprint.languages, imprint.today)),
    )


def select_checked(register: LawRegister) -> tuple[Instrument, ...]:
    """Return the instruments that a person has checked: law by kind, then bills and drafts."""
    order: dict[EvidenceKind | None, int] = {kind: at for at, kind in enumerate(REGISTER_KINDS)}

    def place(one: Instrument) -> tuple[bool, int]:
        return one.status.is_proposed_law, order.get(one.kind, len(order))

    return tuple(sorted((one for one in register.instruments if not one.is_proposed), key=place))


def _list_sections(register: LawRegister, imprint: LawImprint, t: Translator) -> Iterator[Section]:
    """Yield a section for each kind of instrument, and one for bills and drafts."""

    def name_group(one: Instrument) -> str:
        return "bills" if one.status.is_proposed_law else str(one.kind or "other")

    groups = group_pairs((name_group(one), one) for one in select_checked(register))
    table = _make_table(register, imprint, t)
    titles = {"bills": t("Not yet law: bills and drafts"), "other": t("Other instruments")}
    for name, listed in groups.items():
        anchor, title = f"laws-{name.replace(' ', '-')}", titles.get(name) or _name_kind(name, t)
        block = table.in_document(listed, name=f"{anchor}-table", caption=title)
        yield make_section(anchor, title, block)
    if not groups:
        nothing = Paragraph(text=t("The register of laws has no checked instrument yet."))
        yield make_section("laws-none", t("Instruments"), nothing)


def _make_table(register: LawRegister, imprint: LawImprint, t: Translator) -> ResultsTable[Instrument]:
    def title(one: Instrument) -> TableCell:
        own, original = one.title(t.language), one.title(imprint.main)
        return TableCell(text=own, detail=original if original != own else "")

    def number(one: Instrument) -> TableCell:
        year = str(one.year or "")
        detail = year if one.number else ""
        return TableCell(text=one.number or year or "–", detail=detail, ltr=True)

    def status(one: Instrument) -> TableCell:
        day, detail = one.begins, ""
        if day and one.status.is_proposed_law:
            detail = t("expected from {day}", day=t.day(day))
        elif day and one.status is InstrumentStatus.ADOPTED:
            detail = t("in force from {day}", day=t.day(day))
        elif day:
            detail = t("from {day}", day=t.day(day))
        return TableCell(text=t(str(one.status)), detail=detail, day=str(day or ""))

    def states(one: Instrument) -> Mapping[str, TranslationState]:
        return list_states(register, one.id, imprint.languages, imprint.today)

    def translations(one: Instrument) -> str:
        named = ((name_language(name, t), t(str(state))) for name, state in states(one).items())
        return t.points(t("{name}: {text}", name=name, text=text) for name, text in named)

    def translation(language: str) -> ResultColumn[Instrument]:
        def state(one: Instrument) -> str:
            return t(str(states(one)[language]))

        heading = t("Translation: {language}", language=name_language(language, t))
        return ResultColumn(f"translation_{language}", heading, state, sheet=16)

    def place(one: Instrument) -> TableCell:
        return TableCell(text=one.file or one.link, detail=one.link if one.file else "", ltr=True)

    return ResultsTable[Instrument](
        "laws",
        t("Laws and other instruments"),
        (
            ResultColumn("id", t("No."), kind=ID, sheet=9, page=4),
            ResultColumn("title", t("Title"), lambda one: one.title(t.language), sheet=50, page=14, cell=title),
            ResultColumn("original", t("Original title"), lambda one: one.title(imprint.main), sheet=50),
            ResultColumn("kind", t("Kind"), lambda one: name_kind(one, t), sheet=20, page=5),
            ResultColumn("number", t("Official number"), kind=ID, sheet=12, page=4, cell=number),
            ResultColumn("year", t("Year"), kind=COUNT, sheet=8),
            ResultColumn("day", t("Date"), kind=DATE, sheet=12, page=5, cell=lambda one: make_day_cell(one.day, t)),
            ResultColumn("status", t("Status"), lambda one: t(str(one.status)), sheet=13, page=6, cell=status),
            ResultColumn("in_force_from", t("In force from"), kind=DATE, sheet=13),
            ResultColumn("expected", t("Expected in force from"), kind=DATE, sheet=13),
            *map(translation, imprint.languages),
            *([ResultColumn("translations", t("Translations"), translations, page=7)] if imprint.languages else []),
            ResultColumn("file", t("File"), sheet=26),
            ResultColumn("link", t("Link"), sheet=40),
            ResultColumn("place", t("File or link"), page=7, cell=place),
        ),
    )  # fmt: skip


def name_kind(instrument: Instrument, t: Translator) -> str:
    """Return the country's own word for the kind of an instrument, else the name of the kind."""
    return instrument.kind_word or (_name_kind(str(instrument.kind), t) if instrument.kind else "–")


def _name_kind(kind: str, t: Translator) -> str:
    name = label("evidence_kind", kind, t.language)
    return name[:1].upper() + name[1:]


def list_rows(
    register: LawRegister, listed: Sequence[Instrument], imprint: LawImprint, t: Translator
) -> Iterator[tuple[str, ...]]:
    """Yield the rows of the table that a terminal shows, headings first."""
    languages = [name_language(name, t) for name in imprint.languages]
    heads = (t("No."), t("Title"), t("Kind"), t("Official number"), t("Status"))
    yield (*heads, t("In force from"), *languages)
    for one in listed:
        status = t(str(one.status))
        states = list_states(register, one.id, imprint.languages, imprint.today)
        yield (
            one.id,
            one.title(t.language),
            name_kind(one, t),
            "/".join(filter(None, (one.number, str(one.year or "")))) or "–",
            t.joined((status, t("proposed"))) if one.is_proposed else status,
            str(one.begins or "–"),
            *(t(str(state)) for state in states.values()),
        )
