"""Words that have a capital letter only because they begin a sentence, as the text itself shows.

Where paragraphs end without a full stop, such a word at the beginning of a line is the sign of a new paragraph. A name
or a term that the text always writes with a capital letter is none, and letters without case give no sign.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

_WORD = re.compile(r"[^\W\d_]+")
_AFTER_SENTENCE = re.compile(r"[.:;!?؟؛•–—\-\"“«(\[|]\s*$")
_RARE = 10
"""A word has no capital letter of its own if it is written small inside lines so many times for each time it is not."""


class SentenceWords:
    """Knows from the lines of a text which words are written small inside a sentence."""

    def __init__(self, lines: Iterable[str]) -> None:
        self._small: Counter[str] = Counter()
        self._capital: Counter[str] = Counter()
        for line in lines:
            for word in list(_WORD.finditer(line))[1:]:
                text = word[0]
                if text.islower():
                    self._small[text] += 1
                elif not _AFTER_SENTENCE.search(line[: word.start()]):
                    self._capital[text.lower()] += 1

    def begins_sentence(self, text: str) -> bool:
        """Return whether the first word of a text has a capital letter that it has nowhere inside a sentence.

        >>> words = SentenceWords(["there are no rules on fines", "the duty under Recommendation 5"])
        >>> [words.begins_sentence(text) for text in ("No rule", "Recommendation 5", "Rules", "no rule", "113 rules")]
        [True, False, True, False, False]
        """
        word = _WORD.match(text)
        if word is None or not word[0][:1].isupper() or (len(word[0]) > 1 and word[0].isupper()):
            return False
        small = word[0].lower()
        return self._small[small] > 0 and self._small[small] >= _RARE * self._capital[small]
