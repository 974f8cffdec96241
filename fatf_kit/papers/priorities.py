"""What to look at first: what holds the country back most, and what is cheapest to close."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace

from fatf_kit.core.messages import Translator
from fatf_kit.core.ratings import FindingKind
from fatf_kit.framework.catalog import index_requirements
from fatf_kit.papers.report_input import GapInput
from fatf_kit.report.model import Bullets, DocumentTable, Paragraph, Section, TableCell, TableColumn, TableRow, Tone
from fatf_kit.scoring.model import OpenInstrument, OutcomeResult, RecommendationResult
from fatf_kit.scoring.report.traces import describe_next_step, describe_status, strip_unit
from fatf_kit.scoring.report.weight_texts import is_lifted

_MOST_HELD_BACK = 10
_CHEAPEST = 15


def build_held_back_section(given: GapInput, t: Translator) -> Section:
    """Units from the lowest rating up, and within one rating by the weight of what is lost."""
    a = given.assessment
    once = {finding.requirement: finding for finding in given.findings}.values()
    lost: defaultdict[str, int] = defaultdict(int)
    for finding in once:
        lost[finding.unit] += finding.points_lost
    index = index_requirements(given.framework)
    titles = {unit.id: unit.title for unit in given.framework.units}

    def low(unit: RecommendationResult | OutcomeResult) -> int:
        rank = unit.counted.worst.rank
        return 9 if rank is None else rank

    units = [u for u in a.units if u.coverage.answered and low(u) < 3]
    decided = any(unit.counted != unit.shown for unit in units)
    units.sort(key=lambda unit: (low(unit), -lost[unit.id]))
    rows = []
    for unit in units[:_MOST_HELD_BACK]:
        worst = sorted((f for f in once if f.unit == unit.id), key=lambda f: -f.points_lost)[:3]
        rows.append(
            TableRow(
                cells=(
                    TableCell(text=unit.id, detail=titles[unit.id], target=unit.id, ltr=True),
                    _rating_cell(unit.claimed.describe()),
                    _rating_cell(unit.shown.describe()),
                    *((_decided_cell(unit, t),) if decided else ()),
                    TableCell(
                        text=" ".join(
                            t(
                                "{name}: {text}",
                                name=strip_unit(f.requirement),
                                text=f.missing or index[f.requirement].statement,
                            )
                            for f in worst
                        )
                    ),
                ),
                facets={},
            )
        )
    return Section(
        anchor="held-back",
        title=t("What holds the country back most"),
        blocks=(
            Paragraph(
                text=t("Lowest shown rating first; within a rating, the most weight lost. At most three points each."),
                tone=Tone.SMALL,
            ),
            DocumentTable(
                id="held-back-table",
                caption=t("The {n} units that weigh most", n=len(rows)),
                columns=(
                    TableColumn(title=t("Unit"), width=6),
                    TableColumn(title=t("Claimed"), width=4),
                    TableColumn(title=t("Shown"), width=5),
                    *((TableColumn(title=t("Decided"), width=5),) if decided else ()),
                    TableColumn(title=t("What weighs most"), width=17),
                ),
                rows=tuple(rows),
                empty=t("Nothing is answered below the top yet."),
            ),
        ),
    )


def _instrument(one: OpenInstrument, t: Translator) -> str:
    if one.instrument is None:
        return t("Information is withheld here because of its confidentiality.")
    return one.instrument or t("nothing cited yet")


def build_settling_section(given: GapInput, t: Translator) -> Section:
    """The ten instruments whose proof settles most ratings; all answers that cite one are counted together."""
    rows = tuple(
        TableRow(
            cells=(
                TableCell(text=_instrument(one, t)),
                TableCell(text=", ".join(one.requirements), ltr=True),
                TableCell(text=", ".join(one.units), ltr=True, target=one.units[0] if len(one.units) == 1 else None),
                TableCell(text=str(one.levels)),
            ),
            facets={},
        )
        for one in given.assessment.open
    )
    return Section(
        anchor="settling",
        title=t("What settles most ratings"),
        blocks=(
            Paragraph(
                text=t(
                    "Each line counts all answers that cite the same law, regulation or document. Levels are those by "
                    "which the worst ends of these ratings rise once the citation is complete: its article, its date "
                    "and the kind of instrument."
                ),
                tone=Tone.SMALL,
            ),
            DocumentTable(
                id="settling-table",
                caption=t("The articles and documents that settle most"),
                columns=(
                    TableColumn(title=t("Instrument"), width=8),
                    TableColumn(title=t("Requirements"), width=6),
                    TableColumn(title=t("Ratings"), width=4),
                    TableColumn(title=t("Levels"), width=3, number=True),
                ),
                rows=rows,
                empty=t("No open answer waits for a citation."),
            ),
        ),
    )


def build_cheapest_section(given: GapInput, t: Translator) -> Section:
    """Claimed well but not shown: work for the desk, not for parliament."""
    open_proofs = sorted(
        (f for f in given.findings if f.kind is FindingKind.UNDEMONSTRATED), key=lambda f: (-f.points_lost, f.id)
    )
    rows = tuple(
        TableRow(
            cells=(
                TableCell(text=f.requirement, target=f.unit, ltr=True),
                TableCell(text=t.named(f.rating or ""), rating=f.rating, scale="answer"),
                TableCell(text=describe_status(f.status, t, given.assessment.in_force_later.get(f.requirement))),
                TableCell(
                    text=describe_next_step(f.status, t),
                    detail=t("Planned: {action}", action=f.planned) if f.planned else "",
                ),
            ),
            facets={"status": (str(f.status),)},
        )
        for f in open_proofs[:_CHEAPEST]
    )
    more = len(open_proofs) - len(rows)
    blocks: list[Paragraph | DocumentTable | Bullets] = [
        Paragraph(
            text=t(
                "These answers are good but nothing shows them yet. To find the article, its date and the figures is "
                "the cheapest work before the visit."
            )
        ),
        DocumentTable(
            id="cheapest-table",
            caption=t("Claimed but not shown, most weight first"),
            columns=(
                TableColumn(title=t("Requirement"), width=2),
                TableColumn(title=t("Claimed"), width=2),
                TableColumn(title=t("What is missing"), width=4),
                TableColumn(title=t("Next step"), width=6),
            ),
            rows=rows,
            empty=t("Everything claimed is shown."),
        ),
    ]
    if more > 0:
        blocks.append(
            Paragraph(text=t("{n} more stand under their Recommendation or outcome below.", n=more), tone=Tone.SMALL)
        )
    return Section(anchor="cheapest", title=t("What is cheapest to close"), blocks=tuple(blocks))


def _rating_cell(span: str) -> TableCell:
    return TableCell(text=span, rating=span, scale="compliance", ltr=True)


def _decided_cell(unit: RecommendationResult | OutcomeResult, t: Translator) -> TableCell:
    """The rating used where it rests on decisions, flagged where it is above what is shown."""
    if unit.counted == unit.shown:
        return TableCell(text="–")
    cell = _rating_cell(unit.counted.describe())
    return replace(cell, detail=t("above what is shown") if is_lifted(unit) else "")
