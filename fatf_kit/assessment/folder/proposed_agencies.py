"""The agencies that a new folder begins with: one for each role, named as the country names it where that is known."""

from __future__ import annotations

from collections.abc import Mapping

from fatf_kit.assessment.folder.model import Agency
from fatf_kit.core.languages import LANGUAGES
from fatf_kit.core.messages import Translator
from fatf_kit.core.national_words import add_country
from fatf_kit.framework.country_facts import has_country_page, load_country_page
from fatf_kit.framework.vocabulary import load_vocabulary

_ROLE_OF_BODY = {
    "fiu": "fiu",
    "aml_committee": "coordination",
    "tfs_committee": "sanctions_authority",
    "prosecution": "prosecution",
    "central_bank": "central_bank",
    "securities": "securities_supervisor",
    "customs": "customs",
    "npo": "npo_regulator",
    "anticorruption": "anti_corruption",
    "company_registry": "company_registry",
}
"""The role of each kind of body in the country files. Police units are one office of a police service: no proposal."""


def propose_agencies(country: str | None, language: str) -> tuple[Agency, ...]:
    """Return one agency for each role, to be renamed, joined and deleted as the country is organised.

    Names come from the country's file where it has them, each with its confidence; elsewhere they are those of the
    roles. `language` is the one in which they answer.

    >>> fiu = next(one for one in propose_agencies("IRQ", "ar") if one.id == "fiu")
    >>> fiu.names["ar"], bool(fiu.source)
    ('مكتب مكافحة غسل الأموال وتمويل الإرهاب', True)
    """
    general = {each: load_vocabulary(each).roles for each in LANGUAGES}
    national = {each: load_vocabulary(add_country(each, country)).roles for each in LANGUAGES}
    bodies = _list_bodies(country)
    t = Translator(language)
    found = []
    for role in load_vocabulary().roles:
        own = bodies.get(role, {})
        names = {}
        for each in LANGUAGES:
            name, is_general = national[each][role].name, national[each][role].name == general[each][role].name
            if each in own and is_general:
                names[each] = own[each][0]
            elif name == general["en"][role].name:  # it is not translated, and the country may have its own in English
                names[each] = names.get("en", name)
            else:
                names[each] = name
        confidence = (own.get(language) or next(iter(own.values()), None) or ("", ""))[1]
        source = t("fatf-kit's country data: {confidence}", confidence=t(confidence)) if confidence else ""
        agency_id = role.replace("_", "-")
        found.append(Agency(id=agency_id, names=names, roles=(role,), language=language, source=source))
    return tuple(found)


def _list_bodies(country: str | None) -> Mapping[str, Mapping[str, tuple[str, str]]]:
    """Return name and confidence of the first body of each role, by language; empty for a country without a file."""
    if country is None or not has_country_page(country):
        return {}
    found: dict[str, dict[str, tuple[str, str]]] = {}
    for body in load_country_page(country)["bodies"]:
        if (role := _ROLE_OF_BODY.get(body["role"])) and body["language"] in LANGUAGES:
            found.setdefault(role, {}).setdefault(body["language"], (body["name"], body["confidence"]))
    return found
