"""The second step: scores, bands and classes over the table of facts, as one view; and what would change a class.

Scores are compared in whole numbers: weighted sums against cut-offs times weights, so that equal averages are equal.
A strong control takes bands off; nothing else lowers a class. A proven hard trigger makes the class high whatever the
rest is; one without source, office and date leaves the body to be verified, without a class. A body of which too little
is known has no class either. The queries are in classification.sql.j2.

Source: frameworks/npo/method.json.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from fatf_kit.core.messages import Words
from fatf_kit.npo.facts import Facts
from fatf_kit.npo.method import Factor, Method
from fatf_kit.npo.scales import RiskBand, RiskClass
from fatf_kit.npo.settings import Settings
from fatf_kit.npo.sql import method_sql

LEVELS = 5
STRONG, ADEQUATE, WEAK = "strong", "adequate", "weak"
REASON_LEVELS = {"threat": (2, 5), "vulnerability": (4, 5), "mitigation": (1, 2)}
"""The levels that a reason names: those that speak for the class, and for controls those that are missing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """Where a body is: levels of threat and vulnerability (1-5), of controls, and whether a hard trigger is proven.

    Threat and vulnerability are 0 in the one cell of bodies with a proven trigger of which too little else is known.
    """

    threat: int
    vulnerability: int
    controls: str
    hard: bool


def inherent_band(method: Method, cell: Cell) -> RiskBand | None:
    """The band before controls; None where threat and vulnerability are not known."""
    return method.matrix[cell.threat - 1][cell.vulnerability - 1] if cell.threat else None


def residual_band(method: Method, cell: Cell) -> RiskBand:
    """The band after controls: the highest with a proven hard trigger, otherwise never above the inherent one.

    >>> from fatf_kit.npo.method import load_method
    >>> jordan = Cell(threat=2, vulnerability=3, controls=ADEQUATE, hard=False)
    >>> inherent_band(load_method(), jordan).value, residual_band(load_method(), jordan).value
    ('medium-low', 'medium-low')
    >>> residual_band(load_method(), Cell(threat=4, vulnerability=1, controls=STRONG, hard=True)).value
    'high'
    """
    inherent = inherent_band(method, cell)
    if cell.hard or inherent is None:
        return RiskBand.HIGH
    off = method.strong_takes_off if cell.controls == STRONG else 0
    return list(RiskBand)[max(0, inherent.rank - off)]


def fold_of(method: Method, settings: Settings) -> Mapping[RiskBand, RiskClass]:
    """Which class shows which band."""
    return method.folds[settings.fold or method.fold]


def class_of(method: Method, fold: Mapping[RiskBand, RiskClass], cell: Cell) -> RiskClass:
    """The class of a cell."""
    return RiskClass.HIGH if cell.hard else fold[residual_band(method, cell)]


def all_cells() -> list[Cell]:
    """Return every cell there is; the last has a proven trigger and nothing else."""
    return [
        *(
            Cell(threat=t, vulnerability=v, controls=c, hard=hard)
            for t in range(1, LEVELS + 1)
            for v in range(1, LEVELS + 1)
            for c in (WEAK, ADEQUATE, STRONG)
            for hard in (False, True)
        ),
        Cell(threat=0, vulnerability=0, controls=ADEQUATE, hard=True),
    ]


def make_view(facts: Facts, method: Method, settings: Settings, t: Words) -> None:
    """Make the view `rated`: every registered row with its reason of scope, and for those in scope scores and class.

    It rests on three tables: `repeated` (numbers that several rows have, with the first of these), `risk_matrix` (what
    follows from levels and controls, texts in the language of `t`) and `overrides` (classes set by hand).
    """
    engine = facts.engine
    engine.execute(
        "CREATE OR REPLACE TABLE repeated AS "
        "SELECT id, min(line) AS first_line FROM facts WHERE id IS NOT NULL GROUP BY id HAVING count(*) > 1"
    )
    engine.execute(
        "CREATE OR REPLACE TABLE risk_matrix (threat_level INTEGER, vulnerability_level INTEGER, controls VARCHAR, "
        "is_referred BOOLEAN, inherent_band VARCHAR, band VARCHAR, class VARCHAR, would_lower VARCHAR, "
        "would_raise VARCHAR)"
    )
    fold = fold_of(method, settings)
    outcomes = [
        (
            cell.threat,
            cell.vulnerability,
            controls,
            cell.hard,
            inherent.value if (inherent := inherent_band(method, cell)) else None,
            residual_band(method, cell).value,
            class_of(method, fold, cell).value,
            *(text or None for text in changes),
        )
        for cell, changes in zip(all_cells(), class_changes(method, fold, t), strict=True)
        for controls in ([cell.controls] if cell.threat else (WEAK, ADEQUATE, STRONG))
    ]
    columns = [list(column) for column in zip(*outcomes, strict=True)]
    engine.execute(f"INSERT INTO risk_matrix SELECT {', '.join(['unnest(?)'] * len(columns))}", columns)
    chosen = {one.npo_id: one.risk_class.value for one in reversed(settings.overrides)}  # the first one counts
    engine.execute("CREATE OR REPLACE TABLE overrides (id VARCHAR, class VARCHAR)")
    engine.execute(
        "INSERT INTO overrides SELECT unnest(?::VARCHAR[]), unnest(?::VARCHAR[])", [[*chosen], [*chosen.values()]]
    )
    enough = round(method.classified_from * 10000) * method.weight
    is_enough = f"known_weight * 10000 >= {enough}" if not enough or bodies_differ(facts, method) else "false"
    engine.execute(method_sql("rated", method=method, enough_known=is_enough))


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


