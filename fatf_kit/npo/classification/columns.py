"""The columns of the working file `classified.csv`."""

from __future__ import annotations

CLASSIFIED_COLUMNS = (
    "npo_id",
    "line",
    "status",
    "scope",
    "scope_reason",
    "class",
    "band",
    "inherent_band",
    "provisional",
    "known_share",
    "threat",
    "vulnerability",
    "mitigation",
    "investigate",
    "override",
    "reasons",
    "would_lower",
    "would_raise",
)
"""The columns of `classified.csv`, before one column for each factor the register can inform ("T01" ... "M15").

`class` is low, medium, high, or blank (out of scope, undetermined, unrated, to be verified). `provisional` and
`override` are "yes" or blank; `investigate` is "referred" with a proven hard trigger, "to verify" with one that lacks
source, office or date, or blank, for every body, also one outside the definition. `threat`,
`vulnerability` and `mitigation` are between 1.00 and 5.00, or blank. Factor columns hold 1-5 or blank. Texts in
`reasons`, `would_lower` and `would_raise` are in the language asked for; all else is the same in every language. Rows
are in the register's order.
"""
