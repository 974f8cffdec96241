"""Yes and no are read from the same words wherever a person may write them."""

from __future__ import annotations

import gc
import importlib
import pkgutil

import pytest

import fatf_kit
from fatf_kit.core.languages import LANGUAGES, list_labels, list_spellings
from fatf_kit.npo.method.load import load_method
from fatf_kit.npo.register.cell_values import yes_no
from fatf_kit.npo.register.template_schema import choices_of
from fatf_kit.outlook.referral import Prioritisation, ReferralFact, prioritise
from fatf_kit.spreadsheets.schema import TICK, YES_NO, Choices

WORDS = [(word, code) for code in ("yes", "no") for word in list_spellings(YES_NO, code)]


def test_every_language_has_its_words() -> None:
    """Each language has its own words, among them the official no of Iraq."""
    for language in LANGUAGES:
        assert list(list_labels(YES_NO, language)) == ["yes", "no"]
    assert {("كلا", "no"), ("لا", "no"), ("نعم", "yes"), ("oui", "yes"), ("non", "no")} <= set(WORDS)


@pytest.mark.parametrize(("word", "code"), WORDS)
def test_a_word_is_read_in_every_kind_of_cell(word: str, code: str) -> None:
    """A tick, a fact of the country, a cell of a register and a drop-down take the same words."""
    is_yes = code == "yes"
    assert (TICK.code_of(word) == "yes") is is_yes
    fact = ReferralFact(id="member", number=False, question="Is it a member?")
    rules = Prioritisation(facts=(fact,), first_if_any=(), left_out_if_any=(), source="", confidence="")
    assert prioritise(rules, {"member": word}).values == ((fact, is_yes),)
    assert yes_no(word, load_method()) is is_yes
    column = next(one for one in load_method().columns.values() if one.type == YES_NO)
    assert choices_of(column).code_of(word) == code


def test_every_list_of_yes_and_no_reads_all_words() -> None:
    """No workbook has a list of yes and no with words of its own."""
    for module in pkgutil.walk_packages(fatf_kit.__path__, "fatf_kit."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)
    gc.unfreeze()  # else objects from before the first test are not listed
    lists = [one for one in gc.get_objects() if isinstance(one, Choices)]
    asked = [one for one in lists if set(one.labels("en")) == {"yes", "no"}]
    assert asked
    assert [(one.name, word) for one in asked for word, code in WORDS if one.code_of(word) != code] == []
