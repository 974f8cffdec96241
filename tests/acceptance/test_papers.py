"""The papers about the made-up country: what is in them, and for whom."""

from __future__ import annotations

import re

import pytest

from fatf_kit import ScoringResult, paper
from fatf_kit.core.errors import UnknownIdError
from fatf_kit.outlook.sources import count_good_units
from fatf_kit.papers.papers import PAPERS
from fatf_kit.papers.submission.parts import SUBMISSIONS
from fatf_kit.report.model import DocumentTable, walk_sections
from tests.documents import join_texts
from tests.examples import score_example

NOW = "2026-11-24"


@pytest.fixture(scope="module")
def scored() -> ScoringResult:
    """The made-up country."""
    return score_example("ruritania/workbook")


def test_every_criterion_and_core_issue_is_in_the_drafts(scored: ScoringResult) -> None:
    """One section each, in the order of the Methodology, with the country's words."""
    compliance = paper(scored, "compliance", generated_at=NOW, draft=True)
    anchors = [s.anchor for s in walk_sections(compliance.sections)]
    criteria = [c.id for r in scored.framework.recommendations for c in r.criteria]
    assert criteria == [a for a in anchors if "/" in a]
    effectiveness = paper(scored, "effectiveness", generated_at=NOW, draft=True)
    issues = {i.id for o in scored.framework.outcomes for i in o.core_issues}
    assert issues == {s.anchor for s in walk_sections(effectiveness.sections) if "/" in s.anchor}
    seen = join_texts(compliance) + join_texts(effectiveness)
    open_to = [a for a in scored.responses.answers if a.confidentiality != "restricted" and a.explanation]
    assert [a.requirement for a in open_to if a.explanation not in seen] == []


def test_the_table_of_the_draft_has_all_40(scored: ScoringResult) -> None:
    """Rating and factors for each Recommendation, rated as in the assessment."""
    document = paper(scored, "compliance", generated_at=NOW, draft=True)
    tables = [b for s in walk_sections(document.sections) for b in s.blocks if isinstance(b, DocumentTable)]
    table = next(one for one in tables if one.id == "factors")
    assert [r.id for r in scored.assessment.recommendations] == [row.cells[0].text for row in table.rows]
    used = {r.id: r.counted.describe() for r in scored.assessment.recommendations}
    assert used == {row.cells[0].text: row.cells[1].text for row in table.rows if row.cells[0].text in used}


def test_the_earlier_report_is_quoted(scored: ScoringResult) -> None:
    """With its month, and that it followed another edition."""
    said = join_texts(paper(scored, "compliance", generated_at=NOW, previous="IRQ"))
    assert "The report of May 2024 rated it" in said
    assert "another edition" in said


@pytest.mark.parametrize("kind", [k for k in PAPERS if k != "agency"])
@pytest.mark.parametrize("language", ["en", "ar", pytest.param("fr", marks=pytest.mark.full)])
def test_readers_get_only_what_they_may_read(scored: ScoringResult, kind: str, language: str) -> None:
    """Public papers hold no words of government answers, assessors' none of restricted ones; that is said."""

    def contents(*levels: str) -> set[str]:
        given = [a for a in scored.responses.answers if a.confidentiality in levels]
        return {t for a in given for t in (a.explanation, a.missing, a.action, a.citation) if len(t) > 25}

    titles = {item.title for item in scored.responses.evidence}  # the register is open, and citations repeat it
    for audience, open_to, secret in (
        ("public", contents("public"), contents("government", "restricted")),
        ("assessors", contents("public", "government"), contents("restricted")),
    ):
        said = join_texts(paper(scored, kind, generated_at=NOW, language=language, audience=audience))
        known = "\n".join(open_to | titles)
        assert [text for text in secret if text in said and text not in known] == []
        assert secret - open_to


