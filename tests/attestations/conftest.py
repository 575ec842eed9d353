"""A demo key for every test of attestations, and the clock where classes of June have ended."""

import pytest

from hocvu.attestations.api import ensure_demo_key


@pytest.fixture(autouse=True, scope="session")
def demo_key() -> str:
    """Make the demo key once; return the file of its root."""
    return str(ensure_demo_key())
