"""The sheets of the sector report: the tables of its pages, and one of all counts; a hidden count is blank."""

from __future__ import annotations

from collections.abc import Iterator

from fatf_kit.core.messages import Translator
from fatf_kit.npo.measures.proportionality import OverRegulation
from fatf_kit.npo.model import SectorResult
from fatf_kit.npo.report.counts import CountLine, count_table, group_name, shown_beneficiaries
from fatf_kit.npo.report.disclosure import shown_parts, shown_segments
from fatf_kit.npo.report.measures import checks_table
from fatf_kit.npo.report.names import Names
from fatf_kit.npo.report.sector import class_lines, classes_table
from fatf_kit.npo.report.segments import completeness_table, segments_table
from fatf_kit.npo.scales import SegmentKind
from fatf_kit.report.model import DataTable


def sector_tables(sector: SectorResult, judged: OverRegulation, names: Names, t: Translator) -> tuple[DataTable, ...]:
    """Return one row for each count, class, segment, column and check."""
    segments = [
        (segment, shown)
        for kind in SegmentKind
        for segment, shown in shown_segments(sector, kind)
        if names.may_stand(kind, segment.code, shown["total"])
    ]
    return (
        count_table("counts", t("Counts"), t("What"), t).in_sheet(_counts(sector, names, t)),
        classes_table(sector, t).in_sheet(line for line in class_lines(sector, t) if not line.is_part),
        segments_table(sector, t("Segment"), names, t).in_sheet(segments),
        completeness_table(names, t).in_sheet(sector.completeness.columns),
        checks_table(t).in_sheet(judged.results),
    )


def _counts(sector: SectorResult, names: Names, t: Translator) -> Iterator[CountLine]:
    register = sector.register
    for name, count in (
        (t("registered"), register.registered),
        (t("active"), register.active),
        (t("Within the definition"), register.in_scope),
        (t("Outside the definition"), register.out_of_scope),
        (t("Undetermined"), register.undetermined),
        (t("All rows below the headings"), register.rows),
        (t("Rows classified"), register.registered),
        (t("Rows rejected"), register.rejected),
        *((t("Rows rejected: {reason}", reason=t(part.code)), part.count) for part in register.rejected_reasons),
        (t("Blank rows"), register.blank),
    ):
        yield CountLine(name=name, count=count)
    for reasons in (register.out_reasons, register.undetermined_reasons):
        shown = shown_parts(reasons)
        for part in reasons:
            yield CountLine(name=names.reason(part.code), count=shown[part.code])
    for code, count in shown_beneficiaries(sector):
        yield CountLine(name=t("Beneficiaries: {group}", group=group_name(code, t)), count=count)
