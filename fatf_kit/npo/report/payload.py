"""The sector's result as JSON that others may rely on: `npo.json`, frameworks/schema/npo-1.schema.json.

The same figures as in the report, and the same ones hidden (null). No name, no id, no row of the register.
"""

from __future__ import annotations

from collections import Counter

from fatf_kit.npo.measures.proportionality import OverRegulation, load_checks
from fatf_kit.npo.method.load import load_method
from fatf_kit.npo.model import SectorResult
from fatf_kit.npo.report.counts import shown_beneficiaries
from fatf_kit.npo.report.disclosure import (
    CLASS_KEYS,
    hidden_cells,
    limit,
    one,
    referred,
    shown_classes,
    shown_matrix,
    shown_segments,
    to_verify,
)
from fatf_kit.npo.report.names import load_names
from fatf_kit.npo.scales import RiskBand, SegmentKind
from fatf_kit.npo.survey import Survey

SCHEMA = "fatf-kit/npo/1"


def sector_payload(
    sector: SectorResult, judged: OverRegulation, *, secret: bool, tool: str, generated_at: str
) -> dict[str, object]:
    """Return the result as plain values, made by the version `tool`.

    `secret` is whether shares of hours tell too much.
    """
    register, shown = sector.register, shown_classes(sector)
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
            "provisional": one(sector.classes.provisional),
        },
        "verdict": sector.verdict,
        "ask_first": _group(sector),
        "bands": _bands(sector),
        "matrix": shown_matrix(sector),
        "sector": _rating(sector),
        "segments": [
            {"by": kind.value, "code": segment.code, **{key: counts[key] for key in CLASS_KEYS}}
            for kind in SegmentKind
            for segment, counts in shown_segments(sector, kind)
            if load_names("en").may_stand(kind, segment.code, counts["total"])
        ],
        "beneficiaries": [{"group": code or None, "bodies": count} for code, count in shown_beneficiaries(sector)],
        "over_regulation": _checks(judged),
        "burden": {"uncounted": list(judged.burden.uncounted), "share_on_low_and_out_of_scope": _share(judged, secret)},
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
                "would_settle": one(column.would_settle),
            }
            for column in sector.completeness.columns
            if column.informs
        ],
    }


def _group(sector: SectorResult) -> dict[str, object]:
    """Return the bodies to ask first, the rounds of questions so far, and how much is classified with their answers."""
    bodies, money = sector.classified_share
    hidden = "unrated" in shown_classes(sector).hidden
    return {
        "bodies": one(sector.group.bodies),
        "first": one(sector.group.first),
        "features": {part.code: one(part.count) for part in sector.group.features},
        "collect": list(sector.group.collect),
        "rounds": [
            {"group": asked.group, "asked": asked.asked, "answered": one(asked.answered), "drawn": asked.drawn}
            for asked in sector.asked
        ],
        "classified_share": None if hidden else round(bodies, 4),
        "classified_money": None if hidden or money is None else round(money, 4),
    }


def _rating(sector: SectorResult) -> dict[str, object]:
    """Return what is proposed for the sector, and what was decided; only a decision is its rating."""
    proposal, decision = sector.sector.proposal, sector.sector.decision
    return {
        "proposal": {
            "threat": proposal.threat,
            "exposure": proposal.exposure,
            "by_screening": proposal.by_screening,
            "measures": None if proposal.measures is None else proposal.measures / 100,
            "inherent": proposal.inherent,
            "band": proposal.band,
        },
        "rating": decision.rating if decision else None,
        "reason": decision.reason if decision else None,
    }


def _survey(survey: Survey) -> dict[str, object]:
    """Return a survey that the country names; the margin is a fraction, and holds for a random sample only."""
    return {
        "what": survey.what,
        "answers": survey.answers,
        "population": survey.population,
        "margin": round(survey.margin, 4),
        "source": survey.source,
    }


def _share(judged: OverRegulation, secret: bool) -> float | None:
    share = judged.burden.share
    return None if share is None or secret else round(share, 4)


def _bands(sector: SectorResult) -> dict[str, int | None]:
    """Bands fold into classes that are shown, so none may follow from a class either, however the bands fold."""
    bands = dict(zip((str(band) for band in RiskBand), sector.classes.bands, strict=True))
    counts, fixed, sums = dict(bands), {"total"}, [(*bands, "total")]
    counts["total"] = sum(bands.values())
    for fold in load_method().folds.values():
        for name in dict.fromkeys(fold.values()):
            inside = tuple(band for band in bands if fold[RiskBand(band)] == name)
            key = "+".join(inside)
            if len(inside) > 1:
                counts[key] = sum(bands[band] for band in inside)
                fixed.add(key)
                sums.append((*inside, key))
    hidden = hidden_cells(counts, sums, below=limit(), fixed=fixed)
    if shown_classes(sector).hidden:
        return dict.fromkeys(bands)
    return {band: None if band in hidden else count for band, count in bands.items()}


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
