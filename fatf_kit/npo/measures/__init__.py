"""Measures of a country: what suits which class, proportion, plans, and papers made from them."""
