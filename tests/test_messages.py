"""What an adapter says to its vendor."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clm_bridge import InvalidInput
from clm_bridge._messages import Request, spelled
from clm_bridge._operations import literal
from clm_bridge.adapter import Response, get, merged, parse, patch, post, put

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


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.text()
    | st.decimals(allow_nan=False, allow_infinity=False, places=4),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=10,
)


@given(JSON)
def test_json_is_spelled_exactly(value):
    """What is sent is what was meant: an amount keeps each of its digits."""
    assert parse(spelled(value)) == value


@pytest.mark.parametrize(
    ("value", "body"),
    [
        ({"value": Decimal("98765432109876.54")}, b'{"value":98765432109876.54}'),
        ([Decimal("1.10"), "1.10"], b'[1.10,"1.10"]'),
        ({"name": "Société"}, '{"name":"Société"}'.encode()),
    ],
)
def test_an_amount_is_a_number_with_its_own_digits(value, body):
    """No float ever holds it."""
    assert spelled(value) == body


@pytest.mark.parametrize("value", [float("nan"), Decimal("NaN"), object(), {1, 2}])
def test_what_is_not_json_is_not_spelled(value):
    """The caller turns it into bad input."""
    with pytest.raises((TypeError, ValueError)):
        spelled(value)


def test_extra_is_merged_object_by_object():
    """What is put over wins; lists are replaced as a whole."""
    payload = {"a": {"b": 1, "c": [1]}, "d": 2}

    assert merged(payload, {"a": {"c": [2], "e": 3}, "f": 4}) == {
        "a": {"b": 1, "c": [2], "e": 3},
        "d": 2,
        "f": 4,
    }
    assert payload["a"]["c"] == [1]


def test_every_verb_has_its_request():
    """Reading is safe; a post is, if it says so."""
    assert [one("a/{id}", {}, id="7").method for one in (post, put, patch)] == [
        "POST",
        "PUT",
        "PATCH",
    ]
    assert not put("a", {}).safe
    assert not patch("a", {}).safe
    assert get("a").safe


@pytest.mark.parametrize(
    ("date", "then"),
    [
        ("Mon, 02 Nov 2026 09:00:05 GMT", datetime(2026, 11, 2, 9, 0, 5, tzinfo=UTC)),
        ("Mon, 02 Nov 2026 10:00:05 +0100", datetime(2026, 11, 2, 9, 0, 5, tzinfo=UTC)),
        ("yesterday", None),
        ("", None),
    ],
)
def test_an_answer_tells_the_vendors_time(date, then):
    """By which what it did is dated; our clock may differ."""
    assert Response(200, {"date": date}).sent_at == then
    assert Response(200).sent_at is None
