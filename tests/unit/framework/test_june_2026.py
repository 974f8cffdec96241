"""The revision of R.6 in June 2026: what left the pages, what came, and what is said of the state of the text."""

from __future__ import annotations

import pytest

from fatf_kit.core.resources import data_folder
from fatf_kit.framework import list_editions, load_framework
from fatf_kit.framework.catalog import index_requirements
from fatf_kit.framework.model import CoreIssue, Criterion
from fatf_kit.framework.question_bank import load_bank

LANGUAGES = ("en", "ar", "fr")
RESOLUTIONS = ("2664", "2761", "2615")
LEFT = {
    "en": "Law refers to humanitarian grounds without UN notice or approval",
    "ar": "يشير القانون إلى أسباب إنسانية دون إخطار الأمم المتحدة أو موافقتها",
    "fr": "La loi mentionne des motifs humanitaires sans notification aux Nations Unies ni approbation de leur part",
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("edition", list_editions())
def test_following_the_standard_is_no_shortcoming(edition: str, language: str) -> None:
    """A law that leaves exempt humanitarian aid free of notice and approval is what the standard asks for."""
    framework = load_framework(edition, language)
    for requirement in index_requirements(framework).values():
        assert LEFT[language] not in requirement.guidance.typical_shortcomings, requirement.id
    page = data_folder("frameworks") / "locale" / language / edition / "recommendations" / "R.06.json"
    if language != "en":
        assert LEFT[language] not in page.read_text(encoding="utf-8")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("edition", list_editions())
def test_criteria_name_the_resolutions(edition: str, language: str) -> None:
    """Notes and questions of 6.5, 6.7 and 8.2(d), in every language."""
    index = index_requirements(load_framework(edition, language))
    noted = [index["R.6/6.5"], index["R.6/6.7"], index["R.8/8.2(d)"]]
    for requirement in noted:
        assert [number for number in RESOLUTIONS if number not in (requirement.note or "")] == [], requirement.id
    for key in ("R.6/6.5(c)", "R.6/6.7"):
        assert [number for number in RESOLUTIONS if number not in (index[key].guidance.ask or "")] == [], key


@pytest.mark.parametrize("language", LANGUAGES)
def test_core_issues_name_the_exemptions(language: str) -> None:
    """Core issues 10.1, 10.3 and 10.5 have a note, and the guide a probe and a pitfall more than before."""
    framework = load_framework("fatf-2022", language)
    index = index_requirements(framework)
    for key in ("IO.10/10.1", "IO.10/10.3", "IO.10/10.5"):
        issue = index[key]
        assert isinstance(issue, CoreIssue)
        assert all(number in (issue.note or "") for number in RESOLUTIONS), key
    guide = next(outcome for outcome in framework.outcomes if outcome.id == "IO.10").guide
    assert guide is not None
    assert (len(guide.probes), len(guide.pitfalls)) == (10, 7)


def test_the_mock_visit_asks() -> None:
    """One question more for each of the three core issues, and for their like of the earlier edition."""
    for edition, core_issues in (
        ("fatf-2022", ("IO.10/10.1", "IO.10/10.3", "IO.10/10.5")),
        ("fatf-2013", ("IO.10/10.1", "IO.10/10.2")),
    ):
        for language in LANGUAGES:
            bank = load_bank(edition, language)
            assert [5] * len(core_issues) == [len(bank[key]) for key in core_issues]


@pytest.mark.parametrize("language", LANGUAGES)
def test_pending_revision_of_r6(language: str) -> None:
    """A page of its own without criteria: their text was not seen, and what is known is said."""
    revision = load_framework("fatf-2022", language).revisions["R.6"]
    assert (revision.criterion_text, revision.confidence, revision.criteria) == ("not seen", "confirmed", ())
    assert all(number in revision.scope for number in RESOLUTIONS)
    assert "5bis" in revision.citation
    touched = " ".join(revision.other_changes)
    assert all(place in touched for place in ("6.5", "6.7", "8.2(d)", "10.1", "10.3", "10.5"))
    if language == "en":
        assert "The criterion text was not seen" in revision.status


def test_the_state_of_the_text() -> None:
    """One text in the edition's cover page, behind the title wherever the edition is named."""
    newer, older = load_framework("fatf-2022"), load_framework("fatf-2013")
    assert newer.text_state == "as amended October 2025; R.6 revised June 2026"
    assert newer.full_title == f"{newer.title} – as amended October 2025; R.6 revised June 2026"
    assert older.text_state.startswith("as amended June 2023; later revisions of the Recommendations, R.6 in June 2026")
    for framework in (newer, older):
        assert "June 2026" in (framework.later_amendments or "")
        for language in ("ar", "fr"):
            translated = load_framework(framework.id, language)
            assert translated.text_state != framework.text_state
            assert translated.as_amended != framework.as_amended


def test_criteria_are_unchanged_by_what_was_not_seen() -> None:
    """No statement and no count of criteria changed: the revised criteria are not known."""
    for edition in list_editions():
        (unit,) = (one for one in load_framework(edition).recommendations if one.id == "R.6")
        assert len(unit.criteria) == 7
        assert all(isinstance(one, Criterion) and "2664" not in one.statement for one in unit.criteria)
