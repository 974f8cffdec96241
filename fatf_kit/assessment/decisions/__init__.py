"""decisions.xlsx: what people decide about an assessment."""
