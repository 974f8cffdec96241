"""The first things to look at: the main weaknesses of the country, and the gaps that are least costly to close."""

from __future__ import annotations

from fatf_kit.core.messages import Translator
from fatf_kit.core.ratings import FindingKind
from fatf_kit.papers.report_input import PaperInput
from fatf_kit.report.document_tables import keep_ltr, make_row, make_table
from fatf_kit.report.model import Block, Paragraph, Section, TableCell, TableRow
from fatf_kit.report.results_table import make_link_cell
from fatf_kit.report.sections import make_note, make_section
from fatf_kit.scoring.finding import Finding
from fatf_kit.scoring.model import OpenInstrument
from fatf_kit.scoring.report.traces import describe_next_step, describe_planned, describe_status

_CHEAPEST = 15


def build_settling_section(paper_input: PaperInput, t: Translator) -> Section:
    """Return the ten instruments whose proof settles most ratings; all answers that cite one are counted together."""

    def instrument(one: OpenInstrument) -> str:
        if one.instrument is None:
            return t("Information is withheld here because of its confidentiality.")
        return one.instrument or t("no citation yet")

    def units(one: OpenInstrument) -> TableCell:
        target = one.units[0] if len(one.units) == 1 else None
        return TableCell(text=", ".join(one.units), ltr=True, target=target)

    heads = ((t("Instrument"), 8), (t("Requirements"), 6), (t("Ratings"), 4), (t("Levels"), 3, True))
    table = make_table(
        "settling-table",
        t("Articles and documents with the largest effect"),
        heads,
        (
            (instrument(one), keep_ltr(", ".join(one.requirements)), units(one), one.levels)
            for one in paper_input.assessment.open
        ),
        empty=t("No answer lacks a citation."),
    )
    text = t(
        "Each row covers all answers that cite the same law, regulation or document. “Levels” is the number of "
        "levels by which these ratings rise in the worst case once the citation is complete, with its article, its "
        "date and the kind of instrument."
    )
    return make_section("settling", t("Evidence with the largest effect"), make_note(text), table)


def build_cheapest_section(paper_input: PaperInput, t: Translator) -> Section:
    """Return what is claimed well but not shown: it needs a search for proof and no new law."""
    late = paper_input.assessment.in_force_later
    found = [one for one in paper_input.findings if one.kind is FindingKind.UNDEMONSTRATED]
    found.sort(key=lambda finding: (-finding.points_lost, finding.id))

    def describe(finding: Finding) -> TableRow:
        planned = describe_planned(finding.planned, None, t) if finding.planned else ""
        rating = TableCell(text=t.named(finding.rating or ""), rating=finding.rating, scale="answer")
        missing = describe_status(finding.status, t, late.get(finding.requirement))
        next_step = TableCell(text=describe_next_step(finding.status, t), detail=planned)
        link = make_link_cell(finding.requirement, target=finding.unit)
        return make_row((link, rating, missing, next_step), status=str(finding.status))

    table = make_table(
        "cheapest-table",
        t("Answers without evidence, largest weight first"),
        ((t("Requirement"), 2), (t("Claimed"), 2), (t("Gaps"), 4), (t("Next step"), 6)),
        map(describe, found[:_CHEAPEST]),
        empty=t("Every claim has evidence."),
    )
    text = t(
        "These answers are good but lack evidence. Finding the article, its date and the statistics needs no new "
        "measure."
    )
    blocks: list[Block] = [Paragraph(text=text), table]
    if (more := len(found) - _CHEAPEST) > 0:
        text = t.plural(
            "{n} more answer is listed under its Recommendation or outcome.",
            "{n} more answers are listed under their Recommendation or outcome.",
            more,
        )
        blocks.append(make_note(text))
    return make_section("cheapest", t("Gaps that are easiest to close"), *blocks)
