"""The table of the problems of cells, files and ids: few and stable codes, on which scripts can rely.

`found` in a text is what a person typed; `problems.quote_found` decides whether it is quoted.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class ProblemLevel(StrEnum):
    """The level of a problem: ERROR (an answer could not be used), WARNING (used, but to be checked) or NOTE."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True, kw_only=True)
class ProblemCode:
    """A kind of problem. `template` states what was found and what is allowed, `next_step` what to do.

    `singular` is the template for a problem whose fact `count` is 1; it is empty for a kind without a count.
    """

    code: str
    level: ProblemLevel
    title: str
    template: str
    next_step: str
    singular: str = ""


def _table(*rows: tuple[str, ProblemLevel, str, str | tuple[str, str], str]) -> dict[str, ProblemCode]:
    """Return the kinds by their codes; two templates in a row are those for one and for several."""
    kinds = {}
    for code, level, title, found, step in rows:
        singular, template = ("", found) if isinstance(found, str) else found
        kinds[code] = ProblemCode(
            code=code, level=level, title=title, template=template, next_step=step, singular=singular
        )
    return kinds


_E, _W, _N = ProblemLevel.ERROR, ProblemLevel.WARNING, ProblemLevel.NOTE
_FRESH = "Save it as an Excel workbook (.xlsx) from the program in which it was filled in, and send that copy."

