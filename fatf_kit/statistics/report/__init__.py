"""The report on figures and cases, and its pieces for guides, submissions and the gap report."""
