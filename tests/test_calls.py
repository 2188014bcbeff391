"""What is published of the calls that operations make, counted at the sandboxes."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest

import clm_bridge
from clm_bridge import Period, from_dict, to_dict
from clm_bridge.adapter import CAPABILITIES

from .procurement import OWN, opened
from .test_docs import DOCS

sys.path.insert(0, str(DOCS))

from tabled import acts  # found by the line above

VENDORS = tuple(OWN)
COLOURS = ("threads", "asyncio")
ROW = re.compile(r"^\| `([a-z_.]+)` \| (\d+) \|", re.MULTILINE)


def published(vendor: str) -> dict[str, int]:
    """Return operation → calls, as the vendor's page says."""
    page = (DOCS / "vendors" / f"{vendor}.md").read_text(encoding="utf-8")
    block = page.partition(f"<!-- table: calls {vendor} -->")[2]
    told = ROW.findall(block.partition("<!-- end -->")[0])
    return {name: int(count) for name, count in told}


class Counted:
    """Counts the requests that reach a sandbox."""

    def __init__(self, sandbox):
        self.count = 0
        self._inner = sandbox.app.wsgi_app
        sandbox.app.wsgi_app = self._serve

    def _serve(self, environ, start_response):
        self.count += 1
        return self._inner(environ, start_response)

    def reset(self):
        """Begin again."""
        self.count = 0


@contextmanager
def counted(vendor: str, colour="threads", clm_sandbox=None, **settings) -> Iterator:
    """Yield a bridge to a sandbox of its own, and what counts the requests there."""
    sandbox = clm_sandbox(vendor)
    counter = Counted(sandbox)
    settings = {"timezone": "Europe/Paris", **settings}
    with opened(colour, vendor, sandbox, **settings) as clm:
        clm.check()  # fetches the token, where there is one
        counter.reset()
        yield clm, counter


@pytest.mark.parametrize("vendor", VENDORS)
def test_each_operation_makes_the_calls_that_are_published(vendor, clm_sandbox):
    """No more and no fewer, writes included."""
    told, found = published(vendor), {}
    with counted(vendor, clm_sandbox=clm_sandbox) as (clm, counter):
        for name, attempts in acts.acts(clm):
            acts.first(attempts, counter.reset)
            found[name] = counter.count
        offered = [one for one in CAPABILITIES if one in clm.capabilities]

    assert found == told
    assert list(told) == [one for one in offered if one not in acts.UNCOUNTED]


@pytest.fixture(params=COLOURS)
def colour(request):
    """Each kind of bridge."""
    return request.param


SETTINGS = {
    "coupa": {"vendor": "coupa"},
    "spotdraft": {"vendor": "spotdraft"},
    "spotdraft, analytics": {"vendor": "spotdraft", "analytics": True},
    "tomorro": {"vendor": "tomorro"},
}


@pytest.mark.parametrize("told", SETTINGS.values(), ids=SETTINGS)
@pytest.mark.parametrize("detail", ["full", "dates", "summary"])
def test_a_plan_is_what_a_listing_costs(told, detail, clm_sandbox):
    """At the most: where a row says more than it must, some calls are saved."""
    with counted(**told, clm_sandbox=clm_sandbox) as (clm, counter):
        found = list(clm.contracts.list(detail=detail))
        plan = clm.plan(len(found), detail=detail)

    saved = sum("external_metadata" not in one.source.raw for one in found)
    is_exact = (told["vendor"], detail) != ("spotdraft", "full")
    assert counter.count == plan.calls - (0 if is_exact else saved)


@pytest.mark.parametrize("vendor", VENDORS)
def test_a_second_run_costs_what_the_plan_says(vendor, colour, clm_sandbox):
    """What has not changed is not read again, and is listed as it was."""
    with counted(vendor, colour, clm_sandbox) as (clm, counter):
        first = list(clm.contracts.list())
        kept = [from_dict(to_dict(one)) for one in first]
        counter.reset()
        second = list(clm.contracts.list(known=kept))
        plan = clm.plan(len(first), known=len(kept))

    assert second == first
    assert counter.count == plan.calls < 10


@pytest.mark.parametrize("vendor", ["spotdraft", "tomorro"])
def test_what_changed_since_is_read_again(vendor, colour, clm_sandbox):
    """A field of one contract, which no row of these vendors tells of."""
    with counted(vendor, colour, clm_sandbox) as (clm, _):
        first = list(clm.contracts.list())
        one = next(one for one in first if one.term and one.term.notice)
        pointer = clm.settings.adapter.workspace.term["notice"]
        value = one.fields[pointer.field].value
        longer = Period(days=91) if isinstance(value, Period) else 91
        clm.fields.set(one.id, {pointer.field: longer})
        second = {one.id: one for one in clm.contracts.list(known=first)}

    assert second[one.id].term.notice != one.term.notice
    assert [own.id for own in first if second[own.id] != own] == [one.id]


def test_runs_that_follow_each_other_ask_from_the_last(clm_sandbox):
    """What was kept is as good as read: the span that is asked for does not grow."""
    sandbox = clm_sandbox("spotdraft")
    counter = Counted(sandbox)
    with clm_bridge.connect(vendor="spotdraft", sandbox=sandbox) as clm:
        found = list(clm.contracts.list())
        for _ in range(3):
            changed = found[7]
            clm.contracts.comment(changed.id, "Seen.")
            sandbox._clock.advance(timedelta(days=1))
            counter.reset()
            found = list(clm.contracts.list(known=found))
            after_a_change = counter.count
            sandbox._clock.advance(timedelta(days=1))
            counter.reset()
            found = list(clm.contracts.list(known=found))

            assert counter.count == clm.plan(240, known=240).calls
            assert after_a_change > counter.count