def test_made_up_and_indicative_everywhere(scored: ScoringResult) -> None:
    """On every page of every paper; a submission has no ratings that could be indicative, and says so."""
    for kind in PAPERS:
        if kind != "agency":
            notices = " ".join(paper(scored, kind, generated_at=NOW).notices)
            assert "Made-up" in notices
            assert ("contains no ratings" if kind in SUBMISSIONS else "Indicative") in notices


def test_unknown_names_are_reported(scored: ScoringResult) -> None:
    """Papers, audiences and agencies that do not exist, with those that do."""
    with pytest.raises(UnknownIdError, match="brief"):
        paper(scored, "novel", generated_at=NOW)
    with pytest.raises(UnknownIdError, match="assessors"):
        paper(scored, "brief", generated_at=NOW, audience="everybody")
    with pytest.raises(UnknownIdError, match="agency"):
        paper(scored, "agency", generated_at=NOW, agency="nobody")


def test_the_gap_paper_is_the_gap_report(scored: ScoringResult) -> None:
    """Two ways to one document: not a section or a figure differs."""
    assert scored.report(generated_at=NOW).document == paper(scored, "gap", generated_at=NOW)


def test_an_agency_reads_its_own_words_only() -> None:
    """Its open work, its own remarks, its own cells; nothing that another agency wrote."""
    folder = score_example()
    voices = [voice for answer in folder.responses.answers for voice in (answer.agency_answers or (answer,))]
    for agency in ("charities", "police"):
        said = join_texts(paper(folder, "agency", generated_at=NOW, agency=agency))
        own = {t for v in voices if v.agency == agency for t in (v.missing, v.action) if t}
        others = {t for v in voices if v.agency != agency for t in (v.missing, v.action, v.explanation) if len(t) > 25}
        assert [text for text in others - own if text in said] == []
        assert any(text in said for text in own)
        assert "R.10/10.1" not in said


def test_the_first_recommendation_begins_a_page(scored: ScoringResult) -> None:
    """The contents fill the page before it; no heading is left at its foot."""
    document = paper(scored, "compliance", generated_at=NOW)
    assert [one.anchor for one in document.sections if one.break_before] == ["instruments", "R.1", "annex"]


def test_french_has_a_space_before_a_colon(scored: ScoringResult) -> None:
    """Also where the two halves of a sentence are made apart."""
    report = paper(scored, "gap", generated_at=NOW, language="fr")
    assert re.search(r"seuils de renvoi au GECI \(ICRG\)\s: dans le cas", join_texts(report))


def test_the_chart_of_the_brief_has_readable_letters(scored: ScoringResult) -> None:
    """It is drawn compact, so that small type has 7 points on paper."""
    assert [chart.compact for chart in paper(scored, "brief", generated_at=NOW).charts()] == [True]


@pytest.mark.parametrize("language", ["en", "ar", "fr"])
def test_the_brief_gives_both_ends_and_promises_nothing(scored: ScoringResult, language: str) -> None:
    """Shown, claimed and open apart; no steps, no number of combinations, no person-days, no ids of thresholds."""
    said = join_texts(paper(scored, "brief", generated_at=NOW, language=language))
    shown, outcomes = count_good_units(scored.assessment)
    assert (shown.shown, shown.claimed, shown.unanswered, outcomes.shown, outcomes.claimed) == (19, 6, 2, 0, 4)
    for number in ("19", "6", "15"):
        assert re.search(rf"(?<!\d){number}(?!\d)", said)
    assert not re.search(r"I5-|E5-|person-day|ways to choose|steps needed|8,008", said)
    if language == "en":
        assert "19 of the 39 applicable Recommendations would be rated C or LC today; agencies claim 6 more" in said
        assert "None of the 11 outcomes would be rated HE or SE today" in said
        assert "A threshold for referral to the ICRG is met in the worst case only." in said
        assert "12 Recommendations are rated NC or PC; the threshold for referral to the ICRG is 15;" in said
        assert "Assessors may find further gaps" in said
