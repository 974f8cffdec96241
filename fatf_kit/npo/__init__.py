"""The NPO sector: a country's own register in, scope and classes and segments out."""
