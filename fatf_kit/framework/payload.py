"""Editions and their requirements as JSON that others may rely on: the results of `fatf-kit frameworks`."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any, Literal

from fatf_kit.core.json_shapes import Count, Text
from fatf_kit.framework.diff import EditionDifference
from fatf_kit.framework.model import (
    CoreIssue,
    Criterion,
    Framework,
    ImmediateOutcome,
    Part,
    PendingRevision,
    Recommendation,
    Requirement,
)
from fatf_kit.framework.translations import TranslationCount


@dataclass(frozen=True, slots=True, kw_only=True)
class EditionSummary:
    """An edition with its numbers of criteria and core issues. Texts are empty or null where it does not have them."""

    id: Text
    title: Text
    round: Count
    as_amended: str
    text_state: str
    later_amendments: str | None
    content_version: Text
    digest: Text
    criteria: Count
    core_issues: Count


@dataclass(frozen=True, slots=True, kw_only=True)
class EditionsResult:
    """Every edition."""

    schema: Literal["fatf-kit/editions/1"]
    editions: tuple[EditionSummary, ...]


@dataclass(frozen=True, kw_only=True)  # heads have no slots, because the classes below have two bases
class EditionHead:
    """The name of the form of an edition."""

    schema: Literal["fatf-kit/edition/1"]


@dataclass(frozen=True, slots=True, kw_only=True)
class EditionResult(EditionSummary, EditionHead):
    """An edition, with the ids of its Recommendations and outcomes."""

    units: tuple[Text, ...]


@dataclass(frozen=True, kw_only=True)
class RequirementHead:
    """The edition of what is shown, and a revision that it does not include yet; null where there is none."""

    schema: Literal["fatf-kit/requirement/1"]
    edition: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownRecommendation(Recommendation, RequirementHead):
    """A Recommendation. `pending` is a revision that its criteria do not include yet; null where there is none."""

    pending: PendingRevision | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownOutcome(ImmediateOutcome, RequirementHead):
    """An outcome."""

    pending: None


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownCriterion(Criterion, RequirementHead):
    """A criterion. `pending` is a revision of its Recommendation; null where there is none."""

    pending: PendingRevision | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownCoreIssue(CoreIssue, RequirementHead):
    """A core issue."""

    pending: None


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownPart(Part, RequirementHead):
    """A part of a criterion or core issue. `pending` is a revision of its Recommendation; null where there is none."""

    pending: PendingRevision | None


RequirementResult = ShownRecommendation | ShownOutcome | ShownCriterion | ShownCoreIssue | ShownPart
_SHOWN: dict[type[object], type[Any]] = {shown.__bases__[0]: shown for shown in RequirementResult.__args__}


@dataclass(frozen=True, slots=True, kw_only=True)
class DiffResult:
    """The differences between two editions."""

    schema: Literal["fatf-kit/diff/1"]
    old: Text
    new: Text
    differences: tuple[EditionDifference, ...]


@dataclass(frozen=True, kw_only=True)
class TranslationsHead:
    """The language whose texts are counted."""

    schema: Literal["fatf-kit/translations/1"]
    language: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class TranslationsResult(TranslationCount, TranslationsHead):
    """The texts of a language; `missing` gives the number of missing texts by file."""


def summarise_edition(framework: Framework) -> EditionSummary:
    """Make the JSON value of an edition without its units."""
    return EditionSummary(
        id=framework.id,
        title=framework.title,
        round=framework.round,
        as_amended=framework.as_amended,
        text_state=framework.text_state,
        later_amendments=framework.later_amendments,
        content_version=framework.content_version,
        digest=framework.digest,
        criteria=sum(len(recommendation.criteria) for recommendation in framework.recommendations),
        core_issues=sum(len(outcome.core_issues) for outcome in framework.outcomes),
    )


def make_requirement_result(
    framework: Framework, shown: Recommendation | ImmediateOutcome | Requirement
) -> RequirementResult:
    """Make the JSON value of a part of an edition, with the revision of its Recommendation that is pending."""
    result: RequirementResult = _SHOWN[type(shown)](
        schema="fatf-kit/requirement/1",
        edition=framework.id,
        **{field.name: getattr(shown, field.name) for field in fields(shown)},
        pending=framework.revisions.get(shown.id.partition("/")[0]),
    )
    return result
