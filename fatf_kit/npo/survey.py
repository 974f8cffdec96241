"""How far a survey of NPOs may be off.

Source: the textbook margin of a simple random sample at 95 per cent, with the correction for a finite population; it
gives the 5.65 per cent that South Africa's assessment of 2024 states for 301 answers of 252,549 bodies.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

Z_95 = 1.96


@dataclass(frozen=True, slots=True, kw_only=True)
class Survey:
    """A survey of NPOs that the country names: `answers` of a `population` of bodies, None where that is not known.

    >>> round(Survey(what="South Africa 2024", answers=301, population=252_549, source="its NRA").margin, 4)
    0.0565
    """

    what: str
    answers: int
    source: str
    population: int | None = None

    @property
    def margin(self) -> float:
        """The margin at 95 per cent for a share of half, where it is widest, as a fraction."""
        return margin_of_error(self.answers, self.population)


def answers_needed(margin: float, population: int) -> int:
    """Return how many answers of a simple random sample keep a share of half within a margin, given as a fraction.

    >>> answers_needed(0.05, 1_348), answers_needed(0.05, 100)
    (300, 80)
    """
    endless = (Z_95 * 0.5 / margin) ** 2
    return min(population, math.ceil(endless / (1 + (endless - 1) / population))) if population else 0


def margin_of_error(answers: int, population: int | None = None, *, share: float = 0.5, z: float = Z_95) -> float:
    """Return the margin at 95 per cent for a share found in a simple random sample, as a fraction.

    `population` corrects for a sample that is a large part of it; None leaves that out. Answers given by those who
    chose to answer are no random sample, and then the true error is larger.

    Raises:
        ValueError: no answers, more answers than bodies, or a share outside 0 to 1.

    >>> round(100 * margin_of_error(301), 2)  # South Africa 2024
    5.65
    """
    if answers < 1 or (population is not None and answers > population) or not 0 <= share <= 1:
        raise ValueError("A margin needs at least one answer, no more than there are bodies, and a share of 0 to 1.")
    margin = z * math.sqrt(share * (1 - share) / answers)
    if population is None or population == 1:
        return margin
    return margin * math.sqrt((population - answers) / (population - 1))
