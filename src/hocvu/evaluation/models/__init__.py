"""Forms, who was asked, and what they answered."""

from .form import Form, Invitation, Response

__all__ = ["Form", "Invitation", "Response"]
