"""The editions of the Methodology as frozen values, and the lists that they share."""

from fatf_kit.framework.catalog import find_requirement, find_unit, index_requirements, suggest
from fatf_kit.framework.loader import list_editions, load_framework, read_framework
from fatf_kit.framework.model import Framework

__all__ = [
    "Framework",
    "find_requirement",
    "find_unit",
    "index_requirements",
    "list_editions",
    "load_framework",
    "read_framework",
    "suggest",
]
