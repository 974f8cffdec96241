"""Small registers for tests: rows as mappings, written as CSV and classified."""

from __future__ import annotations

import csv
import io
import signal
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any
from unittest.mock import patch

from fatf_kit.npo.functions import NpoClassification, npo_classify
from fatf_kit.npo.method.load import load_method
from fatf_kit.npo.method.settings import Settings
from fatf_kit.npo.register.settings_file import parse_settings

AS_OF = date(2026, 11, 24)
PROOF = {"trigger_source": "File 1/2026", "trigger_office": "Prosecution service", "trigger_date": "2026-05-12"}
"""Facts without which a hard trigger does not count."""
IN_SCOPE = {"status": "active", "purpose": "charitable", "raises_or_disburses": "yes"}


def settings(**choices: Any) -> Settings:
    """Return settings from their JSON keys."""
    return parse_settings(choices, load_method(), Path())


def body(npo_id: str, **facts: str) -> dict[str, str]:
    """Return one body that is in scope unless its facts differ."""
    return {"npo_id": npo_id, **IN_SCOPE, **facts}


def write(path: Path, rows: Sequence[Mapping[str, str]], encoding: str = "utf-8", delimiter: str = ",") -> Path:
    """Write rows as CSV; the columns are those of all rows."""
    columns = list(dict.fromkeys(name for row in rows for name in row))
    text = io.StringIO()
    writer = csv.DictWriter(text, columns, restval="", delimiter=delimiter, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    path.write_bytes(text.getvalue().encode(encoding))
    return path


@contextmanager
def thin_data_classified() -> Iterator[None]:
    """Classify a body in this block however little is known of it: the rows of a test give a few facts only."""
    method = replace(load_method(), classified_from=0.0)
    with patch("fatf_kit.npo.classification.sector.load_method", return_value=method):
        yield


def classify(
    folder: Path, rows: Sequence[Mapping[str, str]], *, as_shipped: bool = False, **how: Any
) -> tuple[NpoClassification, list[dict[str, str]]]:
    """Classify rows; return the result and the lines of classified.csv.

    The limit of how much must be known of a body is off unless `as_shipped`.
    """
    with nullcontext() if as_shipped else thin_data_classified():
        made = npo_classify(write(folder / "register.csv", rows), folder / "out", as_of=AS_OF, force=True, **how)
    return made, read(folder / "out" / "classified.csv")


def read(path: Path) -> list[dict[str, str]]:
    """Return the lines of a CSV file."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@contextmanager
def limit_waiting(seconds: float = 5) -> Iterator[None]:
    """Raise TimeoutError in a block that waits for a pipe, which would otherwise never end."""

    def broken_off(*_: object) -> None:
        raise TimeoutError("it waits")

    before = signal.signal(signal.SIGALRM, broken_off)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
