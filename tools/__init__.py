"""Tools for development: they write generated files, check the repository and try damaged inputs; never installed."""
