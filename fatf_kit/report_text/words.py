"""The words of reports by language, and the patterns that are made of them.

They are compared in plain form (`fatf_kit.texts.folding`). Source: frameworks/report-words.json.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any, Generic, TypeVar

from fatf_kit.core.json_files import load_value
from fatf_kit.core.ratings import ComplianceRating, CriterionRating, EffectivenessRating
from fatf_kit.core.resources import data_folder
from fatf_kit.texts.folding import fold, match_any
from fatf_kit.texts.model import LineRules

Words = tuple[str, ...]
_Rating = TypeVar("_Rating")


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
    several: Words
    outcome: Words
    conclusion: Words
    findings: Words
    actions: _Actions
    after_actions: Words
    table_cells: Words
    factor_cells: Words
    fulfilled: Words
    remarks: Words
    captions: Words
    honorifics: Words
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
    path = data_folder("frameworks") / "report-words.json"
    return load_value(path, _Page, "report-words.schema.json")


_LONGEST_HEAD = 80
"""Letters of a line with headings of a table."""

LEAD = r"^[^\w(\[]*(?:\(?[a-z]?\d{1,4}(?:\.\d{1,3})?[.)]\s+|\d{2,4}\s+)?[^\w(\[]*"
"""A bullet or the number of a paragraph, which may be before a heading on its line."""

NUMBER = r"(?P<first>\d{1,2})\s?[.\-]\s?(?P<second>\d{1,4})(?P<suffix>bis|ter|\s?مكرر)?"
_PARTS = r"(?P<parts>(?:\s?\((?:[a-z]|[ivx]{2,4})\))*)"
BRACKET = r"[()\[\]{}]"
"""A bracket in either direction, because a PDF may mirror those of right-to-left text."""


class RatingWords(Generic[_Rating]):
    """The words of one scale of ratings in folded text, and the `codes` that tables of ratings have for them."""

    def __init__(self, words: Iterable[tuple[str, _Rating]], codes: Mapping[str, _Rating]) -> None:
        listed = tuple(words)
        self.by_word = {_make_key(word): rating for word, rating in reversed(listed)}
        self.codes = codes
        self.any = match_any(word for word, _ in listed)
        """A pattern for any of the words."""
        self.phrase = re.compile(rf"(?<!\w){self.any}(?!\w)")
        """Any of the words in a text."""

    def read(self, found: str) -> _Rating:
        """Return the rating that a code or matched words mean."""
        return self.codes[found] if found in self.codes else self.by_word[_make_key(found)]

    @cached_property
    def code(self) -> re.Pattern[str]:
        """Any of the codes in a text as it is printed."""
        return match_codes(self.codes)


def match_codes(codes: Iterable[str]) -> re.Pattern[str]:
    """Return a pattern for any of some codes between other words."""
    listed = "|".join(sorted(map(re.escape, codes), key=len, reverse=True))
    return re.compile(rf"(?<![\w/])(?<!\w\.)(?:{listed})(?![\w/]|\.\w)")


def _make_key(word: str) -> str:
    return re.sub(r"[\s-]+", "", fold(word))


class ReportPatterns:
    """The patterns for a report; English words count too, since many reports mix them."""

    def __init__(self, *languages: str) -> None:
        """`languages` are those of the text, the first of which decides what codes mean; without any, all are."""
        page = load_report_words()
        names = dict.fromkeys((*(languages or page.languages), "en"))
        self._of = [page.languages[name] for name in names]
        codes: dict[str, ComplianceRating] = {}
        for one in reversed(self._of):
            codes.update(one.compliance_codes)
        self.compliance: RatingWords[ComplianceRating] = self._read_scale("compliance", codes)
        levels = self._of[0].level_codes
        self.levels: RatingWords[EffectivenessRating] = self._read_scale("levels", levels)
        self.criteria: RatingWords[CriterionRating] = self._read_scale("criterion_ratings", {})
        self.after_actions, self.rated, self.earlier, self.effectiveness = (
            re.compile(rf"(?<!\w){self._all(name)}(?!\w)")
            for name in ("after_actions", "rated", "earlier", "effectiveness")
        )
        """Words after a list of actions; of rating; that say that a rating is of an earlier report; for a level."""
        units = [self._all(name) for name in ("criterion", "recommendation", "outcome")]
        cells = [cell for words in self._of for cell in (*words.table_cells, *words.factor_cells)]
        self._table_words = {word for cell in cells for word in re.findall(r"\w+", fold(cell))}
        self.factor_head = re.compile(rf"(?<!\w){self._all('factor_cells')}(?!\w)")
        """The heading of the column of factors in a table of ratings."""
        self._find_headings(*units)
        self._find_table_lines()
        self._find_references(*units)
        self._find_ratings()

    def _all(self, field: str) -> str:
        return match_any(word for one in self._of for word in getattr(one, field))

    def _read_scale(self, field: str, codes: Mapping[str, Any]) -> RatingWords[Any]:
        scales = [item for one in self._of for item in getattr(one, field).items()]
        return RatingWords(((word, rating) for rating, words in scales for word in words), codes)

    def _find_headings(self, criterion: str, recommendation: str, outcome: str) -> None:
        kinds = ("key", "priority", "recommended")
        actions = [one.actions for one in self._of]
        listed = {kind: match_any(w for one in actions for w in getattr(one, kind)) for kind in kinds}
        parts = rf"(?P<parts>(?:\s?{BRACKET}(?:[a-z]|[ivx]{{2,4}}){BRACKET})*)"
        self.criterion = re.compile(
            rf"(?P<lead>{LEAD})(?P<word>{criterion})(?!\w)[\s.:°-]*(?:n[o°]?\.?\s*)?{NUMBER}(?!\d){parts}(?P<rest>.*)$"
        )
        """A line that begins with the heading of a criterion; "rest" is what follows the number."""
        self.bare_criterion = re.compile(rf"(?P<lead>\W*){NUMBER}(?![\d.,]*\d){_PARTS}(?P<rest>.*)$")
        """A line that begins with the number of a criterion alone."""
        self.cut_heading = re.compile(rf"{LEAD}(?:{criterion}|{recommendation})[\s.:-]*$")
        """A line that ends with the word for a criterion or Recommendation, whose number is on the next line."""
        ends = rf"(?P<range>{self._all('ranging')}(?!\w)|-)|{self._all('joining')}(?!\w)|[,/]"
        self.more_criteria = re.compile(rf"\s*(?:{ends})\s*(?:{criterion}[\s.]*)?{NUMBER}(?!\d)")
        """A further number in the heading of several criteria, joined or as the end of a range."""
        self.recommendation = re.compile(
            rf"{LEAD}(?P<word>{recommendation})(?!\w)(?P<gap>[\s.:°-]*)(?:n[o°]?\.?\s*)?"
            rf"(?P<number>\d{{1,2}})(?!\d)(?P<rest>.*)$"
        )
        """A line that begins with the heading of a Recommendation."""
        self.outcome = re.compile(
            rf"{LEAD}{outcome}(?!\w)[\s.:°-]*(?P<number>\d{{1,2}})(?![\d.]*\d)(?P<rest>.{{0,90}})$"
        )
        """A line that is the heading of an Immediate Outcome."""
        conclusion, findings = self._all("conclusion"), self._all("findings")
        self.conclusion = re.compile(rf"{LEAD}{conclusion}\s*(?:$|[.:\-](?P<rest>.*)$)")
        """A line that begins with the heading of a conclusion."""
        self.findings = re.compile(rf"{LEAD}{findings}\W*$")
        """A line that is the heading of key findings."""
        rest = rf"(?P<rest>\W*(?:\(\w{{2,6}}\)\W*)?|[\s:.({{-]*{outcome}[\s\d.,:)&-]*.{{0,60}})$"
        self.actions = {kind: re.compile(LEAD + words + rest) for kind, words in listed.items()}
        """A line that is the heading of recommended actions, by the kind of list; an outcome may follow."""
        word = rf"(?:{self._all('page')}[\W_]*)?"
        self.page_number = re.compile(rf"[\W_]*{word}(\d{{1,4}})[\W_]*(?:{word}\d{{1,4}}[\W_]*)?")
        """A line that has a page number alone, or one of how many."""
        cut = {
            word.partition(" ")[0]
            for words in self._of
            for word in (*words.recommendation, *words.outcome)
            if " " in word
        }
        number = r"\d{1,2}(?![\d.,%]*\d|\s?%)"
        self.row_label = re.compile(
            rf"\W*(?:(?:(?:{recommendation}|{outcome})[\s.:-]*)?{number}|(?:{match_any(cut)}|{recommendation})\W*$)"
        )
        """A cell that begins with the label of a row of a table of ratings; a line may end within the label."""
        headings = "|".join((*listed.values(), conclusion, findings))
        self.part = re.compile(
            rf"{LEAD}(?:(?:{criterion}|{recommendation}|{outcome})(?!\w)[\s.:°-]*\d|(?:{headings})(?!\w))"
        )
        """A line that may begin a part of a report: one that a page head only looks like."""

    def _find_table_lines(self) -> None:
        remarks, captions, honorifics = (self._all(name) for name in ("remarks", "captions", "honorifics"))
        self._after_table = re.compile(
            rf"\W*(?:{remarks}\s?[:.\-]|{captions}\s+(?:\d|[a-z]\b|[ivx]+\b|\W?[\u0621-\u064a]\W)|{captions}$"
            rf"|{honorifics}\.?\s)"
        )
        """A line after a table: a note, the caption of another part, or a person of a list."""
        self._fulfilled = re.compile(rf"\W*{self._all('fulfilled')}(?:\W+\w.{{0,40}})?\W*$")
        """The text of a cell that says that nothing is missing."""

    def is_table_head(self, text: str) -> bool:
        """Return whether a line has nothing but words of the headings of a table of ratings.

        >>> patterns = ReportPatterns("en")
        >>> patterns.is_table_head("Factor(s) underlying the rating"), patterns.is_table_head("Rating of boats")
        (True, False)
        """
        words = re.findall(r"\w+", fold(text)) if len(text) < _LONGEST_HEAD else []
        return bool(words) and len(max(words, key=len)) > 3 and self._table_words.issuperset(words)

    def is_fulfilled(self, text: str) -> bool:
        """Return whether a text says that nothing is missing, or says nothing.

        >>> ReportPatterns("en").is_fulfilled("All criteria are met."), ReportPatterns("en").is_fulfilled("–")
        (True, True)
        """
        plain = fold(text)
        return not re.search(r"\w", plain) or self._fulfilled.match(plain) is not None

    def begins_caption(self, text: str) -> bool:
        """Return whether a line is the caption of a table or annex, a note, or a person of a list.

        >>> [ReportPatterns("en").begins_caption(line) for line in ("Source: lists of 2018", "Table 9. Fines", "Ships")]
        [True, True, False]
        """
        return self._after_table.match(fold(text)) is not None

    def begins_part(self, text: str) -> bool:
        """Return whether a line may be the heading of a Recommendation, criterion, outcome, list or conclusion."""
        return self.part.match(fold(text)) is not None

    def _find_references(self, criterion: str, recommendation: str, outcome: str) -> None:
        number, end = r"[\s.:-]*(?P<number>\d{1,2})", r"(?![\d.]*\d)"
        self.recommendation_reference = re.compile(rf"(?<!\w){recommendation}{number}{end}")
        """A Recommendation that a sentence names."""
        self.criterion_reference = re.compile(rf"(?<!\w){criterion}(?!\w)[\s.:-]*{NUMBER}(?!\d)")
        """A criterion that a text names."""
        span = r"(?:\s?-\s?(?P<end>\d{1,2}))?"
        self.outcome_reference = re.compile(rf"(?<!\w){outcome}{number}{span}{end}")
        """An Immediate Outcome that a text names; "end" is that of a range like IO.6-8."""
        several = match_any((*(word for words in self._of for word in (*words.several, *words.recommendation)),))
        self._series_start = re.compile(rf"(?<!\w){several}[\s.:-]*(?=\d)")
        joined = rf"(?:{self._all('joining')}|[,،/&]|(?P<range>-|{self._all('ranging')}\s))"
        self._series = re.compile(
            rf"(?P<number>\d{{1,2}})(?![\d.]*\d)(?:\s*{joined}\s*(?:{several}[\s.:-]*)?(?=\d{{1,2}}\s*(?:[)\].,;:،/&-]|$|{self._all('joining')})))?"
        )
        """One number of several Recommendations, and what joins the next one to it."""

    def list_outcomes(self, plain: str) -> Iterator[str]:
        """Yield the Immediate Outcomes that a folded text names, also those of a range, as they come.

        >>> list(ReportPatterns("en").list_outcomes("io.6-8 and io 2"))
        ['IO.6', 'IO.7', 'IO.8', 'IO.2']
        """
        for found in self.outcome_reference.finditer(plain):
            first, last = int(found["number"]), int(found["end"] or found["number"])
            yield from (f"IO.{number}" for number in range(min(first, last), max(first, last) + 1))

    def list_recommendations(self, plain: str) -> Iterator[int]:
        """Yield the numbers of the Recommendations that a folded text names, also of several together.

        >>> list(ReportPatterns("en").list_recommendations("(r.24 and 25; recommendations 5-7)"))
        [24, 25, 5, 6, 7]
        """
        for start in self._series_start.finditer(plain):
            place, last = start.end(), None
            while found := self._series.match(plain, place):
                number = int(found["number"])
                yield from range(last + 1 if last is not None and last < number < last + 10 else number, number + 1)
                last = number if found["range"] else None
                if found.end() == found.end("number"):
                    break
                place = found.end()

    def _find_ratings(self) -> None:
        linking, rating = self._all("linking"), f"(?P<rating>{self.criteria.any})"
        brackets = BRACKET[1:-1]
        self.stated_rating = re.compile(
            rf"[\s\-:.,'\"«»“”*_{brackets}]*(?:{linking}[\s:]+){{0,5}}{rating}\s*(?:$|[.,;:*_”\-{brackets}])"
        )
        """A rating directly after the heading of a criterion."""
        self.closing_rating = re.compile(rf"{BRACKET}\s*(?:{linking}\s+){{0,3}}{rating}\s*{BRACKET}[\s.]*$")
        """A rating in brackets at the end of a passage."""
        self.sentence_rating = re.compile(
            rf"{self.criterion_reference.pattern}{_PARTS}\s+(?:{linking}\s+){{1,5}}{rating}\s*(?:$|[.,;:{brackets}])"
        )
        """A sentence that names a criterion and says directly after it how it is rated."""


def read_suffix(found: re.Match[str]) -> str:
    """Return the addition to the number of a criterion, as editions write it."""
    suffix = (found["suffix"] or "").strip()
    return "bis" if suffix == "مكرر" else suffix


def detect_language(text: str) -> str:
    """Return the language in which a report is written, by the words of its headings; English where none is found.

    >>> detect_language("Critère 1.1 – La Recommandation"), detect_language("Criterion 1.1")
    ('fr', 'en')
    """
    plain = "\n".join(map(fold, text.splitlines()))
    counts = {}
    for name, one in load_report_words().languages.items():
        words = match_any(word for word in (*one.recommendation, *one.criterion) if len(word) > 3)
        counts[name] = len(re.findall(rf"(?<!\w){words}", plain))
    return max(counts, key=lambda name: (counts[name], name == "en"))


_LONE_CODE = re.compile(r"\W*(?:C|LC|PC|NC|MC|NA|[HSML]E?|[EABF])\W*")
_CODE = re.compile(r"(?<!\w)(?:C|LC|PC|NC|MC)(?!\w)")


@cache
def report_rules() -> LineRules:
    """Return what the lines of reports mean in all languages: the language is known only once a report is clean."""
    patterns = ReportPatterns()

    def begins_part(line: str) -> bool:
        is_cell = _LONE_CODE.fullmatch(line) is not None or patterns.is_fulfilled(line)
        return is_cell or patterns.begins_part(line)

    return LineRules(
        begins_part=begins_part,
        is_row=lambda line: begins_part(line) or _CODE.search(line) is not None,
        begins_row=lambda line: patterns.row_label.match(fold(line)) is not None,
        page_number=patterns.page_number,
    )
