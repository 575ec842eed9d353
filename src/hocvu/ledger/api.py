"""The door of the ledger."""

from .queries.lines import ChainState, latest_lines, lines_of, verify_chain
from .services.lines import record

__all__ = ["ChainState", "latest_lines", "lines_of", "record", "verify_chain"]
