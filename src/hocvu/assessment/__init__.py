"""Item bank, papers, sittings, answers, marks."""