def reason_texts(factor: Factor, t: Words) -> dict[int, str]:
    """What a reason says, by level, for the levels worth telling.

    >>> from fatf_kit.npo.method import load_method
    >>> reason_texts(load_method().rated[0], Words("en"))[2]
    'T01=2: activity in a province next to a listed area'
    """
    low, high = REASON_LEVELS[factor.dimension]
    told = {}
    for level in range(low, high + 1):
        anchor = factor.anchors[level - 1][t.language]
        name = factor.name[t.language]
        text = t("{name}: {level}", name=name, level=anchor) if factor.dimension != "threat" else anchor
        told[level] = t("{name}: {text}", name=f"{factor.id}={level}", text=text)
    return told


def class_changes(method: Method, fold: Mapping[RiskBand, RiskClass], t: Words) -> list[tuple[str, str]]:
    """For every cell what would lower its class and what would raise it, each dimension alone, exactly.

    Where no single dimension does, the two of threat and vulnerability that together do; "" where nothing can.
    """
    told = []
    for cell in all_cells():
        if not cell.threat:
            told.append((t("the link that investigators look at is cleared"), ""))
            continue
        now = class_of(method, fold, cell).rank
        told.append(
            (
                t.points(_ways(method, fold, cell, now, t, down=True)),
                t.points(_ways(method, fold, cell, now, t, down=False)),
            )
        )
    return told


def _ways(
    method: Method, fold: Mapping[RiskBand, RiskClass], cell: Cell, now: int, t: Words, *, down: bool
) -> list[str]:
    def moved(**change: int | bool) -> bool:
        values = {
            "threat": cell.threat,
            "vulnerability": cell.vulnerability,
            "controls": cell.controls,
            "hard": cell.hard,
        }
        rank = class_of(method, fold, Cell(**{**values, **change})).rank  # type: ignore[arg-type]
        return rank < now if down else rank > now

    def score(level: int) -> str:
        cut = method.levels_from[level - 1 if down else level - 2] / 100
        return f"{cut:.1f}"

    def steps(start: int) -> list[int]:
        return list(range(start - 1, 0, -1) if down else range(start + 1, LEVELS + 1))

    threat = t("threat below {score}") if down else t("threat from {score}")
    weak = t("vulnerability below {score}") if down else t("vulnerability from {score}")
    ways = []
    if (level := next((n for n in steps(cell.threat) if moved(threat=n)), None)) is not None:
        ways.append(threat.format(score=score(level)))
    if (level := next((n for n in steps(cell.vulnerability) if moved(vulnerability=n)), None)) is not None:
        ways.append(weak.format(score=score(level)))
    if down and cell.controls != STRONG and moved(controls=STRONG):
        ways.append(t("controls from {score}", score=f"{method.strong_from / 100:.1f}"))
    if not down and cell.controls == STRONG and moved(controls=ADEQUATE):
        ways.append(t("controls below {score}", score=f"{method.strong_from / 100:.1f}"))
    if down and cell.hard and moved(hard=False):
        ways.append(t("the link that investigators look at is cleared"))
    if not down and not cell.hard and moved(hard=True):
        ways.append(t("a hard trigger"))
    if ways:
        return ways
    pairs = [(a, b) for a in steps(cell.threat) for b in steps(cell.vulnerability) if moved(threat=a, vulnerability=b)]
    if pairs:
        a, b = min(pairs, key=lambda pair: abs(pair[0] - cell.threat) + abs(pair[1] - cell.vulnerability))
        return [t("{one} and {other}", one=threat.format(score=score(a)), other=weak.format(score=score(b)))]
    return []
