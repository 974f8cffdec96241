"""The reasons for which a body is asked first, in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from fatf_kit.core.messages import Translator
from fatf_kit.core.national_words import choose_text
from fatf_kit.npo.method.load import Method
from fatf_kit.npo.model import Exposure

_PLACES = 5
"""Countries named in a reason."""


def feature_names(method: Method, t: Translator) -> Mapping[str, str]:
    """Return what the features are called, by id."""
    return {feature.id: choose_text(feature.name, t.language) for feature in method.screening.features}


def reason_text(exposure: Exposure, method: Method, t: Translator) -> str:
    """Why a body is asked, with the countries where it works."""
    names = feature_names(method, t)
    texts = [names[feature] for feature in exposure.features]
    if "watched_country" in exposure.features and "abroad" in exposure.features:
        texts.remove(names["abroad"])  # the same once more
    if exposure.watched:
        texts[0] = t("{name}: {text}", name=texts[0], text=_places(exposure.watched, t))
    elif exposure.countries and names["abroad"] in texts:
        at = texts.index(names["abroad"])
        texts[at] = t("{name}: {text}", name=texts[at], text=_places(exposure.countries, t))
    return t.points(texts)


def _places(codes: Sequence[str], t: Translator) -> str:
    """Return the first countries by name, and how many more there are."""
    from babel import Locale

    names = Locale.parse(t.base).territories
    shown = [names.get(code, code) for code in codes[:_PLACES]]
    more = len(codes) - len(shown)
    return t("{places} and {n} more", places=t.listed(shown), n=t.number(more)) if more else t.listed(shown)
