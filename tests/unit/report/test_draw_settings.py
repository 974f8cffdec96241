"""Whatever a user has set for matplotlib, in files or in memory, pictures stay what they are."""

from __future__ import annotations

import hashlib
import os
import pickle
import subprocess
import sys
from pathlib import Path

import matplotlib as mpl
import pytest

from fatf_kit.report.charts import draw_chart
from fatf_kit.report.model import ChartKind
from tests.unit.report.test_draw import CHARTS


def test_own_settings_do_not_matter() -> None:
    """Settings of a user for matplotlib neither change a picture nor are changed by drawing one."""
    plain = draw_chart(CHARTS[ChartKind.STACKED])
    with mpl.rc_context(
        {"hatch.linewidth": 5, "svg.fonttype": "none", "savefig.facecolor": "red", "text.color": "red"}
    ):
        before = dict(mpl.rcParams)
        assert plain == draw_chart(CHARTS[ChartKind.STACKED])
        assert before == dict(mpl.rcParams)


@pytest.mark.parametrize(
    "content",
    [b"font.size: 30  # caf\xe9\n", b"nonsense: 3\nfont.size: huge!\n", b"font.size: 30\nbackend: module://none\n"],
    ids=["no UTF-8", "no settings", "other settings"],
)
@pytest.mark.parametrize("place", ["here", pytest.param("named", marks=pytest.mark.full)])
def test_a_file_of_settings_does_not_matter(content: bytes, place: str, tmp_path: Path) -> None:
    """A matplotlibrc in the current folder, or one that the machine names, neither stops a picture nor changes it."""
    (tmp_path / "matplotlibrc").write_bytes(content)
    code = (
        "import hashlib, pathlib, pickle; from fatf_kit.report.charts import draw_chart\n"
        "chart = pickle.loads(pathlib.Path('chart').read_bytes())\n"
        "for form in ('png', 'svg'): print(hashlib.sha256(draw_chart(chart, form=form)).hexdigest())"
    )
    told = os.environ | {"PYTHONPATH": str(Path(__file__).parents[3]), "PYTHONSAFEPATH": "1"}
    if place == "named":
        told["MATPLOTLIBRC"] = str(tmp_path)
    folder = tmp_path if place == "here" else tmp_path / "elsewhere"
    folder.mkdir(exist_ok=True)
    (folder / "chart").write_bytes(pickle.dumps(CHARTS[ChartKind.STACKED]))
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=folder, env=told, capture_output=True, text=True, check=False
    )
    pictures = [draw_chart(CHARTS[ChartKind.STACKED], form=form) for form in ("png", "svg")]
    assert ("", [hashlib.sha256(one).hexdigest() for one in pictures]) == (done.stderr, done.stdout.split())
