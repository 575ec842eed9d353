"""Organisations as a dated tree, persons, accounts, roles, sign-in, roster import."""
