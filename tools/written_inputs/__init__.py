"""Workbooks and folders as a release of fatf-kit writes them, kept with what is read from them.

A set is a folder `tests/data/written-by-VERSION/`: one workbook of each kind in each language, and assessment folders
after two updates, packed. Each has a record beside it: every value that fatf-kit reads from it, and every problem.
`tests/acceptance/test_written_by_older_versions.py` reads each set with the present code.
"""
