"""fatf-kit: get a country ready for its FATF mutual evaluation.

The verbs of the command line are functions here, with the same names. Heavy libraries load when they are needed.

>>> import fatf_kit
>>> fatf_kit.load_framework("fatf-2022").round
5
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from fatf_kit.lazy import lazily
from fatf_kit.version import __version__

if TYPE_CHECKING:
    from fatf_kit.api import (
        Scored,
        agency_statistics_templates,
        calendar,
        carry_forward,
        compare,
        compare_own,
        compare_report,
        explain,
        fill,
        follow_up,
        guide,
        mock_debrief,
        mock_template,
        npo_report,
        outlook_of,
        own_assessment,
        paper,
        patterns,
        patterns_report,
        peers,
        peers_report,
        plan_of,
        progress,
        progress_report,
        published_plan,
        score,
        score_published,
        statistics_report,
        statistics_template,
        template,
        what_if,
    )
    from fatf_kit.folder import (
        agency_templates,
        score_folder,
        write_decisions,
    )
    from fatf_kit.framework import (
        find_requirement,
        find_unit,
        list_editions,
        load_framework,
    )
    from fatf_kit.framework.check import (
        check_edition,
    )
    from fatf_kit.framework.diff import (
        diff_editions,
    )
    from fatf_kit.npo.run import (
        NpoClassified,
        npo_check,
        npo_classify,
        npo_compare,
        npo_map,
        npo_questionnaire,
        npo_suggest_mapping,
        npo_template,
    )
    from fatf_kit.published import (
        find_report,
        find_reports,
        load_published,
        read_fatf_workbook,
        write_published,
    )
    from fatf_kit.published.listings import (
        find_listing,
        load_listings,
    )
    from fatf_kit.published.listings_file import (
        read_listings,
        update_listings,
        write_listings,
    )
    from fatf_kit.report.frames import (
        report_frames,
    )
    from fatf_kit.report.verify import (
        verify,
    )
    from fatf_kit.report.write import (
        write_document,
        write_report,
    )
    from fatf_kit.responses.intake import (
        read_responses,
    )
    from fatf_kit.scoring import (
        assess,
        load_policy,
    )
    from fatf_kit.workspace.folder import (
        init_assessment,
        read_workspace,
        refill_assignment,
    )

__all__ = [
    "NpoClassified",
    "Scored",
    "__version__",
    "agency_statistics_templates",
    "agency_templates",
    "assess",
    "calendar",
    "carry_forward",
    "check_edition",
    "compare",
    "compare_own",
    "compare_report",
    "diff_editions",
    "explain",
    "fill",
    "find_listing",
    "find_report",
    "find_reports",
    "find_requirement",
    "find_unit",
    "follow_up",
    "guide",
    "init_assessment",
    "list_editions",
    "load_framework",
    "load_listings",
    "load_policy",
    "load_published",
    "mock_debrief",
    "mock_template",
    "npo_check",
    "npo_classify",
    "npo_compare",
    "npo_map",
    "npo_questionnaire",
    "npo_report",
    "npo_suggest_mapping",
    "npo_template",
    "outlook_of",
    "own_assessment",
    "paper",
    "patterns",
    "patterns_report",
    "peers",
    "peers_report",
    "plan_of",
    "progress",
    "progress_report",
    "published_plan",
    "read_fatf_workbook",
    "read_listings",
    "read_responses",
    "read_workspace",
    "refill_assignment",
    "report_frames",
    "score",
    "score_folder",
    "score_published",
    "statistics_report",
    "statistics_template",
    "template",
    "update_listings",
    "verify",
    "what_if",
    "write_decisions",
    "write_document",
    "write_listings",
    "write_published",
    "write_report",
]

_HOMES = {
    "fatf_kit.api": (
        "Scored",
        "agency_statistics_templates",
        "calendar",
        "carry_forward",
        "compare",
        "compare_own",
        "compare_report",
        "explain",
        "fill",
        "follow_up",
        "guide",
        "mock_debrief",
        "mock_template",
        "npo_report",
        "outlook_of",
        "own_assessment",
        "paper",
        "patterns",
        "patterns_report",
        "peers",
        "peers_report",
        "plan_of",
        "progress",
        "progress_report",
        "published_plan",
        "score",
        "score_published",
        "statistics_report",
        "statistics_template",
        "template",
        "what_if",
    ),
    "fatf_kit.folder": (
        "agency_templates",
        "score_folder",
        "write_decisions",
    ),
    "fatf_kit.framework": (
        "find_requirement",
        "find_unit",
        "list_editions",
        "load_framework",
    ),
    "fatf_kit.framework.check": ("check_edition",),
    "fatf_kit.framework.diff": ("diff_editions",),
    "fatf_kit.npo.run": (
        "NpoClassified",
        "npo_check",
        "npo_classify",
        "npo_compare",
        "npo_map",
        "npo_questionnaire",
        "npo_suggest_mapping",
        "npo_template",
    ),
    "fatf_kit.published": (
        "find_report",
        "find_reports",
        "load_published",
        "read_fatf_workbook",
        "write_published",
    ),
    "fatf_kit.published.listings": (
        "find_listing",
        "load_listings",
    ),
    "fatf_kit.published.listings_file": (
        "read_listings",
        "update_listings",
        "write_listings",
    ),
    "fatf_kit.report.frames": ("report_frames",),
    "fatf_kit.report.verify": ("verify",),
    "fatf_kit.report.write": (
        "write_document",
        "write_report",
    ),
    "fatf_kit.responses.intake": ("read_responses",),
    "fatf_kit.scoring": (
        "assess",
        "load_policy",
    ),
    "fatf_kit.workspace.folder": (
        "init_assessment",
        "read_workspace",
        "refill_assignment",
    ),
}
_load = lazily(__name__, _HOMES)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})


def __getattr__(name: str) -> object:
    return _load(name)
