"""Whether the observation period after a referral may be longer than usual, by the rules of the edition.

How much longer is not stated anywhere. Whose period may be longer is data (follow-up.json), with source and confidence.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fatf_kit.outlook.referral import Priority


def find_priority(edition: str, iso3: str, day: date) -> Priority | None:
    """Return what the edition's rules say about a country that is referred on a day; None where they say nothing.

    >>> found = find_priority("fatf-2022", "YEM", date(2028, 2, 1))
    >>> bool(found), find_priority("fatf-2022", "", date(2028, 2, 1))
    (True, None)
    """
    from fatf_kit.outlook.referral import prioritise  # commands that only read dates do not load the ratings of others
    from fatf_kit.outlook.rules import load_rules
    from fatf_kit.published.listings import find_listing

    rules = load_rules(edition).prioritisation
    listing = find_listing(iso3, day) if iso3 else None
    return prioritise(rules, {}, listing) if rules and listing else None
