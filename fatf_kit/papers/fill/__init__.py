"""A country's own Excel or Word file, filled with its answers and ratings; everything else in it stays as it was."""
