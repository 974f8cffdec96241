"""Inside the functional definition or not: both limbs, then exclusions, then status, as one SQL expression.

Out and undetermined come with a reason. A body of which a limb is not known is undetermined and never counted in; one
that a known fact puts outside is out whatever else is unknown.

Source: INR.8 para 1; which forms and statuses are left out is data in frameworks/npo/method.json and the settings.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from fatf_kit.npo.cells import NO, UNKNOWN, YES
from fatf_kit.npo.method import Method
from fatf_kit.npo.scales import Scope
from fatf_kit.npo.settings import Settings
from fatf_kit.npo.sql import first_known

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
"""Why a body stands where it stands; the place in this list is the code in the working table."""

_UNDETERMINED = frozenset(REASONS[REASONS.index("raising_unknown") :])


def scope_of(reason: str) -> Scope:
    """The scope a reason leads to.

    >>> scope_of("dormant"), scope_of("both_unknown")
    (<Scope.OUT: 'out'>, <Scope.UNDETERMINED: 'undetermined'>)
    """
    if reason == "in":
        return Scope.IN
    return Scope.UNDETERMINED if reason in _UNDETERMINED else Scope.OUT


def reason_sql(method: Method, settings: Settings, number: Callable[[str], int]) -> str:
    """The code of the reason, over the columns of the working table; `number` is that of a legal form in it."""

    def is_one(forms: Iterable[str]) -> str:
        return f"legal_form IN ({', '.join(str(number(form)) for form in forms) or 'NULL'})"

    rules: Mapping[str, Any] = method.scope
    forms = rules["member_benefit_forms"]
    status = {**rules["status"], **settings.status}
    places = {
        column: {code.code: place for place, code in enumerate(method.columns[column].codes, start=1)}
        for column in ("member_benefit", "status")
    }
    tests = [
        (f"raises = {NO}", "not_raising"),
        (f"purpose = {NO}", "purpose"),
        (is_one(rules["party_forms"]), "party"),
        (f"member_benefit = {places['member_benefit']['yes']}", "member_benefit"),
        (
            f"{is_one(forms)} AND member_benefit = {UNKNOWN} AND collects <> {YES}",
            "member_benefit",
        ),
    ]
    if (settings.public_bodies or rules["public_bodies"]) == "out":
        tests.append((f"public_body = {YES}", "public_body"))
    if settings.excluded_legal_forms:
        tests.append((is_one(settings.excluded_legal_forms), "excluded_form"))
    if settings.minimum_income is not None:
        tests.append((f"income < {settings.minimum_income!r}", "below_minimum"))
    tests += [
        (f"state = {places['status'][name]}", name) for name in ("dissolved", "dormant") if status.get(name) == "out"
    ]
    tests += [
        (f"raises = {UNKNOWN} AND purpose = {UNKNOWN}", "both_unknown"),
        (f"raises = {UNKNOWN}", "raising_unknown"),
        (f"purpose = {UNKNOWN}", "purpose_unknown"),
        (f"{is_one(forms)} AND member_benefit = {UNKNOWN}", "member_benefit_unclear"),
    ]
    cases = " ".join(f"WHEN {test} THEN {REASONS.index(reason)}" for test, reason in tests)
    return f"CAST(CASE {cases} ELSE 0 END AS UTINYINT)"


def limbs_without_column(method: Method, has: frozenset[str]) -> dict[str, tuple[str, ...]]:
    """The column that would tell a limb of which the register tells nothing, and the reasons that this leaves open.

    >>> from fatf_kit.npo.method import load_method
    >>> limbs_without_column(load_method(), frozenset({"purpose", "grants_paid"}))
    {'raises_or_disburses': ('raising_unknown', 'both_unknown')}
    """
    found: dict[str, tuple[str, ...]] = {}
    if "purpose" not in has:
        found["purpose"] = ("purpose_unknown", "both_unknown")
    if raises_sql(method, has) == raises_sql(method, frozenset()):
        found["raises_or_disburses"] = ("raising_unknown", "both_unknown")
    return found


def raises_sql(method: Method, has: frozenset[str]) -> str:
    """Limb one from what the register tells: said outright, a public collection, or the larger part of the money."""
    mainly = method.scope["mainly_from"]
    said = ["p_raises_or_disburses"] if "raises_or_disburses" in has else []
    tests = []
    if "public_fundraising" in has:
        tests.append(f"WHEN p_public_fundraising = {YES} THEN {YES}")
    pairs = [(part, whole) for part, whole in (("donations_income", "total_income"), ("grants_paid", "total_spending"))
             if part in has and whole in has]  # fmt: skip
    tests += [f"WHEN p_{part} >= 0 AND p_{whole} > 0 AND p_{part} >= {mainly} * p_{whole} THEN {YES}"
              for part, whole in pairs]  # fmt: skip
    if len(pairs) == 2:
        both = " AND ".join(f"p_{part} >= 0 AND p_{whole} > 0" for part, whole in pairs)
        tests.append(f"WHEN {both} THEN {NO}")
    derived = [f"CASE {' '.join(tests)} ELSE {UNKNOWN} END"] if tests else []
    return first_known(*said, *derived) if said or derived else str(UNKNOWN)
