"""The kit's roll-up of a report's criterion ratings, compared with the report's ratings and the published ones."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from fatf_kit.assessment.answers.model import Answer, ResponseSet
from fatf_kit.core.messages import Translator
from fatf_kit.core.ratings import ComplianceRating, CriterionRating
from fatf_kit.framework.model import Framework
from fatf_kit.framework.page_rules import RECOMMENDATIONS
from fatf_kit.published.model import PublishedRating, PublishedReport
from fatf_kit.report_text.model import ParsedReport
from fatf_kit.scoring.assessor import assess
from fatf_kit.scoring.policy import Policy


class Agreement(StrEnum):
    """How the kit's roll-up compares with the rating of a report."""

    AGREES = "agrees"
    TOO_STRICT = "too strict"
    TOO_MILD = "too mild"
    OTHER = "not applicable in one of the two"


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitComparison:
    """One Recommendation: the kit's roll-up of the criterion ratings, the report's rating, and the published table's.

    `rolled` is None where criterion ratings are missing that could change it; `agreement` is None where one of the two
    ratings is. The report's rating is compared, else that of the table.
    """

    unit: str
    rolled: ComplianceRating | None
    stated: PublishedRating | None
    published: PublishedRating | None
    page: int | None
    agreement: Agreement | None

    @property
    def compared_with(self) -> PublishedRating | None:
        """The report's rating, else that of the published table."""
        return self.published if self.stated is None else self.stated


@dataclass(frozen=True, slots=True, kw_only=True)
class RollUpComparison:
    """All Recommendations, and what the table of published ratings has otherwise than the report.

    `differing` are units whose rating in the report is another one than in the table, `published` is the report of the
    table that agrees best, None where no country is known.
    """

    edition: str
    policy: str
    units: tuple[UnitComparison, ...]
    differing: tuple[str, ...] = ()
    published: PublishedReport | None = field(default=None, hash=False)

    @property
    def compared(self) -> int:
        """The number of Recommendations that could be compared."""
        return sum(unit.agreement is not None for unit in self.units)

    def count(self, agreement: Agreement) -> int:
        """Return how many Recommendations compare so."""
        return sum(unit.agreement is agreement for unit in self.units)

    @property
    def counts(self) -> Mapping[str, int]:
        """How many Recommendations could be compared, how they compare, and how many are two levels or more apart."""
        compared = (unit for unit in self.units if unit.agreement)
        levels = [abs(_rank(unit.rolled) - _rank(unit.compared_with)) for unit in compared]
        return {
            "compared": self.compared,
            "agrees": self.count(Agreement.AGREES),
            "too_strict": self.count(Agreement.TOO_STRICT),
            "too_mild": self.count(Agreement.TOO_MILD),
            "two_levels": sum(level > 1 for level in levels),
            "other": self.count(Agreement.OTHER),
        }

    @property
    def counts_line(self) -> str:
        """One line of counts without the name of the country, which may be sent back to those who keep the policy."""
        facts = {"edition": self.edition, "policy": self.policy, **self.counts}
        return "fatf-kit counts: " + " ".join(f"{key}={value}" for key, value in facts.items())

    def describe(self, t: Translator) -> str:
        """Return the comparison in one sentence."""
        if not self.compared:
            return t("The report prints too few ratings of criteria to compare the calculation with its ratings.")
        text = t(
            "For {agrees} of {compared} Recommendations, the rating calculated from the report's criterion ratings is "
            "the rating of the report.",
            agrees=self.count(Agreement.AGREES),
            compared=self.compared,
        )
        sentences = [text]
        if strict := self.count(Agreement.TOO_STRICT):
            more = t.plural(
                "The calculation is too strict for {n} Recommendation.",
                "The calculation is too strict for {n} Recommendations.",
                strict,
            )
            sentences.append(more)
        if mild := self.count(Agreement.TOO_MILD):
            more = t.plural(
                "The calculation is too mild for {n} Recommendation.",
                "The calculation is too mild for {n} Recommendations.",
                mild,
            )
            sentences.append(more)
        return " ".join(sentences)


def _rank(rating: PublishedRating | None) -> int:
    return (rating.rank or 0) if rating is not None else 0


def list_criterion_ratings(parsed: ParsedReport) -> dict[str, CriterionRating]:
    """Return the printed ratings by requirement; a criterion that the report's Methodology lacked is not applicable."""
    rated = {criterion.requirement: criterion.rating for criterion in parsed.criteria if criterion.rating is not None}
    return {**rated, **dict.fromkeys(parsed.later, CriterionRating.NOT_APPLICABLE)} if rated else {}


def compare_roll_up(
    parsed: ParsedReport, framework: Framework, policy: Policy, reports: Sequence[PublishedReport] = ()
) -> RollUpComparison:
    """Return the roll-up of the report's criterion ratings, with its ratings and those of the table.

    `reports` are the published reports of the country; the one with most of the report's ratings is compared.
    """
    rated = list_criterion_ratings(parsed).items()
    answers = tuple(Answer(requirement=name, rating=rating) for name, rating in rated)
    assessment = assess(framework, ResponseSet(edition=framework.id, answers=answers), policy)
    published = _choose_report(parsed, [report for report in reports if report.edition == framework.id])
    table: Mapping[str, PublishedRating] = published.ratings if published else {}
    stated = {unit: rating.rating for unit, rating in parsed.ratings.items()}
    units = []
    for result in assessment.recommendations:
        is_rated = any(criterion.claimed.rating is not None for criterion in result.criteria)
        rolled = result.claimed.rating if is_rated else None
        report_rating, other = parsed.ratings.get(result.id), table.get(result.id)
        units.append(
            UnitComparison(
                unit=result.id,
                rolled=rolled,
                stated=report_rating.rating if report_rating else None,
                published=other,
                page=report_rating.page if report_rating else None,
                agreement=_compare(rolled, report_rating.rating if report_rating else other),
            )
        )
    differing = tuple(unit for unit, rating in stated.items() if table.get(unit, rating) != rating)
    order = {unit: place for place, unit in enumerate((*RECOMMENDATIONS, *table))}
    return RollUpComparison(
        edition=framework.id,
        policy=policy.id,
        units=tuple(units),
        differing=tuple(sorted(differing, key=lambda unit: order.get(unit, len(order)))),
        published=published,
    )


def _choose_report(parsed: ParsedReport, reports: Sequence[PublishedReport]) -> PublishedReport | None:
    """Return the report with most of the same ratings, the earliest of several; None without any."""

    def count_same(report: PublishedReport) -> int:
        return sum(report.ratings.get(unit) == rating.rating for unit, rating in parsed.ratings.items())

    return max(sorted(reports, key=lambda report: report.date), key=count_same, default=None)


def _compare(rolled: ComplianceRating | None, other: PublishedRating | None) -> Agreement | None:
    if rolled is None or other is None:
        return None
    if rolled == other:
        return Agreement.AGREES
    if rolled.rank is None or other.rank is None:
        return Agreement.OTHER
    return Agreement.TOO_STRICT if rolled.rank < other.rank else Agreement.TOO_MILD
