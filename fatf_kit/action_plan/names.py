"""Names of actions and of their owners, in words that people can act on without the Methodology at hand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from fatf_kit.action_plan.efforts import load_efforts
from fatf_kit.action_plan.model import Action
from fatf_kit.assessment.answers.country_names import find_country
from fatf_kit.core.messages import NO_BREAK, Translator
from fatf_kit.framework.catalog import index_requirements
from fatf_kit.framework.model import Framework
from fatf_kit.framework.vocabulary import load_vocabulary

_MATTER, _NAMED = 90, 3
"""Characters of a requirement's matter at most, and requirements that a name lists."""


def name_action(action: Action, framework: Framework, t: Translator) -> str:
    """Return the name of an action; `framework` is in the language of `t`.

    One shortcoming is named by the action of its requirement, a root cause that several share by the remedy of the
    cause, with every duty of it.
    Evidence work has the step and the matter: "Name the article: R.35/35.2 (Sanctions must be able to reach …)". Other
    work on several requirements has its kind and the title of the Recommendation or outcome.
    """
    kind = load_efforts().kinds.get(action.kind)
    name = t(kind.name) if kind else t("Action")
    causes = load_vocabulary(t.language).root_causes
    if action.cause in causes:
        return t("{text} ({place})", text=causes[action.cause].remedy, place=t.listed(action.units))
    if len(action.requirements) == 1 and (found := index_requirements(framework).get(action.requirements[0])):
        if found.guidance.action and kind and not kind.is_evidence_work:
            return t("{text} ({place})", text=found.guidance.action, place=found.id)
        text = t("{text} ({place})", text=found.id, place=clip_text(found.statement, _MATTER))
        return t("{name}: {text}", name=name, text=text)
    return t("{name}: {text}", name=name, text=_place(action, framework, t))


def _place(action: Action, framework: Framework, t: Translator) -> str:
    """Return the unit with its title and the first of its requirements; several units by their ids."""
    if len(action.units) != 1:
        return t.listed(action.units)
    unit = action.units[0]
    title = next((one.title for one in framework.units if one.id == unit), "")
    numbers = _numbers([name for name in action.requirements if name != unit], t)
    place = t("{name}: {text}", name=unit, text=numbers) if numbers else unit
    return t("{text} ({place})", text=title, place=place) if title else place


def _numbers(requirements: Sequence[str], t: Translator) -> str:
    numbers = [name.partition("/")[2] for name in requirements]
    more = len(numbers) - _NAMED
    if more < 2:
        return t.listed(numbers)
    return t.first_of(numbers, _NAMED)


def clip_text(text: str, most: int) -> str:
    r"""Return a text of at most so many characters, without its full stop; cut after a whole word where it is longer.

    >>> clip_text("Directors can be fined.", 40), clip_text("Directors can be fined and removed.", 25)
    ('Directors can be fined', 'Directors can be fined\xa0…')
    """
    text = text.strip().rstrip(".")
    if len(text) <= most:
        return text
    return text[: most - 1].rsplit(" ", 1)[0].rstrip(" ,;:،؛(") + f"{NO_BREAK}…"


def name_owner(action: Action, agencies: Mapping[str, Mapping[str, str]], t: Translator) -> str:
    """Return the owner's name in the language: an agency's, a role's, or its id."""
    if action.owner_is_role:
        role = load_vocabulary(t.language).roles.get(action.owner)
        return role.name if role else action.owner
    names = agencies.get(action.owner, {})
    return names.get(t.base) or next(filter(None, names.values()), action.owner)


def name_country(country: str | None, t: Translator) -> str:
    """Return a country's name in the language, by its name in any language; the name given where it is unknown."""
    if not country:
        return t("Country not named")
    return t.country(find_country(country) or "", country)
