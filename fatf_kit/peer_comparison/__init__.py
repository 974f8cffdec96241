"""A jurisdiction compared with others, and worldwide patterns, from published ratings."""
