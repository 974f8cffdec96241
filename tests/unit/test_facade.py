"""The verbs as functions: what they take, and what they say to what they cannot take."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import click
import pytest

import fatf_kit
from fatf_kit.cli.main import cli
from fatf_kit.core.errors import FatfKitError
from fatf_kit.core.resources import data_folder

FILLED = data_folder("examples") / "ruritania" / "workbook"


def test_the_verbs_can_be_seen() -> None:
    """A notebook completes them."""
    assert set(fatf_kit.__all__) <= set(dir(fatf_kit))


def test_every_public_function_has_an_example() -> None:
    """The reference shows each function in use; pytest runs the examples."""
    functions = [thing for name in fatf_kit.__all__ if inspect.isfunction(thing := getattr(fatf_kit, name))]
    assert [one.__name__ for one in functions if ">>> " not in (one.__doc__ or "")] == []


@pytest.mark.parametrize(
    "paths", [FILLED, str(FILLED), [FILLED], iter([str(FILLED)])], ids=lambda one: type(one).__name__
)
def test_score_takes_one_path_or_many(paths: Path | str | list[Path]) -> None:
    """A text is one path, not its letters; a cut-off date may be text."""
    scored = fatf_kit.score(paths, cut_off="2027-03-19")
    assert (len(scored.responses.inputs), scored.assessment.cut_off) == (1, date(2027, 3, 19))


@pytest.mark.parametrize("text", ["2027-W12-5", "20270319", "19.3.2027", "2027-02-30", ""])
def test_invalid_cut_off_date_is_refused(text: str) -> None:
    """An invalid cut-off date is refused before any file is read."""
    with pytest.raises(FatfKitError, match="year-month-day"):
        fatf_kit.score("no-such-folder", cut_off=text)


@pytest.mark.parametrize("text", ["", "yesterday", "2026-13-01"])
def test_invalid_moment_is_refused(text: str) -> None:
    """A moment of generation that is not a date and time is refused."""
    with pytest.raises(FatfKitError, match="is not a date and time"):
        fatf_kit.score_published("IRQ", generated_at=text)
    with pytest.raises(FatfKitError, match="is not a date and time"):
        fatf_kit.score(FILLED).report(generated_at=text)


COMMANDS = {
    "action-plan check": {"check_action_plan"},
    "action-plan make": {"make_action_plan"},
    "action-plan needs": {"action_plan_needs", "review_items"},
    "action-plan report": {"action_plan_report", "check_action_plan_report", "review_items"},
    "action-plan status": {"action_plan_calendar", "action_plan_status", "review_items"},
    "calendar": {"calendar"},
    "carry-forward": {"carry_forward"},
    "check": {"score"},
    "compare": {"compare", "compare_report"},
    "demo": set(),
    "doctor": set(),
    "explain": {"explain"},
    "fill": {"fill"},
    "follow-up report": {"follow_up"},
    "follow-up template": {"follow_up"},
    "frameworks check": {"check_edition"},
    "frameworks diff": {"diff_editions"},
    "frameworks export": {"export_frameworks"},
    "frameworks list": {"list_editions"},
    "frameworks show": {"load_framework", "find_unit", "find_requirement"},
    "guide": {"guide", "reader_guide"},
    "init": {"init_assessment", "refresh_control", "convert_folder"},
    "laws annex": {"law_annex", "review_laws"},
    "laws check": {"check_laws"},
    "laws concordance": {"law_concordance", "review_laws"},
    "laws list": {"law_list", "review_laws"},
    "laws propose": {"propose_laws"},
    "laws what-if": {"bill_what_if", "build_bill_page", "review_laws"},
    "laws without": {"laws_without", "review_laws"},
    "letters": {"folder_letters", "write_letters"},
    "mock debrief": {"mock_debrief"},
    "mock template": {"mock_template"},
    "npo check": {"npo_check", "npo_suggest_mapping"},
    "npo classify": {"npo_classify", "npo_report"},
    "npo compare": {"npo_compare"},
    "npo map": {"npo_map"},
    "npo questionnaire": {"npo_questionnaire"},
    "npo template": {"npo_template"},
    "outlook": {"outlook_of"},
    "overview": {"overview", "overview_report"},
    "paper": {"paper"},
    "peers": {"peers", "peers_report", "patterns", "patterns_report", "own_assessment", "compare_own"},
    "plan": {"plan_of", "published_plan"},
    "progress": {"progress", "progress_report"},
    "published import": {"read_fatf_workbook", "write_published"},
    "published list": {"load_published"},
    "published lists import": {"read_listings", "update_listings", "write_listings"},
    "published lists show": {"find_listing", "load_listings"},
    "published show": {"find_reports", "find_report"},
    "report-in": {"report_in"},
    "score": {"score", "score_folder", "score_published", "write_decisions"},
    "statistics report": {"statistics_report"},
    "statistics template": {"statistics_template", "agency_statistics_templates"},
    "status": {"folder_status", "status_report"},
    "template": {"template", "agency_templates"},
    "training report": {"training_report"},
    "training template": {"training_template"},
    "update": {"update_folder"},
    "replay": {"replay", "ReplayResult"},
    "verify": {"verify"},
    "what-if": {"what_if"},
}
"""Each command and the functions that do its work; a demonstration, a look at the machine and the lists have none."""

BUILDING_BLOCKS = {
    *("ActionNeeds", "ActionPlanResult", "Adjustments", "Assessment", "ItemReview", "RecordedDecision"),
    *("Sector", "WeightChange"),
    *("EvaluationDates", "FolderScore", "FolderUpdate", "FollowUpResult", "LawReview", "ReportIntake"),
    *("NpoClassification", "PlanResult", "RatedUnits", "ScoringResult"),
    *("__version__", "assess", "load_policy", "read_responses", "read_workspace"),
    *("report_frames", "write_document", "write_report"),
}
"""Public names on which several commands are built."""


def commands(group: click.Group, before: str = "") -> Iterator[str]:
    """Yield the names of all commands, those in groups after the name of the group."""
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        if isinstance(command, click.Group):
            yield from commands(command, f"{before}{name} ")
        else:
            yield f"{before}{name}"


def test_every_command_has_its_function_and_the_reverse() -> None:
    """Every command has its functions, and every public function belongs to a command or to several."""
    assert COMMANDS.keys() == set(commands(cli))
    named = set().union(*COMMANDS.values())
    assert set(fatf_kit.__all__) == named | BUILDING_BLOCKS


def test_each_public_name_is_loaded_from_its_module() -> None:
    """The stub lists each name once; a name that it does not list raises AttributeError."""
    assert sorted(dir(fatf_kit)) == sorted(fatf_kit.__all__)
    assert all(getattr(fatf_kit, name) for name in fatf_kit.__all__)
    with pytest.raises(AttributeError, match="no_such_function"):
        getattr(fatf_kit, "no_such_function")  # noqa: B009 - mypy refuses the attribute itself


def test_no_public_name_is_the_name_of_a_package() -> None:
    """An imported package of the same name would take the place of the function."""
    packages = {path.stem for path in Path(fatf_kit.__file__).parent.iterdir()}
    assert not packages & set(fatf_kit.__all__)
