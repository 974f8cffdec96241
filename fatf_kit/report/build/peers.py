"""A jurisdiction beside a group of others, as a report: document, flat table and JSON."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from fatf_kit.framework.model import Framework
from fatf_kit.messages import Words
from fatf_kit.published.payload import peers_payload
from fatf_kit.published.peers import Beside, Comparison, name_of
from fatf_kit.report.build.published_tables import peers_table
from fatf_kit.report.model import (
    Block,
    Bullets,
    Cell,
    Chart,
    ChartKind,
    Column,
    Document,
    Figure,
    KeyFigure,
    KeyFigures,
    Paragraph,
    Report,
    Row,
    Section,
    Series,
    Table,
    Tone,
)
from fatf_kit.report.traces import percent


def build_peers_report(framework: Framework, found: Comparison, t: Words, *, tool: str, generated_at: str) -> Report:
    """Document, table and JSON of a comparison; `framework` is the edition compared, in the reader's language."""
    titles = {unit.id: unit.title for unit in framework.units}
    country = t.country(found.own.iso3, found.own.jurisdiction)
    return Report(
        document=Document(
            id="peers",
            title=t("{country} beside {group}", country=country, group=group_name(found, t)),
            subtitle=t("Published ratings compared, unit by unit"),
            language=t.language,
            facts=(
                (t("Report"), f"{found.own.report_type} {found.own.date}"),
                (t("Methodology"), framework.full_title),
                (t("Peers compared"), str(len(found.peers))),
                (t("Made on"), t.moment(generated_at)),
            ),
            notices=(published_notice(t),),
            sections=(
                _standing(found, t),
                _behind(found, titles, t),
                _failed(found, titles, t),
                _progress(found, titles, t),
                _each(found, titles, t),
                _how(found, t),
            ),
        ),
        tables=(peers_table(found, titles, t),),
        payload=peers_payload(found, tool=tool, generated_at=generated_at),
    )


def published_notice(t: Words) -> str:
    """What stands on every page that arranges published ratings."""
    return t(
        "Ratings as published by FATF and the regional bodies; fatf-kit only arranges them. What "
        "follows from them is indicative."
    )


def group_name(found: Comparison, t: Words) -> str:
    """The group's short name, or how many jurisdictions an own list has."""
    if found.group.name:
        return found.group.id
    return t.plural("{n} chosen jurisdiction", "{n} chosen jurisdictions", len(found.group.members))


def standing_sentence(found: Comparison, t: Words) -> str:
    """How many units are better or worse than the middle of the group, in one sentence."""
    ahead, behind = _sides(found.units)
    return t(
        "Rated units: {n}. At one of the two best levels where most peers are not: {ahead}. At one of the two lowest "
        "where most peers are not: {behind}.",
        n=sum(unit.rank is not None for unit in found.units),
        ahead=t.listed(unit.unit for unit in ahead) or t("none"),
        behind=t.listed(unit.unit for unit in behind) or t("none"),
    )


def position_text(unit: Beside, t: Words) -> str:
    """The rank among peers and itself, and with how many it is shared; a dash where there is no rating to rank."""
    if unit.rank is None:
        return "–"
    told = t("{rank} of {of}", rank=unit.rank, of=unit.rated + 1)
    return t("{position}, shared with {n}", position=told, n=unit.tied) if unit.tied else told


def share_text(good: int, rated: int, t: Words) -> str:
    """How many of the rated are at the two best levels."""
    return t("{n} of {of} ({share} %)", n=good, of=rated, share=percent(good, rated)) if rated else "–"


def movement_text(unit: Beside, t: Words) -> str:
    """How many peers rose and fell since their evaluation."""
    return t("{up} up, {down} down", up=unit.movement.up, down=unit.movement.down)


def comparison_notes(found: Comparison, t: Words) -> tuple[str, ...]:
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


