"""What the peers do, each as a small program of its own, and the made-up inputs.

python -m benchmarks.jobs NAME ...
"""

from __future__ import annotations

import csv
import pickle
import sys
from pathlib import Path

AGENCIES = 35


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
    """An assessment folder of 35 agencies, each asked about a share of the edition and supporting three more."""
    from fatf_kit import init_assessment

    home = Path(folder)
    init_assessment(home, country="IRQ")
    _rewrite(
        home / "agencies.csv",
        lambda heads, _: [
            dict.fromkeys(heads, "") | {"id": name, "name_en": f"Agency {name}", "language": "en"} for name in _names()
        ],
    )
    _rewrite(home / "assignment.csv", lambda _, rows: [row | _asked(number) for number, row in enumerate(rows)])


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


def _names() -> list[str]:
    return [f"agency-{number:02}" for number in range(AGENCIES)]


def _asked(number: int) -> dict[str, str]:
    turn = [_names()[(number + step) % AGENCIES] for step in range(4)]
    return {"lead": turn[0], "supporting": " ".join(turn[1:])}


def _rewrite(path: Path, change) -> None:  # type: ignore[no-untyped-def]
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file)
        rows, heads = list(reader), list(reader.fieldnames or ())
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, heads)
        writer.writeheader()
        writer.writerows(change(heads, rows))


JOBS = {job.__name__: job for job in (workbooks, calamine, pandas, charts, draw, agencies, plain)}

if __name__ == "__main__":
    JOBS[sys.argv[1]](*sys.argv[2:])
