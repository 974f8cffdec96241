"""The one table of all ratings: claimed, shown, decided, last published, and the share of others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from fatf_kit.core.messages import Translator
from fatf_kit.outlook.sentences import describe_good_outcomes, describe_good_recommendations
from fatf_kit.papers.report_input import PaperInput, PeerShares
from fatf_kit.published.model import PublishedReport
from fatf_kit.report.document_tables import make_rating_cell
from fatf_kit.report.model import Figure, Section, TableCell
from fatf_kit.report.results_table import ResultColumn, ResultsTable, make_link_cell
from fatf_kit.report.sections import make_note, make_section
from fatf_kit.scoring.report.charts import build_compliance_map, build_outcome_chart
from fatf_kit.scoring.report.traces import round_percent
from fatf_kit.scoring.report.weight_texts import UnitResult, is_lifted


def build_ratings_section(paper_input: PaperInput, t: Translator) -> Section:
    """Return the table of the 51 ratings with its key, and the picture of the same ratings."""
    assessment, framework = paper_input.assessment, paper_input.framework
    known = paper_input.background
    recommendations, outcomes = paper_input.standing
    message, of_outcomes = describe_good_recommendations(recommendations, t), describe_good_outcomes(outcomes, t)

    def shown(unit: UnitResult) -> TableCell:
        return make_rating_cell(unit.id, unit.shown.describe())

    titles = {unit.id: unit.title for unit in framework.units}
    table = ResultsTable[UnitResult](
        "ratings-table",
        t("All ratings"),
        (
            ResultColumn("unit", t("Rec. or outcome"), lambda unit: make_link_cell(unit.id), page=3),
            ResultColumn("title", t("Title"), lambda unit: titles[unit.id], page=13),
            ResultColumn("claimed", t("Claimed"), lambda unit: _claim(unit, t), page=3),
            ResultColumn("shown", t("Shown"), shown, page=3),
            *_decided(assessment.units, t),
            *_published(known.published, t),
            *_peers(known.peers, t),
        ),
        facets=lambda unit: {"about": (unit.id,)},
    ).in_document(assessment.units)
    table = replace(table, dense=True)
    return make_section(
        "ratings",
        t("Ratings"),
        make_note(_explain(paper_input, t)),
        table,
        Figure(chart=build_compliance_map(framework, assessment.recommendations, message, t)),
        Figure(chart=build_outcome_chart(assessment.outcomes, of_outcomes, t)),
    )


def _claim(unit: UnitResult, t: Translator) -> TableCell:
    """Return the claimed rating; a unit on which nothing is answered claims nothing."""
    if not unit.coverage.answered:
        return TableCell(text=t("not answered"))
    return make_rating_cell(unit.id, unit.claimed.describe())


def _decided(units: Sequence[UnitResult], t: Translator) -> tuple[ResultColumn[UnitResult], ...]:
    """Return the column of decided ratings where any rating rests on a decision."""

    def cell(unit: UnitResult) -> TableCell:
        if unit.counted == unit.shown:
            return TableCell(text="–")
        return make_rating_cell(
            unit.id, unit.counted.describe(), t("above the shown rating") if is_lifted(unit) else ""
        )

    has_decided = any(unit.counted != unit.shown for unit in units)
    return (ResultColumn("decided", t("Decided"), cell, page=3),) if has_decided else ()


def _published(report: PublishedReport | None, t: Translator) -> tuple[ResultColumn[UnitResult], ...]:
    """Return the column of the last published ratings where the country has any."""
    if report is None:
        return ()

    def cell(unit: UnitResult) -> TableCell:
        rating = report.ratings.get(unit.id)
        return make_rating_cell(unit.id, str(rating)) if rating else TableCell(text="–")

    return (ResultColumn("published", t("Published"), cell, page=3),)


def _peers(peers: PeerShares | None, t: Translator) -> tuple[ResultColumn[UnitResult], ...]:
    """Return the column with the share of others at the two best levels."""
    if peers is None:
        return ()

    def cell(unit: UnitResult) -> TableCell:
        good, rated = peers.counts.get(unit.id, (0, 0))
        return TableCell(text=t.percent(round_percent(good, rated)) if rated else "–")

    return (ResultColumn("peers", peers.group or t("Worldwide"), cell, page=3),)


def _explain(paper_input: PaperInput, t: Translator) -> str:
    """Return what the columns mean, as one paragraph."""
    known, units = paper_input.background, paper_input.assessment.units
    sentences = [t("Claimed: by the answers as given. Shown: as far as evidence is on file.")]
    if spans := [unit.counted.describe() for unit in units if unit.resolved is None]:
        range_text = t(
            "A range such as {span} gives the rating by today's evidence first, then the rating if all claims are "
            "proved. It has the colour of the first.",
            span=spans[0],
        )
        sentences.append(range_text)
    if known.published:
        label = known.published.label
        sentences.append(t("Published: the last published rating ({report}).", report=label))
    if known.peers and (group := known.peers.group):
        text = t("{group}: share of its other members that are rated C, LC, HE or SE.", group=group)
        sentences.append(text)
    elif known.peers:
        sentences.append(t("Worldwide: share of all evaluated jurisdictions that are rated C, LC, HE or SE."))
    compared = [unit for unit in units if not known.peers or unit.id in known.peers.counts]
    if len(compared) < len(units):
        sentences.append(t("Outcomes that ask for something else in that edition of the Methodology are not compared."))
    return " ".join(sentences)
