"""The made-up NPO register of Ruritania: 2,000 bodies, and the same with Arabic headings and words.

Everything in it is invented; no body exists. The bytes are the same each time.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterable
from datetime import date
from pathlib import Path

from fatf_kit.core.store import write_file
from fatf_kit.examples.rows import render_csv
from fatf_kit.examples.texts import SOURCE_LANGUAGE, copy_source, read_example
from fatf_kit.npo.measures.workbook import write_measures_workbook
from fatf_kit.npo.method.load import load_method

BODIES = 2_000
SEED = 8
PROVINCES = ("Strelsau", "Zenda", "Hentzau", "Tarlenheim", "Modenstein", "Krafstein", "Eastmarch")
PROVINCES_IN_ARABIC = dict(
    zip(PROVINCES, ("ستريلساو", "زندا", "هنتزاو", "تارلنهايم", "مودنشتاين", "كرافشتاين", "إيستمارش"), strict=True)
)
ACTIVITIES = (("relief", 10), ("health", 12), ("education", 18), ("social", 20), ("culture", 12), ("sport", 10),
              ("environment", 6), ("religious", 8), ("rights_advocacy", 4))  # fmt: skip
FORMS = (("association", 60), ("foundation", 18), ("company", 8), ("trust", 3), ("waqf", 3), ("club", 5), ("union", 2),
         ("foreign_branch", 1))  # fmt: skip
PURPOSES = {"relief": "charitable", "health": "charitable", "education": "educational", "social": "social",
            "culture": "cultural", "sport": "social", "environment": "other_good_works", "religious": "religious",
            "rights_advocacy": "social"}  # fmt: skip
ABROAD = (("TR", 20), ("JO", 20), ("LB", 12), ("SY", 12), ("YE", 6), ("SO", 6), ("FR", 14), ("KE", 10))
TRIGGERS = ("screening_result", "verification", "tf_cases")
ASSESSED = ("partner_chain", "payments_to_individuals")
GOOD = ("partner_checks", "end_use_checks", "accounts_examined", "governing_body", "financial_control")


def list_bodies() -> list[dict[str, str]]:
    """Return the bodies, by column id, as codes."""
    chance = random.Random(SEED)  # noqa: S311 - a made-up register, nothing secret
    return [_body(number, chance) for number in range(1, BODIES + 1)]


def _body(number: int, chance: random.Random) -> dict[str, str]:
    activity, form = _one(ACTIVITIES, chance), _one(FORMS, chance)
    abroad = chance.random() < (0.35 if activity == "relief" else 0.06)
    income = int(chance.lognormvariate(10, 1.6))
    due, seen = 3, chance.random()
    body = {
        "npo_id": f"RU-{number:05d}",
        "legal_form": form,
        "status": _one((("active", 72), ("dormant", 20), ("dissolved", 5), ("", 3)), chance),
        "registration_date": f"{chance.randint(1985, 2026)}-{chance.randint(1, 9):02d}-{chance.randint(1, 28):02d}",
        "region": chance.choice(PROVINCES),
        "activity": activity,
        "purpose": "" if chance.random() < 0.04 else PURPOSES[activity],
        "raises_or_disburses": _one((("yes", 80), ("no", 12), ("", 8)), chance),
        "total_income": str(income) if chance.random() < 0.9 else "",
        "total_spending": str(int(income * chance.uniform(0.7, 1.1))) if chance.random() < 0.85 else "",
        "works_abroad": "yes" if abroad else "no" if chance.random() < 0.9 else "",
        "operating_countries": "; ".join(sorted({_one(ABROAD, chance) for _ in range(2)})) if abroad else "",
        "overseas_spend_share": f"{chance.randint(5, 90)}%" if abroad and chance.random() < 0.7 else "",
        "cash_income_share": f"{min(99, int(chance.expovariate(1 / 15)))}%" if chance.random() < 0.6 else "",
        "payment_channels": _one(
            (("bank", 60), ("bank; cash", 25), ("cash", 10), ("bank; hawala", 2), ("", 3)), chance
        ),
        "fundraising_methods": _one(
            (("membership", 30), ("named_gifts", 30), ("boxes; named_gifts", 15), ("street", 8), ("", 17)), chance
        ),
        "trustees": str(chance.randint(1, 9)) if chance.random() < 0.9 else "",
        "filings_due": str(due),
        "filings_received": str(due if seen < 0.6 else chance.randint(0, due)),
        "screening_result": _one((("1", 90), ("2", 6), ("3", 2), ("5", 0.2), ("", 2)), chance),
        "verification": _one((("1", 80), ("2", 12), ("3", 5), ("5", 0.2), ("", 3)), chance),
        "tf_cases": _one((("1", 97), ("2", 1.5), ("4", 0.2), ("", 1)), chance),
    }
    if abroad and chance.random() < 0.4:  # the few that a risk assessment is about
        body["payment_channels"] = _one((("cash", 40), ("bank; hawala", 40), ("exchange_house; cash", 20)), chance)
        body["fundraising_methods"] = _one((("street", 50), ("unreconciled", 50)), chance)
        body["cash_income_share"] = f"{chance.randint(40, 95)}%"
        body["partner_chain"] = _one((("4", 50), ("5", 30), ("", 20)), chance)
        body["payments_to_individuals"] = _one((("4", 50), ("5", 30), ("", 20)), chance)
    is_linked = any(body[column] in ("4", "5") for column in TRIGGERS)
    proof = (f"Made-up file {number}/2026", "Made-up prosecution service", "2026-05-12") if is_linked else ("", "", "")
    body |= dict(zip(("trigger_source", "trigger_office", "trigger_date"), proof, strict=True))
    body |= {column: "" for column in ASSESSED if column not in body}
    for column in GOOD:
        body[column] = _one((("1", 8), ("2", 20), ("3", 30), ("4", 22), ("5", 8), ("", 12)), chance)
    return body


def _one(weighted: tuple[tuple[str, float], ...], chance: random.Random) -> str:
    return chance.choices([value for value, _ in weighted], [weight for _, weight in weighted])[0]


def _write_in_arabic(body: dict[str, str]) -> dict[str, str]:
    """Return the same body with Arabic headings, words and digits."""
    method = load_method()
    digits = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
    said = {"yes": "نعم", "no": "لا", "": ""}
    made = {}
    for column, text in body.items():
        kind = method.columns[column]
        names = {code.code: code.name["ar"] for code in kind.codes}
        if kind.type in ("code", "codes"):
            shown = "؛ ".join(names.get(part, part) for part in text.split("; "))
        elif kind.type == "yes_no":
            shown = said[text]
        elif column == "region":
            shown = PROVINCES_IN_ARABIC[text]
        else:
            shown = text.translate(digits).replace("%", "٪") if kind.type in ("money", "count", "share") else text
        made[kind.name["ar"]] = shown
    return made


def write_sector(home: Path, languages: Iterable[str] = (SOURCE_LANGUAGE,)) -> list[Path]:
    """Write the register, the settings and the workbook of measures of each language, and return their paths.

    The register is in English; with Arabic among the languages, a second one is in Arabic.
    """
    bodies = list_bodies()
    written = [write_file(home / "register.csv", render_csv(bodies, "utf-8"))]
    for language in languages:
        end = "" if language == SOURCE_LANGUAGE else f"-{language}"
        if language == "ar":
            in_arabic = render_csv([_write_in_arabic(body) for body in bodies], "utf-8")
            written.append(write_file(home / f"register{end}.csv", in_arabic))
        written += [_write_measures(home / f"measures{end}.xlsx", language)]
        written += [_write_settings(home / f"settings{end}.json", language)]
    return written


def _write_measures(target: Path, language: str) -> Path:
    given = read_example("measures", language)
    days = {name: date.fromisoformat(given["answers"][name]) for name in ("last_review", "decided_on")}
    return write_measures_workbook(target, language, given["measures"], {**given["answers"], **days})


def _write_settings(target: Path, language: str) -> Path:
    if language == SOURCE_LANGUAGE:
        return copy_source("npo/settings.json", target)
    text = json.dumps(read_example("settings", language), ensure_ascii=False, indent=2)
    return write_file(target, f"{text}\n".encode())
