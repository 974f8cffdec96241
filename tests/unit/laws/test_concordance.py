"""The concordance of a small register, counted by hand, and the papers that are made of it."""

from __future__ import annotations

from datetime import date

import pytest

from fatf_kit.assessment.answers.evidence_facts import CitedInstrument, EvidenceFacts
from fatf_kit.assessment.answers.model import Answer, EvidenceKind, ResponseSet
from fatf_kit.core.json_files import check_json
from fatf_kit.core.messages import Translator
from fatf_kit.core.ratings import CriterionRating
from fatf_kit.framework import load_framework
from fatf_kit.laws.citations import collect_citations
from fatf_kit.laws.concordance import Concordance, build_concordance
from fatf_kit.laws.concordance_report import build_concordance_report
from fatf_kit.laws.instrument_list import LawImprint, build_annex
from fatf_kit.laws.matching import CitationMatcher, Difference
from fatf_kit.laws.model import (
    EntryState,
    Instrument,
    InstrumentStatus,
    LawRegister,
    LinkScope,
    Provision,
    ProvisionLink,
    Translation,
)
from fatf_kit.laws.translations import TranslationState, list_states
from fatf_kit.report.formats.docx import render_docx
from fatf_kit.report.formats.html import render_document
from fatf_kit.report.formats.xlsx import render_xlsx
from fatf_kit.scoring import assess, load_policy

TODAY = date(2026, 11, 28)
LAW = EvidenceKind.LAW
MET, PARTLY = CriterionRating.MET, CriterionRating.PARTLY_MET


def _law(name: str, title: str, **facts: object) -> Instrument:
    facts = {"kind": LAW, "year": 2019, "in_force_from": date(2019, 7, 1), **facts}
    return Instrument(id=name, titles={"en": title, "ar": f"قانون {name}"}, **facts)  # type: ignore[arg-type]


REGISTER = LawRegister(
    instruments=(
        _law("L-001", "Anti-Money Laundering Act 2019"),
        _law("L-002", "Companies Act 2012", year=2012, number="7"),
        _law("L-003", "Companies Bill 2026", year=2026, status=InstrumentStatus.BILL, in_force_from=None),
        _law("L-004", "Old Trusts Act 1990", year=1990, status=InstrumentStatus.REPEALED),
        _law("L-005", "Proposed Act 2020", year=2020, entry=EntryState.PROPOSED),
    ),
    provisions=(
        Provision(instrument="L-001", article="art. 5"),
        Provision(instrument="L-001", article="art. 12", in_force_from=date(2024, 1, 1)),
        Provision(instrument="L-001", article="art. 99"),  # serves nothing
        Provision(instrument="L-002", article="art. 3"),
        Provision(instrument="L-003", article="cl. 1"),  # a bill serves nothing, and need not
    ),
    links=(
        ProvisionLink(instrument="L-002", article="art. 3", requirement="R.24/24.1"),
        ProvisionLink(instrument="L-003", article="cl. 1", requirement="R.24/24.2", scope=LinkScope.ALL),
        ProvisionLink(instrument="L-001", article="art. 99", requirement="R.1/1.1", entry=EntryState.PROPOSED),
    ),
    translations=(
        Translation(instrument="L-001", language="ar", text_as_of=date(2019, 7, 1)),  # article 12 is of 2024
        Translation(instrument="L-002", language="ar", text_as_of=date(2019, 7, 1)),
    ),
)
ANSWERS = (
    ("R.10/10.1", "bank", "Anti-Money Laundering Act 2019, art. 5", MET),
    ("R.10/10.2", "bank", "Anti-Money Laundering Act of 2019, arts. 5 and 12(3)", MET),
    ("R.20/20.1", "fiu", "Anti-Money Laundering Act 2019, arts. 1-96", PARTLY),  # the whole Act: no article
    ("R.24/24.3", "fiu", "Anti-Money Laundering Act 2017, art. 3", MET),  # another year: a question
    ("R.24/24.4", "bank", "Handbook of the registrar, chapter 4", MET),
    ("R.25/25.1", "bank", "Old Trusts Act 1990, art. 3", PARTLY),  # repealed
    ("R.11/11.1", "fiu", "AML Act 2019, s. 5", MET),
)


