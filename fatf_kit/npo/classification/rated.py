"""The second step: scores, bands and classes over the table of facts, as one view.

Scores are compared in whole numbers: weighted sums against cut-offs times weights, so that equal averages are equal.
A hard trigger without source, office and date leaves the body to be verified, without a class. A body of which too
little is known has no class either. A body whose own answers say that money goes to a conflict area in cash or by
hawala without controls is high in any case. The query is in classification.sql.j2.

Source: frameworks/npo/method.json.
"""

from __future__ import annotations

from fatf_kit.core.messages import Translator
from fatf_kit.npo.classification.facts import Facts
from fatf_kit.npo.classification.readings import JOINED
from fatf_kit.npo.classification.sql import method_sql
from fatf_kit.npo.method.load import Method
from fatf_kit.npo.method.risk_matrix import (
    ADEQUATE,
    STRONG,
    WEAK,
    all_cells,
    class_changes,
    class_of,
    fold_of,
    inherent_band,
    residual_band,
)
from fatf_kit.npo.method.settings import Settings
from fatf_kit.npo.method.sql import quoted
from fatf_kit.npo.register.engine import make_table

_RISK_MATRIX = {
    **dict.fromkeys(("threat_level", "vulnerability_level"), "INTEGER"),
    "controls": "VARCHAR",
    **dict.fromkeys(("is_referred", "is_uncontrolled"), "BOOLEAN"),
    **dict.fromkeys(("inherent_band", "band", "class", "would_lower", "would_raise"), "VARCHAR"),
}


def make_view(facts: Facts, method: Method, settings: Settings, t: Translator) -> None:
    """Make the view `rated`: every registered row with its reason of scope, and for those in scope scores and class.

    It rests on three tables: `repeated` (numbers that several rows have, with the first of these), `risk_matrix` (what
    follows from levels and controls, texts in the language of `t`) and `overrides` (classes set by hand).
    """
    engine = facts.engine
    # Marks of numbers take a third of the memory of the numbers, and few numbers, if any, have the same mark.
    engine.execute(
        "CREATE OR REPLACE TABLE repeated AS "
        "WITH alike AS (SELECT hash(id) AS mark FROM facts WHERE id IS NOT NULL GROUP BY mark HAVING count(*) > 1) "
        "SELECT id, min(line) AS first_line FROM facts WHERE id IS NOT NULL AND hash(id) IN (SELECT mark FROM alike) "
        "GROUP BY id HAVING count(*) > 1"
    )
    ((repeated,),) = engine.execute("SELECT count(*) FROM repeated").fetchall()
    fold = fold_of(method, settings)
    outcomes = [
        (
            cell.threat,
            cell.vulnerability,
            controls,
            cell.hard,
            cell.is_uncontrolled,
            inherent.value if (inherent := inherent_band(method, cell)) else None,
            residual_band(method, cell).value,
            class_of(method, fold, cell).value,
            *(text or None for text in changes),
        )
        for cell, changes in zip(all_cells(), class_changes(method, fold, t), strict=True)
        for controls in ([cell.controls] if cell.threat else (WEAK, ADEQUATE, STRONG))
    ]
    make_table(engine, "risk_matrix", _RISK_MATRIX, outcomes)
    chosen = {one.npo_id: one.risk_class.value for one in reversed(settings.overrides)}  # the first one counts
    make_table(engine, "overrides", {"id": "VARCHAR", "class": "VARCHAR"}, chosen.items())
    is_enough = (
        _enough_sql("known_weight", method) if not method.classified_from or bodies_differ(facts, method) else "false"
    )
    engine.execute(
        method_sql(
            "rated", method=method, enough_known=is_enough, has_repeated=repeated > 0, has_overrides=bool(chosen)
        )
    )


def bodies_differ(facts: Facts, method: Method) -> bool:
    """Return whether a factor of threat tells bodies in scope apart: two of its levels occur, or it is a hard trigger.

    Where every body has the same threat by one and the same fact, a class would only repeat that fact. A hard trigger
    that was looked into for each body tells them apart although none was found. One body alone cannot differ.
    """
    tests = [
        f"count({factor.id}) > 0" if factor.hard_trigger else f"max({factor.id}) > min({factor.id})"
        for factor in method.rated
        if factor.dimension == "threat" and factor.id in facts.levels
    ]
    if not tests:
        return False
    query = f"SELECT count(*), {', '.join(tests)} FROM facts WHERE reason = 'in'"
    ((count, *found),) = facts.engine.execute(query).fetchall()
    return bool(count == 1 or any(found))


def can_show_subset(facts: Facts, method: Method) -> bool:
    """Return whether a factor of threat has two levels among the bodies with a class, so that a subset can stand out.

    True without two such bodies: there is nothing to compare.
    """
    factors = [factor.id for factor in method.rated if factor.dimension == "threat" and factor.id in facts.levels]
    tests = [f"max({factor}) > min({factor})" for factor in factors]
    query = f"SELECT {', '.join(['count(*)', *tests])} FROM rated WHERE class IS NOT NULL"
    ((count, *found),) = facts.engine.execute(query).fetchall()
    return bool(count < 2 or any(found))


def count_with_countries(facts: Facts, method: Method, settings: Settings) -> int | None:
    """Return how many bodies in scope would have a class with the countries of risk that the method proposes.

    None where the country names its own countries, or where no body more would have a class.
    """
    found = [(factor, rule) for factor in method.rated for rule in factor.rules if rule.get("list") == "countries"]
    if settings.countries is not None or not found or not facts.fields.has("operating_countries"):
        return None
    (factor, rule), watched = found[0], method.screening.watched
    home = {settings.home_country} if settings.home_country else set()
    places = f"string_split(coalesce(countries::VARCHAR, ''), '{JOINED}')"
    listed = f"list_has_any({places}, [{quoted(sorted(watched.countries - home))}])"
    named = f"CASE WHEN abroad AND countries <> '' THEN CASE WHEN {listed} THEN {watched.level} "
    named += f"ELSE {rule['unlisted']} END END"
    known = f"known_weight + CASE WHEN {factor.id} IS NULL AND level IS NOT NULL THEN {factor.hundredths} ELSE 0 END"
    would = "NOT is_to_verify AND vulnerability_weight > 0 AND (threat_weight > 0 OR level IS NOT NULL) "
    would += f"AND {_enough_sql(f'({known})', method)}"
    query = (
        f"SELECT count(*) FILTER (class IS NOT NULL OR {would}), count(class), "
        f"max(coalesce({factor.id}, level)) > min(coalesce({factor.id}, level)) "
        f"FROM (SELECT *, {named} AS level FROM rated WHERE is_in_scope)"
    )
    ((count, now, differ),) = facts.engine.execute(query).fetchall()
    return int(count) if count > now and (differ or bodies_differ(facts, method)) else None


def _enough_sql(known: str, method: Method) -> str:
    """Return whether so much weight is known that a body may have a class."""
    return f"{known} * 10000 >= {round(method.classified_from * 10000) * method.hundredths}"
