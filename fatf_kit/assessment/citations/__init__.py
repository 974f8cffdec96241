"""Legal instruments and articles that citations name."""