@pytest.fixture(scope="module")
def concordance() -> Concordance:
    """The concordance of the register with what two agencies answer."""
    return _build()


def _build(*, withheld: bool = False) -> Concordance:
    framework = load_framework("fatf-2022")
    responses = ResponseSet(
        edition="fatf-2022",
        answers=tuple(
            Answer(requirement=name, rating=rating, citation=cited, agency=agency, source=agency)
            for name, agency, cited, rating in ANSWERS
        ),
    )
    citations = collect_citations(responses, CitationMatcher(REGISTER, None))
    fact = CitedInstrument(label="", kind=LAW, article="art. 5", in_force_from=date(2019, 7, 1))
    proof = EvidenceFacts(instruments=dict.fromkeys(("R.10/10.1", "R.10/10.2", "R.24/24.1"), (fact,)))
    assessment = assess(framework, responses, load_policy(), facts=proof, cut_off=date(2027, 3, 19))
    secret = [one for one in citations if withheld and one.requirement == "R.24/24.3"]
    return build_concordance(
        REGISTER,
        [one for one in citations if one not in secret],
        framework,
        assessment,
        country=None,
        languages=("ar", "fr"),
        today=TODAY,
        withheld=secret,
    )


def test_articles_serve_what_cites_them_or_is_linked(concordance: Concordance) -> None:
    """A paragraph serves through its article, a range of a whole Act is of no article, a proposed link is no link."""
    found = [(one.requirement, one.instrument.id, one.article, one.agencies, one.is_linked) for one in concordance.uses]
    assert found == [
        ("R.10/10.1", "L-001", "art. 5", ("bank",), False),
        ("R.10/10.2", "L-001", "art. 5", ("bank",), False),
        ("R.10/10.2", "L-001", "art. 12", ("bank",), False),
        ("R.11/11.1", "L-001", "art. 5", ("fiu",), False),
        ("R.20/20.1", "L-001", "", ("fiu",), False),
        ("R.24/24.1", "L-002", "art. 3", (), True),
        ("R.24/24.2", "L-003", "cl. 1", (), True),
        ("R.25/25.1", "L-004", "3", ("bank",), False),
    ]


def test_provisions_that_serve_nothing(concordance: Concordance) -> None:
    """Only provisions of what is law are expected to serve a criterion."""
    assert [one.id for one in concordance.unused] == ["L-001 art. 99"]


def test_criteria_without_an_article(concordance: Concordance) -> None:
    """A bill, a repealed Act and a range of a whole Act give none; a citation that is a question does."""
    missing = {one.criterion: one for one in concordance.without_article}
    total = sum(len(one.criteria) for one in load_framework("fatf-2022").recommendations)
    covered = {"R.10/10.1", "R.10/10.2", "R.11/11.1", "R.24/24.1", "R.24/24.3"}
    assert covered.isdisjoint(missing)
    assert len(missing) == total - len(covered)
    assert missing["R.20/20.1"].cited == ("Anti-Money Laundering Act 2019, arts. 1-96",)
    assert missing["R.20/20.1"].answer is PARTLY
    assert missing["R.24/24.2"].answer is None
    assert missing["R.24/24.4"].cited == ("Handbook of the registrar, chapter 4",)


def test_instruments_have_their_criteria_and_agencies(concordance: Concordance) -> None:
    """Answers are counted by criterion, and by Recommendation."""
    first = concordance.instruments[0]
    assert first.criteria == ("R.10/10.1", "R.10/10.2", "R.11/11.1", "R.20/20.1")
    assert first.recommendations == {"R.10": 2, "R.11": 1, "R.20": 1}
    assert first.agencies == ("bank", "fiu")
    assert first.answers == {"met": 3, "partly met": 1}
    assert (first.articles, first.shown) == (2, ("R.10/10.1", "R.10/10.2"))
    assert concordance.recommendations == ("R.10", "R.11", "R.20", "R.24", "R.25")


def test_what_most_ratings_rest_on_is_translated_first(concordance: Concordance) -> None:
    """L-002 serves a criterion by a link only, whose answer is open, so no rating rests on it."""
    (need,) = concordance.translations
    assert (need.instrument.id, need.rated_units) == ("L-001", ("R.10",))
    states = list_states(REGISTER, need.instrument.id, ("ar", "fr"), TODAY)
    assert states == {"ar": TranslationState.STALE, "fr": TranslationState.MISSING}


