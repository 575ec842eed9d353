"""What the walks through the whole house share."""

import pytest
from pytest_django import Settings


@pytest.fixture(autouse=True)
def files_are_looked_up_when_asked(settings: Settings) -> None:
    """Let a new client not list every static file first: a walk makes thousands of clients."""
    settings.WHITENOISE_AUTOREFRESH = True
