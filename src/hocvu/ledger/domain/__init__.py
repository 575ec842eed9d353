"""The chain: how a line's hash is made. Pure."""
