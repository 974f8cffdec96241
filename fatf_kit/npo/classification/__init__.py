"""From a register to classes and counts; the queries are in classification.sql.j2."""
