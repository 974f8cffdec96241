"""Plans that others word, in one list: recommended actions, the observation period, the ICRG plan and the roadmap."""
