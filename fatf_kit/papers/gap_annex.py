"""The annex of the gap report: every criterion and core issue, and the tables that the main part sums up."""

from __future__ import annotations

from fatf_kit.core.messages import Translator
from fatf_kit.core.problems import count_errors
from fatf_kit.mock_visit.debrief_report import build_rehearsal_section
from fatf_kit.papers.causes import build_causes_section
from fatf_kit.papers.decisions import build_further_decisions_sections
from fatf_kit.papers.method import build_method_section
from fatf_kit.papers.priorities import build_cheapest_section
from fatf_kit.papers.report_input import GapInput
from fatf_kit.papers.sensitivity import build_sensitivity_sections
from fatf_kit.papers.statistics_section import build_figures_sections
from fatf_kit.papers.units import UnitSections
from fatf_kit.report.model import Document, Figure, Paragraph, Section, Tone
from fatf_kit.scoring.report.charts import build_completeness_chart, build_severity_chart


def build_gap_annex(paper_input: GapInput, t: Translator, *, title: str, notices: tuple[str, ...]) -> Document:
    """Return the annex; `title` is the name of the country, `notices` are those of the report."""
    pages = UnitSections(paper_input, t)
    return Document(
        id="gap-annex",
        title=t("{country}: annex to the gap report", country=title),
        subtitle=t("All criteria and core issues, with further tables; indicative"),
        language=t.language,
        facts=((t("Edition"), paper_input.framework.full_title), (t("Made on"), t.moment(paper_input.generated_at))),
        notices=notices,
        agencies=paper_input.agencies,
        contents_depth=2,
        sections=(
            pages.compliance(),
            pages.effectiveness(),
            build_cheapest_section(paper_input, t),
            *build_further_decisions_sections(paper_input, t),
            build_causes_section(paper_input, t),
            *build_sensitivity_sections(paper_input, t),
            _build_progress_section(paper_input, t),
            *build_figures_sections(paper_input, t),
            *([build_rehearsal_section(paper_input.rehearsal, t)] if paper_input.rehearsal else []),
            build_method_section(paper_input, t, problems=paper_input.problems),
        ),
    )


def _build_progress_section(paper_input: GapInput, t: Translator) -> Section:
    """Return how far the sheets are answered, how grave the shortcomings are, and where faulty cells are listed."""
    errors = count_errors(paper_input.problems)
    text = t.plural(
        "{n} cell could not be used. 'fatf-kit check' lists it.",
        "{n} cells could not be used. 'fatf-kit check' lists them.",
        errors,
    )
    return Section(
        anchor="progress",
        title=t("Answers and shortcomings"),
        blocks=(
            Figure(chart=build_severity_chart(paper_input.framework, paper_input.findings, t)),
            Figure(chart=build_completeness_chart(paper_input.assessment, t)),
            *((Paragraph(text=text, tone=Tone.SMALL),) if errors else ()),
        ),
    )
