"""Two assessments of one country compared."""
