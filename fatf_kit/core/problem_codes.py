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
    """A kind of problem. `template` says what was found and what is allowed, `next_step` what to do."""

    code: str
    level: ProblemLevel
    title: str
    template: str
    next_step: str


def _table(*rows: tuple[str, ProblemLevel, str, str, str]) -> dict[str, ProblemCode]:
    kinds = (ProblemCode(code=c, level=lv, title=t, template=found, next_step=step) for c, lv, t, found, step in rows)
    return {kind.code: kind for kind in kinds}


_E, _W, _N = ProblemLevel.ERROR, ProblemLevel.WARNING, ProblemLevel.NOTE
_FRESH = "Save it again as an Excel workbook (.xlsx) from the program it was filled in, and send that copy."

CODES = _table(
    # The file as a whole
    ("file-empty", _E, "Empty file", "the file is empty.", "Ask the agency to send it again."),
    ("file-missing", _E, "No such file", "there is no such file or folder.", "Check the name and the folder."),
    ("file-unreadable", _E, "Cannot be opened", "the file cannot be opened: {why}.", "Check that you may read it and that no other program holds it."),
    ("file-network", _E, "On the network", "it lies on a network share, which may never answer, so it is not opened.", "Copy it to this computer and name it there."),
    ("file-foreign", _E, "Not a workbook", "this is {what}, not a workbook that fatf-kit reads.", _FRESH),
    ("file-encrypted", _E, "Password", "the workbook is protected by a password.", "Remove the password (File, Info, Protect) and save it again."),
    ("file-macros", _E, "Macros", "the workbook carries macros, which fatf-kit never opens.", "Save it as a workbook without macros (.xlsx)."),
    ("file-broken", _E, "Damaged", "the workbook is damaged or cut short ({why}).", _FRESH),
    ("file-values-only", _W, "Old format", "of the old format .xls only values are read: cells that show an error count as blank, and comments, links and pictures are not looked at.", "Save it as .xlsx and use that copy."),
    ("file-too-large", _E, "Beyond the limits", "the workbook is beyond what is read safely: {what}; the limit is {limit}.", "Copy the answers into a fresh template."),
    ("workbook-not-ours", _E, "Another kind of workbook", "no sheet has the columns of {what}.", "Use a workbook made by '{command}'."),
    ("workbook-other-command", _E, "For another command", "this is {what}; it is read with '{command}', not here.", "Give it to that command."),
    ("edition-other", _E, "Another edition", "the workbook was made for edition '{found}', not for '{wanted}'.", "Read each edition by itself with --edition, or move this workbook to {wanted} with 'fatf-kit carry-forward'."),
    ("edition-digest", _N, "Made from another content version", "the template was made from another version of this edition's texts.", "Answers are read by id; look at requirements that changed."),
    ("layout-newer", _E, "Newer layout", "the template has layout {found}; this fatf-kit reads up to layout {known}.", "Update fatf-kit."),
    ("stamp-missing", _W, "No stamp", "the hidden stamp of the template is gone, so the edition is taken from the command line or the ids.", "Check that the edition is right."),
    ("nothing-to-read", _E, "No workbook", "no workbook was found here.", "Put the filled templates (.xlsx, .ods, .xls) into this folder."),
    ("own-report", _N, "A report of ours", "this is a report that fatf-kit wrote, not a filled template; it is left out.", "Nothing to do."),
    ("files-scans", _W, "Pictures and scans", "answers in pictures cannot be read; left out ({count}): {names}.", "Ask the agency for the workbook itself, or type the answers into its template."),
    ("files-locked", _W, "Signed or encrypted files", "files that are signed or encrypted are not opened; left out ({count}): {names}.", "Take the signature or the encryption off, and put the workbook itself into the folder."),
    ("files-packed", _W, "Archives", "archives are not unpacked; left out ({count}): {names}.", "Unpack them, and put the workbooks into the folder."),
    ("files-office", _W, "Formats of other offices", "tables and files of these formats are not read; left out ({count}): {names}.", "If answers are in them, save them as Excel workbooks (.xlsx)."),
    ("files-cut", _W, "Cut short", "these files are damaged, or only a part of them arrived; left out ({count}): {names}.", "Ask the agency to send them again, if the folder does not have them whole."),
    ("files-letters", _N, "Letters and documents", "documents are not read as answers; left out ({count}): {names}.", "If answers are in them, copy them into a template."),
    ("files-unknown", _W, "Files of an unknown kind", "these files are of a kind that is not known here; left out ({count}): {names}.", "Look whether answers are in them, and copy those into a template."),
    ("folder-inside", _N, "A folder within the folder", "workbooks in folders within the folder are not read; in this one there are {count}.", "Name this folder too, or move them up."),
    # Our own data files
    ("data-json", _E, "Not JSON", "the file is not valid JSON: {why}.", "Correct it in a text editor."),
    ("data-schema", _E, "Against the schema", "{why}.", "See frameworks/schema/{schema}."),
    ("data-rule", _E, "At odds with the rest", "{why}.", "{step}"),
    # Sheets and rows
    ("sheet-unknown", _N, "A sheet that is not ours", "the sheet has none of the template's columns and {cells} filled cells; nothing on it is read.", "Move answers on it into the template's rows."),
    ("sheet-columns", _E, "Columns missing", "the columns {missing} are missing; their answers cannot be read.", "Restore the hidden row of keys under the headings, or copy the answers into a fresh template."),
    ("id-unknown", _E, "Unknown id", "'{found}' is no requirement of {edition}.", "{hint}"),
    ("id-missing", _E, "Row without an id", "the row is filled in, but has no id, so nothing reads it.", "Put the id into the first column of the table, or clear the row."),
    ("id-duplicated", _E, "Two answers to one requirement", "the requirement is answered here and differently at {other}; the first answer is used.", "Keep one of the two."),
    ("cell-error", _E, "Error value", "the cell holds the error '{found}'.", "Type the value again."),
    ("formula-empty", _E, "Formula without a result", "the cell holds a formula whose result was never stored.", "Open the file in a spreadsheet program, save it and send it again, or type the value."),
    ("cell-stray", _W, "Outside what is to be filled in", "nothing reads this cell, because it is not one that is to be filled in.", "Move what was typed into a cell that is to be filled in, or delete it."),
    ("cell-locked", _W, "Words over printed ones", "the cell holds something other than what fatf-kit printed there, and this is not read as an answer.", "Move what was typed into a cell that is to be filled in."),
    ("cell-link", _N, "Address behind a text", "a link lies on the cell, and the address that it leads to is not in its text; nothing reads that address.", "Write it out, best into the column 'Link' of the evidence register."),
    ("cell-merged", _W, "Merged cells", "the cells are merged, and what they hold counts for {used} only.", "Unmerge them and fill in each cell."),
    ("cell-comment", _W, "Comment on a cell", "a comment stands on the cell, and comments are not read.", "Move what has to count into a cell of the table."),
    ("sheet-objects", _N, "Over the cells", "on the sheet lie text boxes, pictures or embedded files ({count}); nothing reads what they say.", "Type what has to count into the table, or send the file as evidence."),
    ("sheet-margins", _N, "In the printed header or footer", "the printed header or footer of the sheet has words that are in no cell; nothing reads them.", "Type what has to count into the table."),
    ("prints-missing", _N, "No record of the printed texts", "the hidden record of what fatf-kit printed into the workbook is gone, so words typed over printed ones are not recognised; nothing reads them.", "Check whether a printed cell holds an answer, and move it into a cell that is to be filled in."),
    ("text-cut", _W, "Too long for a cell", "the text has {length} characters; a cell holds at most {limit}, so the end may be lost.", "Move part of it to an annex and name that as evidence."),
    ("problems-more", _N, "More of the same", "more cells of this sheet have the problem [{same}]: {count}; they are not listed.", "Correct those that are listed, and check again."),
    ("conflicts-more", _W, "More of the same conflict", "more answers to this requirement have the problem [{same}]: {count}, this is the first; they are not listed.", "Settle those that are listed first, and check again."),
    # Values
    ("rating-unknown", _E, "Unknown rating", "'{found}' is no {scale}.", "Use one of: {allowed}. {hint}"),
    ("rating-wrong-scale", _E, "Rating from another scale", "'{found}' belongs to the {other}.", "Use one of: {allowed}."),
    ("rating-not-asked", _W, "Rating where none is asked", "'{found}' stands at a part of a core issue, where only words are asked; it is not used.", "Rate the core issue itself."),
    ("date-unknown", _E, "Unreadable date", "'{found}' in column '{column}' is not a date.", "Write it as year-month-day, like 2026-03-31."),
    ("date-with-words", _E, "Words next to a date", "in column '{column}' other words or dates are next to '{found}', so no date is read from the cell.", "Leave one date in the cell, like 2026-03-31, and move the words into a cell for text."),
    ("date-ambiguous", _W, "Day or month first", "'{found}' in column '{column}' may be read two ways; it is taken as {read}.", "Write it as year-month-day."),
    ("confidentiality-unknown", _E, "Unknown confidentiality", "'{found}' is no level of confidentiality; the answer is treated as restricted.", "Use one of: public, government, restricted."),
    ("evidence-unknown", _W, "Evidence not in the register", "'{found}' is not in the sheet 'Evidence'.", "Add it to the register or correct the id."),
    ("evidence-kind-unknown", _W, "Unknown kind of evidence", "'{found}' is no kind of evidence; the item counts as a document.", "Use one of: {allowed}."),
    ("evidence-duplicated", _W, "Two items with one id", "the evidence id '{found}' stands for something else at {other}; the item there is used.", "Give each item its own id."),
    ("cut-off-unknown", _W, "No cut-off date", "the cut-off date on the sheet 'Cover' cannot be read ('{found}'), so measures are counted as in force whatever their date.", "Give it with --cut-off as year-month-day."),
    # An assessment folder
    ("folder-edition", _E, "No such edition", "'{found}' is no edition of the Methodology.", "Use one of: {allowed}."),
    ("folder-country", _E, "No such country code", "'{found}' is no ISO 3166 code of three letters, and no name is given.", "Write a code like IRQ, or give a name under 'names'."),
    ("visit-order", _E, "Visit ends before it begins", "the visit begins on {begin} and ends on {end}.", "Correct one of the two dates."),
    ("visit-after-cut-off", _W, "Visit after the cut-off date", "the visit ends on {visit}, after the cut-off date {cut_off}.", "FATF counts what is in force by the end of the visit; correct one of the two dates."),
    ("sector-unknown", _E, "Unknown sector", "'{found}' is no sector known here; it is left out.", "Use one of: {allowed}."),
    ("sector-twice", _E, "A sector twice", "the sector '{found}' stands here twice; the first one is used.", "Keep one of the two."),
    ("agency-removed", _N, "Agencies taken off", "{count} agencies of this sheet are no longer on the sheet of agencies ({found}); their requirements follow the roles.", "Nothing, if this is meant; else add them to the sheet of agencies again."),
    ("weight-unknown", _E, "Unknown weight", "{found} is not a weight; the edition's own weight is used.", "Write 1, 2, 3 or 5."),
    ("fact-unknown", _E, "Answer that cannot be used", "'{found}' is not yes, no or a number; the answer counts as not known.", "Write yes, no or a number."),
    ("control-sheet", _E, "Sheet missing", "the workbook has no sheet of {what}.", "Copy the sheet from the earlier file in history/."),
    ("weight-unexplained", _E, "Weight without a reason", "the weight of {found} has no reason; the edition's own weight is used.", "Write the reason beside it."),
    ("weight-twice", _E, "Weighed twice", "{found} is weighed twice; the first weight is used.", "Keep one of the two."),
    ("table-quote", _E, "Quotation mark not closed", "a cell begins with a quotation mark that is not closed, so it takes in the lines after it; the table is not read.", "Close the quotation mark, or write it twice where it is meant."),
    ("table-encoding", _E, "Not UTF-8", "the file is not saved as UTF-8 text, so names would be garbled.", "Save it from Excel as 'CSV UTF-8 (Comma delimited)'."),
    ("table-columns", _E, "Columns missing", "the first line must name the columns {columns}.", "Put these headings over the table and try again."),
    ("table-column", _W, "A column missing", "the table has no column '{column}', so it counts as blank; '{heading}' may be meant.", "Correct the heading."),
    ("table-beside", _W, "A copy beside it", "{used} is read, and nothing reads this file beside it.", "Bring what has changed into {used}, or move this file out of the folder."),
    ("agency-id", _E, "Id that cannot be used", "'{found}' cannot be an agency's id, because it also names files; the row is left out.", "Use up to 40 small letters, digits and hyphens, like central-bank."),
    ("agency-twice", _E, "An agency twice", "the agency '{found}' stands in row {other} too; that row is used.", "Keep one of the two."),
    ("agency-name", _W, "Agency without a name", "the agency '{found}' has no name in any language; its id stands for it.", "Write its name as it shall stand on the workbooks."),
    ("agency-language", _E, "Unknown language", "'{found}' is no language of fatf-kit; {used} is used.", "Use one of: {allowed}."),
    ("role-unknown", _E, "Unknown role", "'{found}' is no role; it is left out.", "Use one of: {allowed}."),
    ("agency-unknown", _E, "Unknown agency", "'{found}' is no agency of agencies.csv and is left out; lines that name it: {count}.", "Add it to agencies.csv, or correct the id. {hint}"),
    ("assignment-twice", _E, "A requirement twice", "the requirement stands in row {other} too; that row is used.", "Keep one of the two."),
    ("assignment-open", _N, "Nobody leads", "criteria and core issues without a lead: {count}, among them {found}; where agencies differ there, the lowest answer stands.", "Name a lead, or let 'fatf-kit init --refill' fill blank ones from the roles."),
    ("workbook-misplaced", _W, "Answers in the wrong folder", "the workbook has answers (rows: {count}), but only those in responses/ are read.", "Move it into responses/, if an agency has sent it."),
    ("workbook-outdated", _N, "Workbook for an earlier assignment", "the workbook of '{agency}' was made for an earlier assignment. Requirements added since: {added}; removed: {removed}; lead or support changed: {moved}.", "Write it again with 'fatf-kit template --agency {agency} --prefill responses --force', and send it to the agency."),
    ("prefill-homeless", _W, "No workbook takes it", "no workbook takes what earlier copies say here ({count}, this is the first): its agency is none of this folder, nobody leads on it, or no answer cites it.", "Name the agency in agencies.csv, a lead in assignment.csv, or copy it over by hand."),
    ("agency-unnamed", _W, "Whose workbook", "neither the stamp nor the cover names an agency of this folder.", "Write the agency's id or name on the sheet 'Cover'."),
    ("cover-agency", _W, "Another agency on the cover", "the cover names another agency than {agency}, for which the template was made; the answers count as those of {agency}.", "Check whose answers they are; an agency fills in its own template."),
    ("cover-country-name", _W, "No name of a country", "'{found}' is no name of a country; it is not used.", "Write the name on the sheet 'Cover'."),
    ("cover-country", _W, "Another country", "the cover names another country than the settings of the folder.", "Check that the workbook belongs here."),
    ("cover-cut-off", _W, "Another cut-off date", "the cover says {found}, the settings of the folder {wanted}; the settings are used.", "Correct the one that is wrong."),
    ("answer-unassigned", _W, "Answer outside the assignment", "{agency} was not asked this; assignment.csv names {asked}. The answer is kept.", "Correct assignment.csv, or ask the agency."),
    ("answers-conflict", _W, "Agencies disagree", "{agency} says '{answer}', but {other_agency} says '{stands}' at {place}, and that stands for now.", "Decide between them in decisions.xlsx of an assessment folder."),
    ("decision-incomplete", _E, "Decision not complete", "the decision is not used, because it lacks: {lacking}.", "Give the value, the reason, the office that decided and the day."),
    ("decision-twice", _E, "Decided twice", "the requirement is decided otherwise at {place}; that row is used.", "Keep one of the two."),
    ("decisions-kept", _W, "Decisions not written again", "the file is left as it is, because not all of it can be read.", "Correct it, or move it away, and run 'fatf-kit score' again."),
    # FATF's own table of ratings
    ("published-columns", _E, "Headings missing", "the columns {missing} are missing, so what they hold counts as not given.", "Restore the headings as FATF writes them and import again."),
    ("published-heading-twice", _W, "A heading twice", "the heading '{found}' stands in {other} too; the column there is used.", "Delete the column that is wrong and import again."),
    ("published-sheet", _W, "Another table of ratings", "this sheet has the headings of the ratings table too; only '{used}' is read.", "Import it from a workbook of its own, if it holds other reports."),
    ("published-row", _E, "Row not read", "the row is not read: {why}.", "Correct the row and import again."),
    ("published-cell", _W, "Cell left open", "'{found}' is not {what}. Allowed: {allowed}. The cell is left open; the rest of the row is read.", "Look the cell up in the report and correct the written file."),
    ("published-notes", _N, "Key and notes", "{count} rows under the table are its key and its notes, not reports; they are passed over (rows {rows}).", "Look at them only if a report is missing."),
    ("published-name", _W, "Unknown jurisdiction", "'{found}' is no jurisdiction known here; the row is kept without a code.", "Write the code into the column iso3 of the written file. {hint}"),
    ("published-duplicate", _W, "Two rows for one report", "{label} of {name} stands in row {other} too; both rows are kept.", "Delete the one that is wrong."),
    ("published-edition", _N, "Methodology not named", "the table does not say which Methodology a report follows; by their dates {count} rows count as {newer}.", "Where that is wrong, name the edition with --edition or correct the written file."),
    # Figures and cases
    ("figure-not-whole", _W, "Not a whole number", "'{found}' is not whole, though cases, persons or things are counted here.", "Correct it, or say in the notes what is counted."),
    ("figure-line-unknown", _E, "Unknown line", "'{found}' is no line of the tables; its figures are not read.", "{hint}"),
    ("figure-twice", _E, "A line twice", "the line stands at {place} too with another figure; the first one is used.", "Keep one of the two."),
    ("figure-years", _E, "Years missing", "no column of the sheet is headed by a year, so its figures cannot be read.", "Write the year over each column."),
    ("figures-differ", _E, "Two agencies, two figures", "for {year} another agency gives something else at {place}; the first figure is used.", "Agree on one figure."),
    ("statistics-years-unsaid", _W, "Kind of years not said", "the cover does not say which years these are; they count as calendar years.", "Fill in the field on the cover."),
    ("statistics-currency-unsaid", _W, "Currency not said", "the cover names no currency; the amounts count as being in the currency of the others.", "Write its three letters on the cover."),
    ("statistics-currency-differs", _E, "Another currency", "amounts are in {found}, the others in {wanted}; they are left out of sums.", "Give amounts in one currency."),
    ("risks-twice", _W, "Two risk assessments", "another workbook rates it differently at {place}; the first one is used.", "Keep one sheet of risks."),
    ("case-core-issue-unknown", _W, "Unknown core issue", "'{found}' is no core issue of this outcome.", "Write numbers like 7.1, 7.2."),
    ("case-year-unknown", _W, "Unknown year", "'{found}' is no year; the case counts as one of none.", "Write four digits, like 2024."),
    ("case-person", _W, "A name, perhaps", "the words seem to name a person; they are kept out of every report.", "Say 'a company director' or the like instead."),
    ("case-person-column", _E, "A column of names", "the column '{found}' is for names of persons, which are never asked; it is not read.", "Delete the column."),
    ("case-thin", _W, "Half a case", "the case does not say what was done, with what result and what it shows.", "Fill in all three."),
    # A table of ratings
    ("ratings-columns", _E, "Columns of ratings missing", "the first line must name the columns {columns}.", "Put these headings over the table and try again."),
    ("unit-unknown", _E, "Unknown Recommendation or outcome", "'{found}' is no Recommendation or outcome of {edition}; the line is not used.", "Write ids like R.10 and IO.3."),
    ("unit-rating", _E, "Unknown rating of a unit", "'{found}' is no rating of {unit}; the line is not used.", "Use one of: {allowed}; leave it blank where the rating is not known."),
    ("unit-twice", _E, "A unit twice", "{unit} stands in line {other} too; that line is used.", "Keep one of the two."),
    # Tables that people go on working in
    ("cell-beside", _N, "Beside the table", "nothing reads what stands here, beside the columns of the table.", "Move what has to count into the columns of the table."),
    ("row-above", _W, "Row above the headings", "the cells are above the headings of the table, so nothing reads them.", "Move the row below the headings."),
    ("row-nameless", _W, "Row without a name", "the row says something, but nothing in column '{column}', so it is not used.", "Fill in that column, or clear the row."),
    # Plans and follow-up
    ("plan-baseline", _E, "Baseline gone", "the hidden sheet with the ratings at the start is gone, so ratings cannot be projected.", "Copy the rows into a workbook made again by 'fatf-kit plan'."),
    ("choice-unknown", _E, "Not in the list", "'{found}' is not in the list.", "Use one of: {allowed}."),
    ("action-twice", _E, "An action twice", "the id '{found}' is used twice; the first row is used.", "Give each action its own id."),
    ("action-unknown", _E, "Unknown action", "'{found}' is no action of this plan.", "Correct the id, or take it out."),
    ("action-gap", _E, "Unknown requirement", "'{found}' is no requirement of this plan's baseline, so closing it changes nothing.", "Write whole ids, like R.10/10.7."),
    ("action-undone", _W, "A day, but not done", "there is a day on which the action was done, but its status is '{what}', so it does not count as done.", "Set the status to done, or take the day out."),
    ("action-later", _W, "Done after that day", "the action was done on {day}, which is after {today}; it counts as under way until then.", "Correct the day if it is wrong."),
    ("number-unknown", _E, "Not a number", "'{found}' in column '{column}' is not a number from 0 up, or may be read in two ways; it is not used.", "Write a number without a unit and without separators of thousands."),
    ("whole-unknown", _E, "Not a whole number", "'{found}' in column '{column}' is not a whole number from 0 up; it is not used.", "Write a whole number."),
    ("count-unknown", _E, "Not a whole number", "'{found}' in column '{column}' is not a whole number from 1 up; it is not used.", "Write a whole number."),
    # A rehearsal of the on-site visit
    ("mock-nobody", _W, "Nobody to ask", "no agency answers for this core issue, so nobody is asked about it.", "Name one in assignment.csv."),
    ("mock-no-place", _W, "Interviews without a place", "{count} interviews do not fit into {days} days with {rooms} rooms.", "Give more rooms, or {needed} days."),
    ("mock-question", _E, "Unknown question", "'{found}' is no question of a rehearsal, so its score is not used.", "Restore the id in the first column."),
    ("mock-agency", _E, "No agency", "the row does not say which agency was asked, so its score is not used.", "Restore the id of the agency in the second column."),
    ("mock-note", _W, "Note without a score", "there is a note and no score, so the answer counts as not scored.", "Choose a score."),
    # A file of the country's own, to be filled
    ("fill-id", _E, "Placeholder with an unknown id", "'{found}' is no requirement of the edition; the placeholder stays.", "Write the id in full, like R.10/10.7 or IO.6."),
    ("fill-field", _E, "Placeholder with an unknown field", "'{found}' is no field; the placeholder stays.", "Use one of: {allowed}. {hint}"),
    # A register of non-profit organisations
    ("npo-trait", _E, "Personal trait", "the column '{heading}' tells personal traits of people, which are no sign of risk; the register is not read with it.", "Delete the column and try again."),
    ("npo-names", _E, "Beneficiaries by name", "the column '{heading}' tells who the beneficiaries are; categories are enough, and the register is not read with names.", "Delete the column and try again."),
    ("npo-scored", _E, "Scoring what is not risk", "'{heading}' would be scored as '{column}'; faith, ethnicity, politics, advocacy and rights work are never scored.", "Map it to 'purpose', which decides scope only, or leave it out."),
    ("npo-identity", _E, "A group by faith or descent", "'{heading}' names a group by faith, descent, origin or opinion, and no such group is counted among the beneficiaries.", "Leave the column out of the mapping."),
    ("npo-heading", _E, "No such column", "the mapping takes '{column}' from '{heading}', which the register does not have.", "Correct the heading in the mapping."),
    ("npo-no-id", _E, "No register number", "no column holds the register number (npo_id), so rows cannot be told apart.", "Name it in the mapping; 'fatf-kit npo map' proposes one."),
    ("npo-unmapped", _E, "Columns missing", "no column is mapped to {columns}, without which no body can be in scope; nothing is written.", "Run 'fatf-kit npo map {register} -o map.xlsx', look through the workbook, and give it with --map."),
    ("npo-map-field", _E, "Unknown field", "'{found}' is not a field of the register, so the column is not used.", "Choose a field from the list; the sheet 'Dictionary' explains each."),
    ("npo-map-code", _E, "Unknown value", "'{found}' is not a value of '{column}'.", "Choose one from the list."),
    ("npo-map-code-alone", _E, "Value without a field", "'{found}' is given for a value of '{column}', but the column has no field for it.", "Choose the field on the sheet of columns, or clear the cell."),
    ("npo-map-written", _E, "Does not fit the field", "'{found}' does not say how the values of '{column}' are written.", "Choose day or month first for dates, per cent or parts of one for shares, thousands or millions for amounts."),
    ("npo-map-unused", _N, "Nothing uses it", "'{found}' says how the column is written, but no field is chosen for it.", "Choose the field, or clear the cell."),
    ("npo-map-reason", _E, "Reason missing", "'{column}' is the same for the whole register, but no reason is given.", "Write the reason beside the value."),
    ("npo-map-value", _W, "Reason without a value", "'{column}' has a reason but no value, so it is not used.", "Choose a value, or clear the reason."),
    ("npo-map-fact", _E, "Unknown fact", "'{found}' is no fact of the whole register, so the row is not used.", "Restore the id in the first column, which is hidden."),
    ("npo-map-both", _E, "Given twice", "'{column}' is taken from a column and is also the same for the whole register.", "Clear one of the two."),
    ("npo-map-twice", _E, "Two meanings", "'{found}' has two meanings for '{column}', because two columns are taken for it.", "Give it the same meaning in both, or take the field from one column."),
    ("npo-heading-twice", _E, "Two columns of one name", "several columns are headed '{heading}', so none of them is read.", "Give each column a name of its own, or name '{heading} (1)' or '{heading} (2)' in the mapping."),
    ("npo-quote", _E, "Quotation mark not closed", "a quotation mark is opened in this cell and not closed in it, so the rows after it cannot be told apart; the register is not read.", "Close the quotation mark, or write it twice where it is meant."),
    ("npo-line-end", _E, "Another line end", "the row holds a line end of another kind than the rows before it, so rows cannot be told apart; the register is not read.", "Save the register again as CSV, or put the cell with the line end between quotation marks."),
    ("npo-rows-short", _N, "Short rows", "rows with fewer cells than there are headings: {count}, this is the first. Their last cells are read as blank.", "If a line break within a cell has cut the row, put the cell between quotation marks; otherwise nothing to do."),
    ("npo-value", _E, "Value not read", "'{found}' in column '{column}' is no {kind} and counts as not known (rows with it: {count}, this is the first).", "Correct it, or say in the mapping what it means."),
    ("npo-values-more", _E, "More values not read", "{count} more rows have other values in column '{column}' that are no {kind}.", "See the values above; they may share a cause."),
    ("npo-row", _E, "Row not read", "the row is kept out: {why}.", "Correct the row and try again."),
    ("npo-rows-more", _E, "More rows not read", "{count} more rows are kept out.", "Correct the rows; 'fatf-kit npo classify' lists them all in rejected.csv."),
    ("npo-rows-numbered", _W, "Rows without a register number", "{count} rows have no register number. They are kept under the number of their line; the first is {first}.", "Nothing has to be done where numbers are withheld; otherwise write them in."),
    ("npo-override-unused", _W, "Override without effect", "{count} overrides name no body in scope.", "Correct the register numbers in the overrides."),
    ("npo-override-trigger", _W, "Override of a hard trigger", "{count} overrides concern bodies with a hard trigger and are not used.", "Let investigators clear the link, then correct the register."),
    ("npo-trigger-unproven", _W, "Link to terrorism not proven", "a hard trigger at 4 or 5 lacks its source, office or date, so the body is to be verified and has no class.", "Fill in source, office and date, or correct the level."),
    ("npo-triggers-more", _W, "More links not proven", "{count} more bodies have a hard trigger without source, office or date.", "Fill in source, office and date, or correct the level."),
    ("npo-answer-unmatched", _W, "Answers of unknown bodies", "the questionnaires name {count} bodies with answers that the register does not have.", "Correct the register numbers in the questionnaires."),
    ("npo-answer-twice", _W, "Two answers", "the body answered '{column}' twice; the first answer is used.", "Keep one of the answers."),
    ("npo-decision-reason", _W, "Decision without a reason", "the decision on the sector's rating has no reason and is not used.", "Write the reason."),
    ("npo-decision-rating", _W, "Decision without a rating", "the decision on the sector's rating names no rating, so this is not used.", "Choose the rating, or clear the cell."),
    ("npo-scope-open", _W, "No column for the definition", "{count} bodies stay undetermined, because no column tells '{column}'.", "Name such a column in the mapping, or one value for all with its reason."),
    ("npo-place-unmet", _W, "Place not in the register", "no row names '{found}', a place of the settings, so nobody is rated by it.", "Write it as the register does, or take it off the settings."),
    ("npo-national", _E, "No level", "'{found}' as the value of {factor} is none of 1 to 5 and counts as not known.", "Write 1 to 5, or leave it blank."),
    ("npo-national-reason", _W, "Reason without a value", "{factor} has a reason but no value, so it is not used.", "Write a value from 1 to 5."),
    ("npo-total", _W, "Totals do not agree", "{what}: stated {stated}, but the parts sum to {summed}.", "Find out which is right before either is published."),
    # A country's measures for non-profit organisations
    ("npo-question", _E, "Unknown question", "'{found}' is no question of the workbook, so its answer is not used.", "Restore the id in the first column, which is hidden."),
    ("npo-measure-incomplete", _E, "Measure not complete", "the measure is not judged, because these are missing: {missing}.", "Fill in the cells."),
    ("npo-measure-segment", _W, "Segment not in the register", "the register has no segment '{found}' by {by}, so it is not known whom the measure reaches.", "Write the segment as the register does."),
    # Answers that do not fit together
    ("criterion-above-parts", _W, "Better than its parts", "answered '{answer}', but its parts amount to '{parts}' only; the criterion's own answer is used.", "Correct the criterion or its parts."),
    ("met-uncited", _N, "Claimed without a citation", "answered '{answer}', but no law or other enforceable means is cited, so it does not count as shown.", "Cite the instrument and its article, or correct the answer."),
    ("citation-undated", _N, "Cited without a date", "the date of entry into force of what is cited is missing, so it does not count as shown.", "Add the date."),
    ("in-force-late", _N, "In force after the cut-off date", "what is cited is in force only from {found}; it would count if in force by {cut_off}.", "Bring its entry into force forward, or plan for what counts today."),
    ("kind-proposed", _N, "A kind that no source confirms", "'{found}' is read as '{evidence_kind}', which is a proposal that no source confirms, so it settles no rating. Answers of the agency that cite it: {count}.", "Ask the agency which kind of instrument it is, and enter it in the evidence register with its kind."),
    ("law-undated", _N, "A law without a date", "'{found}' in the register is a law or other enforceable means without a date of entry into force.", "Add the date."),
    ("effective-without-figures", _N, "Effective without figures", "answered '{answer}', but no figures of the register are named.", "Name statistics that show it, or correct the answer."),
    ("text-repeated", _N, "One text under many requirements", "the same explanation stands under {count} requirements, also under {others}.", "Say under each what answers it in particular."),
    ("rating-missing", _W, "Narrative without a rating", "there is an answer in words but no rating, so the requirement counts as unanswered.", "Choose a rating."),
    ("copies-differ", _W, "Two copies of one sheet", "another copy answers differently at {other}; the first file's answer is used.", "Decide which copy is right."),
    ("confidentiality-differs", _W, "Two levels of confidentiality", "the same answer has another confidentiality at {other}; the stricter one is used.", "Correct the one that is wrong."),
    ("cover-differs", _W, "Two covers", "another cover says something else at {other}, and that is used.", "Correct the cover that is wrong."),
    ("contact-differs", _N, "Another contact", "the cover names another contact than {other}, and the contact there is used.", "Correct the cover that is wrong."),
    ("copy-same", _N, "The same copy twice", "the file is the same as {other} and is read once.", "Nothing to do."),
)  # fmt: skip
