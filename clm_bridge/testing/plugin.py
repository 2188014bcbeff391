"""
The pytest plugin: a sandbox for a test, in process or on a loopback port.

    def test_it(clm_sandbox):
        clm = clm_bridge.connect(vendor="coupa", sandbox=clm_sandbox("coupa"))

Nothing but pytest is imported until a fixture is asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from clm_bridge.sandbox import Sandbox


@pytest.fixture
def clm_sandbox() -> Callable[..., Sandbox]:
    """
    Return a function that starts a vendor's sandbox in this process.

    ``clm_sandbox("coupa", seed=1, rate_limit=True, …)`` takes the sandbox's switches
    by keyword; the rate limit is off unless it is asked for.
    """
    return _start


def _start(vendor: str, *, seed: int = 1, **switches: Any) -> Sandbox:
    from clm_bridge._hooks import load, sandbox_class
    from clm_bridge.sandbox import start

    cls = sandbox_class(load(vendor), vendor)
    return start(cls, seed=seed, switches={"rate_limit": False, **switches})


@pytest.fixture
def clm_sandbox_url(
    clm_sandbox: Callable[..., Sandbox],
) -> Iterator[Callable[..., str]]:
    """Return a function that serves a vendor's sandbox and returns its base URL."""
    from clm_bridge.sandbox import serve

    with ExitStack() as servers:

        def served(vendor: str, **switches: Any) -> str:
            return servers.enter_context(serve(clm_sandbox(vendor, **switches).app))

        yield served


@pytest.hookimpl(optionalhook=True)
def pytest_recording_configure(vcr: Any) -> None:
    """Let vcrpy read our cassettes; it keeps its own way with anybody else's."""
    from clm_bridge.testing.cassettes import _vcr

    _vcr.configure(vcr)
