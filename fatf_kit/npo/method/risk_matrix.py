"""The risk matrix: which band and class follow from threat, vulnerability and controls, and what would change a class.

A strong control takes bands off; nothing else lowers a class. A proven hard trigger makes the class high whatever the
rest is, and so do answers of money without controls in a conflict area.

Source: frameworks/npo/method.json.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from fatf_kit.core.messages import Translator
from fatf_kit.core.national_words import choose_text
from fatf_kit.npo.method.load import Factor, Method
from fatf_kit.npo.method.settings import Settings
from fatf_kit.npo.scales import RiskBand, RiskClass

LEVELS = 5
STRONG, ADEQUATE, WEAK = "strong", "adequate", "weak"
REASON_LEVELS = {"threat": (2, 5), "vulnerability": (4, 5), "mitigation": (1, 2)}
"""The levels that a reason names: those that speak for the class, and for controls those that are missing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RiskCell:
    """The place of a body: levels of threat and vulnerability (1-5), of controls, and whether a hard trigger is proven.

    `is_uncontrolled` is whether its answers say that money goes to a conflict area in cash or by hawala without
    controls.
    Threat and vulnerability are 0 in the one cell of bodies with a proven trigger of which too little else is known.
    """

    threat: int
    vulnerability: int
    controls: str
    hard: bool
    is_uncontrolled: bool = False


def inherent_band(method: Method, cell: RiskCell) -> RiskBand | None:
    """Return the band before controls; None where threat and vulnerability are not known."""
    return method.matrix[cell.threat - 1][cell.vulnerability - 1] if cell.threat else None


def residual_band(method: Method, cell: RiskCell) -> RiskBand:
    """Return the band after controls: the highest with a proven hard trigger, otherwise never above the inherent one.

    >>> from fatf_kit.npo.method.load import load_method
    >>> jordan = RiskCell(threat=2, vulnerability=3, controls=ADEQUATE, hard=False)
    >>> inherent_band(load_method(), jordan).value, residual_band(load_method(), jordan).value
    ('medium-low', 'medium-low')
    >>> residual_band(load_method(), RiskCell(threat=4, vulnerability=1, controls=STRONG, hard=True)).value
    'high'
    """
    inherent = inherent_band(method, cell)
    if cell.hard or cell.is_uncontrolled or inherent is None:
        return RiskBand.HIGH
    off = method.strong_takes_off if cell.controls == STRONG else 0
    return list(RiskBand)[max(0, inherent.rank - off)]


def fold_of(method: Method, settings: Settings) -> Mapping[RiskBand, RiskClass]:
    """Return which class shows which band."""
    return method.folds[settings.fold or method.fold]


def class_of(method: Method, fold: Mapping[RiskBand, RiskClass], cell: RiskCell) -> RiskClass:
    """Return the class of a cell."""
    return RiskClass.HIGH if cell.hard or cell.is_uncontrolled else fold[residual_band(method, cell)]


def all_cells() -> list[RiskCell]:
    """Return every cell there is; the last has a proven trigger and nothing else."""
    return [
        *(
            RiskCell(threat=t, vulnerability=v, controls=c, hard=hard, is_uncontrolled=is_uncontrolled)
            for t in range(1, LEVELS + 1)
            for v in range(1, LEVELS + 1)
            for c in (WEAK, ADEQUATE, STRONG)
            for hard, is_uncontrolled in ((False, False), (True, False), (False, True))
        ),
        RiskCell(threat=0, vulnerability=0, controls=ADEQUATE, hard=True),
    ]


def reason_texts(factor: Factor, t: Translator) -> dict[int, str]:
    """Return what a reason says, by level, for the levels worth telling.

    >>> from fatf_kit.npo.method.load import load_method
    >>> reason_texts(load_method().rated[0], Translator("en"))[2]
    'T01=2: activity in a province next to a listed area'
    """
    low, high = REASON_LEVELS[factor.dimension]
    texts = {}
    for level in range(low, high + 1):
        anchor = choose_text(factor.anchors[level - 1], t.language)
        name = choose_text(factor.name, t.language)
        text = t("{name}: {level}", name=name, level=anchor) if factor.dimension != "threat" else anchor
        texts[level] = t("{name}: {text}", name=f"{factor.id}={level}", text=text)
    return texts


def class_changes(method: Method, fold: Mapping[RiskBand, RiskClass], t: Translator) -> list[tuple[str, str]]:
    """For every cell what would lower its class and what would raise it, each dimension alone, exactly.

    Where no single dimension does, the two of threat and vulnerability that together do; "" where nothing can.
    """
    texts = []
    for cell in all_cells():
        if cell.threat:
            ways = (_ways(method, fold, cell, t, down=down) for down in (True, False))
            texts.append((t.points(next(ways)), t.points(next(ways))))
        else:
            texts.append((t("the link that investigators look at is cleared"), ""))
    return texts


def _ways(
    method: Method, fold: Mapping[RiskBand, RiskClass], cell: RiskCell, t: Translator, *, down: bool
) -> list[str]:
    now = class_of(method, fold, cell).rank

    def moved(**change: Any) -> bool:
        rank = class_of(method, fold, replace(cell, **change)).rank
        return rank < now if down else rank > now

    def score(level: int) -> str:
        cut = method.levels_from[level - 1 if down else level - 2] / 100
        return f"{cut:.1f}"

    def steps(start: int) -> list[int]:
        return list(range(start - 1, 0, -1) if down else range(start + 1, LEVELS + 1))

    if down and cell.is_uncontrolled:
        answers = t("another answer on the place, the channel or the controls")
        if moved(is_uncontrolled=False):
            return [answers]
        others = _ways(method, fold, replace(cell, is_uncontrolled=False), t, down=True)
        return [t("{one} and {other}", one=answers, other=other) for other in others]
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
