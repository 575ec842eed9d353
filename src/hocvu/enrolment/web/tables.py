"""Lists of this app."""
