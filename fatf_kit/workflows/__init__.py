"""Public functions that begin with files: each joins an assessment with what the features know."""
