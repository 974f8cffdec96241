"""A short workbook with questions for the bodies to ask first, one row for each, in the reader's language.

The workbook is declared here, a column for each question of the method. Answers are kept as text, for the register's
own rules read them; lists only are behind drop-downs. Where the group is large, a random sample of it may be asked: the
same seed draws the same bodies. Those that a feature puts first are always asked. The workbook names bodies by their
number and is the authority's working paper.

Source: the questions are columns of the register, frameworks/npo/screening.json.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from fatf_kit.core.messages import Translator
from fatf_kit.core.national_words import choose_text
from fatf_kit.core.store import write_output
from fatf_kit.npo.method.load import Method
from fatf_kit.npo.method.load import RegisterColumn as Fact
from fatf_kit.npo.model import Exposure, ScreenedBody
from fatf_kit.npo.register.template_schema import choices_of
from fatf_kit.npo.survey import answers_needed, margin_of_error
from fatf_kit.spreadsheets.cell_writer import BookWriter
from fatf_kit.spreadsheets.covers import write_cover
from fatf_kit.spreadsheets.schema import BookSchema, CellKind, SheetColumn, SheetTable
from fatf_kit.spreadsheets.stamp import write_stamp
from fatf_kit.spreadsheets.writer import write_lists, write_table

BODIES = "bodies"

_CHOSEN = {"yes_no": CellKind.CHOICE, "code": CellKind.CHOICE, "level": CellKind.CHOICE, "codes": CellKind.CHOICES}
_WIDTHS = {"codes": 30, "countries": 28, "texts": 28, "level": 32}
_WIDTH = 22
_PAGES_WIDE = 3
_PLACES = 5
"""Countries named in a reason."""


def questionnaire_schema(method: Method) -> BookSchema:
    """Return the workbook for the questions of a method.

    Questions on the definition are asked only where the scope of a body is open.
    """
    columns = method.screening.questions
    scope = [name for name in method.screening.scope_questions if name not in columns]
    table = SheetTable(
        name=BODIES,
        unfilled=True,
        columns=(
            SheetColumn("npo_id", "Register number", kind=CellKind.ID, width=18),
            SheetColumn("reasons", "Why it is asked", kind=CellKind.PRINTED, width=40, style="requirement"),
            *(_question(method.columns[name], optional=True) for name in scope),
            *(_question(method.columns[name], optional=False) for name in columns),
        ),
    )
    return BookSchema(
        kind="npo-questions",
        what="questions to non-profit organisations",
        command="fatf-kit npo questionnaire",
        tables=(table,),
    )


def _question(fact: Fact, *, optional: bool) -> SheetColumn:
    kind = _CHOSEN.get(fact.type, CellKind.TEXT)
    return SheetColumn(
        fact.id,
        fact.name,
        help=fact.help,
        kind=kind,
        choices=None if kind is CellKind.TEXT else choices_of(fact),
        width=_WIDTHS.get(fact.type, _WIDTH),
        style="short text",
        optional=optional,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionSelection:
    """The bodies to ask: `bodies` of a group of so many. `drawn` are a random sample of `rest` bodies by `seed`.

    `drawn` is None where the whole group is asked.
    """

    bodies: tuple[ScreenedBody, ...]
    group: int
    rest: int = 0
    drawn: int | None = None
    seed: int = 0

    @property
    def margin(self) -> float | None:
        """How far a share found in the sample may be off if all of it answers, as a fraction; None without a sample."""
        return margin_of_error(self.drawn, self.rest) if self.drawn else None


def select_bodies(
    group: Sequence[ScreenedBody],
    method: Method,
    *,
    sample: int | None = None,
    everybody: bool = False,
    seed: int | None = None,
) -> QuestionSelection:
    """Whom to ask: the whole group, or where it is large those put first and a random sample of the others.

    `sample` is how many of the others are drawn; without it as many as the margin of the data needs.
    """
    rules = method.screening
    first = [body for body in group if body.exposure.is_first]
    rest = [body for body in group if not body.exposure.is_first]
    wanted = answers_needed(rules.sample.margin, len(rest)) if sample is None else sample
    if everybody or wanted >= len(rest) or (sample is None and len(group) <= rules.sample.above):
        return QuestionSelection(bodies=tuple(group), group=len(group))
    chosen = rules.sample.seed if seed is None else seed
    draw = random.Random(chosen)  # noqa: S311 - a sample that can be drawn again, nothing secret
    places = sorted(draw.sample(range(len(rest)), wanted))
    return QuestionSelection(
        bodies=(*first, *(rest[place] for place in places)), group=len(group), rest=len(rest), drawn=wanted, seed=chosen
    )


def write_questionnaire(path: Path, selection: QuestionSelection, method: Method, language: str) -> Path:
    """Write the workbook.

    Raises:
        UnknownIdError: no such language.
        FatfKitError: it cannot be written.
    """
    t = Translator(language)
    title = t("Questions to non-profit organisations")
    cell_writer = BookWriter(language, t("Restricted: for the authority only"))
    schema = questionnaire_schema(method)
    (table,) = schema.tables
    if all(body.is_in_scope for body in selection.bodies):
        table = replace(table, columns=tuple(column for column in table.columns if not column.optional))
    write_cover(cell_writer, title, cell_writer.notice, ((t("Who is asked"), list(_round(selection, t))),))
    note = t(
        "One row for each body. Send a body its own row only, without the column of reasons. Leave "
        "blank what is not known. Write several answers into one cell, with a semicolon between "
        "them; countries by name or code. An answer is used as the body gave it and is not a finding "
        "against it."
    )
    rows = [{"npo_id": body.npo_id, "reasons": reason_text(body.exposure, method, t)} for body in selection.bodies]
    place = write_table(
        cell_writer, t("Questions"), table, rows, tab="#1F3A52", heading=title, above=(title, note), spare=0
    )
    place.sheet.worksheet.fit_to_pages(_PAGES_WIDE, 0)
    place.sheet.worksheet.repeat_columns(0)
    write_lists(cell_writer, [column.choices for column in table.columns if column.choices is not None])
    facts = {"language": language, "group": str(selection.group)}
    if selection.drawn is not None:
        facts |= {"drawn": str(selection.drawn), "seed": str(selection.seed)}
    write_stamp(cell_writer, schema, title, facts)
    return write_output(path, cell_writer.finish(), force=True)


def _round(selection: QuestionSelection, t: Translator) -> Iterator[tuple[str, str]]:
    """Yield what the cover says of the round."""
    yield t("Bodies in the group to ask first"), t.number(selection.group)
    yield t("Bodies asked"), t.number(len(selection.bodies))
    if selection.drawn is None or selection.margin is None:
        return
    yield t("Of these, drawn at random"), t.number(selection.drawn)
    yield t("Total"), t.number(selection.rest)
    yield t("Seed of the draw"), str(selection.seed)
    text = t(
        "If all that were drawn answer, a share found among them is off by at most {margin} "
        "percentage points (95 per cent confidence). Bodies with a feature that gives them priority "
        "are all asked.",
        margin=t.number(round(100 * selection.margin, 1)),
    )
    yield t("Margin of error"), text


def feature_names(method: Method, t: Translator) -> Mapping[str, str]:
    """Return what the features are called, by id."""
    return {feature.id: choose_text(feature.name, t.language) for feature in method.screening.features}


def reason_text(exposure: Exposure, method: Method, t: Translator) -> str:
    """Why a body is asked, with the countries where it works."""
    names = feature_names(method, t)
    same = {"abroad"} if "watched_country" in exposure.features else set()
    features = [feature for feature in exposure.features if feature not in same]
    places = {features[0]: exposure.watched} if exposure.watched else {"abroad": exposure.countries}
    return t.points(
        t("{name}: {text}", name=names[feature], text=_places(codes, t))
        if (codes := places.get(feature))
        else names[feature]
        for feature in features
    )


def _places(codes: Sequence[str], t: Translator) -> str:
    """Return the first countries by name, and how many more there are."""
    from babel import Locale

    names = Locale.parse(t.base).territories
    shown = [names.get(code, code) for code in codes[:_PLACES]]
    more = len(codes) - len(shown)
    return t("{places} and {n} more", places=t.listed(shown), n=t.number(more)) if more else t.listed(shown)
