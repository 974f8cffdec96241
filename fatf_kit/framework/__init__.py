"""What is asked: the editions of the Methodology as frozen values."""

from fatf_kit.framework.catalog import find_requirement, find_unit, index_requirements, suggest
from fatf_kit.framework.loader import list_editions, load_framework, read_framework
from fatf_kit.framework.model import Framework

__all__ = [
    "Framework",
    "find_requirement",
    "find_unit",
    "index_of",
    "list_editions",
    "load_framework",
    "read_framework",
    "suggest",
]
