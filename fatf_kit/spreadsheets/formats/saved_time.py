"""The moment at which a program last saved a workbook, by what the file says about itself."""

from __future__ import annotations

import re
from datetime import UTC, datetime

_SAVED = re.compile(rb"<(?:\w+:)?(?:modified|date)(?:\s[^<>]*)?>\s*([0-9T:.+Z-]{10,40})\s*<")
_CREATED = re.compile(rb"<(?:\w+:)?(?:created|creation-date)(?:\s[^<>]*)?>\s*([0-9T:.+Z-]{10,40})\s*<")


def read_saved_time(part: bytes | None) -> datetime | None:
    """Return when a workbook was last saved, else when it was made, from its docProps/core.xml or meta.xml.

    None where it says neither. A time without a zone is taken as UTC.

    >>> read_saved_time(b"<dcterms:modified xsi:type='dcterms:W3CDTF'>2026-05-12T08:30:00Z</dcterms:modified>")
    datetime.datetime(2026, 5, 12, 8, 30, tzinfo=datetime.timezone.utc)
    >>> read_saved_time(b"<dc:date>2026-05-12T08:30:00.123456789</dc:date>").day
    12
    >>> read_saved_time(b"<dc:date>soon</dc:date>") is None
    True
    """
    for pattern in (_SAVED, _CREATED):
        if found := pattern.search(part or b""):
            text = re.sub(r"(\.\d{6})\d+", r"\1", found[1].decode("ascii"))
            try:
                moment = datetime.fromisoformat(text)
            except ValueError:
                continue
            return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
    return None
