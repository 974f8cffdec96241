"""Leaves out the citations that an audience may not read."""

from __future__ import annotations

from dataclasses import replace

from fatf_kit.assessment.answers.audience import Audience, may_read
from fatf_kit.assessment.answers.model import ResponseSet
from fatf_kit.framework.catalog import get_enclosing_id
from fatf_kit.scoring import Assessment


def remove_secret_citations(assessment: Assessment, responses: ResponseSet, audience: Audience) -> Assessment:
    """Return the result without the texts of citations in answers that an audience may not read."""
    secret = {
        get_enclosing_id(answer.requirement)
        for response in responses.answers
        for answer in (response, *response.agency_answers)
        if answer.citation and not may_read(audience, answer.confidentiality)
    }
    units = []
    for unit in assessment.recommendations:
        criteria = tuple(
            replace(criterion, instrument=criterion.instrument and replace(criterion.instrument, label=""))
            if criterion.id in secret
            else criterion
            for criterion in unit.criteria
        )
        units.append(replace(unit, criteria=criteria))
    known = tuple(
        replace(instrument, instrument=None)
        if instrument.instrument and not secret.isdisjoint(instrument.requirements)
        else instrument
        for instrument in assessment.open
    )
    return replace(assessment, recommendations=tuple(units), open=known)
