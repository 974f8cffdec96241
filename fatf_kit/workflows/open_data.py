"""The contents of fatf-kit as open data, in formats of other programs."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from itertools import pairwise

from fatf_kit.core.dates import parse_day
from fatf_kit.core.errors import UnknownIdError
from fatf_kit.framework import list_editions
from fatf_kit.framework.export.ciso_assistant import RatedSide, name_library, render_library
from fatf_kit.framework.export.editions import load_translated
from fatf_kit.framework.export.oscal import name_catalogue
from fatf_kit.framework.export.oscal_catalog import render_catalogue
from fatf_kit.framework.export.oscal_mapping import render_mapping
from fatf_kit.published.data_package import render_data_package


class OpenDataFormat(StrEnum):
    """A format of open data.

    OSCAL: catalogues of the editions and a mapping between them. CISO_ASSISTANT: libraries of the editions.
    DATAPACKAGE: published ratings and FATF's lists with a description of their columns.
    """

    OSCAL = "oscal"
    CISO_ASSISTANT = "ciso-assistant"
    DATAPACKAGE = "datapackage"


def export_frameworks(form: str, *, day: date | str) -> Mapping[str, bytes]:
    """Return the files of one format of open data by their names: "oscal", "ciso-assistant" or "datapackage".

    Each contains the texts in English, Arabic and French, its licence and the notice that it is not the FATF
    Methodology. `day` is written into the files as their date; the same day gives the same bytes.

    Raises:
        UnknownIdError: no such format.
        FatfKitError: `day` is not a date.

    >>> list(export_frameworks("datapackage", day="2026-11-28"))
    ['datapackage.json', 'ratings.csv', 'lists.csv']
    """
    if form not in list(OpenDataFormat):
        raise UnknownIdError("'{found}' is not a format. Allowed: {names}.", found=form, names=tuple(OpenDataFormat))
    made_on = parse_day(day) if isinstance(day, str) else day
    match OpenDataFormat(form):
        case OpenDataFormat.DATAPACKAGE:
            return render_data_package(made_on)
        case OpenDataFormat.CISO_ASSISTANT:
            return _render_libraries(made_on)
        case OpenDataFormat.OSCAL:
            return _render_oscal(made_on.isoformat())


def _render_libraries(day: date) -> Mapping[str, bytes]:
    return {
        name_library(edition, side): render_library(load_translated(edition), side, day)
        for edition in list_editions()
        for side in RatedSide
    }


def _render_oscal(day: str) -> Mapping[str, bytes]:
    editions = [load_translated(edition) for edition in list_editions()]
    files = {name_catalogue(edition.english.id): render_catalogue(edition, day) for edition in editions}
    for old, new in pairwise(editions):
        files[f"{old.english.id}-to-{new.english.id}.mapping.json"] = render_mapping(old, new, day)
    return files
