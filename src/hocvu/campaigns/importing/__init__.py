"""Plans from outside: what people type on the page becomes a plan file."""
