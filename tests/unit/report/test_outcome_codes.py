"""French papers have "RI.6" where English and Arabic ones have "IO.6"; what programs follow keeps "IO.6"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace

import pytest

from fatf_kit import paper
from fatf_kit.framework import find_unit, load_framework
from fatf_kit.report.formats.html import render_document
from fatf_kit.report.live import Stepper, ThresholdTest, WhatIfPanel
from fatf_kit.report.model import (
    CodeBlock,
    Document,
    DocumentTable,
    Paragraph,
    RatingMark,
    Section,
    TableCell,
    TableColumn,
    TableRow,
)
from tests.examples import score_example
from tests.samples import take_sample

OUTCOME = re.compile(r"\bIO\.\d")
FOLLOWED = {"unit", "units", "counts", "id", "anchor", "target", "facets", "key", "agencies"}
"""Fields that links, filters and scripts follow."""


def list_texts(content: object) -> Iterator[str]:
    """Every text of a document that a person reads."""
    if isinstance(content, str):
        yield content
    elif isinstance(content, tuple):
        for part in content:
            yield from list_texts(part)
    elif is_dataclass(content):
        for field in fields(content):
            if field.name not in FOLLOWED:
                yield from list_texts(getattr(content, field.name))


def make_document(language: str) -> Document:
    """A document with an outcome in every kind of place."""
    cell = TableCell(text="IO.6/6.2", target="IO.6", ltr=True, detail="R.1 and IO.10")
    row = TableRow(cells=(cell,), facets={"unit": ("IO.6",)})
    table = DocumentTable(id="t", caption="IO.1 to IO.11", columns=(TableColumn(title="IO.6"),), rows=(row,))
    panel = WhatIfPanel(
        id="p",
        caption="c",
        steppers=(Stepper(unit="IO.6", title="IO.6 t", codes=("LE", "ME"), worst="LE", best="ME"),),
        thresholds=(ThresholdTest(kind="k", test="t", counts=((("LE",), ("IO.6",), 1),)),),
        follow_up={"no": "n"},
        referral={"no": "n"},
        met={"no": "n"},
    )
    blocks = (Paragraph(text="IO.3, IO.4: no."), CodeBlock(text="$ fatf-kit explain IO.6"), table, panel)
    section = Section(anchor="IO.6", title="IO.6 Title", blocks=blocks)
    return Document(
        id="d",
        title="IO.6",
        subtitle="",
        language=language,
        facts=(("Outcome", "IO.6"),),
        notices=(),
        sections=(section,),
    )


@pytest.mark.parametrize("language", ["fr", "fr-MA"])
def test_every_text_has_the_french_code_and_every_link_stays(language: str) -> None:
    """In headings, cells, captions, commands and the panel; a document made from another one keeps it."""
    document = replace(make_document(language), title="IO.7")
    texts = list(list_texts(document))
    assert not [text for text in texts if OUTCOME.search(text)]
    assert {"RI.7", "RI.6 Title", "RI.6/6.2", "RI.1 to RI.11", "$ fatf-kit explain RI.6", "RI.3, RI.4: no."} <= {*texts}
    (section,) = document.sections
    *_, table, panel = section.blocks
    assert isinstance(table, DocumentTable)
    assert isinstance(panel, WhatIfPanel)
    assert (section.anchor, table.rows[0].cells[0].target, table.rows[0].facets) == (
        "IO.6",
        "IO.6",
        {"unit": ("IO.6",)},
    )
    assert (panel.steppers[0].unit, panel.steppers[0].code, panel.thresholds[0].counts[0][1]) == (
        "IO.6",
        "RI.6",
        ("IO.6",),
    )
    page = render_document(document).decode()
    assert 'data-unit="IO.6" data-code="RI.6"' in page
    assert RatingMark(unit="IO.6", title="t", rating=None).code == "IO.6"


@pytest.mark.parametrize("language", ["en", "ar"])
def test_other_languages_keep_the_code(language: str) -> None:
    """English and Arabic papers have the code of the Methodology."""
    document = make_document(language)
    assert document.title == "IO.6"
    assert document.sections[0].title == "IO.6 Title"


@pytest.mark.full(keep_every=2)
@pytest.mark.parametrize("name", take_sample(["gap", "brief", "effectiveness", "deck"], ["brief", "effectiveness"]))
def test_papers_of_the_example_in_french(name: str) -> None:
    """No text of a French paper has the English code, but for what an agency itself wrote."""
    made = paper(score_example("ruritania/fr"), name, generated_at="2026-12-01", language="fr")
    texts = [*list_texts(made), *(list_texts(made.annex) if made.annex else ())]
    assert [text for text in texts if OUTCOME.search(text)] == []
    assert any("RI." in text for text in texts)


def test_the_french_code_is_read() -> None:
    """A person types what the paper shows."""
    framework = load_framework("fatf-2022")
    assert {find_unit(framework, text).id for text in ("RI.6", "ri6", "RI 6", "IO.6")} == {"IO.6"}
