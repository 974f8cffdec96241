"""The submissions of the country to its assessors, in the shape of their own report: editable, with sources."""
