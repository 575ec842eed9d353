"""Papers of people: slips, the blank roster."""
