"""Nomination by agencies: quotas, names, replacement, release, approval."""
