"""What each report says: builders turn results into documents."""
