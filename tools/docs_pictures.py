"""Draw the pictures of docs/gallery.md and of the README: `make docs-gallery`.

Needs Chromium (for the first screen of the HTML report) and pdftoppm (for pages of papers). Pictures are
reduced to 96 colours, so that all of them together stay below the limit in tests/acceptance/test_docs.py.
"""

from __future__ import annotations

import io
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import fatf_kit
from fatf_kit import paper
from fatf_kit.core.resources import data_folder
from fatf_kit.report.write import write_document, write_report

IMAGES = Path(__file__).resolve().parents[1] / "docs" / "images"
MOMENT = "2027-03-22T09:30"
COLOURS = 96
WIDTH = 900
CHARTS = ("recommendations", "outcomes", "severity", "completeness")
NPO_CHARTS = ("npo-matrix", "npo-segments-activity", "npo-money")
PAPERS = {"gap": 1, "brief": 1, "compliance": 2, "roadmap": 1}
"""Each paper and the page that is shown: the first, or the first after the list of contents."""
FOLDERS = {"en": "ruritania", "ar": "ruritania/ar"}
"""The example folder of each language, in which the agencies answer in that language."""
COUNTRY = {"en": "Ruritania", "ar": "روريتانيا"}


def draw_pictures(folder: Path) -> Iterator[tuple[str, bytes]]:
    """Yield the name and the bytes of every picture; intermediate files are written into `folder`."""
    for language, name in FOLDERS.items():
        scored = fatf_kit.score(data_folder("examples") / name)
        report = scored.report(generated_at=MOMENT, language=language)
        write_report(report, folder / language, ("html",))
        for chart in CHARTS:
            yield f"chart-{chart}-{language}.png", (folder / language / "charts" / f"{chart}.png").read_bytes()
        for kind, page in PAPERS.items():
            path = folder / f"{kind}-{language}.pdf"
            write_document(paper(scored, kind, generated_at=MOMENT, language=language), path)
            yield f"paper-{kind}-{language}.png", _draw_page(path, page)
    yield "gap-report.png", _draw_first_screen(folder / "en" / "report.html", folder)
    yield from _draw_npo_pictures(folder)


def _draw_npo_pictures(folder: Path) -> Iterator[tuple[str, bytes]]:
    register = data_folder("examples") / "npo"
    settings = register / "settings.json"
    day = date(2027, 3, 19)
    made = fatf_kit.npo_classify(register / "register.csv", folder / "npo", settings=settings, as_of=day)
    for language, country in COUNTRY.items():
        report, _ = fatf_kit.npo_report(
            made.result,
            measures=register / "measures.xlsx",
            capacity=120,
            country=country,
            generated_at=MOMENT,
            language=language,
        )
        write_report(report, folder / f"npo-{language}", ("pdf", "html"))
        yield f"paper-npo-{language}.png", _draw_page(folder / f"npo-{language}" / "report.pdf", 1)
        for name in NPO_CHARTS:
            yield f"chart-{name}-{language}.png", (folder / f"npo-{language}" / "charts" / f"{name}.png").read_bytes()


def _draw_page(path: Path, number: int) -> bytes:
    only = ["-f", str(number), "-l", str(number)]
    command = ["pdftoppm", "-png", "-singlefile", "-r", "92", *only, str(path), str(path.with_suffix(""))]
    subprocess.run(command, check=True, capture_output=True)
    return path.with_suffix(".png").read_bytes()


def _draw_first_screen(page: Path, folder: Path) -> bytes:
    chromium = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))))
    picture = folder / "screen.png"
    options = ["--headless", "--no-sandbox", "--hide-scrollbars", f"--user-data-dir={folder / 'profile'}"]
    command = [chromium, *options, "--window-size=1366,768", f"--screenshot={picture}", page.as_uri()]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    return picture.read_bytes()


def _shrink(picture: bytes, *, width: int) -> bytes:
    from PIL import Image

    image = Image.open(io.BytesIO(picture)).convert("RGB")
    if image.width > width:
        image = image.resize((width, round(image.height * width / image.width)), Image.Resampling.LANCZOS)
    small = io.BytesIO()
    image.quantize(COLOURS, dither=Image.Dither.NONE).save(small, "PNG", optimize=True)
    return small.getvalue()


if __name__ == "__main__":
    IMAGES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        for name, picture in draw_pictures(Path(scratch)):
            (IMAGES / name).write_bytes(_shrink(picture, width=1366 if name == "gap-report.png" else WIDTH))
