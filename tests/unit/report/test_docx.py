"""The Word file: real styles, links that lead somewhere, text that stays text, and both directions."""

from __future__ import annotations

import io
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import docx
import pytest
from docx.oxml.ns import qn

from fatf_kit import score_published
from fatf_kit.core.errors import UnknownIdError
from fatf_kit.core.messages import AFFILIATION
from fatf_kit.report.charts import describe_chart
from fatf_kit.report.document_tables import make_row, make_table
from fatf_kit.report.formats.docx import render_docx
from fatf_kit.report.formats.docx.grid import WIDTH
from fatf_kit.report.model import (
    Block,
    Bullets,
    Chart,
    ChartKind,
    Document,
    DocumentTable,
    Figure,
    KeyFigure,
    KeyFigures,
    Paragraph,
    RatingGrid,
    RatingMark,
    Section,
    Series,
    TableCell,
    Tone,
    walk_sections,
)

if TYPE_CHECKING:
    from docx.document import Document as File

NASTY = '<w:b/><script>alert("x")</script> & \x00\x0b\ufffe]]>'
ARABIC = "المعيار R.10/10.7(b) مستوفى منذ 2026-11-24 في 12 / 40."


def _table(**changes: object) -> DocumentTable:
    cells = (
        TableCell(text="R.10/10.7(b)", target="R.10", ltr=True, detail="small"),
        TableCell(text="12"),
        TableCell(text="mostly met", rating="mostly met", scale="answer"),
        TableCell(text=f"{NASTY}\nsecond line\n• a point"),
    )
    rows = [make_row(cells), make_row((replace(cells[0], target="nowhere"), *cells[1:]))]
    heads = (("Requirement", 2), ("Number", 1, True), ("Demonstrated", 1), ("What is missing", 8))
    return replace(make_table("t", "What is asked", heads, rows), **changes)  # type: ignore[arg-type]


def _marks() -> tuple[RatingMark, ...]:
    ratings = ("C", "LC", "PC", "NC", "NA", None, "C")
    return tuple(RatingMark(unit=f"R.{n}", title="A title", rating=r) for n, r in enumerate(ratings, 1))


def _document(*blocks: Block, **changes: object) -> Document:
    """A document with a section of these blocks, one inside it, and one on a new page."""
    inner = Section(
        anchor="R.10", title="R.10 Due diligence", badges=(TableCell(text="claimed", rating="LC", scale="compliance"),)
    )
    document = Document(
        id="test",
        title="A country: readiness",
        subtitle="Gap report",
        language="en",
        facts=(("Edition", "fatf-2022"), ("Made on", "2026-11-24")),
        notices=("Made up.", "Indicative."),
        sections=(
            Section(anchor="standing", title="Where we stand", blocks=blocks, sections=(inner,)),
            Section(anchor="method", title="Method", break_before=True),
        ),
    )
    return replace(document, **changes)  # type: ignore[arg-type]


def _arabic() -> Document:
    """A little of everything from right to left."""
    row = _table().rows[0]
    table = _table(caption="جدول", rows=(replace(row, cells=(*row.cells[:3], TableCell(text=ARABIC))),))
    return _document(
        Paragraph(text=ARABIC),
        Bullets(items=(ARABIC,), numbered=True),
        KeyFigures(figures=(KeyFigure(value="85 %", label="أُجيب"),)),
        table,
        language="ar",
        title="الجاهزية للتقييم",
    )


def _open(document: Document) -> File:
    return docx.Document(io.BytesIO(render_docx(document)))


def _all(root: Any, tag: str) -> list[Any]:
    return list(root.iter(qn(tag)))


def _styled(file: File) -> list[tuple[str, str]]:
    return [(p.style.name, p.text) for p in file.paragraphs if p.style is not None and p.style.name != "Table End"]


