"""The examples of fictional countries, written from their answers."""

from fatf_kit.examples.every import WHOLE_COUNTRY, write_assessment, write_examples
from fatf_kit.examples.later_work import write_later_work
from fatf_kit.examples.mock_sheets import write_sheets
from fatf_kit.examples.npo_register import write_sector
from fatf_kit.examples.ruritania import write_whole_country
from fatf_kit.examples.texts import SOURCE_LANGUAGE, text_languages

__all__ = [
    "SOURCE_LANGUAGE",
    "WHOLE_COUNTRY",
    "text_languages",
    "write_assessment",
    "write_examples",
    "write_later_work",
    "write_sector",
    "write_sheets",
    "write_whole_country",
]