def shares_chart(
    name: str, title: str, units: Sequence[tuple[str, tuple[tuple[str, int], ...], str | None]], t: Words
) -> Chart:
    """Units as bars shared out by rating, NA left out; each has an own rating ("" if missing), or None for no mark."""
    keys = tuple(code for code, _ in units[0][1][:4]) if units else ()
    return Chart(
        id=name,
        kind=ChartKind.SHARES,
        title=title,
        alt=t.points(
            t("{name}: {text}", name=unit, text=t.listed(f"{code} {n}" for code, n in counts[:4]))
            for unit, counts, _ in units
        ),
        keys=keys,
        series=tuple(
            Series(label=unit, values=tuple(n for _, n in counts[:4]), marks=() if own is None else (own,), group="")
            for unit, counts, own in units
        ),
    )


def _sides(units: Iterable[Beside]) -> tuple[list[Beside], list[Beside]]:
    ahead, behind = [], []
    for unit in units:
        if unit.own is None or unit.own.rank is None or not unit.rated:
            continue
        if unit.own.rank >= 2 and 2 * unit.good < unit.rated:
            ahead.append(unit)
        if unit.own.rank < 2 and 2 * unit.good > unit.rated:
            behind.append(unit)
    return ahead, behind


def _names(codes: Iterable[str], t: Words) -> str:
    return t.listed(t.country(code, name_of(code)) for code in codes)


def _own(unit: Beside) -> str:
    return "" if unit.own is None else str(unit.own)


def _rating_cell(unit: Beside) -> Cell:
    return Cell(text=_own(unit) or "–", rating=_own(unit) or None, scale="published", ltr=True)


def _standing(found: Comparison, t: Words) -> Section:
    technical = [unit for unit in found.units if unit.unit.startswith("R.")]
    outcomes = [unit for unit in found.units if unit.unit.startswith("IO.")]
    blocks: list[Block] = [Paragraph(text=standing_sentence(found, t), tone=Tone.LEAD)]
    blocks.append(
        KeyFigures(
            figures=(
                _figure(technical, t("Recommendations at C or LC"), t),
                _figure(outcomes, t("outcomes at HE or SE"), t),
            )
        )
    )
    for name, title, units in (
        ("peers-recommendations", t("Recommendations: how peers are rated, and the own rating"), technical),
        ("peers-outcomes", t("Outcomes: how peers are rated, and the own rating"), outcomes),
    ):
        blocks.append(Figure(chart=shares_chart(name, title, [(u.unit, u.counts, _own(u)) for u in units], t)))
    return Section(anchor="standing", title=t("Where it stands among its peers"), blocks=tuple(blocks))


def _figure(units: Sequence[Beside], label: str, t: Words) -> KeyFigure:
    own = [unit for unit in units if unit.own is not None and unit.own.rank is not None]
    good, rated = sum(unit.good for unit in units), sum(unit.rated for unit in units)
    return KeyFigure(
        value=t("{rank} of {of}", rank=sum((unit.own.rank or 0) >= 2 for unit in own if unit.own), of=len(own)),
        label=label,
        detail=t("all peers together: {share} %", share=percent(good, rated)),
    )


def _behind(found: Comparison, titles: dict[str, str], t: Words) -> Section:
    _, behind = _sides(found.units)
    behind.sort(key=lambda unit: -unit.good / unit.rated)
    return Section(
        anchor="behind",
        title=t("Where most peers are better placed"),
        blocks=(
            Paragraph(
                text=t(
                    "Rated at the two lowest levels here, while most peers are above them: others show it can be done."
                ),
                tone=Tone.SMALL,
            ),
            _plain(
                "behind-table",
                t("Most peers at the two best levels first"),
                behind,
                titles,
                t,
                t("There is no such unit."),
            ),
        ),
    )


def _failed(found: Comparison, titles: dict[str, str], t: Words) -> Section:
    return Section(
        anchor="failed",
        title=t("Where most peers fall short"),
        blocks=(
            _plain(
                "failed-table",
                t("More than half of the peers at the two lowest levels, lowest share first"),
                found.failed_by_most,
                titles,
                t,
                t("There is no such unit."),
            ),
        ),
    )


