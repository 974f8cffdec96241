"""Page heads, page numbers, footnotes and hyphens are removed, and nothing else."""

from __future__ import annotations

from tests.unit.report_text.reading import clean

BODY = ("The first harbour is large.", "A second one is small.", "There is a third.", "Ships pass it.")


def test_heads_and_printed_page_numbers() -> None:
    """On odd and even pages; a line that begins a part of the report stays even if it is repeated."""
    pages = [
        "\n".join((f"{n} | Harbours of Ruritania" if n % 2 else f"Harbours of Ruritania | {n}",
                   "Recommended Actions", f"{BODY[n % 4]} {n}.", "© harbours", f"- {n} -"))
        for n in range(7, 19)
    ]  # fmt: skip
    text = clean("Cover page with some text on it", "Contents", *pages)
    assert text.has_printed_pages
    assert [line.text for line in text.lines[2:5]] == ["Recommended Actions", f"{BODY[3]} 7.", "Recommended Actions"]
    assert [line.page for line in text.lines[2:6]] == [7, 7, 8, 8]
    assert not any("Harbours of" in line.text or "©" in line.text for line in text.lines)


def test_without_printed_numbers_pages_are_those_of_the_file() -> None:
    """A number that ends a sentence on a line of its own stays."""
    text = clean(*(f"Ships of {one}\nwere counted in Recommendation\n4{n}." for n, one in enumerate(BODY)))
    assert not text.has_printed_pages
    assert [line.page for line in text.lines if line.text.endswith(".") and line.text[0] == "4"] == [1, 2, 3, 4]


def test_footnotes_are_removed_where_they_follow_each_other() -> None:
    """A numbered line of a table at the end of a page is not one."""
    page = "Harbours have a law.\nShips¹ pass it.\nThey are\n{note} See the harbour book.\nwhich has {note} pages"
    text = clean(
        page.format(note=1), page.format(note=2), page.format(note=9), "Table\n1 Harbours\n3 Criterion 10.1 LC"
    )
    shown = [line.text for line in text.lines]
    assert [line for line in shown if line.startswith("which")] == ["which has 9 pages"]
    assert "9 See the harbour book." in shown
    assert shown[-1] == "3 Criterion 10.1 LC"


def test_words_that_a_line_end_cuts_are_joined() -> None:
    """Also over a page; a dash before a capital letter or figure stays."""
    text = clean("The light-\nhouse keepers\u00ad\nare\nall here, they de-", "clare ships.\nSee IO.6-\n8 and A-\nB")
    assert " ".join(line.text for line in text.lines) == (
        "The lighthouse keepersare all here, they declare ships. See IO.6- 8 and A- B"
    )


def test_a_table_of_contents_has_no_headings() -> None:
    """Its lines have leaders."""
    text = clean("Recommendation 10 – Counting ships ............ 45\nRecommended Actions . . . . . . 12\nHarbours")
    assert [line.text for line in text.lines] == ["Harbours"]


def test_a_closing_bracket_at_the_foot_is_no_page_number() -> None:
    """The reference to a criterion is cut at the end of a line, and its number is the last line of the page."""
    pages = [f"Ships of {one}\nwere counted there, as {one} asks (c.\n1{n}.4)" for n, one in enumerate(BODY, start=1)]
    assert [line.text for line in clean(*pages).lines][2::3] == ["11.4)", "12.4)", "13.4)", "14.4)"]
