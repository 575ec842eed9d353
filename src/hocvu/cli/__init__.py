"""The command line behind ``./run``: one file per command."""
