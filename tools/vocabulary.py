"""Find where commands, library and JSON do not follow the table of ideas: `python -m tools.vocabulary` lists them."""

from __future__ import annotations

import inspect
import json
from collections.abc import Iterator
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

import click

import fatf_kit
from fatf_kit.cli.main import cli
from fatf_kit.core.resources import data_folder
from fatf_kit.terminal.ideas import IDEAS, Idea

Place = Literal["option", "parameter", "key"]

_OTHER_IDEAS = frozenset({("fill", "form")})
"""Parameters with an older name of an idea that mean something else, with their functions."""


_SAME = MappingProxyType({"agency": ("agencies",), "output": ("target", "files"), "jurisdiction": ("published",)})
"""Names of values in the code of commands that mean the idea of their option all the same."""


@dataclass(frozen=True, slots=True)
class Clash:
    """An older name of an idea that is still in use, or the name of an idea that means something else."""

    place: Place
    where: str
    name: str
    idea: str

    def __str__(self) -> str:
        return f"{self.place} {self.name} of {self.where}: {self.idea}"


def find_clashes() -> tuple[Clash, ...]:
    """Find every clash in options of commands, parameters of public functions and keys of JSON, in a stable order."""
    return (*_find_in_options(), *_find_in_parameters(), *_find_in_keys())


def list_commands() -> Iterator[tuple[str, click.Command]]:
    """List each command that does something, with its words after `fatf-kit`."""
    yield from _list_leaves(cli, click.Context(cli), ())


def _list_leaves(
    command: click.Command, context: click.Context, words: tuple[str, ...]
) -> Iterator[tuple[str, click.Command]]:
    if not isinstance(command, click.Group):
        yield " ".join(words), command
        return
    for name in command.list_commands(context):
        if child := command.get_command(context, name):
            yield from _list_leaves(child, click.Context(child, parent=context), (*words, name))


def _find_in_options() -> Iterator[Clash]:
    by_option = {idea.option: idea for idea in IDEAS.values() if idea.option}
    for words, command in list_commands():
        for option in (parameter for parameter in command.params if isinstance(parameter, click.Option)):
            name = option.opts[-1]
            if idea := by_option.get(name):
                if option.name not in (idea.parameter, f"{idea.parameter}s", *_SAME.get(idea.name, ())):
                    yield Clash("option", words, name, f"{idea.name}, but its value is {option.name}")
            elif idea := _find_older(name):
                yield Clash("option", words, name, idea.name)


def _find_in_parameters() -> Iterator[Clash]:
    for name in fatf_kit.__all__:
        function = getattr(fatf_kit, name)
        if inspect.isfunction(function):
            for parameter in inspect.signature(function).parameters:
                if (idea := _find_older(parameter)) and (name, parameter) not in _OTHER_IDEAS:
                    yield Clash("parameter", name, parameter, idea.name)


def _find_in_keys() -> Iterator[Clash]:
    keys = {idea.key for idea in IDEAS.values()}
    for path in sorted((data_folder("frameworks") / "schema").glob("*-[0-9]*.schema.json")):
        schema = json.loads(path.read_text(encoding="utf-8"))
        for key in sorted(set(_list_keys(schema))):
            if (idea := _find_older(key)) and key not in keys:
                yield Clash("key", path.name.removesuffix(".schema.json"), key, idea.name)


def _list_keys(schema: object) -> Iterator[str]:
    if isinstance(schema, dict):
        properties = schema.get("properties")
        if isinstance(properties, dict):
            yield from properties
        for value in schema.values():
            yield from _list_keys(value)
    elif isinstance(schema, list):
        for value in schema:
            yield from _list_keys(value)


def _find_older(name: str) -> Idea | None:
    return next((idea for idea in IDEAS.values() if name in idea.older), None)


if __name__ == "__main__":
    for clash in find_clashes():
        print(clash)
