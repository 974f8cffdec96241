"""What the peers do, each as a small program of its own, and the made-up inputs.

python -m benchmarks.jobs NAME ...
"""

from __future__ import annotations

import pickle
import sys
from dataclasses import replace
from pathlib import Path

AGENCIES = 40


def workbooks(folder: str, count: str) -> None:
    """Filled workbooks of the whole edition, each of another agency."""
    from benchmarks.intake import make_workbooks

    Path(folder).mkdir()
    make_workbooks(Path(folder), int(count))


def calamine(folder: str) -> None:
    """Every sheet of every file as rows, and nothing done with them."""
    from benchmarks.intake import read_calamine

    read_calamine(sorted(Path(folder).glob("*.xlsx")))


def pandas(folder: str) -> None:
    """Every sheet of every file as a frame, read with openpyxl as an analyst would, and nothing done with them."""
    from benchmarks.intake import read_pandas

    read_pandas(sorted(Path(folder).glob("*.xlsx")))


def charts(folder: str, store: str) -> None:
    """The report's charts as values, kept for `draw`."""
    import fatf_kit

    made = fatf_kit.score(sorted(Path(folder).glob("*.xlsx"))).report(generated_at="2026-11-24")
    Path(store).write_bytes(pickle.dumps(tuple(made.document.page_charts())))


def draw(store: str) -> None:
    """Nothing but draw the charts, as PNG and SVG."""
    from fatf_kit.report.charts import draw_chart

    for chart in pickle.loads(Path(store).read_bytes()):  # noqa: S301 - written by this very run
        for form in ("png", "svg"):
            draw_chart(chart, language="en", form=form)


def agencies(folder: str) -> None:
    """An assessment folder of 40 agencies, each asked about a share of the edition and supporting three more."""
    from fatf_kit import init_assessment
    from fatf_kit.assessment.folder.assignment import list_assigned
    from fatf_kit.assessment.folder.model import Agency, Assignment, Duty
    from fatf_kit.framework import load_framework
    from fatf_kit.workflows.assessment_folder import write_control

    made = init_assessment(folder, country="IRQ", languages=("en",))
    names = [f"agency-{number:02}" for number in range(AGENCIES)]
    duties = {}
    for number, top in enumerate(list_assigned(load_framework(made.settings.edition))):
        lead, *others = (names[(number + step) % AGENCIES] for step in range(4))
        duties[top.id] = Duty(
            requirement=top.id,
            lead=lead,
            supporting=tuple(others),
            is_lead_chosen=True,
            is_supporting_chosen=True,
        )
    asked = tuple(Agency(id=name, names={"en": f"Agency {name}"}, language="en") for name in names)
    write_control(replace(made, agencies=asked, assignment=Assignment(duties=duties)))


def answers(folder: str) -> None:
    """Every workbook of an assessment folder, filled in every row by its agency and returned."""
    from benchmarks.intake import fill_layout
    from fatf_kit.assessment.folder.agency_templates import build_agency_layout
    from fatf_kit.assessment.folder.folder import open_workspace

    workspace, _ = open_workspace(folder)
    for agency in workspace.agencies:
        if layout := build_agency_layout(workspace, agency, "en"):
            fill_layout(layout, agency.id, workspace.path / "responses" / f"{agency.id}.xlsx")


def correct(folder: str) -> None:
    """One answer of the first workbook corrected, as an agency would."""
    import openpyxl

    from benchmarks.intake import TEXT

    path = min(Path(folder).glob("*.xlsx"))
    book = openpyxl.load_workbook(path)
    cell = next(cell for sheet in book for row in sheet.iter_rows() for cell in row if TEXT in str(cell.value))
    cell.value = f"{cell.value} Corrected."
    book.save(path)


def plain(folder: str, target: str) -> None:
    """The texts of finished workbooks written again by XlsxWriter, with no format, list, protection or stamp."""
    import xlsxwriter
    from python_calamine import CalamineWorkbook

    for path in sorted(Path(folder).glob("**/*.xlsx")):
        book = CalamineWorkbook.from_path(path)
        copy = xlsxwriter.Workbook(str(Path(target) / path.name))
        for name in book.sheet_names:
            sheet = copy.add_worksheet(name)
            for number, row in enumerate(book.get_sheet_by_name(name).to_python()):
                for at, value in enumerate(row):
                    if value != "":
                        sheet.write_string(number, at, str(value))
        copy.close()


JOBS = {job.__name__: job for job in (workbooks, calamine, pandas, charts, draw, agencies, answers, correct, plain)}

if __name__ == "__main__":
    JOBS[sys.argv[1]](*sys.argv[2:])