def test_structure_is_words_own() -> None:
    """Title, headings by depth, and our own styles where Word has none."""
    file = _open(
        _document(
            Paragraph(text="Lead", tone=Tone.LEAD),
            Paragraph(text="Normal"),
            Paragraph(text="Small", tone=Tone.SMALL),
            Paragraph(text="Box", tone=Tone.NOTICE),
            Bullets(items=("One",)),
        )
    )
    assert _styled(file) == [
        ("Title", "A country: readiness"),
        ("Subtitle", "Gap report"),
        ("Notice", "Made up."),
        ("Notice", "Indicative."),
        ("Small", AFFILIATION),
        ("Contents Heading", "Contents"),
        ("toc 1", "Where we stand\t1"),
        ("toc 1", "Method\t2"),
        ("Heading 1", "Where we stand"),
        ("Lead", "Lead"),
        ("Normal", "Normal"),
        ("Small", "Small"),
        ("Notice", "Box"),
        ("List Bullet", "One"),
        ("Heading 2", "R.10 Due diligence"),
        ("Ratings", "claimed \u00a0LC\u00a0"),
        ("Heading 1", "Method"),
    ]
    assert [[cell.text for cell in row.cells] for row in file.tables[0].rows] == [
        ["Edition", "fatf-2022"],
        ["Made on", "2026-11-24"],
    ]


def test_a_whole_report_keeps_its_order() -> None:
    """Every section of a real report is a heading, in order, and every chart is there with its words."""
    document = score_published("IRQ", report="MER", generated_at="2026-11-24")[1].document
    file = _open(document)
    headings = [text for style, text in _styled(file) if style.startswith("Heading")]
    assert [section.title for section in walk_sections(document.sections)] == headings
    told = [inline.docPr.get("descr") for inline in _all(file.element.body, "wp:inline")]
    assert [describe_chart(chart) for chart in document.charts()] == told


def test_deep_sections_stay_headings() -> None:
    """Word's outline of ours ends at four; what lies deeper is not lost."""
    section = Section(anchor="s6", title="6")
    for depth in range(5, 0, -1):
        section = Section(anchor=f"s{depth}", title=str(depth), sections=(section,))
    headings = [(s, text) for s, text in _styled(_open(_document(sections=(section,)))) if s.startswith("Heading")]
    assert [(f"Heading {min(depth, 4)}", str(depth)) for depth in range(1, 7)] == headings


def test_links_lead_to_bookmarks() -> None:
    """Targets are links to bookmarks that Word accepts; a target that is not in the document is plain text."""
    body = _open(_document(_table(), _rating_table())).element.body
    names = [mark.get(qn("w:name")) for mark in _all(body, "w:bookmarkStart")]
    assert names == ["standing", "R_10", "method"]
    links = [link.get(qn("w:anchor")) for link in _all(body, "w:hyperlink")]
    assert links == ["standing", "method", "R_10"]


def _rating_table() -> RatingGrid:
    return RatingGrid(
        id="r",
        caption="Ratings",
        scale="compliance",
        per_row=3,
        marks=_marks(),
        key=(("C", "Compliant"), ("NA", "Not applicable")),
    )


def test_rating_table_is_a_table() -> None:
    """So many units in a row, each name over its rating, each rating on its colour; a dash where there is none."""
    table = _open(_document(_rating_table())).tables[1]
    assert [len(row.cells) for row in table.rows] == [3] * 6
    assert [cell.text for cell in table.rows[0].cells] == ["R.1 A title", "R.2 A title", "R.3 A title"]
    assert [cell.text for cell in table.rows[3].cells] == ["NC", "NA", "–"]
    assert [cell.text for cell in table.rows[5].cells] == ["C", "", ""]
    fills = [_all(cell._tc, "w:shd")[0].get(qn("w:fill")) for cell in table.rows[1].cells]
    assert fills == ["D7ECF5", "8FC1D9", "D9782B"]


def test_tables_keep_their_heading_and_rows() -> None:
    """The first row is repeated on every page, no row breaks, and the columns fill the text's width."""
    table = _open(_document(_table())).tables[1]
    assert table.style is not None
    assert table.style.name == "Report Table"
    properties = [row._tr.trPr for row in table.rows]
    assert [len(_all(p, "w:tblHeader")) for p in properties] == [1, 0, 0]
    assert [len(_all(p, "w:cantSplit")) for p in properties] == [1, 1, 1]
    widths = [int(column.get(qn("w:w"))) for column in _all(table._tbl, "w:gridCol")]
    assert sum(widths) == WIDTH
    assert widths[3] == max(widths)
    assert widths[2] > 12 * 92, "room for the word Demonstrated"


def test_cells_say_everything() -> None:
    """Lines, the small second line, and a rating on its colour."""
    cells = _open(_document(_table())).tables[1].rows[1].cells
    assert [p.text for p in cells[0].paragraphs] == ["R.10/10.7(b)", "small"]
    assert [p.text for p in cells[3].paragraphs][1:] == ["second line", "• a point"]
    assert [shade.get(qn("w:fill")) for shade in _all(cells[2]._tc, "w:shd")] == ["8FC1D9"]


