"""Re-rating requests and the follow-up report after a published report."""
