"""Inside the functional definition or not: both limbs, then exclusions, then status, as one SQL expression.

Out and undetermined come with a reason. A body of which a limb is not known is undetermined and never counted in; one
that a known fact puts outside is out whatever else is unknown.

Source: INR.8 para 1; which forms and statuses are left out is data in frameworks/npo/method.json and the settings.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from fatf_kit.npo.method.load import Method
from fatf_kit.npo.method.settings import Settings
from fatf_kit.npo.method.sql import literal, quoted
from fatf_kit.npo.scales import Scope

REASONS = (
    "in",
    "not_raising",
    "purpose",
    "member_benefit",
    "party",
    "public_body",
    "excluded_form",
    "below_minimum",
    "dissolved",
    "dormant",
    "raising_unknown",
    "purpose_unknown",
    "both_unknown",
    "member_benefit_unclear",
)
"""Why a body is in scope, outside it or undetermined, in the order of reports."""

UNDETERMINED = REASONS[REASONS.index("raising_unknown") :]


def scope_of(reason: str) -> Scope:
    """Return the scope that a reason leads to.

    >>> scope_of("dormant"), scope_of("both_unknown")
    (<Scope.OUT: 'out'>, <Scope.UNDETERMINED: 'undetermined'>)
    """
    if reason == "in":
        return Scope.IN
    return Scope.UNDETERMINED if reason in UNDETERMINED else Scope.OUT


SCOPE_SQL = (
    f"CASE WHEN reason = 'in' THEN 'in' WHEN reason IN ({quoted(UNDETERMINED)}) THEN 'undetermined' ELSE 'out' END"
)


def reason_sql(method: Method, settings: Settings) -> str:
    """Return the reason as SQL over the facts of a body, of the type `scope_reason`, which lists `REASONS`."""
    rules: Any = method.scope
    benefit = f"legal_form IN ({quoted(rules['member_benefit_forms'])}) AND member_benefit IS NULL"
    status = {**rules["status"], **settings.status}
    tests = [
        ("NOT raises", "not_raising"),
        ("NOT good_works", "purpose"),
        (f"legal_form IN ({quoted(rules['party_forms'])})", "party"),
        ("member_benefit = 'yes'", "member_benefit"),
        (f"{benefit} AND public_fundraising IS NOT TRUE", "member_benefit"),
    ]
    if (settings.public_bodies or rules["public_bodies"]) == "out":
        tests.append(("public_body", "public_body"))
    if settings.excluded_legal_forms:
        tests.append((f"legal_form IN ({quoted(settings.excluded_legal_forms)})", "excluded_form"))
    if settings.minimum_income is not None:
        tests.append((f"income < {settings.minimum_income!r}", "below_minimum"))
    tests += [(f"status = '{name}'", name) for name in ("dissolved", "dormant") if status.get(name) == "out"]
    tests += [
        ("raises IS NULL AND good_works IS NULL", "both_unknown"),
        ("raises IS NULL", "raising_unknown"),
        ("good_works IS NULL", "purpose_unknown"),
        (benefit, "member_benefit_unclear"),
    ]
    cases = " ".join(f"WHEN {test} THEN {literal(reason)}::scope_reason" for test, reason in tests)
    return f"CASE {cases} ELSE 'in'::scope_reason END"


def limbs_without_column(method: Method, has: Collection[str]) -> dict[str, tuple[str, ...]]:
    """Return the column that a limb needs and the register lacks, and the reasons that this leaves open.

    >>> from fatf_kit.npo.method.load import load_method
    >>> limbs_without_column(load_method(), frozenset({"purpose", "grants_paid"}))
    {'raises_or_disburses': ('raising_unknown', 'both_unknown')}
    """
    found: dict[str, tuple[str, ...]] = {}
    if "purpose" not in has:
        found["purpose"] = ("purpose_unknown", "both_unknown")
    if raises_sql(method, has) == raises_sql(method, ()):
        found["raises_or_disburses"] = ("raising_unknown", "both_unknown")
    return found


def raises_sql(method: Method, has: Collection[str]) -> str:
    """Return limb one as SQL: as the register states it, else a public collection, or the larger part of the money."""
    mainly = method.scope["mainly_from"]
    stated = ["raises_or_disburses"] if "raises_or_disburses" in has else []
    tests = ["WHEN public_fundraising THEN true"] if "public_fundraising" in has else []
    pairs = [
        (part, whole)
        for part, whole in (("donations_income", "total_income"), ("grants_paid", "total_spending"))
        if part in has and whole in has
    ]
    tests += [f"WHEN {whole} > 0 AND {part} >= {mainly} * {whole} THEN true" for part, whole in pairs]
    if len(pairs) == 2:
        known = " AND ".join(f"{part} IS NOT NULL AND {whole} > 0" for part, whole in pairs)
        tests.append(f"WHEN {known} THEN false")
    derived = [f"CASE {' '.join(tests)} END"] if tests else []
    return f"coalesce({', '.join([*stated, *derived])})" if stated or derived else "NULL::BOOLEAN"
