"""The concordance as a page, as sheets, as CSV and as JSON (frameworks/schema/laws-concordance-1).

A page shows the first rows of a long table, and says so; the sheets have all of them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby, islice
from typing import TypeVar

from fatf_kit.core.messages import Translator
from fatf_kit.framework.model import Framework
from fatf_kit.laws.concordance import Concordance, InstrumentUse
from fatf_kit.laws.concordance_tables import ConcordanceTables, list_forms, list_unit_uses
from fatf_kit.laws.imprint import LawImprint
from fatf_kit.laws.payload import to_json
from fatf_kit.report.model import Block, Bullets, DataTable, KeyFigure, KeyFigures, Paragraph, Report, Section, Tone
from fatf_kit.report.results_table import ResultsTable

CONCORDANCE_SCHEMA = "fatf-kit/laws-concordance/1"

R = TypeVar("R")

_ROWS = 250
"""The most rows of a table in a document."""

_PER_UNIT = 12
"""The most instruments that a document names for one Recommendation."""

_IN_MATRIX, _ACROSS = 60, 10
"""The most rows and Recommendations of one table of the matrix in a document."""


def build_concordance_report(found: Concordance, framework: Framework, imprint: LawImprint, t: Translator) -> Report:
    """Return the concordance in the language of `framework`, with its sheets and its JSON.

    The first of the sheets has every article with the requirement that it serves.
    """
    tables = ConcordanceTables(found.register, framework, imprint, t)
    title, facts = t("Laws and Recommendations: concordance"), ((t("Edition"), imprint.edition),)
    document = imprint.make_document("laws-concordance", title, tuple(_sections(found, tables, t)), facts, t)
    return Report(document=document, tables=tuple(_sheets(found, tables)), payload=_make_payload(found, imprint))


def _sections(found: Concordance, tables: ConcordanceTables, t: Translator) -> Iterator[Section]:
    yield Section(anchor="summary", title=t("Summary"), blocks=(_figures(found, t), *_withheld(found, t)))
    yield _section(
        t,
        "translate-first",
        t(
            "The ratings of these Recommendations rest on the instrument: it is cited by criteria that count as "
            "shown. Instruments on which most ratings rest come first."
        ),
        tables.translations(),
        found.translations,
        t("Every instrument on which a rating rests is translated."),
        title=t("Translate first"),
    )
    answered = [one for one in found.without_article if one.answer]
    yield _section(
        t,
        "without-article",
        t("No article of a law in force is cited or linked. Ask the agency for the article, or link one."),
        tables.missing(),
        answered,
        t("Every criterion that applies and is answered has an article."),
        _unanswered(found, t),
    )
    yield _section(
        t,
        "unused",
        t("No answer cites them and no link joins them to a criterion. Link them, or leave them out."),
        tables.unused(),
        found.unused,
        t("Every provision serves a criterion."),
    )
    yield _section(
        t,
        "unclear",
        t("Confirm the instrument on the sheet of spellings, correct the answer, or add the instrument."),
        tables.unclear(),
        found.unclear,
        t("Every citation means an instrument of the register."),
    )
    yield _section(
        t,
        "conflicts",
        t("Agree on one title, kind and date, and ask the agencies to cite the number in the register."),
        tables.conflicts(),
        list_forms(found.conflicts),
        t("The agencies cite every instrument in the same way."),
    )
    units = list_unit_uses(found.uses)
    shown = [one for _, own in groupby(units, lambda one: one.unit) for one in islice(own, _PER_UNIT)]
    yield Section(
        anchor="by-unit",
        title=t("Articles by Recommendation"),
        blocks=(tables.unit_uses().in_document(shown, empty=t("none")), *_note(len(shown), len(units), t)),
    )
    used = sorted((one for one in found.instruments if one.criteria), key=lambda one: -len(one.criteria))
    yield _section(
        t,
        "by-instrument",
        t("Instruments that serve most criteria come first."),
        tables.instruments(),
        used,
        t("none"),
    )
    yield Section(
        anchor="matrix", title=t("Instruments and Recommendations"), blocks=tuple(_matrix(found, used, tables, t))
    )


def _sheets(found: Concordance, tables: ConcordanceTables) -> Iterator[DataTable]:
    yield tables.uses().in_sheet(found.uses)
    yield tables.translations().in_sheet(found.translations)
    yield tables.missing().in_sheet(found.without_article)
    yield tables.unused().in_sheet(found.unused)
    yield tables.unclear().in_sheet(found.unclear)
    yield tables.conflicts().in_sheet(list_forms(found.conflicts))
    yield tables.unit_uses().in_sheet(list_unit_uses(found.uses))
    yield tables.instruments().in_sheet(found.instruments)
    yield tables.matrix(found.recommendations).in_sheet(one for one in found.instruments if one.recommendations)


def _section(
    t: Translator,
    anchor: str,
    text: str,
    table: ResultsTable[R],
    rows: Sequence[R],
    empty: str,
    more: tuple[Block, ...] = (),
    title: str = "",
) -> Section:
    """Return a section with a text and a table, by default with the title of the table."""
    explained = (Paragraph(text=text),) if rows else ()
    shown = table.in_document(rows[:_ROWS], empty=empty)
    return Section(
        anchor=anchor, title=title or table.title, blocks=(*explained, shown, *_note(_ROWS, len(rows), t), *more)
    )


def _unanswered(found: Concordance, t: Translator) -> tuple[Block, ...]:
    """Return the list of criteria that have neither an article nor an answer."""
    ids = tuple(one.criterion for one in found.without_article if not one.answer)
    if not ids:
        return ()
    return (Paragraph(text=t("Not answered yet, and without an article:")), Bullets(items=ids, columns=4))


def _note(shown: int, total: int, t: Translator) -> tuple[Block, ...]:
    if total <= shown:
        return ()
    text = t.plural("{n} more row is in the Excel file.", "{n} more rows are in the Excel file.", total - shown)
    return (Paragraph(text=text, tone=Tone.SMALL),)


def _figures(found: Concordance, t: Translator) -> KeyFigures:
    possible = sum(bool(one.candidates) for one in found.unclear)
    figures = (
        (len(found.register.instruments), t("instruments in the register"), ""),
        (len(found.register.provisions), t("provisions in the register"), ""),
        (len(found.without_article), t("criteria without an article"), ""),
        (len(found.unused), t("provisions that serve no criterion"), ""),
        (len(found.translations), t("instruments to translate"), ""),
        (len(found.unclear), t("citations to clarify"), t("{n} of them with a possible match", n=possible)),
    )
    return KeyFigures(figures=tuple(KeyFigure(value=t.number(n), label=name, detail=more) for n, name, more in figures))


def _withheld(found: Concordance, t: Translator) -> tuple[Block, ...]:
    if not found.withheld:
        return ()
    text = t("Citations in answers above the reader's level of confidentiality are left out.")
    return (Paragraph(text=text, tone=Tone.SMALL),)


def _matrix(
    found: Concordance, used: Sequence[InstrumentUse], tables: ConcordanceTables, t: Translator
) -> Iterator[Block]:
    """Yield a table for each ten Recommendations, with the instruments that serve one of them."""
    text = t("Each cell is the number of criteria that the instrument serves. Empty cells mean none.")
    yield Paragraph(text=text)
    for at in range(0, len(found.recommendations), _ACROSS):
        some = found.recommendations[at : at + _ACROSS]
        rows = [one for one in used if not one.recommendations.keys().isdisjoint(some)]
        caption = f"{some[0]} – {some[-1]}"
        yield tables.matrix(some).in_document(rows[:_IN_MATRIX], name=f"laws-matrix-{at}", caption=caption)
        yield from _note(_IN_MATRIX, len(rows), t)


def _make_payload(found: Concordance, imprint: LawImprint) -> Mapping[str, object]:
    """Return the JSON of a concordance; instruments are named by their ids, provisions by these and the article."""
    lists = ("uses", "without_article", "unused", "instruments", "conflicts", "unclear")
    return {
        "schema": CONCORDANCE_SCHEMA,
        "day": str(imprint.today),
        "languages": list(imprint.languages),
        "withheld": found.withheld,
        **{name: to_json(getattr(found, name)) for name in lists},
        "translations": [
            {
                "instrument": one.use.instrument.id,
                "units": list(one.use.rated_units),
                "criteria": list(one.use.shown),
                "states": to_json(one.states),
            }
            for one in found.translations
        ],
    }
