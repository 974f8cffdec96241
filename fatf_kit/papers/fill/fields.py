"""The fields that a country's own file may ask for, and their texts.

A placeholder is `{{R.10/10.7 explanation}}` or `{{R.10 rating}}`: an id and a field. Without a field a requirement
gives its explanation and a unit its rating.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from fatf_kit.assessment.answers.model import Answer
from fatf_kit.assessment.workbook.schema import REQUIREMENTS
from fatf_kit.core.languages import normalise
from fatf_kit.core.messages import Translator
from fatf_kit.framework.catalog import index_requirements
from fatf_kit.papers.report_input import PaperInput
from fatf_kit.papers.submission.statements import Statements
from fatf_kit.spreadsheets.words import translate_word

PLACEHOLDER = re.compile(r"\{\{\s*((?:R|IO)\.\d+(?:/[^\s{}]+)?)(?:\s+([a-z_]+))?\s*\}\}")
PlaceholderLookup = Callable[[str, str], str]
"""Takes a text and the address it stands at, gives the text with its placeholders filled in."""

FULL_ID = re.compile(r"(?:R|IO)\.\d+/\d+\.\d+\w*(?:\([\w]+\))*(?:#\d+)?")


class FieldTexts:
    """The texts behind ids and fields, for one audience and language."""

    def __init__(self, paper_input: PaperInput, t: Translator) -> None:
        self._statements = Statements(paper_input, t)
        self._t = t
        self._requirements = index_requirements(paper_input.framework)
        self._titles = {unit.id: unit.title for unit in paper_input.framework.units}
        self._units = paper_input.assessment.by_id
        self._results = {result.id: result for result in paper_input.assessment.requirements}
        self._of_requirement: Mapping[str, Callable[[str], str]] = {
            "explanation": lambda name: self._joined(name, lambda a: a.explanation),
            "rating": lambda name: self._joined(name, lambda a: t.named(a.rating) if a.rating else ""),
            "shown": self._shown,
            "citation": lambda name: self._joined(name, lambda a: a.citation),
            "in_force_from": lambda name: self._joined(
                name, lambda a: t.day(a.in_force_from) if a.in_force_from else ""
            ),
            "evidence": lambda name: self._joined(name, lambda a: t.joined(a.evidence)),
            "missing": lambda name: self._joined(name, lambda a: a.missing),
            "action": lambda name: self._joined(name, lambda a: a.action),
            "action_due": lambda name: self._joined(name, lambda a: t.day(a.action_due) if a.action_due else ""),
            "requirement": lambda name: self._requirements[name].statement,
        }
        self._of_unit: Mapping[str, Callable[[str], str]] = {
            "rating": lambda name: self._units[name].counted.describe(),
            "claimed": lambda name: self._units[name].claimed.describe(),
            "shown": lambda name: self._units[name].shown.describe(),
            "title": lambda name: self._titles[name],
        }

    @property
    def of_requirement(self) -> tuple[str, ...]:
        """The names of the fields of a criterion, part or core issue."""
        return tuple(self._of_requirement)

    @property
    def of_unit(self) -> tuple[str, ...]:
        """The names of the fields of a Recommendation or outcome."""
        return tuple(self._of_unit)

    def knows(self, name: str) -> bool:
        """Return whether an id is one of the edition's."""
        return name in self._units or name in self._requirements

    def text(self, name: str, field: str | None) -> str | None:
        """Return the text of an id and a field; empty where nothing was answered, None where there is no such field."""
        fields = self._of_unit if name in self._units else self._of_requirement
        get = fields.get(field or ("rating" if name in self._units else "explanation"))
        return get(name) if get and self.knows(name) else None

    def _joined(self, name: str, field: Callable[[Answer], str]) -> str:
        texts = (field(answer) for answer in self._statements.answers(name))
        return "\n".join(dict.fromkeys(filter(None, texts)))

    def _shown(self, name: str) -> str:
        result = self._results.get(name)
        return result.shown.describe(self._t.named) if result and result.claimed.rating else ""


def list_heading_fields() -> Mapping[str, str]:
    """Return headings of our own columns in every shipped language, normalised, and their keys, each with its field."""
    columns = [column.key for column in REQUIREMENTS.columns if column.key not in ("id", "confidentiality")]
    headings = {normalise(word): key for key in columns for word in translate_word(f"column.{key}")}
    return headings | {normalise(key): key for key in columns}
