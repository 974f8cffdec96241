"""A network share is never asked anything: not where its path is typed, not where a file that came by mail names it."""

from __future__ import annotations

import io
import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path, PureWindowsPath

import pytest

import fatf_kit
from fatf_kit.core.errors import FatfKitError
from fatf_kit.core.files import is_remote
from fatf_kit.report.formats.json import render_json
from tests.unit.cli.commands import RURITANIA, invoke

EXAMPLES = RURITANIA.parent
SHARE = "//ministry/share"
READING = (
    ("check", f"{SHARE}/a.xlsx"),
    ("check", SHARE),
    ("score", SHARE, "-o", "OUT"),
    ("score", f"{SHARE}/a.xlsx", "GOOD", "-o", "OUT"),
    ("score", "GOOD", "--policy", f"{SHARE}/p.json", "-o", "OUT"),
    ("verify", SHARE),
    ("replay", SHARE),
    ("verify", "REPORT", SHARE),
    ("replay", "REPORT", SHARE),
    ("explain", SHARE, "R.2"),
    ("paper", "brief", SHARE, "-o", "OUT/a.docx"),
    ("fill", f"{SHARE}/form.xlsx", "GOOD", "-o", "OUT/a.xlsx"),
    ("fill", "GOOD", SHARE, "-o", "OUT/a.xlsx"),
    ("outlook", SHARE),
    ("outlook", "--ratings", f"{SHARE}/r.csv"),
    ("what-if", SHARE, "--target", "regular"),
    ("plan", SHARE, "-o", "OUT/p.xlsx"),
    ("plan", "GOOD", "--settings", f"{SHARE}/plan.json", "-o", "OUT/p.xlsx"),
    ("plan", "GOOD", "--mock", SHARE, "-o", "OUT/p.xlsx"),
    ("progress", f"{SHARE}/plan.xlsx"),
    ("compare", SHARE, "GOOD"),
    ("compare", "GOOD", f"{SHARE}/assessment.json"),
    ("calendar", SHARE),
    ("follow-up", "report", f"{SHARE}/f.xlsx", "-o", "OUT/f.docx"),
    ("mock", "template", SHARE, "-o", "OUT"),
    ("mock", "debrief", SHARE, "-o", "OUT"),
    ("statistics", "template", SHARE, "-o", "OUT"),
    ("statistics", "report", SHARE, "-o", "OUT"),
    ("template", SHARE),
    ("template", "FOLDER", "--prefill", SHARE, "-o", "OUT"),
    ("carry-forward", f"{SHARE}/a.xlsx", "--to", "fatf-2022", "-o", "OUT/c.xlsx"),
    ("report-in", f"{SHARE}/mer.pdf", "-o", "OUT"),
    ("npo", "check", f"{SHARE}/r.csv"),
    ("npo", "check", "REGISTER", "--map", f"{SHARE}/m.json"),
    ("npo", "classify", "REGISTER", "--settings", f"{SHARE}/s.json", "-o", "OUT"),
    ("npo", "classify", "REGISTER", "--measures", f"{SHARE}/m.xlsx", "-o", "OUT", "--report", "none"),
    ("npo", "compare", f"{SHARE}/a.csv", f"{SHARE}/b.csv"),
    ("published", "import", f"{SHARE}/f.xlsx", "-o", "OUT/r.csv"),
    ("frameworks", "check", SHARE),
)


