"""The agencies that a new folder begins with: one for each role, named as the country names it where that is known."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from fatf_kit.assessment.folder.model import Agency
from fatf_kit.core.languages import LANGUAGES
from fatf_kit.core.messages import Translator, name_language
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
    t = Translator(language)
    found = []
    for agency_id, proposal in _list_proposals(country).items():
        confidence = proposal.confidences.get(language) or next(iter(proposal.confidences.values()), "")
        source = t("fatf-kit's country data: {confidence}", confidence=t(confidence)) if confidence else ""
        found.append(
            Agency(id=agency_id, names=proposal.names, roles=(proposal.role,), language=language, source=source)
        )
    return tuple(found)


@dataclass(frozen=True, slots=True, kw_only=True)
class RenamedAgency:
    """The rest of a proposal after a person wrote another name in the main language of the folder.

    `names` are by language, `left_out` those languages whose name was only that of the role.
    """

    names: Mapping[str, str]
    source: str
    left_out: tuple[str, ...]


def rename_proposal(agency_id: str, typed: Mapping[str, str], country: str | None, language: str) -> RenamedAgency:
    """Return the names of an agency that has a new name in the main language of its folder, and their source.

    What was typed stays, and so does a name that the country's file gives: the source then says for which languages.
    The name of a role is left out, because it may be that of another body.

    >>> renamed = rename_proposal("fiu", {"en": "AML Office", "ar": "مكتب مكافحة غسل الأموال وتمويل الإرهاب",
    ...     "fr": "Cellule de renseignements financiers"}, "IRQ", "en")
    >>> list(renamed.names), renamed.left_out, renamed.source
    (['en', 'ar'], ('fr',), "fatf-kit's country data: confirmed (Arabic)")
    """
    proposal = _list_proposals(country).get(agency_id)
    if proposal is None:
        return RenamedAgency(names=typed, source="", left_out=())
    t = Translator(language)
    same = [each for each, name in typed.items() if each != language and name == proposal.names[each]]
    left_out = tuple(each for each in same if each not in proposal.confidences)
    known = [each for each in same if each in proposal.confidences]
    confidences = t.listed(dict.fromkeys(t(proposal.confidences[each]) for each in known))
    languages = t.listed(name_language(each, language) for each in known)
    return RenamedAgency(
        names={each: name for each, name in typed.items() if each not in left_out},
        source=t("fatf-kit's country data: {confidence} ({languages})", confidence=confidences, languages=languages)
        if known
        else "",
        left_out=left_out,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Proposal:
    """The proposed names of the agency of a role, and the confidence in those of the country's file, by language."""

    role: str
    names: Mapping[str, str]
    confidences: Mapping[str, str]


@cache
def _list_proposals(country: str | None) -> Mapping[str, _Proposal]:
    """Return the proposal for each role, by the id of its agency."""
    general = {each: load_vocabulary(each).roles for each in LANGUAGES}
    national = {each: load_vocabulary(add_country(each, country)).roles for each in LANGUAGES}
    bodies = _list_bodies(country)
    found = {}
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
        confidences = {each: confidence for each, (_, confidence) in own.items()}
        found[role.replace("_", "-")] = _Proposal(role=role, names=names, confidences=confidences)
    return found


def _list_bodies(country: str | None) -> Mapping[str, Mapping[str, tuple[str, str]]]:
    """Return name and confidence of the first body of each role, by language; empty for a country without a file."""
    if country is None or not has_country_page(country):
        return {}
    found: dict[str, dict[str, tuple[str, str]]] = {}
    for body in load_country_page(country)["bodies"]:
        if (role := _ROLE_OF_BODY.get(body["role"])) and body["language"] in LANGUAGES:
            found.setdefault(role, {}).setdefault(body["language"], (body["name"], body["confidence"]))
    return found
