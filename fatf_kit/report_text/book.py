"""The workbook of a country's last report is written here: actions and deficiencies to answer, and ratings compared."""

from __future__ import annotations

from collections.abc import Iterator

from fatf_kit.core.languages import remove_unreadable
from fatf_kit.core.messages import Translator
from fatf_kit.framework.model import Framework
from fatf_kit.report_text.comparison import Agreement, RollUpComparison
from fatf_kit.report_text.items import LIST_NAMES
from fatf_kit.report_text.model import ParsedReport
from fatf_kit.report_text.schema import ACTIONS, COMPARED, DEFICIENCIES, LAST_REPORT, STATES, ItemState
from fatf_kit.spreadsheets.cell_writer import BookWriter
from fatf_kit.spreadsheets.covers import write_cover
from fatf_kit.spreadsheets.sheet import CellValue
from fatf_kit.spreadsheets.stamp import write_stamp
from fatf_kit.spreadsheets.writer import Highlight, write_lists, write_table

FIRST_WORDS = 7
"""Words of an item that the workbook repeats, so that it can be found in the report; never a whole sentence."""

_LONGEST = 80  # letters of them
_Row = dict[str, CellValue | None]


def render_last_report(
    parsed: ParsedReport, comparison: RollUpComparison, framework: Framework, t: Translator, *, country: str = ""
) -> bytes:
    """Return the workbook; `framework` is the report's edition in the language of `t`, `country` its name there."""
    cell_writer = BookWriter(t.language)
    title = t("The last report")
    _write_cover(cell_writer, parsed, comparison, t, country)
    done = Highlight(f'{{state}}="{t(ItemState.DONE)}"', "state over")
    sheets = ((t("Recommended actions"), ACTIONS, _action_rows(parsed, t)),
              (t("Deficiencies"), DEFICIENCIES, _deficiency_rows(parsed)))  # fmt: skip
    for name, table, rows in sheets:
        filled = list(rows)
        write_table(cell_writer, name, table, filled, tab="#1F3A52", freeze=2, highlights=(done,))
    compared = list(_compared_rows(parsed, comparison, framework, t))
    name = t("Ratings compared")
    write_table(cell_writer, name, COMPARED, compared, tab="#5B6B79", spare=0, keyed=False)
    write_lists(cell_writer, (STATES,))
    facts = {"edition": parsed.edition, "report": parsed.source.name, "language": t.language}
    write_stamp(cell_writer, LAST_REPORT, title, facts)
    return cell_writer.finish()


def _write_cover(
    cell_writer: BookWriter, parsed: ParsedReport, comparison: RollUpComparison, t: Translator, country: str
) -> None:
    actions = t(
        "One row for each recommended action of the report. The first words only help to find it there: read the "
        "action in the report, and describe it in your own words."
    )
    factors = t("One row for each factor of the report's table of ratings, found in the same way.")
    counts = t("This line has counts only, without the country. You may send it back:")
    lines = (
        (t("Recommended actions"), actions),
        (t("Deficiencies"), factors),
        (t("Ratings compared"), comparison.describe(t)),
        (t("Pages"), describe_pages(parsed, t)),
        (t("Counts"), f"{counts} {comparison.counts_line}"),
    )
    subtitle = " – ".join(filter(None, (country, parsed.source.name)))
    write_cover(cell_writer, t("The last report"), subtitle, (("", lines),))


def describe_pages(parsed: ParsedReport, t: Translator) -> str:
    """Return what the page numbers mean."""
    if not parsed.source.pages:
        return t("The file has no pages, so that no page is named.")
    if parsed.source.has_printed_pages:
        return t("Page numbers are those printed in the report.")
    return t("Page numbers are those of the file, because the report prints none that could be read.")


def shorten(text: str) -> str:
    """Return the first words of an item.

    >>> shorten("The harbour office should count all ships that arrive by night.")
    'The harbour office should count all ships …'
    """
    words = remove_unreadable(text).split()
    most = min(FIRST_WORDS, max(2, len(words) * 2 // 3))
    first = " ".join(words[:most])[:_LONGEST].rstrip(" .,;:")
    return f"{first} …" if len(words) > most or len(first) == _LONGEST else first


def _action_rows(parsed: ParsedReport, t: Translator) -> Iterator[_Row]:
    for number, action in enumerate(parsed.actions, start=1):
        yield {
            "action": f"RA-{number:03}",
            "list": t(LIST_NAMES[action.kind]),
            "units": ", ".join(action.units),
            "page": action.page,
            "beginning": shorten(action.text),
        }


def _deficiency_rows(parsed: ParsedReport) -> Iterator[_Row]:
    for number, deficiency in enumerate(parsed.deficiencies, start=1):
        yield {
            "deficiency": f"D-{number:03}",
            "unit": deficiency.unit,
            "criteria": ", ".join(name.partition("/")[2] for name in deficiency.criteria),
            "page": deficiency.page,
            "beginning": shorten(deficiency.text),
        }


def _compared_rows(
    parsed: ParsedReport, comparison: RollUpComparison, framework: Framework, t: Translator
) -> Iterator[_Row]:
    results = {
        Agreement.AGREES: t("agrees"),
        Agreement.TOO_STRICT: t("too strict"),
        Agreement.TOO_MILD: t("too mild"),
        Agreement.OTHER: t("not applicable in one of the two"),
        None: "",
    }
    compared = {result.unit: result for result in comparison.units}
    table = comparison.published.ratings if comparison.published else {}
    for unit in framework.units:
        stated, result = parsed.ratings.get(unit.id), compared.get(unit.id)
        yield {
            "unit": unit.id,
            "title": unit.title,
            "stated": str(stated.rating) if stated else None,
            "page": stated.page if stated else None,
            "published": str(table[unit.id]) if unit.id in table else None,
            "rolled": str(result.rolled) if result and result.rolled else None,
            "result": results[result.agreement if result else None],
        }
