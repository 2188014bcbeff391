"""What an adapter says to its vendor."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clm_bridge import InvalidInput
from clm_bridge._messages import Request
from clm_bridge._operations import literal
from clm_bridge.adapter import Response, get, post

CANARY = "canary-5ecret"


def test_an_id_is_encoded_whole():
    """An id cannot reach another path."""
    assert get("contracts/{id}", id="a/../b?c#d e").target == (
        "contracts/a%2F..%2Fb%3Fc%23d%20e"
    )


@pytest.mark.parametrize("bad", ["", ".", ".."])
def test_what_is_not_an_id_is_refused(bad):
    """An empty id would ask for the list, and two dots for the folder above."""
    with pytest.raises(InvalidInput, match=r"id is .* which is not an id"):
        get("contracts/{id}", id=bad).target  # noqa: B018


@given(st.text(min_size=1, alphabet=st.characters(exclude_categories=["Cs"])))
def test_an_id_stays_one_segment(text):
    """Whatever it holds, an id is one segment of a path."""
    if text not in (".", ".."):
        assert get("a/{id}", id=text).target.count("/") == 1


def test_a_parameter_that_is_none_is_left_out():
    """An unset filter is not sent."""
    assert get("contracts", {"page": 0, "since": None}).params == {"page": 0}


def test_a_post_writes_unless_it_is_said_to_read():
    """A search by POST only reads."""
    assert not post("contracts", {}).safe
    assert post("search", {}, reads=True).safe


def test_logs_see_the_template():
    """Ids and queries are data of the user's."""
    request = get("contracts/{id}?key=canary", {"q": "canary"}, id="canary")

    assert request.asked == "GET contracts/{id}"


def test_an_error_names_the_record():
    """Whoever asked for it may read its id; the query stays out."""
    request = get("contracts/{id}?key=canary", {"q": "canary"}, id="7/8")

    assert request.named == "GET contracts/7%2F8"


def test_nothing_sensitive_is_in_the_repr():
    """Headers, bodies and links are not printed."""
    request = Request(
        "POST",
        "a",
        json={"a": CANARY},
        form={"a": CANARY},
        headers={"a": CANARY},
        url=f"https://a/{CANARY}",
    )

    assert CANARY not in repr(request)
    assert CANARY not in repr(Response(200, {"a": CANARY}, CANARY.encode()))


@given(st.text(alphabet="ab/{}?=%"))
def test_a_literal_path_means_itself(path):
    """Braces in a path that a user wrote are not a template."""
    assert Request("GET", literal(path)).target == path.lstrip("/")


@pytest.mark.parametrize(("status", "ok"), [(200, True), (204, True), (304, False)])
def test_two_hundreds_are_yes(status, ok):
    """Everything else is no."""
    assert Response(status).ok is ok
