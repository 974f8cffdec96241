"""Typed answers and evidence, each with the cell it came from."""
