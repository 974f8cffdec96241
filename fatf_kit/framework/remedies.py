"""Remedies as instructions: from "The ministry should adopt a decree" to "Adopt a decree".

The texts of an edition name the body that usually acts. A list of actions has the owner in a column of its own, often
another body, so its names begin with the verb. An Arabic name begins with the verbal noun, and its object follows in
the genitive: from "ينبغي للسجل أن ينشر دليلاً" to "نشر دليل". A sentence whose verb is not in the list, has other words
before its object or offers a choice between two verbs stays as it is.
"""

from __future__ import annotations

import re
from itertools import pairwise

_PATTERNS = {
    "en": (re.compile(r"(?P<condition>If [^,]+, )?.+? should (?P<work>(?!be |not ).+)"), "and", "should"),
    "fr": (
        re.compile(
            r"(?P<condition>Si [^,]+, )?.+? devrai(?:en)?t "
            r"(?P<work>(?!être |ne |(?:l[ae]s? |l’|en |y )\w+(?:er|ir|re)\b).+)"
        ),
        "et",
        "devrait",
    ),
}
"""By language the sentence of a remedy, and the words that begin its second half: "and", "should"."""

_SECOND_SENTENCES = {
    "fr": re.compile(r", et (?=(?:l[ae]s? |l’|ce[st]? |cet |celle|ceux|chacun|chaque )[^,;]+? devrai(?:en)?t )")
}
"""By language the joint before a second sentence with its own subject, which an infinitive cannot share."""


def phrase_instruction(remedy: str, language: str) -> str:
    r"""Return a remedy as an instruction, in French in the infinitive.

    A sentence of another form stays, and so does Arabic: there a verbal noun has to replace the verb.

    >>> phrase_instruction("The registry should list all trusts and should renew the list.", "en")
    'List all trusts and renew the list.'
    >>> phrase_instruction("If banks use agents, the supervisor should require a list of them.", "en")
    'If banks use agents, require a list of them.'
    >>> phrase_instruction("Le registre devrait publier un guide.", "fr")
    'Publier un guide.'
    >>> phrase_instruction("Le registre devrait publier un guide, et la police devrait le lire.", "fr")
    'Publier un guide\xa0; la police devrait le lire.'
    """
    pattern, joint, verb = _PATTERNS.get(language, (None, "", ""))
    found = pattern.fullmatch(remedy) if pattern else None
    if found is None:
        return remedy
    work = found["work"].replace(f" {joint} {verb} ", f" {joint} ")
    if second := _SECOND_SENTENCES.get(language):
        work = second.sub("\u00a0; ", work, count=1)
    return f"{found['condition']}{work}" if found["condition"] else work[:1].upper() + work[1:]


_SENTENCE = re.compile(r"(?:(?P<condition>إذا [^،]+)، ف)?ينبغي (?P<body>ل.+? )?أن (?P<verb>\S+) (?P<rest>.+)")
_MARKS = re.compile("[\u064b-\u0652]")
_SECOND_HALF = re.compile(r"،? وأن |، على أن |، ويدل |، وتدل |، وينبغي ")
_WORK_ON = re.compile(r"[يت]عملا?")
_ACCUSATIVE = re.compile("(?P<stem>.*?)(?:اً|(?<=ء)ً)")
_BETWEEN = re.compile(
    r"(?:في|من|إلى|على|عن|أو|لدى|عند|مع|كتابةً?|سنوياً?|صراحةً?|بال\S+|لل\S+|[بل](?:كل|جميع|قانون|قرار|نص|مرسوم|لائحة"
    r"|وحدة|جهات|مدد|لجنة))"
)
"""Words that may follow a verb before its object."""

