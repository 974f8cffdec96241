"""`fatf-kit paper`: one paper about an assessment, for one kind of reader."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

import fatf_kit
from fatf_kit.cli import steps
from fatf_kit.core.national_words import base_language
from fatf_kit.core.progress import with_progress
from fatf_kit.core.store import check_target, write_files
from fatf_kit.terminal import folders, options, output, writing

KINDS = ("gap", "brief", "slide", "deck", "roadmap", "compliance", "effectiveness", "agency")
"""The papers, in the order of --help."""

_SLIDES = ("slide", "deck")
_ALL = "all"


@click.command
@click.argument("kind", metavar="KIND", type=click.Choice(KINDS))
@options.input_paths("[FILE|DIR...]")
@options.output_file(
    "File to write: .docx, .pdf or .html; slides: .pptx.  [default: KIND-LANG.docx or .pptx in reports/ of the "
    "assessment folder, else in fatf-report/]",
    (*options.DOCUMENT_ENDINGS, ".pptx"),
    home="reports",
    place="fatf-report",
)
@options.audience
@options.option(
    "agency", metavar="ID", help="Agency of the paper 'agency', by its id; 'all' writes one paper for each agency."
)
@click.option(
    "--draft",
    is_flag=True,
    help="Write the working draft of a submission, with ratings and gaps; it is not for evaluators.",
)
@click.option(
    "--previous", metavar="ISO3", help="Quote the last evaluation report of this jurisdiction in submissions."
)
@options.scoring
@options.notice
@options.force_language
def paper(
    kind: str,
    paths: tuple[Path, ...],
    target: Path | None,
    audience: str,
    agency: str | None,
    draft: bool,
    previous: str | None,
    notices: tuple[str, ...],
    force: bool,
    language: str,
    **scoring: Any,
) -> None:
    """Write one paper about an assessment.

    gap is the report for the coordinator. brief is one page for the minister; slide is the same as one slide, and deck
    is eight slides for a first meeting. roadmap contains the key recommended
    actions and the actions of each agency. agency is the open work of one agency.

    compliance and effectiveness are the country's submissions to the evaluators: its statements and the sources they
    cite, without ratings, gaps or advice. With --draft they are the team's working version, marked on every page.

    Answers above the audience's level of confidentiality are left out. The paper states that answers were left out, but
    not which ones.

    Example: fatf-kit paper brief iraq -o brief.docx
    """
    from fatf_kit.papers.submission.parts import SUBMISSIONS
    from fatf_kit.report.write import SLIDES, list_document_files, render_document_files, write_document

    paths = folders.require_paths(paths)
    if (kind == "agency") != (agency is not None):
        output.fail_usage("Use --agency with the paper 'agency', and only with it.")
    if draft and kind not in SUBMISSIONS:
        output.fail_usage("Use --draft only with the papers 'compliance' and 'effectiveness'.")
    scored = steps.score_with_progress(paths, **scoring)
    output.print_errors(scored.problems)
    nothing = output.translate("No workbook could be read, so no paper was written.")
    steps.require_workbooks(scored, nothing, has_printed=True)
    now = writing.current_time()
    papers = list(_papers(scored, f"{kind}-draft" if draft else kind, agency, language, target))
    written: list[Path] = []
    with output.progress_bar("Papers written") as on_progress:
        for reader, words, path in with_progress(papers, len(papers), on_progress):
            endings = (SLIDES,) if kind in _SLIDES else options.DOCUMENT_ENDINGS
            check_target(path, force=True, endings=endings)
            document = fatf_kit.paper(
                scored,
                kind,
                generated_at=now,
                language=words,
                audience=audience,
                agency=reader,
                previous=previous,
                draft=draft,
                notices=notices,
            )
            if target or scored.folder is None:
                write_document(document, path, force=force)
                written += list_document_files(document, path)
            else:  # a paper that fatf-kit wrote and no person has changed is replaced
                written += write_files(path.parent, render_document_files(document, path), force=force)
    writing.print_files(*written)
    if kind in SUBMISSIONS and not draft:
        _print_left_open(scored, kind, audience)


def _print_left_open(scored: fatf_kit.ScoringResult, kind: str, audience: str) -> None:
    """Print what the drafter has to decide before a submission is final."""
    from fatf_kit.workflows.papers import find_open_statements

    t = output.translator()
    left = find_open_statements(scored, kind, audience=audience)
    if left.unreported:
        output.print_plural(
            "No measure is reported for {n} requirement. The draft lists it: add --draft.",
            "No measure is reported for {n} requirements. The draft lists them: add --draft.",
            left.unreported,
        )
    if left.unproven:
        output.print_plural(
            "{n} claim that cites nothing is left out. The draft lists it: add --draft.",
            "{n} claims that cite nothing are left out. The draft lists them: add --draft.",
            left.unproven,
        )
    for one in left.long:
        output.print_message(
            "{name}: longer than usual, {words} instead of about {usual}.",
            name=one.subject or t("the whole paper"),
            words=t.plural("{n} word", "{n} words", one.words),
            usual=one.usual,
        )


def _papers(
    scored: fatf_kit.ScoringResult, kind: str, agency: str | None, language: str, target: Path | None
) -> Iterator[tuple[str | None, str, Path]]:
    """Yield agency, language and file of each paper to be written; an agency's is in its own language."""
    from fatf_kit.workflows.papers import list_agencies_with_paper

    name = kind if agency else f"{kind}-{base_language(language)}"
    path = target or steps.output_for(None, scored.folder) / f"{name}{'.pptx' if kind in _SLIDES else '.docx'}"
    if agency is None or scored.folder is None:
        yield agency, language, path
        return
    agencies = list_agencies_with_paper(scored)
    for one in agencies:
        if agency in (one.id, _ALL):
            own = language if options.is_language_named() else one.language
            has_own_file = target is None or agency == _ALL
            yield one.id, own, path.with_name(f"{path.stem}-{one.id}{path.suffix}") if has_own_file else path
    if agency != _ALL and agency not in {one.id for one in agencies}:
        yield agency, language, path  # `fatf_kit.paper` reports that there is no such agency
