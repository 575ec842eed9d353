"""Classes being taught: presence, conduct, questions, polls, final assignments, practice."""
