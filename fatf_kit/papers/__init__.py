"""Papers about an assessment: gap report, brief, submission, roadmap, agency paper."""
