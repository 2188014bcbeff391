"""
The pytest plugin: a sandbox for a test, in process or on a loopback port.

    def test_it(clm_sandbox):
        clm = clm_bridge.connect(vendor="coupa", sandbox=clm_sandbox("coupa"))

``clm_faults`` lets it go wrong.  The plugin also reports what an `AdapterSuite` comes
to: a check that is *not offered* is a skip, one that is *not proven* an outcome of its
own, listed at the end.  Nothing but pytest is imported until a fixture is asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator
from contextlib import ExitStack
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from clm_bridge.sandbox import Sandbox
    from clm_bridge.sandbox.faults import Standing

UNPROVEN = "not proven"


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
def _clm_served() -> dict[str, Sandbox]:
    """Hold the sandboxes that are served, by their base URL."""
    return {}


@pytest.fixture
def clm_sandbox_url(
    clm_sandbox: Callable[..., Sandbox], _clm_served: dict[str, Sandbox]
) -> Iterator[Callable[..., str]]:
    """Return a function that serves a vendor's sandbox and returns its base URL."""
    from clm_bridge.sandbox import serve

    with ExitStack() as servers:

        def served(vendor: str, **switches: Any) -> str:
            sandbox = clm_sandbox(vendor, **switches)
            url = servers.enter_context(serve(sandbox.app))
            _clm_served[url] = sandbox
            return url

        yield served


@pytest.fixture
def clm_faults(_clm_served: dict[str, Sandbox]) -> Iterator[Callable[..., Standing]]:
    """
    Return a function that lets a sandbox go wrong.

    ``clm_faults(sandbox, "status", status=503, count=1)`` takes a sandbox, or the URL
    of one that is served; the fault's name; and its settings and what it strikes.  A
    fault that struck nothing fails the test at its end: it proved nothing.
    """
    from clm_bridge.sandbox.faults import rule

    added: list[Standing] = []

    def stand(target: Sandbox | str, fault: str, **told: Any) -> Standing:
        served = isinstance(target, str)
        sandbox = _clm_served[target] if isinstance(target, str) else target
        made = rule(fault, **told)
        if not served and not made.fault.in_process:
            raise ValueError(
                f"{fault} needs a wire: take clm_sandbox_url, not clm_sandbox"
            )
        added.append(sandbox.faults.stand(made))
        return added[-1]

    yield stand
    idle = [one.rule.fault.name for one in added if not one.struck]
    if idle:
        pytest.fail(f"these faults struck nothing: {', '.join(idle)}", pytrace=False)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Refuse what would drop a check of the suite in silence."""
    for item in items:
        if _must_of(item) is None:
            continue
        for mark in ("skip", "skipif", "xfail"):
            if item.get_closest_marker(mark):
                raise pytest.UsageError(
                    f"{item.nodeid} is marked {mark}: list the MUST in "
                    "expected_failures with a reason instead"
                )
        from clm_bridge.testing.suite._suite import faults

        if complaint := faults(item.cls):  # type: ignore[attr-defined]  # a method's
            raise pytest.UsageError(f"{item.nodeid}: {complaint}")


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Turn what a check of the suite came to into its outcome."""
    report = yield
    must = _must_of(item)
    if must is not None and report.when == "call":
        expected = item.cls.expected_failures  # type: ignore[attr-defined]  # a method's
        _judge(report, call, must, expected.get(must))
    return report


def _must_of(item: pytest.Item) -> str | None:
    return getattr(getattr(item, "function", None), "must", None)


def _judge(
    report: pytest.TestReport,
    call: pytest.CallInfo[None],
    must: str,
    reason: str | None,
) -> None:
    error = None if call.excinfo is None else call.excinfo.value
    outcome = getattr(error, "clm_outcome", None)
    said = str(error)
    if outcome == "failed":
        report.longrepr = said
    if outcome in ("not offered", UNPROVEN):
        told = said if outcome == UNPROVEN else f"not offered: {said}"
        report.outcome = "skipped"
        report.longrepr = (str(report.fspath), report.location[1] or 0, told)
    if outcome == UNPROVEN:
        report.clm_unproven = f"{must}: {said}"  # type: ignore[attr-defined]  # ours
    elif reason and report.outcome == "failed":
        report.outcome, report.wasxfail = "skipped", reason
    elif reason and report.outcome == "passed":
        report.outcome = "failed"
        report.longrepr = (
            f"{must} holds, and is listed in expected_failures ({reason}): take it out"
        )


def pytest_report_teststatus(
    report: pytest.TestReport,
) -> tuple[str, str, tuple[str, dict[str, bool]]] | None:
    """Count what is not proven apart, and never in green."""
    if hasattr(report, "clm_unproven"):
        return UNPROVEN, "?", ("NOT PROVEN", {"yellow": True})
    return None


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """List what could not be proven, and why."""
    reports = terminalreporter.stats.get(UNPROVEN, [])
    if not reports:
        return
    terminalreporter.section("not proven", yellow=True)
    for line in sorted(
        {f"{one.nodeid.rpartition('::')[0]} {one.clm_unproven}" for one in reports}
    ):
        terminalreporter.write_line(line)


@pytest.hookimpl(optionalhook=True)
def pytest_recording_configure(vcr: Any) -> None:
    """Let vcrpy read our cassettes; it keeps its own way with anybody else's."""
    from clm_bridge.testing.cassettes import _vcr

    _vcr.configure(vcr)
