"""Reads: frozen read models, counts, pages of long lists."""
