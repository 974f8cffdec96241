"""Remedies as instructions: from "The ministry should adopt a decree" to "Adopt a decree".

The texts of an edition name the body that usually acts. A list of actions has the owner in a column of its own, often
another body, so its names begin with the verb.
"""

from __future__ import annotations

import re

_PATTERNS = {
    "en": (re.compile(r"(?P<condition>If [^,]+, )?.+? should (?P<work>(?!be |not ).+)"), "and", "should"),
    "fr": (
        re.compile(
            r"(?P<condition>Si [^,]+, )?.+? devrai(?:en)?t "
            r"(?P<work>(?!être |ne |(?:l[ae]s? |l’|en |y )\w+(?:er|ir|re)\b).+)"
        ),
        "et",
        "devrait",
    ),
}
"""By language the sentence of a remedy, and the words that begin its second half: "and", "should"."""

_SECOND_SENTENCES = {
    "fr": re.compile(r", et (?=(?:l[ae]s? |l’|ce[st]? |cet |celle|ceux|chacun|chaque )[^,;]+? devrai(?:en)?t )")
}
"""By language the joint before a second sentence with its own subject, which an infinitive cannot share."""


def phrase_instruction(remedy: str, language: str) -> str:
    r"""Return a remedy as an instruction, in French in the infinitive.

    A sentence of another form stays, and so does Arabic: there a verbal noun has to replace the verb.

    >>> phrase_instruction("The registry should list all trusts and should renew the list.", "en")
    'List all trusts and renew the list.'
    >>> phrase_instruction("If banks use agents, the supervisor should require a list of them.", "en")
    'If banks use agents, require a list of them.'
    >>> phrase_instruction("Le registre devrait publier un guide.", "fr")
    'Publier un guide.'
    >>> phrase_instruction("Le registre devrait publier un guide, et la police devrait le lire.", "fr")
    'Publier un guide\xa0; la police devrait le lire.'
    """
    pattern, joint, verb = _PATTERNS.get(language, (None, "", ""))
    found = pattern.fullmatch(remedy) if pattern else None
    if found is None:
        return remedy
    work = found["work"].replace(f" {joint} {verb} ", f" {joint} ")
    if second := _SECOND_SENTENCES.get(language):
        work = second.sub("\u00a0; ", work, count=1)
    return f"{found['condition']}{work}" if found["condition"] else work[:1].upper() + work[1:]
