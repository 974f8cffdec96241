"""File formats of workbooks, checked for their limits before anything parses them."""
