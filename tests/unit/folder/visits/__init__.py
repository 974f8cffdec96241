"""Visits to other countries: a feature that exists only in a test."""
