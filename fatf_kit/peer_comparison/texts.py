"""Comparisons with peers in words and pictures: notices, sentences, texts of cells, and ratings shared out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from fatf_kit.core.messages import Translator
from fatf_kit.peer_comparison.peers import PeerComparison, PeerUnit, count_good, name_jurisdiction
from fatf_kit.report.model import Chart, ChartKind, Series, TableCell
from fatf_kit.scoring.report.traces import round_percent


def published_notice(t: Translator) -> str:
    """Return the notice on every page that arranges published ratings."""
    return t(
        "FATF and the regional bodies published these ratings; fatf-kit only arranges them. Conclusions from "
        "them are indicative."
    )


def group_name(found: PeerComparison, t: Translator) -> str:
    """Return the group's short name, or how many jurisdictions an own list has."""
    if found.group.name:
        return found.group.id
    return t.plural("{n} chosen jurisdiction", "{n} chosen jurisdictions", len(found.group.members))


def standing_sentence(found: PeerComparison, t: Translator) -> str:
    """Return how many units are better or worse than the middle of the group, in one sentence."""
    ahead, behind = units_ahead_and_behind(found.units)
    return t(
        "Ratings compared: {n}. Better than most peers: {ahead}. Worse than most peers: {behind}.",
        n=sum(unit.rank is not None for unit in found.units),
        ahead=t.listed(unit.unit for unit in ahead) or t("none"),
        behind=t.listed(unit.unit for unit in behind) or t("none"),
    )


def position_text(unit: PeerUnit, t: Translator) -> str:
    """Return the rank among peers and itself, with how many share it; a dash where there is no rating to rank."""
    if unit.rank is None:
        return "–"
    position = t("{rank} of {of}", rank=unit.rank, of=unit.rated + 1)
    if not unit.tied:
        return position
    return t.plural(
        "{position}, shared with {n} peer", "{position}, shared with {n} peers", unit.tied, position=position
    )


def share_text(good: int, rated: int, t: Translator) -> str:
    """Return how many of the rated are at the two best levels."""
    return t("{n} of {of} ({share}%)", n=good, of=rated, share=round_percent(good, rated)) if rated else "–"


def make_share_cell(good: int, rated: int, t: Translator) -> TableCell:
    """Return the same as a cell that sorts by the share."""
    return TableCell(text=share_text(good, rated, t), order=good / rated if rated else None)


def movement_text(unit: PeerUnit, t: Translator) -> str:
    """Return how many peers rose and fell since their evaluation."""
    return t("upgraded: {up}, downgraded: {down}", up=unit.movement.up, down=unit.movement.down)


def comparison_notes(found: PeerComparison, t: Translator) -> tuple[str, ...]:
    """Return the notes on who is compared, as of when, and what is kept apart."""
    group = found.group
    notes = [
        t(
            "All ratings compared are made under one edition ({edition}). The two Methodologies measure "
            "differently, and IO.3 and IO.4 have different content in them, so their results are never mixed.",
            edition=found.edition,
        ),
        t("Each jurisdiction counts once, without regard to income or size. NA and missing ratings are left out."),
        t("The ratings are those of each peer's mutual evaluation report.")
        if found.as_of == "MER"
        else t(
            "The ratings are those of each jurisdiction's latest report. A peer with follow-up reports had time "
            "to improve, so compare the ratings at the evaluation too."
        ),
    ]
    if found.moved_on:
        notes.append(
            t(
                "Evaluated since then under a newer edition, which is not included: {names}.",
                names=_names(found.moved_on, t),
            )
        )
    if found.without:
        notes.append(
            t("Members of the group without a report under this edition: {names}.", names=_names(found.without, t))
        )
    assumed = [code for code in group.assumed if code != found.own.iso3]
    if assumed:
        notes.append(
            t(
                "Members in {month} according to general knowledge, not to the table: {names}. Check them in the "
                "body's own list.",
                month=t.month(group.as_of),
                names=_names(assumed, t),
            )
        )
    if group.no_members:
        notes.append(
            t("Assessed by the body but not counted as members: {names}.", names=_names(dict(group.no_members), t))
        )
    return (*notes, *((t(group.note),) if group.note else ()))


def units_ahead_and_behind(units: Iterable[PeerUnit]) -> tuple[list[PeerUnit], list[PeerUnit]]:
    """Return units at the two best levels where most peers are not, and at the two lowest where most peers are not."""
    ahead, behind = [], []
    for unit in units:
        if unit.own is None or unit.own.rank is None or not unit.rated:
            continue
        if unit.own.rank >= 2 and 2 * unit.good < unit.rated:
            ahead.append(unit)
        if unit.own.rank < 2 and 2 * unit.good > unit.rated:
            behind.append(unit)
    return ahead, behind


def _names(codes: Iterable[str], t: Translator) -> str:
    return t.listed(t.country(code, name_jurisdiction(code)) for code in codes)


def shares_chart(
    name: str,
    title: str,
    units: Sequence[tuple[str, tuple[tuple[str, int], ...], tuple[str, ...]]],
    t: Translator,
) -> Chart:
    """Return units as bars divided by rating, NA left out; each with ratings after its bar, "" for a missing one.

    The message of the chart names the units with the lowest share at the two best ratings.
    """
    keys = tuple(code for code, _ in units[0][1][:4]) if units else ()
    return Chart(
        id=name,
        kind=ChartKind.SHARES,
        title=title,
        message=_name_weakest(units, t),
        alt=t.points(
            t("{name}: {text}", name=unit, text=t.listed(f"{code} {n}" for code, n in counts[:4]))
            for unit, counts, _ in units
        ),
        keys=keys,
        series=tuple(
            Series(label=unit, values=tuple(n for _, n in counts[:4]), marks=marks, units=(unit,))
            for unit, counts, marks in units
        ),
    )


def _name_weakest(units: Sequence[tuple[str, tuple[tuple[str, int], ...], tuple[str, ...]]], t: Translator) -> str:
    """Return the units where the smallest share is at the two best ratings; empty where nothing is rated."""
    shares = {unit: count_good(counts) for unit, counts, _ in units}
    rated = [(good / total, good, total, unit) for unit, (good, total) in shares.items() if total]
    if not rated:
        return ""
    _, good, total, weakest = min(rated)
    alike = [unit for unit, share in shares.items() if share == (good, total)]
    codes = next(counts for unit, counts, _ in units if unit == weakest)[:2]
    best = "/".join(code for code, _ in codes)
    return t(
        "Weakest: {units}, {good} of {rated} rated {best}", units=t.listed(alike), good=good, rated=total, best=best
    )
