"""A secret shows nothing, wherever it is printed, logged or written."""

from __future__ import annotations

import copy
import json
import logging
import pickle
import traceback

import attrs
import pytest

from clm_bridge import Secret, to_dict
from clm_bridge._auth import Token

CANARY = "canary-5ecret"
SECRET = Secret(CANARY)


@attrs.frozen
class Config:
    key: Secret


@pytest.mark.parametrize(
    "shown",
    [
        repr(SECRET),
        str(SECRET),
        f"{SECRET}",
        f"{SECRET!r:>40}",
        f"{SECRET:>40}",
        "%s %r" % (SECRET, SECRET),  # noqa: UP031  # one more way to print
        repr([SECRET]),
        repr({SECRET: SECRET}),
        repr(Config(SECRET)),
        repr(attrs.asdict(Config(SECRET))),
        repr(attrs.astuple(Config(SECRET))),
        repr(to_dict(Config(SECRET))),
        repr(Token(SECRET, 0, 0)),
        repr(vars(Config)),
    ],
)
def test_nothing_that_prints_it_shows_it(shown):
    """Every way from a value to text gives stars."""
    assert CANARY not in shown


def test_it_is_revealed_on_purpose():
    """Where it is sent, it is itself."""
    assert SECRET.reveal() == CANARY


@pytest.mark.parametrize("write", [pickle.dumps, copy.copy, copy.deepcopy])
def test_it_is_not_written_by_pickle_or_copied(write):
    """A pickle is a file like any other."""
    with pytest.raises(TypeError, match="is not pickled") as caught:
        write(Config(SECRET) if write is pickle.dumps else SECRET)

    assert CANARY not in str(caught.value)


def test_it_is_not_written_by_json():
    """JSON refuses it, and does not show it."""
    with pytest.raises(TypeError) as caught:
        json.dumps({"key": SECRET})

    assert CANARY not in str(caught.value)


def test_it_is_not_logged(caplog):
    """Logs show stars, as argument and as extra."""
    with caplog.at_level(logging.DEBUG):
        logging.getLogger("any").info("key %s %r", SECRET, SECRET)

    assert CANARY not in caplog.text


def test_it_is_not_in_a_traceback_with_locals():
    """Tracebacks that print local variables print stars."""
    key = SECRET
    try:
        raise ValueError(f"cannot use {key}")
    except ValueError as error:
        shown = traceback.TracebackException.from_exception(error, capture_locals=True)

    assert CANARY not in "".join(shown.format()).replace(f"CANARY = {CANARY!r}", "")


def test_equal_secrets_are_equal():
    """Settings that hold secrets can be compared, and kept in sets."""
    assert Secret("a") == Secret("a")
    assert Secret("a") != Secret("b")
    assert Secret("a") != "a"
    assert len({Secret("a"), Secret("a"), "a"}) == 2
