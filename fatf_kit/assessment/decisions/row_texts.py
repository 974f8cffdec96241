"""The texts of a row of decisions.xlsx: what is asked, what each agency answered, what a decision would change."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from fatf_kit.assessment.decisions.schema import SCALES, scale_of_decision
from fatf_kit.assessment.folder.model import AgencyRating, EffectKind, OpenQuestion, Workspace
from fatf_kit.core.groups import group_pairs
from fatf_kit.core.languages import detect_direction, direction, label
from fatf_kit.core.messages import Translator
from fatf_kit.core.national_words import base_language
from fatf_kit.spreadsheets.words import format_ids, load_words
from fatf_kit.spreadsheets.writer import StyledCell

_LONGEST = 400
"""Characters of an explanation or a citation that are shown; the whole text is in the agency's workbook."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RowTexts:
    """Writes the texts of rows in one language; `statements` are the texts of the edition by id."""

    language: str
    workspace: Workspace
    statements: dict[str, str]

    def question(self, question: OpenQuestion) -> str:
        """Return what is asked, and the text of the requirement."""
        words = load_words(self.language)
        asked = " ".join(words[f"decision.why.{why.name.lower()}"] for why in question.why)
        statement = self.statements.get(question.requirement, "")
        return f"{asked}\n{statement}" if statement else asked

    def answers(self, question: OpenQuestion) -> StyledCell:
        """Return who leads and every agency's answer with its explanation and citation, as far as these may be shown.

        A style is given with each text.
        """
        runs = [run for rating in question.agency_ratings for run in self._answer(rating, question.requirement)]
        if question.agency_ratings and (lacking := self._describe_lead(question)):
            runs.append(("run quiet", f"{lacking}\n"))
        if not runs:
            return StyledCell()
        style, last = runs[-1]
        return StyledCell(runs=(*runs[:-1], (style, last.removesuffix("\n"))))

    def _answer(self, rating: AgencyRating, requirement: str) -> Iterator[tuple[str, str]]:
        t = Translator(self.language)
        comma = "، " if base_language(self.language) == "ar" else ", "
        name = self.workspace.agency_name(rating.agency, self.language) or rating.place
        if rating.is_lead:
            name = t("{agency} (leads)", agency=name)
        part = "" if rating.requirement == requirement else f"{comma}{format_ids([rating.requirement], self.language)}"
        said = label(scale_of_decision(rating.requirement), rating.rating, self.language)
        yield "run strong", t("{name}: {text}", name=f"{name}{part}", text=said) + "\n"
        if rating.is_restricted:
            yield "run quiet", t("Explanation and citation are restricted.") + "\n"
        for text in filter(None, (rating.explanation, rating.citation)):
            yield "run", f"{_embed(_shorten(text), self.language)}\n"

    def _describe_lead(self, question: OpenQuestion) -> str:
        """Return that no agency leads, or that the lead agency gave no rating; empty where its answer is shown."""
        t = Translator(self.language)
        if any(rating.is_lead for rating in question.agency_ratings):
            return ""
        if question.lead is None:
            return t("No agency leads on this requirement.")
        name = self.workspace.agency_name(question.lead, self.language)
        return t("The lead agency gave no rating ({agency}).", agency=name)

    def effect(self, question: OpenQuestion) -> str:
        """Return what each possible decision would change."""
        effect = question.effect
        if effect is None:
            return ""
        t = Translator(self.language)
        unit, now = format_ids([effect.unit], self.language), self.rating(effect.unit, effect.now)
        if effect.kind is EffectKind.NOTHING:
            return t("Changes nothing: {unit} is rated {rating} with each of these answers.", unit=unit, rating=now)
        if effect.kind is EffectKind.WITH_OTHERS:
            return t(
                "Alone it does not change the rating of {unit} ({rating}); with other open rows of {unit} it can.",
                unit=unit,
                rating=now,
            )
        lines = [t("{unit} is now rated {rating}.", unit=unit, rating=now)]
        if question.requirement == effect.unit:
            return "\n".join((*lines, t("The rating becomes the one that is decided.")))
        for pair, decisions in group_pairs((one.rating, one.decision) for one in effect.outcomes).items():
            named = t.listed(t("“{text}”", text=t.named(decision)) for decision in decisions)
            lines.append(t("If {decisions}: {rating}", decisions=named, rating=self.rating(effect.unit, pair)))
        return "\n".join(lines)

    def rating(self, requirement: str, pair: tuple[str, str]) -> str:
        """Return a rating or an answer on the scale of a requirement, or the two between which it lies."""
        choices = SCALES[scale_of_decision(requirement)]
        worst, best = (choices.label(value, self.language) for value in pair)
        words = load_words(self.language)
        return worst if worst == best else words["decision.range"].format(worst=worst, best=best)


def _embed(text: str, language: str) -> str:
    """Return a text with marks that keep its own direction in a cell of the other one, line by line."""
    own = detect_direction(text)
    if own in (None, direction(language)):
        return text
    mark = "\u202a" if own == "ltr" else "\u202b"
    return "\n".join(f"{mark}{line}\u202c" if line else "" for line in text.split("\n"))


def _shorten(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1].rstrip()}…"