CODES = _table(
    # The file as a whole
    ("file-empty", _E, "Empty file", "the file is empty.", "Ask the agency to send it again."),
    ("file-missing", _E, "No such file", "the file or folder does not exist.", "Check the name and the folder."),
    ("file-unreadable", _E, "Cannot be opened", "the file cannot be opened: {why}.", "Check that you have permission to read it and that no other program has it open."),
    ("file-network", _E, "On the network", "the file is on a network share, which may not respond, so it is not opened.", "Copy it to this computer and name the copy."),
    ("file-foreign", _E, "Not a workbook", "this is {what}, not a workbook that fatf-kit can read.", _FRESH),
    ("file-encrypted", _E, "Password", "the workbook is protected by a password.", "Remove the password (File, Info, Protect Workbook) and save the file again."),
    ("file-macros", _E, "Macros", "the workbook contains macros. fatf-kit never opens workbooks with macros.", "Save it as a workbook without macros (.xlsx)."),
    ("file-broken", _E, "Damaged", "the workbook is damaged or incomplete ({why}).", _FRESH),
    ("file-values-only", _W, "Old format", "fatf-kit reads only values from the old format .xls: cells that show an error count as blank, and comments, links and pictures are not read.", "Save the file as .xlsx and use that copy."),
    ("file-too-large", _E, "Too large", "the workbook is larger than fatf-kit can read safely: {what}. The limit is {limit}.", "Copy the answers into a new template."),
    ("workbook-not-ours", _E, "Another kind of workbook", "no sheet has the columns of {what}.", "Use a workbook made with '{command}'."),
    ("workbook-other-command", _E, "For another command", "this is {what}. Another command reads it: '{command}'.", "Use the file with that command."),
    ("edition-other", _E, "Another edition", "the workbook was made for edition '{found}', not for '{wanted}'.", "Read each edition separately with --edition, or transfer the answers to {wanted} with 'fatf-kit carry-forward'."),
    ("edition-digest", _N, "Made from another content version", "the template was made from another version of the edition's texts.", "Answers are matched by the id of the requirement. Review the requirements that have changed."),
    ("layout-newer", _E, "Newer layout", "the template has layout {found}. This version of fatf-kit reads layouts up to {known}.", "Update fatf-kit."),
    ("stamp-missing", _W, "No stamp", "the hidden stamp of the template is missing, so fatf-kit determines the edition from the command line or from the ids.", "Check that the edition is right."),
    ("nothing-to-read", _E, "No workbook", "the folder contains no workbook.", "Copy the completed templates (.xlsx, .ods, .xls) into this folder."),
    ("own-report", _N, "A report of fatf-kit", "this is a report that fatf-kit wrote, not a completed template, so it is not read.", "No action is needed."),
    ("files-scans", _W, "Pictures and scans", ("one picture or scan is not read, because answers in pictures cannot be read: {names}.", "{count} pictures and scans are not read, because answers in pictures cannot be read: {names}."), "Ask the agency for the workbook itself, or type the answers into its template."),
    ("files-locked", _W, "Signed or encrypted files", ("one file is signed or encrypted and is not opened: {names}.", "{count} files are signed or encrypted and are not opened: {names}."), "Remove the signature or the encryption, and copy the workbook itself into the folder."),
    ("files-packed", _W, "Archives", ("one archive is not unpacked: {names}.", "{count} archives are not unpacked: {names}."), "Unpack the archives, and copy the workbooks into the folder."),
    ("files-office", _W, "Formats of other offices", ("one file is in a format of another office program and is not read: {names}.", "{count} files are in formats of other office programs and are not read: {names}."), "If they contain answers, save them as Excel workbooks (.xlsx)."),
    ("files-cut", _W, "Incomplete files", ("one file is damaged or incomplete and is not read: {names}.", "{count} files are damaged or incomplete and are not read: {names}."), "If the folder does not contain them complete, ask the agency to send them again."),
    ("files-letters", _N, "Letters and documents", ("one document is not read as an answer: {names}.", "{count} documents are not read as answers: {names}."), "If they contain answers, copy the answers into a template."),
    ("files-unknown", _W, "Files of an unknown kind", ("one file is of an unknown kind and is not read: {names}.", "{count} files are of unknown kinds and are not read: {names}."), "Check whether they contain answers, and copy these into a template."),
    ("folder-inside", _N, "A folder within the folder", ("this folder within the folder contains one workbook, which is not read.", "this folder within the folder contains {count} workbooks, which are not read."), "Name this folder too, or move its workbooks into the main folder."),
    # Our own data files
    ("data-json", _E, "Not JSON", "the file is not valid JSON: {why}.", "Correct it in a text editor."),
    ("data-schema", _E, "Wrong form", "{why}.", "The allowed form is described in frameworks/schema/{schema}."),
    ("data-rule", _E, "Contradicts other data", "{why}.", "{step}"),
    # Sheets and rows
    ("sheet-unknown", _N, "Another sheet", ("the sheet has none of the template's columns, so its one filled cell is not read.", "the sheet has none of the template's columns, so its {count} filled cells are not read."), "If it contains answers, move them into the rows of the template."),
    ("sheet-columns", _E, "Columns missing", "these columns are missing: {missing}. Their answers cannot be read.", "Restore the hidden row below the headings, or copy the answers into a new template."),
    ("id-unknown", _E, "Unknown id", "'{found}' is not a requirement of {edition}.", "{hint}"),
    ("id-missing", _E, "Row without an id", "the row is filled in but has no id, so it is not read.", "Enter the id in the first column of the table, or clear the row."),
    ("id-duplicated", _E, "Two answers to one requirement", "the requirement has a different answer at {other}, and that answer is used.", "Delete one of the two answers."),
    ("cell-error", _E, "Error value", "the cell contains the error '{found}'.", "Enter the value again."),
    ("formula-empty", _E, "Formula without a result", "the cell contains a formula without a stored result.", "Open the file in a spreadsheet program and save it again, or enter the value."),
    ("cell-stray", _W, "Outside the cells to fill in", "the cell is not one to fill in, so it is not read.", "Move its content to a cell that is to be filled in, or delete it."),
    ("cell-locked", _W, "Printed text changed", "the text that fatf-kit printed in this cell was changed. The change is not read as an answer.", "Move what was typed to a cell that is to be filled in."),
    ("cell-link", _N, "Address behind a text", "the cell has a link, but the address of the link is not in the text of the cell, so the address is not read.", "Write the address out, preferably in the column 'Link' of the evidence register."),
    ("cell-merged", _W, "Merged cells", "the cells are merged, so their content counts for {used} only.", "Unmerge the cells and fill in each of them."),
    ("cell-comment", _W, "Comment on a cell", "the cell has a comment. Comments are not read.", "Move what should count into a cell of the table."),
    ("sheet-objects", _N, "Over the cells", ("the sheet contains a text box, a picture or an embedded file, which is not read.", "the sheet contains {count} text boxes, pictures or embedded files, which are not read."), "Enter what should count in the table, or send the file as evidence."),
    ("sheet-margins", _N, "In the printed header or footer", "the printed header or footer of the sheet contains words that are in no cell. These words are not read.", "Enter what should count in the table."),
    ("prints-missing", _N, "No record of the printed texts", "the hidden record of the texts that fatf-kit printed into the workbook is missing. Words typed over printed texts cannot be recognised and are not read.", "Check whether a printed cell contains an answer, and move the answer to a cell that is to be filled in."),
    ("text-cut", _W, "Too long for a cell", "the text has {length} characters. A cell contains at most {limit}, so the end may be lost.", "Move part of the text to an annex and cite the annex as evidence."),
    ("problems-more", _N, "More of the same", ("one more cell of this sheet has the problem [{same}]. It is not listed.", "{count} more cells of this sheet have the problem [{same}]. They are not listed."), "Correct the listed cells, and check again."),
    ("conflicts-more", _W, "More of the same conflict", ("one more problem [{same}] was found for this requirement or file; it is this one.", "{count} more problems [{same}] were found for this requirement or file. This is the first; the others are not listed."), "Resolve the listed conflicts first, and check again."),
    # Values
    ("rating-unknown", _E, "Unknown rating", "'{found}' is not a {scale}.", "Use one of: {allowed}. {hint}"),
    ("rating-wrong-scale", _E, "Rating from another scale", "'{found}' is a value of another scale: {other}.", "Use one of: {allowed}."),
    ("rating-not-asked", _W, "Rating not asked", "'{found}' is entered for a part of a core issue, which needs only a text. The rating is not used.", "Rate the core issue itself."),
    ("date-unknown", _E, "Unreadable date", "'{found}' in column '{column}' is not a date.", "Write the date as year-month-day, like 2026-03-31."),
    ("date-with-words", _E, "Words next to a date", "the cell in column '{column}' contains other words or dates next to '{found}', so no date is read from it.", "Leave one date in the cell, like 2026-03-31, and move the words to a text cell."),
    ("date-ambiguous", _W, "Day or month first", "'{found}' in column '{column}' can be read in two ways. It is read as {read}.", "Write the date as year-month-day."),
    ("confidentiality-unknown", _E, "Unknown confidentiality", "'{found}' is not a confidentiality level, so the answer is treated as restricted.", "Use one of: public, government, restricted."),
    ("evidence-unknown", _W, "Evidence not in the register", "'{found}' is not in the sheet 'Evidence'.", "Add it to the evidence register, or correct the id."),
    ("evidence-kind-unknown", _W, "Unknown kind of evidence", "'{found}' is not a kind of evidence, so the item counts as a document.", "Use one of: {allowed}."),
    ("evidence-duplicated", _W, "Two items with one id", "the evidence id '{found}' is used for another item at {other}, and that item is used.", "Give each item its own id."),
    ("cut-off-unknown", _W, "No cut-off date", "the cut-off date on the sheet 'Cover' cannot be read ('{found}'), so every measure counts as in force, whatever its date.", "Correct the date on the cover, or give it with --cut-off as year-month-day."),
    # An assessment folder
    ("folder-edition", _E, "No such edition", "'{found}' is not an edition of the Methodology.", "Use one of: {allowed}."),
    ("folder-country", _E, "No such country code", "'{found}' is not a three-letter ISO 3166 country code, and the settings give no country name.", "Write a code like IRQ, or give a name under 'names'."),
    ("visit-order", _E, "Visit ends before it begins", "the on-site visit begins on {begin} but ends on {end}, which is earlier.", "Correct one of the two dates."),
    ("visit-after-cut-off", _W, "Visit after the cut-off date", "the on-site visit ends on {visit}, after the cut-off date {cut_off}.", "FATF counts measures that are in force by the end of the visit. Correct one of the two dates."),
    ("sector-unknown", _E, "Unknown sector", "'{found}' is not a known sector and is not used.", "Use one of: {allowed}."),
    ("sector-twice", _E, "A sector twice", "the sector '{found}' is listed twice. The first entry is used.", "Delete one of the two entries."),
    ("control-outdated", _N, "Sheets to be written again", ("agencies or roles were changed; one line of the sheets is out of date.", "agencies or roles were changed; {count} lines of the sheets are out of date."), "Run 'fatf-kit update', or 'fatf-kit init --refresh'."),
    ("agency-removed", _N, "Agencies removed", ("one agency of this sheet is no longer on the sheet of agencies ({found}); its requirements follow the roles.", "{count} agencies of this sheet are no longer on the sheet of agencies ({found}); their requirements follow the roles."), "If this is not intended, add them to the sheet of agencies again."),
    ("weight-unknown", _E, "Unknown weight", "{found} is not a weight; the edition's own weight is used.", "Write 1, 2, 3 or 5."),
    ("fact-unknown", _E, "Answer that cannot be used", "'{found}' is not yes, no or a number; the answer counts as not known.", "Write yes, no or a number."),
    ("control-sheet", _E, "Sheet missing", "the workbook has no sheet of {what}.", "Copy the sheet from the earlier file in history/."),
    ("weight-unexplained", _E, "Weight without a reason", "the weight of {found} has no reason, so the edition's own weight is used.", "Write the reason next to the weight."),
    ("weight-twice", _E, "Two weights", "{found} has two weights. The first weight is used.", "Delete one of the two weights."),
    ("table-quote", _E, "Quotation mark not closed", "a cell begins with a quotation mark that is not closed, so the lines after it become part of the cell. The table is not read.", "Close the quotation mark, or double it if it is part of the text."),
    ("table-encoding", _E, "Not UTF-8", "the file is not saved as UTF-8 text, so names would be misread.", "Save it from Excel as 'CSV UTF-8 (Comma delimited)'."),
    ("table-columns", _E, "Columns missing", "the first line does not name all of the columns {columns}.", "Write these headings in the first line, and try again."),
    ("table-column", _W, "A column missing", "the table has no column '{column}', so this column counts as blank. The heading '{heading}' may be a misspelling of it.", "Correct the heading."),
    ("table-copy", _W, "A second copy", "this file seems to be a copy of {used}. Only {used} is read.", "Copy what has changed into {used}, or move this file out of the folder."),
    ("agency-id", _E, "Id that cannot be used", "'{found}' cannot be the id of an agency, because ids are also used in file names. The row is not used.", "Use up to 40 lowercase letters, digits and hyphens, like central-bank."),
    ("agency-twice", _E, "An agency twice", "the agency '{found}' is also in row {other}, and that row is used.", "Delete one of the two rows."),
    ("agency-name", _W, "Agency without a name", "the agency '{found}' has no name in any language, so its id is shown instead.", "Write the name that should appear on the workbooks."),
    ("agency-language", _E, "Unknown language", "'{found}' is not a language of fatf-kit, so {used} is used.", "Use one of: {allowed}."),
    ("role-unknown", _E, "Unknown role", "'{found}' is not a role and is not used.", "Use one of: {allowed}."),
    ("agency-unknown", _E, "Unknown agency", ("'{found}' is not an agency of the sheet Agencies, and one line that names it is read without it.", "'{found}' is not an agency of the sheet Agencies, and {count} lines that name it are read without it."), "Add it to the sheet Agencies, or correct the id. {hint}"),
    ("assignment-twice", _E, "A requirement twice", "the requirement is also in row {other}, and that row is used.", "Delete one of the two rows."),
    ("assignment-open", _N, "No lead agency", ("one criterion or core issue has no lead agency: {found}. If agencies differ on it, the lowest answer is used.", "{count} criteria and core issues have no lead agency, among them {found}. If agencies differ on one, the lowest answer is used."), "Name a lead agency on the sheet Assignment, or the agency that has the role."),
    ("workbook-misplaced", _W, "Answers in the wrong folder", ("the workbook contains one row of answers, but fatf-kit reads only the folder responses/.", "the workbook contains {count} rows of answers, but fatf-kit reads only the folder responses/."), "Move the workbook into responses/ if an agency has sent it."),
    ("workbook-outdated", _N, "Workbook for an earlier assignment", "the workbook of '{agency}' was made for an earlier assignment. Requirements added since: {added}; removed: {removed}; lead or support changed: {moved}.", "Write it again with 'fatf-kit template --agency {agency} --prefill responses --force', and send it to the agency."),
    ("prefill-homeless", _W, "Not copied into any workbook", ("one earlier entry could not be copied into any workbook: its agency is not in this folder, it has no lead agency, or no answer cites it.", "{count} earlier entries could not be copied into any workbook; this is the first. Their agency is not in this folder, they have no lead agency, or no answer cites them."), "Name the agency in the sheet Agencies or a lead agency on the sheet Assignment, or copy the entries by hand."),
    ("agency-unnamed", _W, "Agency not named", "neither the hidden stamp of the template nor the cover names an agency of this folder.", "Write the agency's name on the sheet 'Cover'."),
    ("cover-agency", _W, "Another agency on the cover", "the cover names another agency than {agency}, for which the template was made. The answers count as answers of {agency}.", "Check which agency gave the answers. Each agency should fill in its own template."),
    ("cover-country-name", _W, "No name of a country", "'{found}' is not the name of a country and is not used.", "Write the name on the sheet 'Cover'."),
    ("cover-country", _W, "Another country", "the cover names another country than the settings of the folder.", "Check that the workbook belongs in this folder."),
    ("cover-cut-off", _W, "Another cut-off date", "the cover gives the cut-off date {found}, but the settings of the folder give {wanted}. The settings are used.", "Correct the wrong date."),
    ("answer-unassigned", _W, "Answer outside the assignment", "{agency} answered without being asked: the sheet Assignment assigns this requirement to {asked}. The answer is kept.", "Correct the sheet Assignment, or ask the agency."),
    ("answers-conflict", _W, "Agencies disagree", "{agency} ({answer}) and {other_agency} disagree on {number}. {basis} ({other_agency}: {chosen}) is used until you decide in decisions.xlsx.", "Compare it with the answer at {place} before you decide."),
    ("decision-incomplete", _E, "Decision not complete", "the decision is not used, because these are missing: {lacking}.", "Enter the decision, the reason, the office that decided and the day."),
    ("decision-twice", _E, "Decided twice", "the requirement has another decision at {place}, and that decision is used.", "Delete one of the two decisions."),
    ("decisions-kept", _W, "Decisions not updated", "the file was not updated, because part of it cannot be read.", "Correct the file or move it away, and run 'fatf-kit score' again."),
    # FATF's own table of ratings
    ("published-columns", _E, "Headings missing", "these columns are missing: {missing}. Their values count as not given.", "Restore FATF's headings, and import the file again."),
    ("published-heading-twice", _W, "A heading twice", "the heading '{found}' is also in {other}, and that column is used.", "Delete the wrong column, and import the file again."),
    ("published-sheet", _W, "Another table of ratings", "this sheet also has the headings of the ratings table. Only the sheet '{used}' is read.", "If this sheet contains other reports, import it from a separate workbook."),
    ("published-row", _E, "Row not read", "the row is not read: {why}.", "Correct the row, and import the file again."),
    ("published-cell", _W, "Value not known", "'{found}' is not {what}. Allowed: {allowed}. The value counts as not known; the rest of the row is read.", "Check the value in the published report, and correct the imported file."),
    ("published-notes", _N, "Key and notes", ("one row below the table is its key or a note, not a report, and is not read (row {rows}).", "{count} rows below the table are its key and notes, not reports, and are not read (rows {rows})."), "Check these rows only if a report is missing."),
    ("published-name", _W, "Unknown jurisdiction", "'{found}' is not a known jurisdiction. The row is kept without a country code.", "Write the code in the column iso3 of the imported file. {hint}"),
    ("published-duplicate", _W, "Two rows for one report", "{label} of {name} is also in row {other}. Both rows are kept.", "Delete the wrong row."),
    ("published-edition", _N, "Methodology not named", ("the table does not name the Methodology of its reports. By its date, one report counts as assessed under {newer}.", "the table does not name the Methodology of its reports. By their dates, {count} reports count as assessed under {newer}."), "If this is wrong, name the edition with --edition, or correct the imported file."),
    # Figures and cases
    ("figure-not-whole", _W, "Not a whole number", "'{found}' is not a whole number, although cases, persons or items are counted here.", "Correct the number, or explain in the notes what is counted."),
    ("figure-line-unknown", _E, "Unknown line", "'{found}' is not a line of the tables, so its figures are not read.", "{hint}"),
    ("figure-twice", _E, "A line twice", "the line has another figure at {place}, and that figure is used.", "Delete one of the two figures."),
    ("figure-years", _E, "Years missing", "no column of the sheet has a year as its heading, so the figures cannot be read.", "Write the year above each column."),
    ("figures-differ", _E, "Two agencies, two figures", "another agency gives a different figure for {year} at {place}, and that figure is used.", "Agree on one figure."),
    ("statistics-years-unsaid", _W, "Kind of years not stated", "the cover does not state the kind of years, so they count as calendar years.", "Fill in the field on the cover."),
    ("statistics-currency-unsaid", _W, "Currency not stated", "the cover states no currency, so the amounts count as amounts in the currency of the other workbooks.", "Write the three-letter code of the currency on the cover."),
    ("statistics-currency-differs", _E, "Another currency", "the amounts are in {found}, but the other workbooks use {wanted}. These amounts are left out of sums.", "Give all amounts in one currency."),
    ("risks-twice", _W, "Two risk assessments", "another workbook rates this risk differently at {place}, and that rating is used.", "Keep one sheet of risks."),
    ("case-core-issue-unknown", _W, "Unknown core issue", "'{found}' is not a core issue of this outcome.", "Write numbers like 7.1, 7.2."),
    ("case-year-unknown", _W, "Unknown year", "'{found}' is not a year, so the case is counted without a year.", "Write four digits, like 2024."),
    ("case-person", _W, "Possible name of a person", "the text seems to name a person, so it is left out of every report.", "Write 'a company director' or similar instead of the name."),
    ("case-person-column", _E, "A column of names", "the column '{found}' is for names of persons, which are never asked. The column is not read.", "Delete the column."),
    ("case-thin", _W, "Incomplete case", "the case does not state what was done, the result and what the case shows.", "Fill in all three cells."),
    # A table of ratings
    ("ratings-columns", _E, "Columns of ratings missing", "the first line does not name the columns {columns}.", "Write these headings in the first line, and try again."),
    ("unit-unknown", _E, "Unknown Recommendation or outcome", "'{found}' is not a Recommendation or Immediate Outcome of {edition}, so the line is not used.", "Write ids like R.10 and IO.3."),
    ("unit-rating", _E, "Unknown rating of a unit", "'{found}' is not a rating of {unit}, so the line is not used.", "Use one of: {allowed}. Leave the cell blank if the rating is not known."),
    ("unit-twice", _E, "A unit twice", "{unit} is also in line {other}, and that line is used.", "Delete one of the two lines."),
    # Tables that people go on working in
    ("cell-outside", _N, "Next to the table", "the cell is next to the table, outside its columns, and is not read.", "Move what should count into the columns of the table."),
    ("row-above", _W, "Row above the headings", "the cells are above the headings of the table and are not read.", "Move the row below the headings."),
    ("row-nameless", _W, "Row without a name", "the row is filled in, but its column '{column}' is empty, so the row is not used.", "Fill in that column, or clear the row."),
    # Plans and follow-up
    ("plan-baseline", _E, "Baseline missing", "the hidden sheet with the ratings at the start is missing, so ratings cannot be projected.", "Make a new workbook with 'fatf-kit plan', and copy the rows into it."),
    ("choice-unknown", _E, "Not in the list", "'{found}' is not in the list.", "Use one of: {allowed}."),
    ("action-twice", _E, "An action twice", "the id '{found}' is used twice. The first row is used.", "Give each action its own id."),
    ("action-unknown", _E, "Unknown action", "'{found}' is not an action of this plan.", "Correct the id, or delete it."),
    ("action-gap", _E, "Unknown requirement", "'{found}' is not a requirement in the baseline of this plan, so closing it changes nothing.", "Write whole ids, like R.10/10.7."),
    ("action-undone", _W, "A day, but not done", "the action has a completion date, but its status is '{what}', so it does not count as done.", "Set the status to done, or delete the date."),
    ("action-later", _W, "Completed later", "the action was completed on {day}, after {today}. Until then it counts as under way.", "Correct the date if it is wrong."),
    ("number-unknown", _E, "Not a number", "'{found}' in column '{column}' is not a number of 0 or more, or can be read in two ways. It is not used.", "Write a number without a unit and without thousands separators."),
    ("whole-unknown", _E, "Not a whole number", "'{found}' in column '{column}' is not a whole number of 0 or more. It is not used.", "Write a whole number."),
    ("count-unknown", _E, "Not a whole number", "'{found}' in column '{column}' is not a whole number of 1 or more. It is not used.", "Write a whole number."),
    # The register of laws
    ("law-unnumbered", _E, "Instrument without a number", "'{found}' in the first column is not a number like L-001, so the row is not used.", "Write the letter L, a hyphen and three digits."),
    ("law-twice", _E, "A number twice", "the number {found} is also at {other}, and that row is used.", "Give each instrument its own number."),
    ("law-untitled", _E, "Instrument without a title", "{found} has no title in any language, so the row is not used.", "Write its title in at least one language."),
    ("law-unknown", _E, "Unknown instrument", "'{found}' does not begin with the number of an instrument in this register, so it is not used.", "Write the number from the sheet of instruments, like L-003, or add the instrument there."),
    ("law-article-missing", _E, "Article missing", "'{found}' names no article, so the row is not used.", "Write the number of the instrument and the article, like L-003 art. 12."),
    ("law-dates", _E, "Ends before it begins", "the day until which it is in force ({end}) is before the day from which it is ({start}).", "Correct one of the two dates."),
    ("law-same", _W, "The same instrument twice", "{other} has the same kind, number and year.", "If both rows are one instrument, keep one of them and correct the rows that name the other."),
    ("law-amends-loop", _E, "Amendments in a circle", "the instruments amend each other in a circle: {chain}.", "Remove one of them from the column of amended instruments."),
    ("law-no-date", _N, "No date of entry into force", "the instrument is in force, but no date is given from which it is.", "Enter the date."),
    ("law-end-undated", _W, "No last day", "the instrument is {status}, but no last day is given, so it does not count at all.", "Enter the last day on which it applied."),
    ("law-status-change", _W, "Change of status", "the status was '{before}' and is now '{after}', which cannot follow.", "Check the status; '{after}' is used."),
    ("law-ended-cited", _W, "Ended, but cited", ("{law} no longer applies, but one answer cites it: {names}.", "{law} no longer applies, but {count} answers cite it: {names}."), "Cite the instrument that replaced it."),
    ("law-date-differs", _N, "Another date in an answer", "the answer gives {found} as the date of entry into force, but the register gives {used} for {law}. The register is used.", "Correct the wrong one of the two dates."),
    ("law-near", _W, "Does it mean this instrument?", ("'{found}' may mean {law}, but the {difference} differs or is missing. It is cited in one answer and not matched.", "'{found}' may mean {law}, but the {difference} differs or is missing. It is cited in {count} answers and not matched."), "Decide it on the sheet of spellings of laws.xlsx, or correct the citation."),
    ("provision-twice", _W, "A provision twice", "the provision is also at {other}, and that row is used.", "Delete one of the two rows."),
    ("provision-early", _W, "In force before its instrument", "the provision is in force from {found}, but its instrument from {start}.", "Correct one of the two dates."),
    ("translation-language", _E, "Translation without a language", "the row does not name the language of the translation.", "Write the language."),
    ("translation-stale", _W, "Translation out of date", "the translation is of the text of {found}, but the text that counts at the visit is that of {changed}.", "Have the changes translated."),
    ("translation-version", _W, "Translation of another text", "the translation was made on {made}, but it is of the text of {found}, not of that of {changed}.", "Check which text was translated."),
    ("bill-status", _W, "Not a bill", "{law} is {status}, so its row on the sheet of bills is not used.", "Give it the status bill or drafting, or enter its provisions and what they show."),
    ("bill-unrated", _E, "Answer missing", "the row gives no answer for the clause, so it is not used.", "Choose an answer."),
    ("bill-lowers", _W, "A bill that lowers an answer", "with {clause} the answer would be {after}, but it is {before} today.", "Check the answer; it is used as it is."),
    ("bills-overlap", _N, "Two bills for one criterion", "{clause} also changes this requirement. Their effects are calculated separately and together.", "Check that both are needed."),
    ("laws-kept", _W, "Register not updated", "the file was not updated, because part of it cannot be read.", "Correct the problems listed, and run 'fatf-kit laws propose' again."),
    # The training record
    ("training-unnumbered", _E, "Session without a number", "'{found}' is not the number of a session, so the row is not used.", "Write the letter T, a hyphen and two digits, like T-01."),
    ("training-twice", _E, "A session twice", "the session {session} is also at {other}, and that row is used.", "Give each session its own number."),
    ("training-undated", _W, "Session without a date", "the session {session} has no date. It is counted, but in no half-year.", "Enter its first day."),
    ("training-future", _W, "Session in the future", "the session {session} begins on {day}, after {today}, so it is not counted yet.", "Correct the date if it is wrong."),
    ("training-session", _E, "Unknown session", "'{found}' is not a session of this record, so the row is not used.", "Write the number of a session, like T-01, or add the session."),
    ("training-agency-twice", _E, "An agency twice in one session", "{agency} is also at {other} for the session {session}, and that row is used.", "Write the counts of both rows into one row."),
    ("training-sum", _W, "Counts that do not add up", "the counts by sex are {added} together, but the total is {total}. The counts by sex are used.", "Correct one of the counts."),
    ("training-empty", _N, "Session without participants", "no participants are entered for the session {session}.", "Enter their numbers on the sheet of participants."),
    ("training-numbers", _W, "Test without numbers", "the column '{column}' is blank, so this test is not used.", "Enter both the number of people and the mean."),
    ("training-share", _E, "Share above 100", "'{found}' is more than 100 per cent, so it is not used.", "Write a mean from 0 to 100."),
    ("training-fraction", _W, "Share below 1", "'{found}' is read as a mean of less than 1 per cent.", "Write 52 for 52 per cent, in a cell that is not formatted as a percentage."),
    ("training-more-tests", _W, "More tests than participants", "the number of people tested ({tested}) is more than the number of participants of the session ({seats}).", "Correct one of the two numbers."),
    ("training-question", _W, "Unknown question", "'{found}' is not a question of the mock visit.", "Write the ids that are printed with the papers, like Q.3.1-1."),
    ("training-papers", _W, "Papers that cannot be compared", "the number of questions differs (before: {first}, after: {second}), or one question is in both papers, so a change of the mean shows little.", "Use two papers with the same number of different questions."),
    ("training-people", _W, "More people than seats", "the number of different people of {agency} ({people}) is more than its number of seats in this half-year ({seats}).", "Correct one of the two numbers."),
    ("training-people-twice", _E, "A count of people twice", "the people of {agency} in this half-year are also at {other}, and that row is used.", "Delete one of the two rows."),
    ("training-bank", _W, "Too few questions", "the bank has too few different questions on {outcome}: {most} for each paper instead of {wanted}.", "Ask fewer questions for each outcome, or add your own."),
    ("training-kept", _W, "Record not updated", "the file was not updated, because part of it cannot be read.", "Correct the problems listed, and run 'fatf-kit training template' again."),
    # A rehearsal of the on-site visit
    ("mock-unassigned", _W, "No agency to ask", "no agency answers for this core issue, so no agency is asked about it.", "Name an agency on the sheet Assignment."),
    ("mock-no-place", _W, "Interviews without a place", ("one interview does not fit into the timetable (days: {days}, rooms: {rooms}).", "{count} interviews do not fit into the timetable (days: {days}, rooms: {rooms})."), "Provide more rooms, or raise the number of days to {needed}."),
    ("mock-question", _E, "Unknown question", "'{found}' is not a question of the mock visit, so its score is not used.", "Restore the id in the first column."),
    ("mock-agency", _E, "No agency", "the row does not name the agency that was asked, so its score is not used.", "Restore the agency in the second column."),
    ("mock-note", _W, "Note without a score", "the row has a note but no score, so the answer counts as not scored.", "Choose a score."),
    # A file of the country's own, to be filled
    ("fill-id", _E, "Placeholder with an unknown id", "'{found}' is not a requirement of the edition, so the placeholder is not filled.", "Write the whole id, like R.10/10.7 or IO.6."),
    ("fill-field", _E, "Placeholder with an unknown field", "'{found}' is not a field, so the placeholder is not filled.", "Use one of: {allowed}. {hint}"),
    # A register of non-profit organisations
    ("npo-trait", _E, "Personal trait", "the column '{heading}' contains personal traits, which do not indicate risk. The register is not read with this column.", "Delete the column, and try again."),
    ("npo-names", _E, "Beneficiaries by name", "the column '{heading}' identifies beneficiaries. Categories are enough, so the register is not read with this column.", "Delete the column, and try again."),
    ("npo-scored", _E, "Scoring what is not risk", "'{heading}' would be scored as '{column}'. Faith, ethnicity, politics, advocacy and rights work are never scored.", "Map it to the field for the purpose, which decides only on scope, or leave it out."),
    ("npo-identity", _E, "A group by faith or descent", "'{heading}' names a group by faith, descent, origin or opinion. Such a group is never counted among the beneficiaries.", "Leave the column out of the mapping."),
    ("npo-heading", _E, "No such column", "the mapping uses the column '{heading}' for '{column}', but the register has no such column.", "Correct the heading in the mapping."),
    ("npo-no-id", _E, "No register number", "no column contains the register number, so rows cannot be distinguished.", "Name the column in the mapping. 'fatf-kit npo map' proposes one."),
    ("npo-unmapped", _E, "Columns missing", "no column is mapped to these fields: {columns}. Without them no organisation can be in scope, so nothing is written.", "Run 'fatf-kit npo map {register} -o map.xlsx', check the workbook, and use it with --map."),
    ("npo-map-field", _E, "Unknown field", "'{found}' is not a field of the register, so the column is not used.", "Choose a field from the list. The sheet 'Dictionary' explains each field."),
    ("npo-map-code", _E, "Unknown value", "'{found}' is not a value of '{column}'.", "Choose a value from the list."),
    ("npo-map-code-alone", _E, "Value without a field", "'{found}' is entered for a value of '{column}', but no field is chosen for this column.", "Choose the field on the sheet of columns, or clear the cell."),
    ("npo-map-written", _E, "Does not fit the field", "'{found}' does not describe how the values of '{column}' are written.", "Choose day or month first for dates, per cent or fractions of one for shares, and thousands or millions for amounts."),
    ("npo-map-unused", _N, "Not used", "'{found}' describes how the column is written, but no field is chosen for the column.", "Choose the field, or clear the cell."),
    ("npo-map-reason", _E, "Reason missing", "'{column}' is the same for the whole register, but no reason is given.", "Write the reason next to the value."),
    ("npo-map-value", _W, "Reason without a value", "'{column}' has a reason but no value, so it is not used.", "Choose a value, or clear the reason."),
    ("npo-map-fact", _E, "Unknown fact", "'{found}' is not a fact about the whole register, so the row is not used.", "Restore the id in the first column, which is hidden."),
    ("npo-map-both", _E, "Given twice", "'{column}' is read from a column and is also set for the whole register.", "Clear one of the two."),
    ("npo-map-twice", _E, "Two meanings", "'{found}' has two meanings for '{column}', because two columns are mapped to it.", "Enter the same meaning in both, or map only one column."),
    ("npo-heading-twice", _E, "Two columns of one name", "several columns have the heading '{heading}', so none of them is read.", "Give each column its own name, or write '{heading} (1)' or '{heading} (2)' in the mapping."),
    ("npo-quote", _E, "Quotation mark not closed", "a quotation mark in this cell is not closed, so the rows after it cannot be distinguished. The register is not read.", "Close the quotation mark, or double it if it is part of the text."),
    ("npo-line-end", _E, "Another line end", "the row contains a line end of another kind than the rows before it, so rows cannot be distinguished. The register is not read.", "Save the register again as CSV, or enclose the cell with the line end in quotation marks."),
    ("npo-rows-short", _N, "Short rows", ("this row has fewer cells than the table has headings. Its last cells are read as blank.", "{count} rows have fewer cells than the table has headings; this is the first. Their last cells are read as blank."), "If a line break within a cell has split the row, enclose the cell in quotation marks. Otherwise no action is needed."),
    ("npo-value", _E, "Value not read", ("'{found}' in column '{column}' is not a valid {kind} and counts as not known.", "'{found}' in column '{column}' is not a valid {kind} and counts as not known. {count} rows contain it; this is the first."), "Correct the value, or state in the mapping what it means."),
    ("npo-values-more", _E, "More values not read", ("one more row has another value in column '{column}' that is not a valid {kind}.", "{count} more rows have other values in column '{column}' that are not a valid {kind}."), "See the values above; the cause may be the same."),
    ("npo-row", _E, "Row not read", "the row is left out: {why}.", "Correct the row, and try again."),
    ("npo-rows-more", _E, "More rows not read", ("one more row is left out.", "{count} more rows are left out."), "Correct the rows. 'fatf-kit npo classify' lists them all in rejected.csv."),
    ("npo-rows-numbered", _W, "Rows without a register number", ("one row has no register number and is kept under the number of its line, {first}.", "{count} rows have no register number and are kept under the numbers of their lines; the first is {first}."), "If numbers are withheld on purpose, no action is needed. Otherwise enter them."),
    ("npo-override-unused", _W, "Override without effect", ("one override does not name an organisation in scope.", "{count} overrides do not name an organisation in scope."), "Correct the register numbers in the overrides."),
    ("npo-override-trigger", _W, "Override of a hard trigger", ("one override concerns an organisation with a hard trigger and is not used.", "{count} overrides concern organisations with a hard trigger and are not used."), "Investigators should clear the link first. Then correct the register."),
    ("npo-trigger-unproven", _W, "Link to terrorism not proven", "a hard trigger at level 4 or 5 has no source, office or date, so the organisation is to be verified and has no class.", "Enter the source, the office and the date, or correct the level."),
    ("npo-triggers-more", _W, "More links not proven", ("one more organisation has a hard trigger without source, office or date.", "{count} more organisations have a hard trigger without source, office or date."), "Enter the source, the office and the date, or correct the level."),
    ("npo-answer-unmatched", _W, "Answers of unknown bodies", ("the questionnaires contain answers of one organisation that is not in the register.", "the questionnaires contain answers of {count} organisations that are not in the register."), "Correct the register numbers in the questionnaires."),
    ("npo-answer-twice", _W, "Two answers", "the organisation gave two answers to '{column}'. The first answer is used.", "Delete one of the two answers."),
    ("npo-decision-reason", _W, "Decision without a reason", "the decision on the sector's rating has no reason and is not used.", "Write the reason."),
    ("npo-decision-rating", _W, "Decision without a rating", "the decision on the sector's rating names no rating, so this cell is not used.", "Choose the rating, or clear the cell."),
    ("npo-scope-open", _W, "No column for the definition", ("one organisation remains undetermined, because no column contains '{column}'.", "{count} organisations remain undetermined, because no column contains '{column}'."), "Name such a column in the mapping, or give one value for all with its reason."),
    ("npo-place-unmet", _W, "Place not in the register", "no row names '{found}', a place in the settings, so no organisation is rated by it.", "Write the place as the register does, or remove it from the settings."),
    ("npo-national", _E, "No level", "'{found}' is not a level of {factor} and counts as not known. Allowed: 1 to 5.", "Write a number from 1 to 5, or leave the cell blank."),
    ("npo-national-reason", _W, "Reason without a value", "{factor} has a reason but no value, so it is not used.", "Write a value from 1 to 5."),
    ("npo-total", _W, "Totals do not agree", "{what}: the stated total is {stated}, but the parts add up to {summed}.", "Find out which number is right before either is published."),
    # A country's measures for non-profit organisations
    ("npo-question", _E, "Unknown question", "'{found}' is not a question of the workbook, so its answer is not used.", "Restore the id in the first column, which is hidden."),
    ("npo-measure-incomplete", _E, "Measure not complete", "the measure is not assessed, because these cells are empty: {missing}.", "Fill in the cells."),
    ("npo-measure-segment", _W, "Segment not in the register", "the register has no segment '{found}' by {by}, so it is not known which organisations the measure affects.", "Write the segment as the register does."),
    # A country's last report, as its text was read
    ("report-pages-blank", _W, "Pages without text", ("page {pages} of the file has no text; it may be a picture.", "{count} pages of the file have no text; they may be pictures: {pages}."), "Have their text recognised (OCR), or look at these pages yourself."),
    ("report-criteria-missing", _W, "Criteria not found", ("the heading of criterion {criteria} was not found.", "the headings of {count} criteria were not found: {criteria}."), "Look for them in the report, and enter their ratings by hand."),
    ("report-heading-twice", _N, "Heading found twice", "another heading of this criterion comes first, and that one is used.", "Check on both pages which rating is right."),
    ("report-number-unknown", _N, "Number unknown", "the edition has no criterion {found}.", "Check whether the report follows another edition, and choose it with --edition."),
    ("report-rating-unreadable", _W, "Rating not readable", "'{found}' after the heading is not a rating of a criterion.", "Enter the rating by hand."),
    ("report-ratings-differ", _W, "Two ratings in the report", "the sentence gives the rating {before}, but the table of ratings (page {page}) gives {after}. The sentence is used.", "Check on both pages which rating is right."),
    ("report-published-differs", _W, "Not as published", "the report gives the rating {before}, but the table of published ratings ({report}) gives {after}.", "Check the rating in the report, and whether the file is that report."),
    ("report-actions-missing", _N, "No recommended actions", "no list of recommended actions was found.", "Enter the actions by hand."),
    # Answers that do not fit together
    ("criterion-above-parts", _W, "Better than its parts", "the criterion is answered '{answer}', but its parts amount only to '{parts}'. The answer to the criterion is used.", "Correct the criterion or its parts."),
    ("met-uncited", _N, "Claimed without a citation", "the answer is '{answer}', but no law or other enforceable means is cited, so the answer does not count as shown.", "Cite the instrument and its article, or correct the answer."),
    ("citation-undated", _N, "Cited without a date", "the date of entry into force of the cited instrument is missing, so the answer does not count as shown.", "Add the date."),
    ("in-force-late", _N, "In force after the cut-off date", "the cited instrument enters into force on {found}, after the cut-off date {cut_off}, so it does not count.", "Bring it into force earlier, or plan without it."),
    ("kind-proposed", _N, "Kind of instrument not confirmed", ("'{found}' is read as '{evidence_kind}'. No source confirms this proposal, so it does not decide a rating. One answer of the agency cites the instrument.", "'{found}' is read as '{evidence_kind}'. No source confirms this proposal, so it does not decide a rating. {count} answers of the agency cite the instrument."), "Ask the agency which kind of instrument it is, and enter it in the evidence register with its kind."),
    ("law-undated", _N, "A law without a date", "'{found}' in the register is a law or other enforceable means without a date of entry into force.", "Add the date."),
    ("effective-without-figures", _N, "Effective without figures", "the answer is '{answer}', but it names no statistics of the register.", "Name statistics that show the result, or correct the answer."),
    ("text-repeated", _N, "One text under many requirements", ("the same explanation is given for one other requirement: {others}.", "the same explanation is given for {count} requirements, among them {others}."), "Explain for each requirement how it is met."),
    ("rating-missing", _W, "Narrative without a rating", "the answer has words but no rating, so the requirement counts as unanswered.", "Choose a rating."),
    ("copies-differ", _W, "Two copies differ", "two copies differ. The answer at {other} is used.", "Delete or correct the wrong copy."),
    ("agency-copies", _W, "Two copies of one workbook", ("this copy and {used} differ in one answer. The newer copy, {used} (saved {saved}), is used.", "this copy and {used} differ in {count} answers. The newer copy, {used} (saved {saved}), is used."), "To use the other copy, choose it in decisions.xlsx of the assessment folder."),
    ("confidentiality-differs", _W, "Two levels of confidentiality", "the same answer has another confidentiality level at {other}. The stricter level is used.", "Correct the wrong level."),
    ("cover-differs", _W, "Two covers differ", "another cover has a different entry at {other}, and that entry is used.", "Correct the wrong cover."),
    ("contact-differs", _N, "Another contact", "the cover names another contact than {other}. The contact at {other} is used.", "Correct the wrong cover."),
    ("copy-same", _N, "The same copy twice", "the file is identical to {other} and is read once.", "No action is needed."),
)  # fmt: skip
