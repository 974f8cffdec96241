"""The second step: scope, scores, bands and classes over the table of facts, as one view; and why, in words.

Scores are compared in whole numbers: weighted sums against cut-offs times weights, so that equal averages are equal.
A strong control takes bands off unless a hard trigger is pulled; nothing else lowers a class, and nothing raises one
above its inherent band.

Source: frameworks/npo/method.json.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from fatf_kit.messages import Words
from fatf_kit.npo.facts import Facts, line_sql
from fatf_kit.npo.levels import LATE, LevelGroup, Levels
from fatf_kit.npo.method import Factor, Method
from fatf_kit.npo.model import Override, RiskBand, RiskClass
from fatf_kit.npo.settings import Settings
from fatf_kit.npo.sql import literal, quoted
from fatf_kit.npo.sums import HIGHEST, sums_read

LEVELS = 5
STRONG, ADEQUATE, WEAK = 2, 1, 0
TOLD_FROM = {"threat": (2, 5), "vulnerability": (4, 5), "mitigation": (1, 2)}
"""Which levels a reason tells: those that speak for the class, and for controls those that are missing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """Where a body stands: levels of threat and vulnerability (1-5), of controls, and whether a trigger is pulled."""

    threat: int
    vulnerability: int
    controls: int
    hard: bool


def inherent_band(method: Method, cell: Cell) -> RiskBand:
    """The band before controls."""
    return method.matrix[cell.threat - 1][cell.vulnerability - 1]


def residual_band(method: Method, cell: Cell) -> RiskBand:
    """The band after controls: never above the inherent one, and the same while a hard trigger is pulled.

    >>> from fatf_kit.npo.method import load_method
    >>> jordan = Cell(threat=2, vulnerability=3, controls=ADEQUATE, hard=False)
    >>> inherent_band(load_method(), jordan).value, residual_band(load_method(), jordan).value
    ('medium-low', 'medium-low')
    """
    inherent = inherent_band(method, cell)
    off = method.strong_takes_off if cell.controls == STRONG and not cell.hard else 0
    return list(RiskBand)[max(0, inherent.rank - off)]


def fold_of(method: Method, settings: Settings) -> Mapping[RiskBand, RiskClass]:
    """Which class shows which band."""
    return method.folds[settings.fold or method.fold]


def class_of(method: Method, fold: Mapping[RiskBand, RiskClass], cell: Cell) -> RiskClass:
    """The class of a cell."""
    return fold[residual_band(method, cell)]


def all_cells() -> list[Cell]:
    """Every cell there is, in the order of the code that the view gives it."""
    return [
        Cell(threat=t, vulnerability=v, controls=c, hard=hard)
        for t in range(1, LEVELS + 1)
        for v in range(1, LEVELS + 1)
        for c in (WEAK, ADEQUATE, STRONG)
        for hard in (False, True)
    ]


def make_view(facts: Facts, method: Method) -> None:
    """The view `rated`: every registered row with its reason of scope, and for those in scope its cell and scores.

    `cell` is the place in `all_cells`, NULL outside scope and where threat or vulnerability is not known at all.
    Dropped rows (no id, or an id that came before) are in the table `dropped` and not in the view.
    """
    engine, line = (
        facts.engine,
        "" if facts.register.rows.numbered else f", {line_sql(facts.register, 'rowid')} AS line",
    )
    late, cuts = None, _quantiles(facts, method)
    size = _steps("income", cuts)
    if facts.late:
        late = next(factor for factor in method.rated if factor.id == facts.late[0])
    inside = "reason = 0"
    added = f"coalesce(size * {late.weight}, 0)" if late else "0"
    weight = f"CASE WHEN size IS NULL THEN 0 ELSE {late.weight} END" if late else "0"
    top = method.highest_per_cent
    least = round(method.provisional_below * 10000) * method.weight
    engine.execute(f"""
        CREATE OR REPLACE VIEW rated AS
        SELECT *, CAST((((t - 1) * {LEVELS} + v - 1) * 3 + controls) * 2 + CAST(hard AS INTEGER) AS SMALLINT) AS cell,
            tw + vw2 + mw AS known,
            reason = 0 AND (tw + vw2 + mw) * 10000 < {least} AS provisional
        FROM (SELECT *,
            CASE WHEN {inside} AND tw > 0 AND vw2 > 0 THEN {_level("tnum", "tw", method)} END AS t,
            CASE WHEN {inside} AND tw > 0 AND vw2 > 0 THEN {_level("vs2 * 100", "vw2", method)} END AS v,
            CASE WHEN mw = 0 THEN {ADEQUATE} WHEN ms * 100 >= {method.strong_from} * mw THEN {STRONG}
                 WHEN ms * 100 >= {method.adequate_from} * mw THEN {ADEQUATE} ELSE {WEAK} END AS controls
        FROM (SELECT *, {top} * {HIGHEST} * tw + {100 - top} * ts AS tnum, vs + {added} AS vs2,
                     vw + {weight} AS vw2, coalesce(size, 0) AS {LATE}
        FROM (SELECT *, {sums_read(method)}, rowid AS row{line}, {size} AS size
              FROM facts WHERE id IS NOT NULL {_kept(facts)})))
    """)


