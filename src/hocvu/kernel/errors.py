"""Refusals: what a service says when it cannot do what was asked. They carry data; pages make the sentences."""

from typing import Any


class Refused(Exception):
    """A request that cannot be carried out, with a stable ``code`` and the data a sentence needs.

    The sentence for each code stands in the ``web/sentences.py`` of the app that raises it.
    """

    def __init__(self, code: str, **data: Any) -> None:
        super().__init__(code, data)
        self.code = code
        self.data = data

    def __str__(self) -> str:
        return f"{self.code} {self.data}" if self.data else self.code


class NotAllowed(Refused):
    """The actor may not do this."""

    def __init__(self, code: str = "kernel.not_allowed", **data: Any) -> None:
        super().__init__(code, **data)
