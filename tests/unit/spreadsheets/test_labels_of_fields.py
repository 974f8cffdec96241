"""The reader finds a field of a cover by its label too, and takes only short texts for labels."""

from __future__ import annotations

import pytest

from fatf_kit.action_plan.schema import PLAN
from fatf_kit.assessment.decisions.schema import DECISION_BOOK
from fatf_kit.assessment.folder.control_schema import CONTROL_BOOK
from fatf_kit.assessment.workbook.schema import ANSWERS
from fatf_kit.follow_up_report.schema import FOLLOW_UP
from fatf_kit.laws.book import LAWS
from fatf_kit.mock_visit.schema import MOCK
from fatf_kit.npo.mapping.workbook import MAPPING
from fatf_kit.npo.measures.workbook import MEASURES_BOOK
from fatf_kit.npo.register.template_schema import REGISTER
from fatf_kit.spreadsheets.finding import find_fields
from fatf_kit.spreadsheets.schema import BookSchema
from fatf_kit.spreadsheets.sheet import SheetContent
from fatf_kit.statistics.schema import STATISTICS

BOOKS = (
    ANSWERS,
    CONTROL_BOOK,
    DECISION_BOOK,
    FOLLOW_UP,
    LAWS,
    MAPPING,
    MEASURES_BOOK,
    MOCK,
    PLAN,
    REGISTER,
    STATISTICS,
)


@pytest.mark.parametrize("schema", [book for book in BOOKS if book.fields], ids=lambda book: book.kind)
def test_every_label_is_found(schema: BookSchema) -> None:
    """A label that is too long would be read as the entry of its field."""
    for place, language in enumerate(("en", "ar", "fr")):
        rows = [[field.labels[place], "entry"] for field in schema.fields]
        found = find_fields(SheetContent(file="a.xlsx", title="Cover", grid=rows), schema)
        assert [(one.field.key, one.column) for one in found] == [(f.key, 1) for f in schema.fields], language
