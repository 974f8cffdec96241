"""`fatf-kit laws`: the register of laws of an assessment folder."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

import fatf_kit
from fatf_kit.core.files import is_folder
from fatf_kit.terminal import exit_codes, folders, options, output, writing

if TYPE_CHECKING:
    from fatf_kit.core.messages import Translator
    from fatf_kit.laws.bills import BillEffects, Scenario
    from fatf_kit.laws.repeal import RepealEffects

_NAMED = 3
"""The most other laws that are named as proof of a criterion."""


def _kinds() -> Sequence[str]:
    from fatf_kit.laws.model import REGISTER_KINDS

    return tuple(map(str, REGISTER_KINDS))


def _statuses() -> Sequence[str]:
    from fatf_kit.laws.model import InstrumentStatus

    return tuple(map(str, InstrumentStatus))


def _find_folder(names: tuple[str, ...]) -> tuple[Path, tuple[str, ...]]:
    """Return the folder that is named first, or that the command was called in; then the other names."""
    has_folder = bool(names) and is_folder(Path(names[0]))
    return folders.require_folder((Path(names[0]),) if has_folder else ()), names[has_folder:]


def _review(folder: Path) -> fatf_kit.LawReview:
    """Return the assessment folder with its register of laws, with a bar while workbooks are read."""
    with output.progress_bar("Workbooks read") as on_progress:
        return fatf_kit.review_laws(folder, on_progress=on_progress)


def _review_to_list(paths: tuple[Path, ...]) -> fatf_kit.LawReview:
    """Return the folder with its register, and print the errors in its workbooks and whether the register is empty."""
    review = _review(folders.require_folder(paths))
    output.print_errors(review.scored.problems)
    if not review.register.instruments:
        output.print_message(
            "The register of laws is empty. 'fatf-kit laws propose' creates it from the texts that answers cite."
        )
    return review


@click.group
def laws() -> None:
    """Keep the register of laws, and see which article proves which criterion and what a bill would change.

    The register is laws.xlsx in the assessment folder. One person keeps it in Excel. What the answers cite is matched
    with it.
    """


@laws.command
@options.input_paths("[DIR]")
@options.run_language_json
def propose(paths: tuple[Path, ...]) -> int:
    """Add to laws.xlsx the laws that answers cite and that are not entered yet.

    New rows are marked as proposed and prove nothing until a person has checked them. Rows that are there stay as they
    are; the earlier file is kept in history/.

    Example: fatf-kit laws propose iraq
    """
    from fatf_kit.laws.payload import make_proposals_result

    folder = folders.require_folder(paths)
    with output.progress_bar("Workbooks read") as on_progress:
        made = fatf_kit.propose_laws(folder, moment=writing.current_time("seconds"), on_progress=on_progress)
    if output.is_set(output.JSON):
        output.print_json(make_proposals_result(made.proposed, made.path is not None, made.problems))
        return output.exit_code(made.problems)
    output.print_problems(made.problems)
    t, proposed = output.translator(), made.proposed
    if made.path is None:
        if not proposed.count:
            output.print_message("Nothing was proposed: the register has everything that the answers cite.")
        return output.exit_code(made.problems)
    writing.print_files(made.path)
    counts = (
        t.plural("{n} instrument", "{n} instruments", proposed.instruments),
        t.plural("{n} provision", "{n} provisions", proposed.provisions),
        t.plural("{n} link", "{n} links", proposed.links),
        t.plural("{n} spelling", "{n} spellings", proposed.spellings),
    )
    output.print_message("Proposed: {counts}", counts=t.listed(counts))
    output.print_message(
        "Next: open {file}, correct the rows that are marked as proposed, and mark them as checked.",
        file=made.path.name,
    )
    return exit_codes.DONE


@laws.command
@options.input_paths("[DIR]")
@options.run_language_json
def check(paths: tuple[Path, ...]) -> int:
    """List every problem of the register of laws, by itself and with the answers that cite it.

    Example: fatf-kit laws check iraq
    """
    folder = folders.require_folder(paths)
    with output.progress_bar("Workbooks read") as on_progress:
        review, problems = fatf_kit.check_laws(folder, on_progress=on_progress)
    code = output.print_found(problems)
    if output.is_set(output.JSON):
        return code
    if not review.register.file:
        output.print_message("The folder has no laws.xlsx. Make it with 'fatf-kit laws propose'.")
    elif not problems:
        output.print_message("No problem was found.")
    output.print_plural(
        "{known} of {n} citation is matched with the register.",
        "{known} of {n} citations are matched with the register.",
        len(review.citations),
        known=sum(one.match.instrument is not None for one in review.citations),
    )
    return code


@laws.command("what-if")
@click.argument("names", metavar="[DIR] BILL...", nargs=-1, required=True, type=options.PLAIN_TEXT)
@click.option(
    "--without", "dropped", multiple=True, type=options.PLAIN_TEXT, help='Clause to leave out, like "art. 5".'
)
@options.date_option("--in-force", text="Day on which the bill comes into force.  [default: as the register expects]")
@click.option(
    "--target",
    "goal",
    metavar="TARGET",
    help="Target for the smallest sets of clauses: regular, leave-icrg or a rating like R.24=LC.",
)
@options.output_file("File to write with the page for parliament: .html, .docx or .pdf.", options.DOCUMENT_ENDINGS)
@options.force_language_json
def what_if(
    names: tuple[str, ...],
    dropped: tuple[str, ...],
    in_force: date | None,
    goal: str | None,
    target: Path | None,
    force: bool,
    language: str,
) -> None:
    """Show the ratings now, with a bill, and without each of its clauses.

    BILL is its number in the register of laws, like L-040. Several bills are shown together and separately. What comes
    into force after the cut-off date raises what is claimed, and not what is shown.

    Example: fatf-kit laws what-if L-040 --without "art. 5" --target R.19=LC -o parliament.pdf
    """
    from fatf_kit.laws.effects_payload import make_bill_result

    folder, bills = _find_folder(names)
    review = _review(folder)
    found = fatf_kit.bill_what_if(review, bills, without=dropped, in_force=in_force, target=goal)
    output.print_result(make_bill_result(found), _bill_lines(found, output.translator()))
    if target is not None:
        page = fatf_kit.build_bill_page(review, found, today=date.today(), language=language)
        writing.write_single(page, target, force=force)


def _bill_lines(found: BillEffects, t: Translator) -> Iterator[str]:
    """Yield when the bills count, the ratings, the thresholds, the clauses, remarks, and the sets for a target."""
    from fatf_kit.laws import bill_texts as texts

    for bill in found.bills:
        name = t("{text} ({place})", text=bill.instrument.title(t.language), place=bill.id)
        yield t("{name}: {text}", name=name, text=texts.describe_commencement(bill, found.cut_off, t))
    yield ""
    if found.moved:
        yield from output.table_lines(list(texts.list_ratings(found, t)))
    else:
        yield t("No rating changes.")
    yield ""
    yield from _consequence_lines(found.now, found.kept, t)
    for bill, scenario in found.apart:
        alone = t("{id} alone", id=bill.id)
        yield t("{name}: {text}", name=alone, text=texts.describe_difference(found.now, scenario, t))
    if found.without:
        yield ""
        heads = (t("Clause"), t("Answers"), t("If it is dropped"))
        rows = [
            (
                found.name_clause(clause),
                texts.describe_answers(clause, found, t),
                texts.describe_drop(clause, found, rest, t),
            )
            for clause, rest in found.without
        ]
        yield from output.table_lines([heads, *rows], kept=(0,))
    remarks = [*texts.list_remarks(found, t), *texts.describe_target(found, t)]
    yield from ("", *remarks) if remarks else ()


def _consequence_lines(one: Scenario, other: Scenario, t: Translator) -> Iterator[str]:
    """Yield the follow-up in both scenarios, and the thresholds whose counts differ."""
    from fatf_kit.laws import bill_texts as texts
    from fatf_kit.outlook.report import describe_outlook

    now, then = (describe_outlook(found.outlook, t, explained=False) for found in (one, other))
    yield t("{name}: {text}", name=t("Now") if now != then else t("Unchanged"), text=now)
    if now != then:
        yield t("{name}: {text}", name=t("Then"), text=then)
    yield from output.table_lines(list(texts.list_thresholds(one, other, t)))


@laws.command
@click.argument("names", metavar="[DIR] INSTRUMENT [ARTICLE]", nargs=-1, required=True, type=options.PLAIN_TEXT)
@options.run_language_json
def without(names: tuple[str, ...]) -> None:
    """Show the ratings if a law, or one article of it, ended before the cut-off date.

    A repeal, a suspension or an annulment by a court has this effect. INSTRUMENT is its number in the register of
    laws, like L-003, and ARTICLE is like "art. 12".

    Example: fatf-kit laws without L-003 "art. 12"
    """
    from fatf_kit.laws.effects_payload import make_repeal_result

    folder, named = _find_folder(names)
    if not 1 <= len(named) <= 2:
        output.fail_usage("Name one instrument, and one article of it at most.")
    found = fatf_kit.laws_without(_review(folder), *named)
    output.print_result(make_repeal_result(found), _repeal_lines(found, output.translator()))


def _repeal_lines(found: RepealEffects, t: Translator) -> Iterator[str]:
    """Yield the ratings and thresholds that change, and the criteria that the law proves."""
    place = " ".join(filter(None, (found.instrument.id, found.article)))
    yield t("Without {name}:", name=t("{text} ({place})", text=found.instrument.title(t.language), place=place))
    if found.along:
        names = (t("{text} ({place})", text=act.title(t.language), place=act.id) for act in found.along)
        yield t("These instruments are made under it and fall with it: {names}.", names=t.points(names))
    rows = [
        (unit, found.now.units[unit].counted.describe(), found.after.units[unit].counted.describe())
        for unit in found.moved
    ]
    if rows:
        yield from output.table_lines([(t("Rec. or outcome"), t("Now"), t("Then")), *rows])
    else:
        yield t("No rating changes.")
    yield ""
    yield from _consequence_lines(found.now, found.after, t)
    yield ""
    if not found.criteria:
        yield t("No criterion is proven by it.")
        return
    count = len(found.unproven)
    if count:
        yield t.plural("{n} criterion loses its proof.", "{n} criteria lose their proof.", count)
    else:
        yield t("No criterion loses its proof.")
    heads = (t("Criterion"), t("Now"), t("Then"), t("Still proven by"))
    lines = [
        (
            one.requirement,
            one.before.describe(t.named),
            one.after.describe(t.named),
            t.first_of(one.others, _NAMED) if one.others else "–",
        )
        for one in sorted(found.criteria, key=lambda one: bool(one.others))
    ]
    yield from output.table_lines([heads, *lines], kept=(0,))


@laws.command("list")
@options.input_paths("[DIR]")
@options.names_option("--kind", "kinds", known=_kinds, text="Only these kinds, like law,treaty.")
@options.names_option("--status", "statuses", known=_statuses, text="Only these statuses, like bill,drafting.")
@options.language_json
def list_laws(paths: tuple[Path, ...], kinds: tuple[str, ...], statuses: tuple[str, ...], language: str) -> None:
    """List the instruments of the register of laws, with the state of their translations.

    Example: fatf-kit laws list iraq --status bill,drafting
    """
    from fatf_kit.laws.instrument_list import list_rows
    from fatf_kit.workflows.laws import make_imprint, select_instruments

    review, now = _review_to_list(paths), writing.current_time()
    document = fatf_kit.law_list(review, generated_at=now, kinds=kinds, statuses=statuses)
    listed = select_instruments(review.register, kinds, statuses)
    imprint = make_imprint(review, generated_at=now, language=language)
    rows = tuple(list_rows(review.register, listed, imprint, output.translator()))
    output.print_result(document, output.table_lines(rows, kept=(0,)))


@laws.command
@options.input_paths("[DIR]")
@options.output_file("File to write: .html, .docx, .pdf, .xlsx or .csv.", options.REPORT_ENDINGS)
@options.audience
@options.force_language_json
def concordance(paths: tuple[Path, ...], target: Path | None, audience: str, force: bool, language: str) -> None:
    """Compare the register of laws with the criteria: which article proves which criterion, and what is missing.

    Lists criteria without an article, provisions that are not linked with a criterion, what is to be translated first,
    citations that are unclear or in conflict, and the articles of each Recommendation. A .csv file has one line for
    each article and criterion.

    Example: fatf-kit laws concordance iraq -o concordance.html
    """
    review = _review_to_list(paths)
    report = fatf_kit.law_concordance(review, generated_at=writing.current_time(), language=language, audience=audience)
    writing.write_report_file(report, target, force=force)
    output.print_result(report.payload, writing.figure_lines(report))


@laws.command
@options.input_paths("[DIR]")
@options.output_file(
    "File to write: .docx, .html, .pdf or .xlsx.", (*options.DOCUMENT_ENDINGS, ".xlsx"), default="laws-annex.docx"
)
@options.force_language
def annex(paths: tuple[Path, ...], target: Path, force: bool, language: str) -> None:
    """Write the numbered list of laws and other instruments for the submission, with the state of translations.

    Bills and drafts are in a separate list. The list is for evaluators: proposed instruments are left out, and so is
    everything from the self-assessment.

    Example: fatf-kit laws annex iraq -o laws.docx --lang fr
    """
    review = _review_to_list(paths)
    report = fatf_kit.law_annex(review, generated_at=writing.current_time(), language=language)
    writing.write_report_file(report, target, force=force)
    proposed = sum(one.is_proposed for one in review.register.instruments)
    if proposed:
        output.print_plural(
            "{n} proposed instrument is left out. Check it in laws.xlsx first.",
            "{n} proposed instruments are left out. Check them in laws.xlsx first.",
            proposed,
        )
