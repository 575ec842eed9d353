"""Pure logic of the test: papers, clock of an attempt, scoring, the mark that counts."""
