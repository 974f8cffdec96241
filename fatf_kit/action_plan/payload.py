"""A plan as JSON that others may rely on, by the schema frameworks/schema/plan-2."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fatf_kit.action_plan.effects import make_span
from fatf_kit.action_plan.model import Action, ActionPlan
from fatf_kit.action_plan.names import name_action
from fatf_kit.core.json_files import make_json_value
from fatf_kit.core.messages import Translator
from fatf_kit.framework.model import Framework

PLAN_SCHEMA = "fatf-kit/plan/2"


def plan_payload(plan: ActionPlan, framework: Framework, t: Translator) -> dict[str, Any]:
    """Return a plan with its actions in their order: what each closes, its dates, and its effect alone.

    `way` is null where no target was named. Names of actions are in the language of `t`, which is that of `framework`;
    everything else is codes.
    """
    weekend = plan.weekend
    found: dict[str, Any] = make_json_value(
        {
            "schema": PLAN_SCHEMA,
            "edition": plan.edition,
            "country": plan.country,
            "policy": plan.policy,
            "start": plan.start,
            "cut_off": plan.cut_off,
            "weekend": {
                "days": weekend.names,
                "source": weekend.source,
                "confidence": weekend.confidence or None,
            },
            "ratings": {
                unit: {"claimed": _ends(plan.claimed[unit]), "shown": _ends(shown)}
                for unit, shown in plan.ratings_now.items()
            },
            "way": plan.way,
            "actions": [_describe_action(one, plan, framework, t) for one in plan.actions],
        }
    )
    return found


def _ends(rating: object) -> list[str]:
    """Return the worst and the best rating; twice the same where nothing is open."""
    span = make_span(rating)
    return [span.worst, span.best]


def _describe_action(action: Action, plan: ActionPlan, framework: Framework, t: Translator) -> Mapping[str, Any]:
    effect = plan.effects[action.id]
    return {
        "id": action.id,
        "name": name_action(action, framework, t),
        "kind": action.kind,
        "root_cause": action.cause or None,
        "closes": [{"requirement": requirement, "kind": kind} for requirement, kind in action.closes],
        "concerns": action.concerns,
        "mock": action.mock,
        "owner": action.owner or None,
        "owner_is_role": action.owner_is_role,
        "after": action.after,
        "effort": action.effort,
        **make_json_value(plan.slots[action.id]),
        "in_force_from": action.in_force_from,
        "key": action.key,
        "effect": {
            "moves": [{"id": one.unit, "from": _ends(one.before), "to": _ends(one.after)} for one in effect.moves],
            **{key: getattr(effect, key) for key in ("clears", "nearer", "shown", "claimed")},
        },
    }
