"""Tests of docs/: every block is run, every link is followed, and every command, schema and package is described."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import click
import pytest

from fatf_kit import score
from fatf_kit.cli.main import cli
from fatf_kit.core.languages import LANGUAGES
from fatf_kit.core.resources import data_folder
from tests.examples import score_example
from tools.docs_pages import DOCS, ROOT, list_commands, list_pages, run_page
from tools.docs_reference import PAGE, render_page

pytestmark = pytest.mark.skipif(not list_pages(), reason="only a checkout has its docs")
LARGEST_PICTURES = 2_500_000
_LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
_HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)
_CODE = re.compile(r"^```.*?^```$", re.MULTILINE | re.DOTALL)
_INLINE = re.compile(r"`fatf-kit ([^`]+)`")


def names(path: Path) -> str:
    """Return the path of a page within docs/, for test ids."""
    return path.relative_to(DOCS).as_posix()


RUN = [page for page in list_pages() if list_commands(page.read_text("utf-8")) or "```pycon" in page.read_text("utf-8")]
USUAL = ("ar/method.md",)
"""The page that a usual run runs: commands, ratings and code. All others take minutes."""


@pytest.mark.full
@pytest.mark.parametrize(
    "page",
    [pytest.param(page, marks=[pytest.mark.sample] if names(page) in USUAL else [], id=names(page)) for page in RUN],
)
def test_blocks_show_real_output(page: Path, tmp_path: Path) -> None:
    """The output that a page shows is that of its commands; `make docs-update` writes it again."""
    text = page.read_text(encoding="utf-8")
    assert text == run_page(text, tmp_path)


def test_a_page_shows_output_in_its_own_language() -> None:
    """The first language that a command of a page names is that of the page, so that its reader can read the output."""
    other = []
    for page in list_pages():
        language = page.parent.name if page.parent.name in LANGUAGES else "en"
        for typed in list_commands(page.read_text(encoding="utf-8")):
            asked = re.search(r"--lang (\w+)", typed)
            if asked and asked[1] != language:
                other.append((names(page), typed))
    assert other == []


def test_every_help_is_that_of_the_command(tmp_path: Path) -> None:
    """docs/commands.md shows --help of each command as it is printed."""
    page = (DOCS / "commands.md").read_text(encoding="utf-8")
    blocks = re.findall(r"^```console\n\$ fatf-kit [^\n]*--help\n.*?^```$", page, re.MULTILINE | re.DOTALL)
    text = "\n".join(blocks)
    assert len(blocks) > 70
    assert [typed for typed in list_commands(text) if not typed.endswith("--help")] == []
    assert text == run_page(text, tmp_path)


def test_the_reference_is_the_docstrings() -> None:
    """docs/reference.md is written from the library; `make docs-update` writes it again."""
    assert PAGE.read_text(encoding="utf-8") == render_page()


def test_links_and_anchors() -> None:
    """Every link leads to a file in docs/, since the site has no others, and every anchor to a heading of that file."""
    missing = []
    for page in list_pages():
        for target in _LINK.findall(_CODE.sub("", page.read_text(encoding="utf-8"))):
            name, _, anchor = target.partition("#")
            found = (page.parent / name).resolve() if name else page
            if not found.is_file() or not found.is_relative_to(DOCS) or (anchor and anchor not in anchors(found)):
                missing.append(f"{names(page)}: {target}")
    assert missing == []


def anchors(page: Path) -> set[str]:
    """The anchors of a page's headings, as Markdown makes them."""
    headings = _HEADING.findall(_CODE.sub("", page.read_text(encoding="utf-8")))
    return {re.sub(r"[\s-]+", "-", re.sub(r"[^\w\s-]", "", heading).strip().lower()) for heading in headings}


OPENINGS = {"ar": '<div dir="rtl" lang="ar" markdown>', "fr": '<div lang="fr" markdown>'}
"""The first line of a page in each language other than English."""


