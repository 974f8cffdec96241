"""Several answers put together into one, with every word of each and the id it was written under."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from fatf_kit.assessment.answers.model import Answer, Confidentiality, strictest
from fatf_kit.core.languages import label
from fatf_kit.core.messages import Translator
from fatf_kit.core.ratings import Achievement, find_lowest
from fatf_kit.spreadsheets.formats.limits import MAX_TEXT, text_length
from fatf_kit.spreadsheets.words import in_sentence, words


def merge_answers(requirement: str, given: Sequence[Answer], rated: Iterable[Answer], language: str) -> Answer:
    """One answer that holds all the others.

    The rating is the lowest of `rated`; "not applicable" only where all of them are. Dates are the latest, the
    confidentiality the strictest; what each answer said itself stands before its words. Citations have no id before
    them: its brackets would pass for the number of an article.
    """
    return Answer(
        requirement=requirement,
        rating=find_lowest(answer.rating for answer in rated),
        explanation="\n".join(_told(answer, language) for answer in given),
        citation="; ".join(dict.fromkeys(answer.citation for answer in given if answer.citation)),
        in_force_from=_latest(answer.in_force_from for answer in given),
        evidence=tuple(dict.fromkeys(name for answer in given for name in answer.evidence)),
        missing="\n".join(_named(answer, answer.missing, language) for answer in given if answer.missing),
        action="\n".join(_named(answer, answer.action, language) for answer in given if answer.action),
        action_due=_latest(answer.action_due for answer in given),
        confidentiality=strictest(*(answer.confidentiality for answer in given)),
        agency=given[0].agency,
        source=given[0].source,
    )


def fits(answer: Answer) -> bool:
    """Whether every text of an answer has room in a cell."""
    texts = (answer.explanation, answer.citation, answer.missing, answer.action, ", ".join(answer.evidence))
    return all(text_length(text) < MAX_TEXT for text in texts)


def _told(answer: Answer, language: str) -> str:
    """An explanation behind its id, its rating and its dates."""
    text, t = words(language), Translator(language)
    scale = "achievement" if isinstance(answer.rating, Achievement) else "criterion"
    facts = [label(scale, answer.rating, language)] if answer.rating is not None else []
    for name in ("in_force_from", "action_due"):
        if day := getattr(answer, name):
            told = in_sentence([day.isoformat()], language)
            facts.append(t("{name}: {text}", name=text[f"column.{name}"], text=told))
    if answer.confidentiality is not Confidentiality.GOVERNMENT:
        facts.append(label("confidentiality", answer.confidentiality, language))
    behind = f"[{t.points(facts)}] {answer.explanation}" if facts else answer.explanation
    return _named(answer, behind, language)


def _named(answer: Answer, text: str, language: str) -> str:
    name = in_sentence([answer.requirement], language)
    return Translator(language)("{name}: {text}", name=name, text=text).strip()


def _latest(days: Iterable[date | None]) -> date | None:
    return max((day for day in days if day is not None), default=None)
