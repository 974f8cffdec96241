"""decisions.xlsx written: every question prefilled, and every row that people have touched kept as it is."""

from __future__ import annotations

from collections.abc import Sequence

from fatf_kit.assessment.decisions.reader import DecisionBook
from fatf_kit.assessment.decisions.schema import DECISION_BOOK, PREFILLED, ROWS, SCALES, TYPED, scale_of_decision
from fatf_kit.assessment.folder.model import AgencyRating, OpenQuestion, Workspace
from fatf_kit.core.languages import label
from fatf_kit.core.messages import Translator
from fatf_kit.core.national_words import base_language
from fatf_kit.framework.catalog import get_unit_id, index_requirements
from fatf_kit.framework.model import Framework
from fatf_kit.spreadsheets.cell_writer import BookWriter
from fatf_kit.spreadsheets.stamp import write_stamp
from fatf_kit.spreadsheets.values import Record
from fatf_kit.spreadsheets.words import format_ids
from fatf_kit.spreadsheets.writer import Highlight, RowValues, StyledCell, write_lists, write_table

_SPARE = 20
_TAB = "#B7791F"
_FILLED = f"COUNTA({','.join(f'{{{key}}}' for key in TYPED)})"
_HIGHLIGHTS = (
    Highlight(f"{_FILLED}={len(TYPED)}", "state over"),
    Highlight(f"{_FILLED}>0", "state blocked"),
)
"""Grey where a decision is complete, another colour where something of it is missing."""


def render_decisions(
    questions: Sequence[OpenQuestion], book: DecisionBook, workspace: Workspace, framework: Framework, language: str
) -> bytes:
    """Return the workbook's bytes: open questions in the Methodology's order, other decisions, then blank rows.

    What people typed into `book` is carried over word for word, whether it can be used or not. `framework` is the
    edition in `language`.
    """
    cell_writer = BookWriter(language, Translator(language)(workspace.settings.notice))
    heading = cell_writer.words["decision.heading"]
    write_table(
        cell_writer,
        cell_writer.words["sheet.decisions"],
        ROWS,
        _rows(cell_writer, questions, book, workspace, framework),
        tab=_TAB,
        heading=heading,
        above=(heading, " ".join(filter(None, (cell_writer.notice, cell_writer.words["decision.note"])))),
        spare=_SPARE,
        highlights=_HIGHLIGHTS,
    )
    write_lists(cell_writer, SCALES.values())
    write_stamp(cell_writer, DECISION_BOOK, heading, {"edition": framework.id, "language": language})
    return cell_writer.finish()


def _rows(
    cell_writer: BookWriter,
    questions: Sequence[OpenQuestion],
    book: DecisionBook,
    workspace: Workspace,
    framework: Framework,
) -> list[RowValues]:
    """Return questions with what was typed into their row before, and every other row with something typed in."""
    texts = {unit.id: unit.title for unit in framework.units}
    texts |= {name: one.statement for name, one in index_requirements(framework).items()}
    order = {name: number for number, name in enumerate(_in_order(framework))}
    waiting: dict[str, list[Record]] = {}
    for row in book.rows:
        waiting.setdefault(row.id, []).append(row)
    found: list[tuple[int, RowValues]] = []
    for question in questions:
        name = question.requirement
        typed = waiting.get(name, [])
        asked = " ".join(cell_writer.words[f"decision.why.{why.name.lower()}"] for why in question.why)
        statement = f"\n{texts[name]}" if texts.get(name) else ""
        cells: RowValues = {
            "requirement": name,
            "question": StyledCell(runs=(("run", asked), ("run quiet", statement))),
            "said": "\n".join(
                _write_answers(cell_writer, rating, name, workspace) for rating in question.agency_ratings
            ),
            "indicative": _indicative(cell_writer, scale_of_decision(name), question.indicative),
            **(_typed(typed.pop(0)) if typed else {}),
        }
        found.append((order.get(name, len(order)), cells))
    for name, rows in waiting.items():
        found += [(order.get(name, len(order)), {"requirement": name, **_kept(row), **_typed(row)}) for row in rows]
    return [cells for _, cells in sorted(found, key=lambda pair: pair[0])]


def _in_order(framework: Framework) -> list[str]:
    """Return units, each before what it contains."""
    found: dict[str, None] = {}
    for name in index_requirements(framework):
        found[get_unit_id(name)] = None
        found[name] = None
    return list(found)


def _kept(row: Record) -> RowValues:
    """Return what is printed in a row that asks nothing now; what people typed over it does not become ours."""
    return {key: StyledCell(value=row.values.get(key), typed=key in row.row.typed_over) for key in PREFILLED}


def _typed(row: Record) -> RowValues:
    """Return what people typed into a row; a value that can be read is written in the language of the workbook."""
    read = {"decided": row.choice("decided"), "day": row.date("day")}
    return {key: read.get(key) or row.values.get(key) for key in TYPED}


def _write_answers(cell_writer: BookWriter, rating: AgencyRating, requirement: str, workspace: Workspace) -> str:
    name = workspace.agency_name(rating.agency, cell_writer.language) or rating.place
    comma = "، " if base_language(cell_writer.language) == "ar" else ", "
    part = (
        "" if rating.requirement == requirement else f"{comma}{format_ids([rating.requirement], cell_writer.language)}"
    )
    scale = scale_of_decision(rating.requirement)
    said = label(scale, rating.rating, cell_writer.language)
    return Translator(cell_writer.language)("{name}: {text}", name=f"{name}{part}", text=said)


def _indicative(cell_writer: BookWriter, scale: str, pair: tuple[str, str] | None) -> str | None:
    if pair is None:
        return None
    worst, best = (SCALES[scale].label(value, cell_writer.language) for value in pair)
    return worst if worst == best else cell_writer.words["decision.range"].format(worst=worst, best=best)
