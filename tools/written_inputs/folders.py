"""Assessment folders after two updates each, as a country keeps them: made and packed."""

from __future__ import annotations

import io
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import openpyxl

from fatf_kit import init_assessment, update_folder
from fatf_kit.assessment.decisions.schema import DECISION_BOOK, ROWS, SCALES
from fatf_kit.assessment.folder.agency_templates import build_agency_layout
from fatf_kit.assessment.folder.assignment import list_assigned
from fatf_kit.assessment.folder.control_schema import AGENCIES as AGENCY_TABLE
from fatf_kit.assessment.folder.control_schema import CONTROL_BOOK
from fatf_kit.assessment.folder.folder import open_workspace
from fatf_kit.assessment.folder.model import (
    AGENCIES,
    ASSIGNMENT,
    CONTROL,
    DECISIONS,
    HISTORY,
    INBOX,
    LAWS,
    MOCK,
    PLAN_ITEMS,
    PLANS,
    RESPONSES,
    SETTINGS,
    STATISTICS,
    TRAINING,
    Agency,
    AssessmentSettings,
    Assignment,
    Duty,
    Workspace,
)
from fatf_kit.assessment.workbook.template import render_template
from fatf_kit.core.messages import MADE_UP, Translator
from fatf_kit.examples.texts import find_source, read_example
from fatf_kit.framework import load_framework
from fatf_kit.laws.book import LAWS as LAW_BOOK
from fatf_kit.laws.sheets import INSTRUMENTS
from fatf_kit.spreadsheets.schema import BookSchema, SheetTable
from fatf_kit.spreadsheets.sheet import CellValue
from fatf_kit.workflows.assessment_folder import write_control
from tools.written_inputs import seeds
from tools.written_inputs.archives import FILE_TIME, pack_folder, set_saving_time
from tools.written_inputs.places import find_places

UPDATES = (datetime(2026, 12, 1, 9, tzinfo=UTC), datetime(2027, 1, 12, 9, tzinfo=UTC))
SENT, DUE = date(2026, 10, 5), date(2026, 12, 31)
_EXAMPLE = find_source("ruritania")
_CUT_OFF = date(2027, 3, 19)
_SAVED = ("2026-11-20T10:00:00Z", "2026-11-27T10:00:00Z")
"""When the agencies saved the workbooks of the first and of the second update."""

_LEADS: Mapping[str, tuple[str, ...]] = {
    "council": ("R.2", "R.9", "IO.2"),
    "fiu": ("R.20", "R.21", "R.34", "IO.6"),
    "bank": ("R.12", "R.35"),
}
"""The Recommendations and outcomes on which each agency leads; of the others no agency is asked."""

_SUPPORTS: Mapping[str, tuple[str, ...]] = {"bank": ("R.20/20.1", "R.34/34.1"), "council": ("IO.6/6.1",)}
_LATE = {"R.20/20.2": {"rating": "partly met"}, "R.21/21.1": {"rating": "mostly met"}}
"""Answers in which the first copy of the unit's workbook differs from the second one."""

_NAMES: Mapping[str, Mapping[str, str]] = {
    "council": {"en": "Made-up Council", "ar": "المجلس المختلق", "fr": "Conseil inventé"},
    "fiu": {"en": "Made-up Intelligence Unit", "ar": "وحدة المعلومات المختلقة", "fr": "Cellule inventée"},
    "bank": {"en": "Made-up Bank", "ar": "المصرف المختلق", "fr": "Banque inventée"},
}
_ROWS = 40
"""Rows of a table into which is typed."""

_KEPT = (RESPONSES, STATISTICS, MOCK, PLANS, HISTORY)
"""The folders that are packed beside the files of the folder itself.

The inbox has the same workbooks as they are filed, and reports, letters and templates can be written again.
"""


@dataclass(frozen=True, slots=True)
class FolderSetting:
    """The country of a folder and its language; `is_real` folders begin with `init` for that country."""

    country: str
    language: str
    is_real: bool = False


FOLDERS: Mapping[str, FolderSetting | None] = {
    "folder-graustark": FolderSetting("XGK", "en"),
    "folder-iraq": FolderSetting("IRQ", "ar", is_real=True),
    "folder-texts": None,
}
"""The folders by the names of their archives: a made-up country, and made-up data with the settings of a real one.

The last one has its settings in texts, as folders had them before assessment.xlsx, and no answers.
"""

_TEXTS = (SETTINGS, AGENCIES, ASSIGNMENT)


def pack_written_folder(name: str) -> bytes:
    """Make a folder, update it twice with what people send and type in between, and return it packed."""
    setting = FOLDERS[name]
    if setting is None:
        return pack_folder(_EXAMPLE, (_EXAMPLE / text for text in _TEXTS))
    with TemporaryDirectory() as folder:
        home = Path(folder) / name
        _begin(home, setting)
        _send(home, setting, is_second=False)
        update_folder(home, now=UPDATES[0], formats=("json",))
        _type_into_folder(home, setting)
        _send(home, setting, is_second=True)
        update_folder(home, now=UPDATES[1], formats=("json",))
        return pack_folder(home, _list_kept(home))


def _list_kept(home: Path) -> Iterator[Path]:
    """Yield inputs, settings and history of a folder."""
    yield from (path for path in home.glob("*.xlsx") if path.name != "status.xlsx")
    for name in _KEPT:
        yield from (path for path in (home / name).rglob("*") if path.is_file())


