"""Reading of JSON files: checked against their schema and converted into frozen values.

Duplicate keys, NaN and very deep nesting are refused. This is the only module that imports jsonschema, and with
`json_shapes` the only one that imports msgspec. Schemas are fatf-kit's own and are never fetched from anywhere.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache
from operator import attrgetter
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from fatf_kit.core.errors import FrameworkError
from fatf_kit.core.file_limits import refusal_reason
from fatf_kit.core.files import shown_name
from fatf_kit.core.message_facts import Phrase
from fatf_kit.core.national_words import base_language, localise
from fatf_kit.core.overlays import find_translation, overlay
from fatf_kit.core.problems import CellRef, Problem, make_problem
from fatf_kit.core.resources import data_folder
from fatf_kit.core.schema_errors import describe_schema_error

if TYPE_CHECKING:
    from jsonschema.protocols import Validator
    from referencing import Registry

Value = TypeVar("Value")

_RESERVED_KEYS = {"for_": "for", "from_": "from", "with_": "with"}
"""The keys of fields whose names would be words of Python."""


def load_json(path: Path, schema: str | None = None, name: str | None = None) -> tuple[Any, tuple[Problem, ...]]:
    """Return the parsed file and every fault in it; the value is None if the file cannot be parsed.

    `schema` is a file name in frameworks/schema/, `name` the name of the file in messages. Keys that start with
    "$" at the top are for editors and are dropped.

    Raises:
        OSError: the file cannot be read.
    """
    shown = name or shown_name(path)
    if unfit := refusal_reason(path):
        return None, (make_problem("data-json", CellRef(file=shown), why=unfit),)
    try:
        data = json.loads(
            path.read_text(encoding="utf-8-sig"), object_pairs_hook=_refuse_duplicates, parse_constant=_refuse_nan
        )
    except (ValueError, RecursionError) as fault:
        return None, (make_problem("data-json", CellRef(file=shown), why=_plain(fault)),)
    if isinstance(data, dict):
        data.pop("$schema", None)
    return data, check_json(data, schema, shown) if schema else ()


def load_value(path: Path, kind: type[Value], schema: str, language: str | None = None) -> Value:
    """Return the content of a bundled JSON file as a frozen value, its texts in a language.

    `kind` is a frozen dataclass whose fields have the names of the file's keys: arrays become tuples or frozensets,
    texts become dates and members of closed vocabularies, as the annotations say. A key that `kind` does not name is
    for people and is left out; a key that is absent takes the default of its field. A text without a translation stays
    English. Without `language` a text that the file itself gives by language ({"en": …, "ar": …}) stays as it is.

    Raises:
        FrameworkError: the file does not conform to its schema or to `kind`.
        OSError: the file cannot be read.

    >>> found = load_value(data_folder("frameworks") / "published" / "groups.json", dict, "groups.schema.json")
    >>> "IRQ" in next(group for group in found["groups"] if group["id"] == "MENAFATF")["assessed_by_it"]
    True
    """
    data, problems = load_json(path, schema)
    if problems:
        raise FrameworkError(
            "{file} does not conform to {schema}. {problem}", file=path.name, schema=schema, problem=problems[0]
        )
    if language is not None:
        data = overlay(data, localise(load_texts(path, language), language))
        data = _choose_texts(data, language)
    return convert_value(data, kind, path.name)


def convert_value(data: Any, kind: type[Value], name: str) -> Value:
    """Return parsed JSON that conforms to its schema as a frozen value; `name` is the file in messages.

    Raises:
        FrameworkError: a value has another type than the field of `kind`.
    """
    import msgspec

    try:
        return msgspec.convert(data, kind, str_keys=True)  # keys of JSON are texts, those of a mapping may be numbers
    except msgspec.ValidationError as fault:
        raise FrameworkError(
            "{file} cannot be read as {kind_of_data}: {reason}", file=name, kind_of_data=kind.__name__, reason=fault
        ) from fault


def load_texts(path: Path, language: str) -> dict[str, Any]:
    """Return the translations of a bundled JSON file into a language; nothing where there are none.

    Raises:
        FrameworkError: the translation is not valid JSON.
    """
    translation = find_translation(path, data_folder("frameworks"), language)
    texts, problems = load_json(translation) if translation.is_file() else ({}, ())
    if problems:
        raise FrameworkError(problems[0])
    found: dict[str, Any] = texts
    return found


def _choose_texts(data: Any, language: str) -> Any:
    """Return the data with each text that the file gives by language replaced by the one in a language."""
    if isinstance(data, list):
        return [_choose_texts(item, language) for item in data]
    if not isinstance(data, dict):
        return data
    if "en" in data:
        return localise(data.get(base_language(language), data["en"]), language)
    return {key: _choose_texts(value, language) for key, value in data.items()}


def make_json_value(value: object) -> Any:
    """Return a frozen value as JSON has it: fields by name in their order, tuples as lists, dates and codes as texts.

    A field like `from_` becomes the key "from", which Python does not allow as a name.

    >>> make_json_value((Path("a").suffix, True, None, Phrase("row {row}", row=5)))
    ['', True, None, 'row 5']
    """
    import msgspec

    encoded = msgspec.json.encode(value, enc_hook=_to_plain)
    for field, key in _RESERVED_KEYS.items():
        # Inside a text of JSON a quotation mark has a backslash before it, so that only a key is found here.
        encoded = encoded.replace(f'"{field}":'.encode(), f'"{key}":'.encode())
    return msgspec.json.decode(encoded)


def _to_plain(value: object) -> str | int:
    """Return a text, a day or a number of a class of its own, such as a `Phrase`, as its words or its number alone."""
    if isinstance(value, int):
        return int(value)
    if isinstance(value, str | date):
        return str(value)
    raise NotImplementedError(f"{type(value).__name__} is no value that JSON can hold.")


def make_json_object(value: object, *names: str, **paths: str) -> dict[str, Any]:
    """Return some fields of a frozen value as JSON has them.

    `names` are keys that are fields too, `paths` give the field of another key; after a dot is a field of that field.

    >>> make_json_object(Path("terms/R.10.json"), "name", folder="parent.name")
    {'name': 'R.10.json', 'folder': 'terms'}
    """
    fields = {**{name: name for name in names}, **paths}
    found: dict[str, Any] = make_json_value({key: attrgetter(field)(value) for key, field in fields.items()})
    return found


def derive_schema(
    kinds: Iterable[type[object]], name: str, title: str, *, is_read_again: bool = False
) -> dict[str, Any]:
    """Derive the JSON Schema of frozen dataclasses, of which a document is one, under the name of its file.

    It allows no other keys. A field with a default is required, because it is always written, unless the document
    `is_read_again`: files of earlier versions may lack it. Docstrings become descriptions, without their examples. A
    class with type parameters has no entry of its own in "$defs", because its names there would be names of Python
    types.
    """
    import msgspec

    forms, definitions = msgspec.json.schema_components(kinds)
    for definition in definitions.values():
        if definition.get("type") == "object":
            definition["additionalProperties"] = False
        if properties := definition.get("properties"):
            written = () if is_read_again else (key for key in properties if "default" in properties[key])
            required = {*definition["required"], *written}
            definition["required"] = [_RESERVED_KEYS.get(key, key) for key in properties if key in required]
            definition["properties"] = {
                _RESERVED_KEYS.get(key, key): {name: part for name, part in value.items() if name != "default"}
                for key, value in properties.items()
            }
        if "description" in definition:
            definition["description"] = definition["description"].partition("\n\n>>> ")[0]
    generic = {key: definitions.pop(key) for key in [*definitions] if "[" in definitions[key]["title"]}
    head = {"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": name, "title": title}
    schema = forms[0] if len(forms) == 1 else {"anyOf": [*forms]}
    return {**head, **_insert_definitions({**schema, "$defs": definitions}, generic)}


def _insert_definitions(node: Any, definitions: Mapping[str, Any]) -> Any:
    """Return a schema in which references to some of its definitions are replaced by these, without their titles."""
    if isinstance(node, list):
        return [_insert_definitions(part, definitions) for part in node]
    if not isinstance(node, dict):
        return node
    definition = definitions.get(str(node.get("$ref")).removeprefix("#/$defs/"))
    parts = node if definition is None else {key: part for key, part in definition.items() if key != "title"}
    return {key: _insert_definitions(part, definitions) for key, part in parts.items()}


def check_json(data: Any, schema: str, name: str) -> tuple[Problem, ...]:
    """Return every fault that the schema finds in the data, with its path inside the file."""
    faults = sorted(_validator(schema).iter_errors(data), key=lambda fault: [str(step) for step in fault.absolute_path])
    return tuple(
        make_problem(
            "data-schema", CellRef(file=name, cell=fault.json_path), why=describe_schema_error(fault), schema=schema
        )
        for fault in faults
    )


def fingerprint_files(paths: Iterable[Path]) -> str:
    """Return the "sha256:…" of the files' names and texts; line ends do not matter, because Git may change them."""
    total = hashlib.sha256()
    for path in paths:
        total.update(path.name.encode() + b"\0" + path.read_bytes().replace(b"\r\n", b"\n") + b"\0")
    return f"sha256:{total.hexdigest()}"


@cache
def _validator(schema: str) -> Validator:
    from jsonschema import Draft202012Validator

    return Draft202012Validator(_schemas().contents(schema), registry=_schemas())


@cache
def _schemas() -> Registry[Any]:
    from referencing import Registry, Resource

    folder = data_folder("frameworks") / "schema"
    pages = [
        (page.name, Resource.from_contents(json.loads(page.read_text(encoding="utf-8"))))
        for page in folder.glob("*.json")
    ]
    return Registry().with_resources(pages).crawl()


def _refuse_duplicates(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            raise ValueError(Phrase("the key '{key}' occurs twice in one object", key=key))
        found[key] = value
    return found


def _refuse_nan(token: str) -> float:
    raise ValueError(Phrase("'{found}' is not a JSON number", found=token))


def _plain(fault: BaseException) -> str:
    if isinstance(fault, UnicodeDecodeError):
        return "it is not UTF-8 text"
    if isinstance(fault, json.JSONDecodeError):
        return Phrase("there is an error in line {line}, column {column}", line=fault.lineno, column=fault.colno)
    return "it is nested too deeply" if isinstance(fault, RecursionError) else fault.args[0]