def test_citations_that_conflict_or_are_unclear(concordance: Concordance) -> None:
    """Two titles conflict, but not "Act of 2019"; another year is a question, a handbook is none of the register."""
    (conflict,) = concordance.conflicts
    assert (conflict.instrument.id, conflict.differs) == ("L-001", (Difference.TITLE,))
    assert {one.title: one.agencies for one in conflict.forms} == {
        "Anti-Money Laundering Act 2019": ("bank", "fiu"),
        "AML Act 2019": ("fiu",),
    }
    assert [(one.text, [c.id for c in one.candidates]) for one in concordance.unclear] == [
        ("Anti-Money Laundering Act 2017, art. 3", ["L-001"]),
        ("Handbook of the registrar, chapter 4", []),
    ]


def test_what_the_reader_may_not_see_is_counted_only() -> None:
    """A withheld citation is nowhere, and its criterion is not reported as without an article."""
    found = _build(withheld=True)
    assert found.withheld == 1
    assert "2017" not in str((found.uses, found.without_article, found.conflicts, found.unclear))
    assert "R.24/24.3" not in {one.criterion for one in found.without_article}


def _imprint() -> LawImprint:
    return LawImprint(
        country="Ruritania",
        edition="Edition",
        generated_at="2026-11-28",
        tool="1",
        languages=("ar", "fr"),
        notices=("Made up.",),
        agencies={"bank": "Central Bank"},
    )


@pytest.mark.parametrize("language", ["en", "ar", "fr"])
def test_papers_are_rendered_in_every_language(concordance: Concordance, language: str) -> None:
    """Page, Word and Excel; nothing in English is left in the headings of the others."""
    framework, t = load_framework("fatf-2022", language), Translator(language)
    report = build_concordance_report(concordance, framework, _imprint(), t)
    annex = build_annex(REGISTER, _imprint(), t)
    for one in (report, annex):
        page = render_document(one.document).decode()
        assert f'dir="{t.direction}"' in page
        assert "Made up." in page
        assert "L-001" in page
        assert render_docx(one.document)
        assert render_xlsx(one)
    titles = [section.title for section in report.document.sections]
    english = ["Translate first", "Criteria without an article", "Citations to clarify"]
    assert (set(english) <= set(titles)) == (language == "en")
    assert check_json(report.payload, "laws-concordance-1.schema.json", "payload") == ()
    assert check_json(annex.payload, "laws-list-1.schema.json", "payload") == ()


def test_the_annex_has_nothing_of_the_self_assessment() -> None:
    """No rating, criterion or agency; bills apart and last, proposed rows left out."""
    annex = build_annex(REGISTER, _imprint(), Translator("en"))
    page = render_document(annex.document).decode()
    assert not any(word in page for word in ("partly met", "R.10/", "Central Bank", "Proposed Act", "Indicative"))
    assert [section.title for section in annex.document.sections] == ["Law", "Not yet law: bills and drafts"]
    assert "Companies Bill 2026" in page[page.index('id="laws-bills"') :]
    assert [row[0] for row in annex.tables[0].rows] == ["L-001", "L-002", "L-004", "L-003"]


def test_long_tables_are_cut_in_a_page_and_whole_in_the_sheet() -> None:
    """The page of 300 instruments says how many rows are left out."""
    many = tuple(_law(f"L-{n:03}", f"Act {n} of 2019", number=str(n)) for n in range(1, 301))
    articles = tuple(Provision(instrument=one.id, article="art. 1") for one in many)
    register = LawRegister(instruments=many, provisions=articles)
    framework = load_framework("fatf-2022")
    nothing = assess(framework, ResponseSet(edition="fatf-2022", answers=()), load_policy())
    found = build_concordance(register, (), framework, nothing, country=None, languages=("fr",), today=TODAY)
    report = build_concordance_report(found, framework, _imprint(), Translator("en"))
    unused = next(table for table in report.tables if table.key == "laws-unused")
    page = render_document(report.document).decode()
    assert len(unused.rows) == 300
    assert "L-250" in page
    assert "L-251" not in page
    assert "50 more rows are in the Excel file." in page