def test_a_translation_has_every_section() -> None:
    """A translated page has the headings of the English page, level by level, and the direction of its language."""
    translations = [page for page in list_pages() if page.parent.name in OPENINGS]
    assert {page.parent.name for page in translations} == set(OPENINGS)
    for page in translations:
        original = next(path for path in (DOCS / page.name, DOCS / "guides" / page.name) if path.is_file())
        texts = [path.read_text(encoding="utf-8") for path in (page, original)]
        found, expected = (re.findall(r"^#+ ", _CODE.sub("", text), re.MULTILINE) for text in texts)
        assert found == expected, names(page)
        assert texts[0].startswith(OPENINGS[page.parent.name]), names(page)


def every_command() -> Iterator[tuple[str, click.Command]]:
    """Yield each command and each command within a group, with its whole name."""

    def walk(group: click.Group, before: tuple[str, ...]) -> Iterator[tuple[str, click.Command]]:
        context = click.Context(group)
        for name in group.list_commands(context):
            command = group.get_command(context, name)
            assert command is not None
            yield " ".join((*before, name)), command
            if isinstance(command, click.Group):
                yield from walk(command, (*before, name))

    return walk(cli, ())


def test_every_command_is_documented() -> None:
    """A new command gets a heading and its help in docs/commands.md, and at least one page shows it at work."""
    text = (DOCS / "commands.md").read_text(encoding="utf-8")
    typed = [line for page in list_pages() for line in list_commands(page.read_text(encoding="utf-8"))]
    missing = []
    for name, command in every_command():
        if f"# fatf-kit {name}\n" not in text or f"$ fatf-kit {name} --help\n" not in text:
            missing.append(name)
        elif not isinstance(command, click.Group) and not any(
            line.startswith(f"fatf-kit {name} ") or line == f"fatf-kit {name}"
            for line in typed
            if not line.endswith("--help")
        ):
            missing.append(f"{name} at work")
    assert [one for one in missing if one not in SHOWN_NOWHERE] == []


SHOWN_NOWHERE = {"published import at work", "published lists import at work"}
"""They need a file that only FATF hands out, or that a Plenary has yet to give rise to."""


def mentioned() -> list[str]:
    """Return the whole commands in backquotes and in console blocks, without those that contain an ellipsis."""
    found: list[str] = []
    for page in list_pages():
        text = page.read_text(encoding="utf-8")
        found += _INLINE.findall(_CODE.sub("", text))
        found += [line.removeprefix("fatf-kit ") for line in list_commands(text) if line.startswith("fatf-kit ")]
    return sorted({line for line in found if "…" not in line})


def test_commands_and_their_options_exist() -> None:
    """Every command line on a page names an existing command with existing options."""
    known = dict(every_command())
    lines = mentioned()
    assert len(lines) > 200
    unknown = []
    for line in lines:
        words = shlex.split(line)
        depth = next((depth for depth in (3, 2, 1) if " ".join(words[:depth]) in known), 0)
        if not depth and not words[0].startswith("-"):
            unknown.append(line)
        params = (known[" ".join(words[:depth])] if depth else cli).params
        options = {option for param in params for option in (*param.opts, *param.secondary_opts)} | {"--help", "-h"}
        typed = [word.partition("=")[0] for word in words[depth:] if re.match(r"--?[a-z]", word)]
        unknown += [f"{line}: {option}" for option in typed if option not in options]
    assert unknown == []


def test_every_schema_is_named() -> None:
    """docs/formats.md names every schema."""
    text = (DOCS / "formats.md").read_text(encoding="utf-8")
    schemas = sorted(path.name for path in (ROOT / "frameworks" / "schema").glob("*.json"))
    assert schemas
    assert [name for name in schemas if f"`{name}`" not in text] == []


def test_every_package_and_module_is_described() -> None:
    """docs/architecture.md describes each subpackage and each top-level module, and no others."""
    text = (DOCS / "architecture.md").read_text(encoding="utf-8")
    package = ROOT / "fatf_kit"
    packages = {f"fatf_kit/{path.name}/" for path in package.iterdir() if (path / "__init__.py").is_file()}
    modules = {f"fatf_kit/{path.name}" for path in package.glob("*.py") if path.stem != "__init__"}
    assert sorted(packages | modules) == sorted(re.findall(r"^\| `(fatf_kit/[^`]+)`", text, re.MULTILINE))


