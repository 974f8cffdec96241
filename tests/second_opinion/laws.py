"""The proof that a register of laws gives, worked out a second time from the method page alone.

Everything follows "The register of laws" of `docs/method.md`. Nothing of fatf-kit is imported.

A register is a dictionary:

- `laws`: by id ("L-003") `kind` (None: open), `status`, `from`, `until`, `expected`, `day`, `is_checked` and `under`,
  the ids of the acts that it is made under,
- `provisions`: `law`, `article`, `from` and `until`,
- `links`: `law`, `article`, `requirement`, `covers_all` and `is_checked`.

An instrument that an answer cites has `law`, the id that it means (absent: none), and `articles`, their numbers.
"""

from __future__ import annotations

from datetime import date
from typing import Any

LONG_AGO = date(1, 1, 1)


def applied(given: dict[str, Any]) -> dict[str, Any]:
    """The same assessment with the kinds and dates of its register, and with what it links."""
    register = given["register"]
    answers = {
        key: [_reply(reply, register, _links(key, register)) for reply in replies]
        for key, replies in given["answers"].items()
    }
    return {**given, "answers": answers}


def _reply(reply: dict[str, Any], register: dict[str, Any], linked: list[dict[str, Any]]) -> dict[str, Any]:
    article = next((typed["article"] for typed in reply["typed"] if typed["article"]), "")
    typed = [one for cited in reply["typed"] for one in _facts(cited, cited["from"] or reply["date"], register)]
    items = [
        one
        for item in reply["items"]
        for one in _facts({**item, "article": item["article"] or article}, item["from"] or reply["date"], register)
    ]
    return {**reply, "typed": typed, "items": items, "linked": linked}


def _facts(cited: dict[str, Any], day: date | None, register: dict[str, Any]) -> list[dict[str, Any]]:
    """One fact for each provision that is cited, or one about the whole law; what is only proposed changes nothing."""
    law = register["laws"].get(cited.get("law"))
    if law is None or not law["is_checked"]:
        return [cited]
    provisions = [
        one for one in register["provisions"] if one["law"] == cited["law"] and one["article"] in cited["articles"]
    ]
    return [_fact(cited["law"], provision, cited, day, register) for provision in provisions or [None]]


def _fact(
    name: str, provision: dict[str, Any] | None, cited: dict[str, Any], day: date | None, register: dict[str, Any]
) -> dict[str, Any]:
    laws = register["laws"]
    law, acts = laws[name], [laws[act] for act in _acts(name, laws)]
    begins = (provision and provision["from"]) or law["from"] or day
    if begins is None and law["status"] == "adopted":
        begins = law["expected"]
    starts = [act["from"] or act["expected"] for act in acts if begins is not None or act["status"] == "adopted"]
    ends = [provision and provision["until"], *map(_end, [law, *acts])]
    is_law = all(one["status"] not in ("drafting", "bill") for one in (law, *acts))
    return {
        **cited,
        "kind": (law["kind"] or cited["kind"]) if is_law else None,
        "is_certain": law["kind"] is not None or "id" in cited,  # people choose the kind of an item of evidence
        "from": max((one for one in (begins, *starts) if one), default=None),
        "until": min((one for one in ends if one), default=None),
    }


def _acts(name: str, laws: dict[str, Any]) -> list[str]:
    """The checked acts that a law is made under, directly or through others."""
    found: list[str] = []
    todo = list(laws[name]["under"])
    while todo:
        act = todo.pop()
        if act not in (name, *found) and laws[act]["is_checked"]:
            found.append(act)
            todo += laws[act]["under"]
    return found


def _end(law: dict[str, Any]) -> date | None:
    """The last day of a law; one that is suspended or repealed without a last day has ended."""
    if law["until"] is None and law["status"] in ("suspended", "repealed"):
        last: date = law["from"] or law["day"] or LONG_AGO
        return last
    until: date | None = law["until"]
    return until


def _links(key: str, register: dict[str, Any]) -> list[dict[str, Any]]:
    """The proof that a checked link puts on file where it covers all of a requirement."""
    found = []
    for link in register["links"]:
        is_on_file = link["is_checked"] and link["covers_all"] and register["laws"][link["law"]]["is_checked"]
        if link["requirement"] == key and is_on_file:
            cited = {
                "kind": None,
                "article": f"art. {link['article']}",
                "law": link["law"],
                "articles": [link["article"]],
            }
            found.append(_facts(cited, None, register)[0])
    return found
