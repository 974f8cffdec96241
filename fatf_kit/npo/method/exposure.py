"""The rule by which answers make a body high without a proven link: money to a conflict area that nobody controls.

Source: frameworks/npo/method.json, `uncontrolled_exposure`, with its confidence.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from fatf_kit.core.json_files import convert_value


@dataclass(frozen=True, slots=True, kw_only=True)
class FactorLevel:
    """A level of a factor from which on a condition is met."""

    factor: str
    at_least: int


@dataclass(frozen=True, slots=True, kw_only=True)
class InformalChannel:
    """How a register answers that money is delivered in cash or by hawala: by an assessed level, or by named codes.

    A yes in the column `unless` says why no bank is used, so the codes do not count.
    """

    factor: str
    at_least: int
    column: str
    codes: tuple[str, ...]
    unless: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ControlsOverMoney:
    """The controls over money, and when a register answers that they are absent.

    A control is absent at `absent_at` or below. They are absent as a whole if `absent_from` of them are, and none is
    known at `present_from` or above.
    """

    factors: tuple[str, ...]
    absent_at: int
    absent_from: int
    present_from: int


@dataclass(frozen=True, slots=True, kw_only=True)
class UncontrolledExposure:
    """The rule by which a body is high without a proven link; its source and its confidence are in the file.

    Its answers say all three: money goes to a conflict area, it goes by an informal channel, and controls are absent.
    """

    areas: tuple[FactorLevel, ...]
    channel: InformalChannel
    controls: ControlsOverMoney


def read_exposure_rule(rule: Mapping[str, Any]) -> UncontrolledExposure:
    """Return the rule; `from`, which no Python name can be, is `at_least`."""
    area_levels = tuple(FactorLevel(factor=area["factor"], at_least=area["from"]) for area in rule["areas"])
    channel = {"at_least" if key == "from" else key: value for key, value in rule["channel"].items()}
    return UncontrolledExposure(
        areas=area_levels,
        channel=convert_value(channel, InformalChannel, "method.json"),
        controls=convert_value(rule["controls"], ControlsOverMoney, "method.json"),
    )
