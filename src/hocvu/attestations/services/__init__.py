"""Writes, one file per noun: atomic, keyword-only, each leaving its ledger line."""
