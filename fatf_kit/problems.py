"""A bad cell, file or id as a value: where it is, what was found, what is allowed, what to do next.

Problems are collected and shown together; nothing is raised for them. Their codes are few and stable, so that a
script may rely on them. Rating cells are quoted; narrative and evidence never are, because a message may travel
further than the workbook.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum


class Level(StrEnum):
    """ERROR: an answer could not be used. WARNING: used, but look at it. NOTE: worth knowing."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True, kw_only=True)
class CellRef:
    """An address in a file. `sheet` and `cell` are None for the file as a whole; `cell` is like "E14".

    >>> str(CellRef(file="fiu.xlsx", sheet="R.10", cell="E14"))
    'fiu.xlsx, R.10!E14'
    """

    file: str
    sheet: str | None = None
    cell: str | None = None

    def __str__(self) -> str:
        place = "!".join(part for part in (self.sheet, self.cell) if part)
        return f"{self.file}, {place}" if place else self.file


@dataclass(frozen=True, slots=True, kw_only=True)
class ProblemCode:
    """A kind of problem. `template` says what was found and what is allowed, `next_step` what to do about it."""

    code: str
    level: Level
    title: str
    template: str
    next_step: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One problem. `ref` is None where no file is concerned, `requirement` where no single requirement is.

    `facts` fill the code's template, so that the same problem can be told in another language.
    """

    code: str
    facts: tuple[tuple[str, str], ...] = ()
    ref: CellRef | None = None
    requirement: str | None = None

    @property
    def level(self) -> Level:
        """How bad it is; belongs to the code."""
        return CODES[self.code].level

    @property
    def text(self) -> str:
        """What was found, what is allowed and one next step, in English."""
        return self.text_in(str)

    @property
    def message(self) -> str:
        """The whole line as a person reads it: address, text, code.

        >>> make_problem("cell-error", CellRef(file="a.xlsx", sheet="R.1", cell="C4"), found="#REF!").message
        "a.xlsx, R.1!C4: the cell holds the error '#REF!'. Type the value again.  [cell-error]"
        """
        return self.message_in(str)

    def message_in(self, translate: Callable[[str], str]) -> str:
        """The whole line in another language; address and code stay as they are."""
        place = [str(self.ref)] if self.ref else []
        if self.requirement:
            place.append(f"({self.requirement})")
        return f"{' '.join(place)}{': ' if place else ''}{self.text_in(translate)}  [{self.code}]"

    def text_in(self, translate: Callable[[str], str]) -> str:
        """The text in another language; `translate` takes an English template and gives its counterpart."""
        kind = CODES[self.code]
        facts = {key: translate(value) if key in _OUR_WORDS else value for key, value in self.facts}
        return f"{translate(kind.template).format_map(facts)} {translate(kind.next_step).format_map(facts)}".strip()


_OUR_WORDS = ("scale", "other")
"""Facts that are words of ours and not somebody's, so that they are told in the reader's language too."""


def make_problem(code: str, ref: CellRef | None = None, requirement: str | None = None, **facts: object) -> Problem:
    """A Problem of a known code, its text filled with `facts`.

    An unknown code or a missing fact is a mistake of ours and raises KeyError.

    >>> make_problem("file-empty", CellRef(file="a.xlsx")).level
    <Level.ERROR: 'error'>
    """
    made = Problem(code=code, facts=tuple((k, str(v)) for k, v in facts.items()), ref=ref, requirement=requirement)
    made.text  # noqa: B018 - a missing fact must fail here, where it is made, not in the report
    return made


def errors_in(problems: Iterable[Problem]) -> int:
    """How many of the problems are errors.

    >>> errors_in([make_problem("file-empty"), make_problem("stamp-missing")])
    1
    """
    return sum(problem.level is Level.ERROR for problem in problems)


def _table(*rows: tuple[str, Level, str, str, str]) -> dict[str, ProblemCode]:
    kinds = (ProblemCode(code=c, level=lv, title=t, template=found, next_step=step) for c, lv, t, found, step in rows)
    return {kind.code: kind for kind in kinds}


_E, _W, _N = Level.ERROR, Level.WARNING, Level.NOTE
_FRESH = "Save it again as an Excel workbook (.xlsx) from the program it was filled in, and send that copy."

CODES = _table(
    # The file as a whole
    ("file-empty", _E, "Empty file", "the file is empty.", "Ask the agency to send it again."),
    ("file-missing", _E, "No such file", "there is no such file or folder.", "Check the name and the folder."),
    ("file-unreadable", _E, "Cannot be opened", "the file cannot be opened: {why}.", "Check that it is closed in other programs and that you may read it."),
    ("file-foreign", _E, "Not a workbook", "this is {what}, not a workbook that fatf-kit reads.", _FRESH),
    ("file-encrypted", _E, "Password", "the workbook is protected by a password.", "Remove the password (File, Info, Protect) and save it again."),
    ("file-macros", _E, "Macros", "the workbook carries macros, which fatf-kit never opens.", "Save it as a workbook without macros (.xlsx)."),
    ("file-broken", _E, "Damaged", "the workbook is damaged or cut short ({why}).", _FRESH),
    ("file-too-large", _E, "Beyond the limits", "the workbook is beyond what is read safely: {what}; the limit is {limit}.", "Copy the answers into a fresh template."),
    ("workbook-not-ours", _E, "Not one of our templates", "no sheet has the columns of a fatf-kit template.", "Fill a template made by 'fatf-kit template'."),
    ("edition-other", _E, "Another edition", "the workbook was made for edition '{found}', not for '{wanted}'.", "Name the right edition with --edition."),
    ("edition-digest", _N, "Made from another content version", "the template was made from another version of this edition's texts.", "Answers are read by id; look at requirements that changed."),
    ("layout-newer", _E, "Newer layout", "the template has layout {found}; this fatf-kit reads up to layout {known}.", "Update fatf-kit."),
    ("stamp-missing", _W, "No stamp", "the hidden stamp of the template is gone, so the edition is taken from the command line or the ids.", "Check that the edition is right."),
    ("nothing-to-read", _E, "No workbook", "no workbook was found here.", "Put the filled templates (.xlsx, .ods, .xls) into this folder."),
    # Our own data files
    ("data-json", _E, "Not JSON", "the file is not valid JSON: {why}.", "Correct it in a text editor."),
    ("data-schema", _E, "Against the schema", "{why}.", "See frameworks/schema/{schema}."),
    ("data-rule", _E, "At odds with the rest", "{why}.", "{step}"),
    # Sheets and rows
    ("sheet-unknown", _N, "A sheet that is not ours", "the sheet has none of the template's columns and {cells} filled cells; nothing on it is read.", "Move answers on it into the template's rows."),
    ("sheet-columns", _E, "Columns missing", "the columns {missing} are missing; their answers cannot be read.", "Restore the hidden row of keys under the headings, or copy the answers into a fresh template."),
    ("id-unknown", _E, "Unknown id", "'{found}' is no requirement of {edition}.", "{hint}"),
    ("id-missing", _E, "Answer without an id", "the row has answers but no requirement id.", "Put the id into the first column."),
    ("id-duplicated", _E, "Two answers to one requirement", "the requirement is answered here and differently at {other}; the first answer is used.", "Keep one of the two."),
    ("cell-error", _E, "Error value", "the cell holds the error '{found}'.", "Type the value again."),
    ("formula-empty", _E, "Formula without a result", "the cell holds a formula whose result was never stored.", "Open the file in a spreadsheet program, save it and send it again, or type the value."),
    ("cell-stray", _W, "Text outside the table", "the cell lies outside the template's columns and is not read.", "Move it into 'explanation' or delete it."),
    ("cell-merged", _W, "Merged cells", "the cells are merged, and what they hold counts for {used} only.", "Unmerge them and fill in each cell."),
    ("text-cut", _W, "Too long for a cell", "the text has {length} characters; a cell holds at most {limit}, so the end may be lost.", "Move part of it to an annex and name that as evidence."),
    # Values
    ("rating-unknown", _E, "Unknown rating", "'{found}' is not a {scale}.", "Use one of: {allowed}.{hint}"),
    ("rating-wrong-scale", _E, "Rating from another scale", "'{found}' belongs to the {other}.", "Use one of: {allowed}."),
    ("rating-not-asked", _W, "Rating where none is asked", "'{found}' stands at a part of a core issue, where only words are asked; it is not used.", "Rate the core issue itself."),
    ("date-unknown", _E, "Unreadable date", "'{found}' in column '{column}' is not a date.", "Write it as year-month-day, like 2026-03-31."),
    ("date-ambiguous", _W, "Day or month first", "'{found}' in column '{column}' may be read two ways; it is taken as {read}.", "Write it as year-month-day."),
    ("confidentiality-unknown", _E, "Unknown confidentiality", "'{found}' is no level of confidentiality; the answer is treated as restricted.", "Use one of: public, government, restricted."),
    ("evidence-unknown", _W, "Evidence not in the register", "'{found}' is not in the sheet 'Evidence'.", "Add it to the register or correct the id."),
    ("evidence-kind-unknown", _W, "Unknown kind of evidence", "'{found}' is no kind of evidence; the item counts as a document.", "Use one of: {allowed}."),
    ("evidence-duplicated", _W, "Two items with one id", "the evidence id '{found}' is used twice; the first item is used.", "Give each item its own id."),
    ("cut-off-unknown", _W, "No cut-off date", "the cut-off date on the sheet 'Cover' cannot be read, so measures are counted as in force whatever their date.", "Give it with --cut-off as year-month-day."),
    # FATF's own table of ratings
    ("published-columns", _E, "Headings missing", "the columns {missing} are missing, so what they hold counts as not given.", "Restore the headings as FATF writes them and import again."),
    ("published-heading-twice", _W, "A heading twice", "the heading '{found}' stands in {other} too; the column there is used.", "Delete the column that is wrong and import again."),
    ("published-sheet", _W, "Another table of ratings", "this sheet has the headings of the ratings table too; only '{used}' is read.", "Import it from a workbook of its own, if it holds other reports."),
    ("published-row", _E, "Row not read", "the row is not read: {why}.", "Correct the row and import again."),
    ("published-name", _W, "Unknown jurisdiction", "'{found}' is no jurisdiction known here; the row is kept without a code.", "{hint}"),
    ("published-duplicate", _W, "Two rows for one report", "{label} of {name} stands in row {other} too; both rows are kept.", "Delete the one that is wrong."),
    ("published-edition", _N, "Methodology not named", "the table does not say which Methodology a report follows; by their dates {count} rows count as {newer}.", "Where that is wrong, name the edition with --edition or correct the written file."),
    # A table of ratings
    ("ratings-columns", _E, "Columns of ratings missing", "the first line must name the columns {columns}.", "Put these headings over the table and try again."),
    ("unit-unknown", _E, "Unknown Recommendation or outcome", "'{found}' is no Recommendation or outcome of {edition}; the line is not used.", "Write ids like R.10 and IO.3."),
    ("unit-rating", _E, "Unknown rating of a unit", "'{found}' is no rating of {unit}; the line is not used.", "Use one of: {allowed}; leave it blank where the rating is not known."),
    ("unit-twice", _E, "A unit twice", "{unit} stands in line {other} too; that line is used.", "Keep one of the two."),
    # A rehearsal of the on-site visit
    ("mock-nobody", _W, "Nobody to ask", "no agency answers for this core issue, so nobody is asked about it.", "Name one in assignment.csv."),
    ("mock-no-place", _W, "Interviews without a place", "{count} interviews do not fit into {days} days with {rooms} rooms.", "Give more rooms, or {needed} days."),
    ("mock-foreign", _E, "No sheet of a rehearsal", "no sheet has the columns of a mock visit.", "Give workbooks made by 'fatf-kit mock template'."),
    ("mock-columns", _E, "Columns missing", "the columns {missing} are missing; what stood in them cannot be read.", "Restore the hidden row of keys under the headings, or copy the scores into a fresh sheet."),
    ("mock-question", _E, "Unknown question", "'{found}' is no question of a rehearsal, so its score is not used.", "Restore the id in the first column."),
    ("mock-agency", _E, "No agency", "the row does not say which agency was asked, so its score is not used.", "Restore the id of the agency in the second column."),
    ("mock-text", _W, "Question changed", "the words of the question are not those that were sent out; the score is used all the same.", "Check what was asked; write remarks into 'Note'."),
    ("mock-score", _E, "Unknown score", "'{found}' is no score, so the answer counts as not scored.", "Use one of: {allowed}.{hint}"),
    ("mock-note", _W, "Note without a score", "there is a note and no score, so the answer counts as not scored.", "Choose a score."),
    ("mock-officials", _W, "Not a number", "'{found}' is no number of officials.", "Write a whole number."),
    # Answers that do not fit together
    ("criterion-above-parts", _W, "Better than its parts", "answered '{found}', but its parts amount to '{parts}' only; the criterion's own answer is used.", "Correct the criterion or its parts."),
    ("rating-missing", _W, "Narrative without a rating", "there is an answer in words but no rating, so the requirement counts as unanswered.", "Choose a rating."),
    ("copies-differ", _W, "Two copies of one sheet", "another copy answers differently at {other}; the first file's answer is used.", "Decide which copy is right."),
    ("cover-differs", _W, "Two covers", "another cover says something else at {other}, and that is used.", "Correct the cover that is wrong."),
    ("copy-same", _N, "The same copy twice", "the file is the same as {other} and is read once.", "Nothing to do."),
)  # fmt: skip
