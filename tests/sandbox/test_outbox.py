"""The outbox: who is told, what goes wrong on the way, and when it is tried again."""

from __future__ import annotations

from datetime import timedelta

import pytest

from clm_bridge.sandbox import Clock, Manner, Mishaps, Outbox
from clm_bridge.sandbox._deliveries import State

from .listening import listening

NONE = Mishaps()


def outbox(told=NONE, **manner):
    """An outbox of a vendor that tells two things."""
    sign = lambda to, body, now: {"X-Sum": f"{len(body)}{to.secret}"}  # noqa: E731
    return Outbox(Manner(words=("made", "gone"), sign=sign, **manner), Clock(), told)


def fill(box, count, word="made"):
    """Tell of so many things."""
    for number in range(count):
        box.tell(word, str(number), lambda _, number=number: f"{number}".encode())


def bodies(box):
    """What waits, in the order in which it comes."""
    return [int(body) for _, body in box.pull()]


@pytest.fixture
def listener():
    """Somebody who is told."""
    with listening() as found:
        yield found


def test_who_wants_a_word_is_told():
    """And nobody else; no words stand for all."""
    box = outbox()
    box.subscribe(words=["gone"])
    box.subscribe()
    fill(box, 1)
    fill(box, 1, "gone")

    told = [(one.to.id, one.word) for one in box.deliveries]
    assert told == [("2", "made"), ("1", "gone"), ("2", "gone")]


def test_a_pulled_delivery_is_signed_and_gone():
    """Headers and body come as they would over the wire."""
    box = outbox()
    box.subscribe(secret="!", headers={"X-Own": "1"})
    fill(box, 1)

    assert [*box.pull()] == [
        ({"Content-Type": "application/json", "X-Sum": "1!", "X-Own": "1"}, b"0")
    ]
    assert [*box.pull()] == []
    assert box.deliveries[0].state is State.PULLED


@pytest.mark.parametrize(
    "url",
    ["http://example.com/", "https://10.0.0.1/", "ftp://127.0.0.1/", "http://[", ""],
)
def test_nobody_elsewhere_is_told(url):
    """The refusal says what to do."""
    with pytest.raises(ValueError, match="addresses on this machine only"):
        outbox().subscribe(url)


def test_an_address_elsewhere_is_not_called():
    """Not even if a vendor's own call registered it."""
    box = outbox()
    box.subscriptions.add("https://hooks.acme.example/", ())
    fill(box, 1)

    [one] = box.flush()

    assert one.state is State.REFUSED
    assert "this machine only" in one.tries[0].said


def test_unknown_words_are_refused():
    """By their names."""
    with pytest.raises(ValueError, match="nothing is called broken here"):
        outbox().subscribe(words=["broken"])


def test_unsubscribing_forgets_what_waits():
    """And what was delivered stays in the log."""
    box = outbox()
    made = box.subscribe()
    fill(box, 2)
    next(box.pull())

    box.unsubscribe(made.id)

    assert [one.state for one in box.deliveries] == [State.PULLED]
    with pytest.raises(KeyError):
        box.unsubscribe(made.id)


def test_all_can_be_dropped():
    """The log says so."""
    box = outbox(Mishaps(drop=1))
    box.subscribe()
    fill(box, 5)

    assert bodies(box) == []
    assert {one.state for one in box.deliveries} == {State.DROPPED}


def test_all_can_come_twice():
    """Each with the same body."""
    box = outbox(Mishaps(duplicate=1))
    box.subscribe()
    fill(box, 3)

    assert bodies(box) == [0, 0, 1, 1, 2, 2]


def test_disorder_is_repeatable():
    """The same seed makes the same order, and another one another."""
    orders = []
    for seed in (1, 1, 2):
        box = outbox(Mishaps(shuffle=1000, seed=seed))
        box.subscribe()
        fill(box, 30)
        orders.append(bodies(box))

    assert orders[0] == orders[1] != [*range(30)]
    assert orders[0] != orders[2]
    assert sorted(orders[0]) == [*range(30)]


def test_a_delay_goes_by_the_clock():
    """Nothing is due before, and all after."""
    box = outbox(Mishaps(delay=60))
    box.subscribe()
    fill(box, 2)

    assert box.waiting(due=True) == []
    box._clock.advance(timedelta(seconds=60))
    assert len(box.waiting(due=True)) == 2


@pytest.mark.parametrize(
    "told", [{"drop": 2}, {"drop": "x"}, {"lose": 1}, {"seed": 1.5}, {"delay": -1}, 3]
)
def test_odd_mishaps_are_refused(told):
    """By one error, which switches and the control API share."""
    from clm_bridge.sandbox._mishaps import mishaps

    with pytest.raises(ValueError, match=r"."):
        mishaps(told)


@pytest.mark.parametrize("status", [200, 201, 204, 299])
def test_any_2xx_is_a_success(listener, status):
    """It is not tried again."""
    box = outbox(waits=[timedelta(0)])
    box.subscribe(listener.url)
    fill(box, 1)
    listener.answers = [status]

    [one] = box.deliver()

    assert (one.state, one.tries[0].status) == (State.DELIVERED, status)
    assert box.deliver() == []


@pytest.mark.parametrize("status", [302, 400, 410, 500])
def test_anything_else_is_tried_again_later(listener, status):
    """With the same body, and not before its time."""
    box = outbox(waits=[timedelta(minutes=5)])
    box.subscribe(listener.url)
    fill(box, 1)
    listener.answers = [status]

    [one] = box.deliver()
    assert (one.state, box.deliver()) == (State.WAITING, [])
    box._clock.advance(timedelta(minutes=5))
    box.deliver()

    assert one.state is State.DELIVERED
    assert [path for path, _, _ in listener.came] == ["/hooks", "/hooks"]
    assert listener.came[0][2] == listener.came[1][2]


def test_tries_come_to_an_end():
    """Then the delivery has failed; nobody listens on that port."""
    box = outbox(waits=[timedelta(0)] * 3)
    box.subscribe("http://127.0.0.1:1/")
    fill(box, 1)

    while box.deliver():
        pass

    [one] = box.deliveries
    assert one.state is State.FAILED
    assert [two.said for two in one.tries] == ["no connection"] * 4


def test_too_many_failures_in_a_row_disable(listener):
    """A success in between begins the count anew."""
    box = outbox(failures=2)
    made = box.subscribe(listener.url)
    listener.answers = [500, 500, 204, 500, 500]
    fill(box, 5)
    box.deliver()
    assert box.subscriptions.is_active(made.id)

    listener.answers = [500]
    fill(box, 1)
    box.deliver()
    fill(box, 1)

    assert not box.subscriptions.is_active(made.id)
    assert len(box.deliveries) == 6


def test_a_token_ends_the_address(listener):
    """Where nothing is signed."""
    box = outbox(path_token=True)
    box.subscribe(listener.url, secret="t0ken")
    fill(box, 1)
    box.deliver()

    assert listener.came[0][0] == "/hooks/t0ken"
    assert "t0ken" not in str([one.as_json() for one in box.deliveries])


def test_secrets_are_in_no_repr():
    """Neither the key nor the headers."""
    made = outbox().subscribe(secret="s3cret", headers={"X-Key": "s3cret"})

    assert "s3cret" not in repr(made)


def test_the_last_of_a_contract_is_told_again():
    """And nothing where nobody was ever told."""
    box = outbox()
    box.subscribe()
    fill(box, 2)
    fill(box, 1, "gone")
    assert bodies(box) == [0, 1, 0]

    box.again_latest("0")
    box.again_latest("9")

    assert [one.word for one in box.waiting()] == ["gone"]
