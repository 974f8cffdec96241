"""Read and write the message catalogues, and keep every translation when its English is corrected.

A translation whose English was reworded stays, marked as gettext marks it: `#, fuzzy`, with the English that it was
made from as `#| msgid`. It is not compiled until it is confirmed.
"""

from __future__ import annotations

import io
import string
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.catalog import Message as Entry
from babel.messages.pofile import generate_po, normalize, read_po

from fatf_kit.core.resources import data_folder, tool_version
from fatf_kit.core.store import write_file

Message = str | tuple[str, str]
"""A text, or its singular and plural."""

Texts = str | Sequence[str] | None
"""The forms of a message or of its translation as Babel keeps them; None or "" where there is none."""

FOLDER = data_folder("frameworks") / "locale"
"""The folder of the shipped catalogues."""

_FIXED = datetime(2026, 1, 1, tzinfo=UTC)  # dates would change a catalogue in which nothing changed
_MADE_BY = '"Generated-By: '
_COUNTS = {"n", "count"}
_NEAR = 0.6
"""The similarity, of 1, from which one English text counts as the correction of another; that of difflib and Babel."""


def read_catalogue(language: str, folder: Path = FOLDER) -> Catalog:
    """Read the catalogue of a language as it is stored; it is empty for a new language.

    Each fuzzy entry has the English that its translation was made from as `previous_id`, where the file has it.
    """
    path = folder / f"{language}.po"
    if not path.is_file():
        return Catalog(locale=language)
    with path.open(encoding="utf-8") as source:
        catalogue = read_po(source, locale=language)
    for entry in catalogue:
        if previous := [line.removeprefix("|") for line in entry.user_comments if line.startswith("|")]:
            entry.previous_id = _parse_previous(previous)
            entry.user_comments = [line for line in entry.user_comments if not line.startswith("|")]
    return catalogue


def _parse_previous(lines: Iterable[str]) -> list[str]:
    """Parse the previous English of an entry, which Babel writes but reads as a comment."""
    text = "\n".join(lines)
    translations = 'msgstr[0] ""' if "msgid_plural " in text else 'msgstr ""'
    entries = [entry for entry in read_po(io.StringIO(f"{text}\n{translations}\n")) if entry.id]
    return list(_list_forms(entries[0].id)) if entries else []


def write_catalogue(language: str, messages: Iterable[Message], folder: Path = FOLDER) -> None:
    """Write the catalogue again with every message in use, and print the translations older than their English."""
    old = read_catalogue(language, folder)
    new = update_catalogue(old, messages, language)
    _write(new, language, folder)
    older = list(list_fuzzy(new))
    for entry in older:
        print(f"{language}.po: the translation is older than its English.")
        print(f"  was: {_show(entry.previous_id) or 'not recorded'}\n  is:  {_show(entry.id)}")
    if older:
        print(f'{language}.po: {len(older)} to correct below "#, fuzzy". Then run: make confirmed')
    if missing := sum(not all(_list_forms(entry.string)) for entry in _list_entries(new)):
        print(f"{language}.po: messages without a translation: {missing}")
    if new.obsolete:
        print(f"{language}.po: translations without a message: {len(new.obsolete)}. The file keeps them at its end")
        print("  until every message has a translation.")


def update_catalogue(old: Catalog, messages: Iterable[Message], language: str) -> Catalog:
    """Make the catalogue of some messages, with every translation of the old one that belongs to a message.

    A new message takes the translation of the message that disappeared and is nearest to it, as fuzzy. A translation
    that belongs to no message is kept as obsolete while any message has none. `Catalog.update` of Babel is not used: it
    also takes translations of messages that are in use, overlooks a plural that was reworded, and loses the English
    that a translation was made from when that changes twice.

    >>> old = Catalog(locale="fr")
    >>> _ = old.add("No gap is known.", "Aucune lacune n’est connue.")
    >>> entry = update_catalogue(old, ["No gaps are known."], "fr").get("No gaps are known.")
    >>> entry.string, entry.fuzzy, entry.previous_id
    ('Aucune lacune n’est connue.', True, ['No gap is known.'])
    """
    new = Catalog(
        locale=language,
        project="fatf-kit",
        charset="utf-8",
        header_comment="# fatf-kit: working translation, never FATF's own words.",
        version=tool_version(),
        last_translator="fatf-kit",
        language_team=language,
        msgid_bugs_address="see README.md",
        creation_date=_FIXED,
        revision_date=_FIXED,
        fuzzy=False,
    )
    if len(old):  # keep the file's plural forms: those of Babel change between versions
        new.mime_headers = [("Plural-Forms", old.plural_forms)]
    wanted = dict.fromkeys(messages)
    keys = {_list_forms(message)[0] for message in wanted}
    spare = {
        _as_message(entry.previous_id or entry.id): entry
        for entry in (*_list_entries(old), *old.obsolete.values())
        if _list_forms(entry.id)[0] not in keys and any(_list_forms(entry.string))
    }
    used = set()
    for message in wanted:
        own = old.get(message)
        if own is not None and any(_list_forms(own.string)):
            new.add(**_take_over(own, own.previous_id or own.id, message, new.num_plurals))
        elif english := message if message in spare else _find_nearest(message, spare if own is None else ()):
            used.add(english)
            new.add(**_take_over(spare[english], english, message, new.num_plurals))
        else:
            new.add(message)
    if any(entry.fuzzy or not all(_list_forms(entry.string)) for entry in _list_entries(new)):
        new.obsolete = {
            _list_forms(english)[0]: Entry(english, entry.string)
            for english, entry in spare.items()
            if english not in used
        }
    return new


