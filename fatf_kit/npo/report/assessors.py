"""The section lists assessors' questions on non-profit organisations, where this report answers them, and how."""

from __future__ import annotations

from collections.abc import Mapping
from operator import itemgetter

from fatf_kit.core.messages import Translator
from fatf_kit.core.national_words import choose_text
from fatf_kit.npo.measures.catalogue import load_npo_data
from fatf_kit.npo.model import NationalFactor, SectorResult
from fatf_kit.npo.report.figures import share
from fatf_kit.npo.report.names import Names
from fatf_kit.npo.report.sector import row
from fatf_kit.report.model import Bullets, DocumentTable, Paragraph, Section, TableCell, TableColumn, Tone


def assessors_section(titles: Mapping[str, str], t: Translator) -> Section:
    """Return a line for each requirement; `titles` are the sections of the report by anchor."""
    questions = load_npo_data("report")["questions"]
    return Section(
        anchor="assessors",
        title=t("What assessors ask, and where it is answered"),
        blocks=(
            DocumentTable(
                id="assessors-table",
                caption=t("R.8 and core issue 10.3"),
                columns=(
                    TableColumn(title=t("Requirement"), width=3),
                    TableColumn(title=t("What is asked"), width=6),
                    TableColumn(title=t("Answered in"), width=5),
                    TableColumn(title=t("To be brought besides"), width=6),
                ),
                rows=tuple(
                    row(
                        TableCell(text=question["requirement"], ltr=True),
                        choose_text(question["asks"], t.language),
                        t.points(titles[anchor] for anchor in question["answered_by"] if anchor in titles) or "–",
                        choose_text(question["bring"], t.language),
                    )
                    for question in questions
                ),
            ),
        ),
    )


def method_section(sector: SectorResult, names: Names, t: Translator, *, is_public: bool) -> Section:
    """Return how the classes came about, from which sources, and what the report does not do."""
    method, factors = load_npo_data("method"), load_npo_data("factors")
    register = sector.register
    return Section(
        anchor="method",
        title=t("How this was worked out"),
        blocks=(
            Paragraph(
                text=t(
                    "Indicative. The method is fatf-kit's own proposal and not calibrated; no authority has "
                    "adopted it. FATF prescribes no method and no threshold."
                ),
                tone=Tone.NOTICE,
            ),
            Bullets(
                items=(
                    t(
                        "Threat weighs the highest signal with {share} and the mean of all known signals with the "
                        "rest; vulnerability and mitigation are weighted means, from 1 to 5.",
                        share=share(method["threat"]["highest_per_cent"], 100, t),
                    ),
                    t(
                        "The matrix gives the inherent band. Strong measures take one band off; weak ones change "
                        "nothing and call for support."
                    ),
                    t(
                        "What is not known is left out and lowers confidence; it never counts as best or worst. Below "
                        "{share} of the weighted factors known, a class is provisional.",
                        share=share(sector.completeness.provisional_below, 1, t),
                    ),
                    t(
                        "Faith, ethnicity, politics, advocacy and human-rights work are never scored. Personal traits "
                        "and names of beneficiaries are refused when the register is read."
                    ),
                    t(
                        "With less than {share} of the weighted factors known a body has no class. Work abroad without "
                        "a list of countries is unknown; a bare yes does not say where.",
                        share=share(method["classified_from"]["value"], 1, t),
                    ),
                    t(
                        "A confirmed link to terrorism with source, office and date makes a body high risk and refers "
                        "it to investigators, whatever the rest is; without these it is to be verified."
                    ),
                    t("The report names no organisation; small counts are hidden.")
                    if is_public
                    else t("The report names no organisation; it is internal and shows small counts."),
                )
            ),
            *_national(sector.national, names, t),
            DocumentTable(
                id="sources-table",
                caption=t("Sources of the factors"),
                columns=(
                    TableColumn(title=t("Title"), width=10),
                    TableColumn(title=t("Evidence"), width=4),
                ),
                rows=tuple(
                    row(TableCell(text=title, ltr=True), TableCell(text=t(kind)))
                    for title, kind in map(itemgetter("title", "evidence"), factors["sources"].values())
                ),
            ),
            Paragraph(
                text=t(
                    "Register: {name}, SHA-256 {sha}. Method: {method} ({digest}).",
                    name=register.name,
                    sha=_digits(register.sha256),
                    method=sector.method_id,
                    digest=_digits(sector.method_digest),
                ),
                tone=Tone.SMALL,
            ),
        ),
    )


def _digits(digest: str) -> str:
    """Return the first digits of a fingerprint, without the name of its kind."""
    return digest.removeprefix("sha256:")[:12]


def _national(factors: tuple[NationalFactor, ...], names: Names, t: Translator) -> tuple[DocumentTable, ...]:
    if not any(factor.value for factor in factors):
        return ()
    return (
        DocumentTable(
            id="national-table",
            caption=t("Factors of the country as a whole, as entered"),
            columns=(
                TableColumn(title=t("Factor"), width=7),
                TableColumn(title=t("From 1 to 5"), width=2, number=True),
                TableColumn(title=t("Reason"), width=7),
            ),
            rows=tuple(
                row(names.factor(factor.id), "–" if factor.value is None else t.number(factor.value), factor.reason)
                for factor in factors
            ),
        ),
    )