def _plain(name: str, caption: str, units: Sequence[Beside], titles: dict[str, str], t: Words, empty: str) -> Table:
    return Table(
        id=name,
        caption=caption,
        columns=(
            Column(title=t("Unit"), width=6),
            Column(title=t("Own rating"), width=2),
            Column(title=t("Peers at the two best levels"), width=3),
            Column(title=t("Position"), width=3),
        ),
        rows=tuple(
            Row(
                cells=(
                    Cell(text=f"{unit.unit} {titles[unit.unit]}"),
                    _rating_cell(unit),
                    Cell(text=share_text(unit.good, unit.rated, t)),
                    Cell(text=position_text(unit, t)),
                ),
                facets={},
            )
            for unit in units
        ),
        empty=empty,
    )


def _progress(found: Comparison, titles: dict[str, str], t: Words) -> Section:
    moved = [unit for unit in found.units if unit.movement.up or unit.movement.down or unit.own_move]
    moved.sort(key=lambda unit: -unit.movement.up)
    followed = sum(cycle.followed for cycle in found.peers)
    return Section(
        anchor="progress",
        title=t("Progress since the mutual evaluation"),
        blocks=(
            Paragraph(
                text=t(
                    "Peers with at least one follow-up: {n} of {of}. Counted from each peer's mutual evaluation to its "
                    "newest state.",
                    n=followed,
                    of=len(found.peers),
                )
            ),
            Table(
                id="progress-table",
                caption=t("Ratings that moved, most upgrades first"),
                columns=(
                    Column(title=t("Unit"), width=6),
                    Column(title=t("Peers up"), width=2, number=True),
                    Column(title=t("Peers down"), width=2, number=True),
                    Column(title=t("Own rating moved"), width=3),
                ),
                rows=tuple(
                    Row(
                        cells=(
                            Cell(text=f"{unit.unit} {titles[unit.unit]}"),
                            Cell(text=str(unit.movement.up), ltr=True),
                            Cell(text=str(unit.movement.down), ltr=True),
                            Cell(text=_own_move(found, unit), ltr=True),
                        ),
                        facets={},
                    )
                    for unit in moved
                ),
                empty=t("No rating moved."),
            ),
        ),
    )


def _own_move(found: Comparison, unit: Beside) -> str:
    if not unit.own_move:
        return "–"
    cycle = found.own_cycle
    return f"{cycle.first.ratings[unit.unit]} → {cycle.last.ratings[unit.unit]}"


def _each(found: Comparison, titles: dict[str, str], t: Words) -> Section:
    return Section(
        anchor="each",
        title=t("Each Recommendation and outcome"),
        blocks=(
            Table(
                id="each-table",
                caption=t("Own rating, peers, position, and how peers moved"),
                columns=(
                    Column(title=t("Unit"), width=6),
                    Column(title=t("Own rating"), width=2),
                    Column(title=t("Peers at the two best levels"), width=3),
                    Column(title=t("Position"), width=5),
                    Column(title=t("Peers moved"), width=5),
                ),
                rows=tuple(
                    Row(
                        cells=(
                            Cell(text=f"{unit.unit} {titles[unit.unit]}"),
                            _rating_cell(unit),
                            Cell(text=share_text(unit.good, unit.rated, t)),
                            Cell(text=position_text(unit, t)),
                            Cell(text=movement_text(unit, t)),
                        ),
                        facets={"rating": (_own(unit),)},
                    )
                    for unit in found.units
                ),
            ),
        ),
    )


def _how(found: Comparison, t: Words) -> Section:
    peers = t.listed(
        f"{t.country(r.iso3, r.jurisdiction)} ({r.report_type} {r.date})" for r in map(found.state, found.peers)
    )
    return Section(
        anchor="how",
        title=t("Who is compared, and how"),
        blocks=(
            Paragraph(text=peers or t("No member of the group has a report under this edition.")),
            Bullets(items=comparison_notes(found, t)),
        ),
    )