@pytest.mark.parametrize("page", ["docs/architecture.md", "CONTRIBUTING.md", "DECISIONS.md", "RELEASING.md"])
def test_paths_in_backquotes_exist(page: str) -> None:
    """A file or folder of the repository that a page names is there; "<edition>" stands for several."""
    text = (ROOT / page).read_text(encoding="utf-8")
    named = re.findall(r"`((?:fatf_kit|frameworks|tools|tests|docs|templates|examples)/[\w./-]+)`", text)
    assert [name for name in named if not (ROOT / name).exists()] == []


def test_the_contents_lead_to_pages() -> None:
    """Each page is in the contents once, and each entry has its page."""
    listed = re.findall(r"^ +- [^:]+: (\S+\.md)$", (ROOT / "mkdocs.yml").read_text(encoding="utf-8"), re.MULTILINE)
    assert sorted(map(names, list_pages())) == sorted(listed)


def test_pictures_are_shown_and_small() -> None:
    """Each picture is on a page, and all together stay small enough for a repository."""
    text = "".join(page.read_text(encoding="utf-8") for page in list_pages())
    pictures = sorted((DOCS / "images").glob("*.png"))
    assert [path.name for path in pictures if f"images/{path.name})" not in text] == []
    assert sum(path.stat().st_size for path in pictures) < LARGEST_PICTURES


@pytest.mark.full
def test_the_site_asks_nothing_of_others(tmp_path: Path) -> None:
    """It builds without a warning, and no page loads a script, style, letter or picture from elsewhere."""
    if find_spec("zensical") is None:
        pytest.skip("zensical is not installed")
    shutil.copy(ROOT / "mkdocs.yml", tmp_path)  # the site and its cache go into the folder of this file
    shutil.copytree(ROOT / "docs", tmp_path / "docs")
    done = subprocess.run(
        [sys.executable, "-m", "zensical", "build", "--strict"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    pages = {path.relative_to(tmp_path / "docs").with_suffix(".html") for path in (tmp_path / "docs").rglob("*.md")}
    assert {path.relative_to(tmp_path / "site") for path in (tmp_path / "site").rglob("*.html")} >= pages
    asked = re.compile(r"<(?:script|img|iframe|source)[^>]*\ssrc=[\"']?(?:https?:)?//|url\([\"']?(?:https?:)?//")
    linked = re.compile(r"<link[^>]*rel=[\"']?(?:stylesheet|preconnect|preload|icon)[^>]*href=[\"']?(?:https?:)?//")
    found = []
    for path in sorted((tmp_path / "site").rglob("*")):
        if path.suffix in {".html", ".css"}:
            text = path.read_text(encoding="utf-8")
            found += [path.name for _ in (*asked.finditer(text), *linked.finditer(text))]
    assert found == []


_SHEETS = re.compile(r"^\| (?:sheet|feuille|الورقة) \|.*\n\| ---.*\n((?:\|.*\n)+)", re.MULTILINE)
_QUOTED_SHEET = re.compile(r"\| (?:“[^”]+”|« ?[^»]+ ?»|«[^»]+»|`)")


@pytest.mark.parametrize("page", list_pages(), ids=names)
def test_names_of_sheets_are_in_quotes(page: Path) -> None:
    """In every table of sheets; ids, such as R.1, are code."""
    rows = [row for table in _SHEETS.findall(page.read_text("utf-8")) for row in table.splitlines()]
    assert [row for row in rows if not _QUOTED_SHEET.match(row)] == []


@pytest.mark.parametrize("page", ["start.md", "ar/start.md", "fr/start.md"])
def test_the_single_workbook_is_another_state_than_the_folder(page: str) -> None:
    """The pages give the number of ratings that differ."""
    folder = score_example("ruritania").assessment.units
    single = score(data_folder("examples") / "ruritania" / "workbook", cut_off="2027-03-19").assessment.by_id
    differing = [unit.id for unit in folder if unit.shown.describe() != single[unit.id].shown.describe()]
    before = (DOCS / page).read_text("utf-8").partition("ruritania-2022.xlsx")[0]
    figures = re.findall(r"\d+", before.rpartition("\n## ")[2])
    assert {str(len(differing)), str(len(folder))} <= {*figures}
