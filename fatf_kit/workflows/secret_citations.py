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
        for one in responses.answers
        for answer in (one, *one.agency_answers)
        if answer.citation and not may_read(audience, answer.confidentiality)
    }
    units = []
    for unit in assessment.recommendations:
        criteria = tuple(
            replace(one, instrument=one.instrument and replace(one.instrument, label="")) if one.id in secret else one
            for one in unit.criteria
        )
        units.append(replace(unit, criteria=criteria))
    known = tuple(
        replace(one, instrument=None) if one.instrument and not secret.isdisjoint(one.requirements) else one
        for one in assessment.open
    )
    return replace(assessment, recommendations=tuple(units), open=known)
