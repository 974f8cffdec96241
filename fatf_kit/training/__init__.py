"""The training record: sessions, participants as counts, tests before and after, and the page for a partner."""
