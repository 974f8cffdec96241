"""Two years of the sector compared, as a short document."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from fatf_kit.core.json_shapes import Text
from fatf_kit.core.messages import Translator
from fatf_kit.npo.classification.compare import CHANGES, STATES, TOTALS, MoveCause, YearComparison, belongs
from fatf_kit.npo.report.disclosure import ShownCounts, hide_counts, one
from fatf_kit.npo.report.figures import class_name, key_figures, number, number_column
from fatf_kit.npo.report.names import Names
from fatf_kit.npo.report.payload import Hidden
from fatf_kit.npo.report.sector import hidden_note
from fatf_kit.report.model import Bullets, Document, Paragraph, Section, Tone
from fatf_kit.report.results_table import ResultColumn, ResultsTable
from fatf_kit.report.sections import make_section


@dataclass(frozen=True, slots=True, kw_only=True)
class MoveResult:
    """How many bodies went from one state to another."""

    from_: Text
    to: Text
    bodies: Hidden


@dataclass(frozen=True, slots=True, kw_only=True)
class CauseResult:
    """For how many bodies that moved the level of a factor rose, fell, became known or is no longer known."""

    factor: Text
    raised: Hidden
    lowered: Hidden
    learned: Hidden
    lost: Hidden


@dataclass(frozen=True, slots=True, kw_only=True)
class YearsResult:
    """Two years of the register compared. A hidden count is null.

    `entered` and `left` are bodies that came within the definition or are no longer within it.
    """

    schema: Literal["fatf-kit/npo-comparison/1"]
    before: Text
    after: Text
    both: Hidden
    came: Hidden
    went: Hidden
    up: Hidden
    down: Hidden
    entered: Hidden
    left: Hidden
    by_hand: Hidden
    by_method: Hidden
    moves: tuple[MoveResult, ...]
    causes: tuple[CauseResult, ...]


def build_comparison(compared: YearComparison, names: Names, t: Translator) -> Document:
    """Return how many moved between classes, from where to where, and why."""
    return Document(
        id="npo-comparison",
        title=t("The non-profit sector: two years compared"),
        subtitle=t("Bodies that moved between classes, and the reasons; indicative"),
        language=t.language,
        facts=((t("Earlier"), compared.before), (t("Later"), compared.after)),
        notices=(t("Indicative. No organisation is named; small counts are hidden."),),
        sections=(_moves(compared, t), _causes(compared, names, t)),
    )


def state_name(state: str, t: Translator) -> str:
    """Return the state of a body in words."""
    outside = {"unrated": t("not classified"), "undetermined": t("undetermined"), "out": t("outside the definition")}
    return outside.get(state) or class_name(state, t)


def _shown_moves(compared: YearComparison) -> ShownCounts[tuple[str, str]]:
    """Return the counts by way from state to state, and by ("", "up") and so on of all that moved so.

    No hidden count follows from them, nor from the reports of the years.

    The report of a year tells how many stood in each state, so rows and columns may be known and are guarded as well.
    """
    ways = [(was, now) for was in STATES for now in STATES]
    both = ("", "")
    counts = {way: compared.count(*way) for way in ways} | {both: compared.both}
    sums: list[list[tuple[str, str]]] = [[*ways, both]]
    for name in TOTALS:
        counts["", name] = compared.total(name)
        sums.append([*(way for way in ways if belongs(*way, name)), ("", name)])
    # The states of a year are known of all its bodies, so only where none is gone, or none new, of those in both.
    sides = [(0, "row")] * (not compared.went) + [(1, "column")] * (not compared.came)
    for place, side in sides:
        for state in STATES:
            line = [way for way in ways if way[place] == state]
            counts[side, state] = sum(counts[way] for way in line)
            sums.append([*line, (side, state)])
    known = {both, *((side, state) for _, side in sides for state in STATES)}
    return hide_counts(counts, sums, fixed=known)


def _moves(compared: YearComparison, t: Translator) -> Section:
    shown = _shown_moves(compared)
    note = t(
        "{entered} bodies came within the definition, {left} are no longer within it.",
        entered=number(shown["", "entered"], t),
        left=number(shown["", "left"], t),
    )
    return make_section(
        "moves",
        t("Who moved"),
        key_figures(
            (t.number(compared.both), t("bodies in both years"), ""),
            (number(shown["", "up"], t), t("moved up"), ""),
            (number(shown["", "down"], t), t("moved down"), ""),
            (number(one(compared.came), t), t("new"), ""),
            (number(one(compared.went), t), t("no longer registered"), ""),
        ),
        Paragraph(text=note),
        ResultsTable[str](
            "moves-table",
            t("From the earlier year (rows) to the later one (columns)"),
            (
                ResultColumn("before", t("Earlier"), lambda was: state_name(was, t), page=5),
                *(number_column(now, state_name(now, t), _ways_to(now, shown), t, page=3) for now in STATES),
            ),
        ).in_document(STATES),
    )


def _ways_to(now: str, shown: ShownCounts[tuple[str, str]]) -> Callable[[str], int | None]:
    return lambda was: shown[was, now]


def _changes(kind: str) -> Callable[[MoveCause], int | None]:
    return lambda cause: one(getattr(cause, kind))


def _causes(compared: YearComparison, names: Names, t: Translator) -> Section:
    titles = t("Level rose"), t("Level fell"), t("Became known"), t("No longer known")
    changes = dict(zip(CHANGES, titles, strict=True))
    return make_section(
        "causes",
        t("Why they moved"),
        Bullets(
            items=(
                t("Classes set by hand in one of the years: {n}.", n=number(one(compared.by_hand), t)),
                t(
                    "Bodies that moved although no known fact about them changed, because the "
                    "method or a setting changed: {n}.",
                    n=number(one(compared.by_method), t),
                ),
            )
        ),
        ResultsTable[MoveCause](
            "causes-table",
            t("Changes for bodies that moved between classes; a body may be counted in several rows"),
            (
                ResultColumn("factor", t("Factor"), lambda cause: names.factor(cause.code), page=7),
                *(number_column(key, title, _changes(key), t, page=2) for key, title in changes.items()),
            ),
        ).in_document(compared.causes, empty=t("No body that moved between classes had a changed factor.")),
        Paragraph(text=hidden_note(t), tone=Tone.SMALL),
    )


def make_years_result(compared: YearComparison) -> YearsResult:
    """Make the JSON value of two years compared; a hidden count is null."""
    shown = _shown_moves(compared)
    return YearsResult(
        schema="fatf-kit/npo-comparison/1",
        before=compared.before,
        after=compared.after,
        both=compared.both,
        came=one(compared.came),
        went=one(compared.went),
        **{name: shown["", name] for name in TOTALS},
        by_hand=one(compared.by_hand),
        by_method=one(compared.by_method),
        moves=tuple(
            MoveResult(from_=was, to=now, bodies=shown[was, now])
            for was in STATES
            for now in STATES
            if shown[was, now] != 0
        ),
        causes=tuple(
            CauseResult(factor=cause.code, **{kind: one(getattr(cause, kind)) for kind in CHANGES})
            for cause in compared.causes
        ),
    )
