"""The JSON API under ``/api/v1/``: the same rules and rows as the pages, for programs."""
