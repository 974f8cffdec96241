"""Finding published reports by jurisdiction and by which report is meant."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache

from fatf_kit.core.errors import UnknownIdError
from fatf_kit.core.languages import LANGUAGES
from fatf_kit.core.messages import find_country_name
from fatf_kit.published.history import complete_outcomes, find_newest, sort_by_date
from fatf_kit.published.jurisdiction_names import find_code, find_near_names, simplify_name
from fatf_kit.published.loader import load_published
from fatf_kit.published.model import PublishedReport, ReportKind


def find_reports(who: str, reports: Iterable[PublishedReport] | None = None) -> tuple[PublishedReport, ...]:
    """Return every report of one jurisdiction from oldest to newest: MERs of all rounds, follow-ups and summaries.

    `who` is an ISO 3166-1 alpha-3 code in any case or an English name ("Korea", "south korea"). `reports` is the
    table to look in, None for the bundled one. Nothing is completed here.

    Raises:
        UnknownIdError: no such jurisdiction in the table; the message names near ones.

    >>> [report.label for report in find_reports("irq")]
    ['MER 2024-05']
    >>> [report.iso3 for report in find_reports("العراق")]
    ['IRQ']
    """
    table = load_published() if reports is None else tuple(reports)
    code, name = who.strip().upper(), simplify_name(who)
    found = [r for r in table if (code and r.iso3 == code) or simplify_name(r.jurisdiction) == name]
    if not found and (known := find_code(who) or _list_translated_names().get(name)):
        found = [report for report in table if report.iso3 == known]
    if not found:
        raise _make_unknown(who, table)
    return sort_by_date(found)


@cache
def _list_translated_names() -> Mapping[str, str]:
    """Return ISO 3166 codes by the names of the jurisdictions of the bundled table in the other languages."""
    codes = {report.iso3 for report in load_published()}
    return {simplify_name(find_country_name(code, one)): code for code in codes for one in LANGUAGES if one != "en"}


def find_report(who: str, which: str = "latest", reports: Iterable[PublishedReport] | None = None) -> PublishedReport:
    """Return one report of a jurisdiction; outcome ratings that it lacks are completed from the MER of its round.

    `which` selects the report, in upper or lower case:

    - "latest": the newest state of ratings, whatever its kind. That is the row with the newest date; within a month a
      newer edition has priority over an older one, then a summary over a follow-up over a MER, then the row marked
      current. In the bundled table it is always the row marked current.
    - "MER": the newest mutual evaluation report. The MER of an older round is found by its month.
    - "FUR": the newest follow-up report or follow-up assessment, never a summary. It may belong to an earlier round
      than the newest MER: look at `edition` and `date`.
    - a month like "2024-05": the report of that month. A report has priority over a summary of the same month.

    If the row has no outcome ratings, those of the MER of its round are used, and `completed_from` names it: see
    `complete_outcomes`.

    Raises:
        UnknownIdError: no such jurisdiction, or no such report of it; the message lists what there is.

    >>> find_report("Namibia", "MER").date, find_report("NAM").label
    ('2023-01', 'MER+FUR(s) 2025-04')
    """
    found = find_reports(who, reports)
    wanted = which.strip().upper()
    if wanted == "LATEST":
        return complete_outcomes(find_newest(found), found)
    if wanted in (ReportKind.MER, ReportKind.FUR):
        matches = [report for report in found if report.kind == wanted]
    elif re.fullmatch(r"\d{4}-\d\d", wanted):
        of_month = [report for report in found if report.date == wanted]
        matches = [report for report in of_month if report.kind is not ReportKind.SUMMARY] or of_month
    else:
        raise UnknownIdError(
            "'{found}' is not a report. Allowed: MER, FUR, latest or a month like {month}.",
            found=which,
            month="2024-05",
        )
    if not matches:
        raise UnknownIdError(
            "The table of published ratings has no report '{report}' of {jurisdiction}. Allowed: {names}.",
            report=which,
            jurisdiction=found[0].jurisdiction,
            names=tuple(dict.fromkeys(report.label for report in found)),
        )
    return complete_outcomes(matches[-1], found)


def _make_unknown(who: str, table: Sequence[PublishedReport]) -> UnknownIdError:
    names = {report.jurisdiction: report.iso3 for report in table}
    near = find_near_names(who, names)
    if len(who.strip()) == 3:
        codes = {code: name for name, code in names.items() if code}
        near = [codes[key] for key in difflib.get_close_matches(who.strip().upper(), codes, n=3, cutoff=0.6)] + near
    shown = [f"{name} ({names[name]})" if names[name] else name for name in dict.fromkeys(near)][:3]
    if shown:
        return UnknownIdError(
            "'{found}' is not in the table of published ratings. Did you mean one of these: {names}?",
            found=who,
            names=tuple(shown),
        )
    return UnknownIdError(
        "'{found}' is not in the table of published ratings. 'fatf-kit published list' shows its jurisdictions.",
        found=who,
    )
