"""The public functions that print the register of laws of an assessment folder: concordance, annex and list."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from itertools import compress

from fatf_kit.assessment.answers.audience import Audience, may_read, parse_audience
from fatf_kit.core.messages import Translator
from fatf_kit.core.resources import tool_version
from fatf_kit.laws.concordance import build_concordance
from fatf_kit.laws.concordance_report import build_concordance_report
from fatf_kit.laws.instrument_list import LawImprint, build_annex, make_list_payload
from fatf_kit.laws.model import Instrument, LawRegister
from fatf_kit.laws.translations import list_wanted_languages
from fatf_kit.papers.report_input import phrase_indicative_notice
from fatf_kit.report.model import Report
from fatf_kit.workflows.laws import LawReview


def law_concordance(
    review: LawReview, *, generated_at: str, language: str = "en", audience: str = Audience.ASSESSORS
) -> Report:
    """Return the concordance of the register with the Recommendations: page, sheets, CSV and JSON.

    It lists criteria without an article, provisions that serve nothing, what is to be translated first, and citations
    that are unclear or in conflict. `generated_at`, a date or a date and time in ISO 8601, is printed as given.
    Citations in answers above the audience's confidentiality are left out.

    Raises:
        UnknownIdError: no such language or audience.
        FatfKitError: `generated_at` is not a date.

    >>> from fatf_kit.core.resources import data_folder
    >>> from fatf_kit.workflows.laws import review_laws
    >>> review = review_laws(data_folder("examples") / "ruritania")
    >>> law_concordance(review, generated_at="2026-11-28").document.title
    'Laws and Recommendations: concordance'
    """
    given = review.scored.paper_input(generated_at=generated_at, language=language, audience=audience)
    t, reader = Translator(review.scored.national(language)), parse_audience(audience)
    secret = {
        (answer.requirement, answer.agency)
        for one in review.scored.responses.answers
        for answer in (one.agency_answers or (one,))
        if not may_read(reader, answer.confidentiality)
    }
    is_secret = [(one.requirement, one.agency) in secret for one in review.citations]
    imprint = make_imprint(review, generated_at=generated_at, language=language)
    found = build_concordance(
        review.register,
        [one for one, hidden in zip(review.citations, is_secret, strict=True) if not hidden],
        given.framework,
        given.assessment,
        country=review.matcher.country,
        languages=imprint.languages,
        today=imprint.today,
        withheld=list(compress(review.citations, is_secret)),
    )
    imprint = replace(imprint, notices=(*imprint.notices, phrase_indicative_notice(t)))
    return build_concordance_report(found, given.framework, imprint, t)


def law_annex(review: LawReview, *, generated_at: str, language: str = "en") -> Report:
    """Return the numbered list of instruments for a submission, with the state of their translations.

    Only instruments that a person has checked are in it, and nothing of the self-assessment. Bills are listed apart.

    Raises:
        UnknownIdError: no such language.
        FatfKitError: `generated_at` is not a date.

    >>> from fatf_kit.core.resources import data_folder
    >>> from fatf_kit.workflows.laws import review_laws
    >>> review = review_laws(data_folder("examples") / "ruritania")
    >>> law_annex(review, generated_at="2026-11-28").document.title
    'List of laws and other instruments'
    """
    imprint = make_imprint(review, generated_at=generated_at, language=language)
    return build_annex(review.register, imprint, Translator(review.scored.national(language)))


def law_list(
    review: LawReview, *, generated_at: str, kinds: Collection[str] = (), statuses: Collection[str] = ()
) -> Mapping[str, object]:
    """Return the instruments of some kinds and statuses as JSON (frameworks/schema/laws-list-1); of all without them.

    Raises:
        FatfKitError: `generated_at` is not a date.

    >>> from fatf_kit.core.resources import data_folder
    >>> from fatf_kit.workflows.laws import review_laws
    >>> review = review_laws(data_folder("examples") / "ruritania")
    >>> law_list(review, generated_at="2026-11-28", statuses=["repealed"])["schema"]
    'fatf-kit/laws-list/1'
    """
    imprint = make_imprint(review, generated_at=generated_at)
    return make_list_payload(review.register, select_instruments(review.register, kinds, statuses), imprint)


def select_instruments(
    register: LawRegister, kinds: Collection[str] = (), statuses: Collection[str] = ()
) -> Sequence[Instrument]:
    """Return the instruments of a register that have one of some kinds and one of some statuses."""
    return [
        one
        for one in register.instruments
        if (not kinds or one.kind in kinds) and (not statuses or one.status in statuses)
    ]


def make_imprint(review: LawReview, *, generated_at: str, language: str = "en") -> LawImprint:
    """Return what every paper on the register of laws prints, in a language.

    Raises:
        UnknownIdError: no such language.
        FatfKitError: `generated_at` is not a date.
    """
    given = review.scored.paper_input(generated_at=generated_at, language=language)
    languages = review.folder.workspace.settings.languages
    return LawImprint(
        country=given.country,
        edition=given.framework.full_title,
        generated_at=given.generated_at,
        tool=tool_version(),
        main=languages[0],
        languages=list_wanted_languages(review.register, languages),
        notices=given.notices,
        agencies=given.agencies,
    )
