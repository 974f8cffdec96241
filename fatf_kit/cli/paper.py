"""`fatf-kit paper`: one paper about an assessment, for the person it is for."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import click

from fatf_kit.cli.output import (
    EXITS,
    Day,
    NewFile,
    Words,
    exit_code,
    force_option,
    language_option,
    say,
    show_problems,
)

_KINDS = ("gap", "brief", "roadmap", "compliance", "effectiveness", "agency")
_AUDIENCES = ("public", "assessors", "government")


def _endings() -> tuple[str, ...]:
    from fatf_kit.report.write import DOCUMENT_FORMATS

    return tuple(DOCUMENT_FORMATS)


@click.command(epilog=EXITS)
@click.argument("kind", type=click.Choice(_KINDS))
@click.argument("paths", metavar="FILE|DIR...", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("-o", "--output", type=NewFile(_endings), required=True, help="File to write: .docx, .pdf or .html.")
@click.option("--audience", type=click.Choice(_AUDIENCES), default="assessors", show_default=True, help="Who reads it.")
@click.option("--agency", metavar="ID", help="Whose open work, for the paper of an agency.")
@click.option("--previous", metavar="ISO3", help="Quote this jurisdiction's last evaluation report in submissions.")
@click.option("--edition", help="Edition of the Methodology; taken from the workbooks if left out.")
@click.option("--cut-off", type=Day(), help="Last day on which a measure counts, year-month-day.")
@click.option("--policy", default="indicative-1", show_default=True, help="Scoring policy: an id, or your own file.")
@click.option("--notice", type=Words(), multiple=True, help="A line to stand on every page.")
@force_option
@language_option
def paper(
    kind: str,
    paths: tuple[Path, ...],
    output: Path,
    audience: str,
    agency: str | None,
    previous: str | None,
    edition: str | None,
    cut_off: date | None,
    policy: str,
    notice: tuple[str, ...],
    force: bool,
    language: str,
) -> int:
    """Write one paper about an assessment.

    gap is the report for the coordinator, brief one page for the minister, roadmap the key
    recommended actions and those of each body, compliance and effectiveness the country's
    submissions in the shape of an evaluation report, to go on with in Word, agency the open work of one agency.

    Answers above the audience's confidentiality are left out; that something was left out is said, never what.
    """
    from fatf_kit import api
    from fatf_kit.errors import FatfKitError
    from fatf_kit.files import check_target
    from fatf_kit.report.write import write_document

    if (kind == "agency") != (agency is not None):
        raise click.UsageError("Name the agency with --agency for the paper 'agency', and only for it.")
    check_target(output, inputs=paths, force=force)
    scored = api.score(paths, edition=edition, cut_off=cut_off, policy=policy)
    show_problems(scored.problems, language)
    if not scored.responses.inputs:
        raise FatfKitError("No workbook could be read, so there is nothing to write about.")
    document = api.paper(
        scored,
        kind,
        generated_at=datetime.now().astimezone().isoformat(timespec="minutes"),
        language=language,
        audience=audience,
        agency=agency,
        previous=previous,
        notices=notice,
    )
    write_document(document, output, force=force)
    say(f"Written: {output}")
    return exit_code(scored.problems)
