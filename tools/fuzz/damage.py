"""Damage good files in the ways in which files are damaged in practice, and in worse ones."""

from __future__ import annotations

import copy
import csv
import io
import json
import zipfile
from collections.abc import Callable
from random import Random
from typing import Any

VALUES: tuple[Any, ...] = (
    None, True, False, 0, -1, 1e308, 10**40, 2.5, "", " ", "\x00", "\ud800", "NA", "nan", "10.10", "R.10/10.10",
    "R.2/2.1", "IO.6/6.1", "٢٠٢٧-٠٣-١٩", "2027-02-30", "31/12/9999", "=1+1", "x" * 40_000,
    "\u202e\u200f", "é́", "\r\n", ";,\t\"'",
    "../../x", "CON", [], {}, [[]], {"": None}, ["a", "a"], "met", "largest", "-0", "1e5", "½", "\ufeff",
)  # fmt: skip
"""Values that replace a cell or the value of a key."""

TOKENS = (
    b"\x00",
    b"\xff\xfe",
    b"<",
    b"&",
    b"]]>",
    b'"',
    b"'",
    b",",
    b";",
    b"\n",
    b"\r",
    b"\xd8\xa7",
    b"}",
    b"[",
    b"1" * 400,
)

DamageFunction = Callable[[bytes, Random], bytes]


def damage_bytes(data: bytes, random: Random) -> bytes:
    """Flip bits; delete, double or insert pieces."""
    found = bytearray(data)
    for _ in range(random.choice((1, 1, 2, 5, 20))):
        at = random.randrange(len(found) + 1)
        end = min(len(found), at + random.choice((1, 1, 3, 30, 400)))
        match random.randrange(5):
            case 0 if at < len(found):
                found[at] ^= 1 << random.randrange(8)
            case 1:
                del found[at:end]
            case 2:
                found[at:at] = found[at:end]
            case 3:
                found[at:at] = random.choice(TOKENS)
            case _:
                found = found[:at] if random.random() < 0.1 else found
    return bytes(found)


def damage_json(data: bytes, random: Random) -> bytes:
    """Replace, delete or double a value, a key or a branch of the document."""
    if random.random() < 0.15:
        return damage_bytes(data, random)
    whole = json.loads(data)
    for _ in range(random.choice((1, 1, 2, 4))):
        nodes = [node for node in _collect_nodes(whole) if node]
        if not nodes:
            break
        node = random.choice(nodes)
        key = random.choice(list(node) if isinstance(node, dict) else range(len(node)))
        match random.randrange(4):
            case 0:
                del node[key]
            case 1 if isinstance(node, dict):
                node[str(random.choice(VALUES))[:50]] = node.pop(key)
            case 2 if isinstance(node, list):
                node.insert(key, node[key])
            case _:
                node[key] = copy.deepcopy(random.choice(VALUES))
    return json.dumps(whole).encode()


def _collect_nodes(value: Any) -> list[Any]:
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    own = [value] if isinstance(value, dict | list) else []
    return own + [node for one in inner for node in _collect_nodes(one)]


def damage_csv(data: bytes, random: Random) -> bytes:
    """Replace, delete or double cells, rows and columns of a table; change its separator, line ends and encoding."""
    if random.random() < 0.2:
        return damage_bytes(data, random)
    rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"))))
    for _ in range(random.choice((1, 2, 5, 20))):
        row = random.choice(rows)
        at = random.randrange(len(row)) if row else 0
        match random.randrange(8):
            case 0:
                row.append(str(random.choice(VALUES)))
            case 1:
                rows.append(list(row))
            case 2 if len(rows) > 2:
                rows.remove(row)
            case 3:
                rows[0].append(random.choice(rows[0] or [""]))
            case _ if row:
                row[at] = str(random.choice(VALUES))
    out = io.StringIO()
    ends = random.choice(("\n", "\r\n"))
    csv.writer(out, delimiter=random.choice(",,,;\t|"), lineterminator=ends).writerows(rows)
    encoding = random.choice(("utf-8", "utf-8-sig", "utf-8", "cp1256", "utf-16"))
    return out.getvalue().encode(encoding, "surrogatepass" if encoding.startswith("utf-8") else "replace")


def damage_package(data: bytes, random: Random) -> bytes:
    """Damage or delete a part inside a workbook; the package itself stays a valid archive."""
    if random.random() < 0.1:
        return damage_bytes(data, random)
    source = zipfile.ZipFile(io.BytesIO(data))
    parts = {name: source.read(name) for name in source.namelist()}
    for _ in range(random.choice((1, 1, 2, 4))):
        name = random.choice(list(parts))
        match random.randrange(6):
            case 0:
                del parts[name]
                if not parts:
                    return b"PK"
            case 1:
                parts[name] = damage_bytes(parts[name], random)
            case _:
                parts[name] = _damage_xml(parts[name], random)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return out.getvalue()


def _damage_xml(part: bytes, random: Random) -> bytes:
    """Replace an attribute's value or a text between tags by another of the part, or by a number that is too large."""
    pieces = part.split(b'"' if random.random() < 0.6 else b">")
    glue = b'"' if part.count(b'"') >= len(pieces) - 1 and b'"'.join(pieces) == part else b">"
    if len(pieces) < 3:
        return damage_bytes(part, random)
    for _ in range(random.choice((1, 2, 8))):
        at = random.randrange(len(pieces))
        pieces[at] = random.choice(
            (random.choice(pieces), b"-1", b"4294967296", b"1048577", b"", b"XFE1", b"A0", b"1e400")
        )
    return glue.join(pieces)
