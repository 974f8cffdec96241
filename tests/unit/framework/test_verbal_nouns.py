"""Arabic names of actions: a verbal noun instead of a sentence."""

from __future__ import annotations

import pytest

from fatf_kit.framework import list_editions, load_framework
from fatf_kit.framework.catalog import index_requirements
from fatf_kit.framework.remedies import name_in_arabic


@pytest.mark.parametrize(
    ("remedy", "name"),
    [
        ("ينبغي للحكومة أن تعتمد رقماً تعريفياً واحداً للقضية.", "اعتماد رقم تعريفي واحد للقضية"),
        ("ينبغي للجهات الرقابية أن تنشر إرشادات وتجددها كل سنة.", "نشر إرشادات"),
        ("ينبغي للشرطة والنيابة أن تضعا قنوات، وأن تتبادلا الأرقام.", "وضع قنوات"),
        ("إذا اختيرت هذه الآلية، فينبغي للوزارة أن تسن حظراً.", "إذا اختيرت هذه الآلية: سن حظر"),
        ("ينبغي للوزارة أن تُنشئ سجلاً أو نظاماً للاستعلام.", "إنشاء سجل أو نظام للاستعلام"),
        ("ينبغي للوزارة أن تضيف صلاحية وإجراءً للطعن.", "إضافة صلاحية وإجراء للطعن"),
        ("ينبغي للوزارة أن تجعل الإدراج ملزماً.", "جعل الإدراج ملزماً"),
        ("ينبغي للوزارة أن تنص في القانون على العقوبة.", "النص في القانون على العقوبة"),
        ("ينبغي للوزارة أن تُلزم بإجراء مراجعات.", "الإلزام بإجراء مراجعات"),
        ("ينبغي أن تُمنح الهيئة صلاحية.", "منح الهيئة صلاحية"),
        ("ينبغي أن تعمل وزارة العدل على سن قانون.", "سن قانون"),
    ],
)
def test_remedies_become_names(remedy: str, name: str) -> None:
    """The object is in the genitive, and the second half is left out."""
    assert name_in_arabic(remedy) == name


@pytest.mark.parametrize(
    "remedy",
    [
        "ينبغي للوزارة أن تُدرج في القانون معياراً.",
        "ينبغي للوزارة أن تنشر أو تصدر تحليلاً.",
        "ينبغي للوزارة أن تعتمد وتنشر إجراءً.",
        "ينبغي للوزارة أن تعمل على أن يشمل القانون التجار.",
        "ينبغي أن تحتفظ الهيئة بسجل.",
        "ينبغي للجهات الرقابية ألا تقبل ذلك.",
    ],
)
def test_other_sentences_stay(remedy: str) -> None:
    """Nothing is guessed where the words are in another order."""
    assert name_in_arabic(remedy) == remedy


@pytest.mark.parametrize("edition", list_editions())
def test_most_remedies_of_the_editions_become_names(edition: str) -> None:
    """More than four of five; none has half a second sentence."""
    requirements = index_requirements(load_framework(edition, "ar")).values()
    given = [one.guidance.recommended_action for one in requirements if one.guidance.recommended_action]
    made = [name for remedy in given if (name := name_in_arabic(remedy)) != remedy]
    assert len(made) > 0.8 * len(given) > 400
    assert [name for name in made if "ينبغي" in name or " وأن " in name or name.endswith(("،", " "))] == []
