"""The command line: each command parses, calls a function of the library, prints."""
