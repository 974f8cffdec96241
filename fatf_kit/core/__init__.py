"""Errors, problems, files, languages and closed vocabularies, which every package uses."""
