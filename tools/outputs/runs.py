"""The runs: command lines about the examples, in each language, and the outputs of them that are golden."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

LANGUAGES = ("en", "ar", "fr")
TERMINAL = "terminal"
"""The output of a run that a person reads on the screen."""

RUNS = Path(__file__).with_name("runs.toml")


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """Some command lines that are run one after the other in a fresh copy of the examples.

    Attributes:
        name: Its example and its subject, as "ruritania/brief".
        day: The present day.
        lines: Command lines without the name of the program and the language, with words in braces.
        short: Outputs that are golden in every language.
        long: Outputs that are golden in English; in other languages their digest is.
        words: What the words in braces are, by language and word.
    """

    name: str
    day: date
    lines: tuple[str, ...]
    short: tuple[str, ...] = ()
    long: tuple[str, ...] = ()
    words: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    @property
    def golden(self) -> tuple[str, ...]:
        """Return the names of the outputs that are golden."""
        return (*self.short, *self.long)

    def list_lines(self, language: str) -> Iterator[str]:
        """Yield the command lines in a language."""
        for line in self.lines:
            yield f"{line.format_map(self.words.get(language, {}))} --lang {language}"


def load_runs(path: Path = RUNS) -> tuple[Run, ...]:
    """Return all runs of a file.

    Raises:
        KeyError: an entry lacks a name or its lines.
        ValueError: two runs have the same name.
    """
    content = tomllib.loads(path.read_text(encoding="utf-8"))
    words = {language: _list_words(content["words"], language) for language in LANGUAGES}
    runs = tuple(
        Run(
            name=entry["name"],
            day=entry.get("day", content["day"]),
            lines=tuple(entry["lines"]),
            short=tuple(entry.get("short", ())),
            long=tuple(entry.get("long", ())),
            words=words,
        )
        for entry in content["run"]
    )
    if len({run.name for run in runs}) < len(runs):
        raise ValueError("Two runs have the same name.")
    return runs


def select_runs(runs: tuple[Run, ...], patterns: tuple[str, ...]) -> tuple[Run, ...]:
    """Return the runs whose name fits one of the patterns, as "ruritania/*"; all without a pattern."""
    return tuple(run for run in runs if not patterns or any(fnmatch(run.name, pattern) for pattern in patterns))


def _list_words(words: Mapping[str, Any], language: str) -> Mapping[str, str]:
    """Return the words in one language: a text is the same in all."""
    texts = {name: text if isinstance(text, str) else text[language] for name, text in words.items()}
    return {"lang": language, **texts}
