"""Documents as frozen values, and renderers that only write them down."""
