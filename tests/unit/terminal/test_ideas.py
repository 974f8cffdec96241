"""One idea, one name: options, parameters and keys follow the table of ideas."""

from __future__ import annotations

from collections import Counter

import click

from fatf_kit.terminal.ideas import IDEAS
from tools.vocabulary import find_clashes, list_commands

STILL_IN_USE = {"option": 24, "parameter": 38, "key": 25}
"""How many places bear an older name today; a smaller number replaces this one, a larger one is a fault.

A generated schema repeats the keys of the results in it, so that the key `as_of` of outlook-1 counts three times.
"""


def test_older_names_only_become_fewer() -> None:
    """A new option, parameter or key takes the name of the table."""
    assert Counter(clash.place for clash in find_clashes()) == STILL_IN_USE


def test_no_name_means_two_ideas() -> None:
    """Each option, parameter and key of the table stands for one idea, and no older name is another idea's name."""
    for names in zip(*((idea.option, idea.parameter, idea.key) for idea in IDEAS.values()), strict=True):
        used = [name for name in names if name]
        assert len(used) == len(set(used))
    current = {name for idea in IDEAS.values() for name in (idea.option, idea.parameter)}
    assert current.isdisjoint(name for idea in IDEAS.values() for name in idea.older)


def test_shared_words_of_help_are_those_of_the_table() -> None:
    """A command that has no words of its own prints the help of the idea, from one place."""
    by_option = {idea.option: idea for idea in IDEAS.values() if idea.option and idea.help}
    helps = [
        (option.opts[-1], option.help)
        for _, command in list_commands()
        for option in command.params
        if isinstance(option, click.Option) and option.opts[-1] in by_option
    ]
    shared = sum(by_option[name].help == text for name, text in helps)
    assert shared > len(helps) / 2
