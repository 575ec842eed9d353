"""Run a coroutine to its end from plain code, also where the thread already runs an event loop."""

import asyncio
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

Result = TypeVar("Result")


def settle(coroutine: Coroutine[Any, Any, Result]) -> Result:
    """Return the coroutine's result; pyHanko signs and validates in coroutines only."""
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return asyncio.run(coroutine)
    # A loop already runs in this thread (an ASGI handler, a browser test): use a thread without one.
    with ThreadPoolExecutor(max_workers=1) as aside:
        return aside.submit(asyncio.run, coroutine).result()
