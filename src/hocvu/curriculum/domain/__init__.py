"""Pure logic of the curriculum: Markdown, comparison, states, checks, scoring of practice."""
