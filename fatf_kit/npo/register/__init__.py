"""A register of non-profit organisations as a file: opened, its rows counted, its cells read."""
