"""Editions of the Methodology in formats of other programs: OSCAL catalogues and CISO Assistant libraries."""
