"""Settings: ``dev`` (default, also the demo), ``test``, ``prod``; all share ``base``."""
