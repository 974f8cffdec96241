"""`fatf-kit laws list`, `laws concordance` and `laws annex`: the register of laws listed and read both ways."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from fatf_kit.cli import options, output, steps
from fatf_kit.cli.progress_bar import progress_bar

if TYPE_CHECKING:
    from fatf_kit import LawReview


def _kinds() -> Sequence[str]:
    from fatf_kit.laws.model import REGISTER_KINDS

    return tuple(map(str, REGISTER_KINDS))


def _statuses() -> Sequence[str]:
    from fatf_kit.laws.model import InstrumentStatus

    return tuple(map(str, InstrumentStatus))


def _annex_endings() -> Sequence[str]:
    return (*options.document_endings(), ".xlsx")


def _review(paths: tuple[Path, ...]) -> LawReview:
    """Return the assessment folder with its register of laws, with a bar while workbooks are read."""
    import fatf_kit

    home = steps.require_folder(paths)
    with progress_bar("Workbooks read") as on_progress:
        review = fatf_kit.review_laws(home, on_progress=on_progress)
    output.print_errors(review.scored.problems)
    if not review.register.instruments:
        output.print_message("The register of laws is empty. 'fatf-kit laws propose' begins it with what answers cite.")
    return review


@click.command(name="list", epilog=output.EXITS)
@options.input_paths("[DIR]")
@options.names_option("--kind", "kinds", known=_kinds, text="Only these kinds, like law,treaty.")
@options.names_option("--status", "statuses", known=_statuses, text="Only these statuses, like bill,drafting.")
@options.language_json
def list_laws(
    paths: tuple[Path, ...], kinds: tuple[str, ...], statuses: tuple[str, ...], language: str, as_json: bool
) -> int:
    """List the instruments of the register of laws, with the state of their translations."""
    import fatf_kit
    from fatf_kit.laws.instrument_list import list_rows
    from fatf_kit.workflows.law_papers import make_imprint, select_instruments

    review, now = _review(paths), steps.current_time()
    if as_json:
        output.print_json(fatf_kit.law_list(review, generated_at=now, kinds=kinds, statuses=statuses))
        return output.DONE
    listed = select_instruments(review.register, kinds, statuses)
    imprint = make_imprint(review, generated_at=now, language=language)
    rows = tuple(list_rows(review.register, listed, imprint, output.translator()))
    click.echo("\n".join(output.table_lines(rows, kept=(0,))))
    return output.DONE


@click.command(epilog=output.EXITS)
@options.input_paths("[DIR]")
@options.output_file("File to write: .html, .docx, .pdf, .xlsx or .csv.", options.report_endings)
@options.audience
@options.force_language_json
def concordance(
    paths: tuple[Path, ...], target: Path | None, audience: str, force: bool, language: str, as_json: bool
) -> int:
    """Compare the register of laws with the criteria: which article proves which criterion, and what is missing.

    Lists criteria without an article, provisions that serve no criterion, what is to be translated first, citations
    that are unclear or in conflict, and the articles of each Recommendation. A .csv file has one line for each article
    and criterion.
    """
    import fatf_kit

    review = _review(paths)
    report = fatf_kit.law_concordance(review, generated_at=steps.current_time(), language=language, audience=audience)
    if target is not None:
        steps.write_report_file(report, target, inputs=steps.protected_paths(paths, review.folder), force=force)
    output.print_result(report.payload, steps.figure_lines(report), as_json=as_json)
    return output.DONE


@click.command(epilog=output.EXITS)
@options.input_paths("[DIR]")
@options.output_file("File to write: .docx, .html, .pdf or .xlsx.", _annex_endings, default="laws-annex.docx")
@options.force_language
def annex(paths: tuple[Path, ...], target: Path, force: bool, language: str) -> int:
    """Write the numbered list of laws and other instruments for the submission, with the state of translations.

    Bills and drafts are in a separate list. The list is for evaluators: proposed instruments are left out, and so is
    everything from the self-assessment.
    """
    import fatf_kit

    review = _review(paths)
    report = fatf_kit.law_annex(review, generated_at=steps.current_time(), language=language)
    steps.write_report_file(report, target, inputs=steps.protected_paths(paths, review.folder), force=force)
    proposed = sum(one.is_proposed for one in review.register.instruments)
    if proposed:
        t = output.translator()
        text = t.plural(
            "{n} proposed instrument is left out. Check it in laws.xlsx first.",
            "{n} proposed instruments are left out. Check them in laws.xlsx first.",
            proposed,
        )
        output.print_message(text)
    return output.DONE
