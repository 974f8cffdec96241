"""How it is told: one frozen document, renderers that only write."""
