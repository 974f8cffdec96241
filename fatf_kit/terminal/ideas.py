"""The table of ideas: what the words of commands, library and JSON mean, and the one name that each idea has in them.

Options of commands are made from this table (`options.option`). `tools.vocabulary` counts where another name is still
in use; a test lets that number only fall.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

ValueKind = Literal["choice", "date", "file", "names", "paths", "period", "switch", "text", "texts"]
"""The kinds of values: one of some words, a day, a file, names, paths, two days, nothing (a switch), text or texts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Idea:
    """One idea of the command line.

    Attributes:
        name: Its name in plain English, as documentation writes it.
        option: Its option, such as `--cut-off`; "" where it is an argument.
        parameter: Its parameter in the library, such as `cut_off`.
        key: Its key in JSON; "" where no JSON holds it.
        kind: What people type.
        help: What `--help` says where a command has no better words; "" where each command has its own.
        metavar: What `--help` shows for the value; "" for click's own word.
        older: Other names that code still uses for it, options with their dashes.
    """

    name: str
    option: str = ""
    parameter: str
    key: str = ""
    kind: ValueKind
    help: str = ""
    metavar: str = ""
    older: tuple[str, ...] = ()


_IDEAS = (
    Idea(
        name="day",
        option="--on",
        parameter="day",
        key="day",
        kind="date",
        help="Day for which FATF's lists are read.  [default: today]",
        older=("--as-of", "--today", "as_of", "on", "today"),
    ),
    Idea(name="moment of writing", parameter="generated_at", key="generated_at", kind="text", older=("moment", "now")),
    Idea(name="first day of work", option="--start", parameter="start", key="start", kind="date"),
    Idea(
        name="on-site visit",
        option="--on-site",
        parameter="on_site",
        key="on_site",
        kind="period",
        older=("--visit", "--visit-end", "visit", "visit_end"),
    ),
    Idea(
        name="cut-off date",
        option="--cut-off",
        parameter="cut_off",
        key="cut_off",
        kind="date",
        help="Cut-off date, the last day on which a measure counts, as year-month-day.  [default: end of the visit]",
    ),
    Idea(name="Plenary", option="--plenary", parameter="plenary", key="plenary", kind="date"),
    Idea(
        name="country",
        option="--country",
        parameter="country",
        key="country",
        kind="text",
        help="Name of the country on the cover.",
    ),
    Idea(
        name="jurisdiction",
        option="--published",
        parameter="jurisdiction",
        key="iso3",
        kind="text",
        metavar="ISO3",
        older=("who",),
    ),
    Idea(
        name="published report",
        option="--report",
        parameter="report",
        key="report",
        kind="text",
        help="Published report: MER, FUR, latest or a month like 2024-05.  [default: latest]",
        older=("which",),
    ),
    Idea(
        name="edition",
        option="--edition",
        parameter="edition",
        key="edition",
        kind="text",
        help="Edition of the Methodology.  [default: that of the workbooks]",
    ),
    Idea(
        name="scoring rules",
        option="--rules",
        parameter="rules",
        key="rules",
        kind="text",
        help="Scoring rules: an id, or your own file.  [default: that of the assessment folder, else indicative-3]",
        older=("--policy", "policy"),
    ),
    Idea(
        name="language",
        option="--lang",
        parameter="language",
        key="language",
        kind="choice",
        older=("--languages", "lang"),
    ),
    Idea(
        name="audience",
        option="--audience",
        parameter="audience",
        key="audience",
        kind="choice",
        help="Audience of the output. Answers above its level of confidentiality are left out.",
        older=("--public", "public"),
    ),
    Idea(
        name="format",
        option="--format",
        parameter="formats",
        kind="names",
        older=("--as", "form", "wanted", "working"),
    ),
    Idea(name="output", option="--output", parameter="output", kind="file"),
    Idea(
        name="force",
        option="--force",
        parameter="force",
        kind="switch",
        help="Overwrite existing output files. Input files are never overwritten.",
    ),
    Idea(name="register", parameter="register", key="register", kind="file"),
    Idea(
        name="mapping",
        option="--map",
        parameter="mapping",
        kind="file",
        help="Mapping of the register's own columns: the workbook of 'npo map', or JSON.",
        metavar="FILE",
    ),
    Idea(name="settings", option="--settings", parameter="settings", kind="file", metavar="FILE"),
    Idea(name="inputs", parameter="paths", key="inputs", kind="paths", older=("inputs",)),
    Idea(name="agency", option="--agency", parameter="agency", key="agency", kind="text"),
    Idea(name="Recommendation or outcome", parameter="unit", key="unit", kind="text"),
    Idea(
        name="notice",
        option="--notice",
        parameter="notices",
        key="notices",
        kind="texts",
        help="Line that is printed on every page.",
    ),
)

IDEAS: Mapping[str, Idea] = MappingProxyType({idea.name: idea for idea in _IDEAS})
"""The ideas by name."""
