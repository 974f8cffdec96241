"""The sector's result as JSON that others may rely on: `npo.json`, frameworks/schema/npo-1.schema.json.

The same figures as in the report, and the same ones hidden (null). No name, no id, no row of the register.
"""

from __future__ import annotations

from collections import Counter

from fatf_kit.npo.measures.proportionality import OverRegulation, load_checks
from fatf_kit.npo.model import SectorResult
from fatf_kit.npo.report.disclosure import (
    CLASS_KEYS,
    one,
    referred,
    shown_bands,
    shown_beneficiaries,
    shown_classes,
    shown_matrix,
    to_verify,
    uncontrolled,
)
from fatf_kit.npo.report.names import load_names
from fatf_kit.npo.report.segments import named_segments
from fatf_kit.npo.survey import Survey

SCHEMA = "fatf-kit/npo/1"


def sector_payload(
    sector: SectorResult, judged: OverRegulation, *, secret: bool, tool: str, generated_at: str
) -> dict[str, object]:
    """Return the result as plain values, made by the version `tool`.

    `secret` is whether shares of hours tell too much.
    """
    register, shown, burden = sector.register, shown_classes(sector), judged.burden
    return {
        "schema": SCHEMA,
        "provenance": {
            "tool": tool,
            "method": sector.method_id,
            "method_digest": sector.method_digest,
            "register": register.name,
            "register_sha256": register.sha256,
            "as_of": sector.as_of.isoformat(),
            "generated_at": generated_at,
        },
        "register": {
            **{key: getattr(register, key) for key in ("rows", "blank", "rejected")},
            "rejected_reasons": [{"reason": part.code, "count": part.count} for part in register.rejected_reasons],
            **{key: getattr(register, key) for key in ("registered", "active", "in_scope", "undetermined")},
            "out_of_scope": register.out_of_scope,
        },
        "classes": {
            **{key: shown[key] for key in ("high", "medium", "low", "unrated")},
            "at_risk": shown["at risk"],
            "referred": referred(sector),
            "to_verify": to_verify(sector),
            "uncontrolled": uncontrolled(sector),
            "provisional": one(sector.classes.provisional),
        },
        "verdict": sector.verdict,
        "shows_subset": sector.shows_subset,
        "ask_first": _group(sector),
        "bands": shown_bands(sector),
        "matrix": shown_matrix(sector),
        "sector": _rating(sector),
        "segments": [
            {"by": segment.kind.value, "code": segment.code, **{key: counts[key] for key in CLASS_KEYS}}
            for segment, counts in named_segments(sector, load_names("en"))
        ],
        "beneficiaries": [{"group": code or None, "bodies": count} for code, count in shown_beneficiaries(sector)],
        "over_regulation": _checks(judged),
        "burden": {
            "uncounted": list(burden.uncounted),
            "share_on_low_and_out_of_scope": _share(burden.share, secret=secret),
        },
        "problems": [
            {"code": code, "count": count}
            for code, count in Counter(problem.code for problem in sector.problems).items()
        ],
        "surveys": [_survey(survey) for survey in sector.surveys],
        "thin_data": [
            {
                "column": column.column,
                "known": round(column.known, 4),
                "would_inform": list(column.informs),
                "would_settle": one(column.would_resolve),
            }
            for column in sector.completeness.columns
            if column.informs
        ],
    }


def _group(sector: SectorResult) -> dict[str, object]:
    """Return the bodies to ask first, the rounds of questions so far, and how much is classified with their answers."""
    bodies, money = sector.classified_share
    is_hidden = "unrated" in shown_classes(sector).hidden
    return {
        "bodies": one(sector.group.bodies),
        "first": one(sector.group.first),
        "features": {part.code: one(part.count) for part in sector.group.features},
        "collect": list(sector.group.collect),
        "rounds": [
            {"group": entry.group, "asked": entry.requested, "answered": one(entry.answered), "drawn": entry.drawn}
            for entry in sector.question_rounds
        ],
        "classified_share": _share(bodies, secret=is_hidden),
        "classified_money": _share(money, secret=is_hidden),
    }


def _share(share: float | None, *, secret: bool) -> float | None:
    return None if share is None or secret else round(share, 4)


def _rating(sector: SectorResult) -> dict[str, object]:
    """Return what is proposed for the sector, and what was decided; only a decision is its rating."""
    proposal, decision = sector.sector.proposal, sector.sector.decision
    return {
        "proposal": {
            **{key: getattr(proposal, key) for key in ("threat", "exposure", "by_screening")},
            "measures": None if proposal.measures is None else proposal.measures / 100,
            **{key: getattr(proposal, key) for key in ("inherent", "band")},
        },
        "rating": decision.rating if decision else None,
        "reason": decision.reason if decision else None,
    }


def _survey(survey: Survey) -> dict[str, object]:
    """Return a survey that the country names; the margin is a fraction, and holds for a random sample only."""
    return {
        **{key: getattr(survey, key) for key in ("what", "answers", "population")},
        "margin": round(survey.margin, 4),
        "source": survey.source,
    }


def _checks(judged: OverRegulation) -> list[dict[str, object]]:
    """Return the ten results, in English."""
    checks = {check.id: check for check in load_checks().checks}
    return [
        {
            "id": result.id,
            "severity": str(checks[result.id].severity),
            "state": str(result.state),
            "title": checks[result.id].title,
            "about": list(result.about),
            "citations": list(checks[result.id].citations),
            "requirements": list(checks[result.id].requirements),
        }
        for result in judged.results
    ]
