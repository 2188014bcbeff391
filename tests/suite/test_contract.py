"""The contract's two sides, and what pytest makes of the suite."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from clm_bridge.testing import AdapterSuite
from clm_bridge.testing.suite import CHECKS, GROUPS, MUSTS, VERSION, Checks

pytest_plugins = ["pytester"]
HERE = Path(__file__).parent


def cited():
    """The MUST that each test of the suite cites, repeats included."""
    rooms = [one for one in Checks.__mro__ if one is not object]
    tests = [
        one
        for room in rooms
        for name, one in vars(room).items()
        if name.startswith("test_")
    ]
    return [getattr(one, "must", None) for one in tests]


def test_every_must_has_one_test_and_every_test_one_must():
    """Neither side lacks the other, and no number is used twice."""
    assert sorted(cited()) == sorted(MUSTS)
    assert list(CHECKS) == list(MUSTS)


def test_the_contract_is_as_large_as_promised():
    """Sixty rules at least, and none without a group."""
    assert len(MUSTS) >= 60
    assert {one.group for one in MUSTS.values()} == set(GROUPS)
    assert all(one.says.endswith(".") for one in MUSTS.values())


def test_the_suite_has_a_version():
    """It is the contract's."""
    assert AdapterSuite.version == VERSION


def test_a_check_may_not_be_replaced():
    """Neither by another test nor by nothing, also through a mix-in."""
    with pytest.raises(TypeError, match="MUST-LIST-1 and may not be replaced"):
        type("Own", (AdapterSuite,), {"test_each_contract_once": lambda self: None})
    with pytest.raises(TypeError, match="may not be replaced"):
        type("Own", (AdapterSuite,), {"test_each_contract_once": None})
    mixin = type("Mixin", (), {"test_losses": None})
    with pytest.raises(TypeError, match="MUST-PLUGIN-4"):
        type("Own", (mixin, AdapterSuite), {})


def test_the_suite_may_not_be_switched_off():
    """Not by pytest's own switch, nor by another subject."""
    with pytest.raises(TypeError, match="drops every check"):
        type("Own", (AdapterSuite,), {"__test__": False})
    with pytest.raises(TypeError, match="subject may not be replaced"):
        type("Own", (AdapterSuite,), {"subject": None})


def test_an_expected_failure_needs_a_rule_and_a_reason():
    """Both are looked at when the class is made."""
    with pytest.raises(TypeError, match="there is no MUST-X-1"):
        type("Own", (AdapterSuite,), {"expected_failures": {"MUST-X-1": "why"}})
    with pytest.raises(TypeError, match="without a reason"):
        type("Own", (AdapterSuite,), {"expected_failures": {"MUST-LIST-1": " "}})


SUITE = """
import sys
sys.path.insert(0, {root!r})
import pytest
from clm_bridge.testing import AdapterSuite
from tests.suite.broken import {adapter}
from tests.suite.toy_sandbox import ToySandbox

{mark}
class TestToy(AdapterSuite):
    adapter, sandbox = {adapter}, ToySandbox
    expected_failures = {expected!r}
"""


@pytest.fixture
def ran(pytester):
    """Return a function that runs a suite in a pytest of its own."""

    def run(adapter, *words, expected=(), mark=""):
        pytester.makepyfile(
            SUITE.format(
                root=str(HERE.parents[1]),
                adapter=adapter,
                expected=dict(expected),
                mark=mark,
            )
        )
        return pytester.runpytest_subprocess("-p", "no:xdist", "-q", *words)

    return run


def test_outcomes_are_told_apart(ran):
    """Proven, not offered and not proven are three, and the last has its section."""
    done = ran("Toy", "-k", "links or zone_is_asked or a_draft_is or a_comment", "-rs")

    assert done.ret == 0
    text = done.stdout.str()
    assert "not offered: it stores no days as instants" in text
    assert "2 not proven" in text.splitlines()[-1]
    assert "MUST-STEPS-2: the suite has no `new_contract` for this vendor" in text


def test_a_failure_names_rule_capability_and_adapter(ran):
    """One line says which, and no traceback of the suite is in the way."""
    done = ran("EndsADayLater", "-k", "test_dates_are_true")

    assert done.ret == 1
    done.stdout.fnmatch_lines(["*MUST-DATES-3 [[]contracts.list] toy (threads):*"])
    done.stdout.fnmatch_lines(["*toy (asyncio):*"])


def test_an_expected_failure_is_shown_and_must_fail(ran):
    """With its reason; one that passes is an error."""
    why = {"MUST-DATES-3": "the toy counts from the next day"}
    done = ran("EndsADayLater", "-k", "test_dates_are_true", "-rx", expected=why)

    assert done.ret == 0
    done.stdout.fnmatch_lines(["*the toy counts from the next day*"])
    done.stdout.fnmatch_lines(["*2 xfailed*"])

    done = ran("Toy", "-k", "test_dates_are_true", expected=why)

    assert done.ret == 1
    done.stdout.fnmatch_lines(["*MUST-DATES-3 holds, and is listed in*"])


@pytest.mark.parametrize("mark", ["skip", "xfail", "skipif(True, reason='no')"])
def test_a_mark_cannot_drop_a_check(ran, mark):
    """Pytest's own marks are refused on a suite."""
    done = ran("Toy", mark=f"@pytest.mark.{mark}")

    assert done.ret == 4
    text = done.stdout.str() + done.stderr.str()
    assert "expected_failures with a reason instead" in text


LOADING = """
import sys, time, pytest
began, before = time.perf_counter(), set(sys.modules)
import clm_bridge.testing.plugin
took, new = time.perf_counter() - began, set(sys.modules) - before
print(took, *sorted(name for name in new if name.startswith("clm_bridge")))
"""


def test_loading_the_plugin_is_cheap():
    """Under 20 ms beyond pytest itself; nothing of ours is imported but the plugin."""
    words = [sys.executable, "-c", LOADING]
    told = [
        subprocess.run(words, capture_output=True, text=True, check=True).stdout.split()
        for _ in range(3)
    ]

    ours = ["clm_bridge", "clm_bridge.testing", "clm_bridge.testing.plugin"]
    assert [modules for _, *modules in told] == [ours] * 3
    assert min(float(took) for took, *_ in told) < 0.02
