"""Comparisons with peers in words: notices, sentences, and the texts of cells."""

from __future__ import annotations

from collections.abc import Iterable

from fatf_kit.core.messages import Translator
from fatf_kit.peer_comparison.peers import Beside, Comparison, name_of
from fatf_kit.scoring.report.traces import round_percent


def published_notice(t: Translator) -> str:
    """What stands on every page that arranges published ratings."""
    return t(
        "Ratings as published by FATF and the regional bodies; fatf-kit only arranges them. What "
        "follows from them is indicative."
    )


def group_name(found: Comparison, t: Translator) -> str:
    """The group's short name, or how many jurisdictions an own list has."""
    if found.group.name:
        return found.group.id
    return t.plural("{n} chosen jurisdiction", "{n} chosen jurisdictions", len(found.group.members))


def standing_sentence(found: Comparison, t: Translator) -> str:
    """How many units are better or worse than the middle of the group, in one sentence."""
    ahead, behind = units_ahead_and_behind(found.units)
    return t(
        "Rated units: {n}. At one of the two best levels where most peers are not: {ahead}. At one of the two lowest "
        "where most peers are not: {behind}.",
        n=sum(unit.rank is not None for unit in found.units),
        ahead=t.listed(unit.unit for unit in ahead) or t("none"),
        behind=t.listed(unit.unit for unit in behind) or t("none"),
    )


def position_text(unit: Beside, t: Translator) -> str:
    """The rank among peers and itself, and with how many it is shared; a dash where there is no rating to rank."""
    if unit.rank is None:
        return "–"
    told = t("{rank} of {of}", rank=unit.rank, of=unit.rated + 1)
    return t("{position}, shared with {n}", position=told, n=unit.tied) if unit.tied else told


def share_text(good: int, rated: int, t: Translator) -> str:
    """How many of the rated are at the two best levels."""
    return t("{n} of {of} ({share} %)", n=good, of=rated, share=round_percent(good, rated)) if rated else "–"


def movement_text(unit: Beside, t: Translator) -> str:
    """How many peers rose and fell since their evaluation."""
    return t("{up} up, {down} down", up=unit.movement.up, down=unit.movement.down)


def comparison_notes(found: Comparison, t: Translator) -> tuple[str, ...]:
    """Who is compared, as of when, and what is kept apart."""
    group = found.group
    notes = [
        t(
            "All ratings compared are made under one edition ({edition}). The two Methodologies do not measure alike, "
            "and IO.3 and IO.4 ask different things in them, so results are never mixed.",
            edition=found.edition,
        ),
        t("Each jurisdiction counts once: nothing is weighed by income or size. NA and missing ratings are left out."),
        t("As of each peer's mutual evaluation report.")
        if found.as_of == "MER"
        else t(
            "As of each jurisdiction's newest state. A peer that has had follow-ups had time to improve; compare as of "
            "the evaluation too."
        ),
    ]
    if found.moved_on:
        notes.append(
            t("Evaluated under a newer edition since, which is left aside: {names}.", names=_names(found.moved_on, t))
        )
    if found.without:
        notes.append(
            t("In the group but without a report under this edition: {names}.", names=_names(found.without, t))
        )
    assumed = [code for code in group.assumed if code != found.own.iso3]
    if assumed:
        notes.append(
            t(
                "Membership as of {month}, by general knowledge and not by the table: {names}. Check it against the "
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


def units_ahead_and_behind(units: Iterable[Beside]) -> tuple[list[Beside], list[Beside]]:
    """Units at the two best levels where most peers are not, and at the two lowest where most peers are not."""
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
    return t.listed(t.country(code, name_of(code)) for code in codes)
