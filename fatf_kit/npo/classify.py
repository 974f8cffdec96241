"""The second step: scope, scores, bands and classes over the table of facts, as one view; and why, in words.

Scores are compared in whole numbers: weighted sums against cut-offs times weights, so that equal averages are equal.
A strong control takes bands off; nothing else lowers a class. A proven hard trigger makes the class high whatever the
rest is; one without source, office and date leaves the body to be verified, without a class. A body of which too little
is known has no class either.

Source: frameworks/npo/method.json.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from fatf_kit.core.messages import Translator
from fatf_kit.npo.facts import Facts, line_sql
from fatf_kit.npo.levels import LATE, LevelGroup, Levels
from fatf_kit.npo.method import Factor, Method
from fatf_kit.npo.model import Override
from fatf_kit.npo.scales import RiskBand, RiskClass
from fatf_kit.npo.settings import Settings
from fatf_kit.npo.sql import literal, quoted
from fatf_kit.npo.sums import HIGHEST, sums_read

LEVELS = 5
STRONG, ADEQUATE, WEAK = 2, 1, 0
TOLD_FROM = {"threat": (2, 5), "vulnerability": (4, 5), "mitigation": (1, 2)}
"""Which levels a reason tells: those that speak for the class, and for controls those that are missing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """Where a body is: levels of threat and vulnerability (1-5), of controls, and whether a hard trigger is proven.

    Threat and vulnerability are 0 in the one cell of bodies with a proven trigger of which too little else is known.
    """

    threat: int
    vulnerability: int
    controls: int
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
    """Every cell there is, in the order of the code that the view gives it; the last has a proven trigger only."""
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


def make_view(facts: Facts, method: Method) -> None:
    """The view `rated`: every registered row with its reason of scope, and for those in scope its cell and scores.

    `cell` is the place in `all_cells`, NULL outside scope, where too little is known for a class, and where a hard
    trigger is to be verified. `referred` and `verify` say of every row whether a hard trigger is proven or not yet.
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
    enough = round(method.classified_from * 10000) * method.weight
    known = f"(tw + vw2 + mw) * 10000 >= {enough}" if not enough or bodies_differ(facts, method) else "false"
    place = f"(((t - 1) * {LEVELS} + v - 1) * 3 + controls) * 2 + CAST(referred AS INTEGER)"
    engine.execute(f"""
        CREATE OR REPLACE VIEW rated AS
        SELECT *, CAST(CASE WHEN NOT {inside} OR verify THEN NULL
                            WHEN referred AND (t IS NULL OR v IS NULL) THEN {len(all_cells()) - 1}
                            WHEN referred OR {known} THEN {place} END AS SMALLINT) AS cell,
            tw + vw2 + mw AS known,
            {inside} AND NOT referred AND (tw + vw2 + mw) * 10000 < {least} AS provisional
        FROM (SELECT *, hard AND proof AS referred, hard AND NOT proof AS verify,
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


def bodies_differ(facts: Facts, method: Method) -> bool:
    """Whether a factor of threat tells bodies in scope apart: two of its levels occur, or it is a hard trigger.

    Where every body has the same threat by one and the same fact, a class would only repeat that fact. A hard trigger
    that was looked into for each body tells them apart although none was found. One body alone cannot differ.
    """
    threats = {factor.id: factor.hard_trigger for factor in method.rated if factor.dimension == "threat"}
    levels = [
        (group.level(factor), threats[factor])
        for group in facts.groups
        for factor in group.factors
        if factor in threats
    ]
    if not levels:
        return False
    tests = ", ".join(
        f"count(nullif({level}, 0)) > 0" if hard else f"max({level}) > min(nullif({level}, 0))"
        for level, hard in levels
    )
    ((count, *found),) = facts.engine.execute(f"SELECT count(*), {tests} FROM facts WHERE reason = 0").fetchall()
    return count == 1 or any(found)


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


def reason_texts(factor: Factor, t: Translator) -> dict[int, str]:
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


def reasons_sql(method: Method, groups: tuple[LevelGroup, ...], t: Translator) -> str:
    """The reasons of a row, the words of each factor after one another, ready to stand between quotation marks."""
    told = {factor.id: reason_texts(factor, t) for factor in method.rated}

    def words(found: Levels) -> str:
        texts = [told[factor][level] for factor, level in found.items() if level in told[factor]]
        return literal("; ".join(texts).replace('"', '""')) if texts else "NULL"

    parts = [group.lookup(words) for group in groups]
    return f"concat_ws('; ', {', '.join(parts)})" if parts else "''"


def changes(method: Method, fold: Mapping[RiskBand, RiskClass], t: Translator) -> list[tuple[str, str]]:
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
    method: Method, fold: Mapping[RiskBand, RiskClass], cell: Cell, now: int, t: Translator, *, down: bool
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
    """The class shown: the override where there is one, otherwise the class of the cell; NULL where there is none.

    No override changes the class of a body with a hard trigger: that is for investigators to clear.
    """
    return _final(indexed("cell", [class_of(method, fold, cell).value for cell in all_cells()]), overrides, _literal)


def final_rank_sql(method: Method, fold: Mapping[RiskBand, RiskClass], overrides: tuple[Override, ...]) -> str:
    """The same class as its place on the ladder, 0 the lowest; NULL where there is none."""
    ranks = [class_of(method, fold, cell).rank for cell in all_cells()]
    return _final(f"{ranks}[cell + 1]", overrides, lambda risk_class: str(risk_class.rank))


def _final(computed: str, overrides: tuple[Override, ...], told: Callable[[RiskClass], str]) -> str:
    if not overrides:
        return computed
    chosen = " ".join(f"WHEN {literal(o.npo_id)} THEN {told(o.risk_class)}" for o in overrides)
    return f"coalesce(CASE WHEN reason = 0 AND NOT hard THEN CASE id {chosen} END END, {computed})"


def _literal(risk_class: RiskClass) -> str:
    return literal(risk_class.value)


def indexed(code: str, texts: list[str]) -> str:
    """The text at a place of a list, NULL where the place is NULL; a list is far quicker than as many comparisons."""
    return f"[{quoted(texts)}][{code} + 1]"