def _kept(facts: Facts) -> str:
    """Without rows whose id had come before, where there are any."""
    engine = facts.engine
    # Hashes are narrow and quickly put in order; only those that occur twice are compared as texts.
    hashes: Any = engine.execute("SELECT hash(id) AS h FROM facts WHERE id IS NOT NULL").fetchnumpy()["h"]
    hashes.sort()
    twice = set(hashes[1:][hashes[1:] == hashes[:-1]].tolist())
    engine.execute(
        f"""
        CREATE OR REPLACE TABLE dropped AS
        SELECT rowid AS row, {line_sql(facts.register, "rowid")} AS line, id
        FROM facts WHERE hash(id) IN (SELECT unnest($twice::UBIGINT[]))
        QUALIFY row_number() OVER (PARTITION BY id ORDER BY rowid) > 1
        """,
        {"twice": list(twice)},
    )
    (count,) = engine.execute("SELECT count(*) FROM dropped").fetchone() or (0,)
    return "AND rowid NOT IN (SELECT row FROM dropped)" if count else ""


def _quantiles(facts: Facts, method: Method) -> list[int]:
    """The incomes that part the register into parts of equal number, the lowest first."""
    shares = [part / method.size_parts for part in range(1, method.size_parts)]
    (cuts,) = facts.engine.execute(f"SELECT quantile_disc(income, {shares}) FROM facts").fetchone() or (None,)
    return [cut for cut in cuts or [] if cut is not None]


def _steps(of: str, cuts: list[int]) -> str:
    if not cuts:
        return "CAST(NULL AS UTINYINT)"
    steps = " ".join(f"WHEN {of} <= {cut} THEN {level}" for level, cut in enumerate(cuts, start=1))
    return f"CAST(CASE WHEN {of} IS NULL THEN NULL {steps} ELSE {len(cuts) + 1} END AS UTINYINT)"


def _level(number: str, weight: str, method: Method) -> str:
    """A score given as `number / weight` in hundredths, as a level 1 to 5."""
    tests = " + ".join(f"CAST({number} >= {cut} * {weight} AS INTEGER)" for cut in method.levels_from)
    return f"1 + {tests}"


def reason_texts(factor: Factor, t: Words) -> dict[int, str]:
    """What a reason says, by level, for the levels worth telling.

    >>> from fatf_kit.npo.method import load_method
    >>> reason_texts(load_method().rated[0], Words("en"))[2]
    'T01=2: activity in a province next to a listed area'
    """
    low, high = TOLD_FROM[factor.dimension]
    told = {}
    for level in range(low, high + 1):
        anchor = factor.anchors[level - 1][t.language]
        name = factor.name[t.language]
        text = t("{name}: {level}", name=name, level=anchor) if factor.dimension != "threat" else anchor
        told[level] = t("{name}: {text}", name=f"{factor.id}={level}", text=text)
    return told


def reasons_sql(method: Method, groups: tuple[LevelGroup, ...], t: Words) -> str:
    """The reasons of a row, the words of each factor after one another, ready to stand between quotation marks."""
    told = {factor.id: reason_texts(factor, t) for factor in method.rated}

    def words(found: Levels) -> str:
        texts = [told[factor][level] for factor, level in found.items() if level in told[factor]]
        return literal("; ".join(texts).replace('"', '""')) if texts else "NULL"

    parts = [group.lookup(words) for group in groups]
    return f"concat_ws('; ', {', '.join(parts)})" if parts else "''"


def changes(method: Method, fold: Mapping[RiskBand, RiskClass], t: Words) -> list[tuple[str, str]]:
    """For every cell what would lower its class and what would raise it, each dimension alone, exactly.

    Where no single dimension does, the two of threat and vulnerability that together do; "" where nothing can.
    """
    told = []
    for cell in all_cells():
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


def final_class_sql(method: Method, fold: Mapping[RiskBand, RiskClass], overrides: tuple[Override, ...]) -> str:
    """The class shown: the override where there is one, otherwise the class of the cell; NULL where there is none."""
    return _final(indexed("cell", [class_of(method, fold, cell).value for cell in all_cells()]), overrides, _literal)


def final_rank_sql(method: Method, fold: Mapping[RiskBand, RiskClass], overrides: tuple[Override, ...]) -> str:
    """The same class as its place on the ladder, 0 the lowest; NULL where there is none."""
    ranks = [class_of(method, fold, cell).rank for cell in all_cells()]
    return _final(f"{ranks}[cell + 1]", overrides, lambda risk_class: str(risk_class.rank))


def _final(computed: str, overrides: tuple[Override, ...], told: Callable[[RiskClass], str]) -> str:
    if not overrides:
        return computed
    chosen = " ".join(f"WHEN {literal(o.npo_id)} THEN {told(o.risk_class)}" for o in overrides)
    return f"coalesce(CASE WHEN reason = 0 THEN CASE id {chosen} END END, {computed})"


def _literal(risk_class: RiskClass) -> str:
    return literal(risk_class.value)


def indexed(code: str, texts: list[str]) -> str:
    """The text at a place of a list, NULL where the place is NULL; a list is far quicker than as many comparisons."""
    return f"[{quoted(texts)}][{code} + 1]"