@pytest.fixture
def share(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Everything that asks the system about the share, by name; each is answered as an absent file would be."""
    asked: list[str] = []

    def watched(name: str, real: Callable[..., object]) -> Callable[..., object]:
        def ask(path: object, *rest: object, **named: object) -> object:
            if isinstance(path, str | bytes | os.PathLike) and os.fsdecode(path).startswith("//"):
                asked.append(f"{name} {os.fsdecode(path)}")
                raise FileNotFoundError(2, "No such file or directory", os.fsdecode(path))
            return real(path, *rest, **named)

        return ask

    for module, names in (
        (os, ("stat", "lstat", "open", "listdir", "scandir", "readlink", "access")),
        (io, ("open",)),
        (os.path, ("isdir", "isfile", "exists", "lexists", "realpath", "samefile")),
    ):
        for name in names:
            monkeypatch.setattr(module, name, watched(name, getattr(module, name)))
    return asked


@pytest.fixture(scope="module")
def given(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The usable paths, by the words that represent them in READING."""
    home = tmp_path_factory.mktemp("given")
    good = fatf_kit.template(home / "fiu.xlsx", only=["R.2"])
    report = fatf_kit.score(good).report(generated_at="2027-01-01")
    (home / "report").mkdir()
    (home / "report" / "assessment.json").write_bytes(render_json(report))
    (home / "r.csv").write_bytes(
        b"".join((EXAMPLES / "npo" / "register.csv").read_bytes().splitlines(keepends=True)[:20])
    )
    folder = shutil.copytree(EXAMPLES / "ruritania", home / "ruritania")
    return {
        "GOOD": str(good), "REPORT": str(home / "report"), "REGISTER": str(home / "r.csv"), "FOLDER": str(folder),
    }  # fmt: skip


@pytest.mark.parametrize("args", READING, ids=" ".join)
def test_a_share_that_is_typed(args: tuple[str, ...], given: dict[str, str], tmp_path: Path, share: list[str]) -> None:
    """It is refused by its spelling, in words."""
    whole = [given.get(arg, arg.replace("OUT", str(tmp_path / "out"))) for arg in args]
    done = invoke(*whole)
    assert share == []
    text = f"{done.output} {done.exception}"
    assert "network share" in text, text


@pytest.mark.parametrize("name", [f"{SHARE}/own.csv", f"{SHARE}/own.xlsx"])
@pytest.mark.parametrize("key", ["overrides", "national_sheet"])
def test_a_share_in_the_settings_of_a_register(
    name: str, key: str, given: dict[str, str], tmp_path: Path, share: list[str]
) -> None:
    """Settings that came by mail lead to no other machine."""
    (tmp_path / "s.json").write_text(json.dumps({"schema": "fatf-kit/npo-settings/1", key: name}), encoding="utf-8")
    with pytest.raises(FatfKitError, match="network"):
        fatf_kit.npo_classify(given["REGISTER"], tmp_path / "out", settings=tmp_path / "s.json")
    assert share == []


def test_a_share_in_an_assessment_folder(given: dict[str, str], tmp_path: Path, share: list[str]) -> None:
    """Nor does the policy that its settings name."""
    folder = shutil.copytree(given["FOLDER"], tmp_path / "folder")
    settings = json.loads((folder / "assessment.json").read_text(encoding="utf-8"))
    (folder / "assessment.json").write_text(json.dumps({**settings, "policy": f"{SHARE}/p.json"}), encoding="utf-8")
    with pytest.raises(FatfKitError, match="network share"):
        fatf_kit.score(folder)
    assert share == []


@pytest.mark.parametrize("policy", [f"{SHARE}/p.json", "/etc/hostname"])
def test_a_policy_that_a_result_names_is_not_opened(
    policy: str, given: dict[str, str], tmp_path: Path, share: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither on a share nor on this computer; it is missing."""
    result = json.loads((Path(given["REPORT"]) / "assessment.json").read_text(encoding="utf-8"))
    result["provenance"]["policy"] = policy
    (tmp_path / "assessment.json").write_text(json.dumps(result), encoding="utf-8")
    monkeypatch.setattr("fatf_kit.scoring.policy._read", None)
    (found,) = [one for one in fatf_kit.verify(tmp_path).compared if one.name == policy]
    assert (found.standing, share) == ("missing", [])
    assert policy in str(fatf_kit.replay(tmp_path, [given["GOOD"]]).obstacle)
    assert share == []


@pytest.mark.parametrize("name", [r"\\a\b", r"\/a\b", r"/\a/b", r"\\?\UNC\a\b", r"\\.\pipe\a"])
def test_every_spelling_of_a_share(name: str) -> None:
    """Windows takes either slash; what is no disk of this computer is not asked."""
    assert is_remote(PureWindowsPath(name))  # type: ignore[arg-type]  # only its text is looked at
    assert is_remote(Path(name))
