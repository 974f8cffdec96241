"""A net under every output: what fatf-kit prints and writes about the examples, as text that is compared.

`python -m tools.outputs dump FOLDER` writes each document, table, workbook, JSON file and terminal output of the
examples in every language as a text file of one name. `compare REV` shows what differs from a commit, and `golden`
accepts what is printed now: it writes the golden files in tests/golden/, which a test compares.

The runs are in runs.toml: each is some command lines, and names the outputs that are golden.
"""
