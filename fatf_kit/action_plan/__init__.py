"""Action plans: the work that closes gaps, its owners, order and dates, and its progress."""
