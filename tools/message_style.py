"""Check messages and the texts of --help against the rules for plain English.

    python -m tools.message_style                     fail on any breach
    python -m tools.message_style fatf_kit/papers     list those of one place only

The rules are: no metaphor of FORBIDDEN_WORDS; a statement does not begin with a question word; nothing "is no"
something; a counted noun has plural forms.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator

from tools.catalogues import Message
from tools.message_catalogues import find_messages

FORBIDDEN_WORDS = {
    "stand|stands|stood|standing": "is, applies or is counted",
    "hold|holds|held": "is met, applies or contains",
    "go|goes|went|gone|going": "is sent, is above, or the verb that is meant",
    "carry|carries|carried": "copy, contain or keep",
    "take|takes|took|taken": "use, read or accept",
    "tell|tells|told|telling": "report or show",
    "say|says|said": "answer, state or report",
    "put|puts": "write, place or ask",
    "speak|speaks|spoke|spoken": "is in the language",
    "weigh|weighs|weighed": "the weight is, counts",
    "let|lets": "allow",
    "beside": "next to, compared with",
    "nobody|somebody|whoever": "no agency, a person, the role",
    "made up": "fictional",
    "amiss": "wrong",
    "homeless|stranger|strangers|sibling|siblings": "the field's word",
    "ladder|sieve|voice|voices": "the field's word",
}
"""Words that messages must not contain, with better ones. A place that needs one uses ALLOWED."""

ALLOWED = (
    r"put into force|takes? effect|taking effect|taken into account|(?:steps?|actions?|measures?) taken"
    r"|(?:rights?|office|account) holders?|made-up example|fatf-kit carry-forward"
)
"""Set phrases of the field that contain a forbidden word."""

_WORDS = [(re.compile(rf"\b(?:{words})\b", re.IGNORECASE), advice) for words, advice in FORBIDDEN_WORDS.items()]
_ALLOWED = re.compile(rf"\b(?:{ALLOWED})\b", re.IGNORECASE)
_QUESTION_WORD = re.compile(r"(?:What|Whose|Whoever|Where|Who|How)\b[^?]*$")
_HEADING = 40
_COUNTED = re.compile(
    r"\{(?:n|count|number|days|years|total|more)\} (?!of\b|in\b|to\b|or\b|and\b|per\b)(?:[a-z-]+ ){0,2}[a-z]+s\b"
)


def check_message(message: Message) -> Iterator[str]:
    """Yield what is wrong with a message, as advice to its writer.

    >>> list(check_message("{n} must go"))
    ['"go": write is sent, is above, or the verb that is meant']
    >>> list(check_message("{n} workbooks were read."))
    ['"{n} workbooks": write plural forms with t.plural']
    """
    forms = (message,) if isinstance(message, str) else message
    for text in dict.fromkeys(forms):
        plain = _ALLOWED.sub("", text)
        for pattern, advice in _WORDS:
            if found := pattern.search(plain):
                yield f'"{found[0]}": write {advice}'
        if len(text) > _HEADING and _QUESTION_WORD.match(text):
            yield f'"{text.split()[0]}": begin with the subject'
        if re.search(r"\bis no (?!longer|more)\b", text):
            yield '"is no": write is not a'
        if isinstance(message, str) and (found := _COUNTED.search(text)):
            yield f'"{found[0]}": write plural forms with t.plural'


def find_breaches(prefix: str = "") -> list[str]:
    """Return a line for each breach in a message or help text whose place begins with the prefix."""
    lines = []
    for message, place in find_messages().items():
        if place.startswith(prefix) and place != "click":  # the library's own words
            shown = message if isinstance(message, str) else message[1]
            lines += [f"{place}: {fault}. Text: {shown}" for fault in check_message(message)]
    return list(dict.fromkeys(lines))


def main(prefix: str = "") -> int:
    """Print every breach; the exit code is 1 where there is one."""
    found = find_breaches(prefix)
    print("\n".join(found) or "Every message follows the rules.")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:2]))
