"""Root causes: each told once, with the Recommendations that feel it."""

from __future__ import annotations

from fatf_kit.findings.cascades import derive_cascades
from fatf_kit.framework.vocabulary import Proliferation, load_vocabulary
from fatf_kit.messages import Words
from fatf_kit.report.build.given import GapInput
from fatf_kit.report.model import Cell, Column, Paragraph, Row, Section, Table


def causes_section(given: GapInput, t: Words) -> Section:
    """One row for each root cause found, the one behind most shortcomings first."""
    vocabulary = load_vocabulary(t.language)
    proliferation = vocabulary.proliferation.get(given.framework.id, Proliferation())
    cascades = sorted(
        derive_cascades(given.findings, vocabulary.root_causes, proliferation), key=lambda one: -len(one.found_in)
    )
    return Section(
        anchor="causes",
        title=t("Root causes"),
        blocks=(
            Paragraph(
                text=t(
                    "One cause is told once and weighs in every Recommendation it touches; to remove it helps all of "
                    "them. Shortcomings on proliferation financing stay within their own requirements. Which cause "
                    "lies behind a shortcoming is taken from the requirement and is for people to confirm."
                )
            ),
            Table(
                id="causes-table",
                caption=t.plural("{n} root cause", "{n} root causes", len(cascades)),
                columns=(
                    Column(title=t("Root cause"), width=5),
                    Column(title=t("Found in"), width=5),
                    Column(title=t("Also weighs on"), width=6),
                ),
                rows=tuple(
                    Row(
                        cells=(
                            Cell(
                                text=vocabulary.root_causes[one.cause].name,
                                detail=vocabulary.root_causes[one.cause].meaning,
                            ),
                            Cell(text=t.listed(one.found_in)),
                            Cell(text=t.listed(one.touches)),
                        ),
                        facets={},
                    )
                    for one in cascades
                ),
                empty=t("No shortcoming touches more than its own Recommendation."),
            ),
        ),
    )
