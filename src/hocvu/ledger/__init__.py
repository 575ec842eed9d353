"""Who did what: append-only lines, each chained to the one before by its hash."""
