"""The words of reports by language, and the patterns that are made of them.

Texts and words are compared in one plain form (`fold`), so that accents, case, Arabic marks, kinds of dash and the
letters that a PDF exchanges make no difference. Source: frameworks/report-words.json.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from typing import Any, TypeVar

from fatf_kit.core.json_files import load_value
from fatf_kit.core.languages import clean
from fatf_kit.core.ratings import ComplianceRating, CriterionRating, EffectivenessRating
from fatf_kit.core.resources import data_folder

Words = tuple[str, ...]
_Rating = TypeVar("_Rating")

_SUPERSCRIPTS = re.compile("[\u00b2\u00b3\u00b9\u2070-\u2079]+")
_DASHES = re.compile("[\u2010-\u2015\u2212\u2500\ufe58\uff0d]")
_LETTERS = str.maketrans({"ى": "ي", "ة": "ه", "ٱ": "ا", "ـ": "", "’": "'", "‘": "'", "`": "'"})
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff]")


@lru_cache(maxsize=65_536)
def fold(text: str) -> str:
    """Return a text in the plain form in which texts and words are compared.

    A PDF often gives lam-alef in the wrong order, so that both orders become one.

    >>> fold("Critère  10.7 — Évalué²"), fold("المعيار ١٠-٧") == fold("الـمعيار 10–7")
    ('critere 10.7 - evalue', True)
    """
    plain = _DASHES.sub("-", _SUPERSCRIPTS.sub("", text))
    plain = unicodedata.normalize("NFKD", clean(plain))
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return clean(plain.translate(_LETTERS).replace("لا", "ال")).casefold()


def is_right_to_left(text: str) -> bool:
    """Return whether a line has a letter of a script that runs from right to left."""
    return _RIGHT_TO_LEFT.search(text) is not None


def match_any(words: Iterable[str]) -> str:
    """Return a pattern for any of some words in folded text, the longest first; a space may be a hyphen or nothing."""
    plain = sorted({fold(word) for word in words}, key=lambda word: (-len(word), word))
    return "(?:" + "|".join(re.escape(word).replace(r"\ ", r"[\s-]*").replace(r"\-", r"[\s-]*") for word in plain) + ")"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Actions:
    recommended: Words
    priority: Words
    key: Words


@dataclass(frozen=True, kw_only=True)
class LanguageWords:
    """The words of reports in one language; the file says what each list is for."""

    recommendation: Words
    criterion: Words
    outcome: Words
    conclusion: Words
    findings: Words
    actions: _Actions
    after_actions: Words
    rated: Words
    earlier: Words
    effectiveness: Words
    linking: Words
    page: Words
    joining: Words
    ranging: Words
    criterion_ratings: Mapping[CriterionRating, Words]
    compliance: Mapping[ComplianceRating, Words]
    levels: Mapping[EffectivenessRating, Words]
    compliance_codes: Mapping[str, ComplianceRating]
    level_codes: Mapping[str, EffectivenessRating]


@dataclass(frozen=True, slots=True, kw_only=True)
class LaterCriteria:
    """Criteria that an edition received after its first reports were written."""

    edition: str
    criteria: Words
    since: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Page:
    languages: Mapping[str, LanguageWords]
    later_criteria: tuple[LaterCriteria, ...]


@cache
def load_report_words() -> _Page:
    """Return the words of all languages.

    Raises:
        FrameworkError: the file does not conform to its schema.
    """
    return load_value(data_folder("frameworks") / "report-words.json", _Page, "report-words.schema.json")


LEAD = r"^[^\w(\[]*(?:\(?[a-z]?\d{1,4}(?:\.\d{1,3})?[.)]\s+|\d{2,4}\s+)?[^\w(\[]*"
"""A bullet or the number of a paragraph, which may be before a heading on its line."""

NUMBER = r"(?P<first>\d{1,2})\s?[.\-]\s?(?P<second>\d{1,4})(?P<suffix>bis|ter|\s?مكرر)?"
BRACKET = r"[()\[\]{}]"
"""A bracket in either direction, because a PDF may mirror those of right-to-left text."""


class ReportPatterns:
    """The patterns for a report; English words count too, since many reports mix them."""

    def __init__(self, *languages: str) -> None:
        """`languages` are those of the text, the first of which decides what codes mean; without any, all are."""
        page = load_report_words()
        self._of = [page.languages[name] for name in dict.fromkeys((*(languages or page.languages), "en"))]

    def _all(self, field: str) -> str:
        return match_any(word for one in self._of for word in getattr(one, field))

    @cached_property
    def criterion(self) -> re.Pattern[str]:
        """A line that begins with the heading of a criterion; "rest" is what follows the number."""
        word = self._all("criterion")
        parts = rf"(?P<parts>(?:\s?{BRACKET}(?:[a-z]|[ivx]{{2,4}}){BRACKET})*)"
        return re.compile(
            rf"(?P<lead>{LEAD})(?P<word>{word})(?!\w)[\s.:°-]*(?:n[o°]?\.?\s*)?{NUMBER}(?!\d){parts}(?P<rest>.*)$"
        )

    @cached_property
    def bare_criterion(self) -> re.Pattern[str]:
        """A line that begins with the number of a criterion alone."""
        return re.compile(
            rf"(?P<lead>\W*){NUMBER}(?![\d.,]*\d)(?P<parts>(?:\s?\((?:[a-z]|[ivx]{{2,4}})\))*)(?P<rest>.*)$"
        )

    @cached_property
    def cut_heading(self) -> re.Pattern[str]:
        """A line that ends with the word for a criterion or Recommendation, whose number is on the next line."""
        return re.compile(rf"{LEAD}(?:{self._all('criterion')}|{self._all('recommendation')})[\s.:-]*$")

    @cached_property
    def more_criteria(self) -> re.Pattern[str]:
        """A further number in the heading of several criteria, joined or as the end of a range."""
        joining, ranging = self._all("joining"), self._all("ranging")
        word = rf"(?:{self._all('criterion')}[\s.]*)?"
        return re.compile(rf"\s*(?:(?P<range>{ranging}(?!\w)|-)|{joining}(?!\w)|[,/])\s*{word}{NUMBER}(?!\d)")

    @cached_property
    def recommendation(self) -> re.Pattern[str]:
        """A line that begins with the heading of a Recommendation."""
        word = self._all("recommendation")
        return re.compile(
            rf"{LEAD}(?P<word>{word})(?!\w)(?P<gap>[\s.:°-]*)(?:n[o°]?\.?\s*)?(?P<number>\d{{1,2}})(?!\d)(?P<rest>.*)$"
        )

    @cached_property
    def recommendation_reference(self) -> re.Pattern[str]:
        """A Recommendation that a sentence names."""
        return re.compile(rf"(?<!\w){self._all('recommendation')}[\s.:-]*(?P<number>\d{{1,2}})(?![\d.]*\d)")

    @cached_property
    def criterion_reference(self) -> re.Pattern[str]:
        """A criterion that a text names."""
        return re.compile(rf"(?<!\w){self._all('criterion')}(?!\w)[\s.:-]*{NUMBER}(?!\d)")

    @cached_property
    def outcome(self) -> re.Pattern[str]:
        """A line that is the heading of an Immediate Outcome."""
        return re.compile(
            rf"{LEAD}{self._all('outcome')}(?!\w)[\s.:°-]*(?P<number>\d{{1,2}})(?![\d.]*\d)(?P<rest>.{{0,90}})$"
        )

    @cached_property
    def outcome_reference(self) -> re.Pattern[str]:
        """An Immediate Outcome that a text names; "end" is that of a range like IO.6-8."""
        return re.compile(
            rf"(?<!\w){self._all('outcome')}[\s.:-]*(?P<number>\d{{1,2}})(?:\s?-\s?(?P<end>\d{{1,2}}))?(?![\d.]*\d)"
        )

    @cached_property
    def conclusion(self) -> re.Pattern[str]:
        """A line that begins with the heading of a conclusion."""
        return re.compile(rf"{LEAD}{self._all('conclusion')}\s*(?:$|[.:\-](?P<rest>.*)$)")

    @cached_property
    def findings(self) -> re.Pattern[str]:
        """A line that is the heading of key findings."""
        return re.compile(rf"{LEAD}{self._all('findings')}\W*$")

    @cached_property
    def actions(self) -> Mapping[str, re.Pattern[str]]:
        """A line that is the heading of recommended actions, by the kind of list; an outcome may follow."""
        rest = rf"(?P<rest>\W*(?:\(\w{{2,6}}\)\W*)?|[\s:.({{-]*{self._all('outcome')}[\s\d.,:)&-]*.{{0,60}})$"
        kinds = ("key", "priority", "recommended")
        return {
            kind: re.compile(LEAD + match_any(w for one in self._of for w in getattr(one.actions, kind)) + rest)
            for kind in kinds
        }

    @cached_property
    def after_actions(self) -> re.Pattern[str]:
        """Words that are in the paragraph after a list of recommended actions."""
        return re.compile(rf"(?<!\w){self._all('after_actions')}(?!\w)")

    @cached_property
    def page_number(self) -> re.Pattern[str]:
        """A line that has a page number alone, or one of how many."""
        word = rf"(?:{self._all('page')}[\W_]*)?"
        return re.compile(rf"[\W_]*{word}(\d{{1,4}})[\W_]*(?:{word}\d{{1,4}}[\W_]*)?")

    @cached_property
    def part(self) -> re.Pattern[str]:
        """A line that may begin a part of a report: one that a page head only looks like."""
        numbered = f"{self._all('criterion')}|{self._all('recommendation')}|{self._all('outcome')}"
        kinds = (word for one in self._of for words in (one.actions.recommended, one.actions.priority, one.actions.key)
                 for word in words)  # fmt: skip
        headings = f"{match_any(kinds)}|{self._all('conclusion')}|{self._all('findings')}"
        return re.compile(rf"{LEAD}(?:(?:{numbered})(?!\w)[\s.:°-]*\d|(?:{headings})(?!\w))")

    @cached_property
    def rated(self) -> re.Pattern[str]:
        """A verb or noun of rating."""
        return re.compile(rf"(?<!\w){self._all('rated')}(?!\w)")

    @cached_property
    def earlier(self) -> re.Pattern[str]:
        """Words that say that a rating is of an earlier report."""
        return re.compile(rf"(?<!\w){self._all('earlier')}(?!\w)")

    @cached_property
    def effectiveness(self) -> re.Pattern[str]:
        """Words for a level of effectiveness."""
        return re.compile(rf"(?<!\w){self._all('effectiveness')}(?!\w)")

    @cached_property
    def criterion_ratings(self) -> Mapping[str, CriterionRating]:
        """Ratings of criteria by their folded words."""
        return self._ratings("criterion_ratings")

    @cached_property
    def compliance(self) -> Mapping[str, ComplianceRating]:
        """Ratings of Recommendations by their folded words."""
        return self._ratings("compliance")

    @cached_property
    def levels(self) -> Mapping[str, EffectivenessRating]:
        """Levels of effectiveness by their folded words."""
        return self._ratings("levels")

    @cached_property
    def criterion_rating(self) -> str:
        """Any rating of a criterion, as a group."""
        return f"(?P<rating>{self._any_rating('criterion_ratings')})"

    @cached_property
    def compliance_phrase(self) -> re.Pattern[str]:
        """Any rating of a Recommendation in words."""
        return re.compile(rf"(?<!\w){self._any_rating('compliance')}(?!\w)")

    @cached_property
    def level_phrase(self) -> re.Pattern[str]:
        """Any level of effectiveness in words."""
        return re.compile(rf"(?<!\w){self._any_rating('levels')}(?!\w)")

    @cached_property
    def stated_rating(self) -> re.Pattern[str]:
        """A rating directly after the heading of a criterion."""
        linking = rf"(?:{self._all('linking')}[\s:]+){{0,5}}"
        return re.compile(
            rf"[\s\-:.,'\"«»“”*_{BRACKET[1:-1]}]*{linking}{self.criterion_rating}\s*(?:$|[.,;:*_”\-{BRACKET[1:-1]}])"
        )

    @cached_property
    def closing_rating(self) -> re.Pattern[str]:
        """A rating in brackets at the end of a passage."""
        return re.compile(
            rf"{BRACKET}\s*(?:{self._all('linking')}\s+){{0,3}}{self.criterion_rating}\s*{BRACKET}[\s.]*$"
        )

    @cached_property
    def sentence_rating(self) -> re.Pattern[str]:
        """A sentence that names a criterion and says directly after it how it is rated."""
        linking = rf"(?:{self._all('linking')}\s+){{1,5}}"
        return re.compile(
            rf"(?<!\w){self._all('criterion')}(?!\w)[\s.:-]*{NUMBER}(?!\d)"
            rf"(?P<parts>(?:\s?\((?:[a-z]|[ivx]{{2,4}})\))*)\s+{linking}{self.criterion_rating}\s*(?:$|[.,;:{BRACKET[1:-1]}])"
        )

    @cached_property
    def compliance_codes(self) -> Mapping[str, ComplianceRating]:
        """The codes of tables of ratings; those of the report's language decide."""
        return {code: rating for one in reversed(self._of) for code, rating in one.compliance_codes.items()}

    @cached_property
    def level_codes(self) -> Mapping[str, EffectivenessRating]:
        """The codes of levels of effectiveness in tables."""
        return dict(self._of[0].level_codes)

    def _any_rating(self, field: str) -> str:
        return match_any(word for one in self._of for words in getattr(one, field).values() for word in words)

    def _ratings(self, field: str) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for one in self._of:
            for rating, words in getattr(one, field).items():
                for word in words:
                    found.setdefault(_make_key(word), rating)
        return found


def _make_key(word: str) -> str:
    return re.sub(r"[\s-]+", "", fold(word))


def find_rating(found: str, ratings: Mapping[str, _Rating]) -> _Rating:
    """Return the rating that matched words mean."""
    return ratings[_make_key(found)]


def read_suffix(found: re.Match[str]) -> str:
    """Return the addition to the number of a criterion, as editions write it."""
    suffix = (found["suffix"] or "").strip()
    return "bis" if suffix == "مكرر" else suffix


def detect_language(text: str) -> str:
    """Return the language in which a report is written, by the words of its headings; English where none is found.

    >>> detect_language("Critère 1.1 – La Recommandation"), detect_language("Criterion 1.1")
    ('fr', 'en')
    """
    plain = fold(text[:2_000_000]) if len(text) < 4_096 else _fold_large(text)
    counts = {
        name: len(
            re.findall(rf"(?<!\w){match_any(w for w in (*one.recommendation, *one.criterion) if len(w) > 3)}", plain)
        )
        for name, one in load_report_words().languages.items()
    }
    return max(counts, key=lambda name: (counts[name], name == "en"))


def _fold_large(text: str) -> str:
    return "\n".join(map(fold, text.splitlines()))
