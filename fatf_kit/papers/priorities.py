"""The first things to look at: the main weaknesses of the country, and the gaps that are least costly to close."""

from __future__ import annotations

from collections import Counter

from fatf_kit.core.messages import Translator
from fatf_kit.core.ratings import FindingKind
from fatf_kit.papers.report_input import PaperInput
from fatf_kit.report.model import Block, Paragraph, Section, TableCell, Tone
from fatf_kit.report.results_table import COUNT, ID, ResultColumn, ResultsTable, make_link_cell
from fatf_kit.scoring.finding import Finding
from fatf_kit.scoring.model import OpenInstrument
from fatf_kit.scoring.report.traces import describe_next_step, describe_status

_CHEAPEST = 15


def sum_weight_lost(findings: tuple[Finding, ...]) -> Counter[str]:
    """Return the weight lost in each unit; a requirement with two findings counts once."""
    lost: Counter[str] = Counter()
    for finding in {finding.requirement: finding for finding in findings}.values():
        lost[finding.unit] += finding.points_lost
    return lost


def build_settling_section(paper_input: PaperInput, t: Translator) -> Section:
    """Return the ten instruments whose proof settles most ratings; all answers that cite one are counted together."""

    def instrument(one: OpenInstrument) -> str:
        if one.instrument is None:
            return t("Information is withheld here because of its confidentiality.")
        return one.instrument or t("no citation yet")

    def units(one: OpenInstrument) -> TableCell:
        target = one.units[0] if len(one.units) == 1 else None
        return TableCell(text=", ".join(one.units), ltr=True, target=target)

    table = ResultsTable[OpenInstrument](
        "settling-table",
        t("Articles and documents with the largest effect"),
        (
            ResultColumn("instrument", t("Instrument"), instrument, page=8),
            ResultColumn("requirements", t("Requirements"), lambda one: ", ".join(one.requirements), ID, page=6),
            ResultColumn("units", t("Ratings"), units, page=4),
            ResultColumn("levels", t("Levels"), lambda one: one.levels, COUNT, page=3),
        ),
    ).in_document(paper_input.assessment.open, empty=t("No answer lacks a citation."))
    text = t(
        "Each row covers all answers that cite the same law, regulation or document. “Levels” is the number of "
        "levels by which these ratings rise in the worst case once the citation is complete, with its article, its "
        "date and the kind of instrument."
    )
    return Section(
        anchor="settling",
        title=t("Evidence with the largest effect"),
        blocks=(Paragraph(text=text, tone=Tone.SMALL), table),
    )


def build_cheapest_section(paper_input: PaperInput, t: Translator) -> Section:
    """Return what is claimed well but not shown: it needs a search for proof and no new law."""
    late = paper_input.assessment.in_force_later
    found = [finding for finding in paper_input.findings if finding.kind is FindingKind.UNDEMONSTRATED]
    found.sort(key=lambda finding: (-finding.points_lost, finding.id))

    def next_step(finding: Finding) -> TableCell:
        planned = t("Planned: {action}", action=finding.planned) if finding.planned else ""
        return TableCell(text=describe_next_step(finding.status, t), detail=planned)

    table = ResultsTable[Finding](
        "cheapest-table",
        t("Answers without evidence, largest weight first"),
        (
            ResultColumn(
                "requirement", t("Requirement"), lambda f: make_link_cell(f.requirement, target=f.unit), page=2
            ),
            ResultColumn(
                "claimed",
                t("Claimed"),
                lambda f: TableCell(text=t.named(f.rating or ""), rating=f.rating, scale="answer"),
                page=2,
            ),
            ResultColumn("missing", t("Gaps"), lambda f: describe_status(f.status, t, late.get(f.requirement)), page=4),
            ResultColumn("next_step", t("Next step"), next_step, page=6),
        ),
        facets=lambda finding: {"status": (str(finding.status),)},
    ).in_document(found[:_CHEAPEST], empty=t("Every claim has evidence."))
    text = t(
        "These answers are good but lack evidence. Finding the article, its date and the figures is the least "
        "costly work before the visit."
    )
    blocks: list[Block] = [Paragraph(text=text), table]
    if (more := len(found) - _CHEAPEST) > 0:
        text = t.plural(
            "{n} more answer is listed under its Recommendation or outcome below.",
            "{n} more answers are listed under their Recommendation or outcome below.",
            more,
        )
        blocks.append(Paragraph(text=text, tone=Tone.SMALL))
    return Section(anchor="cheapest", title=t("Gaps that are least costly to close"), blocks=tuple(blocks))
