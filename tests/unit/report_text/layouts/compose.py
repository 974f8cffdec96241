"""A layout becomes the blocks of a report in a language, with the truth about its deficiencies, actions and ratings."""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterator

from fatf_kit.framework import load_framework
from tests.unit.report_text.layouts.document import (
    LIST_MARK,
    Block,
    Cell,
    PageBreak,
    SampleAction,
    SampleFactor,
    SampleHeading,
    SampleParagraph,
    SampleReport,
    Table,
    Truth,
)
from tests.unit.report_text.layouts.layout import SampleLayout, load_texts

LANGUAGES = ("en", "fr", "es", "ar")
_FIGURES = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
_CHAPTERS = (2, 9, 20, 24, 36)
"""Recommendations whose criteria are in the annex."""

_COMPLIANCE = ("C", "C", "LC", "LC", "LC", "PC", "PC", "NC")
_LEVELS = ("HE", "SE", "ME", "LE")
_CRITERION_RATINGS = ("met", "mostly met", "partly met", "not met")


def compose(layout: SampleLayout, language: str) -> SampleReport:
    """Return a report; the same layout and language give the same report."""
    return _Composer(layout, language).compose()


class _Composer:
    def __init__(self, layout: SampleLayout, language: str) -> None:
        self._layout, self._language = layout, language
        self._texts = load_texts()[language]
        self._chance = random.Random(layout.seed)  # noqa: S311 - no secret
        self._numbers = itertools.count(41)
        self._paragraphs = itertools.count(38)
        self._notes = itertools.count(1)
        self.truth = Truth()
        self._codes = {code: self._texts.get("codes", {}).get(code, code) for code in ("C", "LC", "PC", "NC")}
        self._units = {f"R.{number}": self._draw(*_COMPLIANCE) for number in range(1, 41)}
        self._units |= {f"R.{_CHAPTERS[1]}": "C", f"R.{_CHAPTERS[2]}": "PC"}
        self._levels = {f"IO.{number}": self._draw(*_LEVELS) for number in range(1, 12)}

    def compose(self) -> SampleReport:
        layout = self._layout
        blocks = [
            SampleHeading(text=self._texts["head"].upper() if self._language != "ar" else self._texts["head"]),
            *self._write_priorities(),
            *self._write_summary(),
            *(self._write_people() if layout.people_place == "after summary" else ()),
            PageBreak(columns=layout.columns),
            *self._write_chapter(),
            PageBreak(columns=layout.columns),
            *self._write_criteria(),
            PageBreak(),
            *self._write_factors(),
            *(self._write_people() if layout.people_place == "after factors" else ()),
            *self._write_followers(),
            *(self._write_annex() if layout.has_annex else ()),
            *(self._write_people() if layout.people_place == "end" else ()),
        ]
        self.truth.ratings = {**self._units, **self._rated_levels}
        return SampleReport(language=self._language, head=self._texts["head"], blocks=blocks, truth=self.truth)

    @property
    def _rated_levels(self) -> dict[str, str]:
        """The levels that are printed: all in a summary, else those of the chapter."""
        is_whole, chapter = self._layout.summary != "none", ("IO.6", "IO.7")
        return {unit: level for unit, level in self._levels.items() if is_whole or unit in chapter}

    def _draw(self, *values: str) -> str:
        return self._chance.choice(values)

    def _show(self, text: str) -> str:
        """Return a text with the digits of the layout."""
        is_arabic = self._language == "ar" and self._layout.has_arabic_digits
        return text.translate(_FIGURES) if is_arabic else text

    def _fill(self, key: str, **facts: object) -> str:
        return self._show(str(self._texts[key]).format(**facts))

    def _filler(self) -> str:
        text = self._draw(*self._texts["filler"])
        return self._show(text.format(n=next(self._numbers)))

    def _number(self) -> str:
        """Return the number of a paragraph with a space, where paragraphs have numbers."""
        return self._show(f"{next(self._paragraphs)}. ") if self._layout.has_numbers else ""

    def _mark(self, mark: str, place: int) -> str:
        """Return the mark of an item of a list before its text."""
        romans = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x")
        letters = "أبجدهوزح" if self._language == "ar" else "abcdefgh"
        match mark:
            case "list":
                return LIST_MARK
            case "":
                return ""
            case "1.":
                return self._show(f"{place}. ")
            case "a)":
                return f"{letters[place - 1]}) "
            case "i.":
                return f"{romans[place - 1]}. "
        return f"{mark} "

    def _write_list(self, items: list[SampleAction]) -> Iterator[Block]:
        mark = self._layout.action_mark
        for place, one in enumerate(items, start=1):
            self.truth.actions.append(one)
            yield SampleParagraph(text=self._mark(mark, place) + one.text)

    def _make_actions(self, kind: str, count: int, outcome: str, names: bool) -> list[SampleAction]:
        """Return so many actions; `names` says that their own texts name the outcome."""
        actions = []
        for text in self._chance.sample(self._texts["actions"], count):
            units = [outcome]
            named = []
            first = self._chance.randint(1, 38)
            form = self._chance.randint(0, 3)
            if names:
                named.append(self._texts["outcome_short"].format(n=outcome.removeprefix("IO.")))
            if form == 1:
                named.append(self._texts["other_unit"].format(n=first))
                units.append(f"R.{first}")
            elif form == 2:
                named.append(self._texts["several"].format(a=first, b=first + 1))
                units += [f"R.{first}", f"R.{first + 1}"]
            shown = f"({'; '.join(named)})" if named else ""
            full = self._show(" ".join(text.format(units=shown).replace(" .", ".").split()))
            full = full[0].upper() + full[1:]
            actions.append(SampleAction(kind=kind, units=tuple(units), text=full))
        return actions

    def _write_priorities(self) -> Iterator[Block]:
        kind = self._layout.priority
        if kind == "none":
            return
        list_kind = "key" if kind == "key" else "priority"
        yield SampleHeading(text=self._texts["lists"][list_kind])
        outcomes = [f"IO.{number}" for number in self._chance.sample(range(1, 12), 3)]
        if kind == "priority by outcome":
            for outcome in outcomes:
                yield SampleHeading(text=self._fill("outcome", n=outcome.removeprefix("IO.")))
                yield from self._write_list(self._make_actions(list_kind, 2, outcome, names=False))
            return
        items = [self._make_actions(list_kind, 1, one, names=True)[0] for one in (*outcomes, *outcomes[:2])]
        yield from self._write_list(items)

    def _write_summary(self) -> Iterator[Block]:
        if self._layout.summary == "none":
            return
        names = {key: self._texts["ratings"][key] for key in _LEVELS}
        yield PageBreak()
        yield SampleHeading(text=self._show(self._texts["summary"]))
        outcomes = [(self._fill("outcome_short", n=number), names[level].capitalize())
                    for number, level in enumerate(self._levels.values(), start=1)]  # fmt: skip
        yield from self._write_grid(outcomes, 4 if self._layout.summary == "grid of six" else 6)
        earlier = self._layout.is_follow_up
        yield SampleHeading(text=self._show(self._texts["before" if earlier else "compliance"]))
        shown = dict(self._units)
        if earlier:  # three ratings were one level lower before
            lower = {"C": "LC", "LC": "PC", "PC": "NC"}
            raised = self._chance.sample([unit for unit, code in shown.items() if code in lower], 3)
            shown |= {unit: lower[shown[unit]] for unit in raised}
        yield from self._write_ratings(shown, self._layout.summary)
        yield from self._write_remarks()

    def _write_ratings(self, shown: dict[str, str], kind: str) -> Iterator[Block]:
        self.truth.tables += 1
        rows = [(self._short(number), self._codes[code]) for number, code in enumerate(shown.values(), start=1)]
        if kind == "list":
            cells = tuple(((label,), (code,)) for label, code in rows)
            yield Table(rows=cells, widths=(50, 12), is_ratings=True)
        elif kind == "grid of ten":
            yield from self._write_grid(rows, 10)
        else:
            titled = [(f"{label} – {self._title(number)}", code) for number, (label, code) in enumerate(rows, start=1)]
            yield from self._write_grid(titled, 6)

    def _write_grid(self, pairs: list[tuple[str, str]], width: int) -> Iterator[Block]:
        rows: list[tuple[Cell, ...]] = []
        for start in range(0, len(pairs), width):
            part = pairs[start : start + width]
            rows += [tuple((label,) for label, _ in part), tuple((code,) for _, code in part)]
        yield Table(rows=tuple(rows), widths=(90 // width,) * width, is_grid=True, is_ratings=True)

    def _short(self, number: int) -> str:
        return self._fill("short", n=number)

    def _title(self, number: int) -> str:
        return str(self._texts["titles"][(number - 1) % len(self._texts["titles"])])

    def _write_people(self) -> Iterator[Block]:
        kind = self._layout.people
        people = self._texts["people"]
        if kind == "none":
            return
        self.truth.names = [name for _, name, _, _ in people]
        yield SampleHeading(text=self._texts["team" if self._layout.people_place != "end" else "contributors"])
        match kind:
            case "honorifics":
                for title, name, role, body in people:
                    yield SampleParagraph(text=f"{title} {name}, {body} ({role})")
            case "commas":
                for _, name, role, body in people:
                    yield SampleParagraph(text=f"{name}, {role}, {body}")
            case "table":
                rows = tuple(((f"{title} {name}",), (role,), (body,)) for title, name, role, body in people)
                yield Table(rows=rows, widths=(30, 25, 35))

    def _write_chapter(self) -> Iterator[Block]:
        yield SampleHeading(text=self._fill("chapter", n=3))
        yield SampleHeading(text=self._texts["findings"])
        for place, text in enumerate(self._texts["finding"], start=1):
            yield SampleParagraph(text=self._mark(self._layout.action_mark, place) + text)
        yield SampleHeading(text=self._texts["lists"]["recommended"])
        for outcome, count in (("IO.6", 4), ("IO.7", 3)):
            yield SampleHeading(text=self._fill("outcome", n=outcome.removeprefix("IO.")))
            yield SampleParagraph(text=self._texts["intro"])
            yield from self._write_list(self._make_actions("recommended", count, outcome, names=False))
        shown = self._fill("outcome_short", n="6-8" if self._language != "ar" else 6)
        yield SampleParagraph(text=self._number() + self._fill("relevant", units=shown))
        for number in (6, 7):
            unit, level = self._fill("outcome_short", n=number), self._levels[f"IO.{number}"]
            for _ in range(2):
                yield self._make_paragraph()
            rating = self._texts["ratings"][level]
            yield SampleParagraph(text=self._number() + self._fill("level", unit=unit, rating=rating))

    def _make_paragraph(self) -> SampleParagraph:
        text = self._number() + " ".join(self._filler() for _ in range(self._chance.randint(1, 3)))
        if not self._layout.has_notes or self._chance.random() > 0.4:
            return SampleParagraph(text=text)
        return SampleParagraph(text=text, note=f"{next(self._notes)} {self._filler()}")

    def _write_criteria(self) -> Iterator[Block]:
        framework = load_framework("fatf-2013")
        by_number = {int(unit.id.removeprefix("R.")): unit for unit in framework.recommendations}
        for number in _CHAPTERS:
            yield SampleHeading(text=f"{self._fill('recommendation', n=number)} – {self._title(number)}")
            code = self._units[f"R.{number}"]
            for criterion in by_number[number].criteria:
                yield from self._write_criterion(criterion.id, code)
            rating = self._texts["ratings"][code]
            yield SampleHeading(text=self._texts["conclusion"])
            sentence = self._fill("rated", n=number, rating=rating)
            yield SampleParagraph(text=f"{self._number()}{self._filler()} {sentence}")
        if self._layout.criteria == "none":
            ids = (one.id for number in _CHAPTERS for one in by_number[number].criteria)
            self.truth.criteria = dict.fromkeys(ids)
        self.truth.met = {
            criterion.id
            for number, unit in by_number.items()
            if self._units[f"R.{number}"] == "C"
            for criterion in unit.criteria
        }

    def _write_criterion(self, name: str, code: str) -> Iterator[Block]:
        rating = "met" if code == "C" else self._draw(*_CRITERION_RATINGS)
        self.truth.criteria[name] = rating
        number = name.partition("/")[2]
        shown = number.replace("bis", " مكرر") if self._language == "ar" else number
        label, word = self._fill("criterion", n=shown), self._texts["ratings"][rating]
        match self._layout.criteria:
            case "brackets":
                yield SampleParagraph(text=f"{self._number()}{label} ({word}) – {self._filler()}")
            case "own line":
                yield SampleHeading(text=f"{label} ({word.title() if self._language != 'ar' else word})")
                yield self._make_paragraph()
            case "sentence":
                yield SampleParagraph(text=f"{self._number()}{label} – {word.capitalize()}. {self._filler()}")
            case "none":
                yield SampleParagraph(text=f"{self._number()}{label} – {self._filler()}")

    def _write_factors(self) -> Iterator[Block]:
        layout = self._layout
        self.truth.tables += 1
        yield SampleHeading(text=self._texts["factors_caption"])
        is_parted = layout.label == "1. | title"
        names = self._texts["cells"]
        heads: list[Cell] = [(names[0],), (names[1],), (names[2],)]
        rows = [tuple([("",), *heads] if is_parted else heads)]
        for number in range(1, 41):
            label = self._label(number)
            code = self._units[f"R.{number}"]
            rows.append((*label, self._decorate(code), self._write_factor_cell(number, code)))
        widths = (6, 20, 8, 54) if is_parted else (24, 10, 54)
        if layout.decoration == "words":  # the longest word of a rating needs its place
            widths = (24, 14, 50)
        yield Table(
            rows=tuple(rows),
            widths=widths,
            first=1,
            is_split=layout.is_split,
            is_repeated=layout.has_repeated_cells,
            is_ratings=True,
        )

    def _label(self, number: int) -> tuple[Cell, ...]:
        title, shown = self._title(number), self._show(str(number))
        match self._layout.label:
            case "1. title":
                return ((f"{shown}. {title}",),)
            case "1 title":
                return ((f"{shown} {title}",),)
            case "R.1":
                return ((self._short(number),),)
            case "R.1 – title":
                return ((f"{self._short(number)} – {title}",),)
            case "1. | title":
                return ((f"{shown}.",), (title,))
        return ((f"{self._fill('recommendation', n=number)} – {title}",),)

    def _decorate(self, code: str) -> Cell:
        """Return the cell of a rating; the last code of two is that of this report."""
        shown = self._codes[code]
        follow_up = self._show(self._texts["of_follow_up"])
        match self._layout.decoration:
            case "two reports" if code in ("LC", "C") and self._chance.random() < 0.3:
                before = self._codes["PC"]
                return (f"{before} {self._texts['of_report']}", f"{shown} {follow_up}")
            case "follow-up" if self._chance.random() < 0.3:
                return (f"{shown} {follow_up}",)
            case "words":
                return (str(self._texts["ratings"][code]).capitalize(),)
            case "arrow" if self._chance.random() < 0.3:
                return (f"↑{shown}",)
        return (shown,)

    def _write_factor_cell(self, number: int, code: str) -> Cell:
        if code == "C":
            match self._layout.all_met:
                case "sentence":
                    return (self._texts["all_met"][0],)
                case "short sentence":
                    return (self._mark(self._layout.mark, 1) + self._draw(*self._texts["all_met"][1:]),)
                case "dash":
                    return ("–",)
            return ()
        texts = self._chance.sample(self._texts["factors"], self._chance.randint(1, 3))
        return tuple(
            self._mark(self._layout.mark, place) + self._make_factor(number, text)
            for place, text in enumerate(texts, start=1)
        )

    def _make_factor(self, number: int, template: str) -> str:
        unit = next(one for one in load_framework("fatf-2013").recommendations if one.id == f"R.{number}")
        criterion = self._chance.choice(unit.criteria).id
        form = self._draw(*self._texts["reference"])
        has_reference = "{ref}" in template and self._chance.random() < 0.7
        shown = criterion.partition("/")[2].replace("bis", "")
        criterion = criterion.replace("bis", "")
        reference = form.format(n=shown) if has_reference else ""
        other = self._texts["other_unit"].format(n=self._chance.choice([n for n in range(1, 41) if n != number]))
        text = template.format(ref=reference, n=next(self._numbers), other=other)
        text = self._show(" ".join(text.split()).replace(" .", ".").removesuffix(".") + self._layout.end)
        self.truth.factors.append(SampleFactor(unit=f"R.{number}", criteria=(criterion,) * has_reference, text=text))
        return text

    def _write_remarks(self) -> Iterator[Block]:
        """Yield the lines that explain a table below it."""
        if (follower := self._layout.follower) in ("source", "note"):
            yield SampleParagraph(text=self._show(self._texts[follower]))

    def _write_followers(self) -> Iterator[Block]:
        """Yield what comes after the table of factors."""
        yield from self._write_remarks()
        match self._layout.follower:
            case "glossary":
                yield Table(rows=tuple(((a,), (b,)) for a, b in self._texts["glossary"]), widths=(12, 60))
            case "sanctions":
                yield SampleHeading(text=self._show(self._texts["sanctions_caption"]))
                cells = tuple(tuple((self._show(text),) for text in row) for row in self._texts["sanctions"])
                yield Table(rows=cells, widths=(30, 12, 12), first=1)
            case "heading":
                yield SampleHeading(text=self._fill("chapter", n=9))
        for text in self._texts["afterwards"]:
            yield SampleParagraph(text=self._number() + self._show(text))

    def _write_annex(self) -> Iterator[Block]:
        yield from (PageBreak(), SampleHeading(text=self._texts["annex"]))
        yield from self._write_ratings(self._units, self._chance.choice(("list", "grid of ten", "grid of six")))
