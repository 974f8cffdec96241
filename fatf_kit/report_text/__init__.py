"""The text of mutual evaluation and follow-up reports: read, cleaned, and divided by criteria, ratings and actions."""
