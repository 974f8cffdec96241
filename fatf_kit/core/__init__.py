"""Shared by every part: errors, problems, files, languages and the closed vocabularies."""
