"""Notes on Recommendations and outcomes, which a page shows at their marks in charts."""

from __future__ import annotations

from collections.abc import Iterator

from fatf_kit.core.messages import Translator
from fatf_kit.papers.report_input import PaperInput
from fatf_kit.peer_comparison.patterns import find_patterns
from fatf_kit.report.live import UnitNote
from fatf_kit.scoring.report.traces import strip_unit
from fatf_kit.scoring.report.weight_texts import UnitResult, describe_range

_FEW = 4
"""Gaps and agencies named in a note."""


def describe_units(paper_input: PaperInput, t: Translator) -> dict[str, UnitNote]:
    """Return by unit: claimed and shown, the requirements with gaps, who leads on them, other countries, last time."""
    patterns = {unit.unit: unit for unit in find_patterns(paper_input.framework.id).units}
    published = paper_input.background.published
    notes = {}
    for unit, result in zip(paper_input.framework.units, paper_input.assessment.units, strict=True):
        lines = [describe_range(result, t), *_list_gaps(result, paper_input, t)]
        if (peers := patterns[unit.id]).rated:
            best = "HE/SE" if unit.id.startswith("IO.") else "C/LC"
            facts = {"good": peers.good, "rated": peers.rated, "best": best}
            lines.append(t("Worldwide: {good} of {rated} rated {best}", **facts))
        if published and (rating := published.ratings.get(unit.id)):
            lines.append(t("Last published: {rating}", rating=rating))
        notes[unit.id] = UnitNote(title=f"{unit.id} {unit.title}", lines=tuple(lines))
    return notes


def _list_gaps(result: UnitResult, paper_input: PaperInput, t: Translator) -> Iterator[str]:
    """Yield the requirements of a unit that have findings, and the agencies that lead on them."""
    found = dict.fromkeys(one.requirement for one in paper_input.findings if one.unit == result.id)
    if not found:
        return
    yield t("Gaps: {ids}", ids=t.few([strip_unit(key) for key in found], _FEW))
    names = paper_input.name_leads()
    if leads := list(dict.fromkeys(names[key] for key in found if key in names)):
        yield t("Lead agency: {agency}", agency=t.few(leads, _FEW))
