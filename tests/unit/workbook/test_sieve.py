"""What the values of sheets mean is asked once, and the same is told however often and by whomever it is asked."""

from __future__ import annotations

import gc
from weakref import ref

import pytest

from fatf_kit.workbook import sieve as sieve_module
from fatf_kit.workbook.sieve import Seen, Sieve


def laws(asked: list[object], seen: Seen) -> Sieve[str]:
    """Finds texts that begin with "law", and lists what it is asked."""

    def meaning(value: object) -> str | None:
        asked.append(value)
        return "a law" if str(value).startswith("law") else None

    return Sieve(meaning, seen)


def test_each_value_is_asked_once_by_each_sieve() -> None:
    """Also by one that comes later; numbers are values too."""
    seen, asked, later = Seen(), list[object](), list[object]()
    first, second = laws(asked, seen), laws(later, seen)
    one, other = frozenset({"law 1", "order", 7}), frozenset({"law 1", "law 2"})
    assert [{"law 1": "a law"}, {"law 1": "a law", "law 2": "a law"}] == [first.among(one), first.among(other)]
    assert {"law 1"} == second.those_among(one)
    assert 4 == len(asked) == len(set(asked)) == len(later)


def test_long_texts_are_asked_each_time_and_idle_ones_never() -> None:
    """They come once, and would only take up memory."""
    asked = list[object]()
    found = laws(asked, Seen(lambda value: value == "idle"))
    long = "law " * 400
    for _ in range(2):
        assert {long} == found.those_among(frozenset({long, "idle"}))
    assert [long, long] == asked


def test_beyond_so_many_it_begins_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    """And tells the same; of very many at once none is kept."""
    monkeypatch.setattr(sieve_module, "_MOST", 4)
    seen = Seen()
    found = laws([], seen)
    for number in range(10):
        texts = frozenset({f"law {number}", f"order {number}", "law"})
        assert {f"law {number}", "law"} == found.those_among(texts)
    assert seen.round > 0
    many = frozenset(f"law {number}" for number in range(100))
    assert many == found.those_among(many)
    assert len(seen.values) <= 2 * 4


def test_nothing_of_a_workbook_is_kept_once_it_is_let_go() -> None:
    """But for short texts, among which names of columns and the like are."""
    found = laws([], Seen())
    texts = frozenset({"law 1", "what the bank thinks of it"})
    assert {"law 1"} == found.those_among(texts)
    kept = ref(texts)
    del texts
    gc.collect()
    assert kept() is None