def test_a_table_without_rows_has_a_text() -> None:
    """A table without rows is a sentence."""
    file = _open(_document(_table(rows=(), empty="Nothing yet.")))
    assert len(file.tables) == 1
    assert ("Small", "What is asked. Nothing yet.") in _styled(file)


def test_key_figures() -> None:
    """One cell each: the figure, what it counts, what it stands against."""
    figures = (KeyFigure(value="91 %", label="answered", detail="309 of 339"), KeyFigure(value="7", label="open"))
    table = _open(_document(KeyFigures(figures=figures))).tables[1]
    assert [cell.text for cell in table.rows[0].cells] == ["91 %\nanswered\n309 of 339", "7\nopen"]


def test_numbered_lists_begin_again() -> None:
    """Each numbered list has a numbering of its own that starts at 1."""
    file = _open(_document(Bullets(items=("a", "b"), numbered=True), Bullets(items=("c",), numbered=True)))
    items = [p for p in file.paragraphs if p.style is not None and p.style.name == "List Number"]
    used = [p._p.pPr.numPr.numId.val for p in items]  # type: ignore[union-attr]
    assert used[0] == used[1] != used[2]
    root = file.part.numbering_part.element
    restarts = {n.get(qn("w:numId")) for n in _all(root, "w:num") if _all(n, "w:startOverride")}
    assert {str(number) for number in used} == restarts


def test_checklists_can_be_ticked() -> None:
    """A box that Word knows how to tick, and that is an empty box on paper."""
    body = _open(_document(Bullets(items=("First", "Second"), boxes=True))).element.body
    assert len(_all(body, "w14:checkbox")) == 2
    assert ["".join(t.text for t in _all(box, "w:t")) for box in _all(body, "w:sdtContent")] == ["☐", "☐"]


def test_pictures_fit_and_have_a_text() -> None:
    """A chart is no wider than the text and no higher than a page, with its alternative text."""
    series = tuple(Series(label=f"R.{n}", values=(float(n), 1.0)) for n in range(1, 41))
    alt = f"Words {NASTY}"
    chart = Chart(id="c", kind=ChartKind.BARS, title="How far", alt=alt, keys=("a", "b"), series=series)
    short = replace(chart, id="d", series=series[:3])
    file = _open(_document(Figure(chart=chart), Figure(chart=short)))
    inlines = _all(file.element.body, "wp:inline")
    assert [inline.docPr.get("name") for inline in inlines] == ["c", "d"]
    assert len({inline.docPr.get("id") for inline in inlines}) == 2
    assert inlines[0].docPr.get("descr").startswith("How far. Words <w:b/>")
    for inline in inlines:
        assert inline.extent.cx <= WIDTH * 635 + 1
        assert inline.extent.cy <= 22 * 360_000


def test_paper() -> None:
    """A4; the title above, notices and page numbers below, on the first page too."""
    file = _open(_document())
    (section,) = file.sections
    assert (round(section.page_width.twips), round(section.page_height.twips)) == (11906, 16838)  # type: ignore[union-attr]
    assert [p.text for p in section.header.paragraphs] == ["A country: readiness"]
    assert [p.text for p in section.first_page_header.paragraphs] == [""]
    for footer in (section.footer, section.first_page_footer):
        assert footer.paragraphs[0].text == "Made up. Indicative."
        root = footer.part.element
        assert [field.get(qn("w:instr")) for field in _all(root, "w:fldSimple")] == ["PAGE", "NUMPAGES"]
        assert "".join(t.text for t in _all(root, "w:t")).removeprefix("Made up. Indicative.") == "Page 1 of 1"


def test_new_page() -> None:
    """Only the section that asks for it begins on a new page."""
    headings = [p for p in _open(_document()).paragraphs if p.style is not None and p.style.name == "Heading 1"]
    assert [p.paragraph_format.page_break_before for p in headings] == [None, True]


def test_properties() -> None:
    """Fixed dates, so that the file says nothing about when it was made but its text."""
    about = _open(_document(title="T" * 300)).core_properties
    assert (about.author, about.title, about.language) == ("fatf-kit", "T" * 255, "en-GB")
    assert about.created == about.modified
    assert about.comments == ""


