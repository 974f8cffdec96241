"""When re-ratings are asked for, and when a report is published: data of the edition, said where they are needed."""

from __future__ import annotations

from datetime import date

import pytest

from fatf_kit import follow_up
from fatf_kit.core.messages import Translator
from fatf_kit.evaluation_calendar.report import build_calendar
from fatf_kit.evaluation_calendar.settings import PlanSettings
from fatf_kit.evaluation_calendar.timetable import build_schedule, load_timetable
from fatf_kit.follow_up_report.payload import make_follow_up_result
from fatf_kit.outlook import FollowUp, load_rules
from fatf_kit.outlook.report import list_request_dates
from fatf_kit.report.model import Bullets, Document, walk_sections

LANGUAGES = ("en", "ar", "fr")
TODAY = date(2026, 11, 24)
REGULAR = (
    "Regular follow-up: name the Recommendations to be re-rated 7 months before the Plenary and submit the request "
    "6 months before the Plenary (para. 183; secondary source)."
)


def bullets(document: Document) -> list[str]:
    """Every item of every list."""
    blocks = (block for section in walk_sections(document.sections) for block in section.blocks)
    return [item for block in blocks if isinstance(block, Bullets) for item in block.items]


def test_months_before_the_plenary() -> None:
    """Seven and six in regular follow-up, nine and eight in enhanced; from a secondary source, for the fifth round."""
    requests = load_rules("fatf-2022").re_rating_requests
    assert requests is not None
    assert {one.follow_up: (one.name_months, one.submit_months, one.paragraph) for one in requests.dates} == {
        FollowUp.REGULAR: (7, 6, "183"),
        FollowUp.ENHANCED: (9, 8, "190"),
    }
    assert requests.confidence == "secondary source"
    assert load_rules("fatf-2013").re_rating_requests is None


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_follow_up_report_names_them(language: str) -> None:
    """Beside the requests; nothing is said for an edition whose dates are not known."""
    said = list_request_dates(load_rules("fatf-2022"), Translator(language))
    assert (said[0] == REGULAR) == (language == "en")
    assert set(said) <= set(bullets(follow_up("MYS").document(today=TODAY, language=language)))
    assert list_request_dates(load_rules("fatf-2013"), Translator(language)) == ()


def test_json_of_a_follow_up() -> None:
    """The dates as numbers."""
    result = make_follow_up_result(follow_up("MYS").case, lambda _: "")
    assert result.request_dates
    assert [dates.name_months for dates in result.request_dates.dates] == [7, 9]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_calendar_names_them_and_the_span_of_publication(language: str) -> None:
    """Published two to three months after the Plenary; the request dates stand under how the dates come about."""
    settings = PlanSettings()
    schedule = build_schedule(load_timetable("fatf-2022"), settings, plenary=date(2027, 6, 25))
    publication = next(event for event in schedule.events if event.id == "publication")
    assert publication.offset is not None
    assert (publication.offset.count, publication.offset.up_to, publication.confidence) == (2, 3, "secondary source")
    assert (publication.day.month, publication.until.month if publication.until else None) == (8, 9)
    t = Translator(language)
    document = build_calendar(schedule, settings, t, country="Ruritania", today=TODAY)
    assert set(list_request_dates(load_rules("fatf-2022"), t)) <= set(bullets(document))
