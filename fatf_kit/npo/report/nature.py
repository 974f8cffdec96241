"""The nature of the threat and the sector's views, before any number; and the sector's own rating."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from fatf_kit.core.messages import Translator
from fatf_kit.npo.measures.catalogue import NationalMeasures
from fatf_kit.npo.measures.sector_rating import CountryQuestion, load_parts, measures_level
from fatf_kit.npo.method.risk_matrix import WEAK
from fatf_kit.npo.model import SectorProposal, SectorResult
from fatf_kit.npo.report.disclosure import one
from fatf_kit.npo.report.figures import band_name, share
from fatf_kit.report.model import Block, DocumentTable, Paragraph, Section, Tone
from fatf_kit.report.results_table import ResultColumn, ResultsTable
from fatf_kit.report.sections import make_note, make_section


def nature_section(national: NationalMeasures | None, t: Translator) -> Section:
    """Return what the country wrote on cases, methods, sources and scenarios, and on how the sector was consulted."""
    described = national.described if national else {}
    if described:
        threat = _described("threat", t("The threat"), described, t)
        blocks: tuple[Block, ...] = (threat, _described("consultation", t("The sector's views"), described, t))
    else:
        text = t(
            "The nature of the threat is not described yet. A risk assessment begins with it: known cases, methods, "
            "sources and scenarios of abuse, and how the sector was consulted. The workbook of measures, which "
            "'fatf-kit npo template' writes, asks for it."
        )
        blocks = (Paragraph(text=text, tone=Tone.NOTICE),)
    return make_section("nature", t("The nature of the threat"), *blocks)


def _described(group: str, title: str, texts: Mapping[str, str], t: Translator) -> DocumentTable:
    def text(part: CountryQuestion) -> str:
        return texts.get(part.id) or t("Not described yet.")

    return ResultsTable[CountryQuestion](
        f"nature-{group}-table",
        title,
        (
            ResultColumn("title", t("Subject"), page=3),
            ResultColumn("text", t("As the country describes it"), text, page=9),
        ),
    ).in_document(part for part in load_parts(t.language) if part.group == group)


def rating_blocks(sector: SectorResult, t: Translator) -> Iterator[Block]:
    """Yield the decision with its reason, or that there is none; then the proposal and what it rests on."""
    decision, proposal = sector.sector.decision, sector.sector.proposal
    if decision is None:
        text = t("The sector has no rating yet: a rating is a decision of the working group, with its reason.")
    elif decision.office and decision.on:
        text = t(
            "The risk of the sector is rated {rating} by the decision of {day} ({office}).",
            rating=band_name(decision.rating, t),
            office=decision.office,
            day=t.day(decision.on),
        )
    else:
        rating = band_name(decision.rating, t)
        text = t("The risk of the sector is rated {rating} by decision of the working group.", rating=rating)
    yield Paragraph(text=text)
    if decision is not None:
        yield Paragraph(text=t("Reason given: {reason}", reason=decision.reason))
    yield Paragraph(text=_proposal_text(sector, t))
    if decision is not None and proposal.band is not None and decision.rating is not proposal.band:
        text = t("The decision differs from the proposal; the reason has to explain it.")
        yield make_note(text)


def _proposal_text(sector: SectorResult, t: Translator) -> str:
    proposal = sector.sector.proposal
    if proposal.threat is None:
        return t(
            "Nothing is proposed either: the national factors of threat are not entered. Enter them in the register "
            "workbook, sheet 'National factors', with their reasons."
        )
    if proposal.exposure is None or proposal.band is None or proposal.inherent is None:
        return _unknown_exposure(sector, t)
    exposure = share(proposal.exposure_share, 1, t)
    found = t("bodies at risk, by number or by money, make up {share}", share=exposure)
    text = t(
        "Proposal: {band}. National threat {threat} of 5 and exposure {exposure} of 5 ({found}) give {inherent} before "
        "measures.",
        band=band_name(proposal.band, t),
        threat=t.number(proposal.threat),
        exposure=t.number(proposal.exposure),
        found=found,
        inherent=band_name(proposal.inherent, t),
    )
    return f"{text} {_measures_text(proposal, t)}"


def _unknown_exposure(sector: SectorResult, t: Translator) -> str:
    """Return why the sector's exposure is not known, and what is known of it: the share of the bodies to ask first."""
    proposal = sector.sector.proposal
    if proposal.by_screening:
        text = t(
            "Proposal: not known. The sector's exposure is not known, because most bodies that are or may be within "
            "the definition have no class."
        )
        if proposal.exposure_share and one(sector.group.bodies) is not None:
            asked = share(proposal.exposure_share, 1, t)
            text += " " + t("The bodies to ask first are {share} of them; more may be exposed.", share=asked)
        return text
    if not sector.shows_subset:
        return t("Proposal: not known. The sector's exposure is not known, because the register cannot show a subset.")
    return t("Nothing is proposed either: too little is known of the sector's exposure.")


def _measures_text(proposal: SectorProposal, t: Translator) -> str:
    if proposal.measures is None:
        return t(
            "The country's measures are not entered among the national factors, so they do not lower the "
            "sector's rating."
        )
    score = t.number(round(proposal.measures / 100, 1))
    if proposal.band is not proposal.inherent:
        return t("The measures are strong ({score} of 5) and lower the rating by one band.", score=score)
    if measures_level(proposal.measures) == WEAK:
        return t(
            "The measures are weak ({score} of 5), so they do not lower the sector's rating. Improve them first.",
            score=score,
        )
    return t("The measures ({score} of 5) change nothing.", score=score)
