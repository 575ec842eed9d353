"""Campaigns with their legal acts, target groups, rules, events, directives and tasks."""
