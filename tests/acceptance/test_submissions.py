"""The submissions of the fictional country: the part for evaluators, and the part for the drafting team."""

from __future__ import annotations

import html
import io
import re
import shutil
import zipfile
from datetime import date
from pathlib import Path

import pytest

from fatf_kit import ScoringResult, paper, score
from fatf_kit.assessment.answers.returns import list_own_answers
from fatf_kit.cli.main import main
from fatf_kit.core.errors import UnknownIdError
from fatf_kit.core.messages import Translator
from fatf_kit.core.ratings import Achievement, CriterionRating
from fatf_kit.core.resources import data_folder
from fatf_kit.framework.model import list_requirements
from fatf_kit.papers.submission.key_findings import quote_figures
from fatf_kit.report.formats.docx import render_docx
from fatf_kit.report.formats.html import render_document
from fatf_kit.report.formats.pdf import render_document_pdf
from fatf_kit.report.model import Bullets, DocumentTable, Paragraph, Tone, walk_sections
from fatf_kit.workflows.papers import find_open_statements
from tests.documents import join_texts
from tests.examples import score_example
from tests.filled import send

NOW = "2026-11-24"
SUBMISSIONS = ("compliance", "effectiveness")
LANGUAGES = ("en", "ar", "fr")


@pytest.fixture(scope="module")
def home() -> ScoringResult:
    """The made-up country as a folder of eight agencies."""
    return score_example()


def frame(t: Translator, message: str) -> str:
    """The words of a message before its first fact, as they are shown in a language."""
    return t(message, **dict.fromkeys(re.findall(r"{(\w+)}", message), "\x00")).split("\x00")[0]


def confessions(t: Translator) -> dict[str, str]:
    """Patterns that no submission may have: own ratings, gaps, plans, scores, advice and author's notes."""
    ratings = [t.named(rating) for rating in (*CriterionRating, *Achievement)]
    average = (
        "Average {average} of 100. Criteria with {partly}% of the weight are partly met or worse, including {not_met}% "
        "that are not met."
    )
    planned = t.plural("Planned action: {actions}.", "Planned actions: {actions}.", 1, actions="\x00")
    begun = {
        "gap": frame(t, "Still missing: {what}"),
        "plan": planned.split("\x00")[0],
        "length": frame(t, "Length: {n} words; about {usual} are usual here. Shorten it."),
        "gaps list": t("No measure is reported for"),
        "unknown context": t("To be written"),
        "score": frame(t, average) + r"\d",
        "factors": t("Factors underlying the rating"),
        "conclusion": t("Weighting and conclusion"),
        "to write": t("[to be written]"),
        "draft": t("Working draft: not for evaluators"),
        "unanswered": t("No agency has answered this yet."),
        "author": t("Note to the author:"),
        "indicative": t("indicative") + r"\b",
    }
    patterns = {name: words if name in ("score", "indicative") else re.escape(words) for name, words in begun.items()}
    return patterns | {"rating in a heading": "|".join(rf"\({re.escape(rating)}\)" for rating in ratings)}


