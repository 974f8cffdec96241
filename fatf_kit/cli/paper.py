"""`fatf-kit paper`: one paper about an assessment, for the person it is for."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from fatf_kit.cli.output import (
    EXITS,
    NewFile,
    ReadPath,
    audience_option,
    document_endings,
    exit_code,
    force_option,
    language_option,
    notice_option,
    print_errors,
    print_message,
    scoring_options,
    translator,
)
from fatf_kit.cli.progress_bar import progress_bar

if TYPE_CHECKING:
    from fatf_kit import ScoringResult

_KINDS = ("gap", "brief", "roadmap", "compliance", "effectiveness", "agency")
_ALL = "all"
_SUBMISSIONS = ("compliance", "effectiveness")


@click.command(epilog=EXITS)
@click.argument("kind", type=click.Choice(_KINDS))
@click.argument("paths", metavar="[FILE|DIR...]", nargs=-1, type=ReadPath())
@click.option(
    "-o",
    "--output",
    type=NewFile(document_endings),
    help="File to write: .docx, .pdf or .html.  [default: KIND-LANG.docx, in the assessment folder's reports/ or here]",
)
@audience_option
@click.option("--agency", metavar="ID", help="Whose open work, for the paper of an agency; 'all' writes one for each.")
@click.option(
    "--draft", is_flag=True, help="Write the working draft of a submission: with ratings and gaps, not for evaluators."
)
@click.option("--previous", metavar="ISO3", help="Quote this jurisdiction's last evaluation report in submissions.")
@scoring_options
@notice_option
@force_option
@language_option
def paper(
    kind: str,
    paths: tuple[Path, ...],
    output: Path | None,
    audience: str,
    agency: str | None,
    draft: bool,
    previous: str | None,
    edition: str | None,
    cut_off: date | None,
    policy: str | None,
    notice: tuple[str, ...],
    force: bool,
    language: str,
) -> int:
    """Write one paper about an assessment.

    gap is the report for the coordinator, brief one page for the minister, roadmap the key recommended actions and
    those of each agency, agency the open work of one agency.

    compliance and effectiveness are the country's submissions to the evaluators: its statements and what they cite,
    without ratings, gaps or advice. With --draft they are the team's own working version, marked on every page.

    Answers above the audience's confidentiality are left out; that something was left out is said, never what.
    """
    import fatf_kit
    from fatf_kit.cli.steps import input_paths, language_for, paths_or_cwd, score_with_progress
    from fatf_kit.core.errors import FatfKitError
    from fatf_kit.core.files import check_target
    from fatf_kit.core.progress import with_progress
    from fatf_kit.report.write import write_document

    paths = paths_or_cwd(paths)
    if not paths:
        raise click.UsageError("Give filled workbooks or a folder.")
    if (kind == "agency") != (agency is not None):
        raise click.UsageError("Name the agency with --agency for the paper 'agency', and only for it.")
    if draft and kind not in _SUBMISSIONS:
        raise click.UsageError("Only 'compliance' and 'effectiveness' have a --draft.")
    language = language_for(language, paths)
    scored = score_with_progress(paths, edition=edition, cut_off=cut_off, policy=policy)
    print_errors(scored.problems)
    if not scored.responses.inputs:
        t = translator()
        raise FatfKitError(t("No workbook could be read, so there is nothing to write about."))
    now = datetime.now().astimezone().isoformat(timespec="minutes")
    targets = list(_targets(scored, f"{kind}-draft" if draft else kind, agency, language, output))
    written: list[Path] = []
    try:
        with progress_bar("Papers written") as told:
            for name, tongue, target in with_progress(targets, len(targets), told):
                check_target(target, inputs=input_paths(paths, scored.folder), force=force)
                document = fatf_kit.paper(
                    scored,
                    kind,
                    generated_at=now,
                    language=tongue,
                    audience=audience,
                    agency=name,
                    previous=previous,
                    draft=draft,
                    notices=notice,
                )
                written.append(write_document(document, target, force=force))
    finally:  # also those before one that could not be written
        for path in written:
            print_message("Written: {path}", path=path)
    if kind in _SUBMISSIONS and not draft:
        _say_left_open(scored, kind, audience)
    return exit_code(scored.problems)


def _say_left_open(scored: ScoringResult, kind: str, audience: str) -> None:
    """What the drafter has to decide before a submission is final."""
    from fatf_kit.workflows.papers import count_open_statements

    t = translator()
    unreported, unproven = count_open_statements(scored, kind, audience=audience)
    if unreported:
        print_message(
            t.plural(
                "{n} requirement is listed under “No measure is reported”. Decide on it before the paper is final.",
                "{n} requirements are listed under “No measure is reported”. Decide on them before the paper is final.",
                unreported,
            )
        )
    if unproven:
        print_message(
            t.plural(
                "{n} claim that cites nothing is left out. The draft lists it: add --draft.",
                "{n} claims that cite nothing are left out. The draft lists them: add --draft.",
                unproven,
            )
        )


def _targets(
    scored: ScoringResult, kind: str, agency: str | None, language: str, output: Path | None
) -> Iterator[tuple[str | None, str, Path]]:
    """Each paper to be written: whose it is, in which language, and where; an agency's in its own language."""
    from fatf_kit.cli.steps import output_for

    name = kind if agency else f"{kind}-{language}"
    place = output or output_for(None, scored.folder) / f"{name}.docx"
    if agency is None or scored.folder is None:
        yield agency, language, place
        return
    named = click.get_current_context().get_parameter_source("language") is not click.core.ParameterSource.DEFAULT
    for one in scored.folder.workspace.agencies:
        if agency in (one.id, _ALL):
            own = language if named else one.language
            many = output is None or agency == _ALL
            yield one.id, own, place.with_name(f"{place.stem}-{one.id}{place.suffix}") if many else place
    if agency != _ALL and agency not in scored.folder.workspace.by_id:
        yield agency, language, place  # told that there is none
