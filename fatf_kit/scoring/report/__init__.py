"""Ratings in words, tables, charts and JSON."""
