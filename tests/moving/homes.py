"""Two sandboxes to move between: one that is left, and one that is lived in already."""

from __future__ import annotations

import json
import sys
from contextlib import ExitStack

from attrs import evolve
from werkzeug.http import http_date

from clm_bridge import Status
from clm_bridge import _hooks as hooks
from clm_bridge.moving import Names
from clm_bridge.sandbox import Clock, portfolio, serve

DEALS = portfolio()


def left(vendor, count, target=None):
    """Start the sandbox that is left, with contracts of every status to be had."""
    deals = [deal for deal in DEALS if _fits(deal, target)]
    step = max(1, len(deals) // count)
    return _started(vendor, deals[::step][:count])


def _fits(deal, target):
    """Leave out most of what no draft can stand for, where there are drafts only."""
    executed = deal.status is Status.EXECUTED
    return target != "tomorro" or not executed or deal.index % 20 == 0


def lived_in(vendor, count=None):
    """Start the sandbox that is moved to: the same companies, and other contracts."""
    return _started(vendor, [_other(deal) for deal in DEALS[:count]])


def _other(deal):
    return evolve(
        deal,
        name=f"Here before ({deal.index})",
        number=f"OLD-{deal.index}",
        link=None,
        amends=None,
    )


def _started(vendor, deals):
    cls, clock = hooks.sandbox_class(hooks.load(vendor), vendor), Clock()
    sandbox = cls(deals, clock, switches={"rate_limit": False})

    @sandbox.app.after_request
    def dated(response):
        """Say the sandbox's own time, as every server says its."""
        response.headers["Date"] = http_date(clock.now())
        return response

    return sandbox


def names(target):
    """Name for everything the first type and template of the house."""
    [template, *_] = target.templates.list()
    kinds = [one.type.id for one in target.contracts.list() if one.type]
    vendor = target.settings.vendor
    return Names(
        templates={} if vendor == "coupa" else {"*": template.id},
        types={} if vendor == "tomorro" else {"*": min(kinds)},
    )


def main(source, target, count):
    """Serve both until stdin ends; print the settings of each."""
    with ExitStack() as running:
        told = []
        for vendor, made in (
            (source, left(source, int(count), target)),
            (target, lived_in(target)),
        ):
            url = running.enter_context(serve(made.app))
            told.append({"vendor": vendor, **made.settings(), "base_url": url})
        print(json.dumps(told, default=str), flush=True)
        sys.stdin.read()


if __name__ == "__main__":
    main(*sys.argv[1:])