_VERBS = """
تأذن الإذن, تأمر الأمر, تبحث بحث, تبرم إبرام, تبقي إبقاء, تبلغ تبليغ, تبني بناء, تبين بيان, تتأكد التأكد,
تتابع متابعة, تتحقق التحقق, تتفق الاتفاق, تتقدم التقدم, تتيح إتاحة, تجدد تجديد, تجري إجراء, تجعل جعل,
تجمد تجميد, تجمع جمع, تجيز إجازة, تحتفظ الاحتفاظ, تحدث تحديث, تحدد تحديد, تحرص الحرص, تحصر حصر, تحصل الحصول,
تحظر حظر, تحقق تحقيق, تحيل إحالة, تختار اختيار, تختبر اختبار, تخضع إخضاع, تخفض خفض, تخول تخويل, تدخل إدخال,
تدرج إدراج, تدقق تدقيق, تدمج دمج, تدون تدوين, تدير إدارة, تراجع مراجعة, ترخص الترخيص, ترسل إرسال, ترفع رفع,
ترقمن رقمنة, تزود تزويد, تزيل إزالة, تستبعد استبعاد, تستحدث استحداث, تستخدم استخدام, تستعيض الاستعاضة,
تستقصي استقصاء, تستكمل استكمال, تسجل تسجيل, تسد سد, تسعى السعي, تسمح السماح, تسمي تسمية, تسن سن, تسند إسناد,
تشترط اشتراط, تشغل تشغيل, تشكل تشكيل, تصدر إصدار, تصنف تصنيف, تضع وضع, تضمن تضمين, تضيف إضافة, تضيق تضييق,
تطبق تطبيق, تطلب طلب, تعالج معالجة, تعتمد اعتماد, تعد إعداد, تعدد تعداد, تعدل تعديل, تعرف تعريف, تعقد عقد,
تعلن إعلان, تعيد إعادة, تعين تعيين, تفتح فتح, تفتش تفتيش, تفحص فحص, تفرض فرض, تفصل فصل, تقارن مقارنة,
تقترح اقتراح, تقدر تقدير, تقدم تقديم, تقرر إقرار, تقصر قصر, تقيس قياس, تقيم تقييم, تكفل كفالة, تلزم إلزام,
تلغي إلغاء, تمد مد, تمسك مسك, تمكن تمكين, تمنح منح, تمول تمويل, تنبه تنبيه, تنجز إنجاز, تنشئ إنشاء, تنشر نشر,
تنص النص, تنظم تنظيم, تنفذ تنفيذ, تنقح تنقيح, تنقل نقل, تنهي إنهاء, تهيئ تهيئة, توائم مواءمة, توثق توثيق,
توجب اشتراط, توجه توجيه, تودع إيداع, توزع توزيع, توسع توسيع, توضح إيضاح, توفر توفير, توقع توقيع, توقف وقف
"""
"""The verbal noun of each verb; one with the article is used with a preposition."""

_NOUNS: dict[str, str] = dict(pair.split() for pair in _VERBS.split(","))


def name_in_arabic(remedy: str) -> str:
    """Return a remedy as a title: its first half, with the verbal noun instead of the body and the verb.

    >>> name_in_arabic("ينبغي للسجل أن ينشر دليلاً عملياً، وأن يجدده سنوياً.")
    'نشر دليل عملي'
    >>> name_in_arabic("ينبغي للجمارك أن تعمل على تعديل القانون.")
    'تعديل القانون'
    >>> name_in_arabic("ينبغي للسجل أن يُطلع الشرطة على بياناته.")
    'ينبغي للسجل أن يُطلع الشرطة على بياناته.'
    """
    found = _SENTENCE.fullmatch(remedy.rstrip("."))
    if found is None:
        return remedy
    title = _name_work(found["verb"], found["rest"], has_body=found["body"] is not None)
    return ": ".join(filter(None, (found["condition"], title))) if title else remedy


def _name_work(verb: str, rest: str, *, has_body: bool) -> str | None:
    """Return the verbal noun with its object; None where the words behind the verb are in another order."""
    if _WORK_ON.fullmatch(verb):
        work = rest.partition("على ")[2]
        return None if work.startswith("أن ") else _SECOND_HALF.split(work)[0]
    noun, words = _find_noun(verb), _cut(rest).split()
    if noun == "إلزام" and words[0].startswith("ب"):
        noun = "الإلزام"
    if not noun or _has_choice(words):
        return None
    has_article = noun.startswith("ال")
    if (has_article and not has_body) or (_BETWEEN.fullmatch(words[0]) and not has_article):
        return None
    return " ".join([noun, *_decline(words)])


def _find_noun(verb: str) -> str | None:
    """Return the verbal noun of a verb in the singular, dual or plural."""
    plain = "ت" + _MARKS.sub("", verb)[1:]
    forms = (plain, plain.removesuffix("ا"), plain.removesuffix("وا"))
    return next((_NOUNS[form] for form in forms if form in _NOUNS), None)


def _cut(text: str) -> str:
    """Return the text before its second half and before a second verb of the same body."""
    words = _SECOND_HALF.split(text)[0].split()
    ends = (place for place, word in enumerate(words) if place and word.startswith(("وت", "وي")) and _is_verb(word[1:]))
    return " ".join(words[: next(ends, None)]).rstrip("،")


def _has_choice(words: list[str]) -> bool:
    """Return whether another verb follows after "or", or at once."""
    choices = any(word == "أو" and (behind == "أن" or _is_verb(behind.rstrip("،"))) for word, behind in pairwise(words))
    return choices or (words[0].startswith("و") and _is_verb(words[0][1:]))


def _is_verb(word: str) -> bool:
    starts = word.startswith(("ت", "ي"))
    return starts and any(_find_noun(word.removesuffix(end)) for end in ("", "ها", "ه", "هم"))


def _decline(words: list[str]) -> list[str]:
    """Return the words with those that the verbal noun governs in the genitive: the first ones, and others after "and".

    A verb begins a clause of its own, and another accusative has another reason.
    """
    made = list(words)
    is_governed = True
    for place, word in enumerate(words):
        found = _ACCUSATIVE.fullmatch(word)
        if found and (is_governed or word.startswith("و") or words[place - 1] == "أو"):
            made[place] = found["stem"]
        elif found or (place and word.startswith(("ي", "ت"))):
            break
        is_governed = found is not None
    return made
