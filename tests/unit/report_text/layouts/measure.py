"""Made-up reports of every layout are written, read and compared with their truth.

`python -m tests.unit.report_text.layouts.measure` measures every layout in every language and kind of file, or those
that it is given (`A01`), and prints what is wrong or lost. With `record` first it writes that into the record, which
the tests allow and no more.
"""

from __future__ import annotations

import json
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from fatf_kit.report_text.parsing import parse_report
from fatf_kit.report_text.words import report_rules
from fatf_kit.texts.cleaning import clean_pages
from fatf_kit.texts.reading import parse_file
from tests.unit.report_text.layouts.compose import LANGUAGES, compose
from tests.unit.report_text.layouts.document import SampleReport
from tests.unit.report_text.layouts.layout import ADDED, LAYOUTS, SampleLayout
from tests.unit.report_text.layouts.pdf_file import make_pdf
from tests.unit.report_text.layouts.score import Faults, Score, list_faults, score
from tests.unit.report_text.layouts.text_file import make_text
from tests.unit.report_text.layouts.word_file import make_word

WRITERS: Mapping[str, Callable[[SampleReport, SampleLayout], bytes]] = {
    "txt": make_text,
    "docx": lambda report, _: make_word(report),
    "pdf": make_pdf,
}
"""The writer of each kind of file."""

RECORD = Path(__file__).resolve().parents[3] / "data" / "report_layout_faults.json"
"""The faults of today by file: how many are wrong and lost. A file that is not in it is read without a fault."""


def measure(layout: SampleLayout, language: str, kind: str, folder: Path) -> Score:
    """Return how one layout is read in a language from one kind of file."""
    report = compose(layout, language)
    path = folder / name_file(layout, language, kind)
    path.write_bytes(WRITERS[kind](report, layout))
    pages = parse_file(path, path.name)  # in this process, which is faster
    text = clean_pages(path.name, pages, report_rules(), are_real=len(pages) > 1 or kind == "pdf")
    return score(parse_report(text), report, is_pdf=kind == "pdf")


def name_file(layout: SampleLayout, language: str, kind: str) -> str:
    """Return the name of the file of a layout, as the record has it."""
    return f"{layout.name}-{language}.{kind}"


def measure_all(layouts: Iterable[SampleLayout], folder: Path) -> Iterator[tuple[str, Score]]:
    """Yield the name and score of each layout in each language and kind of file."""
    for layout in layouts:
        for language in LANGUAGES:
            for kind in WRITERS:
                yield name_file(layout, language, kind), measure(layout, language, kind, folder)


def add_up(scores: Iterable[Score]) -> Score:
    """Return the sum of several reports."""
    return sum(scores, Score())


def load_record() -> dict[str, Faults]:
    """Return what is wrong and lost by file, as it was recorded last."""
    record: dict[str, Faults] = json.loads(RECORD.read_text("utf-8"))
    return record


def main(arguments: Sequence[str]) -> None:
    """Measure the layouts that are named, or all of them, and print or record the result."""
    is_recording = arguments[:1] == ["record"]
    names = frozenset(arguments) - {"record"}
    layouts = [layout for layout in (*LAYOUTS, *ADDED) if layout.name in names or not names]
    with tempfile.TemporaryDirectory() as folder:
        scores = dict(measure_all(layouts, Path(folder)))
    total = add_up(scores.values())
    lines = [f"{name}: {fault}" for name, result in scores.items() for fault in result.faults]
    lines.append(f"{len(scores)} files")
    lines += (
        f"{name}: right {count.right}, wrong {count.wrong}, lost {count.lost}" for name, count in total.counts.items()
    )
    lines.append(f"names of persons {total.names}, false warnings {total.warnings}")
    sys.stdout.write("\n".join(lines) + "\n")
    if is_recording:
        known = {name: faults for name, faults in load_record().items() if name not in scores}
        record = known | {name: list_faults(result) for name, result in scores.items() if list_faults(result)}
        RECORD.write_text(json.dumps(record, indent=2, sort_keys=True) + "\n", "utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
