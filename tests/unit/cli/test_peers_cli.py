"""`fatf-kit peers`, and the facts and languages of `outlook` and `what-if`."""

from __future__ import annotations

from pathlib import Path

import pytest

from fatf_kit.core.messages import Translator
from tests.unit.cli.commands import cells_of, invoke, json_of


def test_iraq_in_words() -> None:
    """Share, position with ties, and who is compared."""
    out = invoke("peers", "IRQ", "--group", "MENAFATF").stdout
    assert "Iraq compared with MENAFATF" in out
    row = ["R.15", "NC", "6 of 14 (43%)", "13 of 15, shared with 2 peers", "upgraded: 3, downgraded: 3"]
    assert cells_of(out, "R.15") == row
    assert "results are never mixed" in out
    assert "according to general knowledge, not to the table" in out


@pytest.mark.parametrize("language", ["ar", *(pytest.param(one, marks=pytest.mark.full) for one in ("en", "fr"))])
def test_report_is_written(language: str, tmp_path: Path) -> None:
    """Page, charts and JSON, for a jurisdiction and worldwide."""
    invoke("peers", "IRQ", "-o", tmp_path / "one", "--format", "html,json", "--lang", language)
    invoke("peers", "--all", "-o", tmp_path / "all", "--format", "html,xlsx", "--lang", language)
    assert {"peers-recommendations.svg", "peers-outcomes.svg"} <= {p.name for p in (tmp_path / "one/charts").iterdir()}
    assert {"months.svg", "then-and-now.svg"} <= {p.name for p in (tmp_path / "all/charts").iterdir()}
    assert f'lang="{language}"' in (tmp_path / "all" / "report.html").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("command", "name"),
    [
        (("peers", "IRQ"), "peers.json"),
        (("peers", "--all"), "patterns.json"),
        (("score", "--published", "IRQ"), "published.json"),
    ],
)
def test_json_alone_has_no_charts(command: tuple[str, ...], name: str, tmp_path: Path) -> None:
    """With JSON alone nothing is drawn, the message names only it, and each format has its own name."""
    folder = tmp_path / "out"
    result = invoke(*command, "-o", folder, "--format", "json")
    assert (result.exit_code, f"Written to {folder}: json\n" in result.output) == (0, True)
    assert {path.name for path in folder.glob("[!.]*")} == {name}


@pytest.mark.parametrize("language", ["en", "ar", "fr"])
def test_outlook_and_what_if_in_the_language(language: str) -> None:
    """They also ask for the facts that are missing."""
    t = Translator(language)
    out = invoke("outlook", "--published", "MRT", "--lang", language).stdout
    assert t("The priority of the country after a referral cannot be determined, because facts are missing.") in out
    assert t("Enhanced follow-up can end once no threshold is met any more.") in out
    assert t("To reach regular follow-up") in invoke(
        "what-if", "--published", "KOR", "--target", "regular", "--lang", language
    ).stdout.replace("\n", " ")


def test_facts_are_used() -> None:
    """A fact that is given is no longer asked for."""
    found = json_of("outlook", "--published", "MRT", "--fact", "financial_sector_usd_bn=200")["prioritisation"]
    assert (found["first"], found["facts"][0]["value"]) == (True, 200)
    assert json_of("outlook", "--published", "MRT")["prioritisation"]["first"] is None


def test_a_notice_stands_on_a_published_report(tmp_path: Path) -> None:
    """A notice is written on the page."""
    invoke("score", "--published", "IRQ", "--notice", "Draft for the committee", "-o", tmp_path, "--format", "html")
    assert "Draft for the committee" in (tmp_path / "report.html").read_text(encoding="utf-8")
