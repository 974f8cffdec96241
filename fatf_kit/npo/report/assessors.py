"""The section lists assessors' questions on non-profit organisations, where this report answers them, and how."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from fatf_kit.core.messages import Translator
from fatf_kit.npo.mapping.country_sheets import PLACES
from fatf_kit.npo.mapping.workbook import describe_stated
from fatf_kit.npo.method.load import load_method
from fatf_kit.npo.model import NationalFactor, SectorResult
from fatf_kit.npo.report.figures import share
from fatf_kit.npo.report.names import Names
from fatf_kit.npo.report.rules import AssessorQuestion, load_report_rules
from fatf_kit.report.document_tables import make_table
from fatf_kit.report.model import Bullets, DocumentTable, Paragraph, Section, TableCell, Tone
from fatf_kit.report.results_table import COUNT, ID, ResultColumn, ResultsTable
from fatf_kit.report.sections import make_section


def assessors_section(titles: Mapping[str, str], t: Translator) -> Section:
    """Return a line for each requirement; `titles` are the sections of the report by anchor."""

    def answered(one: AssessorQuestion) -> str:
        return t.points(titles[name] for name in one.answered_by if name in titles) or "–"

    table = ResultsTable[AssessorQuestion](
        "assessors-table",
        t("R.8 and core issue 10.3"),
        (
            ResultColumn("requirement", t("Requirement"), kind=ID, page=3),
            ResultColumn("asks", t("What is asked"), page=6),
            ResultColumn("answered_by", t("Answered in"), answered, page=5),
            ResultColumn("bring", t("What else to bring"), page=6),
        ),
    )
    title = t("Questions of assessors, and where they are answered")
    return make_section("assessors", title, table.in_document(load_report_rules(t.language).questions))


def method_section(sector: SectorResult, names: Names, t: Translator, *, is_public: bool) -> Section:
    """Return how the classes came about, from which sources, and what the report does not do."""
    method = load_method()
    register = sector.register
    note = t(
        "Indicative. The method is fatf-kit's own proposal and not calibrated; no authority has "
        "adopted it. FATF prescribes no method and no threshold."
    )
    caution = t(
        "Register: {name}, SHA-256 {sha}. Method: {method} ({digest}).",
        name=register.name,
        sha=_digits(register.sha256),
        method=sector.method_id,
        digest=_digits(sector.method_digest),
    )
    return make_section(
        "method",
        t("How this was worked out"),
        Paragraph(text=note, tone=Tone.NOTICE),
        Bullets(
            items=(
                t(
                    "In the score of threat, the highest known signal counts for {share} and the "
                    "mean of all known signals for the rest; vulnerability and mitigation are "
                    "weighted means, from 1 to 5.",
                    share=share(method.highest_per_cent, 100, t),
                ),
                t(
                    "The matrix gives the inherent band. Strong measures lower it by one band; "
                    "weak ones change nothing and call for support."
                ),
                t(
                    "Unknown facts are left out and reduce confidence; they never count as the best or the worst "
                    "value. A class is provisional if less than {share} of the weighted factors are known.",
                    share=share(sector.completeness.provisional_below, 1, t),
                ),
                t(
                    "Faith, ethnicity, politics, advocacy and human-rights work are never scored. Personal traits "
                    "and names of beneficiaries are refused when the register is read."
                ),
                t(
                    "A body has no class if less than {share} of its weighted factors are known. "
                    "Work abroad without a list of countries counts as unknown, because a yes "
                    "alone does not show where.",
                    share=share(method.classified_from, 1, t),
                ),
                t(
                    "A confirmed link to terrorism with source, office and date makes a body high risk and refers "
                    "it to investigators, whatever its other answers; without these it is to be verified."
                ),
                t(
                    "A body is high risk without a proven link if its answers state that money is sent to a conflict "
                    "area, that it is sent in cash or by hawala, and that the controls over it are absent (at least "
                    "{n} of {total}). A control that is not answered never counts as absent.",
                    n=t.number(method.uncontrolled.controls.absent_from),
                    total=t.number(len(method.uncontrolled.controls.factors)),
                ),
                t(
                    "The sector's exposure is not known where fewer than {share} of the bodies have a class, or where "
                    "the register cannot show a subset.",
                    share=share(method.whole_from, 1, t),
                ),
                t("The report names no organisation; small counts are hidden.")
                if is_public
                else t("The report names no organisation; it is internal and shows small counts."),
            )
        ),
        *_national(sector.national, names, t),
        *_stated([fact for fact in sector.stated if not (is_public and fact[0] in PLACES)], t),
        ResultsTable[Mapping[str, str]](
            "sources-table",
            t("Sources of the factors"),
            (
                ResultColumn("title", t("Title"), lambda one: TableCell(text=one["title"], ltr=True), page=10),
                ResultColumn("evidence", t("Evidence"), lambda one: t(one["evidence"]), page=4),
            ),
        ).in_document(method.sources.values()),
        Paragraph(text=caution, tone=Tone.SMALL),
    )


def _digits(digest: str) -> str:
    """Return the first digits of a fingerprint, without the name of its kind."""
    return digest.removeprefix("sha256:")[:12]


def _national(factors: tuple[NationalFactor, ...], names: Names, t: Translator) -> tuple[DocumentTable, ...]:
    if not any(factor.value for factor in factors):
        return ()

    def level(one: NationalFactor) -> str:
        return "–" if one.value is None else t.number(one.value)

    table = ResultsTable[NationalFactor](
        "national-table",
        t("Factors of the country as a whole, as entered"),
        (
            ResultColumn("factor", t("Factor"), lambda one: names.factor(one.id), page=7),
            ResultColumn("value", t("From 1 to 5"), level, COUNT, page=2),
            ResultColumn("reason", t("Reason"), page=7),
        ),
    )
    return (table.in_document(factors),)


def _stated(facts: Sequence[tuple[str, str, str]], t: Translator) -> tuple[DocumentTable, ...]:
    """Return what the mapping states for the whole register, with reasons and sources; nothing without any."""
    if not facts:
        return ()
    heads = ((t("Fact"), 6), (t("Value"), 3), (t("Reason"), 8))
    rows = ((*describe_stated(fact, value, t.language), reason or "–") for fact, value, reason in facts)
    return (make_table("stated-table", t("Facts stated for the whole register"), heads, rows),)