def _take_over(entry: Entry, english: Texts, message: Message, count: int) -> dict[str, Any]:
    """Return what the catalogue records for a message that has the translation of an entry, made from some English."""
    previous = _list_forms(english) if _as_message(english) != message else ()
    if not previous and entry.id != message:  # the correction was undone; the translation may have followed it
        previous = _list_forms(entry.id)
    return {
        "id": message,
        "string": _fit_forms(entry.string, message, count),
        "flags": {*entry.flags, "fuzzy"} if previous else entry.flags,
        "user_comments": entry.user_comments,
        "previous_id": previous,
    }


def list_fuzzy(catalogue: Catalog) -> Iterator[Entry]:
    """Yield the entries of a catalogue whose translation is not confirmed for their present English."""
    return (entry for entry in _list_entries(catalogue) if entry.fuzzy)


def confirm_catalogues(languages: Sequence[str], folder: Path = FOLDER) -> int:
    """Confirm the fuzzy translations of some languages, of every one if none is named, and print each.

    Those that lack a form or a placeholder of their English stay fuzzy and are printed too; the exit code is then 1.
    """
    is_complete = True
    for language in languages or sorted(path.stem for path in folder.glob("*.po")):
        catalogue = read_catalogue(language, folder)
        if not len(catalogue):
            print(f"{language}.po has no messages.")
            is_complete = False
            continue
        for entry in list_fuzzy(catalogue):
            fault = find_fault(entry)
            print(f"{language}.po: {f'not confirmed, {fault}' if fault else 'confirmed'}")
            print(f"  is:  {_show(entry.id)}\n  now: {_show(entry.string)}")
            if fault:
                is_complete = False
            else:
                entry.flags.discard("fuzzy")
                entry.previous_id = []
        messages = [_as_message(entry.id) for entry in _list_entries(catalogue)]
        _write(update_catalogue(catalogue, messages, language), language, folder)
    return 0 if is_complete else 1


def find_fault(entry: Entry) -> str:
    """Find why a translation cannot be used: a form is missing, or its placeholders differ; "" where it can.

    A plural form may leave out its number, which its words say.

    >>> find_fault(Entry("{n} gaps in {unit}", "{n} lacunes"))
    'its placeholders are {n}, those of the English {n} {unit}'
    """
    forms, english = _list_forms(entry.string), _list_forms(entry.id)
    if not all(forms):
        return "a form is missing"
    may_leave_out = _COUNTS if len(english) > 1 else set()
    needed = list_placeholders(english[-1])
    for form in forms:
        present = list_placeholders(form)
        if sorted({*present, *may_leave_out}) != sorted({*needed, *may_leave_out}) or len(present) > len(needed):
            return f"its placeholders are {_show_names(present)}, those of the English {_show_names(needed)}"
    return ""


def list_placeholders(text: str) -> list[str]:
    """List the names of the placeholders of a message, sorted; one that is used twice is there twice."""
    return sorted(name for _, name, _, _ in string.Formatter().parse(text) if name)


def _show_names(names: Iterable[str]) -> str:
    return " ".join(f"{{{name}}}" for name in names) or "none"


def _find_nearest(message: Message, texts: Iterable[Message]) -> Message | None:
    """Find the text that a message probably corrects; None if none is near enough."""
    matcher = SequenceMatcher(autojunk=False)  # its guess at frequent letters misjudges long texts
    matcher.set_seq2(_fold(message))
    best, nearest = 0.0, None
    for text in texts:
        matcher.set_seq1(_fold(text))
        least = max(best, _NEAR)
        if matcher.real_quick_ratio() >= least and matcher.quick_ratio() >= least and matcher.ratio() >= least:
            best, nearest = matcher.ratio(), text
    return nearest


def _fold(message: Message) -> str:
    return _list_forms(message)[-1].casefold()


def _fit_forms(translation: Texts, message: Message, count: int) -> str | tuple[str, ...]:
    """Return a translation with the forms of a message: the last one alone, or as many as the language has."""
    forms = _list_forms(translation)
    if isinstance(message, str):
        return next(form for form in reversed(forms) if form)
    return (*forms, *[""] * count)[:count] if len(forms) > 1 else (*[""] * (count - 1), *forms)


def _list_entries(catalogue: Catalog) -> Iterator[Entry]:
    """Yield the entries of a catalogue without its header."""
    return (entry for entry in catalogue if entry.id)


def _list_forms(text: Texts) -> tuple[str, ...]:
    if not text:
        return ("",)
    return (text,) if isinstance(text, str) else tuple(text)


def _as_message(text: Texts) -> Message:
    forms = _list_forms(text)
    return (forms[0], forms[1]) if len(forms) > 1 else forms[0]


def _show(text: Texts) -> str:
    return " | ".join(_list_forms(text))


def _write(catalogue: Catalog, language: str, folder: Path) -> None:
    """Write a catalogue, each fuzzy entry with its previous English, which Babel would break within a text."""
    before = {
        f"msgid {normalize(_list_forms(entry.id)[0], width=100)}\n": "".join(
            f"#| {keyword} {normalize(text, width=0)}\n".replace('\n"', '\n#| "')
            for keyword, text in zip(("msgid", "msgid_plural"), entry.previous_id, strict=False)
        )
        for entry in list_fuzzy(catalogue)
    }
    parts = (before.get(part, "") + part for part in generate_po(catalogue, width=100, sort_by="message"))
    lines = "".join(parts).splitlines(keepends=True)
    folder.mkdir(parents=True, exist_ok=True)
    write_file(folder / f"{language}.po", "".join(line for line in lines if not line.startswith(_MADE_BY)).encode())