def _begin(home: Path, setting: FolderSetting) -> None:
    """Write settings, agencies, assignment and register of laws; notes say that everything is made up."""
    language = setting.language
    if setting.is_real:
        visit = (date(2027, 3, 1), _CUT_OFF)
        begun = init_assessment(
            home, country=setting.country, on_site=visit, languages=(language,), today=UPDATES[0].date()
        )
        settings = replace(begun.settings, notice=MADE_UP)
    else:
        settings = AssessmentSettings(
            country=setting.country,
            edition=seeds.EDITION,
            cut_off=_CUT_OFF,
            languages=(language,),
            names={"en": "Graustark", "ar": "غراوستارك", "fr": "Graustark"},
            notice=MADE_UP,
        )
        (home / INBOX).mkdir(parents=True)
        (home / LAWS).write_bytes(seeds.render_laws(language))
    agencies = tuple(
        Agency(id=name, names=names, language=language, sent=SENT, due=DUE) for name, names in _NAMES.items()
    )
    workspace = Workspace(path=home, settings=settings, agencies=agencies, assignment=_assign(settings.edition))
    write_control(workspace, today=UPDATES[0].date())


def _assign(edition: str) -> Assignment:
    """Return who leads and who supports; agencies have no roles, so that no more is assigned to them."""
    leads = {unit: agency for agency, units in _LEADS.items() for unit in units}
    duties = {}
    for top in list_assigned(load_framework(edition)):
        lead = leads.get(top.id.partition("/")[0])
        supporting = tuple(agency for agency, names in _SUPPORTS.items() if top.id in names)
        duties[top.id] = Duty(
            requirement=top.id,
            lead=lead,
            supporting=supporting,
            is_lead_chosen=True,
            is_supporting_chosen=True,
        )
    return Assignment(duties=duties)


def _send(home: Path, setting: FolderSetting, *, is_second: bool) -> None:
    """Put into the inbox what agencies send before an update: a second copy of one workbook is another one."""
    language, inbox = setting.language, home / INBOX
    workspace, _ = open_workspace(home)
    senders = ("fiu", "bank") if is_second else ("council", "fiu")
    files = {f"{name}.xlsx": _fill_workbook(workspace, name, language, is_second=is_second) for name in senders}
    if not is_second:
        files["statistics.xlsx"] = seeds.render_statistics(language)
    elif not setting.is_real:
        files |= {"mock.xlsx": seeds.render_mock_sheet(language), "plan.xlsx": seeds.render_plan(language)}
        for name, render in ((PLAN_ITEMS, seeds.render_plan_items), (TRAINING, seeds.render_training)):
            (home / name).write_bytes(render(language))
    for name, content in files.items():
        path = inbox / f"{'second ' if is_second else ''}{name}"
        path.write_bytes(set_saving_time(content, _SAVED[is_second]))
        os.utime(path, (FILE_TIME, FILE_TIME))


def _fill_workbook(workspace: Workspace, agency: str, language: str, *, is_second: bool) -> bytes:
    """Return the workbook of an agency with the answers of the example to what it is asked."""
    source, more = read_example("answers", language), read_example("agencies", language)
    layout = build_agency_layout(workspace, workspace.by_id[agency])
    assert layout is not None
    answers: dict[str, Mapping[str, str]] = {
        name: row for name, row in source["answers"].items() if name.partition("/")[0] in _LEADS[agency]
    }
    supporting = more["supporting"]["police" if agency == "council" else agency]
    answers |= {name: row for name, row in supporting.items() if name in _SUPPORTS.get(agency, ())}
    if not is_second:
        answers |= {name: {**answers[name], **row} for name, row in _LATE.items() if name in answers}
    cited = {name.strip() for row in answers.values() for name in row.get("evidence", "").split(",")}
    return render_template(
        layout,
        prefill={name: seeds.take_answer(row) for name, row in answers.items()},
        evidence=[seeds.take_evidence(item) for item in source["evidence"] if item["id"] in cited],
        cover={"contact": more["contacts"][agency]},
    )


def _type_into_folder(home: Path, setting: FolderSetting) -> None:
    """Type into the workbooks that one person keeps: decisions, a law, and the day on which a workbook was sent."""
    language = setting.language
    signed = {"reason": Translator(language)(MADE_UP), "decided_by": _NAMES["council"][language]}
    _type_rows(
        home / DECISIONS,
        DECISION_BOOK,
        ROWS,
        {
            "IO.6/6.1": {"decided": SCALES["achievement"].label("some", language), **signed, "day": date(2026, 12, 10)},
            "R.9": {"decided": "LC", **signed, "day": "10/12/2026"},
            "R.2/2.5": {"decided": "perhaps", **signed, "day": "10/12/2026"},
        },
    )
    title = {f"title_{language}": _NAMES["council"][language], "number": "14", "year": "2020"}
    _type_rows(home / LAWS, LAW_BOOK, INSTRUMENTS.table, {"": {**title, "in_force_from": "1/7/2020"}})
    _type_rows(home / CONTROL, CONTROL_BOOK, AGENCY_TABLE, {"bank": {"sent": date(2026, 10, 7), "due": "soon"}})


def _type_rows(path: Path, schema: BookSchema, table: SheetTable, cells: Mapping[str, Mapping[str, CellValue]]) -> None:
    """Type into rows of a table by their ids; a row that is not there yet is typed under the others."""
    book = openpyxl.load_workbook(path)
    place = next(place for place in find_places(book, schema.tables, rows=_ROWS) if place.table.name == table.name)
    column = place.columns[table.id]
    rows = {str(place.sheet.cell(row, column).value or ""): row for row in reversed(place.rows)}
    for name, typed in cells.items():
        row = rows.get(name)
        if row is None:
            row = rows.pop("")
            place.sheet.cell(row, column).value = name
            rows |= {"": row + 1}
        for key, value in typed.items():
            place.sheet.cell(row, place.columns[key]).value = value
    saved = io.BytesIO()
    book.save(saved)
    path.write_bytes(set_saving_time(saved.getvalue(), _SAVED[1]))
