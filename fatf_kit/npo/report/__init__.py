"""The report on a country's non-profit sector: a document, flat tables and JSON, all of them aggregates."""

from __future__ import annotations

from dataclasses import dataclass

from fatf_kit.core.json_files import make_json_value
from fatf_kit.core.messages import Translator
from fatf_kit.npo.measures.catalogue import NationalMeasures
from fatf_kit.npo.measures.plans import NpoPlanSettings, plan_inspections, plan_outreach
from fatf_kit.npo.measures.proportionality import OverRegulation
from fatf_kit.npo.model import SectorResult, SectorVerdict
from fatf_kit.npo.report.asking import asking_section
from fatf_kit.npo.report.assessors import assessors_section, method_section
from fatf_kit.npo.report.counts import count_table, register_lines
from fatf_kit.npo.report.disclosure import internal_counts
from fatf_kit.npo.report.measures import (
    checks_table,
    measures_section,
    over_regulation_section,
    own_measures_section,
    secret_tiers,
)
from fatf_kit.npo.report.names import Names
from fatf_kit.npo.report.nature import nature_section
from fatf_kit.npo.report.payload import make_npo_result
from fatf_kit.npo.report.plans import inspections_section, outreach_section
from fatf_kit.npo.report.sector import class_lines, classes_section, classes_table, counts_section, scope_section
from fatf_kit.npo.report.segments import (
    completeness_section,
    completeness_table,
    named_segments,
    segments_section,
    segments_table,
    subset_section,
)
from fatf_kit.report.model import DataTable, Document, Report, Section


@dataclass(frozen=True, slots=True, kw_only=True)
class NpoInput:
    """Everything a sector report is made from. `national` is None where the country listed no measures.

    A `public` report hides small counts and what would give them away; an internal one shows every count.
    """

    sector: SectorResult
    judged: OverRegulation
    national: NationalMeasures | None
    settings: NpoPlanSettings
    country: str
    generated_at: str
    notices: tuple[str, ...] = ()
    public: bool = False


def build_npo_report(given: NpoInput, names: Names, t: Translator, *, tool: str) -> Report:
    """Return the report in one language; `tool` is the version that made it."""
    with internal_counts(internal=not given.public):
        return Report(
            document=_document(given, names, t),
            tables=_tables(given, names, t),
            payload=make_json_value(
                make_npo_result(
                    given.sector,
                    given.judged,
                    secret=bool(secret_tiers(given.judged, given.national, given.sector)),
                    tool=tool,
                    generated_at=given.generated_at,
                )
            ),
        )


def _tables(given: NpoInput, names: Names, t: Translator) -> tuple[DataTable, ...]:
    """Return the sheets: one row for each count, class, segment, column and check; a hidden count is blank."""
    sector = given.sector
    return (
        count_table("counts", t("Counts"), t("What"), t).in_sheet(register_lines(sector, names, t)),
        classes_table(sector, t).in_sheet(line for line in class_lines(sector, t) if not line.is_part),
        segments_table(sector, t("Segment"), names, t).in_sheet(named_segments(sector, names)),
        completeness_table(names, t).in_sheet(sector.completeness.columns),
        checks_table(t).in_sheet(given.judged.results),
    )


def _document(given: NpoInput, names: Names, t: Translator) -> Document:
    sector, settings = given.sector, given.settings
    is_internal = not given.public or sector.verdict is not SectorVerdict.CLASSIFIED
    asking = [asking_section(sector, t)] if is_internal and (sector.group.bodies or sector.question_rounds) else []
    is_classified = sector.verdict is not SectorVerdict.NOT
    sections: list[Section] = [
        nature_section(given.national, t),
        counts_section(sector, names, t, is_public=given.public),
        *(asking if sector.verdict is not SectorVerdict.CLASSIFIED else []),
        scope_section(sector, names, t),
        classes_section(sector, t),
        *([segments_section(sector, names, t), subset_section(sector, t)] if is_classified else []),
        *(asking if sector.verdict is SectorVerdict.CLASSIFIED else []),
        completeness_section(sector, names, t),
        measures_section(t),
        own_measures_section(given.national, names, t),
        over_regulation_section(given.judged, given.national, sector, t),
        outreach_section(plan_outreach(sector, settings), sector, settings, names, t),
        inspections_section(plan_inspections(sector.classes, settings), sector, t),
    ]
    if not given.public:  # what is still to be prepared for the assessors concerns the country alone
        sections.append(assessors_section({section.anchor: section.title for section in sections}, t))
    sections.append(method_section(sector, names, t, is_public=given.public))
    return Document(
        id="npo-public" if given.public else "npo",
        title=t("{country}: the non-profit sector and terrorist financing", country=given.country)
        if given.country
        else t("The non-profit sector and terrorist financing"),
        subtitle=t("The bodies within the definition, their risk, and measures that fit; indicative"),
        language=t.language,
        made_on=given.generated_at,
        is_restricted=not given.public,
        facts=(
            (t("Register"), sector.register.name),
            (t("Counted on"), t.day(sector.as_of)),
            (t("Method"), sector.method_id),
            (t("Made on"), t.moment(given.generated_at)),
        ),
        notices=(
            *map(t, given.notices),
            t(
                "Indicative: worked out by fatf-kit from the country's register, under a stated method. No "
                "organisation is named; counts are aggregates."
            )
            if given.public
            else t(
                "Internal: indicative, worked out by fatf-kit from the country's register, under a stated method. No "
                "organisation is named, but small counts are shown. For publication make the public version."
            ),
        ),
        sections=tuple(sections),
    )
