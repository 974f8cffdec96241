"""`fatf-kit laws what-if` and `laws without`: the effects of a bill, and of the end of a law."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from fatf_kit.cli import options, output, steps
from fatf_kit.cli.progress_bar import progress_bar
from fatf_kit.core.files import is_folder

if TYPE_CHECKING:
    from fatf_kit.core.messages import Translator
    from fatf_kit.laws.bills import BillEffects, Scenario
    from fatf_kit.laws.repeal import RepealEffects
    from fatf_kit.workflows.laws import LawReview

_NAMED = 3


def _find_folder(names: tuple[str, ...]) -> tuple[Path, tuple[str, ...]]:
    """Return the folder that is named first, or that the command was called in; then the other names."""
    has_folder = bool(names) and is_folder(Path(names[0]))
    return steps.require_folder((Path(names[0]),) if has_folder else ()), names[has_folder:]


def _review(folder: Path) -> LawReview:
    from fatf_kit.workflows.laws import review_laws

    with progress_bar("Workbooks read") as on_progress:
        return review_laws(folder, on_progress=on_progress)


@click.command("what-if", epilog=output.EXITS)
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
@options.output_file("File to write with the page for parliament: .html, .docx or .pdf.", options.document_endings)
@options.force_language_json
def what_if(
    names: tuple[str, ...],
    dropped: tuple[str, ...],
    in_force: date | None,
    goal: str | None,
    target: Path | None,
    force: bool,
    language: str,
    as_json: bool,
) -> int:
    """Show the ratings now, with a bill, and without each of its clauses.

    BILL is its number in the register of laws, like L-040. Several bills are shown together and separately. What comes
    into force after the cut-off date raises what is claimed, and not what is shown.
    """
    from fatf_kit.laws.payload import make_bill_payload
    from fatf_kit.workflows.bills import bill_what_if, build_bill_page

    folder, bills = _find_folder(names)
    review = _review(folder)
    found = bill_what_if(review, bills, without=dropped, in_force=in_force, target=goal)
    output.print_result(make_bill_payload(found), _bill_lines(found, output.translator()), as_json=as_json)
    if target is not None:
        steps.write_single(build_bill_page(review, found, today=date.today(), language=language), target, force=force)
    return output.DONE


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
        yield t(
            "{name}: {text}", name=t("{id} alone", id=bill.id), text=texts.describe_difference(found.now, scenario, t)
        )
    if found.without:
        yield ""
        heads = (t("Clause"), t("Answers"), t("If it is dropped"))
        rows = (
            (
                found.name_clause(clause),
                texts.describe_answers(clause, found, t),
                texts.describe_difference(found.kept, without, t),
            )
            for clause, without in found.without
        )
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


@click.command("without", epilog=output.EXITS)
@click.argument("names", metavar="[DIR] INSTRUMENT [ARTICLE]", nargs=-1, required=True, type=options.PLAIN_TEXT)
@options.language_json
def without(names: tuple[str, ...], language: str, as_json: bool) -> int:  # noqa: ARG001 - its option sets the language
    """Show the ratings if a law, or one article of it, ended before the cut-off date.

    That is what a repeal, a suspension or an annulment by a court costs. INSTRUMENT is its number in the register of
    laws, like L-003, and ARTICLE is like "art. 12".
    """
    from fatf_kit.laws.payload import make_repeal_payload
    from fatf_kit.workflows.bills import laws_without

    folder, named = _find_folder(names)
    if not 1 <= len(named) <= 2:
        output.fail_usage("Name one instrument, and one article of it at most.")
    found = laws_without(_review(folder), *named)
    output.print_result(make_repeal_payload(found), _repeal_lines(found, output.translator()), as_json=as_json)
    return output.DONE


def _repeal_lines(found: RepealEffects, t: Translator) -> Iterator[str]:
    """Yield the ratings and thresholds that change, and the criteria that the law proves."""
    place = " ".join(filter(None, (found.instrument.id, found.article)))
    yield t("Without {name}:", name=t("{text} ({place})", text=found.instrument.title(t.language), place=place))
    rows = [
        (unit, found.now.units[unit].counted.describe(), found.after.units[unit].counted.describe())
        for unit in found.moved
    ]
    if rows:
        yield from output.table_lines([(t("Unit"), t("Now"), t("Then")), *rows])
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
            t.few(one.others, _NAMED) if one.others else "–",
        )
        for one in sorted(found.criteria, key=lambda one: bool(one.others))
    ]
    yield from output.table_lines([heads, *lines], kept=(0,))
