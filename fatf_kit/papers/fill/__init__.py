"""A country's own Excel or Word file, filled with its answers and ratings; everything else in it stays as it was."""

from fatf_kit.papers.fill.filling import FilledFile, fill_file

__all__ = ["Filled", "fill_file"]