@pytest.mark.parametrize("kind", SUBMISSIONS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_submission_confesses_nothing(home: ScoringResult, kind: str, language: str) -> None:
    """0 hits of each in the document; before, 179 times "Still missing" and 40 indicative ratings in English."""
    t = Translator(language)
    document = paper(home, kind, generated_at=NOW, language=language)
    seen = join_texts(document)
    assert {name: n for name, words in confessions(t).items() if (n := len(re.findall(words, seen)))} == {}
    assert not document.banner
    assert [section.anchor for section in walk_sections(document.sections) if section.badges] == []


@pytest.mark.parametrize("kind", ["compliance", pytest.param("effectiveness", marks=pytest.mark.full)])
def test_no_format_adds_anything(home: ScoringResult, kind: str) -> None:
    """Word has no comments, and neither Word, HTML nor PDF has a rating, a gap or a note."""
    t = Translator("en")
    document = paper(home, kind, generated_at=NOW)
    with zipfile.ZipFile(io.BytesIO(render_docx(document))) as file:
        assert [name for name in file.namelist() if "comment" in name] == []
        word = re.sub(r"<[^>]+>", " ", file.read("word/document.xml").decode())
    page = html.unescape(re.sub(r"<style.*?</style>|<[^>]+>", " ", render_document(document).decode(), flags=re.DOTALL))
    for seen in (word, page):
        assert {name: n for name, words in confessions(t).items() if (n := len(re.findall(words, seen)))} == {}
    assert render_document_pdf(document).startswith(b"%PDF")


def test_every_gap_and_rating_is_in_the_draft(home: ScoringResult) -> None:
    """The working version has what the submission leaves out, and says on every page for whom it is not."""
    document = paper(home, "compliance", generated_at=NOW, draft=True)
    seen = join_texts(document)
    assert document.banner == "Working draft: not for evaluators"
    assert seen.count("Still missing: ") == 177
    assert sum(bool(section.badges) for section in walk_sections(document.sections)) == 40
    hints = [b for s in walk_sections(document.sections) for b in s.blocks if isinstance(b, Paragraph)]
    assert sum(b.tone is Tone.HINT for b in hints) > 40


@pytest.mark.parametrize("kind", SUBMISSIONS)
def test_every_requirement_is_printed_or_listed(home: ScoringResult, kind: str) -> None:
    """A section with words, or a place in the draft's list of requirements without a measure or of claims."""
    document = paper(home, kind, generated_at=NOW)
    draft = paper(home, kind, generated_at=NOW, draft=True)
    units = home.framework.recommendations if kind == "compliance" else home.framework.outcomes
    asked = [top.id for unit in units for top in list_requirements(unit)]
    sections = {s.anchor: s for s in walk_sections(document.sections)}
    lists = {
        name: {
            item.split()[0]
            for s in draft.sections
            if s.anchor == name
            for b in s.blocks
            if isinstance(b, Bullets)
            for item in b.items
        }
        for name in ("no-measure", "no-proof")
    }
    listed, bare = lists["no-measure"], lists["no-proof"]
    assert not {"no-measure", "no-proof"} & set(sections)
    left = find_open_statements(home, kind)
    assert left.unreported == len(listed) > 0
    assert left.unproven == len(bare)
    lost = [one for one in asked if one not in sections and one.partition("/")[2] not in listed | bare]
    assert lost == []
    assert set(asked) == {s.anchor for s in walk_sections(draft.sections) if "/" in s.anchor}


def test_no_claim_without_proof_is_stated(home: ScoringResult) -> None:
    """Of good answers that cite nothing no word is in the submission; what falls short is in its own words."""
    document = paper(home, "compliance", generated_at=NOW)
    seen = join_texts(document)
    answers = [a for a in list_own_answers(home.responses.answers) if a.requirement.startswith("R.") and a.explanation]
    answers = [a for a in answers if a.confidentiality != "restricted" and "(" not in a.requirement]
    good = (CriterionRating.MET, CriterionRating.MOSTLY_MET)
    bare = [a for a in answers if a.rating in good and not a.citation and not a.evidence]
    alone = [a for a in bare if not any(o.requirement == a.requirement and (o.citation or o.evidence) for o in answers)]
    assert len(alone) >= 5
    assert [a.requirement for a in alone if a.explanation in seen] == []
    short = [
        a for a in answers if a.rating in (CriterionRating.NOT_MET, CriterionRating.PARTLY_MET) and not a.agency_answers
    ]
    agreed = {a.requirement: a.rating for a in home.responses.answers}
    decided = {c.id for c in home.assessment.requirements if c.decided is not None}
    counted = [a for a in short if agreed[a.requirement] == a.rating and a.requirement not in decided]
    assert len(counted) > 40
    assert [a.requirement for a in counted if a.explanation not in seen] == []


def test_each_law_is_written_out_once(home: ScoringResult) -> None:
    """Numbered in the annex: the AML Act was in full 134 times, and is there once though six agencies register it."""
    seen = join_texts(paper(home, "compliance", generated_at=NOW))
    assert seen.count("https://gazette.example/2019/63") == 1
    assert seen.count("[1]") > 50


def test_parts_are_in_the_order_of_the_edition(home: ScoringResult) -> None:
    """Risk and context first, as the data of the edition has it; key findings at the head of each chapter.

    The answers on effectiveness cite no law, so there is no list of laws.
    """
    compliance = [s.anchor for s in paper(home, "compliance", generated_at=NOW).sections]
    assert compliance[:3] == ["chapter-1", "instruments", "R.1"]
    assert compliance[-2:] == ["R.40", "annex"]
    document = paper(home, "effectiveness", generated_at=NOW)
    assert [s.anchor for s in document.sections] == [
        *(f"chapter-{number}" for number in range(1, 8)),
        "annex",
    ]
    assert [s.sections[0].anchor for s in document.sections[1:7]] == [f"chapter-{n}-findings" for n in range(2, 8)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_key_findings_are_the_countrys_words_with_figures(home: ScoringResult, language: str) -> None:
    """Up to three of an outcome, each a part of a printed statement with a number; the draft adds the rating."""
    document = paper(home, "effectiveness", generated_at=NOW, language=language)
    sections = {s.anchor: s for s in walk_sections(document.sections)}
    findings = [item for n in range(2, 8) for b in sections[f"chapter-{n}-findings"].blocks for item in b.items]  # type: ignore[union-attr]
    assert 22 <= len(findings) <= 33
    answers = [a.explanation for a in list_own_answers(home.responses.answers) if a.requirement.startswith("IO.")]
    quotes = {quote for text in answers if (quote := quote_figures(text, home.iso3, 60))}
    shown = [re.sub("[\u2066-\u2069]", "", finding) for finding in findings]
    assert [one for one in shown if not any(one.endswith(quote) for quote in quotes)] == []
    assert not re.search(
        "|".join(map(re.escape, (f"({Translator(language).named(a)})" for a in Achievement))), "".join(shown)
    )
    draft = paper(home, "effectiveness", generated_at=NOW, draft=True)
    assert "Core issue 1.1 (large): " in join_texts(draft)


def test_the_context_holds_only_what_the_folder_knows(home: ScoringResult) -> None:
    """Threats, sectors, authorities and legal persons with data; the draft names what a person has to write."""
    document = paper(home, "effectiveness", generated_at=NOW)
    chapter = document.sections[0]
    tables = {b.id: b for b in chapter.blocks if isinstance(b, DocumentTable)}
    assert list(tables) == ["context-threats", "context-sectors", "context-authorities", "context-persons"]
    assert len(tables) == len(chapter.blocks)
    sectors = {row.cells[0].text: [cell.text for cell in row.cells] for row in tables["context-sectors"].rows}
    assert sectors["Banks"][1:5] == ["17", "1,020,000,000,000", "high", "highly important"]
    assert sectors["Trust and company services"][1:3] == ["–", "–"]  # no figure was given, and none is printed
    draft = paper(home, "effectiveness", generated_at=NOW, draft=True)
    assert any(isinstance(b, Paragraph) and b.tone is Tone.HINT for b in draft.sections[0].blocks)


def test_without_a_folder_the_context_invents_nothing() -> None:
    """A single workbook knows no sectors, figures or authorities, so the chapter is empty."""
    scored = score_example("ruritania/workbook")
    assert "chapter-1" not in {s.anchor for s in paper(scored, "compliance", generated_at=NOW).sections}
    chapter = paper(scored, "compliance", generated_at=NOW, draft=True).sections[0]
    assert chapter.blocks
    assert all(isinstance(b, Paragraph) and b.tone is Tone.HINT for b in chapter.blocks)


def test_each_instrument_is_listed_once_with_its_kind(home: ScoringResult) -> None:
    """The AML Act is cited under three names by eight agencies, and is one row with its title in the register."""
    document = paper(home, "compliance", generated_at=NOW)
    section = next(s for s in document.sections if s.anchor == "instruments")
    table = next(b for b in section.blocks if isinstance(b, DocumentTable))
    rows = {row.cells[1].text: row for row in table.rows}
    assert len(rows) == len(table.rows) == 39
    act = rows["Anti-Money Laundering and Counter-Terrorist Financing Act 2019"]
    assert [act.cells[0].text, *(cell.text for cell in act.cells[2:5])] == ["L-001", "law", "1 July 2019", "[1]"]
    assert act.cells[1].detail == "AML/CFT Act 2019"
    circular = rows["Bank of Ruritania circular on internal controls and group programmes"]
    assert [circular.cells[0].text, circular.cells[2].text] == ["–", "–"]  # not surely in the register, of an open kind
    assert not [name for name in rows if re.search(r"\barts?\.|\brule \d|\bannex", name)]


def test_no_table_of_a_submission_is_empty(home: ScoringResult) -> None:
    """Each table has rows, and each row of figures a number."""
    document = paper(home, "effectiveness", generated_at=NOW)
    tables = [b for s in walk_sections(document.sections) for b in s.blocks if isinstance(b, DocumentTable)]
    assert [table.id for table in tables if not table.rows] == []
    figures = [table for table in tables if table.id.startswith("figures-")]
    assert len(figures) > 30
    names = [table.id.split("-", 2)[2] for table in figures]
    assert len(names) == len(set(names))  # each table once, under the outcome that it shows most of
    assert [
        (table.id, row.cells[0].text)
        for table in figures
        for row in table.rows
        if not any(re.search(r"\d", cell.text) for cell in row.cells[2:])
    ] == []


def test_the_example_is_within_the_usual_lengths(home: ScoringResult) -> None:
    """Both submissions are; one Recommendation is not, and the drafter is informed."""
    assert [one.subject for one in find_open_statements(home, "compliance").long] == ["R.33"]
    assert find_open_statements(home, "effectiveness").long == ()


def test_hints_are_comments_in_word(home: ScoringResult) -> None:
    """One comment for each hint, none of it in the text; the mark is at the head of every page."""
    document = paper(home, "compliance", generated_at=NOW, language="ar", draft=True)
    hints = [
        b.text
        for s in walk_sections(document.sections)
        for b in s.blocks
        if isinstance(b, Paragraph) and b.tone is Tone.HINT
    ]
    made = render_docx(document)
    assert made == render_docx(document)
    with zipfile.ZipFile(io.BytesIO(made)) as file:
        comments, body = (file.read(f"word/{name}.xml").decode() for name in ("comments", "document"))
        heads = [file.read(name).decode() for name in file.namelist() if "/header" in name]
    assert len(hints) == comments.count("<w:comment ")
    assert len(hints) == body.count("<w:commentReference ")
    assert "w:date=" not in comments
    assert "<w:bidi/>" in comments
    assert all("غير مخصصة للمقيّمين" in head for head in heads)
    assert len(heads) == 2


def test_pages_mark_hints_and_the_draft(home: ScoringResult) -> None:
    """HTML marks each hint and prints the mark at the head of every page."""
    document = paper(home, "effectiveness", generated_at=NOW, draft=True)
    page = render_document(document).decode()
    assert '<p class="banner" role="note">Working draft: not for evaluators</p>' in page
    assert '@top-center{content:"Working draft: not for evaluators"' in page
    assert page.count('<p class="hint"') == page.count("Note to the author:") > 58


def test_other_papers_have_no_draft(home: ScoringResult) -> None:
    """Named with those that have one."""
    with pytest.raises(UnknownIdError, match="compliance, effectiveness"):
        paper(home, "brief", generated_at=NOW, draft=True)


def test_what_contradicts_or_rests_on_its_criterion(tmp_path: Path) -> None:
    """The lead's words are printed and a contradicting agency's are not; a part uses what its criterion cites."""
    folder = tmp_path / "ruritania"
    shutil.copytree(data_folder("examples") / "ruritania", folder)
    act = {"citation": "Charities Act 12 of 2020, art. 3", "in_force_from": date(2020, 1, 1)}
    send(
        folder,
        "charities",
        {
            "R.8/8.1": {"rating": "met", "explanation": "The lead reports a review.", **act},
            "R.8/8.1(a)": {"rating": "met", "explanation": "A part without a citation of its own."},
            "R.8/8.2": {"rating": "met", "explanation": "A claim that cites nothing."},
            "R.8/8.3": {"rating": "not met", "explanation": "Nothing is in place so far."},
        },
    )
    send(folder, "police", {"R.8/8.1": {"rating": "not met", "explanation": "The police contradicts this.", **act}})
    scored = score(folder)
    document = paper(scored, "compliance", generated_at=NOW)
    seen = join_texts(document)
    assert "The lead reports a review." in seen
    assert "A part without a citation of its own." in seen
    assert "Nothing is in place so far." in seen
    assert "A claim that cites nothing." not in seen
    assert "The police contradicts this." not in seen
    draft = join_texts(paper(scored, "compliance", generated_at=NOW, draft=True))
    assert "A claim that cites nothing." in draft
    assert "answers on 8.1 differ. Not part of the submission: National Police and Asset Management Office" in draft


@pytest.mark.full
def test_the_command_says_what_is_left_open(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """How many requirements and claims wait for the drafter; the draft has a name of its own."""
    home = tmp_path / "ruritania"
    shutil.copytree(data_folder("examples") / "ruritania", home)
    for words in (("compliance",), ("compliance", "--draft")):
        with pytest.raises(SystemExit):
            main(["paper", words[0], str(home), *words[1:]])
    said = capsys.readouterr().err
    assert said.count("No measure is reported for 25 requirements. The draft lists them: add --draft.") == 1
    assert said.count("R.33: longer than usual, ") == 1
    assert said.count("8 claims that cite nothing are left out. The draft lists them: add --draft.") == 1
    assert (home / "reports" / "compliance-en.docx").is_file()
    assert (home / "reports" / "compliance-draft-en.docx").is_file()
    with pytest.raises(SystemExit) as stopped:
        main(["paper", "brief", str(home), "--draft"])
    assert stopped.value.code == 2
