"""How long 30,000 citations take to be matched with a register of laws, and how large the page of its concordance is.

python -m benchmarks.laws [--instruments 2000] [--provisions 20000] [--citations 30000] [--runs 5]

The citations are those of 40 agencies. Every run is a process of its own and prints seconds of the clock without
imports: citations resolved (and processor time for that), the concordance built, its page rendered; and the megabytes
of the page. The texts are made up, in three languages and several forms.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import time
from datetime import date
from random import Random
from statistics import median

from fatf_kit.assessment.answers.evidence import collect_evidence_facts
from fatf_kit.assessment.answers.model import Answer, EvidenceKind, ResponseSet
from fatf_kit.core.messages import Translator
from fatf_kit.core.ratings import CriterionRating
from fatf_kit.framework import load_framework
from fatf_kit.framework.catalog import index_requirements
from fatf_kit.laws.citations import collect_citations
from fatf_kit.laws.concordance import build_concordance
from fatf_kit.laws.concordance_report import build_concordance_report
from fatf_kit.laws.evidence import apply_register
from fatf_kit.laws.instrument_list import LawImprint
from fatf_kit.laws.matching import CitationMatcher
from fatf_kit.laws.model import Instrument, LawRegister, Provision
from fatf_kit.report.formats.html import render_document
from fatf_kit.scoring import assess, load_policy

AGENCIES = 40
SUBJECTS = {
    "en": ("banking", "insurance", "customs", "companies", "charities", "trusts", "seizure", "extradition"),
    "ar": ("المصارف", "التأمين", "الجمارك", "الشركات", "الجمعيات", "الائتمان", "الحجز", "تسليم المجرمين"),
    "fr": ("banques", "assurances", "douanes", "sociétés", "associations", "fiducies", "saisies", "extradition"),
}
AREAS = {
    "en": ("supervision", "licensing", "reporting", "records", "sanctions", "registers", "inspection"),
    "ar": ("رقابة", "ترخيص", "إبلاغ", "سجلات", "جزاءات", "قيود", "تفتيش"),
    "fr": ("contrôle", "agrément", "déclaration", "archives", "sanctions", "registres", "inspection"),
}
FORMS = (
    "Law No. ({number}) of {year}, art. {article}",
    "Law {number}/{year} on {area} of {subject}, arts. {article}-{next}",
    "art. {article} of Law no. {number} of {year}",
    "قانون رقم {number} لسنة {year}، المادة {article}",
    "المادة {article} من القانون رقم ({number}) لسنة {year}",
    "loi n° {number} de {year}, article {article}",
    "Law on {area} of {subject} {year}, art. {article}",  # a question: no number
)


def make_register(instruments: int, provisions: int) -> LawRegister:
    """Laws of several years with titles in three languages, and their articles in turn."""
    listed = []
    for at in range(instruments):
        number, year = at % 80 + 1, 1990 + at // 80
        words = {name: (AREAS[name][at % 7], SUBJECTS[name][at % 8]) for name in SUBJECTS}
        titles = {
            "en": f"Law No. {number} of {year} on {words['en'][0]} of {words['en'][1]}",
            "ar": f"قانون رقم {number} لسنة {year} بشأن {words['ar'][0]} {words['ar'][1]}",
            "fr": f"Loi n° {number} de {year} relative à {words['fr'][0]} des {words['fr'][1]}",
        }
        listed.append(
            Instrument(
                id=f"L-{at + 1:04}", titles=titles, kind=EvidenceKind.LAW, number=str(number), year=year,
                in_force_from=date(year, 1, 1),
            )
        )  # fmt: skip
    each = provisions // instruments
    articles = (
        Provision(instrument=one.id, article=f"art. {n}", heading=f"Article {n} of {one.titles['en']}")
        for one in listed
        for n in range(1, each + 1)
    )
    return LawRegister(instruments=tuple(listed), provisions=tuple(articles))


def make_answers(register: LawRegister, citations: int) -> ResponseSet:
    """Answers of the agencies to criteria in turn, each citing one law in one of the forms; the same every time."""
    chance = Random(27)  # noqa: S311 - nothing secret
    criteria = [name for name in index_requirements(load_framework("fatf-2022")) if name.startswith("R.")]
    answers = []
    for at in range(citations):
        law = chance.choice(register.instruments)
        place, article = int(law.id[2:]) - 1, chance.randint(1, 12)
        cited = FORMS[at % len(FORMS)].format(
            number=law.number, year=law.year, article=article, next=article + 1,
            area=AREAS["en"][place % 7], subject=SUBJECTS["en"][place % 8],
        )  # fmt: skip
        answers.append(
            Answer(
                requirement=criteria[at // AGENCIES % len(criteria)],
                rating=CriterionRating.MET,
                citation=cited,
                agency=f"agency-{at % AGENCIES:02}",
            )
        )
    return ResponseSet(edition="fatf-2022", answers=tuple(answers))


def measure_here(instruments: int, provisions: int, citations: int) -> dict[str, float]:
    """The figures of one run, in this very process."""
    register = make_register(instruments, provisions)
    responses = make_answers(register, citations)
    framework = load_framework("fatf-2022")
    first = {one.requirement: one for one in reversed(responses.answers)}
    settled = ResponseSet(edition="fatf-2022", answers=tuple(first.values()))
    proof = apply_register(
        collect_evidence_facts(settled, core_issues={}, country=None), register, CitationMatcher(register, None)
    )
    assessment = assess(framework, settled, load_policy(), facts=proof)
    collect_citations(make_answers(register, 10), CitationMatcher(make_register(10, 10), None))  # load vocabularies
    start, processor = time.perf_counter(), time.process_time()
    found = collect_citations(responses, CitationMatcher(register, None))
    resolved, processor = time.perf_counter(), time.process_time() - processor
    concordance = build_concordance(
        register, found, framework, assessment, country=None, languages=("ar", "fr"), today=date(2026, 11, 28)
    )
    built = time.perf_counter()
    imprint = LawImprint(
        country="Ruritania", edition=framework.full_title, generated_at="2026-11-28", tool="", languages=("ar", "fr")
    )
    page = render_document(build_concordance_report(concordance, framework, imprint, Translator("en")).document)
    return {
        "resolve": resolved - start,
        "processor": processor,
        "build": built - resolved,
        "render": time.perf_counter() - built,
        "megabytes": len(page) / 1e6,
        "sure": sum(one.match.instrument is not None for one in found) / len(found),
    }


def measure(instruments: int, provisions: int, citations: int) -> dict[str, float]:
    """The same in a process of its own."""
    sizes = map(str, (instruments, provisions, citations))
    command = [sys.executable, "-W", "ignore", "-m", "benchmarks.laws", "--measure", *sizes]
    return dict(json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout))


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--instruments", type=int, default=2_000)
    parser.add_argument("--provisions", type=int, default=20_000)
    parser.add_argument("--citations", type=int, default=30_000)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--measure", nargs=3, type=int, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.measure:
        print(json.dumps(measure_here(*given.measure)))
        return
    taken = [measure(given.instruments, given.provisions, given.citations) for _ in range(given.runs)]
    for name in taken[0]:
        print(f"{name:9} {median(one[name] for one in taken):.2f}")


if __name__ == "__main__":
    main()
