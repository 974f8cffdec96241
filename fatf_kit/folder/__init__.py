"""The verbs that work on a whole assessment folder: scoring it, its decisions, the workbooks of its agencies."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fatf_kit.lazy import lazily

if TYPE_CHECKING:
    from fatf_kit.folder.decisions import file_moment, keep_file, write_decisions
    from fatf_kit.folder.scored import FolderScore, score_folder
    from fatf_kit.folder.templates import agency_templates, read_earlier

__all__ = [
    "FolderScore",
    "agency_templates",
    "file_moment",
    "keep_file",
    "read_earlier",
    "score_folder",
    "write_decisions",
]

_HOMES = {
    "fatf_kit.folder.decisions": ("file_moment", "keep_file", "write_decisions"),
    "fatf_kit.folder.scored": ("FolderScore", "score_folder"),
    "fatf_kit.folder.templates": ("agency_templates", "read_earlier"),
}
__getattr__ = lazily(__name__, _HOMES)  # who scores a folder writes no workbook