def test_text_stays_text() -> None:
    """Markup as typed, without what XML forbids, wherever a document has text."""
    document = _document(
        Paragraph(text=NASTY),
        Bullets(items=(NASTY,)),
        _table(caption=NASTY),
        title=NASTY,
        subtitle=NASTY,
        facts=((NASTY, NASTY),),
        notices=(NASTY,),
    )
    file = _open(document)
    kept = '<w:b/><script>alert("x")</script> & ]]>'
    texts = [text for _, text in _styled(file)]
    assert [kept] * 6 == [text for text in texts if "script" in text]
    assert kept == file.tables[0].rows[0].cells[0].text == file.core_properties.title
    assert not _all(file.element.body, "w:script")


def test_dates_do_not_break() -> None:
    """A date stays on one line; hyphens in words and addresses stay what they are."""
    text = "By 2027-03-19, risk-based, x/2024-05.html"
    (paragraph,) = (p for p in _open(_document(Paragraph(text=text))).paragraphs if p.text == text)
    assert len(_all(paragraph._p, "w:noBreakHyphen")) == 2


def test_arabic_runs_from_right_to_left() -> None:
    """Every paragraph, table, style and the paper itself."""
    file = _open(_arabic())
    body = file.element.body
    paragraphs = _all(body, "w:p")
    assert len(paragraphs) == len([p for p in paragraphs if p.pPr is not None and _all(p.pPr, "w:bidi")])
    assert len(_all(body, "w:tbl")) == len(_all(body, "w:bidiVisual")) == 3
    assert len(list(body.sectPr.iterchildren(qn("w:bidi")))) == 1
    normal = file.styles["Normal"].element
    assert len(_all(normal, "w:bidi")) == 1
    defaults = _all(file.styles.element, "w:rPrDefault")[0]
    assert _all(defaults, "w:lang")[0].get(qn("w:bidi")) == "ar-SA"
    assert _all(defaults, "w:rFonts")[0].get(qn("w:cs")) == "IBM Plex Sans Arabic"
    sizes = [[size.get(qn("w:val")) for size in _all(file.styles.element, tag)] for tag in ("w:sz", "w:szCs")]
    assert sizes[0] == sizes[1]


def test_ids_and_dates_do_not_turn_around() -> None:
    """Runs with Arabic letters are right-to-left runs, ids, dates and figures are not, and one id is one run."""
    file = _open(_arabic())
    (paragraph,) = (p for p in file.paragraphs if p.style is not None and p.style.name == "Normal")
    runs = [(run.text.strip("\u200e"), bool(_all(run._r, "w:rtl"))) for run in paragraph.runs]
    assert runs == [
        ("المعيار ", True),
        ("R.10/10.7(b)", False),
        (" مستوفى منذ ", True),
        ("2026-11-24", False),
        (" في ", True),
        ("12 / 40", False),
        (".", True),
    ]
    id_ = file.tables[2].rows[1].cells[0].paragraphs[0]._p
    assert ["".join(t.text for t in _all(run, "w:t")) for run in _all(id_, "w:r")] == ["R.10/10.7(b)\u200e"]
    assert not _all(id_, "w:rtl")


def test_arabic_answers_in_an_english_report() -> None:
    """A narrative in Arabic reads from right to left wherever it stands; English around it does not."""
    file = _open(_document(Paragraph(text=ARABIC), Paragraph(text="Plain")))
    arabic, plain = (p for p in file.paragraphs if p.style is not None and p.style.name == "Normal")
    assert [len(_all(p._p, "w:bidi")) for p in (arabic, plain)] == [1, 0]
    assert len(_all(arabic._p, "w:rtl")) == 4


def test_hardly_anything() -> None:
    """No facts, notices, sections, figures or marks still make a file."""
    empty = RatingGrid(id="r", caption="Ratings", scale="compliance", per_row=6, marks=(), key=())
    file = _open(_document(KeyFigures(figures=()), empty, facts=(), notices=(), subtitle=""))
    assert file.tables == []
    assert _styled(_open(_document(sections=(), facts=(), notices=(), subtitle=""))) == [
        ("Title", "A country: readiness"),
        ("Small", AFFILIATION),
    ]


def test_unknown_language() -> None:
    """A language that is not shipped is refused, not guessed."""
    with pytest.raises(UnknownIdError):
        render_docx(_document(language="xx"))
