"""The cover of an outcome's workbook: who is interviewed when and where, how to score, what the scores mean."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from fatf_kit.core.languages import list_labels
from fatf_kit.core.messages import Translator
from fatf_kit.framework.model import Framework, ImmediateOutcome
from fatf_kit.mock_visit.model import Interview, Rehearsal
from fatf_kit.mock_visit.schema import FIELDS
from fatf_kit.mock_visit.times import day_words, hours_words, placed_for
from fatf_kit.spreadsheets.cell_writer import BookWriter
from fatf_kit.spreadsheets.covers import start_cover, write_fields, write_section
from fatf_kit.spreadsheets.sheet import CellValue

_STEPS = 5


def write_front(
    pen: BookWriter,
    rehearsal: Rehearsal,
    framework: Framework,
    outcome: ImmediateOutcome,
    titles: Mapping[str, str],
    given: Mapping[str, CellValue],
) -> None:
    """Write the cover. `titles` are the sheets by interview, `given` what its fields to be filled in hold already."""
    t, words = Translator(rehearsal.language), pen.words
    interviews = [one for one in rehearsal.interviews if one.outcome == outcome.id]
    values: dict[str, CellValue | None] = {
        "country": rehearsal.country,
        "edition": framework.full_title,
        "outcome": f"{outcome.id} {outcome.title}",
        "panel": rehearsal.names[interviews[0].panel],
        **given,
    }
    steps = [(words[f"mock.step.{n}.title"], words[f"mock.step.{n}"]) for n in range(1, _STEPS + 1)]
    labels = list_labels("mock_score", pen.language)
    scores = [(name, words[f"mock.score.{code.replace(' ', '_')}"]) for code, name in labels.items()]
    notices = [(words[f"mock.notice.{n}.title"], words[f"mock.notice.{n}"]) for n in ("strong", "indicative")]
    title = t("{name}: {text}", name=words["mock.title"], text=outcome.id)
    sheet, row = start_cover(pen, title, " – ".join(filter(None, (outcome.title, pen.notice))))
    row = write_section(pen, sheet, row, words["mock.about"], ())
    row = write_fields(pen, sheet, row, FIELDS, values) + 1
    visits = list(_interviews(rehearsal, interviews, t))
    row = write_section(pen, sheet, row, words["mock.interviews"], visits, [titles[one.id] for one in interviews]) + 1
    row = write_section(pen, sheet, row, words["cover.how"], steps) + 1
    row = write_section(pen, sheet, row, words["mock.key"], scores) + 1
    write_section(pen, sheet, row, words["cover.notices"], [*notices, pen.affiliation])
    sheet.fit_to_pages(1, 1)


def _interviews(rehearsal: Rehearsal, interviews: list[Interview], t: Translator) -> Iterator[tuple[str, str]]:
    """Who is interviewed: when, where and with how many questions."""
    for one in interviews:
        spare = sum(question.spare for question in one.questions)
        asked = [t.plural("{n} question", "{n} questions", len(one.questions) - spare)]
        asked += [t("{n} more if time remains", n=spare)] if spare else []
        place, when = placed_for(rehearsal, one.outcome, one.agency), [t("not placed")]
        if place:
            when = [day_words(rehearsal, place.day, t), hours_words(place), t("room {n}", n=place.room + 1)]
        yield rehearsal.names[one.agency], t.points((t.listed(when), t.listed(asked)))
